"""Real runs of OpenAI's Agents SDK against a provider that keeps every byte."""

from __future__ import annotations

import asyncio
import re

import agents
import pytest
from agents import Agent, InputGuardrailTripwireTriggered, Runner, SQLiteSession, function_tool
from agents.models.openai_chatcompletions import OpenAIChatCompletionsModel
from agents.models.openai_responses import OpenAIResponsesWSModel
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from guard import ConfigError, Denied
from guard.integrations.kits import guarded_kit
from guard.integrations.openai_agents import input_guardrail, run_config
from tests.integration.recording_upstream import last, recording_upstream
from tests.integrations.house import MAIL, TEXT, make, place

TOKEN = re.compile(rb"EMAIL_[A-Za-z0-9_]+")
PICTURE = [{"role": "user", "content": [
    {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo=", "detail": "auto"}
]}]  # fmt: skip
CHAT = pytest.mark.parametrize("responses", [False, True], ids=["chat", "responses"])


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
    with make(tmp_path_factory.mktemp("home") / "guard", place(up.url)) as made:
        yield made


def client(up):
    return AsyncOpenAI(api_key="k", base_url=f"{up.url}/v1", max_retries=0)


def say_of(up):
    """The provider calls the tool with what it was told, then repeats what the tool said."""

    def say(body):
        turn = body["messages"][-1]
        up.tool = turn["role"] != "tool"
        return last(body)

    return say


def sender(got):
    @function_tool
    def send(to: str, n: int) -> str:
        """Send a message."""
        got.append(to)
        return f"sent: {to}"

    return send


@CHAT
def test_answers_are_real_and_what_leaves_is_not(up, g, responses):
    async def asked():
        config = run_config(g, client(up), use_responses=responses)
        agent = Agent("a", model="m", instructions=f"Serve {MAIL}")
        whole = await Runner.run(agent, TEXT, run_config=config)
        streamed = Runner.run_streamed(agent, TEXT, run_config=config)
        kind = "response.output_text.delta"
        deltas = [
            event.data.delta
            async for event in streamed.stream_events()
            if event.type == "raw_response_event" and event.data.type == kind
        ]
        return whole.final_output, "".join(deltas), streamed.final_output

    assert asyncio.run(asked()) == (TEXT, TEXT, TEXT)
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 2
    assert len(TOKEN.findall(up.received)) == 4


@pytest.mark.parametrize("streamed", [False, True])
def test_tools_get_what_is_real_and_items_hold_it(up, g, streamed):
    got = []
    up.say = say_of(up)

    async def asked():
        config = run_config(g, client(up), use_responses=False)
        agent = Agent("a", model="m", tools=[sender(got)])
        if not streamed:
            return await Runner.run(agent, TEXT, run_config=config)
        run = Runner.run_streamed(agent, TEXT, run_config=config)
        async for _ in run.stream_events():
            pass
        return run

    run = asyncio.run(asked())
    assert got == [TEXT]
    assert run.final_output == f"sent: {TEXT}"
    assert "EMAIL_" not in str(run.to_input_list())
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 2


def test_agents_as_tools_are_guarded_too(up, g):
    def say(body):
        up.tool = bool(body.get("tools")) and body["messages"][-1]["role"] != "tool"
        return last(body)

    up.say = say
    send = Agent("inner", model="m").as_tool("send", "Send a message.", parameters=Letter)
    config = run_config(g, client(up), use_responses=False)
    asyncio.run(Runner.run(Agent("a", model="m", tools=[send]), TEXT, run_config=config))
    assert len(up.requests) == 3
    assert all(b"EMAIL_" in body for *_, body in up.requests)
    assert MAIL.encode() not in up.received


class Letter(BaseModel):
    """A letter."""

    to: str
    n: int


def test_a_session_keeps_real_items_and_its_pseudonyms(up, g):
    async def asked(thread):
        session = SQLiteSession(thread)
        for _ in range(2):
            config = run_config(g, client(up), thread=thread)
            await Runner.run(Agent("a", model="m"), TEXT, session=session, run_config=config)
        return await session.get_items()

    assert "EMAIL_" not in str(asyncio.run(asked("a")))
    assert len(set(TOKEN.findall(up.received))) == 1
    asyncio.run(asked("b"))
    assert len(set(TOKEN.findall(up.received))) == 2
    assert MAIL.encode() not in up.received


@CHAT
def test_structured_output_is_real(up, g, responses):
    up.say = lambda body: Letter(to=last(body), n=1).model_dump_json()
    config = run_config(g, client(up), use_responses=responses)
    agent = Agent("a", model="m", output_type=Letter)
    done = asyncio.run(Runner.run(agent, TEXT, run_config=config))
    assert done.final_output.to == TEXT
    assert MAIL.encode() not in up.received


@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_refused_sends_nothing(up, g, streamed):
    async def asked():
        config = run_config(g, client(up))
        if not streamed:
            return await Runner.run(Agent("a", model="m"), PICTURE, run_config=config)
        run = Runner.run_streamed(Agent("a", model="m"), PICTURE, run_config=config)
        return [event async for event in run.stream_events()]

    with pytest.raises(Denied):
        asyncio.run(asked())
    assert not up.requests


def test_the_guardrail_stops_a_run_before_anything_is_called(up, g):
    plain = client(up)
    rail = input_guardrail(g, "abroad")
    agent = Agent("a", model=OpenAIChatCompletionsModel("m", plain), input_guardrails=[rail])
    with pytest.raises(InputGuardrailTripwireTriggered) as stopped:
        asyncio.run(Runner.run(agent, PICTURE))
    info = stopped.value.guardrail_result.output.output_info
    assert info["rules"] == ["guard.content_not_scanned"]
    assert not up.requests
    config = run_config(g, plain)
    allowed = Agent("a", model="m", input_guardrails=[rail])
    assert asyncio.run(Runner.run(allowed, TEXT, run_config=config)).final_output == TEXT
    assert MAIL.encode() not in up.received
    with pytest.raises(ConfigError):
        input_guardrail(g, "nowhere")


def test_an_agent_with_a_model_of_its_own_is_refused_unless_that_is_guarded(up, g):
    own = OpenAIChatCompletionsModel("m", client(up))
    config = run_config(g, client(up))
    with pytest.raises(Denied, match="of its own"):
        asyncio.run(Runner.run(Agent("a", model=own), TEXT, run_config=config))
    with pytest.raises(Denied, match="of its own"):
        run_config(g, client(up), model=own)
    socket = OpenAIResponsesWSModel("m", guarded_kit(client(up), g))
    with pytest.raises(Denied, match="of its own"):
        asyncio.run(Runner.run(Agent("a", model=socket), TEXT, run_config=config))
    assert not up.requests
    ours = OpenAIChatCompletionsModel("m", guarded_kit(client(up), g))
    done = asyncio.run(Runner.run(Agent("a", model=ours), TEXT, run_config=config))
    assert done.final_output == TEXT
    over = run_config(g, client(up), model="m")
    asyncio.run(Runner.run(Agent("a", model=own), TEXT, run_config=over))
    assert MAIL.encode() not in up.received


def test_web_sockets_are_not_used_even_by_default(up, g):
    agents.set_default_openai_responses_transport("websocket")
    try:
        config = run_config(g, client(up), use_responses=True)
        done = asyncio.run(Runner.run(Agent("a", model="m"), TEXT, run_config=config))
    finally:
        agents.set_default_openai_responses_transport("http")
    assert done.final_output == TEXT
    assert len(up.requests) == 1


def test_traces_are_off_and_options_cannot_undo_that(up, g):
    seen = []

    class Processor(agents.tracing.TracingProcessor):
        def on_trace_start(self, trace):
            seen.append(trace)

        on_trace_end = on_span_start = on_span_end = on_trace_start

        def shutdown(self):
            pass

        force_flush = shutdown

    agents.set_trace_processors([Processor()])
    agent = Agent("a", model="m")
    asyncio.run(Runner.run(agent, TEXT, run_config=run_config(g, client(up))))
    assert not seen
    asyncio.run(Runner.run(agent, TEXT, run_config=run_config(g, client(up), traced=True)))
    assert seen
    for name in ("tracing_disabled", "model_provider"):
        with pytest.raises(ConfigError, match=name):
            run_config(g, client(up), **{name: False})
    with pytest.raises(ConfigError):
        run_config(g, OpenAI(api_key="k"))


def test_another_filter_of_the_input_runs_first(up, g):
    def shorter(call):
        call.model_data.input = [{"role": "user", "content": f"short {MAIL}"}]
        return call.model_data

    config = run_config(g, client(up), call_model_input_filter=shorter)
    done = asyncio.run(Runner.run(Agent("a", model="m"), TEXT, run_config=config))
    assert done.final_output == f"short {MAIL}"
    assert MAIL.encode() not in up.received
