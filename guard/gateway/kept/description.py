"""What is served of files and batches, as OpenAPI 3.1 says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guard.doors.circumstances import STATED
from guard.doors.wire import OURS
from guard.gateway.kept.batches import PAIRS
from guard.gateway.kept.messages import PATH as MESSAGES
from guard.gateway.kept.tables import MARK
from guard.gateway.kept.upload import ANCHOR, ENDPOINTS, PURPOSE, SECONDS

_JSON, _LINES, _FORM = "application/json", "application/x-ndjson", "multipart/form-data"
_STATED = [name for name in STATED if name != f"{OURS}conversation"]
"""What is kept is a conversation of its own."""
_MORE = {
    "404": "Nothing of that id is kept for this key, or nobody keeps such things.",
    "502": "No usable answer.",
    "504": "Too late.",
}
_TEXT = {"type": "string"}
_FILE = {
    "type": "object",
    "required": ["file", "purpose"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "purpose": {"type": "string", "pattern": f"^{PURPOSE}$"},
        ANCHOR: {"type": "string", "enum": ["created_at"]},
        SECONDS: {"type": "string", "pattern": "^[0-9]{1,8}$"},
    },
    "dependentRequired": {ANCHOR: [SECONDS], SECONDS: [ANCHOR]},
    "additionalProperties": False,
}
_BATCH = {
    "type": "object",
    "required": ["input_file_id", "endpoint", "completion_window"],
    "properties": {
        "input_file_id": _TEXT,
        "endpoint": {"type": "string", "enum": sorted(ENDPOINTS)},
        "completion_window": _TEXT,
        "metadata": {
            "type": ["object", "null"],
            "maxProperties": PAIRS,
            "propertyNames": {"not": {"const": MARK}},
            "additionalProperties": _TEXT,
        },
        "output_expires_after": {"type": ["object", "null"]},
    },
    "additionalProperties": False,
}
_REQUEST = {
    "type": "object",
    "required": ["custom_id", "params"],
    "properties": {
        "custom_id": _TEXT,
        "params": {
            "type": "object",
            "required": ["model"],
            "properties": {"model": {"type": "string", "minLength": 1}},
        },
    },
}
_MESSAGES = {
    "type": "object",
    "required": ["requests"],
    "properties": {"requests": {"type": "array", "minItems": 1, "items": _REQUEST}},
}
_NAMED = {
    "name": "id", "in": "path", "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,2048}$"},
}  # fmt: skip
_OTHERS = {_JSON: {"schema": {"type": "object"}}}
"""An error of the provider's that the caller can do something about, as the provider says it."""
_PASSED = {"description": "An error of the provider's.", "content": _OTHERS}
_SHARED = ("400", "404", "408", "413", "415")
"""What a provider may answer, too."""
_AFTER = {"name": "after", "in": "query", "schema": _TEXT}


def _queried(most: int, *words: str) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": "^[a-z_-]{1,32}$"}
    bounded = {"type": "integer", "minimum": 1, "maximum": most}
    limit = {"name": "limit", "in": "query", "schema": bounded}
    return [limit, _AFTER, *({"name": word, "in": "query", "schema": schema} for word in words)]


_OPERATIONS: dict[str, dict[str, tuple[str, str, dict[str, Any]]]] = {
    "/v1/files": {
        "get": ("listFiles", "The files that the tenant handed in.",
                {"query": _queried(10_000, "order", "purpose")}),
        "post": ("createFile", "A file: decided line by line, kept where it may be.",
                 {_FORM: _FILE}),
    },
    "/v1/files/{id}": {
        "get": ("retrieveFile", "What is known of a file.", {}),
        "delete": ("deleteFile", "A file is taken away.", {}),
    },
    "/v1/files/{id}/content": {
        "get": ("downloadFile", "The lines of a file, restored.", {"lines": True}),
    },
    "/v1/batches": {
        "get": ("listBatches", "The batches that the tenant began.", {"query": _queried(100)}),
        "post": ("createBatch", "A batch is begun where its file is.", {_JSON: _BATCH}),
    },
    "/v1/batches/{id}": {"get": ("retrieveBatch", "How far a batch is.", {})},
    "/v1/batches/{id}/cancel": {"post": ("cancelBatch", "A batch is cancelled.", {})},
    MESSAGES: {
        "post": ("createMessageBatch", "A batch: decided, and begun where it may be.",
                 {_JSON: _MESSAGES}),
    },
    f"{MESSAGES}/{{id}}": {
        "get": ("retrieveMessageBatch", "How far a batch is.", {}),
        "delete": ("deleteMessageBatch", "A batch that has ended is taken away.", {}),
    },
    f"{MESSAGES}/{{id}}/results": {
        "get": ("messageBatchResults", "What became of each request, restored.", {"lines": True}),
    },
    f"{MESSAGES}/{{id}}/cancel": {
        "post": ("cancelMessageBatch", "A batch is cancelled.", {}),
    },
}  # fmt: skip


def paths(refusals: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The paths.

    Args:
        refusals: Answers by status that every endpoint may give.
        told: Headers that tell of a decision.
    """
    problem = next(iter(refusals.values()))["content"]
    more = {status: {"description": said, "content": problem} for status, said in _MORE.items()}
    answers = {**refusals, **more, "4XX": _PASSED}
    for status in _SHARED:
        said = answers[status]
        answers[status] = {**said, "content": {**said["content"], **_OTHERS}}
    return {
        path: {
            method: _operation(path, said, how, {**answers, "200": _good(said[1], how, told)})
            for method, (*said, how) in methods.items()
        }
        for path, methods in _OPERATIONS.items()
    }


def _good(summary: str, how: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    kind, schema = (_LINES, _TEXT) if how.get("lines") else (_JSON, {"type": "object"})
    return {"description": summary, "headers": told, "content": {kind: {"schema": schema}}}


def _operation(
    path: str, said: Sequence[str], how: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, Any]:
    parameters: list[Any] = [{"$ref": f"#/components/parameters/{one}"} for one in _STATED]
    if "{id}" in path:
        parameters.append(_NAMED)
    taken = {kind: {"schema": how[kind]} for kind in (_JSON, _FORM) if kind in how}
    return {
        "operationId": said[0],
        "summary": said[1],
        "parameters": [*parameters, *how.get("query", ())],
        **({"requestBody": {"required": True, "content": taken}} if taken else {}),
        "responses": dict(sorted(answers.items())),
    }
