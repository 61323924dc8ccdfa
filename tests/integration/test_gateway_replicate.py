"""Replicate through the gateway: OpenAI's kit in front, Replicate's HTTP behind, real sockets."""

from __future__ import annotations

import http.client
import json
import threading

import openai
import pytest

from guard.config import Config
from guard.errors import ConfigError
from guard.gateway.gateway import Gateway
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.recording_upstream import last, recording_upstream
from tests.integration.replicate_upstream import replicate_upstream

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now,\nplease"
TURNS = [{"role": "user", "content": TEXT}]
MODEL = "meta/meta-llama-3-70b-instruct"


@pytest.fixture(scope="module")
def ups():
    with replicate_upstream() as replicate, recording_upstream() as other:
        yield replicate, other


@pytest.fixture
def up(ups):
    replicate, other = ups
    replicate.requests.clear()
    other.requests.clear()
    replicate.cancelled.clear()
    replicate.say = lambda given: given["prompt"]
    replicate.piece, replicate.pending, replicate.ends, replicate.streams = 5, 0, "succeeded", True
    replicate.hold, replicate.elsewhere, replicate.cut, replicate.model = None, "", False, ""
    replicate.fail, replicate.busy, other.say, other.fail = [], [], last, []
    return replicate


@pytest.fixture(scope="module")
def made(tmp_path_factory, ups):
    directory = home(tmp_path_factory.mktemp("home") / "guard")
    (directory / "replicate.key").write_text("r8_secret\n")
    (directory / "replicate.key").chmod(0o600)
    replicate, other = ups
    places = place("rented", replicate.url, "US"), place("other", other.url, "US")
    models = {
        "llama": MODEL, "both": {"name": MODEL, "price_input": 1, "price_output": 1},
        "deployed": "deployments/acme/chat", "pinned": "a" * 64,
    }  # fmt: skip
    auth = {"style": "bearer", "key_file": "replicate.key"}
    upstreams = [
        reached(
            "rented", replicate.url, path="/v1", dialects=["replicate"], models=models,
            auth=auth, first_byte_s=20,
        ),
        {
            **reached("hasty", replicate.url, path="/v1", dialects=["replicate"],
                      models={"hasty": MODEL}, auth=auth, first_byte_s=1),
            "destination": "rented",
        },
        reached("other", other.url, path="/v1", dialects=["openai"], models={
            "both": {"name": "m-1", "price_input": 9, "price_output": 9}}),
    ]  # fmt: skip
    planner = Config.load(directory / "guard.toml").planner
    config = configured(
        directory, places, upstreams,
        gateway={"breaker": {"failures": 1000}, "retries": 0},
        planner=planner.model_copy(update={"treatments": ("pseudonymise",)}),
    )  # fmt: skip
    return config, key(config, concurrent=64)


@pytest.fixture(scope="module")
def gw(made):
    with running(made[0]) as running_gateway:
        yield running_gateway


@pytest.fixture
def kit(gw, made):
    with openai.OpenAI(api_key=made[1], base_url=f"{gw.url}/v1", max_retries=0) as made_kit:
        yield made_kit


def whole(kit, model="llama", **more):
    answer = kit.chat.completions.create(model=model, messages=TURNS, **more)
    return answer.choices[0].message.content


def streamed(kit, model="llama", **more):
    with kit.chat.completions.create(model=model, messages=TURNS, stream=True, **more) as events:
        return "".join(e.choices[0].delta.content or "" for e in events if e.choices)


def entries(made):
    return logged(made[0])


def answers(made, before, count):
    """The ends of so many answers; kits hang up before they are written down."""
    while len(found := of(entries(made)[before:], "answer")) < count:
        threading.Event().wait(0.05)
    return found


def of(document, kind):
    return [one.model_dump(mode="json") for one in document if one.kind == kind]


@pytest.mark.parametrize("ask", [whole, streamed])
@pytest.mark.parametrize("piece", [1, 3, 7, 1000])
def test_it_is_pseudonymised_there_and_restored_here(up, kit, ask, piece):
    up.piece = piece
    assert ask(kit) == TEXT
    assert MAIL.encode() not in up.received
    asked = json.loads(up.requests[0][3])["input"]["prompt"]
    assert asked.startswith("Write to EMAIL_")


def test_what_is_sent_is_a_prediction(up, kit, made):
    answer = kit.chat.completions.create(
        model="llama", max_tokens=9, temperature=0.5, messages=[
            {"role": "system", "content": "Be brief."}, *TURNS]
    )  # fmt: skip
    assert answer.usage.total_tokens == 7
    assert answer.model == MODEL
    method, path, headers, raw = up.requests[0]
    assert (method, path) == ("POST", f"/v1/models/{MODEL}/predictions")
    assert headers["authorization"] == "Bearer r8_secret"
    assert headers["prefer"] == "wait=60"
    assert headers["cancel-after"] == "20s"
    body = json.loads(raw)
    assert body["input"]["system_prompt"] == "Be brief."
    assert body["input"]["max_tokens"] == 9
    assert made[1].encode() not in up.received
    assert len(up.requests) == 1


@pytest.mark.parametrize(
    ("model", "path"),
    [("deployed", "/v1/deployments/acme/chat/predictions"), ("pinned", "/v1/predictions")],
)
def test_deployments_and_versions_have_their_addresses(up, kit, model, path):
    assert whole(kit, model) == TEXT
    assert up.requests[0][1] == path


