"""OpenAI's Responses API.

Source: https://platform.openai.com/docs/api-reference/responses. Compatible endpoints' extra
parameters are those of `guard.dialects.openai_chat`.
"""

from __future__ import annotations

from guard.dialects.leaves import (
    MODEL,
    NUMBER,
    STREAM,
    TEXT,
    WORD,
    Decides,
    Held,
    State,
    each,
)
from guard.dialects.openai_chat import EXTRAS
from guard.dialects.openai_items import GIVEN, INPUT, INSTRUCTIONS, VARIABLES
from guard.dialects.openai_parts import (
    CACHE,
    FAILED,
    METADATA,
    MODERATED,
    MODERATION,
    RESPONSE_FORMAT,
    USAGE,
)
from guard.dialects.openai_tools import CHOICE, TOOLS
from guard.dialects.shapes import Either, Items, Object, Shape

_ID = State("conversation")
_SETTINGS: dict[str, Shape] = {
    "instructions": INSTRUCTIONS,
    "conversation": Either(string=_ID, members=Object({"id": _ID})),
    "previous_response_id": State("previous_response_id"),
    "prompt": Held("prompt", Object({"id": WORD, "version": WORD, "variables": VARIABLES})),
    **each(NUMBER, "background max_output_tokens max_tool_calls parallel_tool_calls store"
                   " temperature top_p top_logprobs frequency_penalty presence_penalty"),
    "context_management": Items(Object({"type": WORD, "compact_threshold": NUMBER})),
    "include": Items(WORD), **each(WORD, "truncation personality"), "metadata": METADATA, **CACHE,
    **each(TEXT, "user safety_identifier"),
    "reasoning": Object({
        **each(WORD, "effort summary generate_summary context mode"),
        **each(NUMBER, "enabled max_tokens"),
    }),
    "text": Object({"format": RESPONSE_FORMAT, "verbosity": WORD}),
    "tool_choice": CHOICE, "tools": TOOLS, "model": MODEL,
    "service_tier": Decides("service_tier"), "region": Decides("region"),
}  # fmt: skip

REQUEST = Object(
    {
        **EXTRAS, **_SETTINGS, "input": INPUT, "stream": STREAM, "moderation": MODERATION,
        "stream_options": Object(each(NUMBER, "include_obfuscation include_usage")),
    }
)  # fmt: skip
ANSWER = Object(
    {
        **FAILED, **_SETTINGS, **each(WORD, "id object status billing"),
        **each(NUMBER, "created_at completed_at"), "output": Items(GIVEN), "output_text": TEXT,
        "incomplete_details": Object(each(WORD, "reason")), "usage": USAGE,
        "moderation": MODERATED, "input_tokens": NUMBER, "data": Items(GIVEN),
        **each(WORD, "first_id last_id"), "has_more": NUMBER,
        "billing": Object(each(WORD, "payer")),
    }
)  # fmt: skip
