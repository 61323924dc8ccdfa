"""Real agents of LangChain against a provider that keeps every byte. Run in its environment."""

from __future__ import annotations

import asyncio
import json
import re

import openai
import pytest
from langchain.agents import create_agent
from langchain.agents.middleware import ModelFallbackMiddleware
from langchain.agents.structured_output import ProviderStrategy, ToolStrategy
from langchain.tools import tool
from langchain_anthropic import ChatAnthropic
from langchain_core.language_models import FakeListChatModel
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langgraph.checkpoint.memory import InMemorySaver
from pydantic import BaseModel

from guard import Denied, Refused
from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError
from guard.integrations.langchain import guarded, middleware
from tests.integration.recording_upstream import last, recording_upstream
from tests.integrations.house import MAIL, TEXT, make, place

TOKEN = re.compile(rb"EMAIL_[A-Za-z0-9_]+")
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}


@pytest.fixture(scope="module", autouse=True)
def _loop():
    with LOOP:
        yield


@pytest.fixture(scope="module")
def up():
    with recording_upstream() as upstream:
        yield upstream


@pytest.fixture(autouse=True)
def _anew(up):
    up.requests.clear()
    up.say, up.tool, up.piece, up.fail = last, False, 3, []


@pytest.fixture(scope="module")
def g(tmp_path_factory, up):
    sink = place("https://mail.example.com", "mailer")
    with make(tmp_path_factory.mktemp("home") / "guard", place(up.url), sink) as made:
        yield made


def openai_model(up, **more):
    return ChatOpenAI(model="m", api_key="k", base_url=f"{up.url}/v1", max_retries=0, **more)


def anthropic_model(up, **more):
    return ChatAnthropic(model="m", api_key="k", base_url=up.url, max_retries=0, **more)


LOOP = asyncio.Runner()
"""One loop for all: LangChain shares its HTTP clients, and with them connections, among models."""
MODELS = pytest.mark.parametrize("model", [openai_model, anthropic_model])


def calls_once(up):
    """The provider calls the tool with what it was told, then repeats what the tool said."""

    def say(body):
        text = last(body)
        content = body["messages"][-1]["content"]
        answered = body["messages"][-1]["role"] == "tool" or (
            isinstance(content, list) and content[0].get("type") == "tool_result"
        )
        if answered and isinstance(content, list):
            inner = content[0]["content"]
            text = inner if isinstance(inner, str) else inner[0]["text"]
        up.tool = not answered
        return text

    return say


def agent_of(up, model, g, got, *more, **how):
    @tool
    def send(to: str, n: int = 0) -> str:
        """Send a message."""
        got.append(to)
        return f"sent: {to}"

    return create_agent(model(up), [send], middleware=[*more, middleware(g, **how)])


def asked():
    return {"messages": [{"role": "user", "content": TEXT}]}


def held(state):
    return [message.text for message in state["messages"]]


@MODELS
def test_state_tools_and_answers_are_real_and_what_leaves_is_not(up, g, model):
    got = []
    up.say = calls_once(up)
    state = agent_of(up, model, g, got).invoke(asked())
    assert got == [TEXT]
    assert state["messages"][1].tool_calls[0]["args"]["to"] == TEXT
    assert held(state)[0] == TEXT
    assert held(state)[2:] == [f"sent: {TEXT}"] * 2
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 2
    assert len(set(TOKEN.findall(up.received))) == 1


@MODELS
def test_the_same_in_an_event_loop(up, g, model):
    got = []
    up.say = calls_once(up)
    state = LOOP.run(agent_of(up, model, g, got).ainvoke(asked()))
    assert got == [TEXT]
    assert held(state)[-1] == f"sent: {TEXT}"
    assert MAIL.encode() not in up.received


@MODELS
@pytest.mark.parametrize("piece", [1, 7])
def test_every_way_of_streaming_shows_what_is_real(up, g, model, piece):
    got = []
    up.say, up.piece = calls_once(up), piece
    agent = agent_of(up, model, g, got)
    shown, values = "", []
    for mode, part in agent.stream(asked(), stream_mode=["messages", "values"]):
        if mode == "values":
            values = held(part)
        elif type(part[0]).__name__ == "AIMessageChunk":
            shown += part[0].text
    assert shown == f"sent: {TEXT}"
    assert values[-1] == f"sent: {TEXT}"
    assert got == [TEXT]
    assert all(json.loads(body).get("stream") for *_, body in up.requests)
    assert MAIL.encode() not in up.received


@MODELS
def test_streams_in_an_event_loop(up, g, model):
    async def shown():
        agent = agent_of(up, model, g, [])
        parts = [part async for part, _ in agent.astream(asked(), stream_mode="messages")]
        return "".join(part.text for part in parts)

    assert LOOP.run(shown()) == TEXT
    assert MAIL.encode() not in up.received


def test_new_personal_data_are_in_no_stream(up, g):
    """The agent's own middleware for personal data shows them in these modes."""
    up.say = lambda _: "Ask john.doe@example.org, ok"
    for piece in (1, 3, 90):
        up.piece = piece
        agent = agent_of(up, openai_model, g, [])
        hello = {"messages": [("user", "Hi")]}
        modes = ["messages", "values", "updates"]
        parts = [str(part) for part in agent.stream(hello, stream_mode=modes)]
        assert not [part for part in parts if "john.doe" in part]
        whole = agent.invoke(hello)
        assert held(whole)[-1] == "Ask [EMAIL], ok"


