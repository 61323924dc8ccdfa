"""Anthropic's content blocks.

Source: https://platform.claude.com/docs/en/api/messages (content blocks, citations). A thinking
block is signed over its text: it is scanned, and never rewritten.
"""

from __future__ import annotations

from guard.dialects.leaves import (
    ADDRESS,
    FIXED,
    FREE,
    NUMBER,
    RESULT,
    SIGNED,
    TEXT,
    WORD,
    Bytes,
    Repeats,
    State,
    each,
)
from guard.dialects.shapes import Either, Items, Later, Object, Shape, Variants

_FILE_ID = State("file_id")
MARK: dict[str, Shape] = {"cache_control": Object(each(WORD, "type ttl scope"))}
_CITED = Items(
    Object(
        {
            "type": WORD,
            **each(TEXT, "cited_text document_title title source url"),
            **each(
                NUMBER,
                "document_index search_result_index start_char_index end_char_index"
                " start_page_number end_page_number start_block_index end_block_index",
            ),
            "encrypted_index": SIGNED, "file_id": _FILE_ID,
        }
    )
)  # fmt: skip
_ENABLED = Object({"enabled": NUMBER})
_CALLER = Object(each(WORD, "type tool_id"))
_ANY: dict[str, Shape] = {**MARK, "caller": _CALLER, "id": WORD}

_SELF = Items(Later(lambda: BLOCKS))
CONTENT = Either(string=TEXT, array=_SELF)
_RESULTS = Either(string=RESULT, array=_SELF)
_PICTURE = Variants(
    "type",
    {
        "base64": Object({"media_type": WORD, "data": Bytes("image")}),
        "url": Object({"url": ADDRESS}),
        "file": Object({"file_id": _FILE_ID}),
    },
)
_SOURCE = Variants(
    "type",
    {
        "base64": Object({"media_type": WORD, "data": Bytes("file")}),
        "text": Object({"media_type": WORD, "data": TEXT}),
        "content": Object({"content": CONTENT}),
        "url": Object({"url": ADDRESS}),
        "file": Object({"file_id": _FILE_ID}),
    },
)
_CALL: dict[str, Shape] = {
    **_ANY, "name": WORD, "input": FREE, "server_name": WORD,
}  # fmt: skip
# What a tool of the provider's own gave back: an object or a list of them, told apart by its type.
_OUTCOME = Either(
    string=RESULT,
    array=Items(Later(lambda: _RAN)),
    members=Later(lambda: _RAN),
)
_FAILED = Object({"error_code": WORD, "error_message": TEXT})
_RAN_CODE = Object(
    {
        **each(TEXT, "stdout stderr"), "encrypted_stdout": SIGNED, "return_code": NUMBER,
        "content": _SELF,
    }
)  # fmt: skip
_DOCUMENT = Object(
    {**_ANY, "source": _SOURCE, **each(TEXT, "title context"), "citations": _ENABLED}
)
_TOOL_RESULT = Object({**_ANY, "tool_use_id": WORD, "content": _RESULTS, "is_error": NUMBER})
_SERVER_RESULT = Object({**_ANY, "tool_use_id": WORD, "content": _OUTCOME, "is_error": NUMBER})
_OUTPUT_FILE = Object({"file_id": _FILE_ID})

_RESULT_BLOCKS: dict[str, Object] = {
    "web_search_result": Object({
        **each(TEXT, "title url page_age"), "encrypted_content": SIGNED,
    }),
    "web_fetch_result": Object({
        "url": TEXT, "retrieved_at": WORD, "content": Later(lambda: BLOCKS),
    }),
    **dict.fromkeys(
        ("code_execution_result", "bash_code_execution_result",
         "encrypted_code_execution_result"),
        _RAN_CODE,
    ),
    **dict.fromkeys(("code_execution_output", "bash_code_execution_output"), _OUTPUT_FILE),
    "text_editor_code_execution_view_result": Object({
        "content": TEXT, "file_type": WORD, **each(NUMBER, "num_lines start_line total_lines"),
    }),
    "text_editor_code_execution_create_result": Object({"is_file_update": NUMBER}),
    "text_editor_code_execution_str_replace_result": Object({
        "lines": Items(TEXT), **each(NUMBER, "new_lines new_start old_lines old_start"),
    }),
    "tool_search_tool_search_result": Object({"tool_references": _SELF}),
    "advisor_result": Object({"text": TEXT, "stop_reason": WORD}),
    "advisor_redacted_result": Object({"encrypted_content": SIGNED, "stop_reason": WORD}),
    **dict.fromkeys(
        (
            "web_search_tool_result_error", "web_fetch_tool_result_error",
            "web_fetch_tool_error",
            "code_execution_tool_result_error", "bash_code_execution_tool_result_error",
            "text_editor_code_execution_tool_result_error", "tool_search_tool_result_error",
            "advisor_tool_result_error",
        ),
        _FAILED,
    ),
}  # fmt: skip

BLOCKS: Variants = Variants(
    "type",
    {
        "text": Object({**_ANY, "text": TEXT, "citations": Repeats("text", _CITED)}),
        "image": Object({**_ANY, "source": _PICTURE}),
        "document": _DOCUMENT,
        "search_result": Object({
            **_ANY, **each(TEXT, "title source"), "content": _SELF, "citations": _ENABLED,
        }),
        "thinking": Object({"thinking": FIXED, "signature": SIGNED, **_ANY}),
        "redacted_thinking": Object({"data": SIGNED, **_ANY}),
        **dict.fromkeys(("tool_use", "server_tool_use", "mcp_tool_use"), Object(_CALL)),
        **dict.fromkeys(("tool_result", "mcp_tool_result"), _TOOL_RESULT),
        **dict.fromkeys(
            (
                "web_search_tool_result", "web_fetch_tool_result", "code_execution_tool_result",
                "bash_code_execution_tool_result", "text_editor_code_execution_tool_result",
                "tool_search_tool_result", "advisor_tool_result",
            ),
            _SERVER_RESULT,
        ),
        "container_upload": Object({**_ANY, "file_id": _FILE_ID}),
        "tool_reference": Object({**_ANY, "tool_name": WORD}),
        "mid_conv_system": Object({**_ANY, "content": CONTENT}),
        "compaction": Object({**_ANY, "content": TEXT, "encrypted_content": SIGNED}),
        "fallback": Object({
            "to": Object({"model": WORD}), "from": Object({"model": WORD}), "trigger": FREE,
        }),
        **_RESULT_BLOCKS,
    },
)  # fmt: skip
_RAN: Variants = Variants("type", _RESULT_BLOCKS)
