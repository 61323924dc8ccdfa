"""Replay of a large decision log: a real, signed log; the shipped laws; an adequacy list that fell.

    python benchmarks/policy_replay.py [--records 1000000] [--distinct 2000] [--log DIR]

Writes a log of so many decisions through the real writer (that takes longer than the replay), made
of `--distinct` sets of facts in an irregular order, or takes the one that is there already. Then
asks the shipped policy, and one for which no country is adequate any more, about all. Prints the
seconds for reading and verifying, for deciding, and the rate; beside it the plain audit of the log
on one processor (`guard log verify`), of which the replay does the hashing and the schema.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from guard.gate import facts, planner  # noqa: E402 - the checkout's root comes first
from guard.gate.asked import Rows  # noqa: E402
from guard.gate.journal import Journal  # noqa: E402
from guard.gate.line import Append, Concluded, Words, decide  # noqa: E402
from guard.log import DigestKey, Log, LogWriter, SigningKey, uuid7  # noqa: E402
from guard.officer.again import reasons  # noqa: E402
from guard.officer.candidate import Candidate  # noqa: E402
from guard.officer.reading import Window  # noqa: E402
from guard.officer.replay import Terms, replay  # noqa: E402
from guard.policy import PolicySet  # noqa: E402
from guard.policy.compiled import embedded  # noqa: E402
from guard.regions import Regions  # noqa: E402
from tests.unit.policy.world import POLICIES, category, destination, transfer  # noqa: E402

KEY = SigningKey("bench.example/replay", bytes(range(32)))
ORDER = ("none", "pseudonymise", "redact")
LAWS = (("eu_gdpr",), ("eu_gdpr", "eu_ai_act"), ("eu_gdpr", "cn_pipl", "cn_dsl"), ("cn_pipl",))
PLACES = {c: destination(c, id=c.lower()) for c in ("FR", "US", "CN", "BR", "JP", "SG")}
KINDS = (
    category("contact.email", direct=True),
    category("identity.name", direct=True),
    category("health.condition", classes=("health",)),
    category("network.ip_address"),
    category("organisation.name", personal=False),
)
GROUP = 4096


class Kept:
    """Keeps what the journal would write."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def append(self, entry: dict[str, Any]) -> Any:
        """Keep an entry."""
        self.entries.append(entry)
        return self

    index = 0


def decisions(policies: PolicySet, distinct: int) -> list[dict[str, Any]]:
    """So many different decisions, as the gate writes them."""
    chance = random.Random(7)
    policy = embedded(policies)
    words = Words(
        id=uuid7(10**18, os.urandom),
        revision=policies.revision,
        enforced=True,
        order=ORDER,
        reasons=reasons(policies.catalogue),
    )
    kept = Kept()
    journal = Journal(kept, DigestKey(bytes(32)), "enforce")  # type: ignore[arg-type]  # it only appends
    labels = {c.id: "X" for c in KINDS if c.personal}
    names = {place.id: place for place in PLACES.values()}
    seen: set[Any] = set()
    while len(seen) < distinct:
        held = tuple(c for c in KINDS if chance.random() < 0.5) or KINDS[:1]
        day = f"2026-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        to = tuple(chance.sample(sorted(names), chance.randrange(1, 4)))
        laws = chance.choice(LAWS)
        if (held, day, to, laws) in seen:
            continue
        seen.add((held, day, to, laws))
        subject = transfer(*laws, time=day, categories=held)
        per = {t: facts.treated(subject, t, labels, ()) for t in ORDER}
        preference = planner.Preference(ORDER, "whole", 365)
        found = planner.plan(
            to,
            per.__getitem__,
            lambda subject, name: policy.decide(subject, names[name]),
            preference,
        )
        step = Concluded(per, found, to)
        made = decide(step, words)
        journal.decision(
            Append(step, made, None),
            took_us=chance.randrange(10_000),
            destination=names[made.destination],
            preference=preference,
            rows=Rows(names.__getitem__),
            principal=f"user{chance.randrange(500)}",
            submitted=(),
        )
    return kept.entries


def write(directory: Path, entries: list[dict[str, Any]], records: int) -> None:
    """The log, by the real writer, with ids, persons and commitments of its own in each record."""
    chance = random.Random(8)
    actors = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(500)]
    with LogWriter.open(directory, KEY) as log:
        left = records
        while left:
            group = []
            for _ in range(min(GROUP, left)):
                entry = chance.choice(entries)
                commitment = chance.randbytes(32).hex()
                group.append(
                    {
                        **entry,
                        "id": uuid7(time.time_ns(), chance.randbytes),
                        "actor": {**entry["actor"], "h": chance.choice(actors)},
                        "input": {**entry["input"], "c": commitment},
                        "dur_us": chance.randrange(100_000),
                    }
                )
            log.append_many(group)
            left -= len(group)


def measured(directory: Path, candidate: Candidate, records: int, workers: int) -> None:
    """One replay, its phases and its rate."""
    ends: dict[str, float] = {}
    begun, before = time.perf_counter(), os.times()

    def tell(what: str, done: int, total: int) -> None:
        del done, total
        ends[what] = time.perf_counter()

    impact = replay(
        directory, KEY.verifier, candidate, Window(), Terms(workers=workers), progress=tell
    )
    took = time.perf_counter() - begun
    read = ends["reading"] - begun
    changed = ", ".join(f"{g.kind} {g.count:,}" for g in impact.groups()) or "nothing"
    print(f"  {impact.distinct:,} distinct; changes: {changed}")
    print(f"  read and verified {read:.1f} s, decided {took - read:.1f} s, in all {took:.1f} s")
    print(f"  {impact.decisions / took:,.0f} decisions/s on {workers} processors")
    spent = [b - a for a, b in zip(before[:4], os.times()[:4], strict=True)]
    print(f"  {sum(spent):.1f} s of processor time, whatever else the machine was doing")
    assert impact.decisions == records


def main() -> None:
    """Write, verify, replay."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=1_000_000)
    options.add_argument("--distinct", type=int, default=2_000)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--log", type=Path)
    options.add_argument("--verify", action="store_true", help="also time the plain audit")
    o = options.parse_args()
    regions = Regions.load([ROOT / "regions"])
    tables = regions.tables()
    shipped = PolicySet.load([POLICIES], tables)
    fallen = PolicySet.load(
        [POLICIES], {**tables, "adequacy": {law: {} for law in tables["adequacy"]}}
    )
    with tempfile.TemporaryDirectory() as scratch:
        directory = o.log or Path(scratch) / "log"
        if not directory.is_dir():
            begun = time.perf_counter()
            write(directory, decisions(shipped, o.distinct), o.records)
            took = time.perf_counter() - begun
            print(f"wrote {o.records:,} records in {took:.0f} s, {o.records / took:,.0f}/s")
        total = sum(p.stat().st_size for p in (directory / "tile").rglob("*") if p.is_file())
        print(f"the log: {total / 2**20:,.0f} MiB")
        for name, chosen in (("shipped", shipped), ("no adequacy", fallen)):
            print(f"policy: {name}")
            measured(directory, Candidate(chosen, regions), o.records, o.workers)
        if o.verify:
            begun = time.perf_counter()
            Log(directory, KEY.verifier).verify()
            print(f"guard log verify, one processor: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
