"""Transports for `httpx` and `httpx2`: every request is decided before it leaves.

The URL on the wire is the truth about the destination, also after a redirect: each hop passes
through the transport and is decided again. `httpx2` stands under `openai` from 3 and `anthropic`
from 1 on, `httpx` under older ones; neither is imported unless a client of it is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.kits import REFUSAL, SIGN, origin
from guard.doors.refusal import problem
from guard.doors.reply import Reply
from guard.doors.wire import Sent
from guard.errors import ConfigError, GuardError
from guard.log.answered import Outcome

if TYPE_CHECKING:
    from guard.gate.gate import Gate

FAMILIES = ("httpx2", "httpx")


class GuardTransport:
    """Base of the guarded transports; make one with `guarded`.

    Args:
        library: ``httpx`` or ``httpx2``.
        inner: The transport that sends.
        guard: Who decides.
        circumstances: What holds for every request.
        answers: Whether a refusal is an answer with status 403 or 503 (RFC 9457), as software
            development kits expect; otherwise it is raised.
    """

    def __init__(
        self,
        library: ModuleType,
        inner: Any,
        guard: Gate,
        circumstances: Circumstances,
        *,
        answers: bool,
    ) -> None:
        self.library, self.inner, self.guard = library, inner, guard
        self.circumstances, self.answers = circumstances, answers

    def _exchange(self) -> Exchange:
        return Exchange(self.guard, self.circumstances)

    def _request(self, request: Any, sent: Sent) -> Any:
        return self.library.Request(
            sent.method,
            request.url,
            headers=sent.headers,
            content=sent.body,
            extensions={k: v for k, v in request.extensions.items() if k != SIGN},
        )

    def _signer(self, request: Any) -> Callable[[Any], Any]:
        """What signs the request that leaves, if it goes where it was meant to go."""
        sign, meant = request.extensions.get(SIGN, (None, None))
        return sign if sign is not None and meant == origin(request) else _unsigned

    def _response(self, request: Any, response: Any, reply: Reply, stream: Any) -> Any:
        return self.library.Response(
            response.status_code,
            headers=reply.headers,
            stream=stream,
            extensions=response.extensions,
            request=request,
        )

    def _outcome(self, error: BaseException) -> Outcome:
        """What there was instead of an answer; what is no error is a caller that went away."""
        if isinstance(error, (self.library.ConnectError, self.library.ConnectTimeout)):
            return "connect"
        if isinstance(error, self.library.TimeoutException):
            return "timeout"
        return "cut" if isinstance(error, Exception) else "abandoned"

    def _refused(self, request: Any, error: GuardError) -> Any:
        if not self.answers:
            raise error
        refusal = problem(error)
        # A refusal is an answer: asking the same again gets the same.
        headers = (*refusal.headers, ("x-should-retry", "false"))
        return self.library.Response(
            refusal.status,
            headers=headers,
            content=refusal.body,
            request=request,
            extensions={REFUSAL: error},
        )


def _unsigned(_: Any) -> None:
    """Nothing is signed."""


def _sent(request: Any, body: bytes) -> Sent:
    return Sent(request.method, str(request.url), tuple(request.headers.multi_items()), body)


def _received(response: Any) -> tuple[tuple[str, str], ...]:
    return tuple(response.headers.multi_items())


class _Restored:
    """The body of an answer, restored as it comes."""

    def __init__(self, inner: Any, reply: Reply) -> None:
        self._inner, self._reply = inner, reply

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._inner:
                if ready := self._reply.feed(chunk):
                    yield ready
        except Exception:
            self._reply.abandon(cut=True)
            raise
        if rest := self._reply.close():
            yield rest

    def close(self) -> None:
        try:
            self._inner.close()
        finally:
            self._reply.abandon()


class _RestoredAsync:
    """The same for an event loop."""

    def __init__(self, inner: Any, reply: Reply) -> None:
        self._inner, self._reply = inner, reply

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._inner:
                if ready := self._reply.feed(chunk):
                    yield ready
        except Exception:
            await asyncio.to_thread(self._reply.abandon, cut=True)
            raise
        if rest := await asyncio.to_thread(self._reply.close):
            yield rest

    async def aclose(self) -> None:
        try:
            await self._inner.aclose()
        finally:
            await asyncio.to_thread(self._reply.abandon)


class _Sync(GuardTransport):
    """The transport of a sync client."""

    stream: type[Any]

    def handle_request(self, request: Any) -> Any:
        """Decide, send what may leave, and restore the answer."""
        exchange = self._exchange()
        try:
            sent = exchange.submit(_sent(request, request.read()))
        except GuardError as error:
            return self._refused(request, error)
        try:
            leaving = self._request(request, sent)
            self._signer(request)(leaving)
            response = self.inner.handle_request(leaving)
        except BaseException as error:
            exchange.failed(self._outcome(error))
            raise
        try:
            reply = exchange.reply(response.status_code, _received(response))
        except GuardError as error:
            response.close()
            return self._refused(request, error)
        return self._response(request, response, reply, self.stream(response.stream, reply))

    def __enter__(self) -> Any:
        self.inner.__enter__()
        return self

    def __exit__(self, *how: object) -> None:
        self.inner.__exit__(*how)

    def close(self) -> None:
        """Close the transport that sends."""
        self.inner.close()


class _Async(GuardTransport):
    """The transport of an async client."""

    stream: type[Any]

    async def handle_async_request(self, request: Any) -> Any:
        """Decide, send what may leave, and restore the answer."""
        exchange = self._exchange()
        try:
            sent = _sent(request, await request.aread())
            sent = await asyncio.to_thread(exchange.submit, sent)
        except GuardError as error:
            return self._refused(request, error)
        try:
            leaving = self._request(request, sent)
            if (signed := self._signer(request)(leaving)) is not None:
                await signed
            response = await self.inner.handle_async_request(leaving)
        except BaseException as error:
            await asyncio.shield(asyncio.to_thread(exchange.failed, self._outcome(error)))
            raise
        try:
            reply = exchange.reply(response.status_code, _received(response))
        except GuardError as error:
            await response.aclose()
            return self._refused(request, error)
        return self._response(request, response, reply, self.stream(response.stream, reply))

    async def __aenter__(self) -> Any:
        await self.inner.__aenter__()
        return self

    async def __aexit__(self, *how: object) -> None:
        await self.inner.__aexit__(*how)

    async def aclose(self) -> None:
        """Close the transport that sends."""
        await self.inner.aclose()


@cache
def classes(library: ModuleType) -> tuple[type[Any], type[Any]]:
    """The guarded transports of a library, for its sync and its async client."""
    body = type("Restored", (_Restored, library.SyncByteStream), {})
    body_async = type("RestoredAsync", (_RestoredAsync, library.AsyncByteStream), {})
    return (
        type("SyncTransport", (_Sync, library.BaseTransport), {"stream": body}),
        type("AsyncTransport", (_Async, library.AsyncBaseTransport), {"stream": body_async}),
    )


def guarded(
    inner: Any, guard: Gate, circumstances: Circumstances | None = None, *, answers: bool = False
) -> Any:
    """A transport that decides about each request and hands it to another.

    Args:
        inner: A transport of `httpx` or `httpx2`, sync or async.
        guard: Who decides.
        circumstances: What holds for every request.
        answers: See `GuardTransport`.

    Raises:
        ConfigError: If it is not a transport of theirs.
    """
    library, is_async = family(inner)
    if isinstance(inner, GuardTransport):
        raise ConfigError("this client is guarded already", remedy="wrap it once")
    made = classes(library)[is_async]
    return made(library, inner, guard, circumstances or Circumstances(), answers=answers)


def family(transport: Any) -> tuple[ModuleType, bool]:
    """The library of a transport, and whether it is an async one.

    Raises:
        ConfigError: If it is of neither library.
    """
    import sys  # noqa: PLC0415  (what is not loaded has made no transport)

    for name in FAMILIES:
        library = sys.modules.get(name)
        if library is None:
            continue
        if isinstance(transport, library.BaseTransport):
            return library, False
        if isinstance(transport, library.AsyncBaseTransport):
            return library, True
    raise ConfigError(
        f"{type(transport).__name__} is no transport of httpx or httpx2",
        remedy="wrap a client of the openai, anthropic or mistralai packages",
    )