@pytest.mark.parametrize("ask", [whole, streamed])
def test_one_that_takes_its_time_is_asked_for_again(up, kit, ask):
    up.pending, up.busy, up.streams = 2, [503, 429], False
    assert ask(kit) == TEXT
    polls = [path for method, path, headers, _ in up.requests if method == "GET"]
    assert len(polls) == 4
    assert all("/v1/predictions/p" in path for path in polls)
    assert all(h["authorization"] == "Bearer r8_secret" for _, _, h, _ in up.requests)
    assert not up.cancelled.is_set()


REFUSED = [
    {"tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]},
    {"n": 2},
    {"response_format": {"type": "json_object"}},
    {"stop": ["a,b"]},
    {"logprobs": True},
]


@pytest.mark.parametrize("more", REFUSED, ids=lambda more: next(iter(more)))
def test_what_a_prediction_cannot_say_is_refused_and_sent_nowhere(up, kit, more):
    with pytest.raises(openai.BadRequestError) as caught:
        whole(kit, **more)
    assert "prediction" in str(caught.value)
    assert not up.requests


def test_what_a_prediction_cannot_say_goes_to_who_can(up, ups, kit):
    assert whole(kit, "both") == TEXT
    assert len(up.requests) == 1
    assert whole(kit, "both", n=1, logprobs=True) == TEXT
    assert len(up.requests) == 1
    assert len(ups[1].requests) == 1


def test_other_dialects_are_not_served_there(up, kit):
    with pytest.raises(openai.NotFoundError):
        kit.embeddings.create(model="llama", input="x")
    with pytest.raises(openai.NotFoundError):
        kit.responses.create(model="llama", input="x")
    assert not up.requests


def test_a_failed_one_is_no_answer_and_another_is_asked(up, ups, kit):
    up.ends = "failed"
    with pytest.raises(openai.APIStatusError) as caught:
        whole(kit)
    assert caught.value.status_code == 502
    assert whole(kit, "both") == TEXT
    assert len(ups[1].requests) == 1


def test_the_record_shows_each_hop(up, kit, made):
    up.ends = "failed"
    before = len(entries(made))
    assert whole(kit, "both") == TEXT
    ended = {one["decision"]: one["outcome"] for one in answers(made, before, 2)}
    first, second = of(entries(made)[before:], "decision")
    assert (first["destination"]["id"], second["destination"]["id"]) == ("rented", "other")
    assert second["follows"] == first["id"]
    assert ended == {first["id"]: "cut", second["id"]: "whole"}
    assert first["treatment"] == "pseudonymise"


def test_its_refusals_are_passed_on(up, kit):
    up.fail = [422]
    with pytest.raises(openai.UnprocessableEntityError):
        whole(kit)


def test_a_stream_that_fails_is_broken_off(up, kit):
    up.ends = "failed"
    with pytest.raises(openai.APIError):
        streamed(kit)


def test_a_stream_that_is_cut_is_broken_off(up, kit, made):
    up.cut = True
    with pytest.raises(openai.APIError):
        streamed(kit)
    assert up.cancelled.wait(10)


def test_an_answer_that_points_elsewhere_is_not_followed(up, ups, kit):
    up.pending, up.elsewhere = 1, ups[1].url
    with pytest.raises(openai.APIStatusError) as caught:
        whole(kit)
    assert caught.value.status_code == 502
    assert not ups[1].requests


def test_one_that_takes_too_long_is_cancelled(up, kit):
    up.pending = 1000
    with pytest.raises(openai.APIStatusError) as caught:
        whole(kit, "hasty")
    assert caught.value.status_code == 504
    assert up.cancelled.wait(10)


@pytest.mark.parametrize("stream", [False, True])
def test_one_that_nobody_waits_for_is_cancelled(up, gw, made, stream):
    up.pending, up.hold = (0, threading.Event()) if stream else (1000, None)
    before = len(entries(made))
    connection = http.client.HTTPConnection("127.0.0.1", gw.port, timeout=30)
    body = json.dumps({"model": "llama", "messages": TURNS, "stream": stream})
    headers = {"authorization": f"Bearer {made[1]}", "content-type": "application/json"}
    connection.request("POST", "/v1/chat/completions", body, headers)
    if stream:
        connection.getresponse().read(10)
    else:
        while not any(method == "GET" for method, *_ in up.requests):
            threading.Event().wait(0.05)
    connection.close()
    assert up.cancelled.wait(20)
    if up.hold is not None:
        up.hold.set()
    method, _path, headers, _ = next(r for r in up.requests if r[1].endswith("/cancel"))
    assert (method, headers["authorization"]) == ("POST", "Bearer r8_secret")
    ended = answers(made, before, 1)
    assert [one["outcome"] for one in ended] == ["abandoned"]


def test_another_model_than_the_one_asked_for_is_drift(up, kit, made):
    before = len(entries(made))
    up.model = "somebody/mistral-7b"
    assert streamed(kit) == TEXT
    (ended,) = answers(made, before, 1)
    assert ended["served"]["drift"] == ["model"]


def test_the_model_that_was_asked_for_is_no_drift(up, kit, made):
    before = len(entries(made))
    for model in ("llama", "deployed", "pinned"):
        assert streamed(kit, model) == TEXT
    assert [one["served"]["drift"] for one in answers(made, before, 3)] == [[], [], []]


def test_a_model_of_no_known_form_does_not_load(made):
    config, _ = made
    table = dict(config.gateway)
    table["upstream"] = [{**table["upstream"][0], "models": {"llama": "llama"}}]
    with pytest.raises(ConfigError, match="llama: no model of that form"):
        Gateway(config.model_copy(update={"gateway": table}))
