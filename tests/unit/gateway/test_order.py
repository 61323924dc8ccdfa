"""The order of lawful candidates is what the operator prefers, and the same each time."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace

import pytest

from guard.errors import Undecided
from guard.gateway.breaker import Breaker
from guard.gateway.order import Latencies, Unavailable, available, cost, ordered
from guard.gateway.settings import BreakerSection


def route(name, price=None, latency_s=None, quality=None):
    return SimpleNamespace(
        key=name,
        upstream=SimpleNamespace(name=name),
        price=price,
        latency_s=latency_s,
        quality=quality,
    )


CHEAP = route("cheap", (1.0, 2.0), 2.0, 10)
DEAR = route("dear", (10.0, 20.0), 0.1, 90)
FREE = route("free", (0.0, 0.0), 9.0)
UNKNOWN = route("unknown")
ALL = (UNKNOWN, DEAR, CHEAP, FREE)


def names(routes):
    return [one.key for one in routes]


@pytest.mark.parametrize(
    ("prefer", "order"),
    [
        (("cost",), ["free", "cheap", "dear", "unknown"]),
        (("latency",), ["dear", "cheap", "free", "unknown"]),
        (("quality",), ["dear", "cheap", "unknown", "free"]),
        ((), ["unknown", "dear", "cheap", "free"]),
    ],
)
def test_each_criterion_orders_and_what_is_not_known_comes_last(prefer, order):
    assert names(ordered(ALL, prefer, Latencies())) == order


def test_criteria_count_in_their_order():
    a, b = route("a", (1.0, 1.0), 0.1, 1), route("b", (1.0, 1.0), 5.0, 99)
    assert names(ordered((b, a), ("cost", "latency"), Latencies())) == ["a", "b"]
    assert names(ordered((a, b), ("cost", "quality"), Latencies())) == ["b", "a"]


def test_the_order_does_not_depend_on_the_order_given():
    for several in itertools.permutations(ALL):
        assert names(ordered(several, ("cost",), Latencies()))[:3] == ["free", "cheap", "dear"]


def test_what_is_measured_replaces_the_hint():
    seen = Latencies()
    assert seen.of(DEAR) == 0.1
    assert seen.of(UNKNOWN) == math.inf
    seen.observe(DEAR, 10.0)
    assert seen.of(DEAR) == 10.0
    seen.observe(DEAR, 0.0)
    assert seen.of(DEAR) == pytest.approx(8.0)
    for nothing in (math.nan, math.inf, -1.0):
        seen.observe(DEAR, nothing)
    assert seen.of(DEAR) == pytest.approx(8.0)
    assert names(ordered((DEAR, CHEAP), ("latency",), seen)) == ["cheap", "dear"]


def test_noise_does_not_decide():
    seen = Latencies()
    seen.observe(CHEAP, 1.02)
    seen.observe(DEAR, 1.0)
    assert names(ordered((CHEAP, DEAR), ("latency", "cost"), seen)) == ["cheap", "dear"]


def test_cost_is_by_tokens():
    assert cost(DEAR, (1_000_000, 500_000)) == 20.0
    assert cost(UNKNOWN) == math.inf
    long_answers = route("x", (0.0, 100.0))
    assert names(ordered((DEAR, long_answers), ("cost",), Latencies(), tokens=(1000, 1))) == [
        "x",
        "dear",
    ]


def test_open_breakers_are_skipped_and_if_all_are_open_it_says_when():
    breakers = {one.key: Breaker(BreakerSection(failures=1, open_s=5)) for one in (CHEAP, DEAR)}
    breakers["cheap"].failed(breakers["cheap"].enter(10), 10)
    assert available((CHEAP, DEAR), breakers, 11) == (DEAR,)
    breakers["dear"].failed(breakers["dear"].enter(12), 12)
    with pytest.raises(Unavailable) as caught:
        available((CHEAP, DEAR), breakers, 12)
    assert caught.value.retry_after == 3.0
    assert isinstance(caught.value, Undecided)
    assert available((CHEAP, DEAR), breakers, 15) == (CHEAP,)
    with pytest.raises(Unavailable):
        available((), breakers, 15)
