"""A worker's log is opened anew without losing what its former writer could not write."""

from __future__ import annotations

import errno

import pytest

from guard.cli.main import run
from guard.config import Config
from guard.errors import RecordError
from guard.gate.ended import Ended
from guard.gateway.worker_gate import WorkerGate, worker_name
from guard.log import Log, SigningKey
from guard.log.disk import PosixDisk


@pytest.fixture
def config(tmp_path):
    assert run(["init", str(tmp_path / "guard"), "--name", "test.example/gateway"]) == 0
    return Config.load(tmp_path / "guard" / "guard.toml")


@pytest.fixture
def gate(config):
    gate = WorkerGate(config, worker=2, took=lambda *_: None)
    yield gate
    gate.close()


def told(gate, config):
    """The answers in the log, once it is closed.

    One that was written and not synced may stand there twice, under one id.
    """
    gate.journal.close()
    key = SigningKey.load(config.path(config.log.key_file))
    verifier = SigningKey(f"{key.name}/{worker_name(2)}", key.seed).verifier
    found = Log(gate.log_directory, verifier).entries()
    return list({one.id: one for one in found if one.kind == "answer"}.values())


def breaks(monkeypatch):
    def fdatasync(*_):
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(PosixDisk, "fdatasync", fdatasync)


def ended(verdict, outcome="whole"):
    return Ended(decision=verdict.decision.id, outcome=outcome, dialect="openai.chat", status=200)


def test_what_was_due_is_written_into_the_new_log(gate, config, monkeypatch):
    verdict = gate.check("nothing of anybody", to="openai-us")
    breaks(monkeypatch)
    gate.ended(ended(verdict))
    with pytest.raises(RecordError):  # whether the end of the answer waited for it or not
        gate.check("nothing of anybody", to="openai-us")
    monkeypatch.undo()
    gate.ended(ended(verdict, "abandoned"))  # a writer that failed once refuses everything
    with pytest.raises(RecordError):
        gate.check("nothing of anybody", to="openai-us")
    gate.reopen_log()
    gate.check("nothing of anybody", to="openai-us")
    answers = told(gate, config)
    assert {e.decision for e in answers} == {verdict.decision.id}
    assert [e.outcome for e in answers] == ["whole", "abandoned"]


def test_while_it_cannot_be_opened_the_former_stays_and_owes(gate, config, monkeypatch):
    verdict = gate.check("nothing of anybody", to="openai-us")
    breaks(monkeypatch)
    gate.ended(ended(verdict))
    for _ in range(2):
        with pytest.raises(RecordError):
            gate.reopen_log()
    gate.ended(ended(verdict, "abandoned"))
    with pytest.raises(RecordError):
        gate.check("nothing of anybody", to="openai-us")
    monkeypatch.undo()
    gate.reopen_log()
    gate.check("nothing of anybody", to="openai-us")
    assert [e.outcome for e in told(gate, config)] == ["whole", "abandoned"]
