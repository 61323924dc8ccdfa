"""An answer on its way back: restored, screened, and ended so that a cut one cannot look whole."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from guard.doors.refusal import Problem, problem
from guard.doors.reply import Reply
from guard.errors import GuardError, Undecided
from guard.gateway.asgi import Disconnected, Header, Outlet
from guard.gateway.forwarding import Flight
from guard.gateway.question import Question
from guard.gateway.upstream_client import Lost
from guard.stream.sse import Frames

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway

_PASSED = frozenset(
    {
        "ai-disclosure",
        "content-type",
        "retry-after",
        "request-id",
        "x-request-id",
        "x-should-retry",
    }
)
"""What of an answer's headers is the caller's. Others are the operator's: cookies, organisation."""
_VISIBLE = re.compile(r"[\x20-\x7e]{0,300}")
_STREAM = "text/event-stream"
_INLINE = 32 * 2**10
"""Bytes of a piece that are treated on the loop; more of them in a thread."""


class Delivery:
    """One answer for one caller.

    Args:
        gateway: The worker's parts.
        question: What was asked.
        flight: Who answers.
        outlet: Where the answer goes.
        gone: Done when the caller has gone.
    """

    def __init__(
        self,
        gateway: Gateway,
        question: Question,
        flight: Flight,
        outlet: Outlet,
        gone: asyncio.Future[Any],
    ) -> None:
        self._gateway, self._question, self._flight = gateway, question, flight
        self._outlet, self._gone = outlet, gone
        self._loop = asyncio.get_running_loop()
        self.whole = False

    async def run(self) -> None:
        """Hand the answer over to its end, and end it whatever happens.

        Raises:
            Disconnected: The caller went away.
        """
        answer = self._flight.answer
        drop = self._dropped
        self._gone.add_done_callback(drop)
        reply: Reply | None = None
        cut = False
        try:
            reply = self._flight.hop.reply(answer.status, answer.headers)
            self._served(_first(reply.kind, answer.first))
            if reply.streamed:
                await self._streamed(reply)
            else:
                await self._at_once(reply)
        except Lost as lost:
            cut = not self._gone.done()
            await self._lost(lost, reply)
        except GuardError as error:
            await self._unreadable(error)
        finally:
            self._gone.remove_done_callback(drop)
            answer.end()
            self._end(reply, cut=cut)

    def _end(self, reply: Reply | None, *, cut: bool) -> None:
        """Write down how it ended, if nobody has, and tell the attempts."""
        if reply is not None and not reply.outcome:
            abandon = partial(reply.abandon, cut=cut)
            self._loop.run_in_executor(self._gateway.threads, abandon)
        if not self.whole:
            self._gateway.metrics.cut.add(self._question.dialect)
        if self._question.attempts is not None:
            self._question.attempts.ended(self._flight.number)

    def _dropped(self, _: asyncio.Future[Any]) -> None:
        self._flight.answer.end()

    async def _at_once(self, reply: Reply) -> None:
        answer = self._flight.answer
        piece = answer.first
        while piece:
            reply.feed(piece)
            piece = await answer.more()
        body = await self._loop.run_in_executor(self._gateway.threads, self._closed, reply)
        self.whole = True
        await self._outlet.whole(answer.status, self._headers(reply), body)

    async def _streamed(self, reply: Reply) -> None:
        answer, outlet = self._flight.answer, self._outlet
        limit_s = self._gateway.server.body_s
        await outlet.start(answer.status, self._headers(reply))
        piece = answer.first
        try:
            while piece:
                if out := await self._fed(reply, piece):
                    await outlet.part(out, limit_s)
                if self._gone.done():
                    raise Disconnected
                piece = await answer.more()
            if rest := await self._loop.run_in_executor(self._gateway.threads, reply.close):
                await outlet.part(rest, limit_s)
        except asyncio.CancelledError:
            await self._break_off("the gateway is shutting down", reply)
            raise
        if reply.outcome == "whole":
            self.whole = True
            await outlet.end()
        else:
            await self._break_off("the provider's answer was cut off", reply)

    async def _fed(self, reply: Reply, piece: bytes) -> bytes:
        if len(piece) <= _INLINE:
            return reply.feed(piece)
        return await self._loop.run_in_executor(self._gateway.threads, reply.feed, piece)

    async def _lost(self, lost: Lost, reply: Reply | None) -> None:
        if self._gone.done():
            raise Disconnected
        if self._outlet.status:
            await self._break_off("the provider's answer was cut off", reply)
            return
        status = 504 if lost.kind == "timeout" else 502
        refusal = problem(Undecided("the provider's answer was cut off"), status=status)
        await self._refused(refusal)

    async def _unreadable(self, error: GuardError) -> None:
        """What cannot be read cannot be restored or screened, so it is not handed over."""
        if self._outlet.status:
            await self._break_off(error.message, None)
        else:
            await self._refused(problem(error, status=502))

    async def _refused(self, refusal: Problem) -> None:
        await self._outlet.problem(refusal, self.said())

    async def _break_off(self, message: str, reply: Reply | None) -> None:
        """End a stream without its end: an event that says so, and no last chunk."""
        if reply is not None and reply.kind != _STREAM:
            return
        event = broken_off(self._question.dialect, message)
        await self._outlet.part(event, self._gateway.server.body_s)

    def said(self) -> tuple[Header, ...]:
        """What the caller is told of the decision."""
        released = self._flight.hop.released
        if released is None:
            return ()
        decision = released.verdict.decision
        return (
            ("x-guard-decision", decision.id),
            ("x-guard-destination", decision.destination),
            ("x-guard-treatment", decision.treatment if decision.enforced else "none"),
        )

    def _headers(self, reply: Reply) -> tuple[Header, ...]:
        passed = [
            (name.lower(), value)
            for name, value in reply.headers
            if name.lower() in _PASSED and _VISIBLE.fullmatch(value)
        ]
        return (*passed, ("cache-control", "no-store"), *self.said())

    def _closed(self, reply: Reply) -> bytes:
        return reply.close()

    def _served(self, document: Any) -> None:
        """Where the answer was served, as far as it says: drift is an alarm, the data have gone."""
        flight = self._flight
        flight.hop.served = self._gateway.served.evidence(
            flight.route, flight.answer.headers, document
        )
        if flight.hop.served.drift:
            self._gateway.metrics.drift.add(flight.route.upstream.name)