def test_a_thread_keeps_its_pseudonyms_and_another_has_others(up, g):
    agent = create_agent(
        openai_model(up), [], middleware=[middleware(g)], checkpointer=InMemorySaver()
    )
    for thread in ("a", "a", "b – ü"):
        agent.invoke(asked(), {"configurable": {"thread_id": thread}})
    tokens = [set(TOKEN.findall(body)) for *_, body in up.requests]
    assert tokens[0] == tokens[1]
    assert tokens[0].isdisjoint(tokens[2])
    assert b"x-guard" not in up.received.lower()
    assert MAIL.encode() not in up.received


class Letter(BaseModel):
    """A letter."""

    to: str


def test_structured_output_is_real(up, g):
    up.say = lambda body: json.dumps({"to": last(body)})
    agent = create_agent(openai_model(up), [], middleware=[middleware(g)],
                         response_format=ProviderStrategy(Letter))  # fmt: skip
    assert agent.invoke(asked())["structured_response"] == Letter(to=TEXT)
    assert MAIL.encode() not in up.received


def test_structured_output_by_a_tool_is_real(up, g):
    up.tool = True

    class send(BaseModel):  # noqa: N801 - the name of the tool that the provider calls
        """A letter."""

        to: str
        n: int

    agent = create_agent(openai_model(up), [], middleware=[middleware(g)],
                         response_format=ToolStrategy(send))  # fmt: skip
    assert agent.invoke(asked())["structured_response"].to == TEXT
    assert MAIL.encode() not in up.received


def test_responses_api(up, g):
    agent = create_agent(openai_model(up, use_responses_api=True), [], middleware=[middleware(g)])
    assert agent.invoke(asked())["messages"][-1].text == TEXT
    parts = agent.stream(asked(), stream_mode="messages")
    assert "".join(part.text for part, _ in parts) == TEXT
    assert MAIL.encode() not in up.received


def test_what_is_refused_sends_nothing(up, g):
    agent = agent_of(up, openai_model, g, [])
    shown = {"messages": [{"role": "user", "content": [PICTURE]}]}
    with pytest.raises(Denied) as refused:
        agent.invoke(shown)
    assert isinstance(refused.value, openai.PermissionDeniedError)
    with pytest.raises(Denied):
        LOOP.run(agent.ainvoke(shown))
    assert not up.requests


def test_a_tool_that_sends_gets_what_its_sink_may_have(up, g):
    got = []
    up.say = calls_once(up)
    state = agent_of(up, openai_model, g, got, sinks={"send": "mailer"}).invoke(asked())
    assert MAIL not in got[0]
    assert "EMAIL_" in got[0]
    assert held(state)[-1] == f"sent: {TEXT}"
    got.clear()
    LOOP.run(agent_of(up, openai_model, g, got, sinks={"send": "mailer"}).ainvoke(asked()))
    assert MAIL not in got[0]


def test_a_tool_is_not_called_if_its_sink_may_have_nothing(up, tmp_path):
    nowhere = place("https://mail.example.com", "mailer", "CN", safeguards=[], role="controller")
    got = []
    up.say = calls_once(up)
    with make(tmp_path / "guard", place(up.url), nowhere) as g:
        stated = Circumstances(categories=("health.condition",))
        agent = agent_of(up, openai_model, g, got, sinks={"send": "mailer"}, circumstances=stated)
        with pytest.raises(Refused):
            agent.invoke(asked())
    assert not got


def test_models_whose_way_out_nobody_knows_are_not_called(g):
    agent = create_agent(FakeListChatModel(responses=["x"]), [], middleware=[middleware(g)])
    with pytest.raises(ConfigError):
        agent.invoke(asked())


def test_a_model_that_stands_behind_is_guarded_when_it_is_given_so(up, g):
    spare = guarded(openai_model(up), g)
    up.fail = [500]
    agent = create_agent(openai_model(up), [], middleware=[ModelFallbackMiddleware(spare),
                                                           middleware(g)])  # fmt: skip
    assert held(agent.invoke(asked()))[-1] == TEXT
    assert len(up.requests) == 2
    assert MAIL.encode() not in up.received


def test_nothing_is_sent_while_traces_go_elsewhere(up, g, monkeypatch):
    from langsmith import tracing_context

    agent = agent_of(up, openai_model, g, [])
    with tracing_context(enabled="local"), pytest.raises(ConfigError, match="traces"):
        agent.invoke(asked())
    assert not up.requests
    with tracing_context(enabled="local"):
        assert held(agent_of(up, openai_model, g, [], traced=True).invoke(asked()))[-1] == TEXT


def test_embeddings_are_transfers(up, g):
    made = guarded(
        OpenAIEmbeddings(model="m", api_key="k", base_url=f"{up.url}/v1", max_retries=0,
                         check_embedding_ctx_length=False), g)  # fmt: skip
    assert made.embed_documents([TEXT]) == [[0.0, 1.0]]
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 1


def test_guarded_models_stand_alone(up, g):
    model = guarded(openai_model(up), g)
    assert model.invoke(TEXT).content == TEXT
    assert "".join(part.text for part in model.stream(TEXT)) == TEXT
    assert MAIL.encode() not in up.received
    with pytest.raises(ConfigError):
        guarded(model, g)
