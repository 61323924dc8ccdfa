"""The reasoning about one case as a page that an officer can read, question and sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guard.officer.case import Judgement
    from guard.policy import PolicySet

SAID = {
    "permit": "The transfer may be made.",
    "not_applicable": "The law attaches no condition to what is described.",
    "review": "A person has to decide: the law leaves it to an assessment of the case.",
    "deny": "The transfer must not be made as described.",
    "error": "There is no answer: the facts could not be read.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One rule that spoke.

    Args:
        heading: What it does: permits, stands in the way, demands, warns.
        rule: Its id.
        title: Its title.
        words: Its description.
        cites: The clauses.
        confidence: How sure the reading is.
        source: Where it was read.
        remedies: What would cure it, for a barrier.
    """

    heading: str
    rule: str
    title: str
    words: str
    cites: str
    confidence: str
    source: str
    remedies: tuple[str, ...] = ()


def points(judgement: Judgement, policies: PolicySet) -> Iterator[Point]:
    """Every rule that spoke, barriers first, then grounds, duties and risks."""
    said = judgement.evaluation
    if said is None:
        return
    remedies = {barrier.rule: barrier.remedies for barrier in said.barriers}
    spoke = [
        *(("stands in the way", one.rule) for one in said.barriers),
        *(("permits", one.rule) for one in said.permits),
        *((f"demands: {one.do.replace('_', ' ')}", one.rule) for one in said.obligations),
        *(("warns", one.rule) for one in said.advice),
    ]
    seen: set[tuple[str, str]] = set()
    for heading, name in spoke:
        if (heading, name) in seen:
            continue
        seen.add((heading, name))
        rule = policies.catalogue.rules[name]
        exempt = heading == "permits" and rule.kind == "exemption"
        yield Point(
            "leaves it free" if exempt else heading,
            rule.id,
            rule.title,
            rule.description,
            rule.citation,
            rule.confidence,
            rule.source,
            remedies.get(name, ()) if heading == "stands in the way" else (),
        )


def facts(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """The facts that the rules saw, in words; nothing that was not stated."""
    transfer, place = judgement.transfer, judgement.destination
    if transfer is None or place is None:
        return
    yield "law as of", transfer.time
    yield "sender", f"{', '.join(transfer.principal.establishment)} ({transfer.principal.role})"
    yield "data subjects in", ", ".join(transfer.data_subjects)
    yield "data", ", ".join(one.id for one in transfer.categories) or "none that is regulated"
    yield "purpose", transfer.purpose
    yield "data are in", transfer.origin
    yield "recipient", place.role
    yield "stored in", ", ".join(place.storage)
    yield "processed in", ", ".join(place.processing)
    yield "reached from", ", ".join(place.access)
    yield "operator, parent", f"{place.operator}, {place.parent}"
    yield "on file", ", ".join(place.safeguards)
    yield "declared", ", ".join(transfer.declared)
    for name, count in place.counts.items():
        yield name, str(count)
    for name, value in transfer.facts.items():
        yield name, _value(value)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
