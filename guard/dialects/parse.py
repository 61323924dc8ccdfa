"""JSON as every reader reads it, or not at all.

What two parsers read differently, one of them can be made to overlook: of two members with one
name the scanner would see one and the provider the other (RFC 8259 §4), and a number with more
digits than a double holds would be scanned rounded and sent whole (RFC 8259 §6). Both are refused.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from guard.errors import InputError

MAX_DEPTH = 200
"""Nesting beyond which a body is refused. Real bodies stay below thirty."""

# All but the signs of structure: what is left of a body is short.
_BESIDES = bytes(set(range(256)) - set(b":[{"))
# Every digit and the point as "0", so that one search finds a long run of them.
_DIGITS = bytes.maketrans(b"123456789.", b"0" * 10)
_LONG_RUN = b"0" * 16  # fewer digits are no integer beyond 64 bits
_MAX_DIGITS = 25  # a double's have 17, and some writers print more than they know
_MAX_EXPONENT = 4  # sign included: a double's has three digits


def parse(raw: bytes) -> Any:
    """The document that `raw` is.

    Args:
        raw: UTF-8 without a byte order mark.

    Raises:
        InputError: If it is no JSON document, is not UTF-8, repeats a member's name, is nested
            deeper than `MAX_DEPTH`, or holds a number that is not finite, has more than 64 bits or
            more digits than a double. Never with a part of the document.
    """
    try:
        document = orjson.loads(raw)
    except ValueError:  # its attributes hold the document, so it is not chained
        read = False
    else:
        read = True
    if not read:
        raise InputError("not a JSON document in UTF-8", remedy="send one valid JSON value")
    signs = raw.translate(None, _BESIDES)
    if len(signs) - signs.count(b":") > MAX_DEPTH and _deeper(document):
        raise InputError(f"nested deeper than {MAX_DEPTH} levels", remedy="send a flatter document")
    if _may_repeat(raw, signs, orjson.dumps(document)) or _LONG_RUN in raw.translate(_DIGITS):
        _strictly(raw)
    return document


def _may_repeat(raw: bytes, signs: bytes, again: bytes) -> bool:
    """Whether a member may have been dropped: with its name goes at least one colon.

    Exact unless a colon is written as an escape, which only then shows up as one in `again`.
    """
    if signs.count(b":") != again.translate(None, _BESIDES).count(b":"):
        return True
    return b"\\u003" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)


def _deeper(document: Any) -> bool:
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for value in level
            for item in (value.values() if type(value) is dict else value)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True


def _strictly(raw: bytes) -> None:
    """Read it once more, slowly, and look at every name and number as it is written."""
    json.loads(raw.decode(), object_pairs_hook=_members, parse_int=_integer, parse_float=_fraction)


def _members(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise InputError("an object repeats a name", remedy="send every name once")


def _integer(written: str) -> None:
    if len(written) > 20 or not -(2**63) <= int(written) < 2**64:
        raise _too_large()


def _fraction(written: str) -> None:
    digits, _, exponent = written.lower().partition("e")
    if len(digits) > _MAX_DIGITS or len(exponent) > _MAX_EXPONENT:
        raise _too_large()


def _too_large() -> InputError:
    return InputError("a number is too large to be read exactly", remedy="send it as a string")
