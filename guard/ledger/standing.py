"""Where each count stands on a day, for those who answer for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guard.errors import ConfigError
from guard.ledger.ledger import Ledger
from guard.ledger.rule import Rule, raised
from guard.ledger.session import Counter, Session


@dataclass(frozen=True, slots=True)
class Standing:
    """One count on one day.

    Args:
        threshold: Id of the row of the table `thresholds`.
        instrument: Its instrument.
        count: What the policy calls it.
        counted: ``persons``, ``devices`` or ``days``.
        counterparty: Who got the data; ``""`` for all recipients together.
        number: The count, never below the truth.
        exact: Whether it is the truth.
        since: First day of the window (for days: of the first transfer), ``""`` before any.
        until: The day asked about, on the law's clock.
        reached: The boundary that is reached, 0 if none is.
        means: What that boundary means, ``""`` if none is reached.
        following: The next boundary, 0 if there is none.
        following_means: What the next one means.
        cites: The provision.
    """

    threshold: str
    instrument: str
    count: str
    counted: str
    counterparty: str
    number: int
    exact: bool
    since: str
    until: str
    reached: int
    means: str
    following: int
    following_means: str
    cites: str

    @property
    def share(self) -> float:
        """How much of the way to the next boundary is gone, 0 to 1; 1 beyond the last."""
        return min(1.0, self.number / self.following) if self.following else 1.0


@dataclass(frozen=True, slots=True)
class _Count:
    number: int
    exact: bool


def standings(ledger: Ledger, as_of: datetime) -> tuple[Standing, ...]:
    """Every count as it stood at a time, in order of threshold and counterparty.

    Counts of the past are upper bounds too: of a person only the first and the last day are kept.
    A threshold per counterparty is listed for each that got data.

    Args:
        ledger: The ledger.
        as_of: When; with a time zone.

    Raises:
        ConfigError: It is in the future, or its window has been pruned.
        LedgerError: The ledger cannot be read.
    """
    if as_of > ledger.clock():
        raise ConfigError("there are no counts of the future yet", remedy="ask for today")
    with ledger.store.reading() as session:
        counters = {(c.name, c.party): c for c in session.counters()}
        parties = {party for _, party in counters} | {""}
        found = [
            standing
            for party in sorted(parties)
            for standing in _of_party(session, ledger.rules, counters, party, as_of)
        ]
    return tuple(sorted(found, key=lambda one: (one.threshold, one.counterparty)))


def _of_party(
    session: Session,
    rules: tuple[Rule, ...],
    counters: Mapping[tuple[str, str], Counter],
    party: str,
    as_of: datetime,
) -> list[Standing]:
    mine = [rule for rule in rules if (rule.row.per == "counterparty") == bool(party)]
    counts: dict[str, _Count] = {}
    for rule in mine:
        for name in {rule.id, rule.family} if rule.row.combined else {rule.id}:
            if name not in counts:
                counts[name] = _count(session, rule, counters.get((name, party)), as_of)
    numbers = raised({name: count.number for name, count in counts.items()}, mine)
    return [
        _standing(
            rule,
            party,
            numbers[rule.id],
            counters.get((rule.id, party)),
            as_of,
            exact=counts[rule.id].exact and numbers[rule.id] == counts[rule.id].number,
        )
        for rule in mine
    ]


def _count(session: Session, rule: Rule, counter: Counter | None, as_of: datetime) -> _Count:
    day = rule.window.day(as_of)
    if counter is None:
        return _Count(0, exact=True)
    if rule.row.counted == "days":
        first = counter.first_day
        return _Count(0 if first is None else max(0, day - first), exact=True)
    start = rule.window.start(day)
    if start < counter.kept_from:
        raise ConfigError(
            f"{counter.name}: the window of that day has been pruned", remedy="ask for a later day"
        )
    number, certain = session.between(counter.id, start, day)
    return _Count(number, exact=number == certain)


def _standing(
    rule: Rule, party: str, number: int, counter: Counter | None, as_of: datetime, *, exact: bool
) -> Standing:
    row, day = rule.row, rule.window.day(as_of)
    passed = bisect_right(row.numbers, number)
    at, after = row.at_least[passed - 1 : passed], row.at_least[passed : passed + 1]
    first: int | None = rule.window.start(day)
    if row.counted == "days":
        first = counter.first_day if counter else None
    return Standing(
        threshold=rule.id,
        instrument=row.instrument,
        count=row.count,
        counted=row.counted,
        counterparty=party,
        number=number,
        exact=exact,
        since=date.fromordinal(first).isoformat() if first else "",
        until=date.fromordinal(day).isoformat(),
        reached=at[0].number if at else 0,
        means=at[0].means if at else "",
        following=after[0].number if after else 0,
        following_means=after[0].means if after else "",
        cites=row.cites,
    )
