"""Reading a whole log in several processes: every entry hashed up to the signed root, and counted.

Nothing that a log says is used before its entries, all of them, have the root that was signed. The
journal's and the head's signatures are checked when the log is opened.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from guard.errors import InputError, VerificationError
from guard.log import Log, VerifierKey
from guard.log.merkle import complete_root, fold, leaf_hash, peaks_of
from guard.log.schema import BatchRecord
from guard.log.tiles import WIDTH
from guard.officer.recorded import Cut, cut, cut_slowly, decided

CHUNK = 64 * WIDTH
"""Entries that a process reads at a time."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which decisions are wanted: written from `since` on and before `until` (``YYYY-MM-DD``)."""

    since: str = ""
    until: str = ""

    def holds(self, ts: bytes) -> bool:
        """Whether a moment lies in it."""
        day = ts[:10].decode()
        return (not self.since or day >= self.since) and (not self.until or day < self.until)


@dataclass(slots=True)
class Tally:
    """What entries said, summed up.

    Args:
        kernels: Distinct decisions by their digest; of a part those that no part before it had.
        counts: How often each was made for each actor, ``<kid>:<h>``.
        first: Index of the first entry of each.
        kinds: Entries by kind, within the window.
        batches: Records of data sets within the window.
    """

    kernels: dict[bytes, bytes] = field(default_factory=dict)
    counts: Counter[tuple[bytes, bytes]] = field(default_factory=Counter)
    first: dict[bytes, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    batches: list[BatchRecord] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what later entries said."""
        self.kernels.update(other.kernels)
        self.counts.update(other.counts)
        for digest, index in other.first.items():
            self.first.setdefault(digest, index)
        self.kinds.update(other.kinds)
        self.batches.extend(other.batches)


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk of the log as one process read it: its hashes, its times, its tally."""

    start: int
    roots: list[bytes]
    rest: list[bytes]
    times: tuple[bytes, bytes]
    tally: Tally


class Reader:
    """One process's view of the log; kernels that it has checked are checked once.

    Args:
        directory: The log's directory.
        key: The log's public key.
        window: Which decisions to count.
    """

    def __init__(self, directory: Path, key: str, window: Window) -> None:
        self._log = Log(directory, VerifierKey.parse(key))
        self._window = window
        self._digests: dict[bytes, bytes] = {}
        self._told: set[bytes] = set()

    def read(self, start: int, stop: int, most: int = -1) -> Part:
        """Read the entries from `start`, which begins a tile, to `stop`.

        Args:
            start: Index of the first entry.
            stop: Index after the last.
            most: How many decisions to count at most; -1 for all.

        Raises:
            VerificationError: Naming the first entry that is no record or goes back in time.
        """
        tally, leaves = Tally(), []
        first = last = b""
        for index, entry in enumerate(self._log.raw(start, stop), start):
            leaves.append(leaf_hash(entry))
            ts = self._count(index, entry, tally, most)
            if ts < last:
                raise VerificationError(f"entry {index}: time goes back")
            first, last = first or ts, ts
        if len(leaves) != stop - start:
            raise VerificationError(f"entry {start + len(leaves)} is missing")
        whole = len(leaves) - len(leaves) % WIDTH
        roots = [complete_root(leaves[at : at + WIDTH]) for at in range(0, whole, WIDTH)]
        return Part(start, roots, leaves[whole:], (first, last), tally)

    def _count(self, index: int, entry: bytes, tally: Tally, most: int) -> bytes:
        done = cut(entry)
        if done is None:
            return self._count_slowly(index, entry, tally, most)
        digest = self._digests.get(done.kernel)
        if digest is None:
            digest = self._checked(index, done)
        self._add(index, digest, done, tally, most)
        return done.ts

    def _checked(self, index: int, done: Cut) -> bytes:
        try:
            decided(done.kernel)
        except VerificationError as error:
            raise VerificationError(f"entry {index}: {error.message}") from None
        digest = hashlib.sha256(done.kernel).digest()
        self._digests[done.kernel] = digest
        return digest

    def _count_slowly(self, index: int, entry: bytes, tally: Tally, most: int) -> bytes:
        try:
            done, item = cut_slowly(entry)
        except VerificationError as error:
            raise VerificationError(f"entry {index}: {error.message}") from None
        if done is not None:
            digest = self._digests.get(done.kernel) or self._checked(index, done)
            self._add(index, digest, done, tally, most)
        elif self._window.holds(item.ts.encode()):
            tally.kinds[item.kind] += 1
            if isinstance(item, BatchRecord):
                tally.batches.append(item)
        return item.ts.encode()

    def _add(self, index: int, digest: bytes, done: Cut, tally: Tally, most: int) -> None:
        if 0 <= most <= tally.kinds["decision"] or not self._window.holds(done.ts):
            return
        tally.kinds["decision"] += 1
        tally.counts[digest, done.actor] += 1
        if digest not in tally.first:
            tally.first[digest] = index
            if digest not in self._told:  # a kernel is long; another part has brought it
                self._told.add(digest)
                tally.kernels[digest] = done.kernel


@dataclass(frozen=True, slots=True)
class Read:
    """A verified log.

    Args:
        origin: Its name.
        entries: Number of entries.
        root: The signed root, hexadecimal, to which every entry was hashed.
        tally: What its entries said.
    """

    origin: str
    entries: int
    root: str
    tally: Tally


def read(
    directory: Path,
    key: VerifierKey,
    window: Window,
    *,
    limit: int | None = None,
    workers: int = 0,
    progress: Progress = lambda *_: None,
) -> Read:
    """Verify a log and count its decisions.

    Args:
        directory: The log's directory.
        key: The log's public key.
        window: Which decisions to count.
        limit: How many to count at most, from the first on.
        workers: Processes; 0 for one a processor.
        progress: Told entries read.

    Raises:
        VerificationError: If it is not the log that was signed, or an entry is no record.
        InputError: If it holds no decision in the window.
    """
    log = Log(directory, key)
    size, head = len(log), log.head
    tally, roots, rest, last = Tally(), [], [], b""
    spans = [(at, min(at + CHUNK, size)) for at in range(0, size, CHUNK)]
    for part in _parts((directory, str(key), window), spans, limit, workers):
        if part.times[0] < last:
            raise VerificationError(f"entry {part.start}: time goes back")
        last = part.times[1]
        roots += part.roots
        rest = part.rest
        tally.add(part.tally)
        progress("reading", min(part.start + CHUNK, size), size)
    if fold([*peaks_of(roots), *peaks_of(rest)]) != head.root:
        raise VerificationError(
            f"{directory}: the entries do not have the root that was signed",
            remedy="`guard log verify` names the first entry that was changed",
        )
    if not tally.kinds["decision"] and not tally.batches:
        raise InputError(
            f"{directory}: no decision was recorded in that time", remedy="widen --since, --until"
        )
    return Read(head.origin, size, head.root.hex(), tally)


def _parts(
    arguments: tuple[Path, str, Window],
    spans: list[tuple[int, int]],
    limit: int | None,
    workers: int,
) -> Iterator[Part]:
    workers = workers or os.cpu_count() or 1
    if limit is not None or len(spans) == 1 or workers == 1:
        reader, left = Reader(*arguments), -1 if limit is None else limit
        for start, stop in spans:
            part = reader.read(start, stop, left)
            left -= part.tally.kinds["decision"] if limit is not None else 0
            yield part
        return
    with pool(min(workers, len(spans)), _open, arguments) as executor:
        yield from executor.map(_read, spans)


def pool(workers: int, begin: Callable[..., None], arguments: tuple[object, ...]) -> Executor:
    """Processes that share nothing with this one.

    Args:
        workers: How many.
        begin: Called in each first.
        arguments: What it is called with.
    """
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=begin, initargs=arguments
    )


_READER: list[Reader] = []


def _open(directory: Path, key: str, window: Window) -> None:
    _READER[:] = [Reader(directory, key, window)]


def _read(span: tuple[int, int]) -> Part:
    return _READER[0].read(*span)
