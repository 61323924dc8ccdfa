"""Which dialect an address speaks; what nobody knows has none."""

import pytest

from guard.dialects import DIALECTS, find, named

VERTEX = "/v1/projects/p/locations/europe-west1/publishers"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/chat/completions", "openai.chat"),
        ("/v1/chat/completions?api-version=1", "openai.chat"),
        ("/v1/chat/completions/", "openai.chat"),
        ("/chat/completions", "openai.chat"),
        ("/openai/v1/chat/completions", "openai.chat"),
        ("/openai/deployments/my-gpt/chat/completions", "openai.chat"),
        ("/compatible-mode/v1/chat/completions", "openai.chat"),
        ("/api/paas/v4/chat/completions", "openai.chat"),
        ("/v1/projects/p/locations/us/endpoints/openapi/chat/completions", "openai.chat"),
        (f"{VERTEX}/mistralai/models/mistral-large@2407:rawPredict", "openai.chat"),
        ("/v1/responses", "openai.responses"),
        ("/v1/responses/input_tokens", "openai.responses"),
        ("/v1/responses/compact", "openai.responses"),
        ("/v1/completions", "openai.completions"),
        ("/openai/deployments/d/completions", "openai.completions"),
        ("/v1/embeddings", "openai.embeddings"),
        ("/v1/moderations", "openai.moderations"),
        ("/v1/messages", "anthropic.messages"),
        ("/anthropic/v1/messages", "anthropic.messages"),
        ("/v1/messages/count_tokens", "anthropic.count_tokens"),
        ("/v1/messages/batches", "anthropic.batches"),
        ("/model/eu.anthropic.claude-sonnet-4-20250514-v1:0/invoke", "anthropic.messages"),
        ("/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke-with-response-stream",
         "anthropic.messages"),
        ("/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Feu.anthropic.x/invoke",
         "anthropic.messages"),
        (f"{VERTEX}/anthropic/models/claude-sonnet-4@20250514:rawPredict", "anthropic.messages"),
        (f"{VERTEX}/anthropic/models/claude-x:streamRawPredict", "anthropic.messages"),
        (f"{VERTEX}/anthropic/models/count-tokens:rawPredict", "anthropic.count_tokens"),
        (f"{VERTEX}/google/models/gemini-2.5-pro:generateContent", "gemini.generate"),
        ("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "gemini.generate"),
        ("/v1beta/models/gemini-2.5-flash:countTokens", "gemini.count_tokens"),
        ("/v1beta/models/text-embedding-004:batchEmbedContents", "gemini.embed"),
        ("/v2/chat", "cohere.chat"),
        ("/v2/embed", "cohere.embed"),
        ("/v2/rerank", "cohere.rerank"),
        ("/v1/predictions", "replicate.predictions"),
        ("/v1/models/meta/llama-3/predictions", "replicate.predictions"),
        ("/v1/deployments/acme/llama/predictions", "replicate.predictions"),
    ],
)  # fmt: skip
def test_known_addresses(path, name):
    assert find("POST", path).name == name


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/chat/completions"),
        ("PUT", "/v1/chat/completions"),
        ("POST", ""),
        ("POST", "/"),
        ("POST", "/v1/audio/transcriptions"),
        ("POST", "/v1/images/generations"),
        ("POST", "/v1/threads/t/messages"),
        ("POST", "/v1/messages/batches/b/cancel"),
        ("POST", "/v1/chat/completions/x"),
        ("POST", "/v1//chat/completions"),
        ("POST", "/v1/files/../chat/completions"),
        ("POST", "/v1/./chat/completions"),
        ("POST", "/v1/Chat/Completions"),
        ("POST", "/v1/chat%0a/completions\n"),
        ("POST", "/v1/chat/completions\n"),
        ("POST", "/v1/files;x=/chat/completions"),
        ("POST", "/model/meta.llama3-70b-instruct-v1:0/invoke"),
        ("POST", "/model/notanthropic.x/invoke"),
        ("POST", "/model/eu.anthropic.claude/converse"),
        ("POST", "/v1/models/x/predictions"),
        ("POST", f"{VERTEX}/meta/models/llama:rawPredict"),
    ],
)
def test_unknown_addresses(method, path):
    assert find(method, path) is None


def test_names_are_unique_and_lead_back():
    assert len({dialect.name for dialect in DIALECTS}) == len(DIALECTS) == 17
    assert all(named(dialect.name) is dialect for dialect in DIALECTS)
    with pytest.raises(KeyError):
        named("openai")


@pytest.mark.parametrize("name", ["openai.chat", "openai.responses", "openai.completions",
                                  "anthropic.messages", "gemini.generate"])  # fmt: skip
def test_what_streams_says_so(name):
    assert named(name).events == name
    assert named("openai.embeddings").events == ""
