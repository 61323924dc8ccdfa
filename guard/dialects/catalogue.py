"""All dialects, and which of them an address speaks."""

from __future__ import annotations

import re

from guard.dialects import (
    anthropic_messages as messages,
)
from guard.dialects import (
    cohere,
    gemini,
    replicate,
)
from guard.dialects import (
    openai_chat as chat,
)
from guard.dialects import (
    openai_files as files,
)
from guard.dialects import (
    openai_responses as responses,
)
from guard.dialects import (
    openai_texts as texts,
)
from guard.dialects.dialect import Dialect, Tables

CHAT = Tables("openai.chat", chat.REQUEST, chat.ANSWER, ("messages",), "openai.chat")
RESPONSES = Tables("openai.responses", responses.REQUEST, responses.ANSWER, (), "openai.responses")
COMPLETIONS = Tables(
    "openai.completions", texts.COMPLETION, texts.COMPLETED, ("prompt",), "openai.completions"
)
EMBEDDINGS = Tables("openai.embeddings", texts.EMBEDDING, texts.EMBEDDED, ("input",))
MODERATIONS = Tables("openai.moderations", texts.MODERATION, texts.MODERATED, ("input",))
BATCH_FILE = Tables("openai.batch_file", files.BATCH, files.BATCHED, lines=True)
TRAINING_FILE = Tables("openai.training_file", files.TRAINING, files.TRAINING, lines=True)
MESSAGES = Tables(
    "anthropic.messages", messages.REQUEST, messages.ANSWER, ("messages",), "anthropic.messages"
)
COUNT_TOKENS = Tables("anthropic.count_tokens", messages.COUNT, messages.COUNTED, ("messages",))
MESSAGE_BATCHES = Tables("anthropic.batches", messages.BATCH, messages.BATCHED, ("requests",))
GEMINI = Tables("gemini.generate", gemini.REQUEST, gemini.ANSWER, ("contents",), "gemini.generate")
GEMINI_COUNT = Tables("gemini.count_tokens", gemini.COUNT, gemini.COUNTED)
GEMINI_EMBED = Tables("gemini.embed", gemini.EMBEDDING, gemini.EMBEDDED)
COHERE_CHAT = Tables("cohere.chat", cohere.CHAT, cohere.CHATTED, ("messages",), "cohere.chat")
COHERE_EMBED = Tables("cohere.embed", cohere.EMBEDDING, cohere.EMBEDDED)
COHERE_RERANK = Tables("cohere.rerank", cohere.RERANK, cohere.RERANKED, ("query", "documents"))
PREDICTIONS = Tables(
    "replicate.predictions", replicate.REQUEST, replicate.ANSWER, ("input",),
    "replicate.predictions",
)  # fmt: skip

DIALECTS: tuple[Tables, ...] = (
    CHAT, RESPONSES, COMPLETIONS, EMBEDDINGS, MODERATIONS, BATCH_FILE, TRAINING_FILE, MESSAGES,
    COUNT_TOKENS, MESSAGE_BATCHES, GEMINI, GEMINI_COUNT, GEMINI_EMBED, COHERE_CHAT,
    COHERE_EMBED, COHERE_RERANK, PREDICTIONS,
)  # fmt: skip

_BEDROCK = r"/model/(?:[^/]*[.:/]|[^/]*%2[Ff])?anthropic\.[^/]+/invoke(?:-with-response-stream)?"
_VERTEX = r"/publishers/{publisher}/models/{model}:(?:rawPredict|streamRawPredict)"
# The first that fits, by the end of the path: every host puts its own beginning before it,
# `/openai/deployments/{deployment}`, `/inference/v1`, `/compatible-mode/v1`, `/endpoints/openapi`.
_ROUTES: tuple[tuple[re.Pattern[str], Tables], ...] = tuple(
    (re.compile(rf"(?:/[^/]+)*{ending}"), dialect)
    for ending, dialect in (
        (r"/chat/completions", CHAT),
        (r"/responses", RESPONSES),
        (r"/responses/(?:input_tokens|compact)", RESPONSES),
        (r"/completions", COMPLETIONS),
        (r"/embeddings", EMBEDDINGS),
        (r"/moderations", MODERATIONS),
        (r"/v1/messages", MESSAGES),
        (r"/v1/messages/count_tokens", COUNT_TOKENS),
        (r"/v1/messages/batches", MESSAGE_BATCHES),
        (_BEDROCK, MESSAGES),
        (_VERTEX.format(publisher="anthropic", model=r"count-tokens(?:@[^/:]+)?"), COUNT_TOKENS),
        (_VERTEX.format(publisher="anthropic", model=r"[^/:]+"), MESSAGES),
        (_VERTEX.format(publisher="mistralai", model=r"[^/:]+"), CHAT),
        (r"/models/[^/:]+:(?:generateContent|streamGenerateContent)", GEMINI),
        (r"/models/[^/:]+:countTokens", GEMINI_COUNT),
        (r"/models/[^/:]+:(?:embedContent|batchEmbedContents)", GEMINI_EMBED),
        (r"/v2/chat", COHERE_CHAT),
        (r"/v2/embed", COHERE_EMBED),
        (r"/v[12]/rerank", COHERE_RERANK),
        (r"/v1/(?:(?:models|deployments)/[^/]+/[^/]+/)?predictions", PREDICTIONS),
    )
)
_PATH = re.compile(r"(?:/[A-Za-z0-9._~:@%+=,-]+)+")


def find(method: str, path: str) -> Dialect | None:
    """The dialect that a request speaks, or None: what nobody knows is not sent.

    Args:
        method: The HTTP method; bodies travel with POST alone.
        path: The path of the URL as it stands on the wire, with or without its query.
    """
    path = path.partition("?")[0].removesuffix("/")
    if method != "POST" or _PATH.fullmatch(path) is None or "/.." in path or "/./" in path:
        return None
    return next((dialect for route, dialect in _ROUTES if route.fullmatch(path)), None)


def named(name: str) -> Dialect:
    """The dialect of that name.

    Raises:
        KeyError: If there is none.
    """
    return _BY_NAME[name]


_BY_NAME = {dialect.name: dialect for dialect in DIALECTS}