def _first(kind: str, piece: bytes) -> Any:
    """What the beginning of an answer says of who made it: a stream's first event."""
    if kind != _STREAM:
        return None
    frames: Iterable[Any] = Frames().feed(piece[:4096])
    for frame in frames:
        if frame.data and frame.data.startswith(b"{"):
            try:
                return orjson.loads(frame.data)
            except orjson.JSONDecodeError:
                return None
    return None


def broken_off(dialect: str, message: str) -> bytes:
    """The event that says that a stream has failed, as the kits of a dialect understand it.

    Args:
        dialect: The dialect.
        message: Why, without data.

    Sources: platform.claude.com/docs/en/build-with-claude/streaming ("Error events");
    developers.openai.com/api/reference (Responses, ``error``); the kits for chat completions look
    for a member ``error``.
    """
    if dialect.startswith("anthropic."):
        error = {"type": "error", "error": {"type": "api_error", "message": message}}
        return b"\n\nevent: error\ndata: " + orjson.dumps(error) + b"\n\n"
    wrong = {"message": message, "type": "server_error", "code": "guard_broken_off"}
    if dialect == "openai.responses":
        # As the reference has it, and with the member by which the kits raise it.
        flat = {"type": "error", "code": wrong["code"], "message": message, "param": None}
        failed = {**flat, "sequence_number": 0, "error": wrong}
        return b"\n\nevent: error\ndata: " + orjson.dumps(failed) + b"\n\n"
    return b"\n\ndata: " + orjson.dumps({"error": wrong}) + b"\n\n"
