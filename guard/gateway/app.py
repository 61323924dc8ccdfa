"""The gateway as an application: pure ASGI 3, no framework.

Every request meets the same line: who asks, may it, how much, what does it send, what is decided,
who answers. What goes wrong before a decision is refused with its own status (RFC 9457), and what
nobody foresaw with 500 and no word about it.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from guard.doors.refusal import Problem
from guard.doors.wire import Sent
from guard.errors import GuardError, Refused
from guard.gateway import authzen, metrics, models, openapi, refusals
from guard.gateway.asgi import (
    Disconnected,
    Header,
    Incoming,
    Outlet,
    Receive,
    Scope,
    Send,
    Unacceptable,
)
from guard.gateway.callers import caller, circumstances, json_only, passed_on
from guard.gateway.delivery import Delivery
from guard.gateway.forwarding import Forwarding, Gone
from guard.gateway.health import Health
from guard.gateway.kept import service
from guard.gateway.kept.desk import Desk
from guard.gateway.kept.sending import Sending
from guard.gateway.keys import Key
from guard.gateway.question import NoPermit, Question
from guard.gateway.steps import GiveUp
from guard.gateway.upstream_client import UpstreamClient

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway

_NO_STORE: tuple[Header, ...] = (("cache-control", "no-store"),)
_JSON: tuple[Header, ...] = (("content-type", "application/json"), *_NO_STORE)


@dataclass(slots=True)
class Told:
    """What is counted of a request when it has ended."""

    endpoint: str = "none"
    effect: str = "none"
    destination: str = "none"


Handler = Callable[["App", Incoming, Outlet, Told], Awaitable[None]]


class App:
    """The application of a worker.

    Args:
        gateway: The worker's parts.
        client: The way out.
    """

    def __init__(self, gateway: Gateway, client: UpstreamClient) -> None:
        self.gateway, self._client = gateway, client
        self.health = Health(gateway)
        self._loop = asyncio.get_running_loop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"the gateway does not speak {scope['type']}")
        incoming = Incoming(scope, receive)
        outlet, told = Outlet(incoming, send), Told()
        try:
            await self._answered(incoming, outlet, told)
        except (Disconnected, Gone):
            told.effect = "gone"
        except GuardError as error:
            told.effect, told.destination = refusals.effect(error), refusals.destination(error)
            await self._refused(error, outlet)
        except asyncio.CancelledError:
            told.effect = "gone"
        except Exception as error:  # noqa: BLE001  (a door: no traceback, which may hold data)
            told.effect = "failed"
            await self._failed(error, outlet)
        finally:
            self.gateway.metrics.requests.add(
                told.endpoint, told.effect, told.destination, str(outlet.status)
            )

    async def _answered(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        endpoint, _ = service.found(incoming.path)
        handlers = ENDPOINTS.get(endpoint)
        if handlers is None:
            raise Unacceptable("nothing is served here", status=404, remedy="see GET /openapi.json")
        told.endpoint = endpoint
        handler = handlers.get(incoming.method)
        if handler is None:
            raise Unacceptable(
                f"not with {incoming.method[:16]}",
                status=405,
                headers=(("allow", ", ".join(handlers)),),
            )
        await handler(self, incoming, outlet, told)

    async def generate(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        """Send a request to a model that may have it."""
        key = caller(self.gateway.keys, incoming, "generate")
        with self.gateway.limiter.entered(key):
            json_only(incoming)
            stated = circumstances(key, incoming.headers)
            server = self.gateway.server
            body = await incoming.body(server.body_bytes, server.body_s)
            sent = Sent("POST", "http://guard" + incoming.path, passed_on(incoming.headers), body)
            await self._forwarded(Question(self.gateway, sent, stated, key), incoming, outlet, told)

    async def _forwarded(
        self, question: Question, incoming: Incoming, outlet: Outlet, told: Told
    ) -> None:
        gone = self._loop.create_task(incoming.gone())
        try:
            forwarding = Forwarding(self.gateway, self._client, question, gone)
            end = await forwarding.answered()
            if isinstance(end, GiveUp):
                self._gave_up(end, told)
                await outlet.problem(*refusals.given_up(end))
                return
            delivery = Delivery(self.gateway, question, end, outlet, gone)
            told.effect, told.destination = "permit", end.route.destination.id
            self.health.recorded()
            await delivery.run()
        finally:
            gone.cancel()

    def _gave_up(self, end: GiveUp, told: Told) -> None:
        told.effect = "unanswered"
        if isinstance(end.verdict, NoPermit):
            told.effect = end.verdict.decision.effect
            told.destination = end.verdict.decision.destination
        elif end.error is not None:
            told.effect = "undecided"
            self.health.failed(end.error)

    async def keep(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        """Do what is asked about a file or a batch that an upstream keeps, or is to keep."""
        key = caller(self.gateway.keys, incoming, "generate")
        endpoint, name = service.found(incoming.path)
        served = service.SERVICES[endpoint][incoming.method]
        with self.gateway.limiter.entered(key):
            service.form_of(served, incoming)
            stated = circumstances(key, incoming.headers)
            server = self.gateway.server
            body = await incoming.body(server.body_bytes, server.body_s)
            gone = self._loop.create_task(incoming.gone())
            try:
                sending = Sending(self.gateway, self._client, gone)
                desk = Desk(self.gateway, sending, key, stated, incoming=incoming, raw=body)
                answer = await service.done(served, desk, name)
            finally:
                gone.cancel()
            told.effect, told.destination = "permit", answer.destination
            self.health.recorded()
            await outlet.whole(answer.status, answer.headers, answer.body)

    async def evaluate(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        """Decide for another enforcement point (AuthZEN)."""
        key = caller(self.gateway.keys, incoming, "evaluate")
        with self.gateway.limiter.entered(key):
            json_only(incoming)
            server = self.gateway.server
            body = await incoming.body(server.body_bytes, server.body_s)
            answer = await self._loop.run_in_executor(
                self.gateway.threads, authzen.evaluated, self.gateway.guard, key, body
            )
            told.effect, told.destination = answer.effect, answer.destination
            await outlet.whole(200, (*_JSON, *authzen.echoed(incoming.headers)), answer.body)

    async def models(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        """The models that the key may use."""
        key: Key = caller(self.gateway.keys, incoming, "generate")
        told.effect = "shown"
        shape = models.anthropic if "anthropic-version" in incoming.headers else models.openai
        names = [name for name in self.gateway.upstreams.models if key.serves(name)]
        await outlet.whole(200, _JSON, shape(names))

    async def alive(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:  # noqa: ARG002
        """That the process answers."""
        told.effect = "shown"
        await outlet.whole(200, _JSON, b'{"status":"alive"}')

    async def ready(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:  # noqa: ARG002
        """Whether every part works."""
        told.effect = "shown"
        status, body = await self.health.ready()
        await outlet.whole(status, _JSON, body)

    async def metrics(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:
        """What was counted and timed."""
        caller(self.gateway.keys, incoming, "metrics")
        told.effect = "shown"
        kind = ("content-type", metrics.MEDIA_TYPE)
        await outlet.whole(200, (kind, *_NO_STORE), self.gateway.metrics.render())

    async def described(self, incoming: Incoming, outlet: Outlet, told: Told) -> None:  # noqa: ARG002
        """What is served."""
        told.effect = "shown"
        await outlet.whole(200, _JSON, openapi.DOCUMENT)

    async def _refused(self, error: GuardError, outlet: Outlet) -> None:
        if outlet.status:
            return  # the connection is broken off
        self.health.failed(error)
        refusal, headers = refusals.refusal(error)
        if isinstance(error, Refused) and error.reference:
            headers = (*headers, ("x-guard-decision", error.reference))
        await outlet.problem(refusal, headers)

    async def _failed(self, error: Exception, outlet: Outlet) -> None:
        """Nothing of the error is shown but its kind and place: its message may hold data."""
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {PurePath(place.filename).name}:{place.lineno}"
        print(f"guard: unexpected {where} (please report it)", file=sys.stderr, flush=True)  # noqa: T201
        if not outlet.status:
            document = {"type": "about:blank", "title": "Internal Server Error", "status": 500}
            await outlet.problem(Problem(500, document))


GENERATING = (
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/messages",
    "/v1/messages/count_tokens",
)
ENDPOINTS: dict[str, dict[str, Handler]] = {
    **{path: {"POST": App.generate} for path in GENERATING},
    **{path: dict.fromkeys(methods, App.keep) for path, methods in service.SERVICES.items()},
    "/v1/models": {"GET": App.models},
    authzen.PATH: {"POST": App.evaluate},
    "/healthz": {"GET": App.alive},
    "/readyz": {"GET": App.ready},
    "/metrics": {"GET": App.metrics},
    "/openapi.json": {"GET": App.described},
}
