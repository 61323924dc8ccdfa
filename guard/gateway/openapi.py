"""What the gateway serves, as OpenAPI 3.1 says it.

Bodies of the providers' dialects are described as far as the gateway itself reads them: an object
with the members that it must have. What stands in them is `guard.dialects`' to know, and members
that are not known there are refused or need the operator's word.
"""

from __future__ import annotations

from typing import Any

import orjson

from guard import __version__
from guard.doors.circumstances import STATED
from guard.gateway import authzen
from guard.gateway.kept import description
from guard.types import PURPOSES

_PROBLEM = "application/problem+json"
_REFUSALS = {
    "400": "The request cannot be read, or says what nobody knows.",
    "401": "No valid key.",
    "403": "Denied by policy, or not allowed to this key.",
    "408": "The body did not come in time.",
    "413": "The body is too long.",
    "415": "The body is not what is taken: plain JSON in UTF-8, or a form.",
    "429": "Too many requests of this key, or of the operator at every upstream.",
    "503": "No decision, or nobody may be asked now.",
}
_UNANSWERED = {"404": "Nobody serves this model.", "502": "No usable answer.", "504": "Too late."}
_WRITTEN = {"type": ["string", "array", "null"]}


def _turns(role: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {"type": "object", "properties": {"role": role, "content": _WRITTEN}, **more}
    return {"type": "array", "items": said}


_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_CHAT = _turns({"type": "string", "enum": list(_ROLES)}, required=["role"])
_TURNS = _turns({"type": "string"})
_TEXTS = {"type": ["string", "array"]}
_BODIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "/v1/chat/completions": ("createChatCompletion", "messages", _CHAT),
    "/v1/responses": ("createResponse", "input", _TEXTS),
    "/v1/completions": ("createCompletion", "prompt", _TEXTS),
    "/v1/embeddings": ("createEmbedding", "input", _TEXTS),
    "/v1/messages": ("createMessage", "messages", _TURNS),
    "/v1/messages/count_tokens": ("countTokens", "messages", _TURNS),
}
_UNNEEDED = frozenset({"/v1/responses"})
"""Where what is asked may lie with the provider: a prompt, a conversation."""
_STREAMING = frozenset(_BODIES) - {"/v1/embeddings", "/v1/messages/count_tokens"}
_KNOWN: dict[str, dict[str, Any]] = {
    "x-guard-purpose": {"enum": list(PURPOSES)},
    "x-guard-language": {"pattern": "^[a-z]{2,3}$"},
}
"""Headers that say one of a few words; categories and use cases are those of the tables."""
_TOLD = {
    "x-guard-decision": "Id of the decision, as in the log.",
    "x-guard-destination": "Where the data went.",
    "x-guard-treatment": "What was done to them before: none, pseudonymise or redact.",
}

_HEADERS = {n: {"description": t, "schema": {"type": "string"}} for n, t in _TOLD.items()}


def _answers(*, more: dict[str, str] | None = None) -> dict[str, Any]:
    described = {**_REFUSALS, **(more or {})}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": text, "content": {_PROBLEM: {"schema": schema}}}
        for status, text in sorted(described.items())
    }


def _generating(path: str) -> dict[str, Any]:
    operation, needed, schema = _BODIES[path]
    body = {
        "type": "object",
        "required": ["model"] if path in _UNNEEDED else ["model", needed],
        "properties": {
            "model": {"type": "string", "minLength": 1},
            needed: schema,
            **({"stream": {"type": ["boolean", "null"]}} if path in _STREAMING else {}),
        },
    }
    content: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
    if path in _STREAMING:
        content["text/event-stream"] = {}  # OpenAPI 3.1 has no schema for what is in an event
    passed = {
        "description": "An error of the provider's that the caller can do something about.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    return {
        "operationId": operation,
        "summary": "Decided, sent where it may go, and restored.",
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in STATED],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "The answer.", "headers": _HEADERS, "content": content},
            **_answers(more=_UNANSWERED),
            "4XX": passed,
        },
    }


