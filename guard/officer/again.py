"""One recorded decision asked again: the planner over the recorded options, with another policy.

A record holds the facts of the transfer under the treatment that was decided and those of the
destination that was decided. Other options that the plan tried are asked again where their facts
are known all the same: under ``pseudonymise`` nothing is lost, so that the untreated facts follow;
another destination's facts stand in the records in which it was decided on. An option whose facts
are not known is kept as it was recorded, and the answer says that one was kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guard.errors import PolicyError
from guard.gate import planner
from guard.gate.line import Concluded, Words, decide
from guard.gate.planner import Preference
from guard.log.schema import Candidate as Tried
from guard.log.schema import DecisionRecord
from guard.policy import Policy
from guard.types import (
    Barrier,
    Decision,
    Destination,
    Evaluation,
    Option,
    Permit,
    Plan,
    Reason,
    Transfer,
    Treatment,
)

if TYPE_CHECKING:
    from guard.policy import Catalogue

UNDECIDED = "undecided"
_NOBODY = "recorded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision comes to: what must be equal for two policies to agree on it.

    Args:
        effect: permit, deny, review, conflict, or ``undecided`` when the policy gave no answer.
        destination: The chosen destination, or the one that lacks least.
        treatment: The treatment it rests on.
        rules: The rules that decided, in order.
        obligations: What must be done, by which rule, for how many days.
        advice: Risks that do not forbid.
    """

    effect: str
    destination: str
    treatment: str
    rules: tuple[str, ...]
    obligations: tuple[tuple[str, str, int], ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A decision before and after.

    Args:
        before: As it was recorded.
        after: As the policy decides it now.
        kept: Options that were not asked again because the log does not hold their facts.
    """

    before: Outcome
    after: Outcome
    kept: int


class Replayer:
    """Asks a policy about recorded decisions.

    Args:
        policy: The policy.
        places: Facts of destinations by name; those of a record itself go before.
        retention_days: How long this deployment keeps its log.
        current: Take a destination's facts from `places` even where the record holds them.
    """

    def __init__(
        self,
        policy: Policy,
        places: Mapping[str, Destination],
        retention_days: int,
        *,
        current: bool = False,
    ) -> None:
        self._policy, self._places, self._current = policy, places, current
        self._retention = retention_days
        self._reasons = reasons(policy.policy_set.catalogue)

    def __call__(self, item: DecisionRecord) -> Again:
        """Decide once more what `item` records."""
        before = recorded(item)
        places = dict(self._places)
        own = item.destination.id
        if not self._current or own not in places:
            places[own] = place_of(own, item)
        kept = sum(not self._known(tried, item, places) for tried in item.candidates)
        try:
            after = self._decide(item, places)
        except PolicyError:
            after = Outcome(UNDECIDED, before.destination, before.treatment, (), (), ())
        return Again(before, after, kept)

    def _decide(self, item: DecisionRecord, places: Mapping[str, Destination]) -> Outcome:
        asked = candidates(item)
        options: list[Option] = []
        chosen = None
        for tried in item.candidates:
            option = self._option(tried, item, places)
            options.append(option)
            if option.evaluation.effect == "permit" and option.destination in asked:
                chosen = option
                break
        plan = Plan(chosen=chosen, options=tuple(options))
        words = Words(
            id=item.id,
            revision=self._policy.revision,
            enforced=item.enforced,
            order=tuple(dict.fromkeys(tried.treatment for tried in item.candidates)),
            reasons=_known_to(self._reasons, item),
        )
        return _outcome(decide(Concluded({}, plan, asked), words))

    def _option(
        self, tried: Tried, item: DecisionRecord, places: Mapping[str, Destination]
    ) -> Option:
        if not self._known(tried, item, places):
            return _as_recorded(tried)

        def ask(facts: Transfer, name: str) -> Evaluation:
            return self._policy.decide(facts, places[name])

        found = planner.plan(
            (tried.destination,),
            lambda treatment: facts_under(treatment, item),
            ask,
            Preference((tried.treatment,), "whole", self._retention),
        )
        return found.options[0] if found.options else _as_recorded(tried)

    def _known(self, tried: Tried, item: DecisionRecord, places: Mapping[str, Destination]) -> bool:
        same = item.policy.revision == self._policy.revision and not self._current
        exact = tried.treatment == item.treatment or (
            tried.treatment == "none" and item.treatment == "pseudonymise"
        )
        # Under the policy that it was decided by, an option that comes out differently was decided
        # on other facts of its destination than the log holds: its record stands.
        own = tried.destination == item.destination.id
        return exact and tried.destination in places and (own or not same)


def recorded(item: DecisionRecord) -> Outcome:
    """What a record says was decided."""
    return Outcome(
        item.effect,
        item.destination.id,
        item.treatment,
        item.rules,
        tuple((o.do, o.rule, o.days) for o in item.obligations),
        item.advice,
    )


def candidates(item: DecisionRecord) -> tuple[str, ...]:
    """The destinations among which the plan chose.

    The options of a refusal end with suggestions, which are never chosen; the first of which a
    permit is recorded is one, and so is everything after it.
    """
    names = tuple(dict.fromkeys(tried.destination for tried in item.candidates))
    if item.effect == "permit":
        return names
    for place, name in enumerate(names):
        if any(t.effect == "permit" for t in item.candidates if t.destination == name):
            return names[:place]
    return names


def facts_under(treatment: Treatment, item: DecisionRecord) -> Transfer:
    """The recorded facts under a treatment; exact for those that `Replayer` asks about."""
    if treatment == item.treatment:
        return item.transfer
    # A pseudonym leaves the tags as they were (GDPR Art. 4(5)), see `guard.gate.facts.remaining`.
    whole = tuple(c.model_copy(update={"treatment": "none"}) for c in item.transfer.categories)
    return item.transfer.model_copy(update={"categories": whole, "treatment": "none"})


def place_of(name: str, item: DecisionRecord) -> Destination:
    """The destination that a record decided on, with the facts of its day."""
    facts = item.destination.facts
    return Destination(
        **facts.model_dump(),
        id=name,
        url="unknown",
        source=_NOBODY,
        checked=facts.valid_from,
    )


def places_of(items: Iterable[DecisionRecord]) -> dict[str, Destination]:
    """Destinations whose facts are the same wherever these records hold them."""
    found: dict[str, Destination | None] = {}
    for item in items:
        place = place_of(item.destination.id, item)
        if found.setdefault(place.id, place) != place:
            found[place.id] = None
    return {name: place for name, place in found.items() if place is not None}


def reasons(catalogue: Catalogue) -> dict[str, Reason]:
    """Every rule of a policy in words."""
    return {
        rule.id: Reason(rule=rule.id, kind=rule.entry, cites=rule.citation, message=rule.title)
        for rule in catalogue.rules.values()
    }


def _known_to(known: Mapping[str, Reason], item: DecisionRecord) -> Mapping[str, Reason]:
    """Rules of this policy, and those of which only the record knows."""
    named = {rule for tried in item.candidates for rule in (*tried.barriers, *tried.permits)}
    gone = {
        rule: Reason(rule=rule, kind="barrier", cites="", message="a rule of another policy")
        for rule in named - known.keys()
    }
    return {**known, **gone} if gone else known


def _as_recorded(tried: Tried) -> Option:
    evaluation = Evaluation(
        effect=tried.effect,
        permits=tuple(
            Permit(
                rule=rule,
                instrument=_instrument(rule),
                mechanism=_NOBODY,
                authority="",
                valid_until="9999-12-31",
                confidence="low",
            )
            for rule in tried.permits
        ),
        barriers=tuple(
            Barrier(rule=rule, instrument=_instrument(rule), categories=(), remedies=(), confine=())
            for rule in tried.barriers
        ),
        obligations=(),
        advice=(),
        applicable=(),
        missing=(),
        unknown=(),
    )
    return Option(destination=tried.destination, treatment=tried.treatment, evaluation=evaluation)


def _instrument(rule: str) -> str:
    return rule.split(".", maxsplit=1)[0]


def _outcome(decision: Decision) -> Outcome:
    return Outcome(
        decision.effect,
        decision.destination,
        decision.treatment,
        tuple(reason.rule for reason in decision.reasons),
        tuple((o.do, o.rule, o.days) for o in decision.obligations),
        tuple(reason.rule for reason in decision.advice),
    )
