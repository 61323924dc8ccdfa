"""Cohere's own API: chat, embeddings and reranking.

Source: https://docs.cohere.com/reference/chat, /reference/embed, /reference/rerank.
"""

from __future__ import annotations

from guard.dialects.leaves import (
    ADDRESS,
    FREE,
    MODEL,
    NUMBER,
    STREAM,
    TEXT,
    VECTOR,
    WORD,
    Repeats,
    each,
)
from guard.dialects.openai_chat import TOOLS
from guard.dialects.openai_parts import RESPONSE_FORMAT, TOOL_CALLS
from guard.dialects.shapes import Either, Entries, Items, Object, Shape, Variants

_DOCUMENT = Object({"data": FREE, **each(WORD, "id")})
_PARTS = Variants(
    "type",
    {
        "text": Object({"text": TEXT}),
        "thinking": Object({"thinking": TEXT}),
        "image_url": Object({"image_url": Object({"url": ADDRESS, "detail": WORD})}),
        "document": Object({"document": _DOCUMENT}),
    },
)
_CONTENT = Either(string=TEXT, array=Items(_PARTS))
_SOURCES = Items(Object({**each(WORD, "type id"), **each(FREE, "document tool_output")}))
_CITATIONS = Items(
    Object({**each(NUMBER, "start end content_index"), "text": TEXT, "sources": _SOURCES,
            "type": WORD})
)  # fmt: skip
_MESSAGE: dict[str, Shape] = {
    "role": WORD, "content": _CONTENT, "tool_plan": TEXT, "tool_calls": TOOL_CALLS,
    "tool_call_id": WORD, "citations": Repeats("content", _CITATIONS, empty=()),
}  # fmt: skip
_NUMBERS = """
    max_tokens temperature seed frequency_penalty presence_penalty k p logprobs priority
    strict_tools raw_prompting
"""
CHAT = Object(
    {
        "model": MODEL, "messages": Items(Object(_MESSAGE)), "stream": STREAM, "tools": TOOLS,
        "documents": Items(Either(string=TEXT, members=_DOCUMENT)),
        "citation_options": Object(each(WORD, "mode")), "response_format": RESPONSE_FORMAT,
        **each(WORD, "safety_mode tool_choice"), "stop_sequences": Items(TEXT),
        **each(NUMBER, _NUMBERS), "thinking": Object({"type": WORD, "token_budget": NUMBER}),
    }
)  # fmt: skip

_META = Object(
    {
        **each(Entries(NUMBER), "billed_units tokens"), "cached_tokens": NUMBER,
        "api_version": Object({"version": WORD, "is_deprecated": NUMBER}),
        "warnings": Items(TEXT),
    }
)  # fmt: skip
_ANY_ANSWER: dict[str, Shape] = {
    "id": WORD, "message": TEXT, "error": FREE, "meta": _META, "response_type": WORD,
}  # fmt: skip
CHATTED = Object(
    {
        **_ANY_ANSWER, "finish_reason": WORD, "usage": _META, "logprobs": Repeats("message"),
        "message": Either(string=TEXT, members=Object(_MESSAGE)),
    }
)  # fmt: skip

EMBEDDING = Object(
    {
        "model": MODEL, "texts": Items(TEXT), "images": Items(ADDRESS),
        "inputs": Items(Object({"content": _CONTENT})), **each(WORD, "input_type truncate"),
        "embedding_types": Items(WORD), **each(NUMBER, "max_tokens output_dimension priority"),
    }
)  # fmt: skip
_VECTORS = Items(Either(string=VECTOR, array=Items(NUMBER)))
EMBEDDED = Object(
    {
        **_ANY_ANSWER, "texts": Items(TEXT), "images": Items(FREE),
        "embeddings": Either(array=_VECTORS, members=Entries(_VECTORS)),
    }
)  # fmt: skip

RERANK = Object(
    {
        "model": MODEL, "query": TEXT, "documents": Items(FREE), "rank_fields": Items(WORD),
        **each(NUMBER, "top_n max_tokens_per_doc max_chunks_per_doc return_documents priority"),
    }
)  # fmt: skip
RERANKED = Object(
    {
        **_ANY_ANSWER,
        "results": Items(Object({**each(NUMBER, "index relevance_score"), "document": FREE})),
    }
)  # fmt: skip
