"""The circuit breaker, by an argument for a clock, also under threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.gateway.breaker import Breaker
from guard.gateway.settings import BreakerSection

SECTION = BreakerSection(failures=3, ratio=0.5, window_s=10.0, open_s=5.0)


def fail(breaker, now, times=1):
    for _ in range(times):
        breaker.failed(breaker.enter(now), now)


def opened(now=100.0):
    breaker = Breaker(SECTION)
    fail(breaker, now, 3)
    assert breaker.state(now) == "open"
    return breaker


def test_it_opens_after_so_many_failures_and_then_lets_nobody_in():
    breaker = Breaker(SECTION)
    fail(breaker, 100, 2)
    assert (breaker.state(100), breaker.ready(100)) == ("closed", True)
    fail(breaker, 100)
    assert (breaker.state(100), breaker.ready(100)) == ("open", False)
    assert breaker.enter(104.9) is None
    assert breaker.retry_after(102) == 3.0
    assert breaker.retry_after(200) == 0.0


def test_failures_leave_the_window():
    breaker = Breaker(SECTION)
    fail(breaker, 100, 2)
    fail(breaker, 111, 2)
    assert breaker.state(111) == "closed"
    fail(breaker, 112)
    assert breaker.state(112) == "open"


def test_a_few_failures_among_many_answers_are_no_outage():
    breaker = Breaker(SECTION)
    for _ in range(10):
        breaker.succeeded(breaker.enter(100), 100)
    fail(breaker, 100, 9)
    assert breaker.state(100) == "closed"
    fail(breaker, 100)
    assert breaker.state(100) == "open"


def test_half_open_one_tries_and_decides():
    breaker = opened()
    assert breaker.state(105) == "half_open"
    probe = breaker.enter(105)
    assert probe.probe
    assert breaker.enter(105) is None
    assert not breaker.ready(105)
    breaker.succeeded(probe, 106)
    assert breaker.state(106) == "closed"
    fail(breaker, 106, 2)
    assert breaker.state(106) == "closed", "the old failures are forgotten"


def test_a_failed_probe_opens_again():
    breaker = opened()
    breaker.failed(breaker.enter(105), 107)
    assert breaker.enter(111.9) is None
    assert breaker.enter(112).probe


def test_an_abandoned_probe_lets_the_next_one_in_at_once_and_a_lost_one_later():
    breaker = opened()
    breaker.abandoned(breaker.enter(105))
    lost = breaker.enter(105)
    assert lost.probe
    assert breaker.enter(109.9) is None
    second = breaker.enter(110)
    assert second.probe
    breaker.failed(lost, 110)
    breaker.succeeded(second, 110)
    assert breaker.state(110) == "closed", "what the lost one says late counts no more"


def test_a_late_word_of_a_lost_probe_closes_nothing():
    breaker = opened()
    lost = breaker.enter(105)
    assert breaker.enter(110).probe
    breaker.succeeded(lost, 110)
    assert breaker.state(110) == "half_open"


def test_memory_does_not_grow_with_time():
    breaker = Breaker(BreakerSection(failures=10_000, window_s=10.0))
    for second in range(200):
        fail(breaker, float(second))
    assert len(breaker._slices) == 10
    assert breaker.state(200) == "closed"


def test_what_began_before_the_circuit_opened_neither_opens_nor_closes_it():
    breaker = Breaker(SECTION)
    old = [breaker.enter(100) for _ in range(5)]
    fail(breaker, 100, 3)
    breaker.succeeded(old[0], 101)
    assert breaker.state(101) == "open"
    probe = breaker.enter(105)
    breaker.failed(old[1], 105)
    breaker.succeeded(probe, 105)
    for one in old[2:]:
        breaker.failed(one, 105)
    assert breaker.state(105) == "closed"


def test_too_many_requests_holds_and_does_not_open():
    breaker = Breaker(SECTION)
    for _ in range(9):
        breaker.answered(breaker.enter(100), 429, 100)
    assert breaker.state(100) == "closed"
    breaker.answered(breaker.enter(100), 429, 100, retry_after=7)
    assert (breaker.ready(106), breaker.retry_after(101)) == (False, 6.0)
    assert breaker.ready(107)
    breaker.hold(1e12, 107)
    assert breaker.retry_after(107) == 3600.0, "nobody closes an upstream for ever"


@pytest.mark.parametrize(
    ("status", "counts"),
    [(200, False), (400, False), (404, False), (429, False), (500, True), (503, True),
     (529, True), (401, True), (403, True), (408, True), (302, True), (0, True)],
)  # fmt: skip
def test_errors_of_the_upstream_and_of_our_credential_count(status, counts):
    breaker = Breaker(SECTION)
    for _ in range(3):
        breaker.answered(breaker.enter(1), status, 1)
    assert (breaker.state(1) == "open") is counts


def test_only_one_of_many_threads_gets_the_probe():
    for _ in range(20):
        breaker = opened()
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(breaker.enter, [105] * 32))
        assert sum(one is not None for one in got) == 1


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("sfax"))))
def test_memory_is_bounded_and_time_always_lets_somebody_in_again(events):
    breaker, now = Breaker(SECTION), 50.0
    for wait, what in events:
        now += wait
        leave = breaker.enter(now)
        assert (leave is None) == (breaker.ready(now) is False) or leave.probe
        if leave is None:
            continue
        if what == "s":
            breaker.succeeded(leave, now)
        elif what == "f":
            breaker.failed(leave, now)
        elif what == "a":
            breaker.abandoned(leave)
        assert len(breaker._slices) <= 10
    assert breaker.enter(now + 2 * SECTION.open_s) is not None
