"""The driver of `guard.gateway.attempts`: decides in threads, sends on the loop, waits for both."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from guard.errors import InputError
from guard.gateway.attempts import Attempts
from guard.gateway.breaker import Pass
from guard.gateway.credentials import NoCredential
from guard.gateway.losses import retry_after
from guard.gateway.question import Hop, Question
from guard.gateway.steps import Cancel, Decide, Deliver, Failure, GiveUp, Send, Sleep, Step
from guard.gateway.upstream_client import Arrived, Lost, UpstreamClient
from guard.gateway.upstreams import Route, Upstream
from guard.log.answered import Outcome

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway


class Gone(Exception):  # noqa: N818  (nobody waits any more)
    """The caller went away."""


@dataclass(slots=True)
class Flight:
    """A request that was sent, and what became of it.

    Args:
        number: Of the hop.
        route: The way it took.
        hop: Its exchange.
        answer: Its answer.
    """

    number: int
    route: Route
    hop: Hop
    answer: Arrived


class Forwarding:
    """One question on its way to whoever answers it.

    Args:
        gateway: The worker's parts.
        client: The way out.
        question: The question.
        gone: Done when the caller has gone.
    """

    def __init__(
        self,
        gateway: Gateway,
        client: UpstreamClient,
        question: Question,
        gone: asyncio.Future[Any],
    ) -> None:
        self._gateway, self._client = gateway, client
        self._question, self._gone = question, gone
        self._loop = asyncio.get_running_loop()
        self._deciding: dict[asyncio.Future[Any], Decide] = {}
        self._sending: dict[asyncio.Future[Any], Send] = {}
        self._passes: dict[int, Pass] = {}
        self._arrived: dict[int, Flight] = {}
        self._wake: float | None = None
        self.attempts: Attempts | None = None

    async def answered(self) -> Flight | GiveUp:
        """Do what the attempts say until there is an answer, or none will come.

        Raises:
            Gone: The caller went away; everything under way was dropped.
            GuardError: The request is wrong, whoever is asked.
        """
        began = self._loop.run_in_executor(self._gateway.threads, self._question.begin)
        try:
            await asyncio.wait((began, self._gone), return_when=asyncio.FIRST_COMPLETED)
            if not began.done():
                began.add_done_callback(self._forsaken)
                raise Gone
            self.attempts, steps = began.result()
            todo = deque(steps)
            while True:
                while todo:
                    end = self._do(todo.popleft(), todo)
                    if end is not None:
                        return end
                todo.extend(await self._waited())
        finally:
            self._drop()

    def _do(self, step: Step, todo: deque[Step]) -> Flight | GiveUp | None:
        match step:
            case Decide():
                made = self._loop.run_in_executor(
                    self._gateway.threads, self._question.decide, step
                )
                self._deciding[made] = step
            case Send():
                todo.extend(self._send(step))
            case Sleep(until):
                self._wake = until
            case Cancel(hop):
                self._cancel(hop)
            case Deliver(hop):
                return self._arrived.pop(hop)
            case GiveUp():
                return step
        return None

    async def _waited(self) -> list[Step]:
        """Wait until something has come of what is under way."""
        attempts = self._attempts()
        wait = None if self._wake is None else max(0.0, self._wake - time.monotonic())
        under_way = (*self._deciding, *self._sending)
        done, _ = await asyncio.wait(
            (*under_way, self._gone), timeout=wait, return_when=asyncio.FIRST_COMPLETED
        )
        if self._gone.done():
            for step in attempts.gone():
                if isinstance(step, Cancel):
                    self._cancel(step.hop)
            raise Gone
        if not done:
            self._wake = None
            return attempts.tick(time.monotonic())
        steps: list[Step] = []
        for one in done:
            if one in self._deciding:
                decide = self._deciding.pop(one)
                steps += self._question.decided(decide, one.result())
            elif one in self._sending:
                steps += self._come(self._sending.pop(one), one)
        return steps

    def _send(self, step: Send) -> list[Step]:
        upstream = step.route.upstream
        leave = self._gateway.breakers[upstream.name].enter(time.monotonic())
        if leave is None:
            return self._attempts().failed(step.hop, "connect", time.monotonic())
        self._passes[step.hop] = leave
        task = self._loop.create_task(self._sent(step))
        self._sending[task] = step
        return []

    async def _sent(self, step: Send) -> Arrived:
        route = step.route
        outgoing = self._question.outgoing(step.hop, route)
        auth = self._gateway.auths[route.upstream.name]
        known = await self._client.credentialed(auth, outgoing, route.upstream.first_byte_s)
        began = time.perf_counter()
        arrived = await self._client.send(route.upstream, known)
        took = time.perf_counter() - began
        self._gateway.latencies.observe(route, took)
        self._gateway.metrics.times.observe("upstream", took)
        return arrived

    def _come(self, step: Send, task: asyncio.Future[Any]) -> list[Step]:
        """What a hop brought."""
        attempts, now = self._attempts(), time.monotonic()
        name = step.route.upstream.name
        breaker, leave = self._gateway.breakers[name], self._passes.pop(step.hop)
        try:
            arrived: Arrived = task.result()
        except (Lost, NoCredential, InputError) as error:
            kind = _failure(error)
            breaker.failed(leave, now)
            self._gateway.metrics.hops.add(name, kind)
            self._tell(step.hop, kind)
            return attempts.failed(step.hop, kind, now)
        after = _retry_after(arrived.headers)
        breaker.answered(leave, arrived.status, now, retry_after=after)
        self._gateway.metrics.hops.add(name, str(arrived.status))
        flight = Flight(step.hop, step.route, self._question.hops[step.hop], arrived)
        self._arrived[step.hop] = flight
        steps = attempts.answered(step.hop, arrived.status, now, retry_after=after)
        if not any(isinstance(one, Deliver) for one in steps):  # it goes no further
            del self._arrived[step.hop]
            flight.hop.served = self._gateway.served.evidence(step.route, arrived.headers)
            self._tell(step.hop, "status", arrived.status)
            arrived.end()
        return steps

    def _tell(self, hop: int, outcome: Outcome, status: int = 0) -> None:
        """Write down, in a thread, that nothing came back for what was released."""
        told = self._loop.run_in_executor(
            self._gateway.threads, self._question.hops[hop].failed, outcome, status
        )
        told.add_done_callback(_seen)

    def _cancel(self, hop: int) -> None:
        for task, step in list(self._sending.items()):
            if step.hop == hop:
                del self._sending[task]
                self._abandon(task, step)

    def _abandon(self, task: asyncio.Future[Any], step: Send) -> None:
        upstream: Upstream = step.route.upstream
        if leave := self._passes.pop(step.hop, None):
            self._gateway.breakers[upstream.name].abandoned(leave)
        task.cancel()
        task.add_done_callback(_ended)
        self._tell(step.hop, "abandoned")

    def _drop(self) -> None:
        """End what nobody waits for."""
        for task, step in self._sending.items():
            self._abandon(task, step)
        for future in self._deciding:
            future.add_done_callback(self._forsaken)
        self._sending, self._deciding = {}, {}
        for flight in self._arrived.values():
            flight.answer.end()
        self._arrived = {}

    def _forsaken(self, future: asyncio.Future[Any]) -> None:
        """A decision that nobody waits for is recorded to its end: nothing was sent for it."""
        _seen(future)
        if future.cancelled() or future.exception() is not None:
            return
        made = future.result()
        hops = [made] if isinstance(made, Hop) else list(self._question.hops.values())
        for hop in hops:
            with contextlib.suppress(RuntimeError):  # the threads have ended, and so has the log
                told = self._loop.run_in_executor(self._gateway.threads, hop.failed, "abandoned", 0)
                told.add_done_callback(_seen)

    def _attempts(self) -> Attempts:
        if self.attempts is None:
            raise Gone
        return self.attempts


def _seen(future: asyncio.Future[Any]) -> None:
    """Look at what came of something, so that nobody complains that nobody looked."""
    if not future.cancelled():
        future.exception()


def _ended(task: asyncio.Future[Any]) -> None:
    """Close what arrived just before it was cancelled."""
    if not task.cancelled() and task.exception() is None:
        arrived: Arrived = task.result()
        arrived.end()


def _failure(error: Exception) -> Failure:
    if isinstance(error, Lost):
        return error.kind
    return "credential"


def _retry_after(headers: Iterable[tuple[str, str]]) -> float | None:
    for name, value in headers:
        if name.lower() == "retry-after":
            return retry_after(value, datetime.now(UTC))
    return None
