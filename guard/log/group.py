"""Group commit: many callers, one commit at a time, no timer and no thread of its own.

The first caller leads: it commits what is queued, its own items among them. What others queue
meanwhile is the next group, led by one of them. Alone, a caller waits for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from guard.errors import RecordError

T = TypeVar("T")
R = TypeVar("R")


class _Ticket(Generic[T, R]):
    """One caller's items, and the lock it sleeps on until they are settled or it must lead."""

    __slots__ = ("error", "items", "results", "settled", "wake")

    def __init__(self, items: list[T]) -> None:
        self.items = items
        self.results: list[R] = []
        self.error: BaseException | None = None
        self.settled = False
        self.wake = threading.Lock()
        self.wake.acquire()


class GroupCommit(Generic[T, R]):
    """Gathers the items of concurrent callers.

    Args:
        commit: Commits a group; one result an item, in order. Never called by two threads at once.
    """

    def __init__(self, commit: Callable[[list[T]], list[R]]) -> None:
        self._commit = commit
        self._mutex = threading.Lock()
        self._queue: list[_Ticket[T, R]] = []
        self._leader: _Ticket[T, R] | None = None

    def submit(self, items: list[T]) -> list[R]:
        """Commit `items`, in order and without others between them, together with those of others.

        Raises:
            RecordError: If the group could not be committed.
        """
        ticket: _Ticket[T, R] = _Ticket(items)
        with self._mutex:
            self._queue.append(ticket)
            leads = self._leader is None
            if leads:
                self._leader = ticket
        if not leads:
            self._wait(ticket)
        if not ticket.settled:
            self._lead()
        if isinstance(ticket.error, RecordError):
            # One exception a caller: a shared one would gather the tracebacks of all threads.
            raise RecordError(ticket.error.message, remedy=ticket.error.remedy) from ticket.error
        if ticket.error is not None:
            raise ticket.error
        return ticket.results

    def _wait(self, ticket: _Ticket[T, R]) -> None:
        try:
            ticket.wake.acquire()
        except BaseException:  # an interrupted caller must not leave a queue that no one leads
            with self._mutex:
                if ticket in self._queue:
                    self._queue.remove(ticket)
                if self._leader is ticket:
                    self._promote()
            raise

    def _lead(self) -> None:
        with self._mutex:
            group, self._queue = self._queue, []
        try:
            results = self._commit([item for ticket in group for item in ticket.items])
        except BaseException as error:
            self._settle(group, None, error)
            if not isinstance(error, RecordError):
                raise
        else:
            self._settle(group, results, None)

    def _settle(
        self, group: list[_Ticket[T, R]], results: list[R] | None, error: BaseException | None
    ) -> None:
        start = 0
        for ticket in group:
            if results is None:
                is_ours = isinstance(error, RecordError)
                ticket.error = error if is_ours else RecordError("the log's writer was interrupted")
            else:
                ticket.results = results[start : start + len(ticket.items)]
                start += len(ticket.items)
            ticket.settled = True
        with self._mutex:
            own, self._leader = self._leader, None
            self._promote()
        for ticket in group:
            if ticket is not own:
                ticket.wake.release()

    def _promote(self) -> None:
        """Let the first in the queue lead, if there is one. The mutex is held."""
        self._leader = self._queue[0] if self._queue else None
        if self._leader is not None:
            self._leader.wake.release()
