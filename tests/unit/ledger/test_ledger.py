"""Counting: once each, before release, and refused rather than uncounted."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from guard.errors import ConfigError, Refused, VerificationError
from guard.ledger import (
    CountsChanged,
    FutureDated,
    Ledger,
    LedgerBusy,
    LedgerCorrupt,
    LedgerError,
    SubjectKey,
    standings,
)
from tests.unit.ledger.world import (
    DAYS,
    KEY,
    NOW,
    ROLLING,
    SENSITIVE,
    YEAR,
    Clock,
    again,
    begun,
    days,
    export,
    release,
    rule,
)

JANUARY = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite"


def numbers(ledger, at=NOW):
    """The count itself by threshold and counterparty."""
    return {(s.threshold, s.counterparty): s.number for s in standings(ledger, at)}


def test_the_count_is_what_it_would_be_after_the_transfer(path):
    ledger = begun(path, YEAR)
    assert ledger.counts(export(1, 2)) == {"year": 0}
    assert ledger.counts(export(1, 2, 3)) == {"year": 3}
    assert release(ledger, export(1, 2)) == {"year": 0}
    assert ledger.counts(export(2)) == {"year": 0}
    assert ledger.counts(export(3)) == {"year": 3}
    assert ledger.counts(export(3, 4, 5)) == {"year": 5}
    assert numbers(ledger) == {("year", ""): 2}


def test_looking_counts_nobody(path):
    ledger = begun(path, YEAR)
    for _ in range(3):
        ledger.counts(export(1, 2, 3))
    assert numbers(ledger) == {("year", ""): 0}


def test_a_retried_request_counts_once(path):
    ledger = begun(path, YEAR, ROLLING)
    one = export(1, 2, 3, 3)
    first = release(ledger, one)
    assert release(ledger, one) == first == {"year": 3, "rolling": 2}
    assert set(numbers(ledger).values()) == {3}


def test_a_decision_on_counts_that_have_changed_is_taken_again(path):
    ledger, other = begun(path, YEAR), again(path, YEAR)
    decided_on = ledger.counts(export(1, 2))
    release(other, export(3))
    with pytest.raises(CountsChanged, match="year") as caught:
        ledger.reserve(export(1, 2), decided_on)
    assert caught.value.counts == {"year": 3}
    assert numbers(ledger) == {("year", ""): 1}, "nothing was counted"
    ledger.reserve(export(1, 2), caught.value.counts)
    assert numbers(ledger) == {("year", ""): 3}


def test_a_change_below_the_next_boundary_is_none(path):
    ledger, other = begun(path, YEAR), again(path, YEAR)
    decided_on = ledger.counts(export(1))
    release(other, export(2))
    ledger.reserve(export(1), decided_on)
    assert numbers(ledger) == {("year", ""): 2}


def test_counts_of_another_law_are_not_what_was_decided_on(path):
    ledger = begun(path, YEAR)
    with pytest.raises(CountsChanged):
        ledger.reserve(export(1), {})
    with pytest.raises(CountsChanged):
        ledger.reserve(export(1, instruments=("other",)), {"year": 0})
    ledger.reserve(export(1, instruments=("other",)), {})


def test_data_that_do_not_count_see_the_count_and_leave_it(path):
    ledger = begun(path, YEAR, SENSITIVE)
    assert release(ledger, export(1, categories=("health.condition",))) == {
        "year": 0, "sensitive": 1,
    }  # fmt: skip
    assert release(ledger, export(2, 3, 4)) == {"year": 3, "sensitive": 1}
    assert numbers(ledger) == {("sensitive", ""): 1, ("year", ""): 3}


def test_each_counterparty_has_its_own_count(path):
    ledger = begun(path, ROLLING)
    release(ledger, export(1, 2))
    assert ledger.counts(export(3, counterparty="other")) == {"rolling": 0}
    assert ledger.counts(export(3)) == {"rolling": 2}


def test_a_new_year_begins_at_zero(path):
    clock = Clock(JANUARY - days(1))
    ledger = begun(path, YEAR, clock=clock)
    release(ledger, export(1, 2, 3, at=clock.at))
    clock.at = JANUARY
    assert ledger.counts(export(1, at=JANUARY)) == {"year": 0}
    release(ledger, export(1, at=JANUARY))
    assert numbers(ledger, JANUARY) == {("year", ""): 1}


def test_twelve_months_end_after_their_last_day(path):
    clock = Clock(datetime(2025, 11, 22, 23, tzinfo=UTC))
    ledger = begun(path, ROLLING, clock=clock)
    release(ledger, export(1, 2, at=clock.at))
    clock.at = datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert ledger.counts(export(1, at=clock.at)) == {"rolling": 2}
    clock.at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert ledger.counts(export(1, at=clock.at)) == {"rolling": 0}


def test_who_comes_again_stays_in_the_window(path):
    clock = Clock(NOW - days(300))
    ledger = begun(path, ROLLING, clock=clock)
    release(ledger, export(1, 2, at=clock.at))
    clock.at = NOW
    release(ledger, export(2))
    clock.at = NOW + days(100)
    assert ledger.counts(export(3, at=clock.at)) == {"rolling": 2}
    assert numbers(ledger, clock.at) == {("rolling", "acme"): 1}


def test_days_are_counted_from_the_first_transfer(path):
    clock = Clock(NOW)
    ledger = begun(path, DAYS, clock=clock)
    assert release(ledger, export(1)) == {"days": 0}
    clock.at = NOW + days(60)
    assert release(ledger, export(2, at=clock.at)) == {"days": 0}
    clock.at = NOW + days(61)
    assert release(ledger, export(3, at=clock.at)) == {"days": 61}
    assert numbers(ledger, clock.at) == {("days", ""): 61}


def test_a_late_report_of_an_early_transfer_moves_the_first_day(path):
    ledger = begun(path, DAYS)
    release(ledger, export(1, at=NOW - days(10)))
    release(ledger, export(1, at=NOW - days(70)))
    assert ledger.counts(export(1)) == {"days": 61}


def test_combined_data_count_against_the_lowest_threshold(path):
    low = rule("low", (3,), combined=True, categories=["health.condition"])
    high = rule("high", (6,), combined=True)
    ledger = begun(path, low, high)
    release(ledger, export(1, categories=("health.condition",)))
    assert release(ledger, export(2)) == {"low": 0, "high": 0}
    assert ledger.counts(export(3)) == {"low": 3, "high": 0}, "three persons in all, of two kinds"
    assert ledger.counts(export(2)) == {"low": 0, "high": 0}
    release(ledger, export(3))
    assert numbers(ledger) == {("low", ""): 3, ("high", ""): 2}


@pytest.mark.parametrize("call", ["counts", "reserve"])
def test_a_decision_dated_in_the_future_is_refused(path, call):
    ledger = begun(path, YEAR)
    future = export(1, at=NOW + days(1 / 86400))
    with pytest.raises(FutureDated, match="set the clock right"):
        ledger.counts(future) if call == "counts" else ledger.reserve(future, {"year": 0})
    assert numbers(ledger) == {("year", ""): 0}


def test_a_time_without_a_zone_is_refused(path):
    with pytest.raises(LedgerError, match="without its zone"):
        begun(path, YEAR).counts(export(1, at=NOW.replace(tzinfo=None)))


def test_personal_data_of_nobody_are_refused(path):
    with pytest.raises(LedgerError, match="at least one person"):
        begun(path, YEAR).counts(export())


def test_every_failure_is_a_refusal():
    for error in (LedgerError, LedgerBusy, LedgerCorrupt, FutureDated, CountsChanged):
        assert issubclass(error, Refused)


def test_beyond_the_exact_ones_every_occurrence_counts(path):
    ledger = begun(path, YEAR, exact=5)
    release(ledger, export(1, 2, 3, 4))
    release(ledger, export(4, 5, 6, 7))
    assert numbers(ledger) == {("year", ""): 7}
    release(ledger, export(1, 4))
    assert numbers(ledger) == {("year", ""): 7}, "who has a row is known"
    release(ledger, export(5, 6, 7))
    assert numbers(ledger) == {("year", ""): 9}, "two have none and count anew: never too few"
    (standing,) = standings(ledger, NOW)
    assert not standing.exact


def test_the_ledger_is_exact_up_to_every_boundary(path):
    with pytest.raises(ConfigError, match="exact only below a threshold"):
        begun(path, YEAR, exact=4)


def test_a_missing_ledger_is_no_empty_one(path):
    with pytest.raises(ConfigError, match="every count would begin at zero"):
        again(path, YEAR)
    assert not path.exists()


def test_a_ledger_is_begun_once(path):
    ledger = begun(path, YEAR)
    release(ledger, export(1))
    with pytest.raises(ConfigError, match="there is a ledger already"):
        Ledger.create(path, KEY)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ConfigError, match="cannot be made"):
        Ledger.create(path / "below", KEY)


def test_another_key_does_not_open_it(path):
    begun(path, YEAR).close()
    with pytest.raises(ConfigError, match="another key"):
        Ledger.open(path, SubjectKey.generate(), [YEAR], clock=Clock())


def test_another_file_is_no_ledger(path):
    sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.close()
    with pytest.raises(ConfigError, match="not a ledger"):
        again(path, YEAR)
    path.write_bytes(b"")
    with pytest.raises(ConfigError, match="not a ledger"):
        again(path, YEAR)
    path.write_bytes(b"plain text, and more of it than a header has" * 99)
    with pytest.raises(LedgerCorrupt, match="restore it from a copy"):
        again(path, YEAR)


def test_a_damaged_file_is_refused(path):
    ledger = begun(path, YEAR)
    release(ledger, export(*range(900)))
    ledger.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * 2 :] = b"\xff" * (len(whole) - 4096 * 2)
    path.write_bytes(whole)
    damaged = again(path, YEAR)
    with pytest.raises(LedgerCorrupt):
        damaged.verify()
    with pytest.raises(LedgerCorrupt):
        release(damaged, export(1))


def test_a_ledger_that_another_holds_is_refused_after_the_wait(path):
    begun(path, YEAR).close()
    ledger = again(path, YEAR, wait_s=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerBusy, match=r"another process holds the ledger.*PostgreSQL"):
        release(ledger, export(1))
    other.execute("ROLLBACK")
    other.close()
    release(ledger, export(1))
    assert numbers(ledger) == {("year", ""): 1}


def test_what_was_tampered_with_does_not_add_up(path):
    ledger = begun(path, YEAR)
    release(ledger, export(1, 2, 3))
    ledger.verify()
    other = sqlite3.connect(path)
    other.execute("UPDATE tally SET subjects = 1")
    other.commit()
    other.close()
    with pytest.raises(VerificationError, match="does not add up: year"):
        ledger.verify()


def test_no_person_stands_in_the_file(path):
    key = SubjectKey(b"s" * 32)
    ledger = begun(path, YEAR)
    release(ledger, export(1))
    ledger.close()
    stored = path.read_bytes()
    assert KEY.secret not in stored
    assert KEY.pseudonym("subject", "1") in stored
    assert key.pseudonym("subject", "1") not in stored


def test_pruning_erases_who_is_in_no_window(path):
    clock = Clock(NOW - days(400))
    ledger = begun(path, ROLLING, YEAR, DAYS, clock=clock)
    release(ledger, export(1, 2, at=clock.at))
    clock.at = NOW
    release(ledger, export(2, 3))
    assert ledger.prune() == 2
    assert ledger.prune() == 0
    ledger.verify()
    assert numbers(ledger) == {("rolling", "acme"): 2, ("year", ""): 2, ("days", ""): 400}
    with pytest.raises(LedgerError, match="has been pruned"):
        ledger.counts(export(4, at=NOW - days(390)))
    with pytest.raises(ConfigError, match="has been pruned"):
        standings(ledger, NOW - days(390))


def test_what_left_before_is_carried_in(path):
    ledger = begun(path, YEAR, ROLLING, DAYS)
    ledger.carry("year", 4, NOW - days(30))
    ledger.carry("days", 1, NOW - days(61))
    ledger.carry("rolling", 2, NOW - days(30), counterparty="acme")
    assert ledger.counts(export(1)) == {"year": 5, "rolling": 2, "days": 61}
    ledger.verify()
    with pytest.raises(ConfigError, match="no such threshold"):
        ledger.carry("month", 4, NOW)
    with pytest.raises(ConfigError, match="per counterparty"):
        ledger.carry("rolling", 4, NOW)
    with pytest.raises(ConfigError, match="per instrument"):
        ledger.carry("year", 4, NOW, counterparty="acme")
    with pytest.raises(FutureDated):
        ledger.carry("year", 4, NOW + days(1))


def test_the_past_is_counted_as_it_was_or_higher(path):
    clock = Clock(NOW - days(100))
    ledger = begun(path, ROLLING, clock=clock)
    release(ledger, export(1, 2, 3, at=clock.at))
    clock.at = NOW
    release(ledger, export(3, 4))
    (then,) = standings(ledger, NOW - days(50))
    assert (then.number, then.exact, then.reached, then.following) == (3, True, 2, 6)
    (now,) = standings(ledger, NOW)
    assert (now.number, now.since, now.until) == (4, "2025-11-22", "2026-11-22")
    assert (now.means, now.following_means) == ("from 2", "from 6")
    with pytest.raises(ConfigError, match="future"):
        standings(ledger, NOW + days(1))


def test_a_past_that_is_not_known_is_said_to_be_at_most(path):
    short = rule("short", window="rolling_months:1")
    clock = Clock(NOW - days(100))
    ledger = begun(path, short, clock=clock)
    release(ledger, export(1, at=clock.at))
    clock.at = NOW
    release(ledger, export(1))
    (then,) = standings(ledger, NOW - days(50))
    assert (then.number, then.exact) == (1, False)


def test_a_standing_without_transfers_is_zero(path):
    found = standings(begun(path, YEAR, ROLLING, DAYS), NOW)
    assert [(s.threshold, s.number, s.since) for s in found] == [
        ("days", 0, ""), ("year", 0, "2026-01-01"),
    ]  # fmt: skip
    assert all(s.share == 0 for s in found)


def test_a_late_report_is_in_the_past_it_belongs_to(path):
    ledger = begun(path, YEAR)
    release(ledger, export(1))
    release(ledger, export(1, at=NOW - days(20)))
    (then,) = standings(ledger, NOW - days(10))
    assert then.number == 1


def test_a_transfer_that_fails_half_way_leaves_nothing(path):
    ledger = begun(path, YEAR)

    def half():
        with ledger.store.writing() as session:
            counter = session.opened("year", "")
            session.add(counter.id, [b"p" * 16], {}, 1, 9)
            raise LedgerError("half way")

    with pytest.raises(LedgerError, match="half way"):
        half()
    with ledger.store.reading() as session:
        assert list(session.counters()) == []
    release(ledger, export(1))
    ledger.verify()


def test_it_is_durable_before_it_answers(path):
    ledger = begun(path, YEAR)
    pragma = ledger.store._db.execute
    assert pragma("PRAGMA journal_mode").fetchone() == ("wal",)
    assert pragma("PRAGMA synchronous").fetchone() == (2,), "FULL: fsync at every commit"


def test_threads_share_one_ledger(path):
    ledger = begun(path, rule("year", (10_000,)))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: release(ledger, export(n, n + 1)), range(0, 200, 2)))
    assert numbers(ledger) == {("year", ""): 200}
    ledger.verify()
