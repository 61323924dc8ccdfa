"""The straight line, written once: detect → tag → plan → discharge → count → record → release.

`line` is a generator that yields what must be done and is driven from outside (the idea of httpx's
``auth_flow``), so that the order "count and record before release" stands in one place for sync and
async.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from guard.errors import RecordError, Undecided
from guard.gate import planner
from guard.gate.verdict import Verdict
from guard.types import (
    Decision,
    Destination,
    Detected,
    Finding,
    Option,
    Plan,
    Reason,
    Segment,
    Tag,
    Transfer,
    Treatment,
)

if TYPE_CHECKING:
    from guard.ledger import Export

ATTEMPTS = 5
"""How often a request is decided anew because others were counted meanwhile."""


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
class Counted:
    """A destination as it is decided on, and what is counted if the data go there.

    Args:
        destination: The destination with its counts.
        export: What would leave; None where no threshold of law looks.
        counts: The ledger's counts, by which it will tell whether they still hold.
    """

    destination: Destination
    export: Export | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reserve:
    """Count whose data are about to leave.

    Answered with True once that is durable or nobody counts, and with False if the counts that the
    decision rests on have changed and nothing was counted.
    """

    counted: Counted


@dataclass(frozen=True, slots=True)
class Append:
    """Write the decision down; answered with the index once it is durable and signed."""

    concluded: Concluded
    decision: Decision
    released: tuple[Segment, ...] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Concluded:
    """The facts, the plan over them, and the destinations with the counts that were decided on.

    Args:
        facts: The facts under each treatment.
        plan: The plan.
        candidates: The destinations that were asked for.
        counted: Each destination and treatment of the plan; empty where nothing will leave.
        met: Those of the tags that only the session had met, before.
    """

    facts: Mapping[Treatment, Transfer]
    plan: Plan
    candidates: tuple[str, ...]
    counted: Mapping[tuple[str, Treatment], Counted] = field(default_factory=dict)
    met: tuple[Tag, ...] = ()


Step: TypeAlias = Detect | Conclude | Treat | Reserve | Append


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
    for _ in range(ATTEMPTS):
        concluded: Concluded = yield Conclude(detected)
        decision = decide(concluded, words)
        leaving = _leaving(concluded, words)
        released = None if leaving is None else segments
        if leaving is None:
            break
        if leaving != "none":
            released = yield Treat(leaving, segments, detected.findings)
        counted = yield Reserve(concluded.counted[decision.destination, leaving])
        if counted is True:
            break
        if counted is not False:
            raise Undecided("the ledger gave no answer")
    else:
        raise Undecided(
            "the counts of the ledger changed at every attempt", remedy="ask again later"
        )
    index = yield Append(concluded, decision, released)
    if type(index) is not int:
        raise RecordError("the log gave no index")
    pseudonymous = leaving == "pseudonymise"
    return Verdict(
        decision=decision,
        findings=detected.findings,
        tags=concluded.facts["none"].tags,
        detection=detected.detection,
        plan=concluded.plan,
        origin=origin,
        index=index,
        counts=_counts(concluded, decision),
        conversation=conversation if pseudonymous else "",
        _released=released,
        _reasons=words.reasons,
    )


def _leaving(concluded: Concluded, words: Words) -> Treatment | None:
    """The treatment under which the data will leave; None if they will not.

    Who only observes releases the data whole, whatever was decided.
    """
    if not words.enforced:
        return "none"
    chosen = concluded.plan.chosen
    return None if chosen is None else chosen.treatment


def _counts(concluded: Concluded, decision: Decision) -> Mapping[str, int]:
    """The counts that a decision rests on."""
    where = concluded.counted[decision.destination, decision.treatment]
    return where.destination.counts


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
