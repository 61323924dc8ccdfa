"""One recorded decision asked again: the planner over what was asked for, with another policy.

The planner is the gate's own. Every option that it reaches is asked about under the facts that the
record holds of it (`guard.officer.options`). Where it reaches an option whose facts the record does
not hold, the answer says what is certain all the same, and otherwise that it is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guard.errors import PolicyError
from guard.gate import planner
from guard.gate.line import Concluded, Words, decide
from guard.gate.planner import Preference
from guard.log.decided import DecisionRecord
from guard.officer.options import Options
from guard.policy import Policy
from guard.types import (
    Barrier,
    Decision,
    Destination,
    Effect,
    Evaluation,
    Option,
    Permit,
    Plan,
    Reason,
    Transfer,
)

if TYPE_CHECKING:
    from guard.policy import Catalogue

UNDECIDED = "undecided"
"""The policy gave no answer."""
UNKNOWN = "unknown"
"""The record does not hold what would tell."""
LOST = "elsewhere or refused"
"""What was permitted is not, and the record does not hold whether it may go another way."""
_NOBODY = "recorded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision comes to: what must be equal for two policies to agree on it.

    Args:
        effect: permit, deny, review, conflict; or `UNDECIDED`, `UNKNOWN`, `LOST`.
        destination: The chosen destination, or the one that lacks least, or `UNKNOWN`.
        treatment: The treatment it rests on, or `UNKNOWN`.
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
    """

    before: Outcome
    after: Outcome


@dataclass(slots=True)
class _Asking:
    """One plan made again: what it is made over, and the options that nobody can ask about."""

    options: Options
    same: bool
    unknown: list[tuple[str, str]] = field(default_factory=list)


class Replayer:
    """Asks a policy about recorded decisions.

    Args:
        policy: The policy.
        tables: Destinations whose facts go before the recorded ones.
        retention_days: How long the log is kept, in days, instead of what a record says.
        earlier_days: How long, for earlier records, which do not say it.
    """

    def __init__(
        self,
        policy: Policy,
        tables: Mapping[str, Destination],
        retention_days: int | None = None,
        earlier_days: int = 365,
    ) -> None:
        self._policy, self._tables = policy, tables
        self._retention, self._earlier = retention_days, earlier_days
        self._reasons = reasons(policy.policy_set.catalogue)

    def __call__(self, item: DecisionRecord) -> Again:
        """Decide once more what `item` records."""
        before = recorded(item)
        try:
            after = self._decide(item, before)
        except PolicyError:
            after = Outcome(UNDECIDED, before.destination, before.treatment, (), (), ())
        return Again(before, after)

    def _decide(self, item: DecisionRecord, before: Outcome) -> Outcome:
        options = Options(item, self._tables, self._earlier)
        # By the policy that decided it, what was tried is known even where its facts are not.
        same = item.policy.revision == self._policy.revision and not self._tables
        asking = _Asking(options, same and self._retention in {None, options.retention_days})
        retention = options.retention_days if self._retention is None else self._retention
        made = planner.plan(
            options.names,
            options.facts,
            lambda facts, name: self._ask(facts, name, asking),
            Preference(options.order, options.prefer, retention),
        )
        if asking.unknown:
            return _as_far_as_known(before, made)
        words = Words(
            id=item.id,
            revision=self._policy.revision,
            enforced=item.enforced,
            order=options.order,
            reasons=_known_to(self._reasons, item),
        )
        return _outcome(decide(Concluded({}, made, options.names), words))

    def _ask(self, facts: Transfer, name: str, asking: _Asking) -> Evaluation:
        place = asking.options.destination(name, facts.treatment)
        if place is not None:
            return self._policy.decide(facts, place)
        tried = asking.options.tried(name, facts.treatment) if asking.same else None
        if tried is None:
            if not asking.options.absent(name, facts.treatment):
                asking.unknown.append((name, facts.treatment))
            return _evaluation("review", (), ())
        return _evaluation(tried.effect, tried.permits, tried.barriers)


def _as_far_as_known(before: Outcome, made: Plan) -> Outcome:
    """What is certain of a plan that reached options whose facts are not known.

    Whatever those are, a known permit makes the whole a permit, there or before it. A recorded
    permit that was asked about again and is none has ended, whatever stands in its place.
    """
    here = (before.destination, before.treatment)
    chosen = made.chosen
    if chosen is not None and (before.effect, here) != ("permit", _pair(chosen)):
        return Outcome("permit", UNKNOWN, UNKNOWN, (), (), ())
    if chosen is None and before.effect == "permit":
        now = next(o for o in made.options if _pair(o) == here)
        barriers = tuple(dict.fromkeys(b.rule for b in now.evaluation.barriers))
        return Outcome(LOST, UNKNOWN, UNKNOWN, barriers, (), ())
    return Outcome(UNKNOWN, UNKNOWN, UNKNOWN, (), (), ())


def _pair(option: Option) -> tuple[str, str]:
    return option.destination, option.treatment


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


def _evaluation(effect: Effect, permits: tuple[str, ...], barriers: tuple[str, ...]) -> Evaluation:
    """An evaluation of which only the rules are known."""
    return Evaluation(
        effect=effect,
        permits=tuple(
            Permit(
                rule=rule,
                instrument=_instrument(rule),
                mechanism=_NOBODY,
                authority="",
                valid_until="9999-12-31",
                confidence="low",
            )
            for rule in permits
        ),
        barriers=tuple(
            Barrier(rule=rule, instrument=_instrument(rule), categories=(), remedies=(), confine=())
            for rule in barriers
        ),
        obligations=(),
        advice=(),
        applicable=(),
        missing=(),
        unknown=(),
    )


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
