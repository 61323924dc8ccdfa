"""One writer a directory: ``flock`` on a file that says who holds it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

from guard.errors import RecordError

_FILE = "lock"


class Held(RecordError):  # noqa: N818 - a state that ends, not an error
    """Another process writes this log."""


class Lock:
    """The right to write, held until `release` or the end of the process.

    Args:
        directory: The log's directory.

    Raises:
        RecordError: If another writer holds it, or it cannot be taken.
    """

    def __init__(self, directory: Path) -> None:
        path = directory / _FILE
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise Held(
                f"{directory}: process {holder or 'unknown'} writes this log",
                remedy="stop it, or give this process a log directory of its own",
            ) from None
        except OSError as error:
            os.close(self._descriptor)
            raise RecordError(
                f"{directory}: the log cannot be locked: {error.strerror}",
                remedy="use a local file system that knows flock",
            ) from None
        # The lock holds without it; on a full disk only the holder's number is missing.
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let another writer in."""
        os.close(self._descriptor)
