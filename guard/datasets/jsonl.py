"""JSON Lines: one JSON text a line, in UTF-8 (jsonlines.org; RFC 8259)."""

from __future__ import annotations

from collections.abc import Iterator

from guard.datasets import json_record
from guard.datasets.columns import Columns
from guard.datasets.lines import lines
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Row, bad
from guard.datasets.stream import Stream
from guard.datasets.units import Unit
from guard.payload import Unscannable

_BOM = b"\xef\xbb\xbf"


def rows(
    stream: Stream, unit: Unit, options: ReadOptions, columns: Columns
) -> Iterator[Row | BadRow | None]:
    """The rows of a unit; None stands for a blank line.

    Raises:
        InputError: From the stream.
    """
    limit = options.max_row_bytes
    for line in lines(stream, unit.first_row, limit, options.buffer_bytes):
        data = line.data
        if data is None:
            yield bad(line.number, Unscannable("too_long", limit=limit))
            continue
        if line.number == 1:
            data = data.removeprefix(_BOM)  # RFC 8259 §8.1: may be ignored
        data = data.strip(b" \t\r")
        if not data:
            yield None
            continue
        try:
            record, segments = json_record.parse(data)
        except Unscannable as error:
            yield bad(line.number, error)
            continue
        columns.see(record)
        yield Row(line.number, "", columns.keep(segments), line.size)
