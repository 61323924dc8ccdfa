"""Parquet, row group by row group, through pyarrow.

Text, integers, whole decimals, dates and times are read, also inside structs, lists and maps, and
so are binary columns that hold UTF-8, which older writers make of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from guard.datasets.columns import Columns
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Row, bad, shown
from guard.datasets.source import Source, unreadable
from guard.datasets.stream import changed, unchanged
from guard.datasets.units import Unit
from guard.errors import InputError
from guard.payload import Unscannable, segments_of


def row_groups(source: Source, unit_bytes: int) -> Iterator[Unit]:
    """Units of whole row groups of at least `unit_bytes` of compressed column data.

    A file that cannot be read is one unit: its reading raises the error.
    """
    try:
        with pq.ParquetFile(source.path) as file:
            groups = [
                (meta.num_rows, sum(meta.column(c).total_compressed_size for c in columns))
                for meta in map(file.metadata.row_group, range(file.num_row_groups))
                for columns in [range(meta.num_columns)]
            ]
    except (OSError, pa.ArrowException):
        yield Unit(source, 0, source.size)
        return
    start = begin = 0
    first, rows, size = 1, 0, 0
    for index, (more_rows, more_bytes) in enumerate(groups[:-1], start=1):
        rows, size = rows + more_rows, size + more_bytes
        if size >= unit_bytes and start + size < source.size:
            yield Unit(source, start, start + size, first, (begin, index))
            start, begin, first, rows, size = start + size, index, first + rows, 0, 0
    yield Unit(source, start, source.size, first, (begin, len(groups)))


class Table:
    """The rows of a unit, with the place reached: both reader and stream.

    Attributes:
        position: Bytes of the unit consumed, in proportion to its rows.
    """

    def __init__(self, unit: Unit, options: ReadOptions, columns: Columns) -> None:
        self._unit, self._options, self._columns = unit, options, columns
        self.position = 0

    def rows(self) -> Iterator[Row | BadRow | None]:
        """The rows.

        Raises:
            InputError: If the file is not Parquet, is damaged or changed, or a column is missing.
        """
        source = self._unit.source
        try:
            with open(source.path, "rb") as file:  # noqa: PTH123 - path kept as spelled
                unchanged(source, file.fileno())
                with pq.ParquetFile(file, pre_buffer=False) as table:
                    yield from self._read(table)
                unchanged(source, file.fileno())
        except pa.ArrowException:
            raise _broken(source) from None
        except OSError as error:
            # pyarrow raises OSError without errno for damaged pages.
            raise (unreadable(source.path, error) if error.errno else _broken(source)) from None
        self.position = self._unit.bytes

    def _read(self, table: pq.ParquetFile) -> Iterator[Row | BadRow]:
        first, last = self._unit.row_groups
        groups = range(first, last or table.num_row_groups)
        total = sum(table.metadata.row_group(group).num_rows for group in groups)
        share = self._unit.bytes // max(total, 1)
        names = self._choose(table.schema_arrow)
        number, done = self._unit.first_row, 0
        batches = table.iter_batches(self._options.batch_rows, list(groups), names)
        for batch in batches:
            values = [_values(column, self._unit.source) for column in batch.columns]
            for fields in zip(*values, strict=True):
                yield self._row(number + done, dict(zip(names, fields, strict=True)), share)
                done += 1
                self.position = self._unit.bytes * done // total
        if done != total:
            raise changed(self._unit.source)

    def _choose(self, schema: pa.Schema) -> list[str]:
        source = self._unit.source
        if len(set(schema.names)) != len(schema.names):
            remedy = "give each column its own name"
            raise InputError("columns of the same name", file=source.path, remedy=remedy)
        self._columns.see({name: {} for name in schema.names})
        wanted = set(self._columns.top())
        missing = sorted(wanted.difference(schema.names, {"*"}))
        if missing:
            raise InputError(
                f"no column {', '.join(missing)}",
                file=source.path,
                remedy=f"columns found: {shown(schema.names)}",
            )
        names = [name for name in schema.names if not wanted or name in wanted or "*" in wanted]
        names = [name for name in names if wanted or _readable(schema.field(name).type)]
        if not names:
            remedy = f"columns found: {shown(schema.names)}"
            raise InputError("no column that can hold text", file=source.path, remedy=remedy)
        return names

    def _row(self, number: int, record: dict[str, Any], share: int) -> Row | BadRow:
        try:
            segments = segments_of(record)
        except Unscannable as error:
            return bad(number, error)
        self._columns.see(record)
        return Row(number, "", self._columns.keep(segments), share)


def _readable(kind: pa.DataType) -> bool:
    """Whether a column of this type can hold text or identifiers."""
    return not (
        pa.types.is_boolean(kind)
        or pa.types.is_null(kind)
        or pa.types.is_time(kind)
        or pa.types.is_duration(kind)
    )


def _values(column: pa.Array, source: Source) -> list[Any]:
    try:
        if pa.types.is_timestamp(column.type):
            # Nanoseconds need pandas, zones a time zone database; the date is what identifies.
            column = column.cast(pa.timestamp("us"), safe=False)
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, pa.ArrowException):
        remedy = "choose other columns with --columns, or write it as text"
        raise InputError(
            f"a column of type {column.type} cannot be read as text",
            file=source.path,
            remedy=remedy,
        ) from None
    return values


def _broken(source: Source) -> InputError:
    return InputError(
        "not a whole Parquet file: truncated, damaged or of another format",
        file=source.path,
        remedy="fetch or write the file again",
    )
