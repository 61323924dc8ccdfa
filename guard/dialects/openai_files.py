"""The lines of OpenAI's JSONL files: batches, their results, and training data.

Source: https://platform.openai.com/docs/api-reference/batch/request-input and
https://platform.openai.com/docs/api-reference/fine-tuning. A file is the list of its lines; a
single line stands for itself.
"""

from __future__ import annotations

from guard.dialects import openai_chat, openai_responses, openai_texts
from guard.dialects.leaves import FREE, NUMBER, TEXT, WORD, each
from guard.dialects.openai_chat import MESSAGES, TOOLS
from guard.dialects.openai_parts import ERROR, FUNCTION
from guard.dialects.shapes import Either, Items, Object, Shape, Variants

_BODIES = {
    "/v1/chat/completions": openai_chat.REQUEST,
    "/v1/responses": openai_responses.REQUEST,
    "/v1/completions": openai_texts.COMPLETION,
    "/v1/embeddings": openai_texts.EMBEDDING,
    "/v1/moderations": openai_texts.MODERATION,
}


def _lines(line: Shape) -> Shape:
    return Either(array=Items(line), members=line)


def _batch_line(body: Shape) -> Object:
    return Object({**each(WORD, "custom_id method"), "body": body})


BATCH = _lines(
    Variants(
        "url",
        {
            # Azure's files leave the version out.
            url: _batch_line(body)
            for path, body in _BODIES.items()
            for url in (path, path.removeprefix("/v1"))
        },
    )
)
_RESULT = Variants(
    "object",
    {
        "chat.completion": openai_chat.ANSWER,
        "response": openai_responses.ANSWER,
        "text_completion": openai_texts.COMPLETED,
        "list": openai_texts.EMBEDDED,
        "moderation": openai_texts.MODERATED,
    },
    absent="moderation",
)
BATCHED = _lines(
    Object(
        {
            **each(WORD, "id custom_id"),
            "response": Object({"status_code": NUMBER, "request_id": WORD, "body": _RESULT}),
            "error": ERROR,
        }
    )
)

_EXAMPLE: dict[str, Shape] = {
    "messages": MESSAGES, "tools": TOOLS, "parallel_tool_calls": NUMBER,
    "functions": Items(Object(FUNCTION)), **each(TEXT, "prompt completion"),
    "preferred_output": MESSAGES, "non_preferred_output": MESSAGES,
}  # fmt: skip
_INPUT = Object({"messages": MESSAGES, "tools": TOOLS, "parallel_tool_calls": NUMBER})
TRAINING = _lines(Object({**_EXAMPLE, "input": _INPUT}, others=FREE))
