"""The Model Context Protocol: what the messages of a client and a server say.

Source: https://modelcontextprotocol.io/specification, revisions 2024-11-05 to 2026-07-28, tasks
included. A method that is not named here is unknown, and so is all that its parameters hold.

Icons are decoration, mostly pictures that nobody can scan: who rebuilds a message drops them (see
`Walked.rebuilt`), and they need not be read.
"""

from __future__ import annotations

from typing import Any

from guard.dialects.dialect import Tables
from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import FREE, NUMBER, RESULT, TEXT, WORD, Bytes, Repeats, each
from guard.dialects.shapes import Either, Entries, Items, Later, Object, Shape, Variants
from guard.dialects.walk import Walk
from guard.dialects.walked import Walked

_ICONS = Repeats("icons", empty=())


class _Meta:
    """`_meta`: reserved keys are what the specification says, all others free JSON.

    Reserved keys hold a slash, so they stand in pointers by their place.
    """

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note every member."""
        if type(value) is not dict:
            walk.odd(value, pointer)
            return
        for ordinal, (name, item) in enumerate(value.items()):
            below = f"{pointer}/~v{ordinal}"
            if (shape := _RESERVED.get(name)) is None:
                walk.text(name, f"{pointer}/~k{ordinal}")
                walk.free(item, below)
            elif item is not None:
                shape.visit(item, below, walk)


class _Response:
    """The client's answer to one input request: its kind shows in its members."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note it as what it is; as an unknown result if it is none of them."""
        names = value if type(value) is dict else {}
        for name, shape in (("role", _SAMPLED), ("action", _ELICITED), ("roots", _ROOTS)):
            if name in names:
                shape.visit(value, pointer, walk)
                return
        _UNKNOWN.visit(value, pointer, walk)


_META = _Meta()
_UNKNOWN = Object({"_meta": _META})
_NAMED: dict[str, Shape] = {
    "name": WORD, **each(TEXT, "title description"), "icons": _ICONS, "_meta": _META,
}  # fmt: skip
_IMPLEMENTATION = Object({**_NAMED, "version": WORD, "websiteUrl": FREE})
_NOTES: dict[str, Shape] = {
    "annotations": Object({"audience": Items(WORD), "priority": NUMBER, "lastModified": WORD}),
    "_meta": _META,
}
_RESOURCE: dict[str, Shape] = {
    **_NAMED, **_NOTES, **each(FREE, "uri uriTemplate"), "mimeType": WORD, "size": NUMBER,
}  # fmt: skip
_CONTENTS = Object({"uri": FREE, "mimeType": WORD, "text": RESULT, "blob": Bytes("file"), **_NOTES})
_BLOCK: Variants = Variants(
    "type",
    {
        "text": Object({"text": RESULT, **_NOTES}),
        "image": Object({"data": Bytes("image"), "mimeType": WORD, **_NOTES}),
        "audio": Object({"data": Bytes("audio"), "mimeType": WORD, **_NOTES}),
        "resource": Object({"resource": _CONTENTS, **_NOTES}),
        "resource_link": Object(_RESOURCE),
        "tool_use": Object({**each(WORD, "name id"), "input": FREE, **_NOTES}),
        "tool_result": Object({
            "toolUseId": WORD, "content": Items(Later(lambda: _BLOCK)),
            "structuredContent": FREE, "isError": NUMBER, **_NOTES,
        }),
    },
)  # fmt: skip
_MESSAGE: dict[str, Shape] = {
    "role": WORD, "content": Either(members=_BLOCK, array=Items(_BLOCK)), "_meta": _META,
}  # fmt: skip
_TOOL = Object(
    {
        **_NAMED, **each(SCHEMA, "inputSchema outputSchema"),
        "annotations": Object({
            "title": TEXT,
            **each(NUMBER, "readOnlyHint destructiveHint idempotentHint openWorldHint"),
        }),
        "execution": Object({"taskSupport": WORD}),
    }
)  # fmt: skip
_TASK: dict[str, Shape] = {
    **each(WORD, "taskId status createdAt lastUpdatedAt"), "statusMessage": TEXT,
    **each(NUMBER, "ttl pollInterval ttlMs pollIntervalMs"), "_meta": _META,
}  # fmt: skip
_TASKED: dict[str, Shape] = {"task": Object({"ttl": NUMBER}), "_meta": _META}

