"""Writing: order, durability, one writer, and what happens when the disk says no."""

from __future__ import annotations

import errno
import os
import threading

import pytest

from guard.errors import RecordError, VerificationError
from guard.log import Log, LogWriter, SigningKey, journal, sequencer
from guard.log.disk import PosixDisk
from guard.log.group import GroupCommit


class Recorder(PosixDisk):
    """A disk that remembers what was asked of it, in order."""

    def __init__(self) -> None:
        self.calls = []

    def pwrite(self, descriptor, data, offset):
        self.calls.append("pwrite")
        return super().pwrite(descriptor, data, offset)

    def fdatasync(self, descriptor):
        self.calls.append("fdatasync")
        super().fdatasync(descriptor)


class Failing(PosixDisk):
    """A disk on which one kind of call fails once it is told to."""

    def __init__(self, call, number, *, only="") -> None:
        self.call, self.number, self.only, self.on, self.paths = call, number, only, False, {}

    def open(self, path, flags):
        if self.on and self.call == "open" and self.only in str(path):
            raise OSError(self.number, os.strerror(self.number))
        descriptor = super().open(path, flags)
        self.paths[descriptor] = str(path)
        return descriptor

    def pwrite(self, descriptor, data, offset):
        self._maybe("pwrite", descriptor)
        return super().pwrite(descriptor, data, offset)

    def fdatasync(self, descriptor):
        self._maybe("fdatasync", descriptor)
        super().fdatasync(descriptor)

    def fsync(self, descriptor):
        self._maybe("fsync", descriptor)
        super().fsync(descriptor)

    def _maybe(self, call, descriptor):
        if self.on and call == self.call and self.only in self.paths[descriptor]:
            raise OSError(self.number, os.strerror(self.number))


def test_one_commit_is_one_write_and_one_sync(world):
    disk = Recorder()
    with world.open(disk=disk) as log:
        disk.calls.clear()
        log.append(world.entry())
        log.append_many([world.entry() for _ in range(50)])
        assert disk.calls == ["pwrite", "fdatasync"] * 2


def test_nothing_signed_leaves_before_the_sync_returned(world):
    seen = []

    class Watching(PosixDisk):
        def fdatasync(self, descriptor):
            seen.append(len(receipts))
            super().fdatasync(descriptor)

    receipts = []
    with world.open(disk=Watching()) as log:
        receipts.append(log.append(world.entry()))
        receipts.append(log.append(world.entry()))
    assert seen == [0, 0, 1, 2]


def test_callers_that_wait_together_share_a_commit(world):
    gate, disk = threading.Event(), Recorder()

    class Slow(Recorder):
        def fdatasync(self, descriptor):
            gate.wait()
            super().fdatasync(descriptor)

    gate.set()
    disk = Slow()
    receipts = []
    with world.open(disk=disk) as log:
        disk.calls.clear()
        gate.clear()

        def call():
            receipts.append(log.append(world.entry()))

        threads = [threading.Thread(target=call) for _ in range(16)]
        for thread in threads:
            thread.start()
        while len(log._group._queue) < 15:
            threading.Event().wait(0.001)
        gate.set()
        for thread in threads:
            thread.join()
        assert disk.calls.count("fdatasync") == 2
    assert sorted(r.index for r in receipts) == list(range(1, 17))
    assert Log(world.directory, world.key.verifier).verify().entries == 18


