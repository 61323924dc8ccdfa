"""Transfers counted a second, durably, against the simplest ledger that is as exact.

    python benchmarks/ledger.py [--seconds 1.0] [--rounds 5] [--held 200000] [--url postgresql://…]

The peer is what a careful team writes in an afternoon: one table ``(law, person, day)`` in the same
SQLite settings, ``INSERT OR REPLACE`` and ``SELECT COUNT(*)`` over the window, one transaction a
transfer. Both sides begin with `--held` persons, count one or a thousand persons a transfer, half
of them new, and are durable before they answer. Ours also compares the counts with those that were
decided on. Rounds are interleaved; medians are given.

Also measured: looking without counting, opening, and the bytes a person.
"""

from __future__ import annotations

import argparse
import itertools
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from guard.ledger import Export, Ledger, SubjectKey, rules
from guard.regions import Regions

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = SubjectKey(b"b" * 32)
DAY = NOW.date().toordinal()


class Simple:
    """The peer: a row a person and day, and a count over all of them."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(
            "CREATE TABLE seen (law TEXT, person BLOB, day INTEGER, PRIMARY KEY (law, person))"
            " WITHOUT ROWID"
        )

    def count(self, persons: tuple[bytes, ...]) -> int:
        """Add persons and give their number since 1 January."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO seen VALUES ('cn_cbdf.ordinary', ?, ?)",
            [(person, DAY) for person in persons],
        )
        number: int = self._db.execute(
            "SELECT COUNT(*) FROM seen WHERE law='cn_cbdf.ordinary' AND day>=?", (DAY - 325,)
        ).fetchone()[0]
        self._db.execute("COMMIT")
        return number


def persons(first: int, number: int) -> tuple[bytes, ...]:
    return tuple(KEY.pseudonym("subject", str(n)) for n in range(first, first + number))


def export(subjects: tuple[bytes, ...]) -> Export:
    return Export(
        at=NOW,
        instruments=("cn_pipl",),
        counterparty="acme",
        places=("DE",),
        categories=("contact.email",),
        subjects=subjects,
    )


def batches(held: int, size: int) -> Iterator[tuple[bytes, ...]]:
    """Transfers of which half the persons are new; the pseudonyms are made beforehand."""
    fresh = itertools.count(held * 10, size)
    while True:
        block = []
        for _ in range(max(1, 2000 // size)):
            new = next(fresh)
            if size == 1:
                block.append(persons(new if new % 2 else new % held, 1))
            else:
                block.append(persons(new, size // 2) + persons(new % (held - size), size // 2))
        yield from block


def rate(step: Callable[[tuple[bytes, ...]], object], source: Iterator[tuple[bytes, ...]],
         seconds: float) -> float:  # fmt: skip
    """Transfers a second; making the pseudonyms is not timed."""
    spent, done = 0.0, 0
    while spent < seconds:
        one = next(source)
        began = time.perf_counter()
        step(one)
        spent += time.perf_counter() - began
        done += 1
    return done / spent


def reserve(ledger: Ledger) -> Callable[[tuple[bytes, ...]], None]:
    def step(subjects: tuple[bytes, ...]) -> None:
        one = export(subjects)
        ledger.reserve(one, ledger.counts(one))

    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--held", type=int, default=200_000)
    parser.add_argument("--url", help="an empty PostgreSQL database to measure too")
    options = parser.parse_args()
    law = rules(Regions.load([ROOT / "regions"]))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "ledger.sqlite"
        Ledger.create(path, KEY)
        ledger = Ledger.open(path, KEY, law, clock=lambda: NOW)
        simple = Simple(Path(directory) / "simple.sqlite")
        sides = {
            "ours, counted": reserve(ledger),
            "ours, looked at": lambda one: ledger.counts(export(one)),
            "simple": simple.count,
        }
        if options.url:
            Ledger.create(options.url, KEY)
            shared = Ledger.open(options.url, KEY, law, clock=lambda: NOW)
            sides["ours, PostgreSQL"] = reserve(shared)
        for first in range(0, options.held, 10_000):
            some = persons(first, 10_000)
            for name in sides.keys() - {"ours, looked at"}:
                sides[name](some)
        print(f"{options.held:,} persons held; transfers a second (median of {options.rounds})")
        for size in (1, 1000):
            source = batches(options.held, size)
            found: dict[str, list[float]] = {name: [] for name in sides}
            for _ in range(options.rounds):
                for name, step in sides.items():
                    found[name].append(rate(step, source, options.seconds))
            for name, rates in found.items():
                median = statistics.median(rates)
                print(f"  {size:>5} persons  {name:<18} {median:>9,.0f}  ({median * size:,.0f}/s)")
        began = time.perf_counter()
        Ledger.open(path, KEY, law, clock=lambda: NOW).close()
        opened = time.perf_counter() - began
        number = ledger.store.reading  # the file is checkpointed when its last user closes it
        with number() as session:
            held = session.since(1, 0)
        ledger.close()
        print(f"  opening {opened * 1e3:.1f} ms; {path.stat().st_size / held:.0f} bytes a person")


if __name__ == "__main__":
    main()
