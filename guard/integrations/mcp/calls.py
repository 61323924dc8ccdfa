"""HTTP calls of one server: a connection each, dropped together."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from guard.errors import ConfigError

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CONNECT_S = 10.0
VISIBLE = re.compile(r"[!-~]+")
"""What may stand in a header or a request's first line, without white space."""


class Calls:
    """What calls a server.

    Args:
        url: Its endpoint.
        headers: Those of every call.

    Raises:
        ConfigError: If the URL is none, or leaves this machine without TLS.

    Attributes:
        headers: Those of every call; more may be put there.
    """

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self._host, self._port, self._tls, self._target = _address(url)
        self._context = ssl.create_default_context() if self._tls else None
        self.headers = {
            "content-type": "application/json",
            "accept": "application/json, text/event-stream",
            "accept-encoding": "identity",
            **headers,
        }
        self._lock, self._closed = threading.Lock(), False
        self._open: set[HTTPConnection] = set()

    @contextlib.contextmanager
    def call(
        self, method: str, body: bytes = b"", *, within_s: float | None = None
    ) -> Iterator[HTTPResponse]:
        """One call, whose answer has begun.

        Args:
            method: Of HTTP.
            body: What is sent.
            within_s: Seconds that the server may be silent; a tool takes as long as it takes.

        Raises:
            OSError: If it cannot be made, or everything was dropped.
            HTTPException: If the answer is none.
        """
        connection = self._connection()
        try:
            with self._lock:
                if self._closed:
                    raise ConnectionAbortedError
                self._open.add(connection)
            connection.connect()
            connection.sock.settimeout(within_s)
            connection.request(method, self._target, body or None, dict(self.headers))
            yield connection.getresponse()
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def close(self) -> None:
        """Drop every connection; whoever waits for an answer gets none."""
        with self._lock:
            self._closed = True
            for connection in self._open:
                if connection.sock is not None:
                    with contextlib.suppress(OSError):
                        connection.sock.shutdown(socket.SHUT_RDWR)

    def _connection(self) -> HTTPConnection:
        if self._context is None:
            return HTTPConnection(self._host, self._port, timeout=_CONNECT_S)
        return HTTPSConnection(self._host, self._port, timeout=_CONNECT_S, context=self._context)


def _address(url: str) -> tuple[str, int, bool, str]:
    """Host, port, whether it has TLS, and what is asked for there."""
    if not VISIBLE.fullmatch(url):  # `urlsplit` would mend it
        raise ConfigError("the server's URL is none", remedy="write what is not ASCII as %XX")
    try:
        at = urlsplit(url)
        port = at.port
    except ValueError:
        raise ConfigError("the server's URL is none") from None
    host, tls = at.hostname or "", at.scheme == "https"
    if at.scheme not in {"http", "https"} or not host or at.username is not None or at.fragment:
        raise ConfigError("the server's URL is none", remedy="https://host/path")
    if not tls and host not in _LOOPBACK:
        raise ConfigError("the server's URL has no TLS", remedy="use https")
    path = at.path or "/"
    target = f"{path}?{at.query}" if at.query else path
    return host, port or (443 if tls else 80), tls, target
