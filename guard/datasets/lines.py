"""Lines of a stream, bounded: a line longer than the limit is passed over, never held."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from guard.datasets.stream import Stream
from guard.errors import InputError

_UNSPLITTABLE = ("utf-16", "utf-32", "utf-7")  # a line feed is not one byte 0A there


class Readable(Protocol):
    """What lines are read from."""

    def read(self, size: int) -> bytes:
        """At most about `size` bytes, ``b""`` only at the end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Args:
        number: 1-based.
        data: Its bytes without the line feed, or None when it is too long.
        size: Raw, uncompressed size with the line feed.
    """

    number: int
    data: bytes | None
    size: int


def lines(stream: Readable, first: int, limit: int, buffer: int) -> Iterator[Line]:
    """The lines of `stream`, split at LF as JSON Lines is.

    Args:
        stream: The bytes.
        first: Number of the first line.
        limit: Bytes of the longest line that is kept.
        buffer: Bytes read at a time.

    Raises:
        InputError: From the stream. A line cut off by it is not yielded.
    """
    number, parts, size = first, [], 0
    while block := stream.read(buffer):
        pieces = block.split(b"\n")
        for piece in pieces[:-1]:
            size += len(piece)
            parts.append(piece)
            yield Line(number, b"".join(parts) if size <= limit else None, size + 1)
            number, parts, size = number + 1, [], 0
        size += len(pieces[-1])
        if size <= limit:
            parts.append(pieces[-1])
        else:
            parts.clear()
    if size:
        yield Line(number, b"".join(parts) if size <= limit else None, size)


class Transcoded:
    """A stream in UTF-16, UTF-32 or UTF-7 as one in UTF-8."""

    def __init__(self, stream: Stream, encoding: str, file: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._file = file
        self._encoding = encoding
        self._lines = 1

    @property
    def position(self) -> int:
        """Raw bytes consumed."""
        return self._stream.position

    def read(self, size: int) -> bytes:
        """At least one byte of UTF-8, ``b""`` only at the end.

        Raises:
            InputError: If the bytes are not in the encoding; after a fault there is no telling
                where the next character begins, so the rest of the file cannot be read.
        """
        while True:
            block, state = self._stream.read(size), self._decoder.getstate()
            try:
                data = self._decoder.decode(block, final=not block).encode("utf-8")
            except UnicodeError as error:
                good = getattr(error, "start", 0) - len(state[0])
                self._decoder.setstate(state)
                lines = self._decoder.decode(block[: max(good, 0)]).count("\n")
                raise InputError(
                    f"not valid {self._encoding}",
                    file=self._file,
                    line=self._lines + lines,
                    remedy="name the right --encoding, or convert the file to UTF-8",
                ) from None
            self._lines += data.count(b"\n")
            if data or not block:
                return data


def splittable(encoding: str) -> bool:
    """Whether a line feed is the one byte 0A in `encoding`, and nothing else is."""
    return not encoding.startswith(_UNSPLITTABLE)
