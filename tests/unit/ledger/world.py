"""Small thresholds, times and exports for the ledger's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from guard.ledger import Export, Ledger, Rule, SubjectKey
from guard.ledger.window import Window
from guard.regions.tables import parse
from guard.regions.thresholds import ThresholdRow

KEY = SubjectKey(bytes(range(32)))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROW = {
    "title": "A threshold",
    "instrument": "law",
    "counted": "persons",
    "data": "listed",
    "categories": ["identity.name"],
    "window": "calendar_year",
    "utc_offset_hours": 0,
    "per": "instrument",
    "cites": "Art. 1",
    "source": "a test",
    "checked": "2026-11-22",
    "confidence": "high",
    "valid_from": "2000-01-01",
    "valid_until": "9999-12-31",
}


def rule(name: str, numbers: Iterable[int] = (3, 5), **fields: Any) -> Rule:
    """A threshold with the given boundaries."""
    boundaries = [{"number": n, "means": f"from {n}"} for n in numbers]
    said = {**ROW, "id": name, "count": name, "at_least": boundaries, **fields}
    row = parse("thresholds", said, "a test")
    assert isinstance(row, ThresholdRow)
    return Rule(
        row, Window.parse(row.window, row.utc_offset_hours), frozenset(row.categories) or ALL
    )


ALL = frozenset({"identity.name", "health.condition", "sensitive.genetic"})
YEAR = rule("year")
SENSITIVE = rule("sensitive", (1, 4), categories=["health.condition"])
ROLLING = rule("rolling", (2, 6), window="rolling_months:12", per="counterparty")
DAYS = rule("days", (61,), window="since_first_days:60", counted="days")


def person(number: int) -> bytes:
    """The pseudonym of a person."""
    return KEY.pseudonym("subject", str(number))


def export(*numbers: int, at: datetime = NOW, **fields: Any) -> Export:
    """Data of these persons."""
    said: dict[str, Any] = {
        "instruments": ("law",),
        "counterparty": "acme",
        "places": ("US",),
        "categories": ("identity.name",),
        **fields,
    }
    return Export(at=at, subjects=tuple(person(n) for n in numbers), **said)


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


OPENED: list[Ledger] = []
"""What `conftest` closes after each test."""


def begun(path: Path | str, *rules: Rule, **how: Any) -> Ledger:
    """A new ledger."""
    Ledger.create(path, KEY)
    return again(path, *rules, **how)


def again(
    path: Path | str, *rules: Rule, clock: Callable[[], datetime] | None = None, **how: Any
) -> Ledger:
    """A ledger that is there, opened once more."""
    ledger = Ledger.open(path, KEY, rules, clock=clock or Clock(), **how)
    OPENED.append(ledger)
    return ledger


def release(ledger: Ledger, one: Export) -> dict[str, int]:
    """Count a transfer on the counts as they are, and give them."""
    counts = ledger.counts(one)
    ledger.reserve(one, counts)
    return counts


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
