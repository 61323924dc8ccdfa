"""The items of OpenAI's Responses API: what goes in as history and comes out as output.

Source: https://platform.openai.com/docs/api-reference/responses (input and output items).
"""

from __future__ import annotations

from guard.dialects.leaves import (
    ADDRESS,
    FREE,
    JSON,
    NUMBER,
    SIGNED,
    STRANGE,
    TEXT,
    WORD,
    Bytes,
    Repeats,
    State,
    each,
)
from guard.dialects.openai_parts import ARGUMENTS, MARK, RESULTS
from guard.dialects.openai_tools import ENVIRONMENT, LISTED, TOOLS
from guard.dialects.shapes import Either, Entries, Items, Object, Shape, Variants

_FILE_ID = State("file_id")
_ANNOTATIONS = Items(
    Object(
        {
            "type": WORD, **each(TEXT, "title url filename"), "file_id": _FILE_ID,
            "container_id": State("container"), **each(NUMBER, "start_index end_index index"),
        }
    )
)  # fmt: skip
_PICTURE: dict[str, Shape] = {"image_url": ADDRESS, "file_id": _FILE_ID, "detail": WORD}


_ANY_PARTS: dict[str, Object] = {
    **dict.fromkeys(
        ("input_text", "summary_text", "reasoning_text", "text"), Object({"text": TEXT, **MARK})
    ),
    "refusal": Object({"refusal": TEXT}),
    **dict.fromkeys(("input_image", "computer_screenshot"), Object({**_PICTURE, **MARK})),
    "input_file": Object({
        "file_data": Bytes("file"), "file_url": ADDRESS, "file_id": _FILE_ID, "filename": TEXT,
        "detail": WORD, **MARK,
    }),
    "input_audio": Object({
        "input_audio": Object({"data": Bytes("audio"), "format": WORD}),
        "data": Bytes("audio"), "format": WORD, "transcript": TEXT,
    }),
    "output_audio": Object({"data": Bytes("audio"), "transcript": TEXT}),
}  # fmt: skip


def _parts(logprobs: Shape) -> Variants:
    """Content parts: what they hold differs by direction in one field alone."""
    annotations = Repeats("text", _ANNOTATIONS, empty=())
    spoken: dict[str, Shape] = {
        "text": TEXT, "annotations": annotations, "logprobs": logprobs, "parsed": FREE,
    }  # fmt: skip
    return Variants("type", {**_ANY_PARTS, "output_text": Object(spoken)})


_CALLER = Object(each(WORD, "type caller_id"))
_ANY: dict[str, Shape] = {
    **each(WORD, "id status call_id agent created_by namespace execution"), "caller": _CALLER,
    "object": WORD,
}  # fmt: skip
_CHECKS = Items(Object({**each(WORD, "id code"), "message": TEXT}))
_ACTION = Object(
    {
        **each(WORD, "type button"), "keys": Items(TEXT), "text": TEXT,
        **each(NUMBER, "x y scroll_x scroll_y"), "path": Items(Object(each(NUMBER, "x y"))),
    }
)  # fmt: skip
_SEARCHED = Object(
    {
        "type": WORD, **each(TEXT, "query pattern url"), "queries": Items(TEXT),
        "sources": Items(Object({"type": WORD, **each(TEXT, "url title name")})),
    }
)  # fmt: skip
_RUN = Object(
    {
        "type": WORD, **each(Items(TEXT), "command commands"), "env": Entries(TEXT),
        **each(NUMBER, "timeout_ms max_output_length"), **each(TEXT, "user working_directory"),
    }
)  # fmt: skip
_FOUND = Items(
    Object({"file_id": _FILE_ID, **each(TEXT, "filename text"), "score": NUMBER,
            "attributes": FREE, "vector_store_id": State("vector_store_ids")})
)  # fmt: skip
_LOGS = Variants("type", {"logs": Object({"logs": TEXT}), "image": Object({"url": ADDRESS})})
_PATCH = Object({"type": WORD, **each(TEXT, "diff path")})
_OUTCOME = Object(
    {**each(TEXT, "stdout stderr"), "outcome": Object({"type": WORD, "exit_code": NUMBER}),
     "created_by": WORD}
)  # fmt: skip
_FAILURE = Either(
    string=TEXT,
    members=Object({**each(WORD, "type"), "code": Either(string=WORD, other=NUMBER),
                    "message": TEXT, "content": FREE}),
)  # fmt: skip


