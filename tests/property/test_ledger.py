"""The law of the ledger: never fewer than there were; exactly as many where it says so."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guard.ledger import Ledger, standings
from tests.unit.ledger import world

FIRST = datetime(2025, 12, 25, 9, tzinfo=UTC)
EVERY = tuple(range(1, 61))  # a boundary at each number, so that counts are seen whole
YEAR = world.rule("year", EVERY, utc_offset_hours=8)
SENSITIVE = world.rule("sensitive", EVERY, categories=["health.condition"])
ROLLING = world.rule("rolling", EVERY, window="rolling_months:12", per="counterparty")
SHORT = world.rule("short", EVERY, window="rolling_months:1")
RULES = (YEAR, SENSITIVE, ROLLING, SHORT)

persons = st.sets(st.integers(0, 14), min_size=1, max_size=6)
transfers = st.builds(
    lambda gap, people, party, health: (gap, people, party, health),
    st.sampled_from([0, 1, 5, 7, 8, 20, 31, 180, 364, 365, 366]),
    persons,
    st.sampled_from(["acme", "other"]),
    st.booleans(),
)


@contextmanager
def ledger(clock, *rules, **how):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "ledger.sqlite"
        Ledger.create(path, world.KEY)
        opened = Ledger.open(path, world.KEY, rules, clock=clock, **how)
        try:
            yield opened
        finally:
            opened.close()


def exported(at, people, party, health):
    categories = ("identity.name", "health.condition") if health else ("identity.name",)
    return world.export(*people, at=at, counterparty=party, categories=categories)


def history(steps):
    """Transfers with their times, in order."""
    at = FIRST
    for gap, people, party, health in steps:
        at += timedelta(days=gap)
        yield exported(at, people, party, health)


def start(rule, day):
    """The beginning of a window, worked out anew from the words of the law."""
    here = date.fromordinal(day)
    if rule.window.kind == "calendar_year":
        return date(here.year, 1, 1).toordinal()
    months = here.year * 12 + here.month - 1 - rule.window.length
    for last in (here.day, 30, 29, 28):
        try:
            return date(months // 12, months % 12 + 1, min(last, here.day)).toordinal()
        except ValueError:
            continue
    raise AssertionError


def truth(rule, past, one):
    """The distinct persons in the window of a transfer, which is the last of `past`."""
    day = rule.window.day(one.at)
    inside = [
        e
        for e in past
        if start(rule, day) <= rule.window.day(e.at) <= day
        and rule.takes(e)
        and rule.party(e) == rule.party(one)
    ]
    return len({subject for e in inside for subject in e.subjects})


@given(st.lists(transfers, min_size=1, max_size=12))
def test_in_order_of_time_every_count_is_exact(steps):
    past, clock = [], world.Clock(FIRST)
    with ledger(clock, *RULES) as it:
        for one in history(steps):
            clock.at = one.at
            past.append(one)
            counts = it.counts(one)
            assert counts == {rule.id: truth(rule, past, one) for rule in RULES}
            it.reserve(one, counts)
        it.verify()


@given(st.lists(transfers, min_size=1, max_size=12), st.integers(0, 14))
def test_beyond_the_exact_ones_it_is_never_less_and_at_most_every_occurrence(steps, exact):
    rules = [world.rule(r.id, (1,), window=r.row.window, per=r.row.per) for r in (YEAR, ROLLING)]
    past, clock = [], world.Clock(FIRST)
    with ledger(clock, *rules, exact=exact + 1) as it:
        for one in history(steps):
            clock.at = one.at
            past.append(one)
            world.release(it, one)
            found = {(s.threshold, s.counterparty): s for s in standings(it, one.at)}
            for rule in rules:
                standing, real = found[rule.id, rule.party(one)], truth(rule, past, one)
                occurrences = sum(len(e.subjects) for e in past if rule.party(e) == rule.party(one))
                assert real <= standing.number <= max(real, occurrences)
                assert standing.number == real or not standing.exact
        it.verify()


@given(st.lists(transfers, min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_however_reports_arrive_no_window_of_today_is_too_small(steps, chance):
    past = list(history(steps))
    late = past.copy()
    chance.shuffle(late)
    clock = world.Clock(past[-1].at)
    with ledger(clock, *RULES) as it:
        for one in late:
            world.release(it, one)
        counts = it.counts(past[-1])
        assert counts == {rule.id: truth(rule, past, past[-1]) for rule in RULES}
        it.verify()


@given(st.lists(transfers, min_size=1, max_size=8), st.data())
def test_the_order_of_a_day_does_not_matter_and_a_retry_adds_nothing(steps, data):
    day = [exported(FIRST, *rest) for _, *rest in steps]
    clock, found = world.Clock(FIRST), []
    for order in (day, data.draw(st.permutations(day)) + data.draw(st.permutations(day))):
        with ledger(clock, *RULES) as it:
            for one in order:
                world.release(it, one)
            found.append(standings(it, FIRST))
    assert found[0] == found[1]


@given(st.lists(transfers, min_size=1, max_size=8), st.integers(0, 900))
def test_the_past_is_never_shown_smaller_than_it_was(steps, back):
    past, clock = list(history(steps)), world.Clock(FIRST)
    with ledger(clock, *RULES) as it:
        for one in past:
            clock.at = one.at
            world.release(it, one)
        then = max(FIRST, past[-1].at - timedelta(days=back))
        known = [e for e in past if e.at <= then]
        for standing in standings(it, then):
            rule = next(r for r in RULES if r.id == standing.threshold)
            asked = exported(then, {0}, standing.counterparty or "acme", health=True)
            real = truth(rule, known, asked)
            assert standing.number >= real
            assert standing.number == real or not standing.exact


@given(st.lists(transfers, min_size=1, max_size=8))
def test_pruning_changes_no_count_of_today(steps):
    past, clock = list(history(steps)), world.Clock(FIRST)
    with ledger(clock, *RULES) as it:
        for one in past:
            clock.at = one.at
            world.release(it, one)
        before = standings(it, clock.at)
        it.prune()
        assert standings(it, clock.at) == before
        it.verify()


@given(st.integers(0, 10**7))
def test_a_reduced_count_is_the_greatest_boundary_not_above_it(number):
    rule = world.rule("x", (1, 101, 10_001, 100_001))
    reached = rule.reduced(number)
    assert reached <= number
    assert all(not reached < boundary <= number for boundary in rule.row.numbers)
