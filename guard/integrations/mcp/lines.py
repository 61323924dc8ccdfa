"""Lines of a stream, none longer than is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from guard.errors import InputError

LIMIT = 16 * 2**20
"""Bytes that a line may have if nothing else is said."""
_PIECE = 65536


def lines(stream: IO[bytes], limit: int) -> Iterator[bytes | InputError]:
    """The lines of a stream, without those that hold white space alone.

    A line that is too long is read to its end and not kept: an `InputError` stands in its place.
    What comes after the last line end is a line that was cut, and is no message.

    Args:
        stream: What is read, buffered.
        limit: Bytes that a line may have.
    """
    while line := stream.readline(limit + 1):
        if not line.endswith(b"\n"):
            if len(line) <= limit:
                return
            while line and not line.endswith(b"\n"):
                line = stream.readline(_PIECE)
            yield InputError(f"a line is longer than {limit} bytes")
        elif not line.isspace():
            yield line
