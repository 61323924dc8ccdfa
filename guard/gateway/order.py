"""In which order lawful candidates are tried: cost, measured latency, quality.

Whether data are kept whole comes before all of these: the planner tries every candidate with whole
data first where ``[planner] prefer = "whole"``, and then in this order. The order is a function of
its arguments: the same measurements give the same order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from threading import Lock

from guard.errors import Undecided
from guard.gateway.breaker import Breaker
from guard.gateway.settings import Criterion
from guard.gateway.upstreams import Route

_WEIGHT = 0.2
"""Share of the newest measurement in the mean: the last dozen decides."""
_STEP = math.log(1.25)
"""Latencies that differ by less than about a quarter are the same: noise must not decide."""
_USUAL_TOKENS = (1000, 300)


class Unavailable(Undecided):
    """No upstream that could answer may be asked now.

    Args:
        message: What is missing.
        retry_after: In how many seconds it is worth asking again.
    """

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message, remedy="ask again later")
        self.retry_after = retry_after


class Latencies:
    """Mean times to the first byte by route, exponentially weighted; for all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._means: dict[str, float] = {}

    def observe(self, route: Route, seconds: float) -> None:
        """Take a measurement; a time that is none is not taken."""
        if not (math.isfinite(seconds) and seconds >= 0):
            return
        with self._lock:
            mean = self._means.get(route.key, seconds)
            self._means[route.key] = mean + _WEIGHT * (seconds - mean)

    def of(self, route: Route) -> float:
        """The mean in seconds; the configured hint before that, infinite without one."""
        with self._lock:
            mean = self._means.get(route.key, route.latency_s)
        return math.inf if mean is None else mean


def cost(route: Route, tokens: tuple[int, int] = _USUAL_TOKENS) -> float:
    """What a request costs, in the currency of the prices; infinite where no price is said.

    Args:
        route: The way.
        tokens: Input tokens and, as far as it can be told, output tokens.
    """
    if route.price is None:
        return math.inf
    return (route.price[0] * tokens[0] + route.price[1] * tokens[1]) / 1_000_000


def ordered(
    routes: Sequence[Route],
    prefer: Sequence[Criterion],
    latencies: Latencies,
    *,
    tokens: tuple[int, int] = _USUAL_TOKENS,
) -> tuple[Route, ...]:
    """The routes, best first; equals stay in the configuration's order.

    Args:
        routes: The routes in the configuration's order.
        prefer: What counts, most important first.
        latencies: What was measured.
        tokens: Size of the request and of its answer, for its cost.
    """

    def rank(route: Route) -> tuple[float, ...]:
        values: dict[Criterion, float] = {
            "cost": cost(route, tokens),
            "latency": _rung(latencies.of(route)),
            "quality": -(route.quality or 0.0),
        }
        return tuple(values[one] for one in prefer)

    return tuple(sorted(routes, key=rank))


def _rung(seconds: float) -> float:
    if not math.isfinite(seconds):
        return math.inf
    return float(round(math.log(max(seconds, 0.001)) / _STEP))


def available(
    routes: Sequence[Route], breakers: Mapping[str, Breaker], now: float
) -> tuple[Route, ...]:
    """The routes whose upstream may be asked now.

    Args:
        routes: The routes in order.
        breakers: The breaker of each upstream by its name.
        now: Seconds that only grow.

    Raises:
        Unavailable: None may; with the time when the first one may.
    """
    ready = tuple(r for r in routes if breakers[r.upstream.name].ready(now))
    if not ready:
        waits = [breakers[r.upstream.name].retry_after(now) for r in routes]
        raise Unavailable(
            "no upstream that serves this can be asked now", retry_after=min(waits, default=0.0)
        )
    return ready