@pytest.mark.parametrize("background", [True, False])
def test_many_threads_and_segments(world, background):
    count, each = 8, 120
    receipts = []
    with world.open(segment_bytes=sequencer.MIN_SEGMENT_BYTES, background=background) as log:

        def call():
            receipts.extend(log.append(world.entry("decision")) for _ in range(each))

        threads = [threading.Thread(target=call) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    view = Log(world.directory, world.key.verifier)
    assert view.verify().entries == count * each + 2
    assert sorted(r.index for r in receipts) == list(range(1, count * each + 1))
    from guard.log.merkle import leaf_hash

    leaves = [leaf_hash(entry).hex() for entry in view.raw()]
    assert all(leaves[r.index] == r.leaf for r in receipts)
    assert not list((world.directory / "tile/entries/000.p").parent.glob("000.p"))


def test_the_order_of_append_many_is_kept(world):
    with world.open() as log:
        sent = [world.entry() for _ in range(2000)]
        receipts = log.append_many(iter(sent))
        assert log.append_many([]) == []
    assert [r.index for r in receipts] == list(range(1, 2001))
    found = Log(world.directory, world.key.verifier).entries(1, 2001)
    assert [r.id for r in found] == [e["id"] for e in sent]


@pytest.mark.parametrize("kind", ["open", "close"])
def test_only_the_log_opens_and_closes(world, kind):
    with world.open() as log, pytest.raises(RecordError, match="the log's to write"):
        log.append({"kind": kind, "id": world.entry()["id"]})


def test_a_bad_record_keeps_out_its_companions_and_harms_nothing(world):
    with world.open() as log:
        with pytest.raises(RecordError, match="schema"):
            log.append_many([world.entry(), {**world.entry(), "note": "x"}])
        assert log.append(world.entry()).index == 1


def test_a_closed_log_takes_nothing(world):
    log = world.open()
    log.close()
    log.close()
    with pytest.raises(RecordError, match="closed"):
        log.append(world.entry())
    assert Log(world.directory, world.key.verifier).verify().entries == 2


def test_a_second_writer_is_refused_and_told_who_the_first_is(world):
    with world.open():
        with pytest.raises(RecordError) as caught:
            world.open()
        assert f"process {os.getpid()} writes this log" in str(caught.value)
        assert "log directory of its own" in caught.value.remedy
    world.open().close()


def test_another_key_does_not_continue_a_log(world):
    world.open().close()
    for name in (world.key.name, "other.example/guard"):
        with pytest.raises(VerificationError, match="not signed by"):
            LogWriter.open(world.directory, SigningKey(name, bytes(32)))
    world.open().close()


def test_each_opening_continues_the_tree(world):
    for _ in range(3):
        with world.open() as log:
            log.append_many([world.entry() for _ in range(127)])
    found = Log(world.directory, world.key.verifier).verify()
    assert (found.entries, found.boots) == (387, 3)


def test_records_of_one_commit_share_their_time_and_it_never_goes_back(world):
    with world.open() as log:
        log.append_many([world.entry(), world.entry()])
        world.clock.now -= 5 * 10**9
        log.append(world.entry())
    stamps = [r.ts for r in Log(world.directory, world.key.verifier).entries()]
    assert stamps == sorted(stamps)
    assert stamps[1] == stamps[2] == stamps[3]


def test_a_clock_far_behind_is_refused_also_after_reopening(world):
    with world.open() as log:
        world.clock.now -= 60 * 10**9
        with pytest.raises(RecordError, match="the clock is 59 s behind"):
            log.append(world.entry())
        world.clock.now += 60 * 10**9
        log.append(world.entry())
    world.clock.now -= 60 * 10**9
    with pytest.raises(RecordError, match="set the clock"):
        world.open()
    world.clock.now += 60 * 10**9
    world.open().close()


def test_tiles_are_published_every_minute_of_use(world):
    with world.open() as log:
        log.append(world.entry())
        assert not (world.directory / "checkpoint").exists()
        world.clock.now += 61 * 10**9
        log.append(world.entry())
        assert Log(world.directory, world.key.verifier).verify().published == 3
        log.append(world.entry())
        assert Log(world.directory, world.key.verifier).verify().published == 3


def test_a_forked_child_may_not_write(world):
    with world.open() as log:
        child = os.fork()
        if not child:
            try:
                log.append(world.entry())
            except RecordError:
                os._exit(7)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        log.append(world.entry())


# ------------------------------------------------------------------ the disk says no


def test_a_failed_sync_ends_the_writer_and_loses_nothing_acknowledged(world):
    disk = Failing("fdatasync", errno.EIO)
    log = world.open(disk=disk)
    kept = log.append(world.entry())
    disk.on = True
    with pytest.raises(RecordError, match="Input/output error"):
        log.append(world.entry())
    disk.on = False  # the next sync would succeed, and lie
    with pytest.raises(RecordError, match="open the log anew"):
        log.append(world.entry())
    log.close()
    with world.open() as again:
        again.append(world.entry())
    view = Log(world.directory, world.key.verifier)
    view.verify()
    assert verified_leaf(view, kept.index) == kept.leaf


def verified_leaf(view, index):
    from guard.log.merkle import leaf_hash

    return leaf_hash(next(view.raw(index, index + 1))).hex()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_one_clear_line_and_the_log_goes_on_when_there_is_room(world, number):
    disk = Failing("pwrite", number, only=".seg.tmp")
    log = world.open(disk=disk, segment_bytes=sequencer.MIN_SEGMENT_BYTES)
    receipts = [log.append(world.entry("decision"))]
    disk.on = True
    with pytest.raises(RecordError) as caught:
        receipts.extend(log.append(world.entry("decision")) for _ in range(500))
    text = str(caught.value)
    assert os.strerror(number) in text
    assert str(world.directory) in text
    assert "\n" not in text
    view = Log(world.directory, world.key.verifier)
    assert view.verify().entries == len(receipts) + 1
    disk.on = False
    receipts.append(log.append(world.entry("decision")))
    log.close()
    view = Log(world.directory, world.key.verifier)
    assert view.verify().entries == len(receipts) + 2
    assert all(verified_leaf(view, r.index) == r.leaf for r in receipts)


@pytest.mark.parametrize("background", [True, False])
def test_tiles_that_cannot_be_written_are_written_later(world, background):
    disk = Failing("open", errno.ENOSPC, only="/tile/")
    size = sequencer.MIN_SEGMENT_BYTES
    log = world.open(disk=disk, segment_bytes=size, background=background)
    disk.on = True
    log.append_many([world.entry("decision") for _ in range(600)])
    assert not (world.directory / "checkpoint").exists()
    assert Log(world.directory, world.key.verifier).verify().entries == 601
    with pytest.raises(RecordError, match="No space left"):
        append_repeatedly(log, [[world.entry("decision") for _ in range(3000)], [world.entry()]])
    with pytest.raises(RecordError, match="No space left"):
        log.close()
    count = Log(world.directory, world.key.verifier).verify().entries
    assert count >= 601
    disk.on = False
    world.open().close()
    assert Log(world.directory, world.key.verifier).verify().entries == count + 2


def append_repeatedly(log, groups):
    for group in groups:
        log.append_many(group)


def test_a_directory_that_cannot_be_made_is_one_line(world):
    world.directory.parent.mkdir(exist_ok=True)
    world.directory.write_text("a file")
    with pytest.raises(RecordError, match="cannot be written"):
        world.open()


def test_a_failed_opening_lets_the_next_one_in(world):
    with pytest.raises(RecordError):
        world.open(disk=switched_on(Failing("fdatasync", errno.EIO)))
    world.open().close()
    assert Log(world.directory, world.key.verifier).verify().boots >= 1


def switched_on(disk):
    disk.on = True
    return disk


def test_a_damaged_partial_bundle_is_not_continued(world):
    world.open().close()
    path = world.directory / "tile/entries/000.p/2"
    path.write_bytes(path.read_bytes().replace(b'"size":0', b'"size":1'))
    with pytest.raises(VerificationError, match="not those that were signed"):
        world.open()


def test_a_segment_is_large_enough_for_an_entry(world):
    with pytest.raises(ValueError, match="256 KiB"):
        world.open(segment_bytes=1000)


# ------------------------------------------------------------------ the journal


def frames(world, sizes):
    log = world.open()
    ends = [0]
    for size in sizes:
        log.append_many([world.entry() for _ in range(size)])
    path = journal.segments(world.directory)[0]
    data = path.read_bytes()
    for frame in journal.scan(data, path.name).frames:
        ends.append(ends[-1] + len(frame.encode()))
    # The process "dies": its lock goes, nothing is published.
    log._lock.release()
    log._sequencer.end()
    return path, data, ends


@pytest.mark.parametrize("filler", [b"\x00", b"\xa5"])
def test_a_write_torn_at_any_byte_leaves_the_log_before_it(world, filler):
    path, data, ends = frames(world, [1, 2])
    start, end = ends[-2], ends[-1]
    before = Log(world.directory, world.key.verifier)
    assert len(before) == 4
    for cut in range(start, end):
        tail = filler * (end - cut) + bytes(64)
        path.write_bytes(data[:cut] + tail)
        view = Log(world.directory, world.key.verifier)
        if data[:end] == data[:cut] + tail[: end - cut]:
            assert len(view) == 4
            continue
        found = view.verify()
        assert (found.entries, found.torn) == (2, cut > start or filler != b"\x00"), cut
    path.write_bytes(data[: end - 1])
    with world.open() as log:
        log.append(world.entry())
    assert Log(world.directory, world.key.verifier).verify().entries == 5


def test_damage_before_a_whole_frame_is_corruption(world):
    path, data, ends = frames(world, [1, 1, 1])
    for place in (*range(44), *range(ends[1], ends[1] + 40), ends[2] + 50, ends[3] - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        path.write_bytes(changed)
        for attempt in (lambda: Log(world.directory, world.key.verifier), world.open):
            with pytest.raises(VerificationError, match="is damaged"):
                attempt()
    path.write_bytes(data)
    assert Log(world.directory, world.key.verifier).verify().entries == 4


def test_a_frame_that_is_gone_is_corruption(world):
    path, data, ends = frames(world, [1, 1, 1])
    for gap in (bytes(ends[2] - ends[1]), b""):
        path.write_bytes(data[: ends[1]] + gap + data[ends[2] :])
        with pytest.raises(VerificationError):
            Log(world.directory, world.key.verifier)


def test_a_frame_with_its_checksum_made_right_is_still_not_signed(world):
    path, data, ends = frames(world, [1, 1])
    scan = journal.scan(data, path.name)
    frame = scan.frames[1]
    entry = frame.entries[0].replace(b'"rules":31', b'"rules":30')
    forged = journal.Frame(frame.first, (entry,), frame.checkpoint).encode()
    path.write_bytes(data[: ends[1]] + forged + data[ends[2] :])
    with pytest.raises(VerificationError, match="entries 1 to 1 are not those that were signed"):
        Log(world.directory, world.key.verifier)


def test_a_journal_without_its_tiles_is_a_gap(world):
    world.open().close()
    frames(world, [1])
    for name in ("checkpoint", "tile"):
        (world.directory / name).rename(world.directory.parent / name)
    with pytest.raises(VerificationError, match="goes on at entry 2, the log ends at 0"):
        Log(world.directory, world.key.verifier)


def test_damage_at_the_end_of_a_segment_before_a_whole_one_is_corruption(world):
    log = world.open(
        segment_bytes=sequencer.MIN_SEGMENT_BYTES,
        disk=(disk := Failing("open", errno.ENOSPC, only="/tile/")),
    )
    disk.on = True
    log.append_many([world.entry("decision") for _ in range(300)])
    paths = journal.segments(world.directory)
    assert len(paths) > 1
    data = paths[0].read_bytes()
    last = journal.scan(data, "").frames[-1].encode()
    place = data.index(last) + 50
    paths[0].write_bytes(data[:place] + b"\x00" + data[place + 1 :])
    with pytest.raises(VerificationError, match="the next one is whole"):
        Log(world.directory, world.key.verifier)
    with pytest.raises(RecordError):
        log.close()


# ------------------------------------------------------------------ group commit by itself


def test_an_error_reaches_every_caller_of_its_group_and_no_other():
    calls, gate = [], threading.Event()

    def commit(items):
        calls.append(list(items))
        if len(calls) == 1:
            gate.wait()
        if "bad" in items:
            raise RecordError("no", remedy="yes")
        return [item.upper() for item in items]

    group, results = GroupCommit(commit), {}

    def call(name, items):
        try:
            results[name] = group.submit(items)
        except RecordError as error:
            results[name] = error

    threads = [threading.Thread(target=call, args=("first", ["a"]))]
    threads[0].start()
    while not calls:
        threading.Event().wait(0.001)
    threads += [threading.Thread(target=call, args=(n, [n])) for n in ("bad", "good")]
    for thread in threads[1:]:
        thread.start()
    while len(group._queue) < 2:
        threading.Event().wait(0.001)
    gate.set()
    for thread in threads:
        thread.join()
    assert results["first"] == ["A"]
    assert isinstance(results["bad"], RecordError)
    assert isinstance(results["good"], RecordError)
    assert results["bad"] is not results["good"]
    assert str(results["good"]) == "no (yes)"
    assert group.submit(["later"]) == ["LATER"]


def test_an_interrupted_leader_leaves_a_group_that_works():
    def commit(items):
        if "stop" in items:
            raise KeyboardInterrupt
        return items

    group = GroupCommit(commit)
    with pytest.raises(KeyboardInterrupt):
        group.submit(["stop"])
    assert group.submit(["on"]) == ["on"]
