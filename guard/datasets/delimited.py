"""CSV and TSV: RFC 4180, strict, with a header, line by line."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator

from guard.datasets.columns import Columns
from guard.datasets.lines import Line, Readable, Transcoded, lines, splittable
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Row, bad, shown
from guard.datasets.stream import Stream
from guard.datasets.text import decoded
from guard.datasets.units import Unit
from guard.errors import InputError
from guard.payload import Unscannable, named, segments_of


def rows(
    stream: Stream, unit: Unit, options: ReadOptions, columns: Columns
) -> Iterator[Row | BadRow | None]:
    """The rows of a file; None stands for a blank line.

    Raises:
        InputError: From the stream, and if the header is missing or unusable, or a chosen column
            is not in it.
    """
    records = _Records(stream, unit, options)
    header = _header(records, unit.source.path)
    columns.see(dict.fromkeys(header))
    columns.require(unit.source.path, 1)
    for fields in records:
        if isinstance(fields, Unscannable):
            yield bad(records.begins, fields)
        elif not fields:
            yield None
        elif len(fields) != len(header):
            ragged = Unscannable("ragged", found=len(fields), wanted=len(header))
            yield bad(records.begins, ragged)
        else:
            segments = segments_of(dict(zip(header, fields, strict=True)))
            yield Row(records.begins, "", columns.keep(segments), records.size)


_AGAIN = 4
"""How many times the limit on a row may be read again in one file; see `_Records`."""


class _Records:
    """The records of a file, as lists of fields or as what is wrong with them.

    A quote that is never closed swallows the lines after it. So after a fault the record's lines
    but the first are read again as records of their own: one row is bad, not the rest of the file.
    What may be read again is bounded, so that no file takes more than linear time.

    Attributes:
        begins: Line on which the last record begins.
        size: Its raw bytes.
    """

    def __init__(self, stream: Stream, unit: Unit, options: ReadOptions) -> None:
        self._codec, self._limit = options.codec, options.max_row_bytes
        source: Readable = stream
        if not splittable(self._codec):
            source = Transcoded(stream, self._codec, unit.source.path)
            self._codec = "utf-8"
        self._lines = lines(source, unit.first_row, self._limit, options.buffer_bytes)
        # The csv module's limit on a field is one for the process. It is only ever raised: the
        # limit that counts is that on the record, kept in `take`.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit))
        delimiter = options.delimiter or ("\t" if unit.source.format == "tsv" else ",")
        self._reader = csv.reader(_Feed(self), delimiter=delimiter, strict=True)
        self.begins = self.size = 0
        self._ended = False
        self._held: list[Line] = []
        self._again: deque[Line] = deque()
        self._budget = _AGAIN * self._limit

    def __iter__(self) -> Iterator[list[str] | Unscannable]:
        while True:
            self.begins = self.size = 0
            self._held.clear()
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except Unscannable as error:
                yield self._rewound(error)
            except csv.Error:
                unclosed = Unscannable("unclosed_quote", end=self._held[-1].number + 1)
                yield self._rewound(
                    unclosed if self._ended else Unscannable("malformed", format="CSV")
                )

    def _rewound(self, error: Unscannable) -> Unscannable:
        size = sum(line.size for line in self._held[1:])
        if size <= self._budget:
            self._budget -= size
            self._again.extendleft(reversed(self._held[1:]))
        return error

    def take(self) -> str:
        """The next line for the csv module, which asks for lines until a record is complete."""
        self._ended = True  # unless there is another line
        line = self._again.popleft() if self._again else next(self._lines)
        self._ended = False
        self.begins = self.begins or line.number
        self._held.append(line)
        self.size += line.size
        text = decoded(line.data, self._codec, self._limit, first=line.number == 1)
        if self.size > self._limit:
            raise Unscannable("unclosed_quote", end=line.number + 1)
        return text + "\n"


class _Feed:
    """An iterator that survives its exceptions, which a generator does not."""

    def __init__(self, records: _Records) -> None:
        self._records = records

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        return self._records.take()


def _header(records: _Records, file: str) -> list[str]:
    for fields in records:
        if isinstance(fields, Unscannable):
            row = bad(records.begins, fields)
            raise InputError(f"header: {row.message}", file=file, line=row.number)
        if fields:
            _check_header(fields, file, records.begins)
            return fields
    raise InputError("the file is empty", file=file, remedy="remove it, or fetch it again")


def _check_header(fields: list[str], file: str, line: int) -> None:
    def wrong(message: str, remedy: str) -> InputError:
        return InputError(message, file=file, line=line, remedy=remedy)

    if not all(map(named, fields)):
        raise wrong(
            "the first line looks like data, not like column names", "put a header line first"
        )
    repeated = [name for name, times in Counter(fields).items() if times > 1]
    if repeated:
        raise wrong(f"columns named twice: {shown(repeated)}", "give each column its own name")
    if len(fields) == 1:
        other = next((mark for mark in (";", "\t", "|", ",") if mark in fields[0]), "")
        if other:
            shown_mark = "tab" if other == "\t" else f"'{other}'"
            raise wrong(
                f"one column only; the delimiter seems to be {shown_mark}", "say --delimiter"
            )
