"""The bytes of a unit, decompressed, with the place in the file on disk that has been reached."""

from __future__ import annotations

import os
import zlib
from types import TracebackType
from typing import BinaryIO, Self

from guard.datasets.source import Source, unreadable
from guard.datasets.units import Unit
from guard.errors import InputError

_GZIP = 16 + zlib.MAX_WBITS
_RATIO = 200
"""Beyond this expansion a gzip file is refused. Text reaches about 10, DEFLATE's limit is 1032."""
_BEFORE_RATIO = 64 * 2**20
"""Decompressed bytes before the expansion is judged."""


class Stream:
    """Reads the bytes of a unit in order; a context manager.

    Attributes:
        position: Raw bytes of the unit consumed so far, as they lie on disk.

    Raises:
        InputError: If the file cannot be opened, or is no longer the file that was planned.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.position = 0
        try:
            self._file: BinaryIO = open(unit.source.path, "rb")  # noqa: SIM115, PTH123 - closed by __exit__; path kept as spelled
            self._file.seek(unit.start)
        except OSError as error:
            raise unreadable(unit.source.path, error) from None
        try:
            unchanged(unit.source, self._file.fileno())
        except InputError:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def read(self, size: int) -> bytes:
        """At most `size` bytes, ``b""`` only at the end of the unit.

        Raises:
            InputError: If the file became shorter, changed, or cannot be read.
        """
        return self._raw(size)

    def _raw(self, size: int) -> bytes:
        left = self._unit.stop - self._unit.start - self.position
        if not left:
            unchanged(self._unit.source, self._file.fileno())
            return b""
        try:
            data = self._file.read(min(size, left))
        except OSError as error:
            raise unreadable(self._unit.source.path, error) from None
        if not data:
            raise changed(self._unit.source)
        self.position += len(data)
        return data


class GzipStream(Stream):
    """Reads a gzip file (RFC 1952), also of several members, without holding it in memory."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._inflate = zlib.decompressobj(_GZIP)
        self._input = b""
        self._produced = 0
        self._fresh = True

    def read(self, size: int) -> bytes:
        """At most `size` decompressed bytes, ``b""`` only at the end of the last member.

        Raises:
            InputError: As for `Stream.read`, and if the gzip data are truncated, corrupt or expand
                beyond reason.
        """
        while True:
            if not self._input:
                self._input = self._raw(2**16)
                if not self._input and not self._fresh and not self._inflate.eof:
                    raise self._broken("the gzip data end too early")
                if not self._input:
                    return b""
            if self._inflate.eof or self._fresh:
                self._next_member()
                if not self._input:
                    continue
            data = self._decompress(size)
            if data:
                return data

    def _next_member(self) -> None:
        # Zero padding after a member is allowed, as gzip(1) does: tapes and block devices pad.
        if not self._fresh:
            self._input = self._input.lstrip(b"\0")
        if self._input:
            self._inflate = zlib.decompressobj(_GZIP)
            self._fresh = False

    def _decompress(self, size: int) -> bytes:
        try:
            data = self._inflate.decompress(self._input, size)
        except zlib.error:
            raise self._broken("the gzip data are corrupt") from None
        eof = self._inflate.eof
        self._input = self._inflate.unused_data if eof else self._inflate.unconsumed_tail
        self._produced += len(data)
        if self._produced > max(_BEFORE_RATIO, _RATIO * self.position):
            raise InputError(
                f"the gzip data expand more than {_RATIO} times",
                file=self._unit.source.path,
                remedy="decompress the file first if it is what you expect",
            )
        return data

    def _broken(self, message: str) -> InputError:
        remedy = "the rows before that were read; fetch or compress the file again"
        return InputError(message, file=self._unit.source.path, remedy=remedy)


def open_stream(unit: Unit) -> Stream:
    """The stream that fits the unit's compression."""
    return GzipStream(unit) if unit.source.compression == "gzip" else Stream(unit)


def unchanged(source: Source, descriptor: int) -> None:
    """Refuse a file that is no longer what was planned.

    Raises:
        InputError: If its size or time of change differ.
    """
    status = os.fstat(descriptor)
    if (status.st_size, status.st_mtime_ns) != (source.size, source.modified_ns):
        raise changed(source)


def changed(source: Source) -> InputError:
    """The error for a file that changed while it was being read."""
    return InputError(
        "changed while it was being read",
        file=source.path,
        remedy="scan it again when nothing writes to it",
    )
