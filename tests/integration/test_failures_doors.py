"""Any part fails behind a guarded client: the right refusal, no byte sent, and a record of it."""

from __future__ import annotations

import errno
import http.server
import json
import os
import shutil
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx2
import openai
import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config, LedgerSection
from guard.doors.client import wrap
from guard.errors import Denied, Undecided
from guard.ledger.errors import LedgerFull
from guard.log import Log
from guard.log.disk import PosixDisk
from guard.policy import Policy
from guard.vault import new_key
from tests.integration.recording_upstream import last, recording_upstream
from tests.integration.test_doors_clients import MAIL, TEXT, chat, place
from tests.integration.test_opa_failures import http_server, provenance, sends


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/failures"]) == 0
    return directory


@pytest.fixture(scope="module")
def upstream():
    with recording_upstream() as up:
        yield up


@pytest.fixture
def make(home, upstream, tmp_path):
    """Makes a guard of its own log, vault and ledger; closes it afterwards."""
    upstream.requests.clear()
    upstream.say, upstream.fail = last, []
    made = []

    def guarded(*, clock=None, **changed):
        loaded = Config.load(home / "guard.toml")
        shutil.copyfile(home / "vault.key", tmp_path / "vault.key")
        os.chmod(tmp_path / "vault.key", 0o600)  # noqa: PTH101 (as the file that it is a copy of)
        sections = {
            "detection": {"names": False},
            "log": {"directory": tmp_path / "decisions"},
            "vault": {"path": tmp_path / "vault.sqlite", "key_file": tmp_path / "vault.key"},
        }
        for name, more in changed.items():
            sections[name] = {**sections.get(name, {}), **more}
        update = {
            name: (getattr(loaded, name) or LedgerSection()).model_copy(update=more)
            for name, more in sections.items()
        }
        update.setdefault("ledger", None)
        update["destination"] = (place(upstream.url),)
        config = loaded.model_copy(update=update)
        made.append(Guard(config, clock=clock) if clock else Guard(config))
        return made[-1]

    guarded.home, guarded.upstream, guarded.tmp_path = home, upstream, tmp_path
    yield guarded
    for one in made:
        one.close()


def client(g, upstream):
    return wrap(openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0), g)


def entries(home, tmp_path):
    """All records, after the whole log was verified."""
    log = Log(tmp_path / "decisions", (home / "guard.pub").read_text())
    log.verify()
    return [entry for entry in log.entries() if entry.kind in {"decision", "error"}]


def fails(*_, **__):
    raise ValueError(f"cannot read {TEXT}")


def hangs(*_, **__):
    raise TimeoutError("regex timed out")  # as the pattern engine does at its limit


def slow(g):
    analyze = g.detector._engine.analyze

    def late(**how):
        time.sleep(0.3)
        return analyze(**how)

    return late


def detector_raises(g, patch, tmp_path):
    patch.setattr(g.detector._engine, "analyze", fails)


def detector_hangs(g, patch, tmp_path):
    patch.setattr(g.detector._engine, "analyze", hangs)


def detector_is_late(g, patch, tmp_path):
    g.detector._timeout_s = 0.1
    patch.setattr(g.detector._engine, "analyze", slow(g))


def detector_breaks(g, patch, tmp_path):
    patch.setattr(g.detector, "detect", fails)


def policy_raises(g, patch, tmp_path):
    patch.setattr(Policy, "decide", fails)
    patch.setattr(Policy, "decide_many", fails, raising=False)
    patch.setattr(g.policy._engine, "query", fails, raising=False)
    patch.setattr(g, "conclude", fails)


def disk_is_full(g, patch, tmp_path):
    chat(client(g, g.upstream))  # the log is open, and takes a record
    g.upstream.requests.clear()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(PosixDisk, "pwrite", full)


def log_is_closed(g, patch, tmp_path):
    g.journal.close()


def vault_is_gone(g, patch, tmp_path):
    g.vault.close()


