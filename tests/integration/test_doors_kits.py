"""What kits do beside sending a body: copies, retries, signatures, sockets, files, addresses."""

from __future__ import annotations

import asyncio
import gc
import gzip
import hashlib
import json
import weakref
from pathlib import Path

import anthropic
import httpx
import httpx2
import openai
import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.circumstances import Circumstances
from guard.doors.client import wrap
from guard.doors.transport import guarded
from guard.errors import ConfigError, Denied, InputError, Refused, Undecided

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
TURNS = [{"role": "user", "content": TEXT}]
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 9}}
URL = "http://127.0.0.1:9"


class Recording(httpx2.BaseTransport):
    """Keeps what would be on the wire, and answers."""

    def __init__(self, *answers):
        self.requests, self.answers, self.closed = [], list(answers), 0

    def handle_request(self, request):
        self.requests.append(
            (request.method, str(request.url), dict(request.headers), request.read())
        )
        answer = self.answers.pop(0) if self.answers else chat
        return answer(json.loads(self.sent) if self.sent[:1] == b"{" else None)

    def close(self):
        self.closed += 1

    @property
    def sent(self):
        return self.requests[-1][3]

    @property
    def wire(self):
        return repr(self.requests).encode()


def chat(body):
    text = body["messages"][-1]["content"] if body and "messages" in body else "nothing"
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return httpx2.Response(200, json={
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [choice],
    })  # fmt: skip


