"""One caller's request, read, and decided for each hop anew. Everything here may block.

Each hop has an exchange of its own, since each decision releases what *it* permits: the answer of
one hop must not be restored with the tokens of another.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange, Read, Released
from guard.doors.wire import Sent
from guard.errors import Denied, GuardError, InputError, Undecided
from guard.gateway.attempts import Attempts
from guard.gateway.auth import Header, Outgoing, forwarded
from guard.gateway.keys import Key
from guard.gateway.predicting import expressible, predict
from guard.gateway.steps import Decide, Limits, Step
from guard.gateway.upstreams import Route, serving
from guard.gateway.wire import address, body
from guard.types import Decision

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway

ANTHROPIC_VERSION = ("anthropic-version", "2023-06-01")
"""What is said for callers that say no version, which Anthropic's API refuses."""
_RANDOM = random.Random().random  # noqa: S311  (jitter of waits, no secret)


class NotAllowed(GuardError):  # noqa: N818  (a refusal is an answer, not an error)
    """The key may not do that."""


@dataclass(frozen=True, slots=True)
class NoPermit:
    """A decision that permits nothing, as `Attempts` reads it.

    Args:
        error: The refusal.
        decision: The decision.
    """

    error: Denied
    decision: Decision
    permitted: bool = False


class Hop(Exchange):
    """The exchange of one hop.

    Attributes:
        released: What its decision released.
    """

    def __init__(self, gateway: Gateway, circumstances: Circumstances, follows: str) -> None:
        super().__init__(gateway.guard, circumstances, follows=follows)
        self.released: Released | None = None


class Question:
    """A request on its way.

    Args:
        gateway: The worker's parts.
        sent: What the caller sent, without headers of ours and without its credentials.
        circumstances: What holds of it.
        key: Whose it is.
    """

    def __init__(
        self, gateway: Gateway, sent: Sent, circumstances: Circumstances, key: Key
    ) -> None:
        self._gateway, self._sent = gateway, sent
        self._circumstances, self._key = circumstances, key
        self._first: Hop | None = None
        self._follows = ""
        self._read: Read | None = None
        self.hops: dict[int, Hop] = {}
        self.attempts: Attempts | None = None
        self.dialect = ""

    @property
    def streamed(self) -> bool:
        """Whether the caller wants a streamed answer."""
        return self._read is not None and self._read.walked.streamed

    def begin(self) -> tuple[Attempts, list[Step]]:
        """Read the request, find who could answer it, and decide for the first hop.

        Raises:
            InputError: It cannot be read.
            NotAllowed: The key may not use the model.
            NotServed: Nobody serves the model.
            Undecided: Nobody can be asked.
            ConfigError: What is said of it is unknown.
        """
        self._first = Hop(self._gateway, self._circumstances, "")
        self._read = self._first.read(self._sent)
        walked = self._read.walked
        self.dialect = self._read.dialect.name
        if not walked.model:
            raise InputError("the request names no model", remedy="see GET /v1/models")
        if not self._key.serves(walked.model):
            raise NotAllowed("this key may not use this model", remedy="see GET /v1/models")
        try:
            routes = self._gateway.routes(walked.model, self.dialect, walked.fields)
            routes = expressible(routes, self.dialect, walked.document)
        except (InputError, Undecided) as error:
            self._gateway.guard.unread(error)
            raise
        attempts = self.attempts = Attempts(
            routes,
            Limits.of(self._gateway.section, pinned=bool(walked.state)),
            ready=self._gateway.ready,
            random=_RANDOM,
        )
        steps = attempts.start(time.monotonic())
        if len(steps) == 1 and isinstance(steps[0], Decide):
            steps = self.decided(steps[0], self.decide(steps[0]))
        return attempts, steps

    def decide(self, step: Decide) -> Hop | NoPermit | Undecided:
        """Decide for a hop, about the routes that remain.

        Raises:
            InputError: As `begin`.
            ConfigError: As `begin`.
        """
        began = time.perf_counter()
        hop = self._first
        self._first = None
        if hop is None or self._read is None:
            hop = Hop(self._gateway, self._circumstances, self._follows)
            read = hop.read(self._sent)
        else:
            read = self._read
        try:
            hop.released = hop.decide(read, serving(step.routes))
        except Denied as error:
            if error.decision is None:
                return Undecided(error.message, remedy=error.remedy)
            return NoPermit(error, error.decision)
        except Undecided as error:
            return error
        finally:
            self._follows = hop.decided or self._follows
            self._gateway.metrics.times.observe("decide", time.perf_counter() - began)
        return hop

    def decided(self, step: Decide, outcome: Hop | NoPermit | Undecided) -> list[Step]:
        """Tell the attempts what was decided."""
        attempts, now = self.attempts, time.monotonic()
        if attempts is None:
            raise Undecided("nothing was asked")
        if isinstance(outcome, Hop):
            if outcome.released is None:
                return attempts.undecided(step.hop, Undecided("there is no decision"), now)
            self.hops[step.hop] = outcome
            return attempts.decided(step.hop, outcome.released.verdict, now)
        if isinstance(outcome, NoPermit):
            return attempts.decided(step.hop, outcome, now)
        return attempts.undecided(step.hop, outcome, now)

    def outgoing(self, hop: int, route: Route) -> Outgoing:
        """What is sent upstream for a hop, but for our credential.

        Raises:
            InputError: The route has no address for it.
            Undecided: Nothing was released for that hop.
        """
        released = self.hops[hop].released
        if released is None:
            raise Undecided("nothing was released")
        if route.upstream.adapts(self.dialect):
            return predict(route, released.document)
        document = body(route, self.dialect, released.document)
        url = address(route, self.dialect, streamed=self.streamed)
        return Outgoing("POST", url, self._headers(route), orjson.dumps(document))

    def _headers(self, route: Route) -> tuple[Header, ...]:
        kept = [
            (name, value)
            for name, value in forwarded(self._sent.headers)
            if name not in {"content-type", "accept"} and name not in route.upstream.headers
        ]
        accept = "text/event-stream" if self.streamed else "application/json"
        if self.dialect.startswith("anthropic.") and all(
            n != ANTHROPIC_VERSION[0] for n, _ in kept
        ):
            kept.append(ANTHROPIC_VERSION)
        return (
            ("content-type", "application/json"),
            ("accept", accept),
            ("accept-encoding", "identity"),
            *kept,
            *route.upstream.headers.items(),
        )
