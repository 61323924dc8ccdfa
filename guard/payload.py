"""A document as segments with their places, and back again.

Segments are every string leaf, in document order, with its JSON pointer (RFC 6901). Numbers are
segments too when they may be identifiers: integers of at least seven digits (a card or a national
number in an integer column), and floats that are such integers (a spreadsheet's or pandas'
rendering of an integer column with gaps). Dates of typed columns stand as ISO 8601.

A member's name is part of the pointer, and pointers reach reports. So a name that may itself be
data (an e-mail address or a long number as a key) is a segment of its own at ``~k<n>``, n being the
member's place in its object, and what it names stands below ``~v<n>``. No RFC 6901 pointer can
contain either, so they cannot be mistaken for a member. In what a caller submits, every name that
is not spelled like a field's is one that may be data: objects there are keyed by persons, too. In
data sets the names are columns, and stay readable.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from guard.errors import InputError, ObligationError
from guard.types import Segment

MAX_DEPTH = 200
"""Nesting beyond which a record is refused. Real records stay below ten."""

_ID_AT_LEAST = 10**6  # seven digits; the shortest national numbers in use have seven or eight
_EXACT_FLOAT = 2.0**53
_WIDE_INTEGER = 2.0**63
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")
_COLUMN_NAME = re.compile(r"[^\n\r@]{0,64}")
_FIELD_NAME = re.compile(r"[A-Za-z0-9\u00c0-\u024f_$.:/~\[\]-]{0,64}")


class Unscannable(Exception):  # noqa: N818 - a reason, which the caller puts into words
    """A record, or a part of it, cannot be walked.

    Args:
        reason: ``too_deep``, ``binary``, or a reader's reason.
        values: What the reason's words need.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class InexactNumber(Exception):  # noqa: N818 - a signal between parser and walker, not an error
    """A number was too wide for the fast parser and lost digits: parse the record again."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is decided about: texts with their places, and how a document is made of them again.

    Args:
        segments: Every text.
        rebuilt: The document with other texts in their places, by pointer. Raises
            `ObligationError` when it cannot be put together again.
        unscanned: Kinds of content that nobody can scan: ``image``, ``unknown_field`` …
    """

    segments: tuple[Segment, ...] = field(repr=False)
    rebuilt: Callable[[Mapping[str, str]], Any] = field(repr=False)
    unscanned: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Any) -> Content:
        """The content of a string or a JSON document that `copied` made."""
        return cls(segments(document), lambda texts: rebuild(document, texts))


def copied(document: Any) -> Any:
    """A copy of what a caller submitted, made of plain JSON values alone.

    What is scanned and what is released are this one copy. The caller's own document could change
    in between, and a subclass of a container could show one thing to who walks it and another to
    who sends it.

    Raises:
        InputError: If it is nested too deeply or holds what is not JSON: what cannot be walked
            cannot be scanned, and is refused rather than forwarded.
    """
    return _plain(document, 0)


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, dict | list | tuple):
        if depth >= MAX_DEPTH:
            raise InputError(
                f"nested deeper than {MAX_DEPTH} levels", remedy="send a flatter document"
            )
        if not isinstance(value, dict):
            return [_plain(item, depth + 1) for item in value]
        members = {}
        for name, item in value.items():
            if type(name) is not str:
                raise InputError("an object's names are strings", remedy="send JSON or text")
            members[name] = _plain(item, depth + 1)
        return members
    if value is not None and type(value) not in {str, int, float, bool}:
        raise InputError(f"{type(value).__name__} cannot be scanned", remedy="send JSON or text")
    if type(value) is float and not math.isfinite(value):
        raise InputError("a number is not finite, which JSON cannot say", remedy="send null")
    return value


def segments(document: Any) -> tuple[Segment, ...]:
    """The segments of a string or a JSON document that `copied` made."""
    walk = _Walk(exact=True, token=_field)
    walk.value(document, "", (), 0)
    return tuple(walk.out)


def rebuild(document: Any, texts: Mapping[str, str]) -> Any:
    """`document` with other texts in its segments' places.

    Args:
        document: What `segments` was given, of `copied`.
        texts: Text by pointer; places that are not named stay as they are.

    Raises:
        ObligationError: If two members of an object would get one name.
    """
    return _rebuilt(document, "", texts)


