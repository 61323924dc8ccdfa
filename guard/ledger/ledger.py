"""The ledger: how many persons' data have left, per threshold of law, and the one way to add to it.

    counts = ledger.counts(export)          what each count would be; the policy decides on these
    ledger.reserve(export, counts)          counted, durably, on the counts that were decided on
    …                                       only then the record is signed and the data released

`reserve` compares and counts in one transaction: if others passed a boundary meanwhile it raises
`CountsChanged` and counts nothing. What was reserved stays counted when the release then fails: the
count errs against the exporter, never for it. Reserving the same persons again adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from guard.errors import ConfigError, VerificationError
from guard.ledger.errors import CountsChanged, FutureDated, LedgerError
from guard.ledger.line import Line, Look, complete, lines, look, reduced
from guard.ledger.rule import Export, Rule
from guard.ledger.session import Session, Store
from guard.ledger.sqlite import SqliteStore
from guard.ledger.subjects import SubjectKey

EXACT = 2_000_000
"""Persons per counter with a row of their own: twice the highest boundary of any law."""


class Ledger:
    """Counts what leaves. Safe to use from several threads.

    Args:
        store: Where it is kept.
        rules: The thresholds (`guard.ledger.rules`).
        clock: The time, in UTC.
        exact: Persons per counter that get a row of their own; beyond them each occurrence of a
            person without one counts.

    Raises:
        ConfigError: `exact` is below a boundary: the count could not be told there.
    """

    def __init__(
        self,
        store: Store,
        rules: Sequence[Rule],
        *,
        clock: Callable[[], datetime],
        exact: int = EXACT,
    ) -> None:
        if any(exact < rule.row.numbers[-1] for rule in rules):
            raise ConfigError(
                "the ledger is exact only below a threshold of law", remedy=f"take {EXACT}"
            )
        self.store, self.rules, self.clock = store, tuple(rules), clock
        self._exact = exact

    @classmethod
    def open(
        cls,
        where: Path | str,
        key: SubjectKey | None,
        rules: Sequence[Rule],
        *,
        clock: Callable[[], datetime],
        wait_s: float = 5.0,
        exact: int = EXACT,
    ) -> Self:
        """Open the ledger in a file, or at a ``postgresql:`` URL.

        Args:
            where: File or URL.
            key: The key that its pseudonyms are made with; None only to look.
            rules: The thresholds.
            clock: The time, in UTC.
            wait_s: Seconds to wait for another process.
            exact: See the class.

        Raises:
            ConfigError: There is no ledger there, or one of another key or format.
            LedgerError: It cannot be read now.
        """
        kid = key.kid if key else None
        store: Store
        if is_url(where):
            from guard.ledger.postgres import PostgresStore  # noqa: PLC0415  (an extra)

            store = PostgresStore(str(where), kid=kid, wait_s=wait_s)
        else:
            store = SqliteStore(Path(where), kid=kid, wait_s=wait_s)
        return cls(store, rules, clock=clock, exact=exact)

    @staticmethod
    def create(where: Path | str, key: SubjectKey) -> None:
        """Begin a ledger: every count is zero.

        Raises:
            ConfigError: There is one already, or it cannot be made.
        """
        if is_url(where):
            from guard.ledger.postgres import PostgresStore  # noqa: PLC0415  (an extra)

            PostgresStore.create(str(where), kid=key.kid)
        else:
            SqliteStore.create(Path(where), kid=key.kid)

    def counts(self, export: Export) -> dict[str, int]:
        """What the counts that concern a transfer would be after it.

        Args:
            export: What is about to leave.

        Returns:
            By the name that the policy reads (the table `counts`), each reduced to the greatest
            boundary that it reaches, 0 below the first, so that decisions repeat. A count that is
            not there belongs to a law that does not look at this transfer.

        Raises:
            LedgerError: It cannot be counted, so the transfer must not be made.
        """
        touched = self._lines(export)
        if not touched:
            return {}
        with self.store.reading() as session:
            return reduced(
                look(session, line, session.counter(line.name, line.party)) for line in touched
            )

    def reserve(self, export: Export, decided_on: Mapping[str, int]) -> None:
        """Count a transfer; when this returns it is counted durably and may be recorded.

        Args:
            export: What is about to leave.
            decided_on: The counts that the decision rests on, as `counts` gave them.

        Raises:
            CountsChanged: They are not the counts any more; nothing was counted.
            LedgerError: It could not be counted, so the transfer must not be made.
        """
        touched = self._lines(export)
        if not any(line.takes for line in touched):
            _changed(self.counts(export), decided_on)
            return
        with self.store.writing() as session:
            looks = [look(session, line, session.opened(line.name, line.party)) for line in touched]
            _changed(reduced(looks), decided_on)
            for one in looks:
                self._write(session, one)

    def carry(self, threshold: str, number: int, at: datetime, *, counterparty: str = "") -> None:
        """Add what left before this ledger was begun, as if nobody of it were in it.

        Args:
            threshold: Id of the row of the table `thresholds`.
            number: Persons or devices; for days since the first transfer any number, `at` counts.
            at: When they left; the count leaves the window as if all had left then.
            counterparty: Who got them, where the threshold is per counterparty.

        Raises:
            ConfigError: There is no such threshold, or the counterparty is missing or too much.
            LedgerError: It could not be written.
        """
        rule = next((rule for rule in self.rules if rule.id == threshold), None)
        if rule is None or number < 1:
            raise ConfigError(
                "no such threshold, or less than one", remedy="see `guard ledger show`"
            )
        if (rule.row.per == "counterparty") != bool(counterparty):
            raise ConfigError(f"{threshold} is counted per {rule.row.per}")
        self._not_later(at)
        day = rule.window.day(at)
        names = [rule.id, rule.family] if rule.row.combined else [rule.id]
        with self.store.writing() as session:
            for name in sorted(names):
                counter = session.opened(name, counterparty)
                complete(counter, rule, day)
                session.first(counter.id, day)
                if rule.row.counted != "days":
                    session.tally(counter.id, {day: 0}, extra=number, on=day)

    def prune(self) -> int:
        """Erase whoever is in no window any more (GDPR Art. 5(1)(e)).

        Returns:
            How many pseudonyms were erased.

        Raises:
            LedgerError: It could not be written.
        """
        windows = {
            name: rule.window
            for rule in self.rules
            if rule.row.counted != "days"
            for name in (rule.id, rule.family)
        }
        now, erased = self.clock(), 0
        with self.store.writing() as session:
            for counter in session.counters():
                if window := windows.get(counter.name):
                    erased += session.forget(counter.id, window.start(window.day(now)))
        return erased

    def verify(self) -> None:
        """Look for damage, and recount every person.

        Raises:
            LedgerCorrupt: The file is damaged.
            VerificationError: The numbers of days do not add up to the persons.
        """
        self.store.check()
        with self.store.reading() as session:
            wrong = set(session.disagreeing())
            counters = [counter for counter in session.counters() if counter.id in wrong]
        if wrong:
            names = [f"{counter.name} {counter.party}".strip() for counter in counters]
            raise VerificationError(
                f"the ledger does not add up: {', '.join(names) or 'persons of no counter'}",
                remedy="restore it from a copy",
            )

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _lines(self, export: Export) -> list[Line]:
        self._not_later(export.at)
        return lines(self.rules, export)

    def _write(self, session: Session, seen: Look) -> None:
        line = seen.line
        if not line.takes or seen.counter is None:
            return
        if seen.counter.first_day is None or seen.counter.first_day > line.day:
            session.first(seen.counter.id, line.day)
        session.add(seen.counter.id, line.adds, seen.known, line.day, self._exact)

    def _not_later(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise LedgerError("a time without its zone falls on no day", remedy="say UTC")
        if at > self.clock():
            raise FutureDated(
                "a decision dated in the future is not counted", remedy="set the clock right"
            )


def is_url(where: Path | str) -> bool:
    """Whether a ledger is kept in PostgreSQL."""
    return str(where).startswith(("postgresql://", "postgres://"))


def _changed(now: Mapping[str, int], decided_on: Mapping[str, int]) -> None:
    """Refuse a decision that rests on other counts than there are now."""
    if now != decided_on:
        names = sorted({name for name, _ in now.items() ^ decided_on.items()})
        raise CountsChanged(f"changed meanwhile: {', '.join(names)}", counts=now)