def message(body):
    return httpx2.Response(200, json={
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m",
        "content": [{"type": "text", "text": body["messages"][-1]["content"]}],
        "stop_reason": "end_turn", "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    })  # fmt: skip


def answer(status=200, document=None, **headers):
    return lambda _: httpx2.Response(status, json=document or {}, headers=headers)


def place(url):
    return {
        "id": "abroad", "title": "abroad", "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": ["US"], "processing": ["US"], "operator": "US",
        "parent": "US", "access": ["US"], "weights": "US", "retention_days": 0,
        "safeguards": ["dpa_art28", "scc_2021_914", "tia"], "training_use": "no",
        "source": "made for a test", "checked": "2026-11-22", "valid_from": "2020-01-01",
        "valid_until": "9999-12-31", "confidence": "high",
    }  # fmt: skip


def make(home, log, unscanned=(), **changes):
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(update={"unscanned": unscanned})
    own = loaded.log.model_copy(update={"directory": Path(log)})
    changes |= {"destination": (place(URL),), "log": own, "context": context}
    return Guard(loaded.model_copy(update=changes))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/kits"]) == 0
    return directory


@pytest.fixture(scope="module")
def g(home):
    with make(home, "decisions") as made:
        yield made


@pytest.fixture(scope="module")
def lenient(home):
    with make(home, "lenient", ("provider_state", "file")) as made:
        yield made


@pytest.fixture
def wire():
    return Recording()


def kit(g, wire, kind=openai.OpenAI, **more):
    more = {"api_key": "k", "base_url": f"{URL}/v1", "max_retries": 0, **more}
    return wrap(kind(http_client=httpx2.Client(transport=wire, follow_redirects=True), **more), g)


@pytest.fixture
def client(g, wire):
    return kit(g, wire)


def test_it_is_of_the_same_class(client):
    assert isinstance(client, openai.OpenAI)
    assert type(client).__name__ == "OpenAI"


def test_copies_are_guarded_too(client, wire):
    copy = client.with_options(timeout=9).copy(max_retries=1)
    assert (
        copy.chat.completions.create(model="m", messages=TURNS).choices[0].message.content == TEXT
    )
    assert MAIL.encode() not in wire.wire
    picture = [{"role": "user", "content": [PICTURE]}]
    with pytest.raises(Denied):
        copy.chat.completions.create(model="m", messages=picture)
    assert len(wire.requests) == 1


def test_a_copy_with_another_http_client_is_guarded_too(client):
    other = Recording()
    copy = client.with_options(http_client=httpx2.Client(transport=other))
    copy.chat.completions.create(model="m", messages=TURNS)
    assert len(other.requests) == 1
    assert MAIL.encode() not in other.wire


def test_raw_and_streaming_responses(client, wire):
    raw = client.chat.completions.with_raw_response.create(model="m", messages=TURNS)
    assert raw.parse().choices[0].message.content == TEXT
    with client.chat.completions.with_streaming_response.create(
        model="m", messages=TURNS
    ) as streamed:
        assert MAIL in b"".join(streamed.iter_bytes()).decode()
    assert MAIL.encode() not in wire.wire
    picture = [{"role": "user", "content": [PICTURE]}]
    with pytest.raises(Denied):
        client.chat.completions.with_raw_response.create(model="m", messages=picture)


@pytest.mark.parametrize("kind", [openai.OpenAI, anthropic.Anthropic])
def test_retries_are_one_request_to_the_ledger(g, wire, kind, monkeypatch):
    asked = []
    plain = g.decide
    monkeypatch.setattr(
        g, "decide", lambda *a, **k: asked.append(k["request_id"]) or plain(*a, **k)
    )
    last = chat if kind is openai.OpenAI else message
    wire.answers = [answer(500, **{"retry-after-ms": "1"})] * 2 + [last]
    made = kit(g, wire, kind, max_retries=2)
    if kind is openai.OpenAI:
        made.chat.completions.create(model="m", messages=TURNS)
    else:
        made = made.with_options(base_url=URL)
        made.messages.create(model="m", max_tokens=9, messages=TURNS)
    assert len(wire.requests) == 3
    assert len(set(asked)) == 1
    assert asked[0]
    assert b"x-guard" not in wire.wire.lower()


def test_a_refusal_is_not_asked_for_again(g, wire, monkeypatch):
    def broken(*_, **__):
        raise Undecided("no answer")

    monkeypatch.setattr(g, "decide", broken)
    with pytest.raises(Undecided):
        kit(g, wire, max_retries=5).chat.completions.create(model="m", messages=TURNS)
    assert not wire.requests


class Signing(anthropic.Anthropic):
    """Signs as the clients of Bedrock do: over the body, just before it is sent."""

    def _prepare_request(self, request):
        request.headers["x-signature"] = hashlib.sha256(request.read()).hexdigest()


class SigningLater(anthropic.AsyncAnthropic):
    async def _prepare_request(self, request):
        request.headers["x-signature"] = hashlib.sha256(request.read()).hexdigest()


def test_what_leaves_is_signed(g, wire):
    wire.answers = [message]
    kit(g, wire, Signing, base_url=URL).messages.create(model="m", max_tokens=9, messages=TURNS)
    ((_, _, headers, body),) = wire.requests
    assert MAIL.encode() not in body
    assert headers["x-signature"] == hashlib.sha256(body).hexdigest()


def test_what_leaves_is_signed_in_a_loop_too(g, wire):
    class Later(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request):
            return wire.handle_request(request)

    async def ask():
        http = httpx2.AsyncClient(transport=Later())
        made = wrap(SigningLater(api_key="k", base_url=URL, http_client=http), g)
        async with made:
            await made.messages.create(model="m", max_tokens=9, messages=TURNS)

    wire.answers = [message]
    asyncio.run(ask())
    ((_, _, headers, body),) = wire.requests
    assert headers["x-signature"] == hashlib.sha256(body).hexdigest()


def test_a_redirect_elsewhere_is_not_signed(home, wire):
    elsewhere = "http://127.0.0.1:10"
    loaded = Config.load(home / "guard.toml")
    places = (place(URL), {**place(elsewhere), "id": "other"})
    own = loaded.log.model_copy(update={"directory": Path("redirected")})
    wire.answers = [answer(307, location=f"{elsewhere}/v1/messages"), message]
    with Guard(loaded.model_copy(update={"destination": places, "log": own})) as g:
        made = kit(g, wire, Signing, base_url=URL)
        made.messages.create(model="m", max_tokens=9, messages=TURNS)
    assert [url for _, url, *_ in wire.requests] == [
        f"{URL}/v1/messages",
        f"{elsewhere}/v1/messages",
    ]
    assert "x-signature" in wire.requests[0][2]
    assert "x-signature" not in wire.requests[1][2]


def test_who_signs_before_the_decision_is_not_wrapped(g):
    class Auth(httpx2.Auth):
        requires_request_body = True

    with pytest.raises(ConfigError):
        wrap(httpx2.Client(auth=Auth()), g)


@pytest.mark.parametrize("kind", [openai.OpenAI, openai.AsyncOpenAI])
def test_no_resource_opens_a_socket_of_its_own(g, kind):
    made = wrap(kind(api_key="k", base_url=f"{URL}/v1"), g)
    found = list(connecting(made, "client", set()))
    assert {"client.realtime", "client.responses"} <= {name for name, _ in found}
    for _, resource in found:
        with pytest.raises(Denied):
            resource.connect(model="m")


def connecting(resource, path, seen):
    """Every resource below a client that knows how to connect."""
    kind = type(resource)
    if kind in seen:
        return
    seen.add(kind)
    for name in dir(kind):
        if name.startswith("_") or "with_" in name:
            continue
        if name == "connect" and path.count("."):
            yield path, resource
        member = getattr(kind, name)
        if isinstance(member, property) or type(member).__name__ == "cached_property":
            try:
                below = getattr(resource, name)
            except (openai.OpenAIError, AttributeError):
                continue
            if type(below).__name__ == "Closed":
                yield f"{path}.{name}", below
            elif type(below).__module__.startswith("openai.resources"):
                yield from connecting(below, f"{path}.{name}", seen)


def test_the_given_client_lives_as_long_as_its_copy(g, wire):
    """A kit's HTTP client closes its connections when it is forgotten."""
    given = openai.OpenAI(api_key="k", base_url=f"{URL}/v1")
    http = weakref.ref(given._client)
    made = wrap(given, g)
    del given
    gc.collect()
    assert http() is not None
    assert not http().is_closed
    made.close()


def test_closing_closes_what_sends(client, wire):
    client.close()
    assert wire.closed


@pytest.mark.parametrize(
    "how",
    [
        {"extra_query": {"note": MAIL}},
        {"extra_query": {MAIL: "1"}},
        {"extra_headers": {"X-Note": MAIL}},
        {"extra_headers": {"X-Note": f"for {MAIL}"}},
    ],
    ids=str,
)
def test_data_beside_the_body_do_not_leave(client, wire, how):
    with pytest.raises(Refused) as refused:
        client.chat.completions.create(model="m", messages=TURNS, **how)
    assert MAIL not in str(refused.value)
    assert not wire.requests


def test_words_beside_the_body_leave(client, wire):
    client.chat.completions.create(
        model="m", messages=TURNS, extra_query={"api-version": "2024-10-21"},
        extra_headers={"X-Team": "shop", "X-Note": "a plain remark, nothing else"},
    )  # fmt: skip
    assert wire.requests[0][1].endswith("?api-version=2024-10-21")
    assert wire.requests[0][2]["x-note"] == "a plain remark, nothing else"


def test_data_in_a_path_do_not_leave(g, wire):
    client = httpx2.Client(transport=guarded(wire, g))
    body = {"model": "m", "messages": TURNS}
    with pytest.raises((Refused, InputError)):
        client.post(f"{URL}/anna%2Eschmidt%40beispiel.de/v1/chat/completions", json=body)
    assert not wire.requests


RESPONSE = {
    "id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "m",
    "output": [], "parallel_tool_calls": True, "tools": [], "tool_choice": "auto",
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "stored"), [({}, False), ({"store": False}, False), ({"store": None}, False)], ids=str
)
def test_what_does_not_say_is_not_stored(client, wire, asked, stored):
    wire.answers = [answer(document=RESPONSE)]
    client.responses.create(model="m", input="Hello", extra_body=asked)
    assert json.loads(wire.sent)["store"] is stored


@pytest.mark.parametrize("asked", [{"store": True}, {"background": True}], ids=str)
def test_who_asks_to_be_stored_refers_to_state(client, wire, asked):
    with pytest.raises(Denied) as denied:
        client.responses.create(model="m", input="Hello", **asked)
    assert denied.value.decision.reasons[0].rule == "guard.content_not_scanned"
    assert not wire.requests


def test_who_lets_state_go_keeps_what_was_asked(lenient, wire):
    made = kit(lenient, wire)
    for asked in ({}, {"store": True}):
        wire.answers = [answer(document=RESPONSE)]
        made.responses.create(model="m", input="what a fine day", **asked)
        assert json.loads(wire.sent).get("store") == asked.get("store")


def test_the_names_of_models_may_be_asked_for(client, wire):
    wire.answers = [answer(document={"object": "list", "data": []}), answer(document={"id": "m"})]
    assert client.models.list().data == []
    client.models.retrieve("gpt-4o-2024-08-06")
    assert [method for method, *_ in wire.requests] == ["GET", "GET"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.responses.retrieve("resp_1"),
        lambda c: c.files.content("file-1"),
        lambda c: c.files.list(),
        lambda c: c.batches.retrieve("batch_1"),
        lambda c: c.batches.create(
            input_file_id="file-1", endpoint="/v1/chat/completions", completion_window="24h"
        ),
        lambda c: c.files.delete("file-1"),
    ],
)
def test_state_at_the_provider_is_asked_for_by_leave_alone(g, lenient, wire, ask):
    wire.answers = [answer(document={**RESPONSE, "data": [], "object": "list"})]
    with pytest.raises(Denied):
        ask(kit(g, wire))
    assert not wire.requests
    ask(kit(lenient, wire))
    assert len(wire.requests) == 1


