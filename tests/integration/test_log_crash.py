"""Real processes that are killed, real limits that are hit: nothing acknowledged is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from guard.errors import RecordError
from guard.log import Log, LogWriter, SigningKey
from guard.log.merkle import leaf_hash

RECORDS = Path(__file__).parents[1] / "vectors" / "log" / "records.json"

# Acknowledged entries go to stdout, one line each, by one unbuffered write.
WRITER = textwrap.dedent("""
    import json, os, sys, threading, time
    from pathlib import Path
    from guard.log import LogWriter, SigningKey, uuid7
    directory, key, records = map(Path, sys.argv[1:4])
    entry = json.loads(records.read_text())["decision"]
    del entry["follows"]
    log = LogWriter.open(directory, SigningKey.load(key), segment_bytes=1 << 19)
    os.write(1, b"ready\\n")
    def call():
        while True:
            sent = {**entry, "id": uuid7(time.time_ns(), os.urandom)}
            receipt = log.append(sent)
            os.write(1, f"{receipt.index} {receipt.leaf}\\n".encode())
    for _ in range(7):
        threading.Thread(target=call, daemon=True).start()
    call()
""")

FULL = textwrap.dedent("""
    import json, os, resource, sys, time
    from pathlib import Path
    from guard.errors import RecordError
    from guard.log import LogWriter, SigningKey, uuid7
    directory, key, records = map(Path, sys.argv[1:4])
    entry = json.loads(records.read_text())["decision"]
    del entry["follows"]
    log = LogWriter.open(directory, SigningKey.load(key))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))
    try:
        while True:
            receipt = log.append({**entry, "id": uuid7(time.time_ns(), os.urandom)})
            os.write(1, f"{receipt.index} {receipt.leaf}\\n".encode())
    except RecordError as error:
        sys.stderr.write(str(error))
        sys.exit(3)
""")


@pytest.fixture
def place(tmp_path):
    SigningKey.generate("acme.example/guard").save(tmp_path / "key")
    return tmp_path


def start(place, program):
    command = [sys.executable, "-c", program, place / "log", place / "key", RECORDS]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def acknowledged(output):
    # The last line may be cut: its entry was acknowledged, but its index was not all written.
    lines = [line.split() for line in output.split(b"\n")[:-1]]
    return [(int(index), leaf.decode()) for index, leaf in lines]


def check(place, promised):
    """Every promised entry is where its receipt says."""
    log = Log(place / "log", SigningKey.load(place / "key").verifier)
    log.verify()
    leaves = [leaf_hash(entry).hex() for entry in log.raw()]
    assert len({index for index, _ in promised}) == len(promised)
    assert all(leaves[index] == leaf for index, leaf in promised)


def kill_repeatedly(place, rounds):
    chance, promised = random.Random(2026), []
    for _ in range(rounds):
        process = start(place, WRITER)
        assert process.stdout.readline() == b"ready\n", process.stderr.read()
        time.sleep(chance.uniform(0.02, 0.4))
        process.send_signal(signal.SIGKILL)
        output, errors = process.communicate()
        assert process.returncode == -signal.SIGKILL, errors
        promised += acknowledged(output)
        check(place, promised)  # as an auditor finds it, before anyone recovers
    assert len(promised) > rounds
    with LogWriter.open(place / "log", SigningKey.load(place / "key")):
        pass
    check(place, promised)


def test_a_killed_writer_loses_nothing_it_acknowledged(place):
    kill_repeatedly(place, 5)


@pytest.mark.proof
def test_a_writer_killed_many_times_loses_nothing_it_acknowledged(place):
    kill_repeatedly(place, 40)


def test_two_processes_do_not_write_one_log(place):
    process = start(place, WRITER)
    try:
        assert process.stdout.readline() == b"ready\n"
        with pytest.raises(RecordError, match=f"process {process.pid} writes this log"):
            LogWriter.open(place / "log", SigningKey.load(place / "key"))
    finally:
        process.kill()
        process.communicate()
    LogWriter.open(place / "log", SigningKey.load(place / "key")).close()


def test_a_file_size_limit_is_one_clear_line(place):
    process = start(place, FULL)
    output, errors = process.communicate()
    assert process.returncode == 3, errors
    assert b"File too large" in errors
    assert b"\n" not in errors
    promised = acknowledged(output)
    assert len(promised) > 300
    check(place, promised)
    with LogWriter.open(place / "log", SigningKey.load(place / "key")):
        pass
    check(place, promised)
