"""How files are read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from guard.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read; picklable, the same for every unit of a plan.

    Args:
        columns: Top-level names or JSON pointers; empty means every string column. See `Columns`.
        encoding: Of CSV, TSV and text files. JSON is UTF-8 (RFC 8259 §8.1), Parquet knows its own.
        delimiter: Between CSV fields; ``""`` means a comma for ``.csv``, a tab for ``.tsv``.
        max_row_bytes: A longer row is a bad row and is passed over without being held in memory.
        batch_rows: At most so many rows in a batch.
        batch_bytes: A batch is closed once its rows have so many raw bytes.
        buffer_bytes: Read from disk at a time.

    Raises:
        ConfigError: If a value makes no sense.
    """

    columns: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ""
    max_row_bytes: int = 16 * 2**20
    batch_rows: int = 256
    batch_bytes: int = 256 * 2**10
    buffer_bytes: int = 256 * 2**10

    def __post_init__(self) -> None:
        try:
            name = codecs.lookup(self.encoding).name
            "".encode(name)
        except LookupError:
            raise ConfigError(
                "unknown --encoding", remedy="utf-8, utf-16, latin-1, cp1252, gb18030, shift_jis …"
            ) from None
        if len(self.delimiter) > 1 or self.delimiter in {'"', "\r", "\n"}:
            raise ConfigError("--delimiter is one character", remedy="for example ';'")
        sizes = (self.max_row_bytes, self.batch_rows, self.batch_bytes, self.buffer_bytes)
        if min(sizes) < 1:
            raise ConfigError("sizes must be positive", remedy="leave them at their defaults")
        if any(not name or name == "/" for name in self.columns):
            raise ConfigError("a column's name is empty", remedy="name columns, or leave them out")

    @property
    def codec(self) -> str:
        """The encoding's normal name."""
        return codecs.lookup(self.encoding).name