@pytest.mark.parametrize("path", ["images/generations", "models/x/y/z", "audio/speech", "evals"])
def test_other_addresses_are_unknown(lenient, wire, path):
    made = kit(lenient, wire)
    with pytest.raises(openai.BadRequestError):
        made.post(f"/{path}", body={}, cast_to=object)
    with pytest.raises(openai.BadRequestError):
        made.get(f"/{path}", cast_to=object)
    assert not wire.requests


def test_files_of_batches_are_read_line_by_line(lenient, wire):
    line = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions",
            "body": {"model": "m", "messages": TURNS}}  # fmt: skip
    raw = json.dumps(line).encode() + b"\n"
    wire.answers = [answer(document={"id": "file-1", "object": "file"})] * 3
    made = kit(lenient, wire)
    made.files.create(file=("b.jsonl", raw * 3), purpose="batch")
    assert MAIL.encode() not in wire.sent
    assert wire.sent.count(b"EMAIL_") == 3
    assert b'name="purpose"\r\n\r\nbatch' in wire.sent
    with pytest.raises(openai.BadRequestError):
        made.files.create(file=("b.jsonl", b"not json"), purpose="batch")
    with pytest.raises((Refused, openai.BadRequestError)):
        made.files.create(file=("anna.schmidt@beispiel.de.jsonl", raw), purpose="batch")
    assert len(wire.requests) == 1


