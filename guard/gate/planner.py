"""The planner: destinations by treatments in the operator's order, until one is lawful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guard.types import (
    Barrier,
    Effect,
    Evaluation,
    Obligation,
    Option,
    Plan,
    Remedy,
    Transfer,
    Treatment,
)

UNDERSTOOD = frozenset(
    {
        "redact",
        "pseudonymise",
        "retain_log",
        "keep_record",
        "human_oversight",
        "notice",
        "mark_output",
    }
)
"""What an obligation may ask for. Anything else is not understood, and that denies."""

_RANK = {"review": 0, "conflict": 1, "deny": 2, "permit": 3}


@dataclass(frozen=True, slots=True)
class Preference:
    """What the operator prefers (see `guard.config.Planner`)."""

    order: tuple[Treatment, ...]
    prefer: Literal["whole", "destination"]
    retention_days: int


def pairs(
    destinations: Sequence[str], order: Sequence[Treatment], prefer: str
) -> Iterator[tuple[str, Treatment]]:
    """Destination and treatment in the order in which they are tried."""
    if prefer == "whole":
        yield from ((d, t) for t in order for d in destinations)
    else:
        yield from ((d, t) for d in destinations for t in order)


def undischarged(
    obligations: Sequence[Obligation], facts: Transfer, retention_days: int
) -> tuple[Obligation, ...]:
    """The obligations of a permit that this deployment does not fulfil."""
    return tuple(o for o in obligations if not _fulfilled(o, facts, retention_days))


def _fulfilled(obligation: Obligation, facts: Transfer, retention_days: int) -> bool:
    match obligation.do:
        case "redact" | "pseudonymise":
            return obligation.do == facts.treatment
        case "retain_log":
            return retention_days >= obligation.days
        case "keep_record" if obligation.declaration == "none":
            return True  # the decision log is the record
        case do if do in UNDERSTOOD:
            return obligation.declaration in facts.declared
        case _:
            return False


def plan(
    destinations: Sequence[str],
    facts: Callable[[Treatment], Transfer],
    decide: Callable[[Transfer, str], Evaluation],
    preference: Preference,
    *,
    suggestions: Sequence[str] = (),
) -> Plan:
    """Try the pairs until one is lawful.

    When none is, the suggestions are evaluated too, so that a refusal can say where the data could
    go instead; they are never chosen.

    Args:
        destinations: The candidates, best first.
        facts: The facts under a treatment.
        decide: The policy.
        preference: The operator's order.
        suggestions: Other destinations the operator uses.
    """
    order = useful(preference.order, facts)
    options: list[Option] = []
    for name, treatment in pairs(destinations, order, preference.prefer):
        option = _option(name, treatment, facts(treatment), decide, preference.retention_days)
        options.append(option)
        if option.evaluation.effect == "permit":
            return Plan(chosen=option, options=tuple(options))
    others = [name for name in suggestions if name not in destinations]
    for name in others:
        for treatment in order:
            option = _option(name, treatment, facts(treatment), decide, preference.retention_days)
            options.append(option)
            if option.evaluation.effect == "permit":
                break
    return Plan(chosen=None, options=tuple(options))


def useful(
    order: Sequence[Treatment], facts: Callable[[Treatment], Transfer]
) -> tuple[Treatment, ...]:
    """The order without treatments that would change nothing: those that are tried."""
    whole = facts("none").categories
    return tuple(t for t in order if t == "none" or facts(t).categories != whole)


def _option(
    name: str,
    treatment: Treatment,
    facts: Transfer,
    decide: Callable[[Transfer, str], Evaluation],
    retention_days: int,
) -> Option:
    evaluation = decide(facts, name)
    if evaluation.effect == "permit" and (
        open_ := undischarged(evaluation.obligations, facts, retention_days)
    ):
        barriers = tuple(_as_barrier(o) for o in open_)
        evaluation = evaluation.model_copy(update={"effect": "deny", "barriers": barriers})
    return Option(destination=name, treatment=treatment, evaluation=evaluation)


def _as_barrier(obligation: Obligation) -> Barrier:
    """An obligation that is not discharged stands in the way (XACML 3.0 §7.18)."""
    remedies: tuple[Remedy, ...] = ("declare",) if obligation.declaration != "none" else ()
    return Barrier(
        rule=obligation.rule,
        instrument=obligation.instrument,
        categories=(),
        remedies=remedies,
        confine=(),
    )


def refusal(plan: Plan, destinations: Sequence[str]) -> Option:
    """Of the refused options among the candidates, the one that lacks least."""
    refused = [o for o in plan.options if o.destination in destinations]
    return min(refused, key=lambda o: lacking(o.evaluation.effect, len(o.evaluation.barriers)))


def lacking(effect: Effect, barriers: int) -> tuple[int, int]:
    """How much a refused option lacks, by its effect and the number of its barriers."""
    return _RANK[effect], barriers


def remedies(option: Option, tried: Sequence[Treatment]) -> tuple[Remedy, ...]:
    """What would cure the barriers of a refusal and has not been tried."""
    named = {r for b in option.evaluation.barriers for r in b.remedies}
    return tuple(sorted(named - set(tried)))
