"""What a record knows of the options that were asked for: the facts of each, or that it has none.

A record holds what the plan was made over (`guard.log.asked.Asked`). An earlier one holds the
facts of the decided option alone; what else was asked for is told from the options that were tried
as far as that goes. Nothing is guessed: an option without facts is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from guard.gate import planner
from guard.log.asked import DestinationFacts, Place
from guard.log.decided import Candidate, DecisionRecord
from guard.types import Destination, Transfer, Treatment

FURTHER = "unknown.further"
"""Stands for destinations that were asked for and that the record does not name."""

_NOBODY = "recorded"


class Options:
    """The options of one recorded decision.

    Args:
        item: The record.
        tables: Destinations whose facts go before the recorded ones.
        retention_days: What holds where the record does not say how long its log is kept.
    """

    names: tuple[str, ...]
    """The destinations that were asked for, best first."""
    order: tuple[Treatment, ...]
    """The treatments, best first."""
    prefer: Literal["whole", "destination"]
    """What the operator prefers."""
    retention_days: int
    """How long the log was to be kept, in days."""

    def __init__(
        self, item: DecisionRecord, tables: Mapping[str, Destination], retention_days: int
    ) -> None:
        self._item, self._tables = item, tables
        self._tried = {(t.destination, t.treatment): t for t in item.candidates}
        self._places = {place.id: place for place in item.asked.places} if item.asked else {}
        if item.asked is None:
            self.names, self.order, self.prefer = _earlier(item)
            self.retention_days = retention_days
        else:
            self.names = _names(item, item.asked.destinations)
            self.order, self.prefer = item.asked.order, item.asked.prefer
            self.retention_days = item.asked.retention_days

    def absent(self, name: str, treatment: Treatment) -> bool:
        """Whether an option stands for nothing.

        In an earlier record `FURTHER` comes after everything that is known: where a plan went on to
        a second treatment for another place, all places are known, and only treatments are missing.
        """
        earlier = self._item.asked is None
        return earlier and name == FURTHER and treatment != self.order[-1]

    def tried(self, name: str, treatment: Treatment) -> Candidate | None:
        """What was said of an option at the time, if it was tried."""
        return self._tried.get((name, treatment))

    def facts(self, treatment: Treatment) -> Transfer:
        """The facts of the transfer under a treatment.

        Where the record does not hold them (`destination` is then None) they stand for the
        treatment only.
        """
        base = self._item.transfer
        if treatment == self._item.treatment:
            return base
        if self._item.asked is None:
            return _treated(base, treatment, {c.id for c in base.categories})
        variant = self._item.asked.under[treatment]
        return _treated(base, treatment, set(variant.categories)).model_copy(
            update={
                "tags": base.tags if variant.tags is None else variant.tags,
                "hints": base.hints if variant.hints is None else variant.hints,
            }
        )

    def destination(self, name: str, treatment: Treatment) -> Destination | None:
        """A destination as the option would be decided on; None where that is not known."""
        place = self._place(name, treatment)
        current = self._tables.get(name)
        if place is None or current is None:
            return place
        return current.model_copy(update={"counts": place.counts})

    def _place(self, name: str, treatment: Treatment) -> Destination | None:
        own = name == self._item.destination.id
        if own and treatment == self._item.treatment:
            return place_of(name, self._item.destination.facts)
        place = self._places.get(name)
        if place is None:
            known = own and self._item.asked is None and self._follows(treatment)
            return place_of(name, self._item.destination.facts) if known else None
        facts = place.facts or self._item.destination.facts
        counts = _counts(place, facts, treatment)
        return None if counts is None else place_of(name, facts, counts)

    def _follows(self, treatment: Treatment) -> bool:
        """Whether an earlier record's facts under a treatment follow from those it holds.

        A pseudonym leaves the tags as they were (GDPR Art. 4(5)), see
        `guard.gate.facts.remaining`. Counts are of one treatment.
        """
        item = self._item
        untreated = treatment == "none" and item.treatment == "pseudonymise"
        return untreated and not item.destination.facts.counts


def place_of(
    name: str, facts: DestinationFacts, counts: Mapping[str, int] | None = None
) -> Destination:
    """A destination with the facts of its day, and perhaps other counts."""
    told = facts.model_dump()
    if counts is not None:
        told["counts"] = counts
    return Destination(**told, id=name, url="unknown", source=_NOBODY, checked=facts.valid_from)


def _counts(
    place: Place, facts: DestinationFacts, treatment: Treatment
) -> Mapping[str, int] | None:
    return place.counts.get(treatment, facts.counts)


def _treated(facts: Transfer, treatment: Treatment, named: set[str]) -> Transfer:
    categories = tuple(
        c.model_copy(update={"treatment": treatment if c.id in named else "none"})
        for c in facts.categories
    )
    return facts.model_copy(update={"categories": categories, "treatment": treatment})


def _names(item: DecisionRecord, asked: int) -> tuple[str, ...]:
    """The destinations that were asked for: those recorded, those tried, and that there are more.

    Options are tried in the order in which destinations were asked for, and suggestions come last.
    """
    recorded = (place.id for place in item.asked.places) if item.asked else ()
    named = tuple(dict.fromkeys((*recorded, *(t.destination for t in item.candidates))))[:asked]
    return named if len(named) == asked else (*named, FURTHER)


def _earlier(
    item: DecisionRecord,
) -> tuple[tuple[str, ...], tuple[Treatment, ...], Literal["whole", "destination"]]:
    """What an earlier record tells of what was asked for.

    A permit ends the plan, so that more may have been asked for. A refusal ends with suggestions.
    The first that was permitted, or lacks less than what was decided on, is one, and so is
    everything after it.
    """
    named = tuple(dict.fromkeys(tried.destination for tried in item.candidates))
    order = tuple(dict.fromkeys(tried.treatment for tried in item.candidates))
    pairs = list(dict.fromkeys((tried.destination, tried.treatment) for tried in item.candidates))
    # Under `whole` every place is tried before any second treatment is.
    whole = len(order) > 1 and pairs[0][0] != pairs[1][0]
    if whole:
        first = next(at for at, (_, treatment) in enumerate(pairs) if treatment != order[0])
        named = tuple(name for name, _ in pairs[:first])
    if item.effect == "permit":
        named = (*named, FURTHER)
    else:
        decided = _lacking(item)
        better = {
            t.destination
            for t in item.candidates
            if t.effect == "permit" or planner.lacking(t.effect, len(t.barriers)) < decided
        }
        end = next((place for place, name in enumerate(named) if name in better), len(named))
        named = named[:end]
    return named, order, "whole" if whole else "destination"


def _lacking(item: DecisionRecord) -> tuple[int, int]:
    """How much the option lacks that was decided on."""
    here = (item.destination.id, item.treatment)
    return min(
        planner.lacking(t.effect, len(t.barriers))
        for t in item.candidates
        if (t.destination, t.treatment) == here
    )
