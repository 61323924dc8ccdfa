"""OpenAI's APIs that take plain texts: legacy completions, embeddings, moderations.

Source: https://platform.openai.com/docs/api-reference (completions, embeddings, moderations).
"""

from __future__ import annotations

from guard.dialects.leaves import (
    FREE,
    MODEL,
    NUMBER,
    PROMPTS,
    STREAM,
    TEXT,
    VECTOR,
    WORD,
    Decides,
    Repeats,
    each,
)
from guard.dialects.openai_chat import ANSWER_FIELDS, EXTRAS
from guard.dialects.openai_parts import FAILED, PARTS, RESPONSE_FORMAT, SCORES, TEXTS, USAGE
from guard.dialects.shapes import Either, Entries, Items, Object, Shape

_TEXT_OR_TOKENS = Either(string=TEXT, array=PROMPTS)
_ASKED: dict[str, Shape] = {
    "model": MODEL, "user": TEXT, "service_tier": Decides("service_tier"),
    "region": Decides("region"),
}  # fmt: skip

COMPLETION = Object(
    {
        **EXTRAS, **_ASKED, "prompt": _TEXT_OR_TOKENS, "suffix": TEXT, "stop": TEXTS,
        "logit_bias": Entries(NUMBER), "stream": STREAM, "response_format": RESPONSE_FORMAT,
        "stream_options": Object(each(NUMBER, "include_usage include_obfuscation")),
    }
)  # fmt: skip
COMPLETED = Object(
    {
        **ANSWER_FIELDS,
        "choices": Items(
            Object(
                {
                    "text": TEXT, "index": NUMBER, "finish_reason": WORD,
                    "logprobs": Repeats("text"), "stop_reason": Either(string=TEXT, other=NUMBER),
                    **each(Repeats("text"), "prompt_logprobs token_ids prompt_token_ids"),
                    "content_filter_results": FREE, "seed": NUMBER,
                }
            )
        ),
        "prompt": TEXTS,
    }
)  # fmt: skip

EMBEDDING = Object(
    {
        **_ASKED, "input": _TEXT_OR_TOKENS,
        **each(NUMBER, "dimensions output_dimension truncate_prompt_tokens normalize priority"
                       " truncate late_chunking embedding_type"),
        **each(WORD, "encoding_format output_dtype input_type task text_type instruct truncate"),
        "instruct": TEXT, "metadata": FREE,
    }
)  # fmt: skip
_VECTORS = Either(string=VECTOR, array=Items(NUMBER))
EMBEDDED = Object(
    {
        **FAILED, **each(WORD, "id object"), "created": NUMBER, "model": MODEL, "usage": USAGE,
        "data": Items(Object({"object": WORD, "index": NUMBER, "embedding": _VECTORS})),
    }
)  # fmt: skip

MODERATION = Object(
    {"model": MODEL, "input": Either(string=TEXT, array=Items(Either(string=TEXT, members=PARTS)))}
)
MODERATED = Object({**FAILED, "id": WORD, "model": MODEL, "results": Items(SCORES), "usage": USAGE})
