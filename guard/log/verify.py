"""The audit of a whole log: every entry against every hash, every hash against the signature.

The head's signature is checked when the directory is read. Here each entry is hashed and compared
with its tile, each tile with the one above, the root with the head; and each record with the
schema, with its neighbours and with the decision that it names (`guard.log.links`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from guard.errors import VerificationError
from guard.log import record
from guard.log.links import Links
from guard.log.merkle import leaf_hash
from guard.log.schema import AnyRecord, CloseRecord, OpenRecord
from guard.log.snapshot import Snapshot
from guard.log.tiles import Edge, split_hashes
from guard.log.view import View


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found true.

    Args:
        origin: The log's name.
        entries: Number of entries.
        root: The tree's root, hexadecimal.
        published: Entries in tiles; those beyond are in the journal.
        boots: How many times a writer opened the log.
        last_ts: `ts` of the last entry; empty when records were not read.
        torn: The journal ends in a write that a crash cut, or that was cut by hand.
        linked: Entries that name a decision, each after it; 0 when records were not read.
    """

    origin: str
    entries: int
    root: str
    published: int
    boots: int
    last_ts: str
    torn: bool
    linked: int


def verify(view: View, snapshot: Snapshot, *, records: bool) -> Verified:
    """Audit a log.

    Args:
        view: The log's tree.
        snapshot: Its head.
        records: Whether entries must be records of ours, in order.

    Raises:
        VerificationError: Naming the first entry or tile that is not what it should be.
    """
    edge, order = Edge(), _Order(Links(partial(_before, view)))
    for first, entries in view.bundles(0, view.size):
        stored = view.hashes(0, first >> 8)
        if len(entries) != len(stored):
            raise VerificationError(f"entry {first + len(entries)} is missing")
        for index, (entry, expected) in enumerate(zip(entries, stored, strict=True), first):
            leaf = leaf_hash(entry)
            if leaf != expected:
                raise VerificationError(f"entry {index} is not what was signed")
            if records:
                order.follow(index, entry, edge)
            for level, number, data in edge.append(leaf):
                _compare(view, level, number, data)
    order.links.close()
    for level, number, data in edge.partial():
        _compare(view, level, number, data)
    head = snapshot.head
    if edge.root() != head.root:
        raise VerificationError("the entries do not have the root that was signed")
    for path in view.strays():
        raise VerificationError(f"{path.parent.name}/{path.name} is not of the signed tree")
    return Verified(
        origin=head.origin,
        entries=head.size,
        root=head.root.hex(),
        published=snapshot.published,
        boots=len(order.boots),
        last_ts=order.ts,
        torn=snapshot.torn,
        linked=order.links.count,
    )


def _before(view: View, stop: int) -> Iterator[tuple[int, bytes]]:
    for first, entries in view.bundles(0, stop):
        yield from enumerate(entries, first)


def _compare(view: View, level: int, number: int, data: bytes) -> None:
    if view.hashes(level, number) != split_hashes(data):
        start = number << 8 * (level + 1)
        raise VerificationError(
            f"tile {number} at level {level}, over entries from {start}, is not of the signed tree"
        )


class _Order:
    """What entries owe those before them: time, the writer's birth and end, what they name."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.ts = ""
        self.boots: set[str] = set()
        self._boot = ""

    def follow(self, index: int, entry: bytes, before: Edge) -> None:
        """Check the entry at `index` of a log whose earlier entries make up `before`."""
        try:
            item = record.parse(entry)
        except VerificationError as error:
            raise VerificationError(f"entry {index}: {error.message}") from None
        if item.ts < self.ts:
            raise VerificationError(f"entry {index}: time goes back")
        self.ts = item.ts
        if isinstance(item, OpenRecord):
            self._opened(index, item, before)
        elif item.boot != self._boot:
            raise VerificationError(f"entry {index}: no writer of its boot has opened the log")
        if isinstance(item, CloseRecord):
            self._boot = ""
        self.links.follow(index, item)

    def _opened(self, index: int, item: AnyRecord, before: Edge) -> None:
        if not isinstance(item, OpenRecord) or item.boot in self.boots:
            raise VerificationError(f"entry {index}: its boot has opened the log before")
        if (item.previous.size, item.previous.root) != (before.size, before.root().hex()):
            raise VerificationError(f"entry {index}: it opens another log than the one before it")
        self.boots.add(item.boot)
        self._boot = item.boot
