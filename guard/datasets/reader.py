"""One door to all formats: a unit goes in, batches of rows come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from guard.datasets import delimited, json_array, jsonl, text
from guard.datasets.columns import Columns
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Batch, Row
from guard.datasets.source import unreadable
from guard.datasets.stream import Stream, open_stream
from guard.datasets.units import Unit
from guard.errors import InputError

_Rows = Iterator[Row | BadRow | None]
_READERS: dict[str, Callable[[Stream, Unit, ReadOptions, Columns], _Rows]] = {
    "jsonl": jsonl.rows,
    "json": json_array.rows,
    "csv": delimited.rows,
    "tsv": delimited.rows,
    "text": text.rows,
}


def read(unit: Unit, options: ReadOptions | None = None) -> Iterator[Batch]:
    """The rows of `unit` in batches, with memory bounded by the options and not by the file.

    What was whole before a fault is yielded before the fault is raised.

    Example:
        >>> sources = find(["examples/sample/data"]).sources            # doctest: +SKIP
        >>> for unit in plan(sources):                                  # doctest: +SKIP
        ...     for batch in read(unit): ...

    Args:
        unit: From `plan`.
        options: How to read; the defaults read every string column.

    Raises:
        InputError: If the file cannot be opened or read further, changed since it was planned, is
            not what it claims to be, has no rows at all, or lacks a chosen column.
    """
    options = options or ReadOptions()
    columns = Columns(options.columns)
    if unit.source.format == "parquet":
        yield from _parquet(unit, options, columns)
    else:
        with open_stream(unit) as stream:
            _not_utf16(unit, options)
            rows = _READERS[unit.source.format](stream, unit, options, columns)
            yield from _batches(rows, stream, unit, options)
    columns.require(unit.source.path, 0 if unit.whole else unit.first_row)


class _Positioned(Protocol):
    position: int


def _parquet(unit: Unit, options: ReadOptions, columns: Columns) -> Iterator[Batch]:
    if unit.source.compression != "none":
        raise InputError(
            "compressed Parquet cannot be read",
            file=unit.source.path,
            remedy="decompress it; Parquet compresses its own pages",
        )
    if not unit.source.size:
        raise _empty(unit)
    from guard.datasets.parquet import Table  # noqa: PLC0415 - pyarrow takes 0.2 s to import

    table = Table(unit, options, columns)
    yield from _batches(table.rows(), table, unit, options)


def _batches(rows: _Rows, stream: _Positioned, unit: Unit, options: ReadOptions) -> Iterator[Batch]:
    held: list[Row | BadRow] = []
    size = blank = reported = seen = 0
    fault: InputError | None = None
    while fault is None:
        try:
            row = next(rows)
        except StopIteration:
            break
        except InputError as error:
            fault = error
            continue
        if row is None:
            blank += 1
            continue
        held.append(row)
        seen += 1
        size += row.bytes if isinstance(row, Row) else 0
        if len(held) >= options.batch_rows or size >= options.batch_bytes:
            yield Batch(tuple(held), stream.position - reported, blank)
            held, size, blank, reported = [], 0, 0, stream.position
    if held or blank or stream.position > reported:
        yield Batch(tuple(held), stream.position - reported, blank)
    if fault is not None:
        raise fault
    if not seen and unit.whole:
        raise _empty(unit)


def _empty(unit: Unit) -> InputError:
    what = "has no rows" if unit.source.size else "is empty"
    remedy = "remove it, or fetch it again; an empty file is never a clean one"
    return InputError(f"the file {what}", file=unit.source.path, remedy=remedy)


def _not_utf16(unit: Unit, options: ReadOptions) -> None:
    """A file in UTF-16 read as UTF-8 would be one bad row a line; say it once."""
    if unit.source.compression != "none" or unit.start or options.codec != "utf-8":
        return
    try:
        with open(unit.source.path, "rb") as file:  # noqa: PTH123 - path kept as spelled
            mark = file.read(2)
    except OSError as error:
        raise unreadable(unit.source.path, error) from None
    if mark in {b"\xff\xfe", b"\xfe\xff"}:
        json = unit.source.format in {"json", "jsonl"}
        remedy = "convert it to UTF-8" if json else "say --encoding utf-16, or convert it to UTF-8"
        raise InputError("the file is UTF-16", file=unit.source.path, line=1, remedy=remedy)
