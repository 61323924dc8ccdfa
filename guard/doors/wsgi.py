"""Middleware for WSGI (PEP 3333): the twin of `guard.doors.asgi`.

app = GuardWSGIMiddleware(app, guard=g)
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.inbound import LIMIT, Inbound, TooLong
from guard.doors.refusal import Problem, problem
from guard.doors.reply import Reply
from guard.doors.wire import Header, Sent
from guard.errors import GuardError, InputError

if TYPE_CHECKING:
    from guard.gate.gate import Gate

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]
Circumstanced = Circumstances | Callable[[Environ], Circumstances]

_BLOCK = 64 * 2**10


class GuardWSGIMiddleware:
    """A WSGI application in front of another.

    Args:
        app: The application.
        guard: Who decides.
        to: What the application is: ids of destinations, in order of preference; None for the
            configured ones.
        circumstances: What holds of every request, or from the environment of one to what holds of
            it. Headers of callers are not believed.
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

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (PEP 3333)."""
        path = _text(environ.get("SCRIPT_NAME", "")) + _text(environ.get("PATH_INFO", ""))
        inside = _text(environ.get("PATH_INFO", ""))
        if not (self._inbound.guards(path) or self._inbound.guards(inside)):
            return self._app(environ, start_response)
        try:
            sent = _sent(environ, _read(environ, self._limit))
            exchange, released = self._inbound.submit(sent, self._inbound.circumstances(environ))
        except GuardError as error:
            return _refuse(start_response, self._inbound.refused(error))
        answering = _Answering(exchange, start_response, bare=sent.method == "HEAD")
        try:
            answering.parts = self._app(_inner(environ, released), answering.start)
        except BaseException:
            answering.close()
            raise
        return answering


def _text(native: str) -> str:
    """A string of the environment, which carries bytes (PEP 3333, "Unicode Issues")."""
    return native.encode("latin-1").decode(errors="replace")


def _read(environ: Environ, limit: int) -> bytes:
    """The whole body.

    Raises:
        TooLong: If it is longer than `limit`.
        InputError: If its length is nonsense, or it breaks off.
    """
    said = environ.get("CONTENT_LENGTH") or ""
    if said and not (said.isascii() and said.isdigit()):
        raise InputError("the length of the body is no number")
    length = int(said) if said else None
    if length is not None and length > limit:
        raise TooLong.beyond(limit)
    if length is None and not environ.get("wsgi.input_terminated"):
        if environ.get("HTTP_TRANSFER_ENCODING"):
            raise InputError(
                "the server does not say where the body ends", remedy="send a content-length"
            )
        return b""
    stream, parts, size = environ["wsgi.input"], [], 0
    while length is None or size < length:
        part = stream.read(_BLOCK if length is None else min(_BLOCK, length - size))
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > limit:
            raise TooLong.beyond(limit)
    if length is not None and size < length:
        raise InputError("the body breaks off")
    return b"".join(parts)


def _sent(environ: Environ, body: bytes) -> Sent:
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    path = quote(path.encode("latin-1"))
    query = environ.get("QUERY_STRING", "")
    headers = [
        (name.removeprefix("HTTP_").replace("_", "-").lower(), value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    headers += [
        (name.replace("_", "-").lower(), environ[name])
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH")
        if environ.get(name)
    ]
    method = environ["REQUEST_METHOD"].upper()
    return Sent(method, f"{path}?{query}" if query else path, tuple(headers), body)


def _inner(environ: Environ, released: Sent) -> Environ:
    """The environment that the application sees, without what sends a file around us."""
    inner = {
        name: value
        for name, value in environ.items()
        if not name.startswith("HTTP_") and name not in {"CONTENT_LENGTH", "wsgi.file_wrapper"}
    }
    for name, value in released.headers:
        key = name.upper().replace("-", "_")
        inner[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
    inner["wsgi.input"] = io.BytesIO(released.body)
    inner["wsgi.input_terminated"] = True
    return inner


def _refuse(start_response: StartResponse, refusal: Problem) -> list[bytes]:
    body = refusal.body
    headers = [*refusal.headers, ("Content-Length", str(len(body)))]
    start_response(f"{refusal.status} {HTTPStatus(refusal.status).phrase}", headers)
    return [body]


class _Answering:
    """The answer of the application, treated as it is iterated over.

    Args:
        exchange: The request that is answered.
        start_response: The server's.
        bare: Whether the answer has no body, whatever its headers say.

    Attributes:
        parts: What the application returned.
    """

    def __init__(self, exchange: Exchange, start_response: StartResponse, *, bare: bool) -> None:
        self.parts: Iterable[bytes] = ()
        self._exchange, self._server, self._bare = exchange, start_response, bare
        self._reply: Reply | None = None
        self._refused: GuardError | None = None
        self._status = ""
        self._begun = False
        self._written: list[bytes] = []

    def start(
        self, status: str, headers: Sequence[Header], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        """What the application is given as ``start_response``.

        Raises:
            AssertionError: If it is called twice without an error.
        """
        if exc_info is not None and self._begun:
            try:
                raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        if self._status and exc_info is None:
            raise AssertionError("the answer has been started already")
        if self._reply is not None:
            self._reply.abandon()
        self._status = status
        self._reply, self._refused = None, None
        try:
            self._reply = self._exchange.reply(int(status[:3]), tuple(headers))
        except GuardError as error:
            self._refused = error  # the application is not to answer for it
        return self._written.append

    def __iter__(self) -> Iterator[bytes]:
        try:
            for part in self.parts:
                ready = self._fed(*self._taken(), part)
                if self._begun or ready or (self._reply is not None and self._reply.streamed):
                    self._open(None)
                    yield ready
            rest = self._fed(*self._taken()) + self._closed()
            self._open(len(rest))
            yield rest
        except GuardError as error:
            if self._begun:  # all that is left is to cut it
                raise
            self._begun = True
            yield from _refuse(self._server, problem(error))

    def close(self) -> None:
        """Called by the server at the end, however it came."""
        try:
            close = getattr(self.parts, "close", None)
            if close is not None:
                close()
        finally:
            if self._reply is not None:
                self._reply.abandon()
            elif self._refused is None:
                self._exchange.failed("abandoned")

    def _taken(self) -> list[bytes]:
        """What the application has written by the callable that it was given."""
        written, self._written[:] = list(self._written), []
        return written

    def _fed(self, *parts: bytes) -> bytes:
        if self._refused is not None:
            raise self._refused
        if self._reply is None:
            raise AssertionError("a body came before its start")
        return b"".join([self._reply.feed(part) for part in parts])

    def _closed(self) -> bytes:
        return b"" if self._reply is None else self._reply.close()

    def _open(self, length: int | None) -> None:
        if self._begun or self._reply is None:
            return
        headers = list(self._reply.headers)
        if length is not None and not self._bare and self._status[:3] not in {"204", "304"}:
            headers.append(("Content-Length", str(length)))
        self._begun = True
        self._server(self._status, headers)
