"""LiteLLM's real router and SDK against providers that keep every byte."""

from __future__ import annotations

import asyncio
import json
import os
import re

import pytest

from guard import ConfigError, Denied
from guard.errors import Undecided
from guard.integrations.litellm import install
from tests.integration.recording_upstream import last, recording_upstream
from tests.integrations.house import MAIL, TEXT, make, place

TOKEN = re.compile(rb"EMAIL_[A-Z0-9]{8,}")
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
UNLISTED = "https://models.unlisted.example/v1"
TURNS = [{"role": "user", "content": TEXT}]
LOOP = asyncio.Runner()
"""One loop for all: the async session keeps its connections."""


@pytest.fixture(scope="module", autouse=True)
def _loop():
    with LOOP:
        yield


@pytest.fixture(scope="module")
def up():
    with recording_upstream() as upstream:
        yield upstream


@pytest.fixture(scope="module")
def far():
    """Where data may go only when they are personal no more."""
    with recording_upstream() as upstream:
        yield upstream


@pytest.fixture(autouse=True)
def _anew(up, far):
    for one in (up, far):
        one.requests.clear()
        one.say, one.tool, one.piece, one.fail = last, False, 3, []


@pytest.fixture(scope="module", autouse=True)
def g(tmp_path_factory, up, far):
    there = place(far.url, "far", "CN", role="controller", safeguards=[], training_use="yes")
    with make(tmp_path_factory.mktemp("home") / "guard", place(up.url), there) as made:
        install(made)
        yield made


@pytest.fixture(scope="module")
def litellm(g):
    import litellm

    return litellm


def deployment(upstream, group="chat", **more):
    params = {"model": "openai/m", "api_base": f"{upstream.url}/v1", "api_key": "k",
              "max_retries": 0, **more}  # fmt: skip
    return {"model_name": group, "litellm_params": params}


def router(litellm, *deployments, **more):
    return litellm.Router(model_list=list(deployments), num_retries=0, **more)


def run(coroutine):
    return LOOP.run(coroutine)


async def text_of(stream):
    return "".join([c.choices[0].delta.content or "" async for c in stream if c.choices])


def test_nothing_is_fetched_on_import(litellm):
    from litellm.litellm_core_utils.get_model_cost_map import get_model_cost_map_source_info

    assert os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] == "True"
    assert get_model_cost_map_source_info()["source"] == "local"


@pytest.mark.parametrize("piece", [1, 7])
def test_answers_are_real_and_what_leaves_is_not(litellm, up, piece):
    up.piece = piece

    async def asked():
        r = router(litellm, deployment(up))
        whole = await r.acompletion("chat", TURNS)
        streamed = await r.acompletion("chat", TURNS, stream=True)
        direct = await litellm.acompletion(
            "openai/m", TURNS, api_base=f"{up.url}/v1", api_key="k", stream=True
        )
        return whole.choices[0].message.content, await text_of(streamed), await text_of(direct)

    assert run(asked()) == (TEXT, TEXT, TEXT)
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 3


def test_the_same_without_an_event_loop(litellm, up):
    r = router(litellm, deployment(up))
    assert r.completion("chat", TURNS).choices[0].message.content == TEXT
    parts = r.completion("chat", TURNS, stream=True)
    assert "".join(c.choices[0].delta.content or "" for c in parts if c.choices) == TEXT
    assert MAIL.encode() not in up.received


def test_tool_arguments_are_real_in_answers_and_hidden_in_the_history(litellm, up):
    up.tool = True
    r = router(litellm, deployment(up))
    tools = [{"type": "function", "function": {"name": "send", "parameters": {"type": "object"}}}]
    called = run(r.acompletion("chat", TURNS, tools=tools)).choices[0].message
    assert json.loads(called.tool_calls[0].function.arguments)["to"] == TEXT
    up.tool = False
    turns = [*TURNS, called, {"role": "tool", "tool_call_id": "call_1", "content": MAIL}]
    assert run(r.acompletion("chat", turns, tools=tools)).choices[0].message.content == MAIL
    assert MAIL.encode() not in up.received
    assert len(set(TOKEN.findall(up.received))) == 1


def test_prompts_are_not_corrupted(litellm, up):
    """Overlapping findings; LiteLLM's own guardrail sends garbled text here."""
    text = "My mail is zoe.quill@example.org thanks, card 4111 1111 1111 1111."
    r = router(litellm, deployment(up))
    turns = [{"role": "user", "content": text}]
    assert run(r.acompletion("chat", turns)).choices[0].message.content == text
    sent = json.loads(up.requests[0][3])["messages"][0]["content"]
    assert re.fullmatch(r"My mail is EMAIL_\w+ thanks, card CARD_\w+\.", sent)


