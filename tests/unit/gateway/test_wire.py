"""Where a released request goes, and what of its body is the upstream's to say."""

from __future__ import annotations

import functools
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest

from guard.dialects import find, named
from guard.errors import InputError
from guard.gateway import wire
from guard.gateway.replicate import request
from guard.gateway.settings import GatewaySection
from guard.gateway.upstreams import Upstreams
from guard.regions import Regions, Resolver

ROOT = Path(__file__).resolve().parents[3]
CLAUDE = "eu.anthropic.claude-sonnet-4-20250514-v1:0"
VERTEX = "https://europe-west3-aiplatform.googleapis.com/v1/projects/p/locations/europe-west3"
FACTS = {"deployment.sku.name": "Standard", "resource.location": "germanywestcentral"}


@functools.cache
def regions():
    return Regions.load([ROOT / "regions"])


def route(destination, url, model, **more):
    one = {"name": "one", "destination": destination, "url": url,
           "dialects": more.pop("dialects", ["openai", "anthropic", "gemini", "cohere"]),
           "models": {"m": model},
           "auth": {"style": "none"}, **more}  # fmt: skip
    return Upstreams(GatewaySection.parse({"upstream": [one]}), regions()).all[0]


OPENAI = route("openai-eu", "https://eu.api.openai.com/v1/", "gpt-5")
ANTHROPIC = route(
    "anthropic-us", "https://api.anthropic.com", "claude", body={"inference_geo": "us"}
)
DATED = route("azure-openai-regional", "https://a.openai.azure.com/openai", "prod 1/b"
              .replace(" ", "-"), fields=FACTS, api_version="2024-10-21")  # fmt: skip
PLAIN = route("azure-openai-regional", "https://a.openai.azure.com/openai/v1", "prod", fields=FACTS)
BEDROCK = route("bedrock-eu", "https://bedrock-runtime.eu-west-1.amazonaws.com", CLAUDE)
GOOGLE = route("vertex-unlisted", VERTEX, "claude-sonnet-4@20250514")

BETA = "https://generativelanguage.googleapis.com/v1beta"
GEMINI = route("gemini-developer", BETA, "gemini-2.5-flash")
REPLICATE = route("replicate", "https://api.replicate.com/v1", "o/n", dialects=["replicate"])

ADDRESSES = [
    (OPENAI, "openai.chat", False, "https://eu.api.openai.com/v1/chat/completions"),
    (OPENAI, "openai.responses", True, "https://eu.api.openai.com/v1/responses"),
    (OPENAI, "openai.embeddings", False, "https://eu.api.openai.com/v1/embeddings"),
    (OPENAI, "openai.completions", False, "https://eu.api.openai.com/v1/completions"),
    (ANTHROPIC, "anthropic.messages", True, "https://api.anthropic.com/v1/messages"),
    (
        DATED,
        "openai.chat",
        False,
        (
            "https://a.openai.azure.com/openai/deployments/prod-1%2Fb/chat/completions"
            "?api-version=2024-10-21"
        ),
    ),
    (
        DATED,
        "openai.responses",
        False,
        "https://a.openai.azure.com/openai/responses?api-version=2024-10-21",
    ),
    (PLAIN, "openai.chat", False, "https://a.openai.azure.com/openai/v1/chat/completions"),
    (
        BEDROCK,
        "anthropic.messages",
        False,
        (
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/"
            "eu.anthropic.claude-sonnet-4-20250514-v1%3A0/invoke"
        ),
    ),
    (
        BEDROCK,
        "anthropic.messages",
        True,
        (
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/"
            "eu.anthropic.claude-sonnet-4-20250514-v1%3A0/invoke-with-response-stream"
        ),
    ),
    (
        GOOGLE,
        "anthropic.messages",
        True,
        VERTEX + "/publishers/anthropic/models/claude-sonnet-4@20250514:streamRawPredict",
    ),
    (GOOGLE, "openai.chat", False, VERTEX + "/chat/completions"),
    (OPENAI, "openai.moderations", False, "https://eu.api.openai.com/v1/moderations"),
    (
        ANTHROPIC,
        "anthropic.count_tokens",
        False,
        "https://api.anthropic.com/v1/messages/count_tokens",
    ),
    (GEMINI, "gemini.generate", False, f"{BETA}/models/gemini-2.5-flash:generateContent"),
    (
        GEMINI,
        "gemini.generate",
        True,
        f"{BETA}/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
    ),
    (GEMINI, "gemini.count_tokens", False, f"{BETA}/models/gemini-2.5-flash:countTokens"),
]


@pytest.mark.parametrize(("way", "dialect", "streamed", "url"), ADDRESSES)
def test_each_upstream_has_its_address_and_it_is_still_the_destination(way, dialect, streamed, url):
    assert wire.address(way, dialect, streamed=streamed) == url
    found = Resolver.of(regions()).resolve(
        url, model=way.model, fields={**way.upstream.fields, **way.upstream.body}
    )
    assert found.destination == way.destination
    assert find("POST", urlsplit(url).path).name == dialect


@pytest.mark.parametrize(
    ("way", "dialect"),
    [
        (OPENAI, "replicate.predictions"),
        (OPENAI, "openai.batch_file"),
        (REPLICATE, "openai.chat"),
        (BEDROCK, "anthropic.count_tokens"),
        (GOOGLE, "anthropic.count_tokens"),
    ],
)
def test_a_dialect_without_an_address_is_refused(way, dialect):
    with pytest.raises(InputError):
        wire.address(way, dialect)


def test_replicate_answers_chat_through_its_adapter():
    where = REPLICATE.upstream
    assert where.speaks("openai.chat")
    assert where.adapts("openai.chat")
    assert where.speaks("replicate.predictions")
    assert not where.adapts("replicate.predictions")
    assert not where.speaks("openai.embeddings")
    assert not OPENAI.upstream.adapts("openai.chat")
    made = request({"messages": [{"role": "user", "content": "hi"}]}, where.url, REPLICATE.model)
    assert find("POST", urlsplit(made.url).path).name == "replicate.predictions"
    assert named("replicate.predictions").request(orjson.loads(made.body)).opaque == ()


ASKED = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]}


def test_the_body_says_model_and_place_and_nothing_else_changes():
    before = {**ASKED}
    assert wire.body(OPENAI, "openai.chat", ASKED) == {**ASKED, "model": "gpt-5"}
    made = wire.body(ANTHROPIC, "anthropic.messages", {**ASKED, "inference_geo": "global"})
    assert made == {**ASKED, "model": "claude", "inference_geo": "us"}
    assert before == ASKED


def test_the_clouds_name_the_model_in_the_path():
    rest = {"messages": ASKED["messages"]}
    made = wire.body(BEDROCK, "anthropic.messages", ASKED)
    assert made == {**rest, "anthropic_version": "bedrock-2023-05-31"}
    made = wire.body(GOOGLE, "anthropic.messages", ASKED)
    assert made == {**rest, "stream": True, "anthropic_version": "vertex-2023-10-16"}
    assert wire.body(GOOGLE, "openai.chat", ASKED)["model"] == GOOGLE.model
    assert wire.body(GEMINI, "gemini.generate", {"contents": []}) == {"contents": []}
