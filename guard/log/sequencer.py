"""The sequence of entries: what one commit does, by one thread at a time.

Leaf hashes, head, signature, one frame into the journal, ``fdatasync``; only then receipts. A
failed write ends the sequencer for good: whether the frame is on disk only recovery can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from guard.errors import RecordError
from guard.log import journal, record
from guard.log.checkpoint import Checkpoint
from guard.log.disk import Disk
from guard.log.keys import SigningKey
from guard.log.merkle import Frontier, leaf_hash
from guard.log.publisher import Job
from guard.log.worker import Worker

MIN_SEGMENT_BYTES = 256 << 10
_FIRST_SEGMENT_BYTES = 1 << 20
_FRAME_BYTES = 512 << 10
_SECOND = 10**9
_PUBLISH_AFTER_NS = 60 * _SECOND
_MAX_STEP_BACK_NS = 10 * _SECOND
_MAX_BACKLOG = 8


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry stands.

    Args:
        origin: The log's name.
        index: The entry's index, from 0.
        leaf: Its leaf hash, hexadecimal.
    """

    origin: str
    index: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Sealable:
    """An entry but for its time: what stands before it and what after.

    Args:
        last: No entry may follow.
    """

    before: bytes
    after: bytes
    last: bool = False


class Sequencer:
    """Commits entries to one log.

    Args:
        directory: The log's directory.
        key: Signs the heads.
        disk: The file system.
        clock: Nanoseconds since 1970, UTC.
        segment_bytes: Size of a journal segment.
        frontier: The tree so far.
        last_ts: `ts` of the last entry, or ``""``.
        worker: Publishes.
    """

    def __init__(
        self,
        directory: Path,
        key: SigningKey,
        *,
        disk: Disk,
        clock: Callable[[], int],
        segment_bytes: int,
        frontier: Frontier,
        last_ts: str,
        worker: Worker,
    ) -> None:
        self.failed = ""
        self._directory, self._key, self._disk, self._clock = directory, key, disk, clock
        self._segment_bytes = segment_bytes
        self._capacity = min(_FIRST_SEGMENT_BYTES, segment_bytes)
        self._frame_bytes = min(_FRAME_BYTES, segment_bytes // 2)
        self._frontier = frontier
        self._last = _nanoseconds(last_ts) if last_ts else 0
        self._published_at = clock()
        self._worker = worker
        self._segment: journal.Segment | None = None
        self._unpublished: list[bytes] = []
        self._note = b""

    @property
    def tree(self) -> Checkpoint:
        """The head of the tree so far."""
        return Checkpoint(self._key.name, self._frontier.size, self._frontier.root())

    def commit(self, group: list[Sealable]) -> list[Receipt]:
        """Make entries durable, in order.

        Raises:
            RecordError: If that failed; some of them may be durable all the same.
        """
        if self.failed:
            raise RecordError(self.failed, remedy="open the log anew; nothing recorded is lost")
        try:
            self._worker.make_room(_MAX_BACKLOG)
        except OSError as error:
            raise refusal(self._directory, error) from error
        now = self._now()
        stamp = record.timestamp(now).encode()
        receipts: list[Receipt] = []
        start = 0
        while start < len(group):
            end, size = start, 0
            while end < len(group):
                size += len(group[end].before) + len(stamp) + len(group[end].after) + 2
                if end > start and size > self._frame_bytes:
                    break
                end += 1
            entries = [item.before + stamp + item.after for item in group[start:end]]
            receipts += self._frame(entries)
            start = end
        self._last = now
        if group[-1].last:
            self.failed = f"{self._directory}: this log is closed"
        elif now - self._published_at >= _PUBLISH_AFTER_NS:
            self.publish(retire=False)
        return receipts

    def publish(self, *, retire: bool) -> None:
        """Hand everything not yet published to the worker.

        Args:
            retire: Nothing more will be written into the current segment.
        """
        paths: tuple[Path, ...] = ()
        if retire and self._segment is not None:
            paths = (self._segment.path,)
            self._segment.close()
            self._segment = None
        self._published_at = max(self._published_at, self._last)
        if self._unpublished:
            self._worker.submit(Job(self._unpublished, self._note, paths))
            self._unpublished = []

    def end(self) -> None:
        """Give the segment's file back."""
        if self._segment is not None:
            self._segment.close()
            self._segment = None

    def _frame(self, entries: list[bytes]) -> list[Receipt]:
        frontier = self._frontier.copy()
        first = frontier.size
        leaves = [leaf_hash(entry) for entry in entries]
        for leaf in leaves:
            frontier.append(leaf)
        head = Checkpoint(self._key.name, frontier.size, frontier.root())
        note = self._key.sign_note(head.render())
        frame = journal.Frame(first, tuple(entries), note).encode()
        segment = self._room(len(frame))
        try:
            segment.write(frame)
        except BaseException as error:
            # Never repeat a failed fdatasync: the kernel may have dropped the pages and say yes.
            reason = error.strerror if isinstance(error, OSError) else "interrupted"
            self.failed = f"{self._directory}: a write to the log failed: {reason}"
            if isinstance(error, OSError):
                raise refusal(self._directory, error) from error
            raise
        self._frontier, self._note = frontier, note
        self._unpublished += entries
        return [
            Receipt(self._key.name, first + place, leaf.hex()) for place, leaf in enumerate(leaves)
        ]

    def _room(self, size: int) -> journal.Segment:
        """A segment with room for `size` bytes; a full one goes to the worker."""
        full = self._segment
        if full is not None and full.room() >= size:
            return full
        try:
            fresh = journal.begin(self._disk, self._directory, self._frontier.size, self._capacity)
        except OSError as error:
            raise refusal(self._directory, error) from error
        self._capacity = self._segment_bytes
        self.publish(retire=True)
        self._segment = fresh
        return fresh

    def _now(self) -> int:
        now = self._clock()
        if self._last - now > _MAX_STEP_BACK_NS:
            behind = (self._last - now) // _SECOND
            raise RecordError(
                f"{self._directory}: the clock is {behind} s behind the log's last entry",
                remedy="set the clock; if the log's time is wrong, begin a new log directory",
            )
        return max(now, self._last)


def refusal(directory: Path, error: OSError) -> RecordError:
    """What a failing file system means to a caller."""
    return RecordError(
        f"{directory}: the log cannot be written: {error.strerror or 'the disk refused'}",
        remedy="make room or repair the disk; nothing that was recorded is lost",
    )


def _nanoseconds(stamp: str) -> int:
    moment = datetime.fromisoformat(stamp) - datetime(1970, 1, 1, tzinfo=UTC)
    return (moment.days * 86_400 + moment.seconds) * _SECOND + moment.microseconds * 1000
