"""Entries of the log that nothing waits for, or that could not be written when they were due.

An answer has gone to its caller before its end can be written down, so nothing is left to refuse
when that fails. The entry is kept and goes in before the next decision, in one commit with it;
while it cannot, nothing is decided. What a process still owes when it dies is lost.

Where many answers end, each need not have a commit of its own: with a lag they wait for the next
decision, or for the lag to pass.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from threading import Event, Lock, Thread
from typing import Any

from guard.errors import RecordError
from guard.log import LogWriter

log = logging.getLogger("guard")


class Arrears:
    """A log, and what is still to be written into it. Safe to use from several threads.

    Args:
        writer: The log.
        lag_s: Seconds that an entry for which nothing waits may wait for company.
    """

    def __init__(self, writer: LogWriter, *, lag_s: float = 0.0) -> None:
        self._writer, self._lag_s = writer, lag_s
        self._lock = Lock()
        self._due: list[Mapping[str, Any]] = []
        self._late, self._ended = Event(), Event()
        self._thread: Thread | None = None

    def append(self, entry: Mapping[str, Any]) -> int:
        """Write what is due, and an entry after it; returns the entry's index.

        Raises:
            RecordError: If not all of it could be written.
        """
        if not self._due:
            return self._writer.append(entry).index
        return self._written(entry)

    def append_late(self, entry: Mapping[str, Any]) -> bool:
        """Write an entry that nothing waits for.

        Returns:
            Whether it is written, or will be within the lag; otherwise it is due.
        """
        if self._lag_s and not self._ended.is_set():
            self._wait(entry)
            return True
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
        if self._due:
            self._written()

    def close(self) -> None:
        """Write what is due, and wait for company no more.

        Raises:
            RecordError: If it cannot be written.
        """
        self._ended.set()
        self._late.set()
        if self._thread is not None:
            self._thread.join()
        self.settle()

    def _written(self, *entry: Mapping[str, Any]) -> int:
        """Write what is due and then `entry`; what could not be written stays due.

        Whoever comes meanwhile finds nothing due and waits for nobody but the log.
        """
        with self._lock:
            due, self._due = self._due, []
        try:
            return self._writer.append_many([*due, *entry])[-1].index if due or entry else -1
        except BaseException:
            with self._lock:
                self._due = due + self._due
            raise

    def _wait(self, entry: Mapping[str, Any]) -> None:
        with self._lock:
            self._due.append(entry)
            if self._thread is None:
                self._thread = Thread(target=self._settle_late, name="guard-arrears", daemon=True)
                self._thread.start()
        self._late.set()

    def _settle_late(self) -> None:
        """Write what has waited for the lag and found no company."""
        while self._late.wait() and not self._ended.wait(self._lag_s):
            self._late.clear()
            try:
                self.settle()
            except RecordError:
                ids = ", ".join(str(entry.get("decision", "")) for entry in list(self._due))
                log.error("the answers to decisions %s are not in the log", ids)  # noqa: TRY400 - no traceback, which may hold data
