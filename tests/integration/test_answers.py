"""What came back is in the log: once, in numbers and names, however the answer ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
from pathlib import Path

import httpx2
import openai
import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.client import wrap
from guard.doors.exchange import Exchange
from guard.doors.transport import guarded
from guard.doors.wire import Sent
from guard.errors import RecordError, Undecided
from guard.gateway.served import Evidence
from guard.log import Log
from guard.log.disk import PosixDisk
from tests.integration.recording_upstream import last, recording_upstream
from tests.integration.test_doors_clients import place

MAIL, CARD = "anna.schmidt@beispiel.de", "4111 1111 1111 1111"
TEXT = f"Write to {MAIL} now"


@pytest.fixture(scope="module")
def upstream():
    with recording_upstream() as up:
        yield up


@pytest.fixture(autouse=True)
def _anew(upstream):
    upstream.requests.clear()
    upstream.say, upstream.tool, upstream.piece, upstream.fail = last, False, 5, []


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/answers"]) == 0
    return directory


def make(home, url, log, **changes):
    loaded = Config.load(home / "guard.toml")
    return Guard(
        loaded.model_copy(
            update={
                "destination": (place(url),),
                "detection": loaded.detection.model_copy(update={"names": False}),
                "log": loaded.log.model_copy(update={"directory": Path(log)}),
                **changes,
            }
        )
    )


@pytest.fixture(scope="module")
def g(home, upstream):
    with make(home, upstream.url, "decisions") as made:
        yield made


@pytest.fixture
def kit(g, upstream):
    with wrapped(g, upstream.url) as made:
        yield made


def wrapped(g, url, **more):
    return wrap(openai.OpenAI(api_key="k", base_url=f"{url}/v1", max_retries=0, **more), g)


def chat(kit, text=TEXT, **more):
    turns = [{"role": "user", "content": text}]
    return kit.chat.completions.create(model="m", messages=turns, **more)


def entries(home, log="decisions"):
    return list(Log(home / log, (home / "guard.pub").read_text()).entries())


def told(home, log="decisions"):
    """The last two entries: a decision and its answer."""
    decision, answer = entries(home, log)[-2:]
    assert (decision.kind, answer.kind) == ("decision", "answer")
    assert answer.decision == decision.id
    return answer


@contextlib.contextmanager
def saying(answer: bytes):
    """A server that reads a request, says that, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        data = b""
                        while b"\r\n\r\n" not in data:
                            data += connection.recv(65536)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_whole_answer(home, kit, upstream):
    upstream.say = lambda body: f"{last(body)}, or pay {CARD}"
    assert "[CARD]" in chat(kit).choices[0].message.content
    item = told(home)
    assert (item.outcome, item.status, item.dialect) == ("whole", 200, "openai.chat")
    assert (item.streamed, item.restored, item.marked) == (False, 1, False)
    assert item.found == {"financial.payment_card": 1}
    assert item.served is None
    assert 100 <= item.received <= 1000
    assert item.delivered >= 100
    assert item.dur_us > 0


@pytest.mark.parametrize("piece", [1, 50])
def test_a_streamed_answer(home, kit, upstream, piece):
    upstream.say, upstream.piece = lambda body: f"{last(body)}, or pay {CARD}", piece
    assert len(list(chat(kit, stream=True))) > 1
    item = told(home)
    assert (item.outcome, item.streamed, item.restored) == ("whole", True, 1)
    assert item.found == {"financial.payment_card": 1}


def test_a_streamed_answer_that_nothing_is_done_to(home, upstream):
    answers = Config.load(home / "guard.toml").answers.model_copy(update={"new": "pass"})
    with make(home, upstream.url, "idle", answers=answers) as g, wrapped(g, upstream.url) as kit:
        list(chat(kit, "Hello", stream=True))
        assert (told(home, "idle").outcome, told(home, "idle").streamed) == ("whole", True)
        upstream.say = lambda _: "a word. " * 5000
        with chat(kit, "Hello", stream=True) as events:
            next(iter(events))
        assert told(home, "idle").outcome == "abandoned"


def test_a_caller_that_hangs_up(home, kit, upstream):
    upstream.say = lambda _: "a word. " * 5000
    with chat(kit, stream=True) as events:
        next(iter(events))
    assert told(home).outcome == "abandoned"


BROKEN = (openai.OpenAIError, httpx2.HTTPError, Undecided, json.JSONDecodeError)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\n%sconnection: close\r\n\r\n"
EVENT = b'data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hello. "}}]}\n\n'


