"""The reasoning about one case as a page that an officer can read, question and sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guard.officer.case import Judgement
    from guard.policy import PolicySet
    from guard.types import Evaluation

SAID = {
    "permit": "The transfer may be made.",
    "not_applicable": "The law attaches no condition to what is described.",
    "review": "A person has to decide: the law leaves it to an assessment of the case.",
    "deny": "The transfer must not be made as described.",
    "error": "There is no answer: the facts could not be read.",
}

UNVERIFIED = "guard.unverified"
"""The rule that speaks of each law whose readings decide and were not checked."""


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
        instruments: The laws that it speaks of.
        unverified: Whether its reading was not checked against the text, or is unsure.
    """

    heading: str
    rule: str
    title: str
    words: str
    cites: str
    confidence: str
    source: str
    remedies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    unverified: bool = False


def unverified(instruments: Iterable[str], titles: Mapping[str, str]) -> str:
    """That readings of these laws decide and were not checked, in one sentence.

    Args:
        instruments: The laws, by id.
        titles: What they are called.
    """
    named = [f"{titles[one]} ({one})" if one in titles else one for one in instruments]
    laws = " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
    return (
        f"The readings of {laws} that decide here were not checked against the text, or are unsure."
    )


def points(judgement: Judgement, policies: PolicySet) -> Iterator[Point]:
    """Every rule that spoke, barriers first, then grounds, duties and risks."""
    said = judgement.evaluation
    if said is None:
        return
    remedies = {barrier.rule: barrier.remedies for barrier in said.barriers}
    titles = {one.id: one.title for one in policies.catalogue.instruments.values()}
    for (heading, name), laws in _spoken(said).items():
        rule = policies.catalogue.rules[name]
        exempt = heading == "permits" and rule.kind == "exemption"
        yield Point(
            "leaves it free" if exempt else heading,
            rule.id,
            rule.title,
            unverified(laws, titles) if name == UNVERIFIED else rule.description,
            rule.citation,
            rule.confidence,
            rule.source,
            remedies.get(name, ()) if heading == "stands in the way" else (),
            tuple(laws),
            rule.unverified,
        )


def _spoken(said: Evaluation) -> dict[tuple[str, str], list[str]]:
    """The laws of which each rule spoke, by what it does and its id."""
    entries = (
        *(("stands in the way", one.rule, one.instrument) for one in said.barriers),
        *(("permits", one.rule, one.instrument) for one in said.permits),
        *(
            (f"demands: {one.do.replace('_', ' ')}", one.rule, one.instrument)
            for one in said.obligations
        ),
        *(("warns", one.rule, one.instrument) for one in said.advice),
    )
    spoke: dict[tuple[str, str], list[str]] = {}
    for heading, rule, instrument in entries:
        laws = spoke.setdefault((heading, rule), [])
        if instrument not in laws:
            laws.append(instrument)
    return spoke


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
