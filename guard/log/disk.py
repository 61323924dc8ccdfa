"""The file-system calls the log depends on, as a seam: tests put faults behind it.

The rules kept here: a file's bytes are durable after ``fsync`` of the file, its name after
``fsync`` of the directory; a failed ``fsync`` is never repeated on the same pages, because the
kernel may have dropped them (Rebello et al., "Can Applications Recover from fsync Failures?",
USENIX ATC 2020).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What the log asks of a file system. Every method may raise `OSError`."""

    def open(self, path: Path, flags: int) -> int:
        """A file descriptor."""
        ...

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""
        ...

    def pwrite(self, descriptor: int, data: bytes, offset: int) -> int:
        """Write at `offset`; the number of bytes written, which may be less."""
        ...

    def fdatasync(self, descriptor: int) -> None:
        """Make the file's bytes durable; its size must not have changed."""
        ...

    def fsync(self, descriptor: int) -> None:
        """Make the file's bytes and size durable."""
        ...

    def sync_directory(self, path: Path) -> None:
        """Make the names in a directory durable."""
        ...

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in another's place, atomically."""
        ...

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        ...

    def make_directory(self, path: Path) -> None:
        """Make one directory whose parent exists."""
        ...


class PosixDisk:
    """The real one."""

    def open(self, path: Path, flags: int) -> int:
        """A file descriptor."""
        return os.open(path, flags | os.O_CLOEXEC, 0o640)

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""
        os.close(descriptor)

    def pwrite(self, descriptor: int, data: bytes, offset: int) -> int:
        """Write at `offset`; the number of bytes written, which may be less."""
        return os.pwrite(descriptor, data, offset)

    def fdatasync(self, descriptor: int) -> None:
        """Make the file's bytes durable; its size must not have changed."""
        os.fdatasync(descriptor)

    def fsync(self, descriptor: int) -> None:
        """Make the file's bytes and size durable."""
        os.fsync(descriptor)

    def sync_directory(self, path: Path) -> None:
        """Make the names in a directory durable."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in another's place, atomically."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def make_directory(self, path: Path) -> None:
        """Make one directory whose parent exists."""
        path.mkdir(mode=0o750)


def write_all(disk: Disk, descriptor: int, data: bytes, offset: int) -> None:
    """Write every byte of `data` at `offset`.

    Raises:
        OSError: If the file system takes less.
    """
    done = 0
    while done < len(data):
        written = disk.pwrite(descriptor, data[done:] if done else data, offset + done)
        if written <= 0:
            raise OSError(0, "the file system wrote nothing")
        done += written


def write_file(disk: Disk, path: Path, data: bytes) -> None:
    """Put a whole file in place: temporary file, fsync, rename.

    To sync the directory is the caller's part.

    Raises:
        OSError: If it cannot be done; what stood at `path` still stands, or the new file does.
    """
    temporary = path.with_name(path.name + ".tmp")
    descriptor = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(disk, descriptor, data, 0)
        disk.fsync(descriptor)
    except OSError:
        disk.close(descriptor)
        with contextlib.suppress(OSError):
            disk.unlink(temporary)
        raise
    disk.close(descriptor)
    disk.rename(temporary, path)


def make_directories(disk: Disk, path: Path) -> None:
    """Make a directory and its parents, each of them durable.

    Raises:
        OSError: If one cannot be made.
    """
    if path.is_dir():
        return
    make_directories(disk, path.parent)
    with contextlib.suppress(FileExistsError):
        disk.make_directory(path)
    disk.sync_directory(path.parent)
