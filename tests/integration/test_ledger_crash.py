"""Real processes that are killed and real limits that are hit: nothing released is uncounted."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from guard.ledger import Ledger, LedgerFull, standings
from tests.unit.ledger import world

ROOT = Path(__file__).resolve().parents[2]
RULE = world.rule("year", (30,))

# What is reserved is told to the outside by one unbuffered write, as a release would be.
HEAD = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from guard.ledger import CountsChanged, LedgerError, LedgerFull
    from tests.unit.ledger import world
    path, begin = Path(sys.argv[1]), int(sys.argv[2])
    rule = world.rule("year", (int(sys.argv[3]),))
    ledger = world.again(path, rule, wait_s=60)
    os.write(1, b"ready\\n")
""")
WRITER = HEAD + textwrap.dedent("""
    while True:
        one = world.export(*range(begin, begin + 3))
        world.release(ledger, one)
        os.write(1, f"{begin}\\n".encode())
        begin += 3
""")
BOUNDED = HEAD + textwrap.dedent("""
    for person in range(begin, begin + 25):
        while True:
            one = world.export(person)
            counts = ledger.counts(one)
            if counts["year"]:
                break
            try:
                ledger.reserve(one, counts)
            except CountsChanged:
                continue
            os.write(1, f"{person}\\n".encode())
            break
""")
FULL = HEAD + textwrap.dedent("""
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    try:
        while True:
            world.release(ledger, world.export(*range(begin, begin + 200)))
            os.write(1, f"{begin}\\n".encode())
            begin += 200
    except LedgerFull as error:
        sys.stderr.write(str(error))
        sys.exit(3)
""")


@pytest.fixture
def path(tmp_path):
    Ledger.create(tmp_path / "ledger.sqlite", world.KEY)
    return tmp_path / "ledger.sqlite"


@pytest.fixture(autouse=True)
def closed():
    yield
    while world.OPENED:
        world.OPENED.pop().close()


def start(program, path, begin, boundary=10**6):
    return subprocess.Popen(
        [sys.executable, "-c", program, path, str(begin), str(boundary)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )


def told(output):
    """What was released; the last line may be cut, and then it was released too."""
    return [int(line) for line in output.split(b"\n")[:-1] if line != b"ready"]


def counted(path):
    ledger = world.again(path, RULE)
    ledger.verify()
    (standing,) = standings(ledger, world.NOW)
    return ledger, standing.number


def test_a_killed_process_released_nothing_that_is_not_counted(path):
    chance, released = random.Random(2026), []
    for round_ in range(5):
        process = start(WRITER, path, round_ * 100_000)
        assert process.stdout.readline() == b"ready\n", process.stderr.read()
        said = b"".join(process.stdout.readline() for _ in range(chance.randint(3, 12)))
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate()
        released += told(said + output)
        ledger, number = counted(path)
        assert number >= 3 * len(released)
        everyone = [n for begin in released for n in range(begin, begin + 3)]
        with ledger.store.reading() as session:
            counter = session.counter("year", "")
            known = session.known(counter.id, [world.person(n) for n in everyone])
        assert len(known) == len(everyone)
        # Counted but not told: at most the one transfer of each round that was under way.
        assert number <= 3 * (len(released) + round_ + 1)
    assert len(released) > 10


def test_two_processes_never_pass_a_boundary_unseen(path):
    processes = [start(BOUNDED, path, begin, 30) for begin in (0, 1000)]
    released = []
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        released += told(output)
    assert len(released) == 29
    assert counted(path)[1] == 29


def test_a_full_disk_is_one_clear_refusal(path):
    process = start(FULL, path, 0)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 3, errors
    assert b"make room on the ledger's disk" in errors
    assert b"\n" not in errors
    released = told(output)
    assert len(released) > 3
    ledger, number = counted(path)
    assert number == 200 * len(released)
    world.release(ledger, world.export(10**6))
    assert counted(path)[1] == number + 1


def test_a_ledger_that_may_not_grow_refuses_and_goes_on_later(path):
    ledger = world.again(path, RULE)
    ledger.store._db.execute("PRAGMA max_page_count=12")
    with pytest.raises(LedgerFull, match="SQLITE_FULL"):
        world.release(ledger, world.export(*range(5000)))
    ledger.verify()
    assert counted(path)[1] == 0
    ledger.store._db.execute("PRAGMA max_page_count=100000")
    world.release(ledger, world.export(*range(5000)))
    assert counted(path)[1] == 5000
