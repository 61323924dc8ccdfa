"""A released request in the form in which an upstream takes it: address, and members of the body.

Sources: learn.microsoft.com/azure/ai-foundry/openai/reference (``/deployments/{id}/…?api-version``
and ``/openai/v1``); docs.aws.amazon.com/bedrock (InvokeModel, ``anthropic_version``);
cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude (``:rawPredict``);
platform.claude.com/docs/en/api; ai.google.dev/api; docs.cohere.com/reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from guard.errors import InputError
from guard.gateway.upstreams import Route

_PATHS = {
    "openai.chat": "/chat/completions",
    "openai.completions": "/completions",
    "openai.embeddings": "/embeddings",
    "openai.responses": "/responses",
    "openai.moderations": "/moderations",
    "anthropic.messages": "/v1/messages",
    "anthropic.count_tokens": "/v1/messages/count_tokens",
    "cohere.chat": "/v2/chat",
    "cohere.embed": "/v2/embed",
    "cohere.rerank": "/v2/rerank",
}
_GEMINI = {"gemini.generate": "generateContent", "gemini.count_tokens": "countTokens"}
_DEPLOYED = frozenset({"openai.chat", "openai.completions", "openai.embeddings"})
"""What Azure's dated API addresses by deployment; the others name the model in their body."""

_BEDROCK = "bedrock-2023-05-31"
_VERTEX = "vertex-2023-10-16"


def address(route: Route, dialect: str, *, streamed: bool = False) -> str:
    """The URL of a request.

    Args:
        route: The way it takes.
        dialect: Its dialect, ``openai.chat``.
        streamed: Whether the answer is to be streamed.

    Raises:
        InputError: Such a request has no address there; where `Upstream.adapts` holds,
            `guard.gateway.replicate` has it.
    """
    upstream, model = route.upstream, quote(route.model, safe="")
    cloud, path = _cloud(route, dialect), _PATHS.get(dialect)
    if dialect in _GEMINI:
        verb = "streamGenerateContent?alt=sse" if streamed else _GEMINI[dialect]
        return f"{upstream.url}/models/{model}:{verb}"
    if path is None or upstream.adapts(dialect) or (cloud and dialect != "anthropic.messages"):
        raise InputError(f"{dialect[:40]} has no address at {upstream.name}")
    if cloud == "bedrock":
        verb = "invoke-with-response-stream" if streamed else "invoke"
        return f"{upstream.url}/model/{model}/{verb}"
    if cloud == "vertex":
        verb = "streamRawPredict" if streamed else "rawPredict"
        return f"{upstream.url}/publishers/anthropic/models/{quote(route.model, safe='@')}:{verb}"
    if upstream.api_version:
        deployment = f"/deployments/{model}" if dialect in _DEPLOYED else ""
        return f"{upstream.url}{deployment}{path}?api-version={upstream.api_version}"
    return upstream.url + path


def kept_address(route: Route, path: str, query: str = "") -> str:
    """The URL of a request about what an upstream keeps.

    Args:
        route: The way to it.
        path: Of a file or a batch, as the provider's own API has it.
        query: Of the request.
    """
    upstream = route.upstream
    version = f"api-version={upstream.api_version}" if upstream.api_version else ""
    said = "&".join(filter(None, (version, query)))
    return f"{upstream.url}{path}" + (f"?{said}" if said else "")


def keeps(route: Route, dialect: str, holds: str) -> bool:
    """Whether an upstream keeps things for a model under addresses of its provider's own API.

    Args:
        route: The way to the model.
        dialect: What requests to it speak.
        holds: The dialect of what is kept, ``openai.batch_file`` or ``anthropic.batches``.
    """
    upstream = route.upstream
    return upstream.speaks(holds) and not upstream.adapts(dialect) and not _cloud(route, holds)


def body(route: Route, dialect: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as this upstream takes it; only members without text are touched.

    Args:
        route: The way it takes.
        dialect: Its dialect.
        document: What the decision released.
    """
    made = {**document, "model": route.model, **route.upstream.body}
    cloud = _cloud(route, dialect)
    if cloud or dialect in _GEMINI:
        made.pop("model")
    if cloud:
        made.pop("stream", None)
        made["anthropic_version"] = _BEDROCK
    if cloud == "vertex":
        made["anthropic_version"] = _VERTEX
        if document.get("stream") is True:
            made["stream"] = True
    return made


def _cloud(route: Route, dialect: str) -> str:
    """The cloud whose own path Anthropic's dialect takes there, or empty."""
    if not dialect.startswith("anthropic."):
        return ""
    provider = route.upstream.provider
    if provider.startswith("bedrock"):
        return "bedrock"
    return "vertex" if provider == "vertex-ai" else ""
