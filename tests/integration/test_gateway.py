"""The gateway with the real kits of OpenAI and Anthropic, real sockets, and every byte kept."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import anthropic
import httpx2
import openai
import pytest

from guard.config import Config
from guard.log import Log
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.recording_upstream import last, recording_upstream

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
TURNS = [{"role": "user", "content": TEXT}]
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 9}}
SECRETS = ("authorization", "x-api-key", "api-key", "cookie", "proxy-authorization")


@pytest.fixture(scope="module")
def ups():
    """Upstreams in France, in the United States and in China."""
    with recording_upstream() as fr, recording_upstream() as us, recording_upstream() as cn:
        yield {"fr": fr, "us": us, "cn": cn}


@pytest.fixture(autouse=True)
def _anew(ups):
    for up in ups.values():
        up.requests.clear()
        up.say, up.tool, up.piece, up.fail = last, False, 5, []


@pytest.fixture(scope="module")
def made(tmp_path_factory, ups):
    """A directory, a configuration, and a key in it."""
    directory = home(tmp_path_factory.mktemp("home") / "guard")
    both = {"m": "m-1", "everywhere": "m-1"}
    places = (
        place("fr", ups["fr"].url, "FR", (), role="self"),
        place("us", ups["us"].url, "US"),
        place("cn", ups["cn"].url, "CN", ()),
    )
    upstreams = [
        reached("fr", ups["fr"].url, path="/v1", dialects=["openai"], models={
            **both, "flaky": "m-1"}),
        reached("us", ups["us"].url, path="/v1", dialects=["openai"], models={
            "us": "m-1", "everywhere": "m-1", "flaky": "m-1"}),
        reached("cn", ups["cn"].url, path="/v1", dialects=["openai"], models={
            "cn": "m-1", "everywhere": "m-1", "flaky": "m-1"}),
        {**reached("fr", ups["fr"].url, dialects=["anthropic"], models={"claude": "c-1"}),
         "name": "fr-anthropic"},
        {**reached("us", ups["us"].url, dialects=["anthropic"], models={"claude-us": "c-1"}),
         "name": "us-anthropic"},
    ]  # fmt: skip
    breaker = {"failures": 1000}
    planner = Config.load(directory / "guard.toml").planner
    config = configured(
        directory,
        places,
        upstreams,
        gateway={"breaker": breaker},
        planner=planner.model_copy(update={"treatments": ("pseudonymise",)}),
    )
    return config, key(config, concurrent=64)


@pytest.fixture(scope="module")
def gw(made):
    with running(made[0]) as running_gateway:
        yield running_gateway


@pytest.fixture
def secret(made):
    return made[1]


@pytest.fixture
def kit(gw, secret):
    with openai.OpenAI(api_key=secret, base_url=f"{gw.url}/v1", max_retries=0) as made_kit:
        yield made_kit


@pytest.fixture
def claude(gw, secret):
    with anthropic.Anthropic(api_key=secret, base_url=gw.url, max_retries=0) as made_kit:
        yield made_kit


def entries(made):
    return logged(made[0])


def whole_chat(kit, _):
    return kit.chat.completions.create(model="us", messages=TURNS).choices[0].message.content


def streamed_chat(kit, _):
    events = kit.chat.completions.create(model="us", messages=TURNS, stream=True)
    return "".join(e.choices[0].delta.content or "" for e in events if e.choices)


def whole_response(kit, _):
    return kit.responses.create(model="us", input=TEXT).output_text


def streamed_response(kit, _):
    events = list(kit.responses.create(model="us", input=TEXT, stream=True))
    deltas = "".join(e.delta for e in events if e.type == "response.output_text.delta")
    assert events[-1].response.output_text == deltas
    return deltas


def completion(kit, _):
    return kit.completions.create(model="us", prompt=TEXT).choices[0].text


def whole_message(_, claude):
    answer = claude.messages.create(model="claude-us", max_tokens=9, messages=TURNS)
    return answer.content[0].text


def streamed_message(_, claude):
    with claude.messages.stream(model="claude-us", max_tokens=9, messages=TURNS) as stream:
        return "".join(stream.text_stream)


WAYS = [whole_chat, streamed_chat, whole_response, streamed_response, completion, whole_message,
        streamed_message]  # fmt: skip


@pytest.mark.parametrize("ask", WAYS, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("piece", [1, 7])
def test_pseudonyms_leave_and_originals_come_back(ask, piece, kit, claude, ups):
    ups["us"].piece = piece
    assert ask(kit, claude) == TEXT
    assert MAIL.encode() not in ups["us"].received
    assert b"EMAIL_" in ups["us"].received


@pytest.mark.parametrize("ask", WAYS[:1] + WAYS[5:6], ids=lambda ask: ask.__name__)
def test_nothing_of_the_caller_but_its_question_goes_on(ask, kit, claude, ups):
    ask(kit, claude)
    assert kit.api_key.encode() not in ups["us"].received
    (_, _, headers, _), *_ = ups["us"].requests
    names = {name.lower() for name in headers}
    assert not names & set(SECRETS)
    assert not any(name.startswith(("x-stainless", "x-guard", "user-agent")) for name in names)


def test_embeddings_are_transfers(kit, ups):
    kit.embeddings.create(model="us", input=[TEXT, "nothing"])
    assert MAIL.encode() not in ups["us"].received
    assert ups["us"].requests


def test_async_kits_are_served(gw, secret, ups):
    async def asked():
        kit = openai.AsyncOpenAI(api_key=secret, base_url=f"{gw.url}/v1", max_retries=0)
        async with kit:
            return [
                event.choices[0].delta.content or ""
                async for event in await kit.chat.completions.create(
                    model="us", messages=TURNS, stream=True
                )
                if event.choices
            ]

    assert "".join(asyncio.run(asked())) == TEXT


def test_data_stay_whole_where_they_may(kit, ups):
    raw = kit.chat.completions.with_raw_response.create(model="m", messages=TURNS)
    assert raw.headers["x-guard-destination"] == "fr"
    assert raw.headers["x-guard-treatment"] == "none"
    assert MAIL.encode() in ups["fr"].received


def test_the_answer_says_which_decision_it_was(gw, kit, made):
    raw = kit.chat.completions.with_raw_response.create(model="us", messages=TURNS)
    decided = [e.id for e in entries(made) if e.kind == "decision"]
    assert raw.headers["x-guard-decision"] == decided[-1]
    assert raw.headers["x-guard-treatment"] == "pseudonymise"


def test_tool_arguments_come_back_as_valid_json(kit, ups):
    ups["us"].tool = True
    for piece in (1, 3, 50):
        ups["us"].piece = piece
        events = kit.chat.completions.create(model="us", messages=TURNS, stream=True)
        calls = [e.choices[0].delta.tool_calls for e in events if e.choices]
        arguments = "".join(c[0].function.arguments or "" for c in calls if c)
        assert json.loads(arguments) == {"to": TEXT, "n": 1}


def test_new_personal_data_are_taken_out_of_answers(kit, ups):
    ups["us"].say = lambda _: "Card 4111 1111 1111 1111, ok"
    turns = [{"role": "user", "content": "Hello"}]
    answer = kit.chat.completions.create(model="us", messages=turns)
    assert answer.choices[0].message.content == "Card [CARD], ok"
    events = kit.chat.completions.create(model="us", messages=turns, stream=True)
    said = "".join(e.choices[0].delta.content or "" for e in events if e.choices)
    assert said == "Card [CARD], ok"


def test_what_is_refused_sends_nothing(kit, ups, made):
    turns = [{"role": "user", "content": [PICTURE]}]
    with pytest.raises(openai.PermissionDeniedError) as refused:
        kit.chat.completions.create(model="everywhere", messages=turns)
    body = refused.value.response.json()
    assert refused.value.response.headers["content-type"] == "application/problem+json"
    assert refused.value.response.headers["x-guard-decision"] == body["decision"]
    assert body["reasons"][0]["rule"] == "guard.content_not_scanned"
    assert [e.id for e in entries(made) if e.kind == "decision"][-1] == body["decision"]
    assert not any(up.requests for up in ups.values())


def test_a_refusal_is_one_for_anthropics_kit_too(claude, ups):
    picture = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo" * 9}
    turns = [{"role": "user", "content": [{"type": "image", "source": picture}]}]
    with pytest.raises(anthropic.PermissionDeniedError):
        claude.messages.create(model="claude", max_tokens=9, messages=turns)
    assert not any(up.requests for up in ups.values())


def test_a_record_precedes_each_release(made, kit, ups):
    before = len(entries(made))
    seen = []

    def look(body):
        seen.append([e.kind for e in entries(made)[before:]])
        return last(body)

    ups["us"].say = look
    whole_chat(kit, None)
    assert seen[0][-1] == "decision"


def test_failover_stays_where_the_data_may_go(kit, ups, made):
    """France fails: the United States get pseudonyms, each hop under a decision of its own."""
    ups["fr"].fail = [503] * 9
    before = len(entries(made))
    raw = kit.chat.completions.with_raw_response.create(model="everywhere", messages=TURNS)
    assert raw.headers["x-guard-destination"] == "us"
    assert raw.parse().choices[0].message.content == TEXT
    assert MAIL.encode() in ups["fr"].received
    assert MAIL.encode() not in ups["us"].received + ups["cn"].received
    new = [e for e in entries(made)[before:] if e.kind == "decision"]
    sent = len(ups["fr"].requests) + len(ups["us"].requests) + len(ups["cn"].requests)
    assert len(new) == sent
    assert [one.destination.id for one in new][-1] == "us"
    assert not ups["cn"].requests
    assert all(one.follows == before.id for before, one in pairwise(new))


def test_nobody_unlawful_is_asked_when_all_lawful_fail(kit, ups):
    """Without papers nothing goes to China, however often others fail."""
    ups["fr"].fail, ups["us"].fail = [500] * 20, [500] * 20
    with pytest.raises(openai.APIStatusError):
        kit.chat.completions.create(model="everywhere", messages=TURNS)
    assert MAIL.encode() not in ups["us"].received
    assert ups["fr"].requests
    assert ups["us"].requests
    assert not ups["cn"].requests


def test_where_nothing_may_go_nothing_goes(kit, ups):
    with pytest.raises(openai.PermissionDeniedError):
        kit.chat.completions.create(model="cn", messages=TURNS)
    assert not ups["cn"].requests


def test_a_busy_upstream_is_asked_again(kit, ups):
    ups["us"].fail = [503]
    assert whole_chat(kit, None) == TEXT
    assert len(ups["us"].requests) == 2


def test_too_many_requests_everywhere_are_the_callers_to_know(kit, ups):
    ups["us"].fail = [429] * 9
    with pytest.raises(openai.RateLimitError):
        whole_chat(kit, None)


def test_errors_of_the_callers_making_come_through(kit, ups):
    ups["us"].fail = [400]
    with pytest.raises(openai.BadRequestError) as wrong:
        whole_chat(kit, None)
    assert "try later" in str(wrong.value)
    assert len(ups["us"].requests) == 1


def test_redirects_are_not_followed(kit, ups):
    ups["us"].fail = [307, 302]
    with pytest.raises(openai.APIStatusError) as lost:
        whole_chat(kit, None)
    assert lost.value.status_code == 502
    assert len(ups["us"].requests) == 1


def test_models_are_listed_as_each_kit_wants_it(kit, claude):
    names = {"m", "everywhere", "us", "cn", "flaky", "claude", "claude-us"}
    assert {one.id for one in kit.models.list()} == names
    assert {one.id for one in claude.models.list()} == names


def test_a_model_that_nobody_serves_is_not_found(gw, secret, ups):
    for path, model in (("/v1/chat/completions", "other"), ("/v1/chat/completions", "claude")):
        status, _, body = gw.ask(path, {"model": model, "messages": TURNS}, key=secret)
        assert status == 404
        assert MAIL.encode() not in body
    assert not any(up.requests for up in ups.values())


def test_conversations_keep_their_pseudonyms(kit, ups):
    turns = [*TURNS]
    for _ in range(3):
        answer = kit.chat.completions.create(model="us", messages=turns).choices[0].message
        turns += [
            {"role": "assistant", "content": answer.content},
            {"role": "user", "content": f"and {MAIL}?"},
        ]
    bodies = [json.loads(body)["messages"] for *_, body in ups["us"].requests]
    assert len({turns[0]["content"] for turns in bodies}) == 1
    assert MAIL.encode() not in ups["us"].received


def test_sixty_four_at_once_get_their_own_back(gw, secret, ups):
    async def asked():
        limits = httpx2.Limits(max_connections=64)
        async with httpx2.AsyncClient(limits=limits, timeout=60) as client:

            async def one(number):
                text = f"Write to person{number}@beispiel.de now"
                turns = [{"role": "user", "content": text}]
                body = {"model": "us", "messages": turns, "stream": bool(number % 2)}
                answer = await client.post(
                    f"{gw.url}/v1/chat/completions",
                    json=body,
                    headers={"authorization": f"Bearer {secret}"},
                )
                return number, answer.status_code, answer.text

            return await asyncio.gather(*map(one, range(64)))

    for number, status, text in asyncio.run(asked()):
        assert status == 200
        said = text
        if number % 2:
            events = [line[6:] for line in text.splitlines() if line.startswith("data: {")]
            said = "".join(
                json.loads(e)["choices"][0]["delta"].get("content") or "" for e in events
            )
        assert f"person{number}@beispiel.de" in said
    assert b"@beispiel.de" not in ups["us"].received


def test_the_log_verifies_and_holds_no_text(made, kit):
    whole_chat(kit, None)
    config, _ = made
    public = (config.root / "guard.pub").read_text()
    assert Log(config.root / "decisions", public).verify().entries > 1
    for file in (config.root / "decisions").rglob("*"):
        if file.is_file():
            assert MAIL.encode() not in file.read_bytes()


def test_a_configuration_without_a_gateway_serves_nothing(tmp_path):
    from guard.errors import ConfigError
    from guard.gateway.serving import sections

    directory = home(tmp_path / "g")
    with pytest.raises(ConfigError):
        sections(Config.load(directory / "guard.toml"))


def test_the_end_of_an_answer_waits_for_company_and_is_never_lost(tmp_path, ups):
    directory = home(tmp_path / "guard")
    reach = reached("us", ups["us"].url, path="/v1", dialects=["openai"], models={"us": "m-1"})
    config = configured(directory, (place("us", ups["us"].url, "US"),), [reach])
    secret = key(config)

    def kinds():
        return [one.kind for one in logged(config) if one.kind in {"decision", "answer"}]

    with running(config, lag_s=3600) as gateway:
        body = {"model": "us", "messages": [{"role": "user", "content": "Good morning"}]}
        assert gateway.ask(body=body, key=secret)[0] == 200
        assert kinds() == ["decision"]
        assert gateway.ask(body=body, key=secret)[0] == 200
        assert kinds() == ["decision", "answer", "decision"]
    assert kinds() == ["decision", "answer", "decision", "answer"]
