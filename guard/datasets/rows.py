"""The nouns of reading: a row, a row that could not be read, and a batch of them.

A row's segments are every string leaf of its record, in document order, with its JSON pointer.
Numbers are segments too when they may be identifiers: integers of at least seven digits (a card or
a national number in an integer column), and floats that are such integers (a spreadsheet's or
pandas' rendering of an integer column with gaps). Dates of typed columns stand as ISO 8601.

A member's name is part of the pointer, and pointers reach reports. So a name that may itself be
data (an e-mail address or a long number as a key) is a segment of its own at ``~k<n>``, n being the
member's place in its object, and what it names stands below ``~v<n>``. No RFC 6901 pointer can
contain either, so they cannot be mistaken for a member.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from guard.types import Segment

MAX_DEPTH = 200
"""Nesting beyond which a record is refused. Real records stay below ten."""

_ID_AT_LEAST = 10**6  # seven digits; the shortest national numbers in use have seven or eight
_EXACT_FLOAT = 2.0**53
_WIDE_INTEGER = 2.0**63
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")
_FIELD_NAME = re.compile(r"[^\n\r@]{0,64}")


@dataclass(frozen=True, slots=True)
class Row:
    """One record, as segments.

    Args:
        number: 1-based: the line it begins on (JSON Lines, CSV, text), the element of a JSON
            array, or the row of a Parquet file.
        pointer_prefix: What leads from the file to the record: ``/41`` in a JSON array, else
            ``""``. Prefix and a segment's pointer together are the pointer in the file.
        segments: Every string (and id-like number), pointers relative to the record.
        bytes: Raw, uncompressed size; for Parquet its share of the row group.
    """

    number: int
    pointer_prefix: str
    segments: tuple[Segment, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read.

    Args:
        number: As for `Row`.
        reason: One of `REASONS`.
        message: One clear line with the remedy, without any content.
    """

    number: int
    reason: str
    message: str


REASONS: dict[str, str] = {
    "malformed": "not valid {format}; correct the row or remove it",
    "encoding": "not valid {encoding}; convert the file to UTF-8, or name its --encoding",
    "nul": "holds a NUL byte; if the file is UTF-16 or UTF-32, name it with --encoding",
    "too_long": "longer than {limit} bytes; split it, or raise the limit on a row",
    "too_deep": "nested deeper than 200 levels; flatten the record",
    "duplicate_key": "an object names the same member twice, so a value would go unseen; "
    "keep one of them",
    "ragged": "has {found} fields where the header has {wanted}; quote fields that hold the "
    "delimiter",
    "unclosed_quote": "a quoted field that begins here has no closing quote before line {end}; "
    "close it",
    "surrogate": "holds half of a surrogate pair, which is no character; correct the escape",
    "binary": "holds bytes that are not UTF-8 text; choose the text columns with --columns",
}
"""Every reason why a row is bad, with its message."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that follow one another.

    Args:
        rows: Rows and bad rows in the order of the file.
        bytes: Raw bytes of the file consumed since the batch before; over all batches of a unit
            they add up to the unit's size.
        blank: Blank lines passed over.
    """

    rows: tuple[Row | BadRow, ...]
    bytes: int
    blank: int = 0


class RowError(Exception):
    """Inside the readers: this row is bad. It becomes a `BadRow` and never leaves the package."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class InexactNumber(Exception):  # noqa: N818 - a signal between parser and walker, not an error
    """A number was too wide for the fast parser and lost digits: parse the record again."""


def bad(number: int, error: RowError) -> BadRow:
    """The bad row that `error` stands for."""
    return BadRow(number, error.reason, REASONS[error.reason].format(**error.values))


def segments_of(record: Any, *, exact: bool = True) -> tuple[Segment, ...]:
    """Every segment of a parsed record, in document order.

    Args:
        record: What a parser made: dict, list, str, numbers, dates, bytes, None.
        exact: The parser keeps integers of any width. If not, a float of 2**63 or more may be an
            integer that lost its digits.

    Raises:
        RowError: ``too_deep`` or ``binary``.
        InexactNumber: If not `exact` and such a float is met.
    """
    walk = _Walk(exact)
    walk.value(record, "", (), 0)
    return tuple(walk.out)


class _Walk:
    """One walk over a record, in document order."""

    __slots__ = ("exact", "out")

    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.out: list[Segment] = []

    def value(self, value: Any, pointer: str, names: tuple[str, ...], depth: int) -> None:
        kind = type(value)
        if kind is str:
            text = "" if value.isspace() else value
        elif kind in {dict, list, tuple}:
            if depth >= MAX_DEPTH:
                raise RowError("too_deep")
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
            token = _token(name)
            if token is None:
                self.out.append(Segment(f"{pointer}/~k{ordinal}", name))
                self.value(item, f"{pointer}/~v{ordinal}", names[-1:], depth)
            else:
                self.value(item, f"{pointer}/{token}", (*names[-1:], name), depth)


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
                raise RowError("binary") from None
        case _:
            return ""


@lru_cache(maxsize=4096)
def _token(name: str) -> str | None:
    """A member's name as a pointer token (RFC 6901 §3), or None when the name may be data."""
    digits = sum(character.isdigit() for character in name)
    if digits >= 7 or not _FIELD_NAME.fullmatch(name):
        return None
    return name.replace("~", "~0").replace("/", "~1")


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
    return _token(name) is not None


def shown(names: Sequence[str], most: int = 20) -> str:
    """Member or column names for a message; those that may be data are left out."""
    safe = [name for name in names if name and named(name)]
    text = ", ".join(safe[:most])
    return f"{text}, …" if len(safe) > most or len(safe) < len(names) else text
