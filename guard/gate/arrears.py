"""Entries of the log that could not be written when they were due.

An answer has gone to its caller before its end can be written down, so nothing is left to refuse
when that fails. The entry is kept and goes in before the next decision, in one commit with it;
while it cannot, nothing is decided. What a process still owes when it dies is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from guard.errors import RecordError
from guard.log import LogWriter


class Arrears:
    """A log, and what is still to be written into it. Safe to use from several threads.

    Args:
        writer: The log.
    """

    def __init__(self, writer: LogWriter) -> None:
        self._writer = writer
        self._lock = Lock()
        self._due: list[Mapping[str, Any]] = []

    def append(self, entry: Mapping[str, Any]) -> int:
        """Write what is due, and an entry after it; returns the entry's index.

        Raises:
            RecordError: If not all of it could be written.
        """
        if not self._due:
            return self._writer.append(entry).index
        with self._lock:
            due = len(self._due)
            index = self._writer.append_many([*self._due, entry])[-1].index
            del self._due[:due]
            return index

    def append_late(self, entry: Mapping[str, Any]) -> bool:
        """Write an entry that nothing waits for; returns whether it is written, or only due."""
        try:
            self.append(entry)
        except RecordError:
            with self._lock:
                self._due.append(entry)
            return False
        return True

    def inherit(self, former: Arrears) -> None:
        """Take over what is due in a log that another takes the place of."""
        with former._lock, self._lock:
            self._due += former._due
            former._due.clear()

    def settle(self) -> None:
        """Write what is due.

        Raises:
            RecordError: If it cannot be written.
        """
        with self._lock:
            if self._due:
                self._writer.append_many(self._due)
                self._due.clear()
