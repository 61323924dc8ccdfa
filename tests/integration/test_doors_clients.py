"""The clients of OpenAI and Anthropic, guarded: real kits, real sockets, and every byte kept."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import anthropic
import httpx2
import openai
import pytest

import guard
from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.circumstances import Circumstances
from guard.doors.client import wrap
from guard.doors.transport import guarded
from guard.errors import ConfigError, Denied, DetectionError, Undecided
from guard.log import Log
from tests.integration.recording_upstream import last, recording_upstream

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 9}}


@pytest.fixture(scope="module")
def upstream():
    with recording_upstream() as up:
        yield up


@pytest.fixture(autouse=True)
def _anew(request):
    if "upstream" in request.fixturenames:
        up = request.getfixturevalue("upstream")
        up.requests.clear()
        up.say, up.tool, up.piece, up.fail = last, False, 5, []


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/doors"]) == 0
    return directory


def place(url, name="abroad", country="US", **more):
    return {
        "id": name, "title": name, "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": [country], "processing": [country], "operator": country,
        "parent": country, "access": [country], "weights": country, "retention_days": 0,
        "safeguards": ["dpa_art28", "scc_2021_914", "tia"], "training_use": "no",
        "source": "made for a test", "checked": "2026-11-22", "valid_from": "2020-01-01",
        "valid_until": "9999-12-31", "confidence": "high", **more,
    }  # fmt: skip


def make(home, *places, log="decisions", **changes):
    loaded = Config.load(home / "guard.toml")
    own_log = loaded.log.model_copy(update={"directory": Path(log)})
    return Guard(loaded.model_copy(update={"destination": places, "log": own_log, **changes}))


@pytest.fixture(scope="module")
def g(home, upstream):
    with make(home, place(upstream.url)) as made:
        yield made


@pytest.fixture
def kit(g, upstream):
    with openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0) as plain:
        yield wrap(plain, g)


@pytest.fixture
def claude(g, upstream):
    with anthropic.Anthropic(api_key="k", base_url=upstream.url, max_retries=0) as plain:
        yield wrap(plain, g)


def chat(kit, **more):
    turns = [{"role": "user", "content": TEXT}]
    return kit.chat.completions.create(model="m", messages=turns, **more)


def whole_chat(kit, _):
    return chat(kit).choices[0].message.content


def streamed_chat(kit, _):
    events = chat(kit, stream=True)
    return "".join(e.choices[0].delta.content or "" for e in events if e.choices)


def whole_response(kit, _):
    return kit.responses.create(model="m", input=TEXT).output_text


def streamed_response(kit, _):
    events = list(kit.responses.create(model="m", input=TEXT, stream=True))
    deltas = "".join(e.delta for e in events if e.type == "response.output_text.delta")
    assert events[-1].response.output_text == deltas
    return deltas


def completion(kit, _):
    return kit.completions.create(model="m", prompt=TEXT).choices[0].text


def whole_message(_, claude):
    turns = [{"role": "user", "content": TEXT}]
    return claude.messages.create(model="m", max_tokens=9, messages=turns).content[0].text


def streamed_message(_, claude):
    turns = [{"role": "user", "content": TEXT}]
    with claude.messages.stream(model="m", max_tokens=9, messages=turns) as stream:
        return "".join(stream.text_stream)


@pytest.mark.parametrize(
    "ask",
    [
        whole_chat,
        streamed_chat,
        whole_response,
        streamed_response,
        completion,
        whole_message,
        streamed_message,
    ],
    ids=lambda ask: ask.__name__,
)
@pytest.mark.parametrize("piece", [1, 7])
def test_pseudonyms_leave_and_originals_come_back(ask, piece, kit, claude, upstream):
    upstream.piece = piece
    assert ask(kit, claude) == TEXT
    assert MAIL.encode() not in upstream.received
    assert b"EMAIL_" in upstream.received


def test_arguments_of_tools_come_back_as_valid_json(kit, upstream):
    upstream.tool = True
    for piece in (1, 3, 50):
        upstream.piece = piece
        events = [e.choices[0].delta.tool_calls for e in chat(kit, stream=True) if e.choices]
        arguments = "".join(c[0].function.arguments or "" for c in events if c)
        assert json.loads(arguments) == {"to": TEXT, "n": 1}
    called = chat(kit).choices[0].message.tool_calls[0]
    assert json.loads(called.function.arguments)["to"] == TEXT


def test_arguments_in_the_history_are_scanned_too(kit, upstream):
    call = {"name": "send", "arguments": json.dumps({"to": MAIL})}
    turns = [
        {"role": "user", "content": "go on"},
        {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": call}]},
        {"role": "tool", "tool_call_id": "c1", "content": f"sent to {MAIL}"},
    ]
    kit.chat.completions.create(model="m", messages=turns)
    assert MAIL.encode() not in upstream.received
    sent = json.loads(upstream.requests[0][3])["messages"]
    token = json.loads(sent[1]["tool_calls"][0]["function"]["arguments"])["to"]
    assert sent[2]["content"] == f"sent to {token}"


def test_embeddings_are_transfers(kit, upstream):
    kit.embeddings.create(model="m", input=[TEXT, "nothing"])
    assert MAIL.encode() not in upstream.received


def test_what_holds_nothing_leaves_as_it_was_written(kit, upstream):
    body = (
        b'{ "model":"m",  "messages":[{"role":"user","content":"what a fine day, isn\\u0027t it"}]}'
    )
    http = kit._client
    http.post(
        f"{upstream.url}/v1/chat/completions",
        content=body,
        headers={"content-type": "application/json"},
    )
    assert upstream.requests[0][3] == body


def test_turns_keep_their_pseudonyms(kit, upstream):
    turns = [{"role": "user", "content": TEXT}]
    for _ in range(3):
        answer = kit.chat.completions.create(model="m", messages=turns).choices[0].message.content
        turns += [
            {"role": "assistant", "content": answer},
            {"role": "user", "content": f"and {MAIL}?"},
        ]
    bodies = [json.loads(body)["messages"] for *_, body in upstream.requests]
    firsts = {turns[0]["content"] for turns in bodies}
    assert len(firsts) == 1
    assert MAIL.encode() not in upstream.received


def test_new_personal_data_are_taken_out_of_answers(kit, upstream):
    upstream.say = lambda _: "Call John at john.doe@example.org, card 4111 1111 1111 1111, ok"
    clean = "Call John at [EMAIL], card [CARD], ok"
    turns = [{"role": "user", "content": "Hello"}]
    for piece in (1, 2, 3, 16, 500):
        upstream.piece = piece
        events = kit.chat.completions.create(model="m", messages=turns, stream=True)
        assert "".join(e.choices[0].delta.content or "" for e in events if e.choices) == clean
    assert (
        kit.chat.completions.create(model="m", messages=turns).choices[0].message.content == clean
    )


def test_the_callers_own_values_are_no_news(kit, upstream):
    upstream.say = lambda _: f"it is 4111 1111 1111 1111 of {MAIL}"
    turns = [{"role": "user", "content": f"card 4111 1111 1111 1111 of {MAIL}"}]
    answer = kit.chat.completions.create(model="m", messages=turns).choices[0].message.content
    assert answer == f"it is 4111 1111 1111 1111 of {MAIL}"


def test_what_is_refused_sends_nothing(kit, upstream):
    turns = [{"role": "user", "content": [PICTURE]}]
    with pytest.raises(guard.Refused) as refused:
        kit.chat.completions.create(model="m", messages=turns)
    assert isinstance(refused.value, Denied)
    assert isinstance(refused.value, openai.PermissionDeniedError)
    assert refused.value.decision.reasons[0].rule == "guard.content_not_scanned"
    assert not upstream.requests


def test_kinds_that_may_go_unscanned_go(home, upstream):
    context = Config.load(home / "guard.toml").context.model_copy(update={"unscanned": ("image",)})
    with make(home, place(upstream.url), log="pictures", context=context) as g:
        turns = [{"role": "user", "content": [PICTURE, {"type": "text", "text": TEXT}]}]
        with openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0) as plain:
            wrap(plain, g).chat.completions.create(model="m", messages=turns)
    assert len(upstream.requests) == 1
    assert MAIL.encode() not in upstream.received


def test_no_answer_is_a_no(kit, g, upstream, monkeypatch):
    def broken(*_, **__):
        raise DetectionError("a detector failed")

    monkeypatch.setattr(g.detector, "detect", broken)
    with pytest.raises(guard.Refused) as refused:
        chat(kit)
    assert isinstance(refused.value, Undecided)
    assert isinstance(refused.value, openai.InternalServerError)
    assert not upstream.requests


def test_an_address_that_nobody_listed_is_refused(g):
    kit = wrap(
        openai.OpenAI(api_key="k", base_url="https://models.unlisted.example/v1", max_retries=0), g
    )
    with pytest.raises(guard.Undecided):
        chat(kit)


def test_what_is_behind_a_loopback_address_gets_nothing_personal(home, upstream):
    """It may be a tunnel to anywhere, so no fact about it is known, until the operator says one."""
    at_home = place(upstream.url, name="mine", extends="self-hosted-eu", country="DE", role="self")
    for log, places, seen in (("unlisted", (), "[EMAIL_1]"), ("listed", (at_home,), MAIL)):
        with make(home, *places, log=log) as g, openai.OpenAI(
            api_key="k", base_url=f"{upstream.url}/v1", max_retries=0
        ) as plain:  # fmt: skip
            upstream.requests.clear()
            chat(wrap(plain, g))
            ((_, _, _, body),) = upstream.requests
            assert json.loads(body)["messages"][0]["content"] == f"Write to {seen} now"


def test_what_nobody_knows_is_not_sent(kit, upstream):
    with pytest.raises(openai.APIStatusError) as refused:
        kit.post("/images/generations", body={"prompt": TEXT}, cast_to=object)
    assert refused.value.status_code == 400
    assert TEXT not in str(refused.value)
    assert not upstream.requests


def test_a_record_precedes_each_release(home, g, kit, upstream):
    public = (home / "guard.pub").read_text()
    count = len(list(Log(home / "decisions", public).entries()))
    seen = []

    def look(body):
        seen.append(len(list(Log(home / "decisions", public).entries())))
        return last(body)

    upstream.say = look
    chat(kit)
    assert seen == [count + 1]


def test_async_kits_are_guarded(g, upstream):
    async def asked():
        kit = openai.AsyncOpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0)
        turns = [{"role": "user", "content": TEXT}]
        kit = wrap(kit, g)
        made = kit.chat.completions
        whole = await made.create(model="m", messages=turns)
        parts = [
            event.choices[0].delta.content or ""
            async for event in await made.create(model="m", messages=turns, stream=True)
            if event.choices
        ]
        claude = wrap(
            anthropic.AsyncAnthropic(api_key="k", base_url=upstream.url, max_retries=0), g
        )
        message = await claude.messages.create(model="m", max_tokens=9, messages=turns)
        await kit.close()
        await claude.close()
        return whole.choices[0].message.content, "".join(parts), message.content[0].text

    assert asyncio.run(asked()) == (TEXT, TEXT, TEXT)
    assert MAIL.encode() not in upstream.received


def test_a_redirect_is_another_destination(g, upstream):
    class Redirecting(httpx2.BaseTransport):
        def handle_request(self, request):
            return httpx2.Response(
                307, headers={"location": "https://models.unlisted.example/v1/chat/completions"}
            )

    client = httpx2.Client(transport=guarded(Redirecting(), g), follow_redirects=True)
    body = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}
    with pytest.raises(Undecided):
        client.post(f"{upstream.url}/v1/chat/completions", json=body)


def test_circumstances_in_headers_stay_here(g, upstream, request):
    plain = openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0)
    request.addfinalizer(plain.close)
    kit = wrap(plain, g, Circumstances(principal="shop"))
    chat(kit, extra_headers={"X-Guard-Purpose": "analytics", "X-Guard-Conversation": "c-1"})
    headers = {name.lower() for name in upstream.requests[0][2]}
    assert not any(name.startswith("x-guard") for name in headers)
    with pytest.raises(openai.BadRequestError):
        chat(kit, extra_headers={"X-Guard-Purpose": "world domination"})
    with pytest.raises(openai.BadRequestError):
        chat(kit, extra_headers={"X-Guard-Nonsense": "1"})


def test_what_is_no_client_is_not_wrapped(g, kit):
    with pytest.raises(ConfigError):
        wrap(object(), g)
    with pytest.raises(ConfigError):
        wrap(kit, g)
