"""Go's checksum-database libraries verify our log, and notice one changed bit."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from guard.log import LogWriter, SigningKey, uuid7
from tests.absent import absent

HERE = Path(__file__).parent
RECORDS = json.loads((HERE.parent / "vectors" / "log" / "records.json").read_text())
pytestmark = pytest.mark.go


@pytest.fixture(scope="module")
def go_verifier(tmp_path_factory):
    go = shutil.which("go")
    if go is None:
        absent("Go is missing: the independent verifier of the log was not run")
    target = tmp_path_factory.mktemp("go") / "go_verifier"
    command = [go, "build", "-trimpath", "-o", str(target), "."]
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}
    built = subprocess.run(
        command,
        cwd=HERE / "go_verifier",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return target


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A log that three writers wrote, crossing two full tiles, with their partial ones."""
    directory = tmp_path_factory.mktemp("log") / "decisions"
    key = SigningKey.generate("acme.example/guard")
    for _ in range(3):
        with LogWriter.open(directory, key) as log:
            kinds = itertools.islice(itertools.cycle(RECORDS), 230)
            log.append_many(
                {**RECORDS[kind], "id": uuid7(1_795_348_800_000_000_000, os.urandom)}
                for kind in kinds
            )
    return directory, key.verifier


def run(verifier, directory, key):
    return subprocess.run(
        [verifier, directory, str(key)], capture_output=True, text=True, check=False
    )


def test_go_verifies_the_log(go_verifier, written):
    directory, key = written
    done = run(go_verifier, directory, key)
    assert (done.returncode, done.stdout) == (0, f"ok {3 * 232}\n")


@pytest.mark.parametrize(
    "name",
    ["checkpoint", "tile/0/000", "tile/0/002.p/184", "tile/entries/001", "tile/entries/002.p/184"],
)
def test_go_notices_one_changed_bit(go_verifier, written, tmp_path, name):
    directory, key = written
    copy = tmp_path / "log"
    shutil.copytree(directory, copy)
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    done = run(go_verifier, copy, key)
    assert done.returncode == 1
    assert done.stdout.startswith("FAIL")


def test_go_refuses_another_key(go_verifier, written):
    directory, key = written
    other = SigningKey.generate(key.name).verifier
    assert run(go_verifier, directory, other).returncode == 1


def test_go_verifies_a_log_that_was_recovered(go_verifier, written, tmp_path):
    _, key = written
    signer = SigningKey.generate(key.name)
    log = LogWriter.open(tmp_path / "log", signer)
    entry = {**RECORDS["decision"], "id": uuid7(1_795_348_800_000_000_000, os.urandom)}
    log.append_many([entry] * 300)
    shutil.copytree(tmp_path / "log", tmp_path / "copy")  # as a crash would leave it
    log.close()
    with LogWriter.open(tmp_path / "copy", signer) as again:
        again.append(entry)
    assert run(go_verifier, tmp_path / "copy", signer.verifier).stdout == "ok 304\n"
