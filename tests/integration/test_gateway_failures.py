"""The failure of any part of the gateway refuses, is written down where it can be, and shows."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time

import anthropic
import openai
import pytest

from guard.detect.engine import Detector
from guard.errors import DetectionError, ObligationError, PolicyError, RecordError
from guard.log.writer import LogWriter
from guard.policy import Policy
from guard.vault import Vault
from tests.integration import recording_upstream as upstreams
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.recording_upstream import last, recording_upstream

MAIL = "anna.schmidt@beispiel.de"
TURNS = [{"role": "user", "content": f"Write to {MAIL} now"}]
CHAT = {"model": "m", "messages": TURNS}


@pytest.fixture(scope="module")
def ups():
    with recording_upstream() as one, recording_upstream() as two:
        yield one, two


@pytest.fixture(autouse=True)
def _anew(ups):
    for up in ups:
        up.requests.clear()
        up.say, up.tool, up.piece, up.fail = last, False, 5, []


def unused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(scope="module")
def made(tmp_path_factory, ups):
    directory = home(tmp_path_factory.mktemp("home") / "guard")
    one, two = ups
    dead = unused()
    secret = directory / "up.key"
    secret.write_text("upstream-secret\n")
    bearer = {"style": "bearer", "key_file": "up.key"}
    first = {"m": "m-1", "both": "m-1", "shaky": "m-1"}
    config = configured(
        directory,
        [place("one", one.url, "US"), place("two", two.url, "US"), place("dead", dead, "US")],
        [
            reached("one", one.url, path="/v1", dialects=["openai"], models=first, auth=bearer,
                    first_byte_s=2.0),
            reached("dead", dead, path="/v1", dialects=["openai"], models={
                "dead": "m-1", "shaky": "m-1"}),
            reached("two", two.url, path="/v1", dialects=["openai"], models={"both": "m-1",
                    "shaky": "m-1"}),
            {**reached("one", one.url, dialects=["anthropic"], models={"claude": "c-1"}),
             "name": "one-anthropic"},
        ],
        gateway={"breaker": {"failures": 1000}, "hedge_after_s": 0.3, "retries": 0},
    )  # fmt: skip
    return config, key(config, per_minute=100_000)


@pytest.fixture(scope="module")
def gw(made):
    with running(made[0]) as running_gateway:
        yield running_gateway


@pytest.fixture
def ask(gw, made):
    return lambda body=CHAT, path="/v1/chat/completions": gw.ask(path, body, key=made[1])


def entries(made):
    return logged(made[0])


def outcome(made, wanted):
    """How the last answer ended; it is written down when its caller has gone already."""
    for _ in range(100):
        found = [e.outcome for e in entries(made) if e.kind == "answer"][-1]
        if found == wanted:
            break
        time.sleep(0.05)
    return found


def broken(error):
    def method(*_, **__):
        raise error

    return method


FAILURES = {
    "detection": (Detector, "detect", DetectionError("a detector failed")),
    "detection anyhow": (Detector, "detect", ZeroDivisionError(MAIL)),
    "policy": (Policy, "decide", PolicyError("no answer")),
    "vault": (Vault, "conversation", ObligationError("gone")),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_part_that_fails_refuses_and_shows(failure, gw, ask, ups, monkeypatch):
    where, name, error = FAILURES[failure]
    part = failure.partition(" ")[0]
    time.sleep(1.1)  # what was found ready a moment ago is not tried again
    monkeypatch.setattr(where, name, broken(error))
    status, _, body = ask()
    assert status == 503
    assert MAIL.encode() not in body
    assert not ups[0].requests
    ready, _, shown = gw.ask("/readyz", method="GET")
    assert ready == 503
    assert json.loads(shown)["parts"][part] not in {"ok", MAIL}
    assert gw.ask("/healthz", method="GET")[0] == 200
    monkeypatch.undo()
    assert ask()[0] == 200
    time.sleep(1.1)
    assert gw.ask("/readyz", method="GET")[0] == 200


def test_without_a_record_nothing_leaves(gw, ask, ups, monkeypatch):
    time.sleep(1.1)
    monkeypatch.setattr(LogWriter, "append", broken(RecordError("the disk is full")))
    status, _, body = ask()
    assert status == 503
    assert b"disk" in body
    assert not ups[0].requests
    monkeypatch.undo()
    assert ask()[0] == 200


def test_a_log_that_refused_a_write_is_opened_anew(made, gw, ask, monkeypatch):
    """After a failed write a writer refuses everything; the next look at readiness replaces it."""
    time.sleep(1.1)
    before = sum(e.kind == "open" for e in entries(made))
    monkeypatch.setattr(LogWriter, "append", broken(RecordError("the disk is full")))
    assert ask()[0] == 503
    monkeypatch.undo()
    assert gw.ask("/readyz", method="GET")[0] == 200
    assert sum(e.kind == "open" for e in entries(made)) == before + 1
    assert ask()[0] == 200


def test_an_upstream_that_is_not_there_is_no_answer(made, ask):
    status, _, body = ask({**CHAT, "model": "dead"})
    assert status == 502
    assert json.loads(body)["type"].endswith(":unanswered")
    assert outcome(made, "connect") == "connect"


def test_another_is_asked_for_one_that_is_not_there(ask, ups):
    ups[0].fail = [500] * 5
    status, headers, _ = ask({**CHAT, "model": "shaky"})
    assert (status, headers["x-guard-destination"]) == (200, "two")
    assert MAIL.encode() not in ups[0].received + ups[1].received


def test_who_goes_before_the_decision_sends_nothing(made, gw, ups, monkeypatch):
    plain, deciding = Policy.decide, threading.Event()

    def slowly(self, *facts):
        deciding.set()
        time.sleep(0.5)
        return plain(self, *facts)

    monkeypatch.setattr(Policy, "decide", slowly)
    before = len(entries(made))
    body = json.dumps(CHAT).encode()
    with socket.create_connection(("127.0.0.1", gw.port), timeout=10) as sock:
        sock.sendall(
            f"POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\nx-api-key: {made[1]}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode()
            + body
        )
        assert deciding.wait(10)
    for _ in range(100):
        if len(entries(made)) == before + 2:
            break
        time.sleep(0.05)
    decision, answer = entries(made)[before:]
    assert (decision.kind, answer.outcome, answer.decision) == (
        "decision",
        "abandoned",
        decision.id,
    )
    assert not ups[0].requests


def test_a_slow_upstream_is_hedged_under_a_decision_of_its_own(made, ask, ups):
    go = threading.Event()

    def wait(body):
        go.wait(10)
        return last(body)

    ups[0].say = wait
    before = len(entries(made))
    try:
        status, headers, body = ask({**CHAT, "model": "both"})
    finally:
        go.set()
    assert (status, headers["x-guard-destination"]) == (200, "two")
    assert MAIL.encode() in body
    assert MAIL.encode() not in ups[0].received + ups[1].received
    for _ in range(100):
        new = entries(made)[before:]
        if sum(e.kind == "answer" for e in new) == 2:
            break
        time.sleep(0.05)
    assert [e.destination.id for e in new if e.kind == "decision"] == ["one", "two"]
    assert {e.outcome for e in new if e.kind == "answer"} == {"abandoned", "whole"}


def test_an_upstream_that_says_nothing_in_time_is_given_up(ask, ups):
    go = threading.Event()

    def wait(body):
        go.wait(20)
        return last(body)

    ups[0].say = wait
    try:
        assert ask()[0] == 504
    finally:
        go.set()


def test_without_our_credential_nothing_is_sent(made, ask, ups):
    file = made[0].root / "up.key"
    kept = file.read_text()
    try:
        file.write_text("")
        status, _, body = ask()
    finally:
        file.write_text(kept)
    assert status == 502
    assert not ups[0].requests
    assert b"upstream-secret" not in body
    assert ask()[0] == 200
    assert ups[0].requests[-1][2]["authorization"] == "Bearer upstream-secret"


@contextlib.contextmanager
def cutting(events):
    """Upstreams drop a stream after so many events."""
    plain = upstreams._Handler._events

    def cut(self, found):
        def few():
            for number, event in enumerate(found):
                if number == events:
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)
                    raise BrokenPipeError
                yield event

        with contextlib.suppress(OSError):
            plain(self, few())
        self.close_connection = True

    upstreams._Handler._events = cut
    try:
        yield
    finally:
        upstreams._Handler._events = plain


def chat(gw, secret):
    with openai.OpenAI(api_key=secret, base_url=f"{gw.url}/v1", max_retries=0) as kit:
        return list(kit.chat.completions.create(**CHAT, stream=True))


def response(gw, secret):
    with openai.OpenAI(api_key=secret, base_url=f"{gw.url}/v1", max_retries=0) as kit:
        return list(kit.responses.create(model="m", input=TURNS[0]["content"], stream=True))


def message(gw, secret):
    with (
        anthropic.Anthropic(api_key=secret, base_url=gw.url, max_retries=0) as kit,
        kit.messages.stream(model="claude", max_tokens=9, messages=TURNS) as stream,
    ):
        return list(stream)


@pytest.mark.parametrize("asked", [chat, response, message])
@pytest.mark.parametrize("events", [3, 5])
def test_every_kit_learns_that_a_stream_was_cut(asked, events, made, gw, ups):
    ups[0].piece = 1
    with cutting(events), pytest.raises((openai.APIError, anthropic.APIError)) as broke:
        asked(gw, made[1])
    assert "cut off" in str(broke.value)
    assert outcome(made, "cut") == "cut"


def test_a_breaker_opens_and_says_when_to_come_back(tmp_path, ups):
    directory = home(tmp_path / "guard")
    config = configured(
        directory,
        [place("one", ups[0].url, "US")],
        [reached("one", ups[0].url, path="/v1", dialects=["openai"])],
        gateway={"breaker": {"failures": 2, "open_s": 60.0}, "retries": 0},
    )
    secret = key(config)
    ups[0].fail = [500] * 9
    with running(config) as gw:
        assert [gw.ask(body=CHAT, key=secret)[0] for _ in range(2)] == [502, 502]
        status, headers, _ = gw.ask(body=CHAT, key=secret)
    assert status == 503
    assert 50 <= int(headers["retry-after"]) <= 60
    assert len(ups[0].requests) == 2


def test_what_is_only_observed_leaves_whole_and_says_so(tmp_path, ups):
    directory = home(tmp_path / "guard")
    config = configured(
        directory,
        [place("one", ups[0].url, "US")],
        [reached("one", ups[0].url, path="/v1", dialects=["openai"])],
        mode="observe",
    )
    secret = key(config)
    with running(config) as gw:
        status, headers, _ = gw.ask(body=CHAT, key=secret)
    assert (status, headers["x-guard-treatment"]) == (200, "none")
    assert MAIL.encode() in ups[0].received
