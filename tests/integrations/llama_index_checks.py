"""LlamaIndex's real query and chat engines against a provider that keeps every byte."""

from __future__ import annotations

import asyncio
import json

import openai
import pytest
from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.agent.workflow import FunctionAgent
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.llms import ChatMessage, ImageBlock, MockLLM
from llama_index.core.schema import ImageNode, NodeWithScore, TextNode
from llama_index.llms.openai import OpenAI
from pydantic import BaseModel

from guard import ConfigError, Denied
from guard.doors.circumstances import Circumstances
from guard.integrations.llama_index import guarded, postprocessor
from tests.integration.recording_upstream import last, recording_upstream
from tests.integrations.house import MAIL, TEXT, make, place

LOOP = asyncio.Runner()
PIXEL = b"\x89PNG\r\n\x1a\n"


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
    Settings.embed_model = MockEmbedding(embed_dim=2)


@pytest.fixture(scope="module")
def g(tmp_path_factory, up):
    far = place("https://far.example.com", "far", "CN", role="controller", safeguards=[])
    with make(tmp_path_factory.mktemp("home") / "guard", place(up.url), far) as made:
        yield made


@pytest.fixture
def llm(up, g):
    return guarded(plain(up), g)


def plain(up, **more):
    return OpenAI("gpt-4o-mini", api_key="k", api_base=f"{up.url}/v1", max_retries=0, **more)


@pytest.mark.parametrize("piece", [1, 7])
def test_answers_are_real_and_what_leaves_is_not(up, llm, piece):
    up.piece = piece
    turns = [ChatMessage(role="user", content=TEXT)]

    async def later():
        parts = [part.delta async for part in await llm.astream_chat(turns)]
        return (await llm.achat(turns)).message.content, "".join(parts)

    assert llm.chat(turns).message.content == TEXT
    assert llm.complete(TEXT).text == TEXT
    assert "".join(part.delta for part in llm.stream_chat(turns)) == TEXT
    assert "".join(part.delta for part in llm.stream_complete(TEXT)) == TEXT
    assert LOOP.run(later()) == (TEXT, TEXT)
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 6


@pytest.mark.parametrize("streaming", [False, True])
def test_a_query_engine_keeps_its_nodes_real(up, g, llm, streaming):
    nodes = [TextNode(text=f"Anna's address is {MAIL}", metadata={"author": MAIL})]
    index = VectorStoreIndex(nodes)
    engine = index.as_query_engine(
        llm=llm, streaming=streaming, node_postprocessors=[postprocessor(g, "abroad")]
    )
    answer = engine.query("What is Anna's address?")
    assert MAIL in str(answer)
    assert answer.source_nodes[0].text == f"Anna's address is {MAIL}"
    assert answer.source_nodes[0].metadata == {"author": MAIL}
    assert MAIL.encode() not in up.received
    assert len(up.requests) == 1


def test_agents_call_tools_with_what_is_real(up, llm):
    got = []

    def say(body):
        up.tool = body["messages"][-1]["role"] != "tool"
        return last(body)

    def send(to: str, n: int = 0) -> str:
        """Send a message."""
        got.append(to)
        return f"sent: {to}"

    async def asked():
        agent = FunctionAgent(tools=[send], llm=llm)
        return str(await agent.run(TEXT))

    up.say = say
    assert LOOP.run(asked()) == f"sent: {TEXT}"
    assert got == [TEXT]
    assert MAIL.encode() not in up.received


class Letter(BaseModel):
    """A letter."""

    to: str


def test_structured_output_is_real(up, llm):
    up.say = lambda body: json.dumps({"to": last(body)})
    made = llm.as_structured_llm(Letter).complete(TEXT)
    assert made.raw.to.endswith(TEXT)
    assert MAIL.encode() not in up.received
    assert up.requests


def test_nodes_that_may_not_go_are_left_out(g):
    kept = TextNode(text="Water boils at 100 degrees.")
    shown = NodeWithScore(node=ImageNode(text="a picture", image="iVBORw0KGgo="), score=1)
    nodes = [NodeWithScore(node=kept, score=1), shown]
    assert [n.node for n in postprocessor(g, "abroad").postprocess_nodes(nodes)] == [kept]
    ill = Circumstances(categories=("health.condition",))
    strict = postprocessor(g, "far", ill)
    assert LOOP.run(strict.apostprocess_nodes(nodes, query_str="q")) == []
    with pytest.raises(ConfigError):
        postprocessor(g, "nowhere")


def test_what_is_refused_sends_nothing(up, llm):
    turns = [ChatMessage(role="user", blocks=[ImageBlock(image=PIXEL, image_mimetype="image/png")])]
    with pytest.raises(Denied) as refused:
        llm.chat(turns)
    assert isinstance(refused.value, openai.PermissionDeniedError)
    with pytest.raises(Denied):
        LOOP.run(llm.achat(turns))
    assert not up.requests


def test_models_whose_way_out_nobody_knows_are_refused(g, up):
    with pytest.raises(ConfigError):
        guarded(MockLLM(), g)
    with pytest.raises(ConfigError):
        guarded(plain(up, reuse_client=False), g)
