"""A fault at every call to the disk, and every image that a power cut may leave behind.

`Failing` makes one call fail, once or from then on, before it took effect or after it did: a write
that is reported as failed may be there all the same. `Remembering` keeps what a disk must (bytes
that were synced, names whose directory was synced) apart from what it may keep, and makes
directories as they may look after the power went at any call (Pillai et al., "All File Systems Are
Not Created Equal", OSDI 2014). It models a disk that honours fsync; a real power cut was not tried.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import random
from pathlib import Path

import pytest

from guard.errors import RecordError
from guard.log import Log, LogWriter, SigningKey, uuid7
from guard.log.disk import PosixDisk
from guard.log.merkle import leaf_hash
from guard.log.sequencer import MIN_SEGMENT_BYTES

RECORDS = json.loads((Path(__file__).parents[1] / "vectors" / "log" / "records.json").read_text())
KEY = SigningKey("acme.example/guard", bytes(range(32)))
CALLS = (
    "open",
    "pwrite",
    "fdatasync",
    "fsync",
    "sync_directory",
    "rename",
    "unlink",
    "make_directory",
)


class Clock:
    def __init__(self):
        self.now = 1_795_348_800_000_000_000

    def __call__(self):
        self.now += 1_000_000
        return self.now


def script(directory, disk, clock, acknowledge):
    """Two writers; single entries, groups over a full tile and a segment, a publication."""
    numbers = itertools.count(1)

    def randomness(size):
        return (clock.now // 1000 + next(numbers)).to_bytes(size, "big")

    def entry(kind="policy"):
        plain = {name: value for name, value in RECORDS[kind].items() if name != "follows"}
        return {**plain, "id": uuid7(clock(), randomness)}

    for group in ([1, 1], [120, 1, 140, 1]):
        log = LogWriter.open(
            directory,
            KEY,
            clock=clock,
            randomness=randomness,
            disk=disk,
            segment_bytes=MIN_SEGMENT_BYTES,
            background=False,
        )
        try:
            for count in group:
                kind = "decision" if count > 1 else "policy"
                acknowledge(log.append_many([entry(kind) for _ in range(count)]))
                if count == 120:
                    clock.now += 61 * 10**9
        finally:
            log.close()


def check(directory, receipts):
    """An auditor finds every acknowledged entry, before and after a writer recovered the log."""
    if receipts:
        find(directory, receipts, records=False)
    clock = Clock()
    clock.now += 3600 * 10**9
    with LogWriter.open(directory, KEY, clock=clock, background=False) as log:
        added = log.append({**RECORDS["policy"], "id": uuid7(clock(), os.urandom)})
    find(directory, [*receipts, added])


def find(directory, receipts, *, records=True):
    log = Log(directory, KEY.verifier)
    log.verify(records=records)
    leaves = [leaf_hash(entry).hex() for entry in log.raw()]
    assert all(leaves[r.index] == r.leaf for r in receipts)
    assert len({r.index for r in receipts}) == len(receipts)


# ------------------------------------------------------------------ one call fails


class Failing(PosixDisk):
    """Fails at call `at` (and from then on, if `lasting`), after it took effect if `persisted`."""

    def __init__(self, at=-1, *, persisted=False, lasting=False):
        self.at, self.persisted, self.lasting, self.count = at, persisted, lasting, 0

    def fault(self, call, *arguments):
        number, self.count = self.count, self.count + 1
        failing = number == self.at or (self.lasting and number > self.at >= 0)
        if failing and not self.persisted:
            if call == "pwrite":  # half of it, as a torn write
                descriptor, data, offset = arguments
                super().pwrite(descriptor, data[: len(data) // 2], offset)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        result = getattr(super(), call)(*arguments)
        if failing:
            if call == "open":
                super().close(result)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return result


for _call in CALLS:
    setattr(Failing, _call, lambda self, *a, _call=_call: self.fault(_call, *a))


def total_calls(directory):
    disk = Failing()
    script(directory, disk, Clock(), lambda receipts: None)
    return disk.count


def run_with_fault(directory, at, *, persisted, lasting):
    receipts = []
    disk = Failing(at, persisted=persisted, lasting=lasting)
    with contextlib.suppress(RecordError):
        script(directory, disk, Clock(), receipts.extend)
    check(directory, receipts)
    return disk


KINDS = [(p, lasting) for p in (False, True) for lasting in (False, True)]


@pytest.mark.parametrize("kind", range(4))
def test_a_fault_at_a_call_loses_nothing_acknowledged(tmp_path, kind):
    """Every call fails in one of the four ways."""
    persisted, lasting = KINDS[kind]
    total = total_calls(tmp_path / "whole")
    assert total > 100
    for at in range(kind, total, 4):
        run_with_fault(tmp_path / str(at), at, persisted=persisted, lasting=lasting)


@pytest.mark.proof
@pytest.mark.parametrize(("persisted", "lasting"), KINDS)
def test_a_fault_of_every_kind_at_every_call(tmp_path, persisted, lasting):
    for at in range(total_calls(tmp_path / "whole")):
        run_with_fault(tmp_path / str(at), at, persisted=persisted, lasting=lasting)


# ------------------------------------------------------------------ the power goes


class Inode:
    def __init__(self):
        self.durable, self.pending = b"", []

    def content(self, keep):
        data = bytearray(self.durable)
        for offset, written in self.pending:
            part = written[: keep(len(written))]
            if offset is None:
                data = bytearray() if keep(1) else data
                continue
            if len(data) < offset + len(part):
                data.extend(bytes(offset + len(part) - len(data)))
            data[offset : offset + len(part)] = part
        return bytes(data)


class Remembering(PosixDisk):
    """Keeps, beside the real files, what is durable and what is only pending; an image a call."""

    def __init__(self, root):
        self.root, self.files, self.descriptors = root, {}, {}
        self.names, self.changes, self.images, self.acknowledged = {}, [], [], 0

    def record(self):
        inodes = {i: (i.durable, list(i.pending)) for i in set(self.files.values())}
        inodes |= {
            i: (i.durable, list(i.pending)) for i in self.names.values() if isinstance(i, Inode)
        }
        inodes |= {
            i: (i.durable, list(i.pending)) for _, _, i, _ in self.changes if isinstance(i, Inode)
        }
        self.images.append((dict(self.names), list(self.changes), inodes, self.acknowledged))

    def open(self, path, flags):
        descriptor = super().open(path, flags)
        if path not in self.files:
            self.files[path] = Inode()
            self.changes.append(("put", path, self.files[path], None))
        if flags & os.O_TRUNC:
            self.files[path].pending.append((None, b""))
        self.descriptors[descriptor] = self.files[path]
        self.record()
        return descriptor

    def pwrite(self, descriptor, data, offset):
        self.descriptors[descriptor].pending.append((offset, bytes(data)))
        self.record()
        return super().pwrite(descriptor, data, offset)

    def fsync(self, descriptor):
        inode = self.descriptors[descriptor]
        inode.durable, inode.pending = inode.content(lambda size: size), []
        super().fsync(descriptor)
        self.record()

    fdatasync = fsync

    def rename(self, source, target):
        super().rename(source, target)
        self.files[target] = self.files.pop(source)
        self.changes.append(("move", source, self.files[target], target))
        self.record()

    def unlink(self, path):
        super().unlink(path)
        self.files.pop(path)
        self.changes.append(("drop", path, None, None))
        self.record()

    def make_directory(self, path):
        super().make_directory(path)
        self.changes.append(("put", path, "directory", None))
        self.record()

    def sync_directory(self, path):
        super().sync_directory(path)
        for change in [c for c in self.changes if c[1].parent == path]:
            _apply(self.names, change)
            self.changes.remove(change)
        self.record()


def _apply(names, change):
    kind, path, what, target = change
    if kind == "put":
        names[path] = what
    else:
        names.pop(path, None)
    if kind == "move":
        names[target] = what


def materialise(image, root, target, keep):
    """Write down one directory that the power cut may leave."""
    names, changes, inodes, _ = image
    names = dict(names)
    for change in changes:
        if keep(1):
            _apply(names, change)
    for path, what in sorted(names.items()):
        place = target / path.relative_to(root)
        if not place.parent.is_dir():
            continue  # its directory was never durable
        if isinstance(what, Inode):
            frozen = Inode()
            frozen.durable, frozen.pending = inodes[what]
            place.write_bytes(frozen.content(keep))
        else:
            place.mkdir(exist_ok=True)


def images(tmp_path):
    root = tmp_path / "log"
    disk, receipts = Remembering(root.parent), []

    def acknowledge(found):
        receipts.extend(found)
        disk.acknowledged = len(receipts)
        disk.record()

    script(root, disk, Clock(), acknowledge)
    assert len(receipts) == 264
    return disk, receipts


def try_images(tmp_path, variants):
    (tmp_path / "real").mkdir()
    disk, receipts = images(tmp_path / "real")
    for number, image in enumerate(disk.images):
        for name, keep in variants(number):
            target = tmp_path / f"{number}-{name}"
            (target / "log").mkdir(parents=True)
            materialise(image, disk.root, target, keep)
            check(target / "log", receipts[: image[3]])
    assert len(disk.images) > 150


def nothing(size):
    """Nothing that was not synced has survived."""
    return 0


def by_chance(seed):
    """Of what was not synced, by the toss of a coin: nothing, all, or the first bytes."""
    chance = random.Random(seed)
    return lambda size: chance.choice((0, size, chance.randint(0, size)))


def test_a_power_cut_loses_nothing_acknowledged(tmp_path):
    def variants(number):
        if number % 4 == 0:
            yield "nothing", nothing
        if number % 4 == 2:
            yield "chance", by_chance(number)

    try_images(tmp_path, variants)


@pytest.mark.proof
def test_no_power_cut_in_many_variants_loses_what_was_acknowledged(tmp_path):
    def variants(number):
        yield "nothing", nothing
        yield "all", lambda size: size
        for seed in range(10):
            yield str(seed), by_chance(number * 1000 + seed)

    try_images(tmp_path, variants)
