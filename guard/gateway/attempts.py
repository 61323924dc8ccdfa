"""What to do next for one request: decide, send, wait, deliver, or give up. No input or output.

Whoever drives it does each `Step` and reports what came of it:

    steps = attempts.start(now)
    for step in steps:
        Decide  → gate.decide(…, to=serving(step.routes))   → attempts.decided(hop, verdict, now)
        Send    → send verdict.payload to step.route        → attempts.answered / attempts.failed
        Sleep   → wait until step.until                     → attempts.tick(now)
        Deliver → hand the answer of that hop to the caller → attempts.ended / attempts.failed
        Cancel  → drop that hop's connection
        GiveUp  → refuse with that status

Three laws, each held by the shape of this module:

* Every hop is a decision of its own, about the routes that remain, recorded before it is sent; also
  when the same upstream is tried again, since the data leave again. `Send` is made in one place, of
  a permit whose destination was among those that were asked about.
* Nothing is sent once the first byte of an answer was handed to the caller.
* There are at most `Limits.hops` decisions, and so at most that many requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guard.errors import Undecided
from guard.gateway.losses import Loss, given_up
from guard.gateway.steps import (
    Cancel,
    Decide,
    Deliver,
    Failure,
    GiveUp,
    Limits,
    Permitted,
    Send,
    Sleep,
    Step,
)
from guard.gateway.upstreams import Route

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Answers after which the same request may succeed (529: Anthropic's overloaded_error)."""
_OURS = frozenset({401, 403, 407})
"""Our credential was refused: the caller can do nothing about it, another upstream can."""
_LONGEST_WAIT_S = 30.0


@dataclass(slots=True)
class _Flight:
    """A request under way."""

    route: Route
    sent: float