# What a server asks of a client: as requests, or since 2026-07-28 within its results.
_SAMPLING = Object(
    {
        "messages": Items(Object(_MESSAGE)), "systemPrompt": TEXT, "includeContext": WORD,
        "modelPreferences": Object({
            "hints": Items(Object({"name": WORD}, others=FREE)),
            **each(NUMBER, "costPriority speedPriority intelligencePriority"),
        }),
        **each(NUMBER, "temperature maxTokens"), "stopSequences": Items(TEXT), "metadata": FREE,
        "tools": Items(_TOOL), "toolChoice": Object({"mode": WORD}), **_TASKED,
    }
)  # fmt: skip
_ELICITATION = Object(
    {
        **each(WORD, "mode elicitationId"), "message": TEXT, "requestedSchema": SCHEMA,
        "url": FREE, **_TASKED,
    }
)  # fmt: skip
_REQUESTS: dict[str, Shape] = {
    "sampling/createMessage": _SAMPLING,
    "elicitation/create": _ELICITATION,
    "roots/list": _UNKNOWN,
}
_INPUT = Variants("method", {name: Object({"params": one}) for name, one in _REQUESTS.items()})
_SAMPLED = Object({**_MESSAGE, **each(WORD, "model stopReason resultType")})
_ELICITED = Object({"action": WORD, "content": FREE, "_meta": _META, "resultType": WORD})
_ROOT = Object({"uri": FREE, "name": TEXT, "_meta": _META})
_ROOTS = Object({"roots": Items(_ROOT), "_meta": _META, "resultType": WORD})

_AGAIN: dict[str, Shape] = {"inputResponses": Entries(_Response()), "requestState": RESULT}
_PAGE = Object({"cursor": RESULT, "_meta": _META})
_URI = Object({"uri": FREE, **_AGAIN, "_meta": _META})
_CALL = Object({"name": WORD, "arguments": FREE, **_AGAIN, **_TASKED})
_OF_A_TASK = Object({"taskId": WORD, "_meta": _META})
_FILTER = Object(
    {
        **each(NUMBER, "toolsListChanged promptsListChanged resourcesListChanged"),
        "resourceSubscriptions": Items(FREE),
    },
    others=FREE,
)
_LISTEN = Object({"notifications": _FILTER, "_meta": _META})
_SAYS: dict[str, Shape] = {
    "protocolVersion": WORD, "capabilities": FREE, "instructions": TEXT,
    **each(_IMPLEMENTATION, "clientInfo serverInfo"), "supportedVersions": Items(WORD),
}  # fmt: skip

_PARAMS: dict[str, Shape] = {
    "initialize": Object({**_SAYS, "_meta": _META}),
    **each(_PAGE, "tools/list prompts/list resources/list resources/templates/list tasks/list"),
    **each(_CALL, "tools/call prompts/get"),
    **each(_URI, "resources/read resources/subscribe resources/unsubscribe"),
    "completion/complete": Object({
        "ref": Variants("type", {
            "ref/prompt": Object({"name": WORD, "title": TEXT}),
            "ref/resource": Object({"uri": FREE}),
        }),
        "argument": Object({"name": WORD, "value": TEXT}),
        "context": Object({"arguments": FREE}), "_meta": _META,
    }),
    "logging/setLevel": Object({"level": WORD, "_meta": _META}),
    "subscriptions/listen": _LISTEN,
    **each(_OF_A_TASK, "tasks/get tasks/result tasks/cancel"),
    **_REQUESTS,
    "notifications/cancelled": Object({"requestId": NUMBER, "reason": TEXT, "_meta": _META}),
    "notifications/progress": Object({
        **each(NUMBER, "progressToken progress total"), "message": TEXT, "_meta": _META,
    }),
    "notifications/message": Object({"level": WORD, "logger": WORD, "data": FREE, "_meta": _META}),
    "notifications/resources/updated": Object({"uri": FREE, "title": TEXT, "_meta": _META}),
    "notifications/elicitation/complete": Object({"elicitationId": WORD, "_meta": _META}),
    "notifications/subscriptions/acknowledged": _LISTEN,
    "notifications/tasks/status": Object(_TASK),
}  # fmt: skip
_EVERY: dict[str, Shape] = {
    "_meta": _META, **each(WORD, "resultType cacheScope"), "ttlMs": NUMBER,
    "inputRequests": Entries(_INPUT), "requestState": RESULT, "task": Object(_TASK),
}  # fmt: skip
_CALLED: dict[str, Shape] = {
    "content": _MESSAGE["content"], "structuredContent": FREE, "isError": NUMBER, **_EVERY,
}  # fmt: skip