def _rebuilt(value: Any, pointer: str, texts: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        members = {}
        for ordinal, (name, item) in enumerate(value.items()):
            token = _field(name)
            below = f"{pointer}/~v{ordinal}" if token is None else f"{pointer}/{token}"
            renamed = texts.get(f"{pointer}/~k{ordinal}", name) if token is None else name
            members[renamed] = _rebuilt(item, below, texts)
        if len(members) != len(value):
            raise ObligationError("two members would get one name")
        return members
    if isinstance(value, list | tuple):
        return [_rebuilt(item, f"{pointer}/{index}", texts) for index, item in enumerate(value)]
    if pointer not in texts:
        return value
    before = value if isinstance(value, str) else _text(value, exact=True)
    return value if texts[pointer] == before else texts[pointer]


def segments_of(record: Any, *, exact: bool = True) -> tuple[Segment, ...]:
    """Every segment of a parsed record, in document order.

    Args:
        record: What a parser made: dict, list, str, numbers, dates, bytes, None.
        exact: The parser keeps integers of any width. If not, a float of 2**63 or more may be an
            integer that lost its digits.

    Raises:
        Unscannable: ``too_deep`` or ``binary``.
        InexactNumber: If not `exact` and such a float is met.
    """
    walk = _Walk(exact=exact, token=_column)
    walk.value(record, "", (), 0)
    return tuple(walk.out)


class _Walk:
    """One walk over a record, in document order."""

    __slots__ = ("exact", "out", "token")

    def __init__(self, *, exact: bool, token: Callable[[str], str | None]) -> None:
        self.exact, self.token = exact, token
        self.out: list[Segment] = []

    def value(self, value: Any, pointer: str, names: tuple[str, ...], depth: int) -> None:
        kind = type(value)
        if kind is str:
            text = "" if value.isspace() else value
        elif kind in {dict, list, tuple}:
            if depth >= MAX_DEPTH:
                raise Unscannable("too_deep")
            if kind is dict:
                self._members(value, pointer, names, depth + 1)
            else:
                for index, item in enumerate(value):
                    self.value(item, f"{pointer}/{index}", names, depth + 1)
            return
        else:
            text = _text(value, self.exact)
        if text:
            self.out.append(Segment(pointer, text, _context(names)))

    def _members(
        self, record: dict[str, Any], pointer: str, names: tuple[str, ...], depth: int
    ) -> None:
        for ordinal, (name, item) in enumerate(record.items()):
            token = self.token(name)
            above = (*names[-1:], name) if named(name) else names[-1:]
            if token is None:
                self.out.append(Segment(f"{pointer}/~k{ordinal}", name))
                self.value(item, f"{pointer}/~v{ordinal}", above, depth)
            else:
                self.value(item, f"{pointer}/{token}", above, depth)


def _text(value: Any, exact: bool) -> str:
    """The text of a scalar that is not a string; ``""`` when it cannot be an identifier."""
    match value:
        case bool():
            return ""
        case int():
            return str(value) if abs(value) >= _ID_AT_LEAST else ""
        case float():
            if not exact and abs(value) >= _WIDE_INTEGER:
                raise InexactNumber
            whole = _ID_AT_LEAST <= abs(value) < _EXACT_FLOAT and value.is_integer()
            return str(int(value)) if whole else ""
        case Decimal():
            whole = abs(value) >= _ID_AT_LEAST and value == value.to_integral_value()
            return f"{value:.0f}" if whole else ""
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case dt.date():
            return value.isoformat()
        case bytes():
            try:
                return value.decode("utf-8")
            except UnicodeDecodeError:
                raise Unscannable("binary") from None
        case _:
            return ""


@lru_cache(maxsize=4096)
def _column(name: str) -> str | None:
    """A column's name as a pointer token (RFC 6901 §3), or None when the name may be data."""
    digits = sum(character.isdigit() for character in name)
    if digits >= 7 or not _COLUMN_NAME.fullmatch(name):
        return None
    return name.replace("~", "~0").replace("/", "~1")


@lru_cache(maxsize=4096)
def _field(name: str) -> str | None:
    """The same for a member of what a caller submits, where persons' names may be keys."""
    return _column(name) if _FIELD_NAME.fullmatch(name) else None


@lru_cache(maxsize=4096)
def _context(names: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest two member names in words: ``customerEmail`` → ``customer``, ``email``."""
    return tuple(word.casefold() for name in names for word in _WORD.findall(name))


def resolve(record: Any, pointer: str) -> Any:
    """The value (for ``~k<n>`` the member's name) that a segment's `pointer` leads to.

    Raises:
        KeyError: If there is none.
    """
    value = record
    for token in pointer.split("/")[1:]:
        value = _step(value, token)
    return value


def _step(value: Any, token: str) -> Any:
    try:
        if isinstance(value, dict):
            if token.startswith(("~k", "~v")):
                return list(value.items())[int(token[2:])][token[1] == "v"]
            return value[token.replace("~1", "/").replace("~0", "~")]
        if isinstance(value, list | tuple):
            return value[int(token)]
    except (KeyError, IndexError, ValueError):
        pass
    raise KeyError("no such place")


def named(name: str) -> bool:
    """Whether `name` can only be a name; otherwise it may itself be data."""
    return _column(name) is not None
