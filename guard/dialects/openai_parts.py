"""What OpenAI's dialects share: content parts, tools, usage, errors.

Source: https://platform.openai.com/docs/api-reference; further parts as Mistral, DashScope, vLLM,
OpenRouter and DeepSeek document them for their compatible endpoints.
"""

from __future__ import annotations

from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import (
    ADDRESS,
    FIXED,
    FREE,
    JSON,
    NUMBER,
    RESULT,
    SIGNED,
    TEXT,
    WORD,
    Bytes,
    State,
    each,
)
from guard.dialects.shapes import Either, Entries, Items, Later, Object, Shape, Variants

WORDS = Either(string=WORD, array=Items(WORD))
TEXTS = Either(string=TEXT, array=Items(TEXT))
MARK: dict[str, Shape] = {
    "cache_control": Object(each(WORD, "type ttl")),
    "prompt_cache_breakpoint": Object(each(WORD, "mode")),
}
ARGUMENTS = Either(string=JSON, members=FREE)
METADATA = Entries(FREE)

_LINK = Either(string=ADDRESS, members=Object({"url": ADDRESS, **each(WORD, "detail format")}))
_AUDIO = Either(
    string=Bytes("audio"), members=Object({"data": Bytes("audio"), "format": WORD, "url": ADDRESS})
)
_FILE = Object(
    {
        "file_data": Bytes("file"), "file_id": State("file_id"), "filename": TEXT,
        "file_url": ADDRESS, "format": WORD,
    }
)  # fmt: skip
_SIZES = each(NUMBER, "min_pixels max_pixels total_pixels fps")

PARTS: Variants = Variants(
    "type",
    {
        "text": Object({"text": TEXT, **MARK}),
        "refusal": Object({"refusal": TEXT, **MARK}),
        "image_url": Object({"image_url": _LINK, "detail": WORD, **_SIZES, **MARK}),
        "input_audio": Object({"input_audio": _AUDIO, **MARK}),
        "audio_url": Object({"audio_url": _LINK}),
        "video_url": Object({"video_url": _LINK, **_SIZES}),
        "video": Object({"video": Either(string=ADDRESS, array=Items(ADDRESS)), **_SIZES}),
        "document_url": Object({"document_url": ADDRESS, "document_name": TEXT}),
        "file": Object({"file": _FILE, **MARK}),
        "file_url": Object({"file_url": _LINK}),
        "reference": Object({"reference_ids": Items(NUMBER)}),
        "thinking": Object({
            "thinking": Either(string=TEXT, array=Items(Later(lambda: PARTS))),
            "closed": NUMBER, "signature": SIGNED,
        }),
    },
)  # fmt: skip
CONTENT = Either(string=TEXT, array=Items(PARTS))
RESULTS = Either(string=RESULT, array=Items(PARTS), members=FREE)

_CALLED = Object({"name": WORD, "arguments": ARGUMENTS, "parsed_arguments": FREE})
FUNCTION_CALL = Either(members=_CALLED, string=WORD)
_ANY_CALL: dict[str, Shape] = {**each(WORD, "id"), "index": NUMBER, "extra_content": Object({
    "google": Object({"thought_signature": SIGNED}),
})}  # fmt: skip
TOOL_CALLS = Items(
    Variants(
        "type",
        {
            "function": Object({**_ANY_CALL, "function": _CALLED}),
            "custom": Object({**_ANY_CALL, "custom": Object({"name": WORD, "input": TEXT})}),
        },
        absent="function",
    )
)
REASONING_DETAILS = Items(
    Object(
        {
            # Signed where the provider signs: it goes back as it came.
            **each(WORD, "type id format"), "text": FIXED, "summary": TEXT,
            **each(SIGNED, "data signature"), "index": NUMBER,
        }
    )
)  # fmt: skip

FORMAT = Variants(
    "type",
    {
        "text": Object({}),
        "grammar": Object({
            **each(TEXT, "definition"), "syntax": WORD,
            "grammar": Object({"definition": TEXT, "syntax": WORD}),
        }),
    },
)  # fmt: skip
FUNCTION: dict[str, Shape] = {
    "name": WORD, "description": TEXT, "strict": NUMBER, "defer_loading": NUMBER,
    "allowed_callers": Items(WORD), **each(SCHEMA, "parameters output_schema"),
}  # fmt: skip
CUSTOM: dict[str, Shape] = {
    "name": WORD, "description": TEXT, "format": FORMAT, "defer_loading": NUMBER,
    "allowed_callers": Items(WORD),
}  # fmt: skip
LOCATION = Object(
    {
        "type": WORD, **each(TEXT, "city country region timezone"),
        "approximate": Object(each(TEXT, "city country region timezone")),
    }
)  # fmt: skip
JSON_FORMAT: dict[str, Shape] = {
    "name": WORD, "description": TEXT, "schema": SCHEMA, "strict": NUMBER,
}  # fmt: skip
RESPONSE_FORMAT = Variants(
    "type",
    {
        "text": Object({}),
        "json_object": Object({"schema": SCHEMA}),
        "json_schema": Object({"json_schema": Object(JSON_FORMAT), **JSON_FORMAT}),
        "grammar": Object({"grammar": TEXT}),
        "regex": Object({"pattern": TEXT}),
    },
)
MODERATION = Object(
    {
        "model": WORD,
        "policy": Object(dict.fromkeys(("input", "output"), Object(each(WORD, "mode")))),
    }
)
CACHE: dict[str, Shape] = {
    "prompt_cache_key": TEXT, "prompt_cache_retention": WORD,
    "prompt_cache_options": Object(each(WORD, "mode ttl")),
}  # fmt: skip

_DETAILS = Entries(NUMBER)
USAGE = Object(
    {
        **each(
            NUMBER,
            "prompt_tokens completion_tokens total_tokens input_tokens output_tokens queue_time"
            " prompt_time completion_time total_time prompt_cache_hit_tokens cost is_byok"
            " prompt_cache_miss_tokens num_sources_used num_search_queries cached_tokens"
            " citation_tokens reasoning_tokens prompt_audio_seconds cost_in_usd_ticks",
        ),
        **each(
            _DETAILS,
            "prompt_tokens_details completion_tokens_details input_tokens_details cost_details"
            " output_tokens_details server_tool_use server_side_tool_usage_details",
        ),
        "search_context_size": WORD,
        "cost": Either(members=_DETAILS, other=NUMBER),
    }
)
ERROR = Either(
    string=TEXT,
    members=Object(
        {
            **each(TEXT, "message param failed_generation"), "type": WORD,
            "code": Either(string=WORD, other=NUMBER), "status": WORD, "request_id": WORD,
            "innererror": FREE, "metadata": FREE, "details": FREE,
        }
    ),
)  # fmt: skip
FAILED: dict[str, Shape] = {
    "error": ERROR, "detail": FREE, **each(TEXT, "message"), **each(WORD, "object type param"),
    "code": Either(string=WORD, other=NUMBER), "request_id": WORD, "status": NUMBER,
}  # fmt: skip
SCORES: Object = Object(
    {
        **each(WORD, "type model"), "flagged": NUMBER,
        **each(Entries(NUMBER), "categories category_scores"),
        "category_applied_input_types": Entries(Items(WORD)), "code": WORD, "message": TEXT,
        "results": Items(Later(lambda: SCORES)),
    }
)  # fmt: skip
MODERATED = Object({"input": SCORES, "output": SCORES})
