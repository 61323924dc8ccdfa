"""Canonical JSON: RFC 8785 restricted to what has one spelling everywhere ("JCS-I").

Only objects with ASCII keys, arrays, strings without lone surrogates, booleans, null and integers
of magnitude below 2**53. Outside that profile serialisers disagree (floats, key order beyond the
Basic Multilingual Plane), inside it the standard library's output equals RFC 8785 byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_LIMIT = 2**53 - 1


def encode(value: Any) -> bytes:
    """The canonical bytes of `value`.

    Raises:
        ValueError: If `value` is outside the profile; the message never quotes it.
    """
    _check(value)
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def parse(data: bytes) -> Json:
    """Read canonical JSON and accept nothing that does not re-render to the same bytes.

    Raises:
        ValueError: If `data` is not the canonical form of what it says.
    """
    try:
        value: Json = json.loads(data)
        canonical = encode(value)
    except (ValueError, RecursionError):
        raise ValueError("not canonical JSON") from None
    if canonical != data:
        raise ValueError("not canonical JSON")
    return value


def digest(value: Any) -> str:
    """Lower-case hexadecimal SHA-256 of the canonical bytes of `value`."""
    return hashlib.sha256(encode(value)).hexdigest()


def _check(value: Any) -> None:
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise ValueError("canonical JSON: keys must be ASCII strings")
            _check(item)
    elif kind is list or kind is tuple:
        for item in value:
            _check(item)
    else:
        _check_scalar(value, kind)


def _check_scalar(value: Any, kind: type) -> None:
    if kind is str:
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise ValueError("canonical JSON: lone surrogate")
    elif kind is int:
        if not -_LIMIT <= value <= _LIMIT:
            raise ValueError("canonical JSON: integer beyond 2**53 - 1")
    elif kind is not bool and value is not None:
        raise ValueError(f"canonical JSON: {kind.__name__} is outside the profile")
