"""Anthropic's Messages API, token counting and message batches.

Source: https://platform.claude.com/docs/en/api/messages. The same bodies, without a model, go to
Bedrock (``anthropic_version``) and to Vertex AI. Fields by which the provider may choose another
model or place (``fallbacks``) are not known, on purpose.
"""

from __future__ import annotations

from guard.dialects.anthropic_blocks import BLOCKS, CONTENT, MARK
from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import (
    ADDRESS,
    FREE,
    MODEL,
    NUMBER,
    STREAM,
    TEXT,
    WORD,
    Decides,
    State,
    each,
)
from guard.dialects.openai_parts import LOCATION
from guard.dialects.shapes import Either, Entries, Items, Object, Shape, Variants

_TOOL: dict[str, Shape] = {
    "name": WORD, "description": TEXT, "input_schema": SCHEMA, "input_examples": FREE,
    **each(NUMBER, "strict defer_loading eager_input_streaming"), "allowed_callers": Items(WORD),
    **MARK,
}  # fmt: skip
_SEARCH: dict[str, Shape] = {
    **_TOOL, **each(Items(TEXT), "allowed_domains blocked_domains"), "user_location": LOCATION,
    **each(NUMBER, "max_uses max_content_tokens use_cache"), "response_inclusion": WORD,
    "citations": Object({"enabled": NUMBER}),
}  # fmt: skip
_SCREEN: dict[str, Shape] = {
    **_TOOL, **each(NUMBER, "display_height_px display_width_px display_number enable_zoom"),
}  # fmt: skip
_CONFIG = Object(each(NUMBER, "enabled defer_loading"))
_EDITOR: dict[str, Shape] = {**_TOOL, "max_characters": NUMBER}
TOOLS = Items(
    Variants(
        "type",
        {
            "custom": Object(_TOOL),
            **dict.fromkeys(("tool_search_tool_bm25", "tool_search_tool_regex"), Object(_TOOL)),
            "mcp_toolset": Object({
                "mcp_server_name": WORD, "default_config": _CONFIG, "configs": Entries(_CONFIG),
                **MARK,
            }),
        },
        absent="custom",
        prefixes={
            **dict.fromkeys(("web_search_", "web_fetch_"), Object(_SEARCH)),
            "text_editor_": Object(_EDITOR),
            "computer_": Object(_SCREEN),
            **dict.fromkeys(
                ("bash_", "code_execution_", "memory_", "tool_search_tool_bm25_",
                 "tool_search_tool_regex_"),
                Object(_TOOL),
            ),
        },
    )
)  # fmt: skip
# The provider would call a server with credentials that stand here.
_SERVERS = Items(
    Object(
        {
            "type": WORD, "name": WORD, "url": ADDRESS, "authorization_token": TEXT,
            "tool_configuration": Object({"enabled": NUMBER, "allowed_tools": Items(WORD)}),
        }
    )
)  # fmt: skip
_KEPT = Either(string=WORD, members=Object({"type": WORD, "value": NUMBER}))
_EDITS = Items(
    Object(
        {
            "type": WORD, **each(_KEPT, "trigger keep clear_at_least"),
            "exclude_tools": Items(WORD),
            "clear_tool_inputs": Either(array=Items(WORD), other=NUMBER),
            "instructions": TEXT, "pause_after_compaction": NUMBER,
        }
    )
)  # fmt: skip
_FORMAT = Object({"type": WORD, "schema": SCHEMA})
_CONTAINER = State("container")
_SKILLS = Items(Object({**each(WORD, "type version"), "skill_id": State("skill_id")}))
_SYSTEM = Either(string=TEXT, array=Items(BLOCKS))
_THINKING = Object({**each(WORD, "type display"), "budget_tokens": NUMBER})
_EFFORT = Object({
    "effort": WORD, "format": _FORMAT,
    "task_budget": Object({"type": WORD, **each(NUMBER, "total remaining")}),
})  # fmt: skip

_FIELDS: dict[str, Shape] = {
    "model": MODEL, "messages": Items(Object({"role": WORD, "content": CONTENT})),
    "system": _SYSTEM, "tools": TOOLS, "mcp_servers": _SERVERS, **MARK,
    "tool_choice": Object({**each(WORD, "type name"), "disable_parallel_tool_use": NUMBER}),
    "thinking": _THINKING, "output_config": _EFFORT, "output_format": _FORMAT,
    "context_management": Object({"edits": _EDITS}),
    **each(WORD, "speed anthropic_version"), "anthropic_beta": Items(WORD), "betas": Items(WORD),
    "inference_geo": Decides("inference_geo"), "service_tier": Decides("service_tier"),
    "user_profile_id": State("user_profile_id"),
}  # fmt: skip
REQUEST = Object(
    {
        **_FIELDS, "stream": STREAM, "metadata": Object({"user_id": TEXT}),
        **each(NUMBER, "max_tokens temperature top_k top_p"), "stop_sequences": Items(TEXT),
        "container": Either(
            string=_CONTAINER, members=Object({"id": _CONTAINER, "skills": _SKILLS})
        ),
        "diagnostics": Object({"previous_message_id": WORD}),
    }
)  # fmt: skip

_COUNTS = Entries(NUMBER)
_USAGE = Object(
    {
        **each(NUMBER, "input_tokens output_tokens cache_creation_input_tokens"
                       " cache_read_input_tokens"),
        **each(_COUNTS, "cache_creation server_tool_use output_tokens_details"),
        "service_tier": Decides("service_tier"), "inference_geo": Decides("inference_geo"),
        "speed": WORD, "iterations": FREE,
    }
)  # fmt: skip
_ERROR = Object({"type": WORD, "message": TEXT, "details": FREE})
_FAILED: dict[str, Shape] = {
    "error": _ERROR, "request_id": WORD, "message": TEXT, "Message": TEXT, "__type": WORD,
}  # fmt: skip
ANSWER = Object(
    {
        **_FAILED, **each(WORD, "id type role stop_reason"), "model": MODEL, "content": CONTENT,
        "stop_sequence": TEXT, "usage": _USAGE,
        "stop_details": Object({**each(WORD, "type category"), "explanation": TEXT}),
        "container": Object({"id": WORD, "expires_at": WORD, "skills": _SKILLS}),
        "context_management": FREE, "diagnostics": FREE,
    }
)  # fmt: skip

COUNTED = Object(
    {
        **_FAILED, "type": WORD, "input_tokens": NUMBER, "context_management": _COUNTS,
    }
)  # fmt: skip
COUNT = Object(_FIELDS)

BATCH = Object({"requests": Items(Object({"custom_id": WORD, "params": REQUEST}))})
BATCHED = Object(
    {
        **_FAILED, **each(WORD, "id type processing_status results_url created_at ended_at"
                                " expires_at archived_at cancel_initiated_at"),
        "request_counts": _COUNTS,
    }
)  # fmt: skip
