"""A small law, a log of real decisions under it, and other versions of the law."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guard.gate import facts, planner
from guard.gate.asked import Rows
from guard.gate.journal import Journal, nanoseconds
from guard.gate.line import Append, Concluded, Words, decide
from guard.log import DigestKey, LogWriter, SigningKey, uuid7
from guard.officer.again import reasons
from guard.policy import Policy, PolicySet
from guard.policy.regorus import RegorusEngine
from guard.types import Destination, Transfer
from tests.unit.policy.world import POLICIES, category, destination, small_policies, transfer

KEY = SigningKey("test.example/officer", bytes(range(32)))
ORDER = ("none", "pseudonymise", "redact")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TABLES: dict[str, Any] = {
    "territories": {"one_law": {"FR": True, "DE": True}},
    "adequacy": {"one_law": {"JP": [{"valid_from": "2024-01-01", "valid_until": "2027-01-01"}]}},
    "sensitive": {"one_law": {"health": "s. 9"}},
    "use_cases": {},
    "safeguards": {"contract": True, "certificate": True, "tia": True, "scc_2021_914": True},
    "declarations": {"consent": True, "emergency": True},
    "facts": {"prior_treatment": True, "anonymity_demonstrated": True},
    "counts": {},
}


def _rule(kind: str, name: str, body: str, extra: str = "", since: str = "2020-01-01") -> str:
    one = kind.removesuffix("s")
    return f"""
# METADATA
# title: The rule {name}
# description: A rule of a law that was made for tests and is in force nowhere.
# custom:
#   id: one_law.{name}
#   kind: {one}
#   cites: ["One Law s. {len(name)}"]
#   since: "{since}"
#   confidence: high
#   source: made for a test
{kind} contains {{"rule": "one_law.{name}", "instrument": "one_law"{extra}}} if {{
\tlib.in_force("one_law.{name}")
{body}}}
"""


_PERMIT = (
    ', "mechanism": "test", "authority": "", "valid_until": "9999-12-31", "confidence": "high"'
)
_BARRIER = ', "categories": [], "remedies": ["relocate"], "confine": []'


def barrier(name: str, body: str) -> str:
    """A further barrier of that law."""
    return _rule("barriers", name, body, _BARRIER)


HOME = _rule("permits", "home", "\tcount(abroad) == 0\n", _PERMIT)
CONTRACT = _rule("permits", "contract", '\tlib.on_file("contract")\n', _PERMIT)
ADEQUATE = _rule(
    "permits",
    "adequate",
    "\tsome place in abroad\n\tsome row in data.tables.adequacy.one_law[place]\n"
    "\trow.valid_from <= input.transfer.time\n\tinput.transfer.time < row.valid_until\n",
    _PERMIT,
)
ABROAD = _rule(
    "barriers",
    "abroad",
    '\tcount(abroad) > 0\n\tnot lib.on_file("contract")\n\tnot adequate\n',
    _BARRIER,
)
DIRECT = _rule("barriers", "direct", "\tcount(lib.direct) > 0\n", _BARRIER)
HEALTH = _rule(
    "barriers",
    "health",
    '\tcount(lib.sensitive("one_law")) > 0\n\tnot lib.declared("consent")\n',
    _BARRIER,
    since="2026-01-01",
)
KEEP = _rule(
    "obligations",
    "keep",
    "\tcount(lib.personal) > 0\n",
    ', "do": "retain_log", "days": 100, "declaration": "none"',
)
RISK = _rule("advice", "risk", "\tcount(abroad) > 0\n")
_FRAME = """\
package guard.instruments.one_law

import data.guard.lib

abroad contains place if {
\tsome place in lib.places
\tnot data.tables.territories.one_law[place]
}