class Attempts:
    """One request on its way, from first decision to answer or refusal. Not shared by tasks.

    Args:
        routes: The candidates in order of preference.
        limits: How far to go.
        ready: Whether a route's upstream may be asked now (`Breaker.ready`).
        random: A number from 0 up to 1, for jitter.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        limits: Limits,
        *,
        ready: Callable[[Route], bool] = lambda _: True,
        random: Callable[[], float],
    ) -> None:
        self._left = list(routes)
        self._limits = limits
        self._ready = ready
        self._random = random
        self._hops = 0
        self._asked: tuple[int, tuple[Route, ...]] | None = None
        self._flying: dict[int, _Flight] = {}
        self._tries: dict[str, int] = {}
        self._losses: list[Loss] = []
        self._again: tuple[float, Route] | None = None
        self._hedged = False
        self._refusal: GiveUp | None = None
        self._began = 0.0
        self._delivering: int | None = None
        self._over = False

    @property
    def hops(self) -> int:
        """How many decisions were asked for."""
        return self._hops

    def start(self, now: float) -> list[Step]:
        """The first step.

        Args:
            now: Seconds that only grow.
        """
        self._began = now
        return self._next(now)

    def decided(self, hop: int, verdict: Permitted, now: float) -> list[Step]:
        """The decision for a hop was made and recorded."""
        asked = self._taken(hop)
        if asked is None:
            return []
        if not verdict.permitted:
            return self._refused(asked, GiveUp(403, "no permit", verdict=verdict), now)
        where = verdict.decision.destination
        route = next((one for one in asked if one.destination.id == where), None)
        if route is None:
            odd = GiveUp(503, "the permit is for a destination that was not asked about")
            return self._refused(asked, odd, now)
        if self._late(now):
            return self._give_up(now)
        self._flying[hop] = _Flight(route, now)
        self._tries[route.key] = self._tries.get(route.key, 0) + 1
        return [Send(hop, route, verdict), *self._wake(now)]

    def undecided(self, hop: int, error: Undecided, now: float) -> list[Step]:
        """No decision could be made for a hop: nothing is sent for it."""
        asked = self._taken(hop)
        if asked is None:
            return []
        return self._refused(asked, GiveUp(503, "no decision", error=error), now)

    def answered(
        self, hop: int, status: int, now: float, *, retry_after: float | None = None
    ) -> list[Step]:
        """A status line and the first byte of a body (or its end) are there.

        Args:
            hop: Whose.
            status: The status.
            now: Seconds that only grow.
            retry_after: What ``Retry-After`` says, in seconds.
        """
        if hop not in self._flying or self._delivering is not None:
            return []
        if 300 <= status < 400 or not 200 <= status < 600:
            # A redirect names another destination than the one decided on, so nobody follows it.
            return self._lost(hop, Loss("status"), now, again=False)
        if status in _AGAIN or status in _OURS or status >= 500:
            kind = "busy" if status in {429, 503, 529} and retry_after is not None else "status"
            kind = "limit" if status == 429 else kind
            loss = Loss(kind, None if retry_after is None else max(0.0, retry_after))
            return self._lost(hop, loss, now, again=status in _AGAIN)
        self._delivering = hop
        self._again = None
        self._asked = None
        losers = [one for one in self._flying if one != hop]
        for one in losers:
            del self._flying[one]
        return [Deliver(hop), *(Cancel(one) for one in losers)]

    def failed(self, hop: int, failure: Failure, now: float) -> list[Step]:
        """A hop ended without an answer, or its answer was cut off."""
        if hop not in self._flying:
            return []
        if self._delivering == hop:
            self._over = True
            del self._flying[hop]
            return [GiveUp(502, "the answer was cut off", begun=True)]
        return self._lost(hop, Loss(failure), now, again=failure != "credential")

    def ended(self, hop: int) -> None:
        """The answer was handed over to its end."""
        self._flying.pop(hop, None)
        self._over = self._over or self._delivering == hop

    def gone(self) -> list[Step]:
        """The caller went away: everything under way is dropped."""
        self._over = True
        self._asked = None
        flying, self._flying = self._flying, {}
        return [Cancel(hop) for hop in flying]

    def tick(self, now: float) -> list[Step]:
        """The time of a `Sleep` has come, or is looked at."""
        if self._over or self._delivering is not None:
            return []
        if self._late(now):
            return self._give_up(now)
        if self._again is not None and now >= self._again[0]:
            route = self._again[1]
            self._again = None
            if not self._ready(route):
                return self._next(now)
            return self._decide((route,))
        hedge = self._hedge_at()
        if self._asked is None and hedge is not None and now >= hedge:
            self._hedged = True
            if rest := self._others():
                return self._decide(rest)
        return self._wake(now)

    def _next(self, now: float) -> list[Step]:
        """Decide about what remains, or give up."""
        rest = self._others()
        if rest and self._hops < self._limits.hops and not self._late(now):
            return self._decide(rest)
        return self._give_up(now)

    def _others(self) -> tuple[Route, ...]:
        """Routes that may be asked beside those under way: never one upstream twice at once."""
        if self._limits.pinned and self._tries:
            return ()
        busy = {one.route.upstream.name for one in self._flying.values()}
        rest = (one for one in self._left if one.upstream.name not in busy)
        return tuple(one for one in rest if self._ready(one))

    def _decide(self, routes: tuple[Route, ...]) -> list[Step]:
        self._hops += 1
        self._asked = (self._hops, routes)
        return [Decide(self._hops, routes)]

    def _taken(self, hop: int) -> tuple[Route, ...] | None:
        """The routes that a decision was asked about, once."""
        if self._asked is None or self._asked[0] != hop:
            return None
        routes, self._asked = self._asked[1], None
        return routes

    def _refused(self, asked: tuple[Route, ...], step: GiveUp, now: float) -> list[Step]:
        """No permit for any of these. What is under way was permitted, and goes on."""
        self._left = [one for one in self._left if one not in asked]
        self._refusal = step
        return self._wake(now) if self._flying else self._next(now)

    def _lost(self, hop: int, loss: Loss, now: float, *, again: bool) -> list[Step]:
        """A hop brought nothing. While another is under way, that one is waited for."""
        route = self._flying.pop(hop).route
        self._losses.append(loss)
        tried = self._tries[route.key]
        again = again and tried <= self._limits.retries and self._hops < self._limits.hops
        wait = self._pause(loss, tried)
        others = [one for one in self._left if one.key != route.key]
        if loss.kind in {"limit", "busy"} and any(map(self._ready, others)):
            again = again and self._limits.pinned  # others have time for it now
        latest = min(self._began + self._limits.deadline_s, now + _LONGEST_WAIT_S)
        busy = bool(self._flying) or self._asked is not None
        if again and not busy and now + wait < latest:
            self._again = (now + wait, route)
            return [Sleep(now + wait)]
        self._left = others
        return self._wake(now) if busy else self._next(now)

    def _pause(self, loss: Loss, tried: int) -> float:
        """Full jitter over a doubled wait; never less than the upstream asked for."""
        doubled: float = self._limits.backoff_s * 2 ** (tried - 1)
        drawn = min(doubled, _LONGEST_WAIT_S) * self._random()
        return max(drawn, loss.retry_after or 0.0)

    def _hedge_at(self) -> float | None:
        """When to ask a second upstream; None where nobody will."""
        after = self._limits.hedge_after_s
        if after is None or self._hedged or self._hops >= self._limits.hops:
            return None
        first = next(iter(self._flying.values()), None)
        return None if first is None else first.sent + after

    def _wake(self, now: float) -> list[Step]:
        """When to look again while something is under way."""
        if not self._flying:
            return [] if self._asked or self._again is None else [Sleep(self._again[0])]
        due, hedge = self._began + self._limits.deadline_s, self._hedge_at()
        return [Sleep(due if hedge is None else min(due, max(now, hedge)))]

    def _late(self, now: float) -> bool:
        return now >= self._began + self._limits.deadline_s

    def _give_up(self, now: float) -> list[Step]:
        """The status that says most: a refusal before anything else, if nothing was sent."""
        refusal = self._refusal
        if refusal is not None and not self._losses:
            return self._stop(refusal)
        return self._stop(given_up(self._losses, late=self._late(now)))

    def _stop(self, step: GiveUp) -> list[Step]:
        self._over = True
        self._asked = None
        flying, self._flying = self._flying, {}
        return [*(Cancel(hop) for hop in flying), step]
