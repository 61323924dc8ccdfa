"""Requests and answers between the application and whatever speaks HTTP (ASGI 3)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from guard.doors.refusal import Problem
from guard.errors import InputError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[str, str]

_LINGER_S = 2.0
"""How long a body that nobody wants is let in, so that its sender reads why."""


class Disconnected(Exception):  # noqa: N818  (nobody waits any more)
    """The caller went away."""


class Unacceptable(InputError):  # noqa: N818  (a refusal is an answer, not an error)
    """A request that is refused for its form.

    Args:
        message: What is wrong.
        status: What is answered.
        remedy: What to do.
        headers: Headers of the answer.
    """

    def __init__(
        self, message: str, *, status: int, remedy: str = "", headers: tuple[Header, ...] = ()
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.status, self.headers = status, headers


class Incoming:
    """A request as it comes.

    Args:
        scope: What ASGI says of it.
        receive: Where its body comes from.

    Attributes:
        method: The method.
        path: The path as it stands on the wire, so that nothing is decoded twice.
        query: What follows it there.
        headers: Values by name in lower case.
        read: Whether all of the body came.
    """

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self.method = str(scope["method"])
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        self.path = raw.partition(b"?")[0].decode("latin-1")
        self.query = bytes(scope.get("query_string", b"")).decode("latin-1")
        self.headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            held = self.headers.setdefault(name.decode("latin-1").lower(), [])
            held.append(value.decode("latin-1"))
        self.read = False

    async def body(self, limit: int, limit_s: float) -> bytes:
        """The body, whole.

        Args:
            limit: Bytes it may have.
            limit_s: Seconds it may take.

        Raises:
            Unacceptable: 413 if it is longer, 408 if it takes longer.
            Disconnected: If it ends before its end.
        """
        said = self.headers.get("content-length", ["0"])[0]
        if said.isdecimal() and int(said[:18]) > limit:
            raise _long(limit)
        try:
            async with asyncio.timeout(limit_s):
                return await self._all(limit)
        except TimeoutError:
            raise Unacceptable("the body did not come in time", status=408) from None

    async def _all(self, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self._receive()
            if message["type"] != "http.request":
                raise Disconnected
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise _long(limit)
            parts.append(part)
            if not message.get("more_body", False):
                self.read = True
                return parts[0] if len(parts) == 1 else b"".join(parts)

    async def gone(self) -> None:
        """Wait until the caller has gone, or its answer has ended."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def drained(self) -> None:
        """Let the rest of the body in and forget it, for a short while."""
        try:
            async with asyncio.timeout(_LINGER_S):
                while True:
                    message = await self._receive()
                    if message["type"] != "http.request" or not message.get("more_body", False):
                        return
        except TimeoutError:
            return


def _long(limit: int) -> Unacceptable:
    return Unacceptable(f"the body is longer than {limit} bytes", status=413)


class Outlet:
    """Where an answer goes.

    Args:
        incoming: The request that it answers.
        send: Where its parts go.

    Attributes:
        status: The status that was sent, 0 before that.
    """

    def __init__(self, incoming: Incoming, send: Send) -> None:
        self._incoming, self._send = incoming, send
        self.status = 0
        said = incoming.headers
        self._bodied = "transfer-encoding" in said or said.get("content-length", ["0"]) != ["0"]

    async def whole(
        self, status: int, headers: Iterable[Header], body: bytes, *, close: bool = False
    ) -> None:
        """A whole answer."""
        length = ("content-length", str(len(body)))
        ended = (("connection", "close"),) if close else ()
        await self.start(status, (*headers, length, *ended))
        if not close:
            await self._send({"type": "http.response.body", "body": body})
            return
        await self._send({"type": "http.response.body", "body": body, "more_body": True})
        await self._incoming.drained()
        await self._send({"type": "http.response.body", "body": b""})

    async def problem(self, problem: Problem, headers: Iterable[Header] = ()) -> None:
        """A refusal."""
        unread = not self._incoming.read and self._bodied
        await self.whole(
            problem.status,
            (*problem.headers, *headers),
            problem.body,
            close=unread,
        )

    async def start(self, status: int, headers: Iterable[Header]) -> None:
        """The head of an answer."""
        self.status = status
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({"type": "http.response.start", "status": status, "headers": encoded})

    async def part(self, body: bytes, limit_s: float) -> None:
        """A part of an answer.

        Args:
            body: The part.
            limit_s: Seconds for which its reader may let it wait.

        Raises:
            Disconnected: If it does.
        """
        try:
            async with asyncio.timeout(limit_s):
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        except (TimeoutError, OSError):
            raise Disconnected from None

    async def end(self) -> None:
        """The end of an answer in parts; without it the connection is broken off."""
        await self._send({"type": "http.response.body", "body": b""})