def _listed(name: str, one: Shape) -> Object:
    return Object({name: Items(one), "nextCursor": RESULT, **_EVERY})


_PROMPT = Object({**_NAMED, "arguments": Items(Object({**_NAMED, "required": NUMBER}))})
_RESULTS: dict[str, Shape] = {
    **each(Object({**_SAYS, **_EVERY}), "initialize server/discover"),
    "tools/list": _listed("tools", _TOOL),
    "prompts/list": _listed("prompts", _PROMPT),
    "resources/list": _listed("resources", Object(_RESOURCE)),
    "resources/templates/list": _listed("resourceTemplates", Object(_RESOURCE)),
    "tasks/list": _listed("tasks", Object(_TASK)),
    "tools/call": Object(_CALLED),
    "prompts/get": Object({"description": TEXT, "messages": Items(Object(_MESSAGE)), **_EVERY}),
    "resources/read": Object({"contents": Items(_CONTENTS), **_EVERY}),
    "completion/complete": Object({
        "completion": Object({"values": Items(TEXT), **each(NUMBER, "total hasMore")}), **_EVERY,
    }),
    **each(Object({**_EVERY, **_TASK}), "tasks/get tasks/cancel"),
    "tasks/result": Object({**_CALLED, **_SAMPLED.fields, **_CALLED, "action": WORD}),
    "sampling/createMessage": _SAMPLED,
    "elicitation/create": _ELICITED,
    "roots/list": _ROOTS,
}  # fmt: skip
_RESERVED: dict[str, Shape] = {
    "progressToken": NUMBER,
    "io.modelcontextprotocol/protocolVersion": WORD,
    "io.modelcontextprotocol/logLevel": WORD,
    "io.modelcontextprotocol/subscriptionId": NUMBER,
    "io.modelcontextprotocol/clientInfo": _IMPLEMENTATION,
    "io.modelcontextprotocol/serverInfo": _IMPLEMENTATION,
    "io.modelcontextprotocol/clientCapabilities": FREE,
    "io.modelcontextprotocol/related-task": Object({"taskId": WORD}),
}
_ERROR = Tables("mcp.error", Object({"code": NUMBER, "message": TEXT, "data": FREE}), _UNKNOWN)
_STRANGE = Tables("mcp.params", _UNKNOWN, _UNKNOWN)
_PLAIN = Tables("mcp.result", Object(_EVERY), _UNKNOWN)
_ASKED = {name: Tables("mcp.params", shape, _UNKNOWN) for name, shape in _PARAMS.items()}
_ANSWERED = {name: Tables("mcp.result", shape, _UNKNOWN) for name, shape in _RESULTS.items()}

METHODS = frozenset({*_PARAMS, *_RESULTS})
"""The methods whose messages are known."""

_CARRYING = frozenset(
    {
        *("tools/call", "prompts/get", "resources/read", "completion/complete", "tasks/result"),
        *("sampling/createMessage", "elicitation/create", "notifications/message"),
    }
)
_CHANGED = frozenset(
    f"notifications/{what}/list_changed" for what in ("tools", "prompts", "resources", "roots")
)
BARE = (METHODS | _CHANGED | {"ping", "notifications/initialized"}) - _CARRYING
"""The methods of the protocol itself, whose messages hold no data where they hold no text."""


def asked(method: str, params: Any) -> Walked:
    """The parameters of a request or a notification taken apart.

    Args:
        method: Its method.
        params: An object with members.

    Raises:
        InputError: If it is none.
    """
    return _ASKED.get(method, _STRANGE).request(params)


def answered(method: str, result: Any) -> Walked:
    """The result of a request taken apart.

    Args:
        method: The request's method.
        result: An object with members.

    Raises:
        InputError: If it is none.
    """
    return _ANSWERED.get(method, _PLAIN).request(result)


def failed(error: Any) -> Walked:
    """The error of a request taken apart (JSON-RPC 2.0 §5.1).

    Raises:
        InputError: If it is no object with members.
    """
    return _ERROR.request(error)
