"""uvicorn's HTTP/1.1 on httptools, with limits on what comes before, around and after a body."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from guard.doors.refusal import MEDIA_TYPE
from guard.gateway.serving import ServerSection

_FRAMING = 8
"""Bytes on the wire for one of a body: a chunk of one byte takes six."""


class LimitedProtocol(HttpToolsProtocol):
    """The protocol of one connection; make its class with `limited`."""

    head_bytes: ClassVar[int]
    head_s: ClassVar[float]
    message_bytes: ClassVar[int]

    _timer: asyncio.TimerHandle | None = None
    _in_head = True
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection that says nothing does not stay."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came. The parser keeps a header until it is whole, however long it grows."""
        self._size += len(data)
        super().data_received(data)
        if self._size > (self.head_bytes if self._in_head else self.message_bytes):
            self._refuse(431, "Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._size = 0
        self._expect_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer, which nobody reads."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All headers are there."""
        self._head_came()
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's method
        """What is no HTTP is refused, and the connection with it: nobody knows what follows."""
        self._refuse(400, "Bad Request")

    def _expect_head(self) -> None:
        self._head_came()
        self._in_head = True
        self._timer = self.loop.call_later(self.head_s, self._late)

    def _head_came(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

    def _refuse(self, status: int, title: str) -> None:
        """Refuse what cannot be read. While an answer is under way it is broken off instead."""
        if self.transport.is_closing():
            return
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete:
            body = orjson.dumps({"type": "about:blank", "title": title, "status": status})
            head = (
                f"HTTP/1.1 {status} {title}\r\ncontent-type: {MEDIA_TYPE}\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()


def limited(server: ServerSection) -> type[LimitedProtocol]:
    """The protocol with the limits of a configuration."""
    limits = {
        "head_bytes": server.head_bytes,
        "head_s": server.head_s,
        "message_bytes": server.head_bytes + _FRAMING * server.body_bytes,
    }
    return type("GatewayProtocol", (LimitedProtocol,), limits)
