"""A message of the Model Context Protocol: JSON-RPC 2.0 in UTF-8, one message a line.

Source: https://www.jsonrpc.org/specification; transports of the Model Context Protocol. Batches,
which one revision (2025-03-26) had, are refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from guard.dialects import parse
from guard.dialects.words import is_word
from guard.doors.refusal import problem
from guard.errors import Denied, GuardError, InputError

Id = int | str
Kind = Literal["request", "notification", "result", "error"]

TOKEN = ("_meta", "progressToken")
"""Where a request names its progress."""
_LONGEST = 256
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND = -32700, -32600, -32601
DENIED, UNDECIDED, GONE = -32010, -32011, -32012
"""Errors of ours: -32000 to -32019 are an implementation's own (MCP 2026-07-28, error codes)."""

_SHAPES: dict[frozenset[str], Kind] = {
    frozenset({"id", "method", "params"}): "request",
    frozenset({"id", "method"}): "request",
    frozenset({"method", "params"}): "notification",
    frozenset({"method"}): "notification",
    frozenset({"id", "result"}): "result",
    frozenset({"id", "error"}): "error",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Args:
        kind: What it is.
        id: The request's id as its sender chose it; None for a notification, and for an error about
            a request whose id could not be read.
        method: Of a request or a notification; a word of the protocol.
        body: Its parameters, result or error: an object, or None where there are no parameters.
    """

    kind: Kind
    id: Id | None = field(repr=False)
    method: str
    body: Any = field(repr=False)


def read(line: bytes) -> Message:
    """The message that a line is.

    Raises:
        InputError: If it is none, or not as every reader would read it.
    """
    document = parse(line)
    if type(document) is not dict or document.pop("jsonrpc", None) != "2.0":
        raise InputError("this is no message of JSON-RPC 2.0", remedy="send one message a line")
    kind = _SHAPES.get(frozenset(document))
    if kind is None:
        raise InputError("this is neither a request, a notification, a result nor an error")
    method = document.get("method", "")
    if type(method) is not str or (kind in {"request", "notification"} and not is_word(method)):
        raise InputError("the method is no word of the protocol")
    body = document.get("params", document.get("result", document.get("error")))
    if type(body) is not dict and not (body is None and "params" not in document and method):
        raise InputError("parameters, results and errors are objects")
    token = member(body, *TOKEN) if kind == "request" else None
    if token is not None and not _is_id(token):
        raise InputError("a progress token is what an id is")
    return Message(kind, _identified(kind, document.get("id")), method, body)


@dataclass(frozen=True, slots=True)
class Scrap:
    """What can be told of a line that cannot be read, so that nobody waits for ever.

    None of it is ever passed on to the other side.

    Args:
        id: The id that it seems to have.
        asks: Whether it seems to ask or tell something rather than to answer.
        anybodys: Whether it may be the answer to anything.
    """

    id: Id | None = field(default=None, repr=False)
    asks: bool = False
    anybodys: bool = False


def scrap(line: bytes) -> Scrap:
    """See `Scrap`; a line that was not kept is empty."""
    try:
        document = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return Scrap(anybodys=not line or line.lstrip()[:1] in {b"{", b"["})
    if type(document) is not dict:
        return Scrap(anybodys=type(document) is list)
    identity = document.get("id")
    known = identity if type(identity) in {int, str} else None
    return Scrap(known, asks="method" in document)


def _identified(kind: Kind, given: Any) -> Id | None:
    if kind == "notification" or (kind == "error" and given is None):
        return None
    if not _is_id(given):
        raise InputError(f"an id is a whole number, or a string of at most {_LONGEST} characters")
    identity: Id = given
    return identity


def _is_id(given: Any) -> bool:
    """Ids and progress tokens are kept while a request waits, so they are short."""
    return type(given) is int or (type(given) is str and len(given) <= _LONGEST)


def member(body: Any, *names: str) -> Any:
    """A member of a member; None if there is none."""
    for name in names:
        body = body.get(name) if type(body) is dict else None
    return body


def written(**members: Any) -> bytes:
    """A message as a line."""
    return orjson.dumps({"jsonrpc": "2.0", **members}, option=orjson.OPT_APPEND_NEWLINE)


def asking(number: int, method: str, body: Any) -> bytes:
    """A request as a line."""
    return written(id=number, **_named(method, body))


def telling(method: str, body: Any) -> bytes:
    """A notification as a line."""
    return written(**_named(method, body))


def _named(method: str, body: Any) -> dict[str, Any]:
    return {"method": method} if body is None else {"method": method, "params": body}


def error_of(error: GuardError) -> dict[str, Any]:
    """The error object that a refusal is for the side whose data they are.

    Its data are the problem details of RFC 9457: the decision's id, the rules that decided, what
    would make the transfer lawful; no text of the message.
    """
    details = problem(error).document
    code = INVALID_REQUEST if isinstance(error, InputError) else UNDECIDED
    if isinstance(error, Denied):
        code = DENIED
    shown = {name: value for name, value in details.items() if name not in {"error", "status"}}
    return {"code": code, "message": f"guard: {error}", "data": shown}


def refusal(identity: Id | None, error: GuardError, *, tell: bool) -> bytes:
    """The answer to a request that was refused, as a line.

    Args:
        identity: The request's id.
        error: Why.
        tell: Whether the answer says why; a stranger is told nothing of our rules.
    """
    shown = error_of(error)
    if not tell:
        shown = {"code": shown["code"], "message": "guard: refused"}
    return written(id=identity, error=shown)


def failure(identity: Id | None, code: int, said: str) -> bytes:
    """An answer of ours to a request, as a line.

    Args:
        identity: The request's id; None where it could not be read.
        code: Of the error.
        said: Words of ours.
    """
    return written(id=identity, error={"code": code, "message": f"guard: {said}"})
