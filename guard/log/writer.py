"""The writer: an entry is durable and signed before its caller goes on.

    with LogWriter.open(Path("decisions"), SigningKey.load(path)) as log:
        receipt = log.append({"kind": "policy", "id": ..., ...})

One commit is one ``pwrite``, one ``fdatasync`` and one signature for all callers that wait. Nothing
signed leaves before that returned, so no crash can show two heads of one size.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from guard import __version__
from guard.errors import RecordError, VerificationError
from guard.log import disk as disks
from guard.log import journal, record, snapshot, tiles
from guard.log.disk import Disk, PosixDisk
from guard.log.group import GroupCommit
from guard.log.keys import SigningKey
from guard.log.lock import Lock
from guard.log.merkle import Frontier, leaf_hash
from guard.log.publisher import Job, Publisher
from guard.log.sequencer import MIN_SEGMENT_BYTES, Receipt, Sealable, Sequencer, refusal
from guard.log.worker import Worker

SEGMENT_BYTES = 8 << 20
_OWN_KINDS = ("open", "close")


class LogWriter:
    """The one writer of a log directory. Thread-safe; not to be used across ``fork``.

    Made by `LogWriter.open`, ended by `close` or ``with``. After a failed write it refuses
    everything: open the directory anew, which keeps whatever had reached the disk.
    """

    def __init__(
        self,
        directory: Path,
        key: SigningKey,
        lock: Lock,
        *,
        disk: Disk,
        clock: Callable[[], int],
        randomness: Callable[[int], bytes],
        segment_bytes: int,
        background: bool,
    ) -> None:
        self.directory = directory
        self.origin = key.name
        self.boot = randomness(16).hex()
        self._lock, self._disk = lock, disk
        self._new_id: Callable[[], str] = lambda: record.uuid7(clock(), randomness)
        frontier, last_ts, publisher = _recover(disk, directory, key)
        self._worker = Worker(
            publisher,
            lambda: journal.prepare(disk, directory, segment_bytes),
            background=background,
        )
        self._sequencer = Sequencer(
            directory,
            key,
            disk=disk,
            clock=clock,
            segment_bytes=segment_bytes,
            frontier=frontier,
            last_ts=last_ts,
            worker=self._worker,
        )
        self._group: GroupCommit[Sealable, Receipt] = GroupCommit(self._sequencer.commit)
        self._process = os.getpid()
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def open(
        cls,
        directory: Path,
        key: SigningKey,
        *,
        clock: Callable[[], int] = time.time_ns,
        randomness: Callable[[int], bytes] = os.urandom,
        disk: Disk | None = None,
        segment_bytes: int = SEGMENT_BYTES,
        background: bool = True,
    ) -> Self:
        """Lock a directory, recover it, and write an ``open`` entry.

        Args:
            directory: The log's directory; made if it is not there.
            key: Signs the heads; its name is the log's.
            clock: Nanoseconds since 1970, UTC.
            randomness: Gives that many random bytes.
            disk: The file system.
            segment_bytes: Size of a journal segment, at least 256 KiB.
            background: Publish tiles in a thread; otherwise within the commit that needs it.

        Raises:
            RecordError: If another process writes this log, or the disk refuses.
            VerificationError: If what is there is damaged or was signed by another key.
        """
        if segment_bytes < MIN_SEGMENT_BYTES:
            raise ValueError("a journal segment has at least 256 KiB")
        disk = disk or PosixDisk()
        try:
            disks.make_directories(disk, directory.absolute() / journal.DIRECTORY)
            lock = Lock(directory)
        except OSError as error:
            raise refusal(directory, error) from error
        try:
            log = cls(
                directory,
                key,
                lock,
                disk=disk,
                clock=clock,
                randomness=randomness,
                segment_bytes=segment_bytes,
                background=background,
            )
            log._begin()
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError):
                raise refusal(directory, error) from error
            raise
        return log

    def append(self, entry: Mapping[str, Any]) -> Receipt:
        """Write one record; see `append_many`."""
        return self.append_many([entry])[0]

    def append_many(self, entries: Iterable[Mapping[str, Any]]) -> list[Receipt]:
        """Write records of `guard.log.record`, without ``v``, ``ts`` and ``boot``.

        Returns when they are durable and covered by a signature. After an error, none, some or all
        of them may be in the log; none was acknowledged.

        Raises:
            RecordError: If they are not of the schema, or could not be written.
        """
        sealable: list[Sealable] = []
        for entry in entries:
            if entry.get("kind") in _OWN_KINDS:
                raise RecordError("open and close records are the log's to write")
            sealable.append(Sealable(*record.prepare(dict(entry), self.boot)))
        if os.getpid() != self._process:
            raise RecordError(
                f"{self.directory}: the log was opened by another process",
                remedy="open a log directory of its own after fork",
            )
        return self._group.submit(sealable) if sealable else []

    def close(self) -> None:
        """Write a ``close`` entry, publish everything and let another writer in.

        Raises:
            RecordError: If that failed. What was acknowledged is safe in the journal.
        """
        with self._closing:
            if self._closed:
                return
            self._closed = True
        try:
            if not self._sequencer.failed and os.getpid() == self._process:
                self._own(last=True, kind="close")
                self._sequencer.publish(retire=True)
                self._worker.finish()
                journal.clear(self._disk, self.directory)
        except OSError as error:
            raise refusal(self.directory, error) from error
        finally:
            self._worker.stop()
            self._sequencer.end()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _begin(self) -> None:
        tree = self._sequencer.tree
        previous = {"size": tree.size, "root": tree.root.hex()}
        try:
            self._own(kind="open", version=__version__, previous=previous)
        except BaseException:
            self._sequencer.end()
            raise

    def _own(self, *, last: bool = False, **entry: Any) -> None:
        before, after = record.prepare({"id": self._new_id(), **entry}, self.boot)
        self._group.submit([Sealable(before, after, last)])


def _recover(disk: Disk, directory: Path, key: SigningKey) -> tuple[Frontier, str, Publisher]:
    """Bring a directory to the state of a closed log: everything published, no journal."""
    state = snapshot.load(directory, key.verifier)
    number, count = divmod(state.published, tiles.WIDTH)
    bundle = tiles.read_tile(directory, None, number, count) if count else []
    if [leaf_hash(entry) for entry in bundle] != (state.edge.rows[0] if count else []):
        raise VerificationError(
            f"{tiles.tile_path(None, number, count)}: its entries are not those that were signed",
            remedy="restore the directory from a copy",
        )
    publisher = Publisher(disk, directory, state.edge, bundle)
    if state.tail:
        publisher.publish(Job(state.tail, state.note))
    journal.clear(disk, directory)
    frontier = snapshot.load_frontier(directory, key.verifier)
    if not frontier.size:
        return frontier, "", publisher
    number, place = divmod(frontier.size - 1, tiles.WIDTH)
    last = tiles.read_tile(directory, None, number, place + 1)[-1]
    return frontier, record.parse(last).ts, publisher
