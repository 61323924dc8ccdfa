"""Which instruments of law govern a transfer, and the fact that triggers each.

Facts come in two strengths. What the operator declares (where it is established, where the data
are, where the data subjects are) makes an instrument apply. What was found is evidence: a valid
national identifier makes the law of its country apply, a dialling code is a hint that yields advice
only, so that one foreign telephone number does not stop a company's work.

Evidence for a jurisdiction is as strong as its strongest piece. Two weak pieces do not add up to a
strong one: a dialling code and a city's name, often of the same address, are not independent, and a
sum would let chatter about a country grow into its law.

A declared place of which the tables know nothing yields the tag `UNLISTED`, for which there is no
policy: an unknown law is not a law that does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from guard.types import Evidence, Purpose, Tag, Trigger

UNLISTED = "unlisted"
UNKNOWN = "unknown"
DECLARED = "declared"
CERTAIN = 100
THRESHOLD = 80
"""Default strength from which evidence makes an instrument apply; check digits give 90."""


class Validity(Protocol):
    """Something that holds from one day to another."""

    def valid_on(self, day: str) -> bool:
        """Whether it holds that day."""
        ...


class Scope(Validity, Protocol):
    """The facts about a jurisdiction that make an instrument apply: a row of the region tables."""

    @property
    def instrument(self) -> str:
        """The instrument."""

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Kinds of fact, each sufficient by itself."""

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """Purposes to which it is limited; empty for all."""

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories of data to which it is limited; empty for all."""

    @property
    def declarations(self) -> tuple[str, ...]:
        """Declarations that make the instrument apply by themselves."""


class Jurisdiction(Validity, Protocol):
    """A law's territory."""

    @property
    def scopes(self) -> Sequence[Scope]:
        """The instruments that facts about it trigger."""


@dataclass(frozen=True, slots=True)
class _Fact:
    trigger: Trigger
    location: str
    strength: int
    evidence: str


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What a scope may be limited to: the day, the purpose, the categories of data."""

    time: str
    purpose: Purpose
    categories: frozenset[str]

    def concern(self, scope: Scope) -> bool:
        return (
            scope.valid_on(self.time)
            and (not scope.purposes or self.purpose in scope.purposes)
            and (not scope.categories or not self.categories.isdisjoint(scope.categories))
        )


def tag(
    jurisdictions: Mapping[str, Jurisdiction],
    *,
    time: str,
    purpose: Purpose,
    establishment: Sequence[str],
    origin: str,
    data_subjects: Sequence[str],
    evidence: Iterable[tuple[str, Evidence]],
    categories: Iterable[str],
    declared: Sequence[str],
    threshold: int = THRESHOLD,
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Tags and hints of a transfer, each sorted and without repetition.

    Adding evidence, a category, a declared country or a declaration never removes a tag and never
    weakens one. Important and core data (DSL Art. 21) carry no law abroad by themselves: the Data
    Security Law applies through establishment or origin in China (Art. 2).

    Args:
        jurisdictions: By location, from the region tables.
        time: The day (``YYYY-MM-DD``) at which the law is applied.
        purpose: What for; some instruments concern some purposes only (AI Act Art. 2(1)).
        establishment: Where the principal is established.
        origin: Where the data are, or ``unknown``.
        data_subjects: Where the persons are whom the data are about.
        evidence: Pairs of a category that was found and the hint that it gave.
        categories: Categories found or declared.
        declared: The operator's declarations.
        threshold: 1 to 100; evidence at least as strong makes an instrument apply.

    Returns:
        The tags, and the hints: instruments that only weaker evidence points at.

    Raises:
        ValueError: The threshold is outside its range.
    """
    if not 1 <= threshold <= CERTAIN:
        raise ValueError("the threshold of evidence is 1 to 100")
    facts = [
        *(_Fact("establishment", place, CERTAIN, DECLARED) for place in establishment),
        _Fact("origin", origin, CERTAIN, DECLARED),
        *(_Fact("data_subject", place, CERTAIN, DECLARED) for place in data_subjects),
        *_found(evidence),
    ]
    here = _Circumstances(time, purpose, frozenset(categories))
    strongest: dict[tuple[str, Trigger, str], Tag] = {}
    for one in (
        *_from_facts(jurisdictions, here, facts),
        *_stated(jurisdictions, here, frozenset(declared)),
    ):
        key = (one.instrument, one.trigger, one.jurisdiction)
        if key not in strongest or _rank(one) < _rank(strongest[key]):
            strongest[key] = one
    return _parted([strongest[key] for key in sorted(strongest)], threshold)


def _parted(ordered: Sequence[Tag], threshold: int) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """What applies, and what is only hinted at and does not apply anyway."""
    tags = tuple(one for one in ordered if one.strength >= threshold)
    applying = {one.instrument for one in tags}
    weak = (one for one in ordered if one.strength < threshold)
    return tags, tuple(one for one in weak if one.instrument not in applying)


def _rank(one: Tag) -> tuple[int, str]:
    return -one.strength, one.evidence


def _found(evidence: Iterable[tuple[str, Evidence]]) -> Iterator[_Fact]:
    """The strongest evidence for each jurisdiction; of equals the first category by name."""
    best: dict[str, tuple[int, str]] = {}
    for category, piece in evidence:
        rank = (-min(piece.weight, CERTAIN), category)
        if piece.weight > 0 and rank < best.get(piece.jurisdiction, (0, "")):
            best[piece.jurisdiction] = rank
    for place, (negative, category) in best.items():
        yield _Fact("finding", place, -negative, category)


def _from_facts(
    jurisdictions: Mapping[str, Jurisdiction], here: _Circumstances, facts: Iterable[_Fact]
) -> Iterator[Tag]:
    for fact in facts:
        if fact.location == UNKNOWN:
            continue
        places = [
            place
            for place in _with_country(fact.location)
            if place in jurisdictions and jurisdictions[place].valid_on(here.time)
        ]
        if not places:
            yield _tag(UNLISTED, fact, fact.location)
        for place in places:
            for scope in jurisdictions[place].scopes:
                if fact.trigger in scope.triggers and here.concern(scope):
                    yield _tag(scope.instrument, fact, place)


def _stated(
    jurisdictions: Mapping[str, Jurisdiction], here: _Circumstances, declared: frozenset[str]
) -> Iterator[Tag]:
    """Instruments that a declaration itself makes apply: output used in the Union, for one."""
    if not declared:
        return
    for place, jurisdiction in jurisdictions.items():
        for scope in jurisdiction.scopes if jurisdiction.valid_on(here.time) else ():
            stated = DECLARED in scope.triggers and not declared.isdisjoint(scope.declarations)
            if stated and here.concern(scope):
                yield _tag(scope.instrument, _Fact("declared", place, CERTAIN, DECLARED), place)


def _with_country(location: str) -> tuple[str, ...]:
    """A location and, for a sub-entity of ISO 3166-2 (``US-CA``), its country (``US``)."""
    country, dash, _ = location.partition("-")
    return (location, country) if dash else (location,)


def _tag(instrument: str, fact: _Fact, place: str) -> Tag:
    return Tag(
        instrument=instrument,
        trigger=fact.trigger,
        jurisdiction=place,
        strength=fact.strength,
        evidence=fact.evidence,
    )
