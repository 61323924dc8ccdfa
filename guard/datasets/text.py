"""Plain text: one line is one row."""

from __future__ import annotations

from collections.abc import Iterator

from guard.datasets.columns import Columns
from guard.datasets.lines import Readable, Transcoded, lines, splittable
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Row, bad
from guard.datasets.stream import Stream
from guard.datasets.units import Unit
from guard.errors import ConfigError
from guard.payload import Unscannable
from guard.types import Segment


def rows(
    stream: Stream, unit: Unit, options: ReadOptions, columns: Columns
) -> Iterator[Row | BadRow | None]:
    """The rows of a unit; None stands for a blank line.

    Raises:
        ConfigError: If columns were chosen: text has none.
        InputError: From the stream.
    """
    if columns.names:
        raise ConfigError(
            f"{unit.source.path}: plain text has no columns", remedy="leave out --columns for it"
        )
    codec, limit = options.codec, options.max_row_bytes
    source: Readable = stream
    if not splittable(codec):
        source, codec = Transcoded(stream, codec, unit.source.path), "utf-8"
    for line in lines(source, unit.first_row, limit, options.buffer_bytes):
        try:
            text = decoded(line.data, codec, limit, first=line.number == 1)
        except Unscannable as error:
            yield bad(line.number, error)
            continue
        text = text.removesuffix("\r")
        if not text or text.isspace():
            yield None
        else:
            yield Row(line.number, "", (Segment("", text),), line.size)


def decoded(data: bytes | None, codec: str, limit: int, *, first: bool) -> str:
    """The text of one line.

    Args:
        data: The line, or None when it was too long.
        codec: Its encoding.
        limit: What too long means, in bytes.
        first: It is the first of its file, so a byte order mark is dropped.

    Raises:
        Unscannable: ``too_long``, ``nul`` or ``encoding``.
    """
    if data is None:
        raise Unscannable("too_long", limit=limit)
    if b"\0" in data:
        raise Unscannable("nul")
    try:
        text = data.decode(codec)
    except UnicodeError:
        raise Unscannable("encoding", encoding=codec) from None
    return text.removeprefix("\ufeff") if first else text
