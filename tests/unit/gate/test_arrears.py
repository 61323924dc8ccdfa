"""What could not be written when it was due goes in before anything else, or nothing goes in."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from guard.errors import RecordError
from guard.gate.arrears import Arrears
from guard.log import Log, LogWriter, SigningKey, uuid7
from guard.log.disk import PosixDisk

RECORDS = json.loads((Path(__file__).parents[2] / "vectors" / "log" / "records.json").read_text())
KEY = SigningKey("acme.example/guard", bytes(range(32)))


class Full(PosixDisk):
    """A disk without room for another segment, or whose syncs fail, while it is told to."""

    def __init__(self) -> None:
        self.full = self.broken = False

    def open(self, path, flags):
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().open(path, flags)

    def fdatasync(self, descriptor):
        if self.broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().fdatasync(descriptor)


def entry(kind, **changes):
    plain = {name: value for name, value in RECORDS[kind].items() if name != "follows"}
    return {**plain, "id": uuid7(1_795_348_800_000_000_000, os.urandom), **changes}


@pytest.fixture
def disk():
    return Full()


@pytest.fixture
def writer(tmp_path, disk):
    with LogWriter.open(tmp_path / "log", KEY, disk=disk, segment_bytes=256 << 10,
                        background=False) as log:  # fmt: skip
        yield log


def fill(writer, disk):
    """Use up the segment, so that the next entry needs another."""
    disk.full = True
    for kind in ("decision", "policy"):
        with suppress(RecordError):
            for _ in range(2000):
                writer.append(entry(kind))
    return len(Log(writer.directory, KEY.verifier))


def kinds(writer, since):
    return [item.kind for item in Log(writer.directory, KEY.verifier).entries(since)]


def test_what_is_due_precedes_the_next_entry(writer, disk):
    arrears = Arrears(writer)
    size = fill(writer, disk)
    assert not arrears.append_late(entry("answer"))
    assert not arrears.append_late(entry("answer"))
    with pytest.raises(RecordError):  # while an answer is due, nothing is decided
        arrears.append(entry("decision"))
    disk.full = False
    assert arrears.append(entry("decision")) == size + 2
    assert kinds(writer, size) == ["answer", "answer", "decision"]
    assert arrears.append(entry("policy")) == size + 3


def test_an_answer_is_written_at_once_where_that_is_possible(writer):
    arrears = Arrears(writer)
    assert arrears.append_late(entry("answer"))
    assert kinds(writer, 1) == ["answer"]
    arrears.settle()
    assert kinds(writer, 1) == ["answer"]


def test_an_answer_that_waits_goes_with_the_next_entry(writer):
    arrears = Arrears(writer, lag_s=60)
    assert arrears.append_late(entry("answer"))
    assert kinds(writer, 1) == []
    assert arrears.append(entry("decision")) == 2
    assert kinds(writer, 1) == ["answer", "decision"]
    assert arrears.append_late(entry("answer"))
    arrears.close()  # does not wait for the lag
    assert kinds(writer, 1) == ["answer", "decision", "answer"]
    assert arrears.append_late(entry("answer"))
    assert kinds(writer, 1)[3:] == ["answer"]


def test_an_answer_that_nothing_follows_is_written_after_the_lag(writer):
    arrears = Arrears(writer, lag_s=0.01)
    for written in (1, 2):
        assert arrears.append_late(entry("answer"))
        for _ in range(500):
            if len(kinds(writer, 1)) == written:
                break
            time.sleep(0.01)
        assert kinds(writer, 1) == ["answer"] * written
    arrears.close()


def test_an_answer_that_waited_in_vain_is_told_of_and_stays_due(writer, disk, caplog):
    arrears = Arrears(writer, lag_s=0.01)
    size = fill(writer, disk)
    late = entry("answer")
    assert arrears.append_late(late)
    for _ in range(500):
        if caplog.records:
            break
        time.sleep(0.01)
    assert late["decision"] in caplog.text
    with pytest.raises(RecordError):
        arrears.append(entry("decision"))
    disk.full = False
    arrears.append(entry("decision"))
    assert kinds(writer, size) == ["answer", "decision"]
    arrears.close()


def test_a_dead_log_decides_nothing_more(writer, disk):
    arrears = Arrears(writer)
    disk.broken = True
    assert not arrears.append_late(entry("answer"))
    disk.broken = False  # the next sync would succeed, and lie
    with pytest.raises(RecordError):
        arrears.append(entry("decision"))
    with pytest.raises(RecordError):
        arrears.settle()


def test_another_log_takes_over_what_is_due(tmp_path, disk):
    first = LogWriter.open(tmp_path / "log", KEY, disk=disk, background=False)
    old = Arrears(first)
    decided = entry("decision")
    old.append(decided)
    disk.broken = True
    late = entry("answer", decision=decided["id"])
    assert not old.append_late(late)
    disk.broken = False
    first.close()
    with LogWriter.open(tmp_path / "log", KEY, background=False) as second:
        new = Arrears(second)
        new.inherit(old)
        old.settle()  # nothing is due there any more
        new.append(entry("decision"))
        told = [i.id for i in Log(second.directory, KEY.verifier).entries() if i.kind == "answer"]
        assert told[-1] == late["id"]
        assert kinds(second, 0)[-1] == "decision"
    assert Log(tmp_path / "log", KEY.verifier).verify()


def test_nothing_is_lost_or_doubled_between_threads(writer, disk):
    arrears = Arrears(writer)
    size = fill(writer, disk)
    late = [entry("answer") for _ in range(20)]
    for one in late:
        assert not arrears.append_late(one)
    disk.full = False
    threads = [
        threading.Thread(target=arrears.append_late, args=(entry("answer"),)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [item.id for item in Log(writer.directory, KEY.verifier).entries(size)]
    assert len(ids) == len(set(ids)) == 28
    assert {one["id"] for one in late} < set(ids)