_ANY_ITEMS: dict[str, dict[str, Shape]] = {
    "function_call": {"name": WORD, "arguments": ARGUMENTS, "parsed_arguments": FREE},
    "custom_tool_call": {"name": WORD, "input": TEXT},
    "compaction": {"encrypted_content": SIGNED},
    "compaction_summary": {"encrypted_content": SIGNED},
    "compaction_trigger": {},
    "item_reference": {"id": State("item_reference")},
    "computer_call": {
        "action": _ACTION,
        "actions": Items(_ACTION),
        "pending_safety_checks": _CHECKS,
    },
    "computer_call_output": {
        "output": Object({"type": WORD, **_PICTURE}),
        "acknowledged_safety_checks": _CHECKS,
    },
    "file_search_call": {"queries": Items(TEXT), "results": _FOUND},
    "web_search_call": {"action": _SEARCHED},
    "code_interpreter_call": {
        "code": TEXT,
        "container_id": State("container"),
        "outputs": Items(_LOGS),
        "results": Items(_LOGS),
    },
    "image_generation_call": {
        "result": Bytes("image"),
        "revised_prompt": TEXT,
        **each(WORD, "action background output_format quality size"),
    },
    "local_shell_call": {"action": _RUN},
    "local_shell_call_output": {"output": RESULTS},
    "shell_call": {"action": _RUN, "environment": ENVIRONMENT},
    "shell_call_output": {
        "output": Either(string=TEXT, array=Items(_OUTCOME)),
        "max_output_length": NUMBER,
    },
    "apply_patch_call": {"operation": _PATCH},
    "apply_patch_call_output": {"output": TEXT},
    "mcp_list_tools": {"server_label": WORD, "tools": LISTED, "error": _FAILURE},
    "mcp_approval_request": {"server_label": WORD, "name": WORD, "arguments": JSON},
    "mcp_approval_response": {
        "approval_request_id": WORD,
        "approve": NUMBER,
        "reason": TEXT,
        "request_id": WORD,
    },
    "mcp_call": {
        **each(WORD, "server_label name approval_request_id"),
        "arguments": JSON,
        "output": RESULTS,
        "error": _FAILURE,
    },
    "tool_search_call": {"arguments": FREE},
    "tool_search_output": {"tools": TOOLS},
    "additional_tools": {"role": WORD, "tools": TOOLS},
    "program": {"code": TEXT, "fingerprint": SIGNED},
    "program_output": {"result": RESULTS},
}


def _items(logprobs: Shape) -> Variants:
    """Items, with content parts of one direction."""
    parts = _parts(logprobs)
    content = Either(string=TEXT, array=Items(parts))
    output = Either(string=RESULTS, array=Items(parts), members=FREE)
    thought: dict[str, Shape] = {
        **each(Items(parts), "summary content"), "encrypted_content": SIGNED,
    }  # fmt: skip
    tables: dict[str, dict[str, Shape]] = {
        **_ANY_ITEMS,
        "message": {"role": WORD, "content": content, "phase": WORD, "name": TEXT},
        "function_call_output": {"output": output, "name": WORD},
        "custom_tool_call_output": {"output": output, "name": WORD},
        "reasoning": thought,
    }
    items = {name: Object({**_ANY, **fields}) for name, fields in tables.items()}
    return Variants("type", items, absent="message")


SENT = _items(STRANGE)
GIVEN = _items(Repeats("text", empty=()))
INPUT = Either(string=TEXT, array=Items(SENT))
INSTRUCTIONS = Either(string=TEXT, array=Items(SENT))
VARIABLES = Entries(Either(string=TEXT, members=_parts(STRANGE)))