def vault_is_locked(g, patch, tmp_path):
    with g.vault.conversation("c"):
        pass
    holder = sqlite3.connect(tmp_path / "vault.sqlite", check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    g.holder = holder


def ledger_is_full(g, patch, tmp_path):
    def full(*_, **__):
        raise LedgerFull("no room")

    patch.setattr(g, "books", SimpleNamespace(reserve=full, tally=lambda **_: None))


def vault_has_no_key(g, patch, tmp_path):
    (tmp_path / "vault.key").unlink()


def vault_is_damaged(g, patch, tmp_path):
    (tmp_path / "vault.sqlite").write_bytes(b"no database at all" * 100)


PARTS = [
    (detector_raises, (Undecided, 503, "detect")),
    (detector_hangs, (Undecided, 503, "detect")),
    (detector_breaks, (Undecided, 503, "detect")),
    (detector_is_late, (Denied, 403, "decision")),
    (policy_raises, (Undecided, 503, "policy")),
    (disk_is_full, (Undecided, 503, None)),
    (log_is_closed, (Undecided, 503, None)),
    (vault_is_gone, (Undecided, 503, "oblige")),
    (vault_is_locked, (Undecided, 503, "oblige")),
    (ledger_is_full, (Undecided, 503, "count")),
    (vault_is_damaged, (Undecided, 503, "oblige")),
    (vault_has_no_key, (Undecided, 503, "oblige")),
]


@pytest.mark.parametrize(("broken", "expected"), PARTS)
def test_a_part_that_fails_refuses(broken, expected, make, monkeypatch):
    kind, status, stage = expected
    home, upstream, tmp_path = make.home, make.upstream, make.tmp_path
    g = make(vault={"wait_s": 0.2})
    g.upstream = upstream
    _ = g.detector, g.policy
    broken(g, monkeypatch, tmp_path)
    with pytest.raises(openai.APIStatusError) as refused:
        chat(client(g, upstream), extra_body={"metadata": {"of": MAIL, "and": "42 11 40"}})
    assert upstream.requests == []
    assert MAIL not in f"{refused.value!r} {refused.value} {refused.value.body}"
    monkeypatch.undo()
    written = entries(home, tmp_path)
    if stage is None:  # there is no log that takes a record; what it holds is whole
        assert not any(entry.kind == "error" for entry in written)
    elif stage == "decision":
        assert written[-1].effect == "deny"
    else:
        assert (written[-1].kind, written[-1].stage) == ("error", stage)
    assert isinstance(refused.value, kind)
    assert refused.value.status_code == status


@pytest.mark.parametrize("broken", [vault_is_damaged, vault_has_no_key])
def test_a_vault_that_is_wrong_sends_nothing(broken, make, monkeypatch):
    home, upstream, tmp_path = make.home, make.upstream, make.tmp_path
    g = make()
    broken(g, monkeypatch, tmp_path)
    with pytest.raises(openai.APIStatusError) as refused:
        chat(client(g, upstream))
    assert upstream.requests == []
    assert MAIL not in f"{refused.value!r} {refused.value.body}"
    assert entries(home, tmp_path)[-1].kind == "error"


@pytest.mark.parametrize(
    ("reply", "timeout_s"),
    [
        (None, 2.0),
        ("slow", 0.3),
        (sends(500, b'{"code": "internal_error"}'), 2.0),
        (sends(200, b"{}"), 2.0),
        (sends(200, b"nonsense"), 2.0),
        ("undefined", 2.0),
    ],
    ids=["down", "slow", "500", "another", "nonsense", "undefined"],
)
def test_a_policy_server_that_fails_refuses(reply, timeout_s, make):
    home, upstream, tmp_path = make.home, make.upstream, make.tmp_path
    release = threading.Event()
    answer = reply
    if reply == "undefined":  # the right bundle, and no answer
        asked = make()
        body = {"provenance": provenance(asked.policies.revision)}
        answer = sends(200, json.dumps(body).encode())
        asked.close()
    with http_server(answer if callable(answer) else lambda _: release.wait(30)) as (url, _):
        answering = url if reply else "http://127.0.0.1:9"
        g = make(policy={"engine": "opa", "url": answering, "timeout_s": timeout_s})
        try:
            with pytest.raises(openai.InternalServerError) as refused:
                chat(client(g, upstream))
        finally:
            release.set()
    assert isinstance(refused.value, Undecided)
    assert refused.value.status_code == 503
    assert upstream.requests == []
    assert [e.stage for e in entries(home, tmp_path)] == ["policy"]


def test_a_ledger_that_is_gone_sends_nothing(make, home, upstream, tmp_path):
    g = make(ledger={"path": tmp_path / "none.sqlite"})
    with pytest.raises(openai.APIStatusError):
        chat(client(g, upstream))
    assert upstream.requests == []
    assert entries(home, tmp_path)[-1].kind == "error"


def test_another_key_of_the_vault_turns_nothing_back(make, upstream, tmp_path):
    upstream.say = lambda _: "Hello"
    first = make()
    chat(client(first, upstream))
    first.close()
    token = "EMAIL_" + upstream.requests[-1][3].split(b"EMAIL_")[1][:12].decode()
    new_key(tmp_path / "other.key")
    upstream.say = lambda _: f"It was {token}"
    answer = chat(client(make(vault={"key_file": tmp_path / "other.key"}), upstream))
    assert answer.choices[0].message.content == f"It was {token}"
    assert MAIL.encode() not in upstream.received


def test_a_log_that_was_full_goes_on(make, home, upstream, tmp_path, monkeypatch):
    g = make()
    g.upstream = upstream
    disk_is_full(g, monkeypatch, tmp_path)
    with pytest.raises(Undecided):
        chat(client(g, upstream))
    assert upstream.requests == []
    monkeypatch.undo()
    g.close()
    chat(client(make(), upstream))
    assert len(upstream.requests) == 1
    assert entries(home, tmp_path)[-1].effect == "permit"


def test_a_conversation_that_has_expired_begins_anew(make, home, upstream):
    """Its stand-ins stay what they are; nothing that they stood for leaves or comes back."""
    now = [datetime.now(UTC)]
    g = make(clock=lambda: now[0])
    upstream.say = lambda _: "Hello"
    chat(client(g, upstream))
    first = upstream.requests[-1][3]
    now[0] += timedelta(days=31)
    g.vault.purge()
    old = first.split(b"EMAIL_")[1][:12].decode()
    upstream.say = lambda _: f"It was EMAIL_{old}"
    answer = chat(client(g, upstream)).choices[0].message.content
    assert answer == f"It was EMAIL_{old}"
    assert MAIL.encode() not in upstream.received
    assert first != upstream.requests[-1][3]


@pytest.mark.parametrize("released", [1, 40, 200, 330])
def test_an_answer_that_is_cut_is_cut(released, make, home, upstream, tmp_path):
    """Nothing half goes out, and the log says that the answer did not come to its end."""

    class Cutting(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            token = b"EMAIL_" + body.split(b"EMAIL_")[1][:12]
            events = b"".join(
                b'data: {"choices":[{"index":0,"delta":{"content":"%s"}}]}\n\n' % piece
                for piece in (b"a " * 20, token[:9], token[9:], b" b " * 99)
            )
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("content-length", str(len(events)))
            self.end_headers()
            self.wfile.write(events[:released])
            self.close_connection = True

        def log_message(self, *_):
            """Nothing is printed."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cutting)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        g = make()
        loaded = g.config.model_copy(
            update={"destination": (place(f"http://127.0.0.1:{server.server_port}"),)}
        )
        g.close()
        with Guard(loaded) as g:
            kit = wrap(
                openai.OpenAI(
                    api_key="k",
                    base_url=f"http://127.0.0.1:{server.server_port}/v1",
                    max_retries=0,
                ),
                g,
            )
            stream, parts = chat(kit, stream=True), []
            with pytest.raises((httpx2.HTTPError, openai.APIError)):
                parts.extend(e.choices[0].delta.content or "" for e in stream)
            text = "".join(parts)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "EMAIL_" not in text
    assert text in ("a " * 20) + MAIL + " b " * 99
    log = Log(tmp_path / "decisions", (home / "guard.pub").read_text())
    log.verify()
    answers = [entry for entry in log.entries() if entry.kind == "answer"]
    assert [entry.outcome for entry in answers] == ["cut"]
