"""Haystack's real pipelines and agents against a provider that keeps every byte."""

from __future__ import annotations

import asyncio
import os

import openai
import pytest

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Document, Pipeline, component
from haystack.components.agents import Agent
from haystack.components.builders import ChatPromptBuilder
from haystack.components.embedders import OpenAIDocumentEmbedder, OpenAITextEmbedder
from haystack.components.generators.chat import MockChatGenerator, OpenAIChatGenerator
from haystack.dataclasses import ChatMessage, ImageContent, ToolCall
from haystack.tools import create_tool_from_function
from haystack.utils import Secret

from guard import ConfigError, Denied
from guard.integrations.haystack import answer, guarded, prompt
from tests.integration.recording_upstream import last, recording_upstream
from tests.integrations.house import MAIL, TEXT, make, place

LOOP = asyncio.Runner()
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
USER = ChatMessage.from_user(TEXT)


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
    with make(tmp_path_factory.mktemp("home") / "guard", place(up.url)) as made:
        yield made


def how(up):
    return {"api_key": Secret.from_token("k"), "api_base_url": f"{up.url}/v1", "max_retries": 0}


def generator(up, **more):
    return OpenAIChatGenerator(model="m", **how(up), **more)


@pytest.mark.parametrize("piece", [1, 7])
def test_answers_are_real_and_what_leaves_is_not(up, g, piece):
    up.piece = piece
    llm, shown = guarded(generator(up), g), []

    def show(chunk):
        shown.append(chunk.content)

    assert llm.run([USER])["replies"][0].text == TEXT
    assert llm.run([USER], streaming_callback=show)["replies"][0].text == TEXT
    assert "".join(shown) == TEXT
    assert LOOP.run(llm.run_async([USER]))["replies"][0].text == TEXT
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 3


def test_a_generator_that_was_closed_is_guarded_again(up, g):
    llm = guarded(generator(up), g)
    for _ in range(2):
        assert llm.run([USER])["replies"][0].text == TEXT
        llm.close()
        assert LOOP.run(llm.run_async([USER]))["replies"][0].text == TEXT
        LOOP.run(llm.close_async())
    assert len(up.requests) == 4
    assert MAIL.encode() not in up.received


def test_pipelines_show_what_is_real(up, g):
    pipeline = Pipeline()
    builder = ChatPromptBuilder(
        [ChatMessage.from_user("{{ documents[0].content }}")], required_variables="*"
    )
    pipeline.add_component("prompt", builder)
    pipeline.add_component("llm", guarded(generator(up), g))
    pipeline.connect("prompt.prompt", "llm.messages")
    told = {"prompt": {"documents": [Document(content=TEXT)]}}
    out = pipeline.run(told, include_outputs_from={"prompt"})
    assert out["prompt"]["prompt"][0].text == TEXT
    assert out["llm"]["replies"][0].text == TEXT
    assert MAIL.encode() not in up.received


def test_agents_call_tools_with_what_is_real(up, g):
    got = []

    def say(body):
        up.tool = body["messages"][-1]["role"] != "tool"
        return last(body)

    def send(to: str, n: int = 0) -> str:
        """Send a message."""
        got.append(to)
        return f"sent: {to}"

    up.say = say
    llm = guarded(generator(up), g)
    out = Agent(chat_generator=llm, tools=[create_tool_from_function(send)]).run([USER])
    assert got == [TEXT]
    assert out["last_message"].text == f"sent: {TEXT}"
    assert MAIL.encode() not in up.received


def test_embeddings_are_transfers(up, g):
    text = guarded(OpenAITextEmbedder(model="m", **how(up)), g).run(TEXT)
    embedder = guarded(OpenAIDocumentEmbedder(model="m", progress_bar=False, **how(up)), g)
    documents = embedder.run([Document(content=TEXT)])["documents"]
    assert text["embedding"] == documents[0].embedding == [0.0, 1.0]
    assert documents[0].content == TEXT
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 2


def test_what_is_refused_sends_nothing(up, g):
    picture = ImageContent(base64_image=PIXEL, mime_type="image/png")
    shown = ChatMessage.from_user(content_parts=[picture, "What is it?"])
    with pytest.raises(Denied) as refused:
        guarded(generator(up), g).run([shown])
    assert isinstance(refused.value, openai.PermissionDeniedError)
    with pytest.raises(Denied):
        prompt(g, "abroad").run(messages=[shown])
    with pytest.raises(Denied):
        prompt(g, "abroad").run(messages=[])
    assert not up.requests


def test_components_whose_way_out_nobody_knows_are_refused(up, g):
    with pytest.raises(ConfigError):
        guarded(MockChatGenerator(), g)
    llm = guarded(generator(up), g)
    with pytest.raises(ConfigError):
        guarded(llm, g)
    with pytest.raises(ConfigError):
        prompt(g, "nowhere")


@component
class Elsewhere:
    """A generator of another kind, which says what it was told and calls a tool."""

    def __init__(self):
        self.told = []

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage]):
        self.told += messages
        call = ToolCall("send", {"to": f'"{messages[-1].text}"\njohn.doe@example.org'}, id="c")
        text = f"{messages[-1].text} and john.doe@example.org"
        meta = {"model": "m", "logprobs": [1]}
        return {"replies": [ChatMessage.from_assistant(text, tool_calls=[call], meta=meta)]}


def between(g):
    pipeline, llm = Pipeline(), Elsewhere()
    for name, one in {"ask": prompt(g, "abroad"), "llm": llm, "answer": answer(g)}.items():
        pipeline.add_component(name, one)
    pipeline.connect("ask.messages", "llm.messages")
    pipeline.connect("llm.replies", "answer.replies")
    pipeline.connect("ask.released", "answer.released")
    return pipeline, llm


def test_any_generator_stands_between_two_components(g):
    pipeline, llm = between(g)
    untouched = ChatMessage.from_system("Be kind", meta={"a": 1})
    reply = pipeline.run({"ask": {"messages": [untouched, USER]}})["answer"]["replies"][0]
    assert MAIL not in str(llm.told)
    assert llm.told[0] == untouched
    assert "EMAIL_" in llm.told[1].text
    assert reply.text == f"{TEXT} and [EMAIL]"
    assert reply.tool_calls == [ToolCall("send", {"to": f'"{TEXT}"\n[EMAIL]'}, id="c")]
    assert reply.meta == {"model": "m"}
    later = LOOP.run(prompt(g, "abroad").run_async(messages=[USER]))
    assert MAIL not in str(later["messages"])