def _shown(
    operation: str, summary: str, kind: str, *others: str, key: bool = True
) -> dict[str, Any]:
    schema = {"type": "object"} if kind == "application/json" else {"type": "string"}
    content = {kind: {"schema": schema}}
    every = _answers()
    answers: dict[str, Any] = {"200": {"description": summary, "content": content}}
    for status in others:
        answers[status] = {"description": "A part fails.", "content": content}
    if key:
        answers |= {status: every[status] for status in ("401", "403", "503")}
    shown = {"operationId": operation, "summary": summary, "responses": answers}
    return shown if key else {**shown, "security": []}


def _evaluating() -> dict[str, Any]:
    schema = authzen.Evaluation.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    answer = {
        "type": "object",
        "required": ["decision", "context"],
        "properties": {"decision": {"type": "boolean"}, "context": {"type": "object"}},
    }
    return {
        "operationId": "evaluate",
        "summary": "OpenID AuthZEN Authorization API 1.0, Access Evaluation.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "200": {
                "description": "The decision.",
                "content": {"application/json": {"schema": answer}},
            },
            **_answers(),
        },
    }


_UNSAID = {"type": "null"}
_SAID = [
    {"required": ["text"], "properties": {"text": {"type": "string"}, "document": _UNSAID}},
    {
        "required": ["document"],
        "properties": {"text": _UNSAID, "document": {"not": _UNSAID}},
    },
    {
        "required": ["categories"],
        "properties": {"text": _UNSAID, "document": _UNSAID, "categories": {"minItems": 1}},
    },
]
"""What the context of an evaluation holds: `authzen.Context` sees to it."""


def _schemas() -> dict[str, Any]:
    defined: dict[str, Any] = authzen.Evaluation.model_json_schema(
        ref_template="#/components/schemas/{model}"
    ).get("$defs", {})
    defined["Context"]["anyOf"] = _SAID
    defined["Context"]["properties"]["language"]["pattern"] = r"^([a-z]{2,3})?$"
    defined["ActionProperties"]["properties"]["purpose"]["enum"] = list(PURPOSES)
    problem = {
        "type": "object",
        "description": "RFC 9457, with what kits of both dialects show: error.message.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "remedy": {"type": "string"},
            "decision": {"type": "string"},
            "reasons": {"type": "array", "items": {"type": "object"}},
            "remedies": {"type": "array", "items": {"type": "string"}},
            "error": {"type": "object"},
        },
    }
    return {"Problem": problem, **defined}


_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "x-api-key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "api-key": {"type": "apiKey", "in": "header", "name": "api-key"},
}


def document() -> dict[str, Any]:
    """The description."""
    said = {
        name: {
            "name": name,
            "in": "header",
            "required": False,
            "description": "Heeded where the key may say it, refused where it may not.",
            "schema": {"type": "string", "maxLength": 4096, **_KNOWN.get(name, {})},
        }
        for name in STATED
    }
    plain, text = "application/json", "text/plain"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "guard gateway",
            "version": __version__,
            "description": "Decides under the laws that apply whether and how data may leave.",
        },
        "paths": {
            **{path: {"post": _generating(path)} for path in _BODIES},
            **description.paths(_answers(), _HEADERS),
            "/v1/models": {"get": _shown("listModels", "The models that the key may use.", plain)},
            authzen.PATH: {"post": _evaluating()},
            "/healthz": {"get": _shown("alive", "The process answers.", plain, key=False)},
            "/readyz": {"get": _shown("ready", "Every part works.", plain, "503", key=False)},
            "/metrics": {"get": _shown("metrics", "Prometheus' text format.", text)},
            "/openapi.json": {"get": _shown("described", "This.", plain, key=False)},
        },
        "components": {
            "parameters": said,
            "schemas": _schemas(),
            "securitySchemes": _SCHEMES,
        },
        "security": [{name: []} for name in _SCHEMES],
    }


DOCUMENT = orjson.dumps(document())
