"""The nouns of reading: a row, a row that could not be read, and a batch of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guard.payload import Unscannable, named
from guard.types import Segment


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
    "encoding": "not valid {encoding}; convert the file to UTF-8, or (CSV and text) name its "
    "--encoding",
    "nul": "holds a NUL byte; if the file is UTF-16 or UTF-32, name it with --encoding",
    "too_long": "longer than {limit} bytes; split it",
    "too_deep": "nested deeper than 200 levels; flatten the record",
    "duplicate_key": "an object names the same member twice, so a value would go unseen; "
    "keep one of them",
    "ragged": "has {found} fields where the header has {wanted}; quote fields that hold the "
    "delimiter",
    "unclosed_quote": "a quoted field that begins here has no closing quote before line {end}; "
    "close it",
    "surrogate": "holds half of a surrogate pair, which is no character; correct the escape",
    "unscanned": "could not be scanned by every detector; shorten it, or raise detection.timeout_s",
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


def bad(number: int, error: Unscannable) -> BadRow:
    """The bad row that `error` stands for."""
    return BadRow(number, error.reason, REASONS[error.reason].format(**error.values))


def shown(names: Sequence[str], most: int = 20) -> str:
    """Member or column names for a message; those that may be data are left out."""
    safe = [name for name in names if name and named(name)]
    text = ", ".join(safe[:most])
    return f"{text}, …" if len(safe) > most or len(safe) < len(names) else text