def test_other_files_are_not_scanned_and_stay(home, wire):
    with make(home, "stated", ("provider_state",)) as g, pytest.raises(Denied):
        kit(g, wire).files.create(file=("a.pdf", b"%PDF-1.7"), purpose="assistants")
    assert not wire.requests


def test_lines_of_a_form_are_whole(lenient, wire):
    made = kit(lenient, wire)
    wire.answers = [answer(document={"id": "file-1", "object": "file"})]
    made.files.create(file=("a.pdf", b"%PDF-1.7 \r\n--x"), purpose="assistants")
    assert b"%PDF-1.7 \r\n--x" in wire.sent


def test_a_binary_stream_that_nobody_reads_is_refused(g, wire):
    wire.answers = [
        lambda _: httpx2.Response(
            200, content=b"\0", headers={"content-type": "application/vnd.amazon.eventstream"}
        )
    ]
    with pytest.raises(Undecided):
        kit(g, wire).chat.completions.create(model="m", messages=TURNS)


@pytest.mark.parametrize("spoil", [lambda d: d[:-9], lambda d: d + d], ids=["cut", "twice"])
def test_a_packed_answer_is_whole_or_none(g, wire, spoil):
    said = {"content-type": "text/plain", "content-encoding": "gzip"}
    data = gzip.compress(b"a text without anything in it")
    ask = httpx2.Client(transport=guarded(wire, g)).post
    body = {"model": "m", "messages": TURNS}
    wire.answers = [lambda _, d=d: packed(d, said) for d in (data, spoil(data))]
    assert ask(f"{URL}/v1/chat/completions", json=body).text == "a text without anything in it"
    with pytest.raises(Undecided):
        ask(f"{URL}/v1/chat/completions", json=body)


def packed(data, said):
    """An answer that nobody has unpacked."""

    class Stream(httpx2.SyncByteStream):
        def __iter__(self):
            yield data

    return httpx2.Response(200, headers=said, stream=Stream())


def test_event_hooks_see_the_restored_answer(g, wire):
    seen = []
    hooks = {"response": [lambda response: seen.append(response.read())]}
    client = wrap(httpx2.Client(transport=wire, event_hooks=hooks), g)
    client.post(f"{URL}/v1/chat/completions", json={"model": "m", "messages": TURNS})
    assert MAIL.encode() in seen[0]
    assert MAIL.encode() not in wire.wire


def test_clients_of_httpx_are_guarded_too(g):
    sent = []

    class Wire(httpx.BaseTransport):
        def handle_request(self, request):
            sent.append(request.read())
            return httpx.Response(200, json=json.loads(request.content))

    with wrap(httpx.Client(transport=Wire()), g) as client:
        body = {"model": "m", "messages": TURNS}
        back = client.post(f"{URL}/v1/chat/completions", json=body)
    assert MAIL.encode() not in sent[0]
    assert back.json()["messages"][0]["content"] == TEXT


def test_circumstances_go_by_their_names(g):
    how = Circumstances.of(principal="shop", subjects="p-1", categories=["health.condition"])
    assert how.subjects == ("p-1",)
    assert how.categories == ("health.condition",)
    with pytest.raises(ConfigError):
        Circumstances.of(pricipal="shop")