def test_only_lawful_deployments_are_left(litellm, up):
    r = router(litellm, deployment(up), deployment(up, api_base=UNLISTED))
    for _ in range(8):
        assert run(r.acompletion("chat", TURNS)).choices[0].message.content == TEXT
    assert len(up.requests) == 8


def test_who_may_have_data_only_without_names_is_not_chosen_before_others(litellm, up, far):
    r = router(litellm, deployment(up), deployment(far))
    for _ in range(8):
        run(r.acompletion("chat", TURNS))
    assert not far.requests


def test_failover_is_decided_again(litellm, up, far):
    up.fail = [500] * 99
    r = router(litellm, deployment(up), deployment(far, "spare"), fallbacks=[{"chat": ["spare"]}])
    assert run(r.acompletion("chat", TURNS)).choices[0].message.content == "Write to [EMAIL_1] now"
    assert b"EMAIL_" in up.received
    assert not TOKEN.search(far.received)
    assert MAIL.encode() not in up.received + far.received


def test_failover_stays_among_the_lawful(litellm, up):
    up.fail = [500] * 99
    spare = deployment(up, "spare", api_base=UNLISTED)
    r = router(litellm, deployment(up), spare, fallbacks=[{"chat": ["spare"]}])
    with pytest.raises((Undecided, litellm.InternalServerError)):
        run(r.acompletion("chat", TURNS))
    assert up.requests


def test_deployments_that_nobody_knows_are_refused(litellm, up):
    nowhere = deployment(up, api_base=UNLISTED)
    with pytest.raises(Undecided):
        run(router(litellm, nowhere).acompletion("chat", TURNS))


def test_what_is_refused_sends_nothing(litellm, up):
    turns = [{"role": "user", "content": [PICTURE]}]
    with pytest.raises(Denied):
        run(router(litellm, deployment(up)).acompletion("chat", turns))
    with pytest.raises(litellm.APIError, match="content_not_scanned") as refused:
        run(litellm.acompletion("openai/m", turns, api_base=f"{up.url}/v1", api_key="k"))
    assert refused.value.status_code == 403
    with pytest.raises(litellm.APIError, match="content_not_scanned"):
        litellm.completion("openai/m", turns, api_base=f"{up.url}/v1", api_key="k")
    assert not up.requests


def test_embeddings_are_transfers(litellm, up):
    r = router(litellm, deployment(up))
    assert run(r.aembedding("chat", input=[TEXT])).data[0]["embedding"] == [0.0, 1.0]
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 1


@pytest.mark.parametrize("model", ["anthropic/m", "mistral/m", "ollama/m", "replicate/m"])
def test_other_clients_of_its_own_are_refused(litellm, up, model):
    with pytest.raises(Denied):
        run(litellm.acompletion(model, TURNS, api_base=up.url, api_key="k"))
    assert not up.requests


def test_other_calls_are_refused(litellm, g, up):
    with pytest.raises(Denied):
        run(litellm.aresponses(model="openai/m", input=TEXT, api_base=f"{up.url}/v1", api_key="k"))
    hooks = next(c for c in litellm.callbacks if type(c).__name__ == "GuardHooks")
    for kind in ("pass_through_endpoint", "aresponses", "_arealtime", "transcription", ""):
        with pytest.raises(Denied):
            run(hooks.async_pre_call_hook(None, None, {}, kind))
    assert run(hooks.async_pre_call_hook(None, None, {"a": 1}, "acompletion")) == {"a": 1}
    assert not up.requests


def test_clients_that_a_call_brings_are_guarded_or_refused(litellm, up, monkeypatch):
    from openai import AsyncOpenAI

    own = AsyncOpenAI(api_key="k", base_url=f"{up.url}/v1")
    with pytest.raises(Denied):
        run(litellm.acompletion("openai/m", TURNS, client=own))
    monkeypatch.setenv("EXPERIMENTAL_OPENAI_BASE_LLM_HTTP_HANDLER", "true")
    with pytest.raises(Denied):
        run(litellm.acompletion("openai/m", TURNS, api_base=f"{up.url}/v1", api_key="k"))
    assert not up.requests


def test_a_request_cannot_turn_it_off(litellm, up):
    off = {"metadata": {"disable_global_guardrails": True}, "guardrails": []}
    r = router(litellm, deployment(up))
    assert run(r.acompletion("chat", TURNS, **off)).choices[0].message.content == TEXT
    assert MAIL.encode() not in up.received


def test_it_is_installed_once(g):
    with pytest.raises(ConfigError):
        install(g)
