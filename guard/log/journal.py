"""The journal: where an entry is durable first.

Segments are preallocated and zero-filled, so that committing is one ``pwrite`` and one
``fdatasync`` that changes no metadata. A segment is named by the index of its first entry. Frames
follow one another:

    magic    8 bytes   0xff "guardj1"      never part of an entry: entries are ASCII
    crc      uint32    CRC-32 of everything after it
    first    uint64    index of the first entry
    count    uint32    number of entries
    length   uint32    bytes of the entries, as in an entry bundle
    signed   uint32    bytes of the checkpoint, a signed note over the tree that ends here
    entries, checkpoint

Integers are big-endian. The CRC finds torn writes; what stands against tampering is the signature.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from guard.errors import VerificationError
from guard.log.disk import Disk, write_all
from guard.log.tiles import decode_bundle, encode_bundle

DIRECTORY = "journal"
SUFFIX = ".seg"
_SPARE = "spare"
OVERHEAD = 32
"""Bytes of a frame that are neither entries nor checkpoint."""

_MAGIC = b"\xffguardj1"
_HEADER = struct.Struct(">8sIQIII")
_AFTER_CRC = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """What one commit wrote: entries and the head that covers them."""

    first: int
    entries: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def end(self) -> int:
        """The index after the last entry."""
        return self.first + len(self.entries)

    def encode(self) -> bytes:
        """The frame's bytes."""
        body = encode_bundle(self.entries)
        header = _HEADER.pack(
            _MAGIC, 0, self.first, len(self.entries), len(body), len(self.checkpoint)
        )
        checked = header[_AFTER_CRC:] + body + self.checkpoint
        return header[:8] + struct.pack(">I", zlib.crc32(checked)) + checked


@dataclass(frozen=True, slots=True)
class Scan:
    """What a segment holds.

    Args:
        frames: The frames that are whole, in order.
        torn: Something that is no frame stands after the last one: a write that a crash cut.
    """

    frames: tuple[Frame, ...]
    torn: bool


def scan(data: bytes, name: str) -> Scan:
    """Read a segment.

    Raises:
        VerificationError: If a whole frame follows a damaged one: a crash tears only the last.
    """
    frames: list[Frame] = []
    offset = 0
    while (found := _frame_at(data, offset)) is not None:
        frame, offset = found
        if frames and frame.first != frames[-1].end:
            raise _corrupt(name, frames)
        frames.append(frame)
    later = data.find(_MAGIC, offset)
    while later >= 0:
        if _frame_at(data, later) is not None:
            raise _corrupt(name, frames)
        later = data.find(_MAGIC, later + 1)
    return Scan(tuple(frames), torn=data.count(0, offset) != len(data) - offset)


def _corrupt(name: str, frames: list[Frame]) -> VerificationError:
    where = f"after entry {frames[-1].end - 1}" if frames else "at its start"
    return VerificationError(
        f"{DIRECTORY}/{name} is damaged {where}, and a later part of it is whole",
        remedy="this is not what a crash leaves: restore the directory from a copy",
    )


def _frame_at(data: bytes, offset: int) -> tuple[Frame, int] | None:
    if len(data) - offset < _HEADER.size:
        return None
    magic, crc, first, count, length, signed = _HEADER.unpack_from(data, offset)
    body = offset + _HEADER.size
    end = body + length + signed
    if magic != _MAGIC or end > len(data):
        return None
    if zlib.crc32(data[offset + _AFTER_CRC : end]) != crc:
        return None
    try:
        entries = tuple(decode_bundle(data[body : body + length]))
    except ValueError:
        return None
    if len(entries) != count or not count:
        return None
    return Frame(first, entries, data[body + length : end]), end


def segments(directory: Path) -> list[Path]:
    """The journal's segments in order of their first entry."""
    return sorted((directory / DIRECTORY).glob(f"*{SUFFIX}"))


class Segment:
    """A segment that is open for writing.

    Args:
        disk: The file system.
        path: The segment's file, zero-filled.
        capacity: Its size in bytes.
    """

    def __init__(self, disk: Disk, path: Path, capacity: int) -> None:
        self.path = path
        self._disk = disk
        self._capacity = capacity
        self._offset = 0
        self._descriptor = disk.open(path, os.O_WRONLY)

    def room(self) -> int:
        """Bytes that are left."""
        return self._capacity - self._offset

    def write(self, frame: bytes) -> None:
        """Write a frame durably.

        Raises:
            OSError: If that failed; whether the frame is there is then unknown.
        """
        write_all(self._disk, self._descriptor, frame, self._offset)
        self._disk.fdatasync(self._descriptor)
        self._offset += len(frame)

    def close(self) -> None:
        """Give the file back."""
        self._disk.close(self._descriptor)


def prepare(disk: Disk, directory: Path, capacity: int) -> None:
    """Have a zero-filled segment ready, so that the next one costs the committer two system calls.

    Raises:
        OSError: If there is no room; nothing is left behind.
    """
    spare = directory / DIRECTORY / _SPARE
    if not spare.is_file():
        _allocate(disk, spare, capacity)


def begin(disk: Disk, directory: Path, first: int, capacity: int) -> Segment:
    """A new segment whose first entry will be `first`, made of the spare where there is one.

    Raises:
        OSError: If there is no room.
    """
    folder = directory / DIRECTORY
    path, spare = folder / f"{first:020d}{SUFFIX}", folder / _SPARE
    if spare.is_file() and spare.stat().st_size == capacity:
        disk.rename(spare, path)
    else:
        _allocate(disk, path, capacity)
    disk.sync_directory(folder)
    return Segment(disk, path, capacity)


def clear(disk: Disk, directory: Path) -> None:
    """Remove every file of the journal: what they hold has been published.

    Raises:
        OSError: If a file cannot be removed.
    """
    folder = directory / DIRECTORY
    for path in folder.iterdir():
        disk.unlink(path)


def _allocate(disk: Disk, path: Path, capacity: int) -> None:
    temporary = path.with_name(path.name + ".tmp")
    descriptor = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(disk, descriptor, bytes(capacity), 0)
        disk.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            disk.unlink(temporary)
        raise
    finally:
        disk.close(descriptor)
    disk.rename(temporary, path)
