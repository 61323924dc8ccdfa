"""When a window begins, on the law's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from guard.ledger.window import Window

CHINA = Window.parse("calendar_year", 8)
MONTHS = Window.parse("rolling_months:12", 0)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), "2026-12-31"),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), "2027-01-01"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=8))), "2027-01-01"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=timezone(timedelta(hours=2))), "2026-12-31"),
    ],
)
def test_the_new_year_begins_in_beijing(at, day):
    assert date.fromordinal(CHINA.day(at)).isoformat() == day


@pytest.mark.parametrize(
    ("window", "day", "start"),
    [
        (CHINA, "2026-01-01", "2026-01-01"),
        (CHINA, "2026-12-31", "2026-01-01"),
        (MONTHS, "2026-11-22", "2025-11-22"),
        (MONTHS, "2026-01-01", "2025-01-01"),
        # There is no 29 February the year before: the earlier day counts more.
        (MONTHS, "2028-02-29", "2027-02-28"),
        (MONTHS, "2029-02-28", "2028-02-28"),
        (Window.parse("rolling_months:1", 0), "2026-03-31", "2026-02-28"),
        (Window.parse("rolling_months:6", 0), "2026-05-31", "2025-11-30"),
    ],
)
def test_the_first_day_of_a_window(window, day, start):
    found = window.start(date.fromisoformat(day).toordinal())
    assert date.fromordinal(found).isoformat() == start


def test_since_the_first_day_has_no_beginning_of_its_own():
    window = Window.parse("since_first_days:60", 7)
    assert (window.length, window.start(date(2026, 3, 1).toordinal())) == (60, 1)