adequate if {
\tsome place in abroad
\tsome row in data.tables.adequacy.one_law[place]
\trow.valid_from <= input.transfer.time
\tinput.transfer.time < row.valid_until
}
"""
LAW = (HOME, CONTRACT, ADEQUATE, ABROAD, DIRECT, HEALTH, KEEP, RISK)
WITHOUT_CONTRACT = (HOME, ADEQUATE, ABROAD, DIRECT, HEALTH, KEEP, RISK)
WITHOUT_HOME = (CONTRACT, ADEQUATE, ABROAD, DIRECT, HEALTH, KEEP, RISK)
FREE = _rule("permits", "free", "", _PERMIT)
OPEN = (FREE, DIRECT, HEALTH, KEEP, RISK)
LENIENT = (HOME, CONTRACT, ADEQUATE, ABROAD, KEEP, RISK)


def law(folder: Path, rules: Sequence[str] = LAW, **tables: Any) -> PolicySet:
    """The law that these rules make up, beside the shipped main, common and lib."""
    return PolicySet.load([tree(folder, rules)], {**TABLES, **tables})


def tree(folder: Path, rules: Sequence[str] = LAW) -> Path:
    """The directory of that law."""
    shared = ("guard/main.rego", "guard/common.rego", "guard/lib/lib.rego")
    files = {name: (POLICIES / name).read_text(encoding="utf-8") for name in shared}
    files["guard/instruments/one_law/law.rego"] = _FRAME + "".join(rules)
    return small_policies(folder, files)


PLACES: Mapping[str, Destination] = {
    name: destination(country, id=name, safeguards=safeguards)
    for name, country, safeguards in (
        ("paris", "FR", ()),
        ("boston", "US", ()),
        ("austin", "US", ("contract",)),
        ("tokyo", "JP", ()),
    )
}
KINDS = (
    category("contact.email", direct=True),
    category("health.condition", classes=("health",)),
    category("organisation.name", personal=False),
)


def subjects() -> Iterator[Transfer]:
    """Transfers under that law."""
    held = [c for n in (1, 2, 3) for c in itertools.combinations(KINDS, n)]
    for time, found, declared in itertools.product(
        ("2025-06-01", "2026-11-22"), held, ((), ("consent",))
    ):
        yield transfer("one_law", time=time, categories=found, declared=declared)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: facts, destinations in order, the others that the operator uses."""

    subject: Transfer
    to: tuple[str, ...]
    others: tuple[str, ...] = ()
    prefer: str = "whole"
    who: str = "anna"


def requests() -> Iterator[Asked]:
    """All subjects to some routes."""
    routes = (
        (("paris",), ()),
        (("boston",), ("paris", "austin")),
        (("boston", "austin"), ()),
        (("tokyo", "boston"), ("paris",)),
        (("austin", "paris"), ()),
    )
    for number, (subject, (to, others)) in enumerate(itertools.product(subjects(), routes)):
        prefer = ("whole", "destination")[number % 2]
        yield Asked(subject, to, others, prefer, ("anna", "ben", "chloe")[number % 3])


def entries(
    policies: PolicySet, asked: Iterable[Asked], *, retention_days: int = 365
) -> Iterator[tuple[Append, dict[str, Any]]]:
    """What the gate would write about these requests."""
    policy = Policy(policies, RegorusEngine(policies))
    words = Words(
        id=uuid7(nanoseconds(NOON), bytes),
        revision=policies.revision,
        enforced=True,
        order=ORDER,
        reasons=reasons(policies.catalogue),
    )
    for request in asked:
        labels = {c.id: "X" for c in KINDS if c.personal}
        per = {t: facts.treated(request.subject, t, labels, ()) for t in ORDER}
        preference = planner.Preference(ORDER, request.prefer, retention_days)
        found = planner.plan(
            request.to,
            per.__getitem__,
            lambda subject, name: policy.decide(subject, PLACES[name]),
            preference,
            suggestions=request.others,
        )
        step = Concluded(per, found, request.to)
        decision = decide(step, words)
        yield (
            Append(step, decision, None),
            {
                "destination": PLACES[decision.destination],
                "preference": preference,
                "rows": Rows(PLACES.__getitem__),
                "principal": request.who,
            },
        )
    policy.close()


def write(folder: Path, policies: PolicySet, asked: Iterable[Asked], **how: Any) -> Path:
    """A log of these decisions."""
    directory = folder / "decisions"
    digest = DigestKey(bytes(32))
    with LogWriter.open(directory, KEY, background=False) as writer:
        journal = Journal(writer, digest, "enforce")
        for step, said in entries(policies, asked, **how):
            journal.decision(step, took_us=7, submitted=(), **said)
    return directory
