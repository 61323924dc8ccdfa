"""Sending what was released, once, and taking all of the answer."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from guard.doors.reply import WHOLE
from guard.gateway.asgi import Disconnected
from guard.gateway.auth import Outgoing
from guard.gateway.credentials import NoCredential
from guard.gateway.order import Unavailable
from guard.gateway.steps import Failure
from guard.gateway.upstream_client import Arrived, Lost, UpstreamClient
from guard.gateway.upstreams import Upstream

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway


class Sending:
    """The way out for one caller.

    Args:
        gateway: The worker's parts.
        client: The way out.
        gone: Done when the caller has gone.
    """

    def __init__(self, gateway: Gateway, client: UpstreamClient, gone: asyncio.Future[Any]) -> None:
        self._gateway, self._client, self._gone = gateway, client, gone

    async def answer(self, upstream: Upstream, outgoing: Outgoing) -> tuple[Arrived, bytes]:
        """The answer to what is sent, and its body.

        Args:
            upstream: Where it goes.
            outgoing: What goes, without our credential.

        Raises:
            Unavailable: Its breaker is open, and nothing was sent.
            Lost: There is no answer, or not all of it.
            NoCredential: We have none that is valid.
            Disconnected: The caller went away.
        """
        breaker = self._gateway.breakers[upstream.name]
        leave = breaker.enter(time.monotonic())
        if leave is None:
            wait = breaker.retry_after(time.monotonic())
            raise Unavailable("the upstream that has it cannot be asked now", retry_after=wait)
        task = asyncio.get_running_loop().create_task(self._whole(upstream, outgoing))
        try:
            await asyncio.wait((task, self._gone), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise Disconnected
            arrived, raw = task.result()
        except (Lost, NoCredential) as error:
            breaker.failed(leave, time.monotonic())
            self._gateway.metrics.hops.add(upstream.name, failure(error))
            raise
        except BaseException:
            task.cancel()
            breaker.abandoned(leave)
            await asyncio.wait((task,))
            raise
        breaker.answered(leave, arrived.status, time.monotonic(), retry_after=None)
        self._gateway.metrics.hops.add(upstream.name, str(arrived.status))
        return arrived, raw

    async def _whole(self, upstream: Upstream, outgoing: Outgoing) -> tuple[Arrived, bytes]:
        auth = self._gateway.auths[upstream.name]
        known = await self._client.credentialed(auth, outgoing, upstream.first_byte_s)
        began = time.perf_counter()
        arrived = await self._client.send(upstream, known)
        self._gateway.metrics.times.observe("upstream", time.perf_counter() - began)
        return arrived, await arrived.whole(WHOLE)


def failure(error: Lost | NoCredential) -> Failure:
    """What became of it, as the log and the counts call it."""
    return error.kind if isinstance(error, Lost) else "credential"
