"""Replicate over HTTP: a prediction is created, waited for or listened to, and cancelled.

A prediction is a thing that goes on by itself: whoever stops waiting for it has to say so. So what
nobody waits for any more is cancelled, and creating one says when it is to end in any case, since a
caller may go before its id is known. Source: replicate.com/docs/reference/http
(``predictions.create``, ``predictions.get``, ``predictions.cancel``, ``Cancel-After``) and
replicate.com/docs/topics/predictions/streaming.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guard.doors.reply import WHOLE
from guard.errors import InputError
from guard.gateway import replicate
from guard.gateway.auth import Header, Outgoing
from guard.gateway.predicted import STREAM, Listening, at_once, served
from guard.gateway.prediction import Chunks, Prediction, prediction
from guard.gateway.upstream_client import Arrived, Lost, UpstreamClient
from guard.gateway.upstreams import Route, Upstream

_FIRST_POLL_S, _LONGEST_POLL_S = 0.25, 2.0
_SHORTEST_LIFE_S = 5
"""The least that ``Cancel-After`` takes."""
_CANCEL_S = 5.0
_SAID = frozenset({"content-type", "accept", "prefer", "cancel-after"})
"""Headers of the request that creates a prediction, which later ones do not repeat."""


@dataclass(frozen=True, slots=True)
class Predict(Outgoing):
    """A request to create a prediction, and what its answer will be made of.

    Args:
        base: The upstream's base URL.
        model: The upstream's name of the model.
        streamed: Whether the caller wants a stream.
    """

    base: str = ""
    model: str = ""
    streamed: bool = False


def expressible(
    routes: Sequence[Route], dialect: str, document: Mapping[str, Any]
) -> tuple[Route, ...]:
    """The routes whose upstream can be told what a request asks for.

    Args:
        routes: The routes that serve its model.
        dialect: Its dialect.
        document: Its body. Treatment changes texts alone, so the answer holds for what is released.

    Raises:
        InputError: All of them are Replicate's, and a prediction cannot say it.
    """
    if not any(route.upstream.adapts(dialect) for route in routes):
        return tuple(routes)
    kept: list[Route] = []
    refused: InputError | None = None
    for route in routes:
        if route.upstream.adapts(dialect):
            try:
                replicate.request(document, route.upstream.url, route.model)
            except InputError as error:
                refused = error
                continue
        kept.append(route)
    if refused is not None and not kept:
        raise refused
    return tuple(kept)


def predict(route: Route, document: Mapping[str, Any]) -> Predict:
    """The request that creates the prediction that a released chat request asks for.

    Raises:
        InputError: As `expressible`.
    """
    upstream = route.upstream
    made = replicate.request(document, upstream.url, route.model)
    streamed = document.get("stream") is True
    headers = [*made.headers, ("accept-encoding", "identity"), *upstream.headers.items()]
    if not streamed:
        life = max(_SHORTEST_LIFE_S, math.ceil(upstream.first_byte_s))
        headers.append(("cancel-after", f"{life}s"))
    return Predict(
        "POST", made.url, tuple(headers), made.body,
        base=upstream.url, model=route.model, streamed=streamed,
    )  # fmt: skip


class PredictingClient(UpstreamClient):
    """The way out, which answers for Replicate in OpenAI's dialect."""

    def __init__(self, proxy: str = "") -> None:
        super().__init__(proxy)
        self._cancelling: set[asyncio.Task[None]] = set()

    async def send(self, upstream: Upstream, outgoing: Outgoing) -> Arrived:
        """See `UpstreamClient.send`."""
        if not isinstance(outgoing, Predict):
            return await super().send(upstream, outgoing)
        try:
            async with asyncio.timeout(upstream.first_byte_s):
                return await self._predicted(upstream, outgoing)
        except TimeoutError:
            raise Lost("timeout") from None
        except InputError:
            raise Lost("cut") from None

    async def close(self) -> None:
        """Close every connection, once the cancellations that are under way have been sent."""
        if self._cancelling:
            await asyncio.wait(self._cancelling, timeout=_CANCEL_S)
        await super().close()

    async def _predicted(self, upstream: Upstream, asked: Predict) -> Arrived:
        created = await super().send(upstream, asked)
        if not 200 <= created.status < 300:
            return created
        found = prediction(await created.whole(WHOLE), asked.base)
        drop = _Once(lambda: self._cancel(upstream, asked, found.id))
        try:
            if asked.streamed and found.stream:
                return await self._listened(upstream, asked, found, drop)
            arrived, found = await self._waited(upstream, asked, created, found)
        except BaseException:
            drop()
            raise
        if found.status != "succeeded":
            raise Lost("cut")
        return at_once(arrived, found, served(found, asked.model), streamed=asked.streamed)

    async def _waited(
        self, upstream: Upstream, asked: Predict, arrived: Arrived, found: Prediction
    ) -> tuple[Arrived, Prediction]:
        """Ask until it has ended; what does not answer now may answer the next time."""
        wait_s = _FIRST_POLL_S
        where = found.poll or f"{asked.base}/predictions/{found.id}"
        poll = Outgoing("GET", where, _later(asked, "application/json"), b"")
        while found.status == "pending":
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, _LONGEST_POLL_S)
            arrived = await super().send(upstream, poll)
            if arrived.status == 429 or arrived.status >= 500:
                arrived.end()
                continue
            if arrived.status != 200:
                arrived.end()
                raise Lost("cut")
            found = prediction(await arrived.whole(WHOLE), asked.base)
        return arrived, found

    async def _listened(
        self, upstream: Upstream, asked: Predict, found: Prediction, drop: Callable[[], None]
    ) -> Arrived:
        headers = (*_later(asked, STREAM), ("cache-control", "no-store"))
        arrived = await super().send(upstream, Outgoing("GET", found.stream, headers, b""))
        kind = next((v for n, v in arrived.headers if n.lower() == "content-type"), "")
        if arrived.status != 200 or not kind.lower().startswith(STREAM):
            arrived.end()
            raise Lost("cut")
        chunks = Chunks(found.id, served(found, asked.model), int(time.time()))
        listening = Listening(
            200, (("content-type", STREAM),), b"", arrived.response, arrived.idle_s,
            chunks=chunks, drop=drop,
        )  # fmt: skip
        try:
            listening.first = listening.translated(arrived.first) or await listening.more()
        except BaseException:
            arrived.end()
            raise
        return listening

    def _cancel(self, upstream: Upstream, asked: Predict, name: str) -> None:
        task = asyncio.get_running_loop().create_task(self._cancelled(upstream, asked, name))
        self._cancelling.add(task)
        task.add_done_callback(self._cancelling.discard)

    async def _cancelled(self, upstream: Upstream, asked: Predict, name: str) -> None:
        """Tell that nobody waits. If that does not arrive, ``Cancel-After`` is what is left."""
        where = f"{asked.base}/predictions/{name}/cancel"
        try:
            async with asyncio.timeout(_CANCEL_S):
                told = await super().send(
                    upstream, Outgoing("POST", where, _later(asked, "application/json"), b"")
                )
                told.end()
        except (Lost, TimeoutError):
            return


class _Once:
    """Does something at the first call."""

    __slots__ = ("_do",)

    def __init__(self, do: Callable[[], None]) -> None:
        self._do: Callable[[], None] | None = do

    def __call__(self) -> None:
        do, self._do = self._do, None
        if do is not None:
            do()


def _later(asked: Predict, accept: str) -> tuple[Header, ...]:
    """The headers of a request about a prediction: our credential, and what the operator adds."""
    kept = tuple((name, value) for name, value in asked.headers if name not in _SAID)
    return (("accept", accept), *kept)
