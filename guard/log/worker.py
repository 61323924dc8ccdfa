"""The thread that publishes behind the writer's back, so that no caller waits for tiles."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable

from guard.log.publisher import Job, Publisher


class Worker:
    """Publishes jobs in order. A job that fails stays first in line and is tried again.

    Args:
        publisher: Writes the tiles.
        idle: Called after each job; prepares what will be wanted next.
        background: Whether to use a thread; without it, `submit` publishes before it returns.
    """

    def __init__(
        self, publisher: Publisher, idle: Callable[[], None], *, background: bool = True
    ) -> None:
        self._publisher = publisher
        self._idle = idle
        self._background = background
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._error: OSError | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Publish `job` after those before it. A failure shows in `make_room` or `finish`."""
        with self._changed:
            self._jobs.append(job)
            self._error = None
            if self._background and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="guard-log", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        if not self._background:
            self._drain()

    def make_room(self, limit: int) -> None:
        """Wait until no more than `limit` jobs are in line; a job that failed is tried once more.

        Raises:
            OSError: If it failed again.
        """
        with self._changed:
            if len(self._jobs) <= limit:
                return
            self._error = None
            self._changed.notify_all()
            if self._thread is not None:
                self._changed.wait_for(lambda: len(self._jobs) <= limit or self._error)
        if self._thread is None:
            self._drain()
        if self._error is not None:
            raise self._error

    def finish(self) -> None:
        """Publish everything and end the thread.

        Raises:
            OSError: If something could not be published; it stays in the journal.
        """
        self.stop()
        self._drain()
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """End the thread after the job in hand; the rest stays in the journal."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopping or (self._jobs and self._error is None)
                )
                if self._stopping:
                    return
            self._one()

    def _drain(self) -> None:
        self._error = None
        while self._jobs and self._error is None:
            self._one()

    def _one(self) -> None:
        error: OSError | None = None
        try:
            self._publisher.publish(self._jobs[0])
        except OSError as failure:
            error = failure
        with self._changed:
            self._error = error
            if error is None:
                self._jobs.popleft()
            self._changed.notify_all()
        if error is not None:
            return
        with contextlib.suppress(OSError):  # without a spare, the committer allocates for itself
            self._idle()
