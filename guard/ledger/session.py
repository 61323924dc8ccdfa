"""The ledger's statements, the same for SQLite and PostgreSQL.

A counter holds one row a person, with the first and the last day on which the person's data left,
and one row a day: how many persons' last day it is. So the persons since a day are a sum of at most
a few hundred small numbers, exactly, and what leaves a window needs no sweep.
"""

from __future__ import annotations

from collections import Counter as Tallies
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from guard.errors import ConfigError

FORMAT = "1"
SCHEMA = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE counter (
        id {serial}, name TEXT NOT NULL, party TEXT NOT NULL,
        first_day INTEGER, kept_from INTEGER NOT NULL DEFAULT 0, UNIQUE (name, party))""",
    """CREATE TABLE subject (
        counter INTEGER NOT NULL, pseudonym {blob} NOT NULL,
        first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,
        PRIMARY KEY (counter, pseudonym)){compact}""",
    """CREATE TABLE tally (
        counter INTEGER NOT NULL, day INTEGER NOT NULL,
        subjects BIGINT NOT NULL, extra BIGINT NOT NULL, PRIMARY KEY (counter, day)){compact}""",
)
"""`subjects` have this as their last day; `extra` are persons without a row of their own."""
_COUNTER = "SELECT id, name, party, first_day, kept_from FROM counter WHERE name=? AND party=?"
_KNOWN = "SELECT pseudonym, first_day, last_day FROM subject WHERE counter=? AND pseudonym IN"
_INSIDE = "SELECT COUNT(*) FROM subject WHERE counter=? AND first_day<=? AND last_day>=?"
_ASKED = 500  # pseudonyms a query; SQLite takes 999 parameters wherever it is compiled
Known = dict[bytes, tuple[int, int]]
"""First and last day by pseudonym."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A row of the table `counter`.

    Args:
        id: Its number.
        name: The threshold, or the family of combined ones.
        party: The counterparty, or ``""`` for all.
        first_day: The day of the first transfer, None before it.
        kept_from: The first day of which everything is still kept.
    """

    id: int
    name: str
    party: str
    first_day: int | None
    kept_from: int


class Session:
    """One transaction.

    Args:
        rows: Runs a statement and gives its rows.
        many: Runs a statement for each of several sets of values.
        lock: What makes a selected row this transaction's own until its end.
    """

    def __init__(
        self,
        rows: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]],
        many: Callable[[str, Sequence[Sequence[Any]]], None],
        *,
        lock: str = "",
    ) -> None:
        self._rows, self._many, self._lock = rows, many, lock

    def start(self, kid: str) -> None:
        """Say which key the pseudonyms of this ledger are made with."""
        self._many("INSERT INTO meta VALUES (?,?)", [("format", FORMAT), ("kid", kid)])

    def check(self, kid: str | None, where: str) -> None:
        """Compare format and key with what the ledger was made with.

        Raises:
            ConfigError: They differ.
        """
        said = dict(self._rows("SELECT name, value FROM meta", ()))
        if said.get("format") != FORMAT:
            raise ConfigError(f"{where}: a ledger of another format", remedy="upgrade guard")
        if kid is not None and said.get("kid") != kid:
            raise ConfigError(
                f"{where}: made with another key", remedy="name the key file it was made with"
            )

    def counter(self, name: str, party: str) -> Counter | None:
        """The counter of that name, locked if this transaction writes."""
        found = self._rows(_COUNTER + self._lock, (name, party))
        return Counter(*found[0]) if found else None

    def opened(self, name: str, party: str) -> Counter:
        """The counter of that name, made if there is none."""
        while (counter := self.counter(name, party)) is None:
            self._rows(
                "INSERT INTO counter (name, party) VALUES (?,?) ON CONFLICT DO NOTHING",
                (name, party),
            )
        return counter

    def counters(self) -> Iterator[Counter]:
        """Every counter, in order of name and party."""
        for row in self._rows(
            "SELECT id, name, party, first_day, kept_from FROM counter ORDER BY name, party", ()
        ):
            yield Counter(*row)

    def known(self, counter: int, pseudonyms: Sequence[bytes]) -> Known:
        """Those of `pseudonyms` that the counter holds."""
        found: Known = {}
        for begin in range(0, len(pseudonyms), _ASKED):
            some = pseudonyms[begin : begin + _ASKED]
            marks = ",".join("?" * len(some))
            for pseudonym, first, last in self._rows(f"{_KNOWN} ({marks})", (counter, *some)):
                found[bytes(pseudonym)] = (first, last)
        return found

    def since(self, counter: int, start: int) -> int:
        """How many persons' data left on `start` or later, at most."""
        return self._number(
            "SELECT SUM(subjects + extra) FROM tally WHERE counter=? AND day>=?", (counter, start)
        )

    def between(self, counter: int, start: int, end: int) -> tuple[int, int]:
        """How many persons' data left from `start` to `end`, at most and at least.

        It looks at every person. Of somebody whose first day is before the window and whose last is
        after it, the days between are not kept.
        """
        here = self._number(_INSIDE, (counter, end, start))
        unsure = self._number(
            f"{_INSIDE} AND first_day<? AND last_day>?", (counter, end, start, start, end)
        )
        extra = self._number(
            "SELECT SUM(extra) FROM tally WHERE counter=? AND day>=? AND day<=?",
            (counter, start, end),
        )
        return here + extra, here - unsure

    def add(
        self, counter: int, pseudonyms: Sequence[bytes], known: Known, day: int, limit: int
    ) -> None:
        """Count persons on a day, each once.

        Args:
            counter: The counter.
            pseudonyms: Distinct pseudonyms.
            known: What `known` says of them in this transaction.
            day: The day.
            limit: How many persons get a row of their own; beyond it whoever has none is counted
                at every occurrence, which is never too little.
        """
        fresh = [one for one in pseudonyms if one not in known]
        stored = self._number("SELECT SUM(subjects) FROM tally WHERE counter=?", (counter,))
        rows = fresh[: max(0, limit - stored)] if fresh else []
        later = [(one, last) for one, (_, last) in known.items() if last < day]
        earlier = [one for one, (first, _) in known.items() if first > day]
        self._many(
            "INSERT INTO subject VALUES (?,?,?,?)", [(counter, one, day, day) for one in rows]
        )
        self._many(
            "UPDATE subject SET last_day=? WHERE counter=? AND pseudonym=?",
            [(day, counter, one) for one, _ in later],
        )
        self._many(
            "UPDATE subject SET first_day=? WHERE counter=? AND pseudonym=?",
            [(day, counter, one) for one in earlier],
        )
        moved = Tallies(last for _, last in later)
        self.tally(counter, {day: len(rows) + len(later)}, extra=len(fresh) - len(rows), on=day)
        self.tally(counter, {last: -number for last, number in moved.items()})

    def tally(self, counter: int, subjects: dict[int, int], *, extra: int = 0, on: int = 0) -> None:
        """Change the numbers of days: of persons with a row, and on one day of those without."""
        changes = [(counter, d, n, extra if d == on else 0) for d, n in sorted(subjects.items())]
        self._many(
            "INSERT INTO tally VALUES (?,?,?,?) ON CONFLICT (counter, day) DO UPDATE SET"
            " subjects = tally.subjects + excluded.subjects, extra = tally.extra + excluded.extra",
            [change for change in changes if any(change[2:])],
        )

    def first(self, counter: int, day: int) -> None:
        """Remember the day of a transfer if it is the first."""
        self._rows(
            "UPDATE counter SET first_day=? WHERE id=? AND (first_day IS NULL OR first_day>?)",
            (day, counter, day),
        )

    def forget(self, counter: int, before: int) -> int:
        """Erase whose last day is before a day; returns their number."""
        number = self._number(
            "SELECT COUNT(*) FROM subject WHERE counter=? AND last_day<?", (counter, before)
        )
        self._rows("DELETE FROM subject WHERE counter=? AND last_day<?", (counter, before))
        self._rows("DELETE FROM tally WHERE counter=? AND day<?", (counter, before))
        self._rows(
            "UPDATE counter SET kept_from=? WHERE id=? AND kept_from<?", (before, counter, before)
        )
        return number

    def disagreeing(self) -> Iterable[int]:
        """Counters whose days do not add up to their persons."""
        held = self._rows("SELECT counter, last_day, COUNT(*) FROM subject GROUP BY 1, 2", ())
        said = self._rows("SELECT counter, day, subjects FROM tally WHERE subjects<>0", ())
        return sorted({row[0] for row in {*held} ^ {*said}})

    def _number(self, statement: str, values: Sequence[Any]) -> int:
        return int(self._rows(statement, values)[0][0] or 0)


class Store(Protocol):
    """Where a ledger is kept."""

    def reading(self) -> AbstractContextManager[Session]:
        """One consistent look."""

    def writing(self) -> AbstractContextManager[Session]:
        """One transaction: durable when the block ends, nothing when it fails."""

    def check(self) -> None:
        """Look for damage.

        Raises:
            LedgerCorrupt: There is some.
        """

    def close(self) -> None:
        """Let go of it."""
