"""Middleware for ASGI: in front of an application of one's own, a model server or a service.

    app = GuardMiddleware(app, guard=g)

What comes is decided about before the application sees it, and its answer is treated like any
other. Pure ASGI: an answer that is streamed is passed on as it comes, and the application sees a
caller that goes away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.inbound import LIMIT, Inbound, TooLong
from guard.doors.refusal import Problem, problem
from guard.doors.reply import Reply
from guard.doors.wire import Sent
from guard.errors import GuardError

if TYPE_CHECKING:
    from guard.gate.gate import Gate

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Circumstanced = Circumstances | Callable[[Scope], Circumstances]

_POLICY_VIOLATION = 1008  # RFC 6455 §7.4.1


class Gone(Exception):  # noqa: N818 - a state, not an error
    """The caller went away before its request had come."""


class GuardMiddleware:
    """An ASGI application in front of another.

    Args:
        app: The application.
        guard: Who decides.
        to: What the application is: ids of destinations, in order of preference; None for the
            configured ones.
        circumstances: What holds of every request, or from the scope of one to what holds of it.
            Headers of callers are not believed.
        paths: The beginnings of the paths that are guarded; all if not given.
        limit: Bytes that a body may have.

    Raises:
        ConfigError: If no destination is named or configured, or one is unknown.
    """

    def __init__(
        self,
        app: App,
        *,
        guard: Gate,
        to: str | Sequence[str] | None = None,
        circumstances: Circumstanced | None = None,
        paths: Iterable[str] | None = None,
        limit: int = LIMIT,
    ) -> None:
        self._app, self._limit = app, limit
        self._inbound = Inbound(guard, to, circumstances, paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI 3.0)."""
        kind = scope["type"]
        if kind == "lifespan" or not self._inbound.guards(scope.get("path")):
            await self._app(scope, receive, send)
        elif kind == "http":
            await self._http(scope, receive, send)
        elif kind == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "guarded"})
        else:
            raise RuntimeError(f"nobody can govern an ASGI scope of the type {str(kind)[:32]!r}")

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _read(scope, receive, self._limit)
            sent = _sent(scope, body)
            how = self._inbound.circumstances(scope)
            exchange, released = await asyncio.to_thread(self._inbound.submit, sent, how)
        except Gone:
            return
        except GuardError as error:
            await _refuse(send, await asyncio.to_thread(self._inbound.refused, error))
            return
        answering = _Answering(exchange, send, bare=sent.method == "HEAD")
        try:
            await self._app(_inner(scope, released), _replay(released, receive), answering)
            answering.end()
        finally:
            await asyncio.shield(asyncio.to_thread(answering.abandon))


async def _read(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        TooLong: If it is longer than `limit`.
        Gone: If nobody waits for an answer any more.
    """
    said = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    if any(value.isdigit() and int(value) > limit for value in said):
        raise TooLong.beyond(limit)
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise TooLong.beyond(limit)
        more = message.get("more_body", False)
    return b"".join(parts)


def _sent(scope: Scope, body: bytes) -> Sent:
    raw = scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(scope["path"])
    query = scope.get("query_string", b"").decode("latin-1")
    headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
    path = path.partition("?")[0]
    return Sent(scope["method"].upper(), f"{path}?{query}" if query else path, headers, body)


def _inner(scope: Scope, released: Sent) -> Scope:
    """The scope that the application sees.

    What would send a file around `send`, or something after the answer, is not offered to it.
    """
    headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in released.headers]
    offered = {
        name: value
        for name, value in (scope.get("extensions") or {}).items()
        if not name.startswith("http.response.")
    }
    return {**scope, "headers": headers, "extensions": offered}


def _replay(released: Sent, receive: Receive) -> Receive:
    """Gives the body that may come, and then what comes after it."""
    pending = [{"type": "http.request", "body": released.body, "more_body": False}]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed


async def _refuse(send: Send, refusal: Problem) -> None:
    body = refusal.body
    headers = [(n.encode(), v.encode()) for n, v in refusal.headers]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class _Answering:
    """What the application is given as `send`.

    Args:
        exchange: The request that is answered.
        send: The server's.
        bare: Whether the answer has no body, whatever its headers say.
    """

    def __init__(self, exchange: Exchange, send: Send, *, bare: bool) -> None:
        self._exchange, self._send, self._bare = exchange, send, bare
        self._reply: Reply | None = None
        self._start: Message | None = None
        self._refused: GuardError | None = None
        self._over = False

    async def __call__(self, message: Message) -> None:
        """Take a message of the application.

        Raises:
            GuardError: If the answer had begun and cannot go on.
        """
        if self._over:
            return
        if self._refused is not None:
            raise self._refused
        try:
            await self._taken(message)
        except GuardError as error:
            if self._start is None:  # the answer has begun: all that is left is to cut it
                self._refused = error
                raise
            self._start, self._over = None, True
            await _refuse(self._send, problem(error))

    async def _taken(self, message: Message) -> None:
        kind = message["type"]
        if kind == "http.response.start":
            await self._begin(message)
        elif kind == "http.response.body":
            await self._part(message)
        else:
            raise RuntimeError(f"nobody can govern an ASGI message {str(kind)[:64]!r}")

    def end(self) -> None:
        """The application has returned.

        Raises:
            GuardError: If its answer was cut, and it has not noticed: the server cuts it, too.
        """
        if self._refused is not None:
            raise self._refused

    def abandon(self) -> None:
        """Nothing will come any more."""
        if self._reply is not None:
            self._reply.abandon()
        elif not self._over:
            self._exchange.failed("abandoned")

    async def _begin(self, message: Message) -> None:
        headers = tuple(
            (bytes(n).decode("latin-1"), bytes(v).decode("latin-1"))
            for n, v in message.get("headers", ())
        )
        self._start = {k: v for k, v in message.items() if k != "trailers"}
        self._reply = self._exchange.reply(message["status"], headers)
        if self._reply.streamed:
            await self._open(None)

    async def _open(self, length: int | None) -> None:
        start, reply = self._start, self._reply
        if start is None or reply is None:
            return
        headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in reply.headers]
        if length is not None and not self._bare and start["status"] not in {204, 304}:
            headers.append((b"content-length", str(length).encode()))
        self._start = None
        await self._send({**start, "headers": headers})

    async def _part(self, message: Message) -> None:
        reply = self._reply
        if reply is None:
            raise RuntimeError("a body came before its start")
        more = message.get("more_body", False)
        ready = reply.feed(message.get("body", b""))
        if not more:
            ready += await asyncio.to_thread(reply.close)
            await self._open(len(ready))
        if not more or (ready and self._start is None):
            await self._send({"type": "http.response.body", "body": ready, "more_body": more})