@pytest.mark.parametrize(
    ("answer", "outcome", "stream"),
    [
        (HEAD % (b"text/event-stream", b"") + EVENT, "cut", True),
        (HEAD % (b"text/event-stream", b"content-length: 900\r\n") + EVENT, "cut", True),
        (HEAD % (b"application/json", b"content-length: 900\r\n") + b'{"id"', "cut", False),
        (HEAD % (b"application/json", b"content-length: 5\r\n") + b'{"id"', "unreadable", False),
        (HEAD % (b"text/event-stream", b"") + b"data: 1\n\n", "unreadable", True),
        (HEAD % (b"application/json", b"content-encoding: br\r\n") + b"1", "unreadable", False),
    ],
    ids=["ends early", "too short", "half", "no JSON", "no event", "packed"],
)
def test_an_answer_that_breaks(home, answer, outcome, stream):
    with saying(answer) as url, make(home, url, f"broken-{len(answer)}") as g:
        with wrapped(g, url) as kit, contextlib.suppress(*BROKEN):
            done = chat(kit, stream=stream)
            if stream:
                list(done)
        item = told(home, f"broken-{len(answer)}")
        assert (item.outcome, item.status) == (outcome, 200)


def test_nobody_is_there(home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with make(home, url, "nobody") as g, wrapped(g, url) as kit:
        with pytest.raises(openai.APIConnectionError):
            chat(kit)
        item = told(home, "nobody")
    assert (item.outcome, item.status, item.received) == ("connect", 0, 0)


def test_no_answer_in_time(home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with make(home, url, "late") as g, wrapped(g, url, timeout=0.2) as kit:
            with pytest.raises(openai.APITimeoutError):
                chat(kit)
            assert told(home, "late").outcome == "timeout"


def test_an_error_of_the_providers_is_an_answer(home, kit, upstream):
    upstream.fail = [529]
    with pytest.raises(openai.InternalServerError):
        chat(kit)
    item = told(home)
    assert (item.outcome, item.status, item.marked) == ("whole", 529, False)


def test_async_answers(home, g, upstream):
    async def asked():
        base = f"{upstream.url}/v1"
        async with wrap(openai.AsyncOpenAI(api_key="k", base_url=base, max_retries=0), g) as kit:
            await chat(kit)
            whole = told(home)
            upstream.say = lambda _: "a word. " * 5000
            async with await chat(kit, stream=True) as events:
                await anext(aiter(events))
            return whole, told(home)

    whole, left = asyncio.run(asked())
    assert (whole.outcome, whole.restored, left.outcome) == ("whole", 1, "abandoned")


def test_an_async_caller_that_gives_up(home):
    async def asked(g, url):
        base = f"{url}/v1"
        async with wrap(openai.AsyncOpenAI(api_key="k", base_url=base, max_retries=0), g) as kit:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(chat(kit), 0.5)

    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with make(home, url, "gone") as g:
            g.check("warm up", to="abroad")
            asyncio.run(asked(g, url))
        kinds = [item for item in entries(home, "gone") if item.kind == "answer"]
        assert [item.outcome for item in kinds] == ["abandoned"]


def test_no_text_is_in_the_log(home, kit, upstream):
    upstream.say = lambda body: f"{last(body)}, or pay {CARD}"
    chat(kit)
    raw = b"".join(Log(home / "decisions", (home / "guard.pub").read_text()).raw())
    for value in (MAIL, "anna", CARD, "EMAIL_", "4111"):
        assert value.encode() not in raw


# ------------------------------------------------------------------ the log says no


class Broken:
    """Makes syncs of the disk fail when it is told to."""

    def __init__(self, monkeypatch) -> None:
        self.on, inner = False, PosixDisk.fdatasync

        def fdatasync(disk, descriptor):
            if self.on:
                raise OSError(5, "broken")
            inner(disk, descriptor)

        monkeypatch.setattr(PosixDisk, "fdatasync", fdatasync)


def test_an_answer_that_cannot_be_written_down_is_delivered_and_the_last(
    home, upstream, monkeypatch, caplog
):
    broken = Broken(monkeypatch)

    def breaking(body):
        broken.on = True
        return last(body)

    g = make(home, upstream.url, "dead")
    with wrapped(g, upstream.url) as kit:
        upstream.say = breaking
        with caplog.at_level(logging.ERROR, "guard"):
            assert chat(kit).choices[0].message.content == TEXT
        assert len(caplog.records) == 1
        assert MAIL not in caplog.text
        for broken.on in (True, False):  # a disk that says yes again may lie
            with pytest.raises(Undecided):
                chat(kit)
        assert len(upstream.requests) == 1
    with pytest.raises(RecordError):
        g.close()
    upstream.say = last
    with make(home, upstream.url, "dead") as g, wrapped(g, upstream.url) as kit:
        chat(kit)
    Log(home / "dead", (home / "guard.pub").read_text()).verify()
    assert entries(home, "dead")[-3].kind == "decision"


def test_an_answer_after_the_guard_was_closed_opens_no_log(home, upstream, caplog):
    with make(home, upstream.url, "closed") as g:
        kit = wrapped(g, upstream.url)
        events = chat(kit, stream=True)
        next(iter(events))
    with caplog.at_level(logging.ERROR, "guard"):
        events.close()
        kit.close()
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert [item.kind for item in entries(home, "closed")][-2:] == ["decision", "close"]


# ------------------------------------------------------------------ hops and drift


def sent(upstream, text=TEXT):
    body = {"model": "m", "messages": [{"role": "user", "content": text}]}
    headers = (("content-type", "application/json"),)
    url = f"{upstream.url}/v1/chat/completions"
    return Sent("POST", url, headers, json.dumps(body).encode())


JSON = (("content-type", "application/json"),)


def test_hops_are_linked_and_say_why(home, g, upstream):
    first = Exchange(g)
    first.submit(sent(upstream))
    first.failed("connect")
    second = Exchange(g, follows=first.decided)
    second.submit(sent(upstream))
    second.failed("status", 503)
    second.failed("cut")  # it is told once
    second.decide(second.read(sent(upstream)), ["abroad"])
    reply = second.reply(200, JSON)
    reply.feed(b"{}")
    reply.close()
    reply.abandon()
    one, why, two, then, three, end = entries(home)[-6:]
    assert (one.kind, one.follows) == ("decision", None)
    assert (why.outcome, why.decision) == ("connect", one.id)
    assert two.follows == one.id == first.decided
    assert (then.outcome, then.status, then.decision) == ("status", 503, two.id)
    assert three.follows == two.id
    assert (end.outcome, end.decision) == ("whole", three.id)


def test_what_is_refused_has_no_answer(home, g, upstream):
    exchange = Exchange(g)
    count = len(entries(home))
    exchange.failed("connect")
    assert len(entries(home)) == count


def test_drift_is_written_down_and_told(home, g, upstream, caplog):
    exchange = Exchange(g)
    exchange.submit(sent(upstream, "Ask Anna.Schmidt@beispiel.de"))
    reply = exchange.reply(200, JSON)
    exchange.served = Evidence(
        requested={"destination": "abroad", "host": "127.0.0.1", "model": "large-1"},
        reported={"model": "small-2", "x-ms-region": "East US 2", "provider": "anna-schmidt"},
        hints={},
        drift=("model is small-2, asked for large-1", "x-ms-region is East US 2 (US), decided …"),
    )
    reply.feed(b"{}")
    with caplog.at_level(logging.WARNING, "guard"):
        reply.close()
    item = told(home)
    assert item.served.drift == ("model", "x-ms-region")
    assert item.served.reported == {"model": "small-2", "x-ms-region": "EastUS2"}
    assert item.served.requested == {"host": "127.0.0.1", "model": "large-1"}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert item.decision in caplog.text
    assert "small" not in caplog.text


def test_a_redirect_is_a_request_of_its_own(home, g, upstream):
    class Redirecting(httpx2.BaseTransport):
        def handle_request(self, request):
            return httpx2.Response(307, headers={"location": str(request.url)})

    how = {"follow_redirects": True, "max_redirects": 2}
    body = {"model": "m", "messages": []}
    with (
        httpx2.Client(transport=guarded(Redirecting(), g), **how) as client,
        pytest.raises(httpx2.TooManyRedirects),
    ):
        client.post(f"{upstream.url}/v1/chat/completions", json=body)
    kinds = [item.kind for item in entries(home)[-6:]]
    assert kinds == ["decision", "answer"] * 3


def test_the_log_shows_answers(home, kit, g, capsys):
    chat(kit)
    name = told(home).id
    where = ["--log", str(home / "decisions"), "--key", str(home / "guard.pub")]
    assert run(["log", "show", *where]) == 0
    assert "200 for " in capsys.readouterr().out.replace("\n", " ")
    assert run(["log", "show", name, *where]) == 0
    assert json.loads(capsys.readouterr().out)["record"]["outcome"] == "whole"
    assert run(["log", "verify", *where]) == 0
