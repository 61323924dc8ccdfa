"""The straight line, written once: detect → tag → plan → discharge → record → release.

`line` is a generator that yields what must be done and is driven from outside (the idea of httpx's
``auth_flow``), so that the order "record before release" stands in one place for sync and async.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from guard.errors import RecordError, Undecided
from guard.gate import planner
from guard.gate.verdict import Verdict
from guard.types import (
    Decision,
    Detected,
    Finding,
    Option,
    Plan,
    Reason,
    Segment,
    Transfer,
    Treatment,
)


@dataclass(frozen=True, slots=True)
class Detect:
    """Scan the segments; answered with `Detected`."""

    segments: tuple[Segment, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Conclude:
    """Find tags and plan for what was found; answered with `Concluded`."""

    detected: Detected


@dataclass(frozen=True, slots=True)
class Treat:
    """Discharge a treatment; answered with the rewritten segments."""

    treatment: Treatment
    segments: tuple[Segment, ...] = field(repr=False)
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Append:
    """Write the decision down; answered with the index once it is durable and signed."""

    concluded: Concluded
    decision: Decision
    released: tuple[Segment, ...] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Concluded:
    """The facts, the plan over them, and the tables' words for it."""

    facts: Mapping[Treatment, Transfer]
    plan: Plan
    candidates: tuple[str, ...]


Step: TypeAlias = Detect | Conclude | Treat | Append


@dataclass(frozen=True, slots=True)
class Words:
    """How a decision is put into words: id, revision, mode, and the catalogue's texts."""

    id: str
    revision: str
    enforced: bool
    order: tuple[Treatment, ...]
    reasons: Mapping[str, Reason]

    def reason(self, rule: str) -> Reason:
        """The rule in words.

        Raises:
            Undecided: If the catalogue does not know the rule: nobody could explain the decision.
        """
        try:
            return self.reasons[rule]
        except KeyError:
            raise Undecided(f"no text for the rule {rule}") from None


def line(
    segments: tuple[Segment, ...], words: Words, *, origin: str, conversation: str
) -> Generator[Step, Any, Verdict]:
    """Decide about one payload. Yields steps, returns the verdict with rewritten segments."""
    detected: Detected = yield Detect(segments)
    concluded: Concluded = yield Conclude(detected)
    decision = decide(concluded, words)
    released: tuple[Segment, ...] | None = None
    if concluded.plan.chosen is not None and words.enforced:
        released = segments
        if decision.treatment != "none":
            released = yield Treat(decision.treatment, segments, detected.findings)
    elif not words.enforced:
        released = segments
    index = yield Append(concluded, decision, released)
    if type(index) is not int:
        raise RecordError("the log gave no index")
    pseudonymous = words.enforced and decision.treatment == "pseudonymise" and released is not None
    return Verdict(
        decision=decision,
        findings=detected.findings,
        tags=concluded.facts["none"].tags,
        detection=detected.detection,
        plan=concluded.plan,
        origin=origin,
        index=index,
        conversation=conversation if pseudonymous else "",
        _released=released,
        _cites={rule: reason.cites for rule, reason in words.reasons.items()},
    )


def decide(concluded: Concluded, words: Words) -> Decision:
    """The decision that a plan amounts to."""
    chosen = concluded.plan.chosen
    option = chosen or planner.refusal(concluded.plan, concluded.candidates)
    evaluation = option.evaluation
    if chosen is None:
        rules = [b.rule for b in evaluation.barriers]
    else:
        rules = [*_cured(concluded.plan, option), *(p.rule for p in evaluation.permits)]
    return Decision(
        id=words.id,
        effect=evaluation.effect,
        destination=option.destination,
        treatment=option.treatment,
        obligations=evaluation.obligations if chosen else (),
        advice=tuple(words.reason(a) for a in _unique(a.rule for a in evaluation.advice)),
        instruments=evaluation.applicable,
        reasons=tuple(words.reason(rule) for rule in _unique(rules)),
        remedies=() if chosen else planner.remedies(option, words.order),
        revision=words.revision,
        enforced=words.enforced,
    )


def _cured(plan: Plan, option: Option) -> Sequence[str]:
    """The barriers that stood at the chosen destination before the treatment."""
    if option.treatment == "none":
        return ()
    return [
        barrier.rule
        for other in plan.options
        if other.destination == option.destination and other.treatment == "none"
        for barrier in other.evaluation.barriers
    ]


def _unique(rules: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rules))
