"""What the caller gets: the decision, proof that it was written down, and, if permitted, text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guard.errors import Denied
from guard.types import Decision, Detection, Evaluation, Finding, Plan, Reason, Tag


@dataclass(frozen=True)
class Verdict:
    """A decision about one payload.

    Args:
        decision: What was decided.
        findings: What was found in the payload as it was submitted.
        tags: The instruments that govern the payload as submitted, each with the fact that
            triggers it.
        detection: What was looked for, and what was not.
        plan: The options that were evaluated, in order.
        origin: The decision log's origin.
        index: The record's index in the log.
        counts: The counts that were decided on, by their names in the table `counts`.
        conversation: The conversation whose vault turns pseudonyms back, or ``""``.
    """

    decision: Decision
    findings: tuple[Finding, ...]
    tags: tuple[Tag, ...]
    detection: Detection
    plan: Plan
    origin: str
    index: int
    counts: Mapping[str, int]
    conversation: str
    _released: Any = field(repr=False)
    _reasons: Mapping[str, Reason] = field(repr=False)

    @property
    def permitted(self) -> bool:
        """Whether the payload may go: permitted, or only observed."""
        return self.decision.effect == "permit" or not self.decision.enforced

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules that decided, with their citations."""
        return self.decision.reasons

    def advised(self, rule: str) -> tuple[str, ...]:
        """The instruments of which a rule's advice speaks: for one of the tool's, maybe several."""
        at = (self.decision.destination, self.decision.treatment)
        return tuple(
            advice.instrument
            for option in self.plan.options
            if (option.destination, option.treatment) == at
            for advice in option.evaluation.advice
            if advice.rule == rule
        )

    @property
    def payload(self) -> Any:
        """What may go to `decision.destination`: the payload with every obligation discharged.

        Raises:
            Denied: If the transfer is not permitted.
        """
        if not self.permitted:
            rules = ", ".join(r.rule for r in self.decision.reasons) or "no permit"
            raise Denied(
                f"{self.decision.destination}: {self.decision.effect} by {rules}",
                decision=self.decision,
                reference=self.decision.id,
                remedies=self.decision.remedies,
            )
        return self._released

    @property
    def text(self) -> str:
        """`payload` when it is a string.

        Raises:
            Denied: If the transfer is not permitted.
            TypeError: If the payload is a JSON document; take `payload`.
        """
        released = self.payload
        if not isinstance(released, str):
            raise TypeError("the payload is a document: take .payload")
        return released

    def released_as(self, rebuild: Callable[[Any], Any]) -> Verdict:
        """The same verdict with what may be released put into its final form."""
        return self if self._released is None else replace(self, _released=rebuild(self._released))

    def to_json(self, *, text: bool = False) -> dict[str, Any]:
        """The verdict as the document ``guard/verdict/1``.

        Args:
            text: Whether to add the releasable payload. Left out unless permitted.
        """
        d = self.decision
        document: dict[str, Any] = {
            "schema": "guard/verdict/1",
            "decision": {
                "id": d.id,
                "effect": d.effect,
                "enforced": d.enforced,
                "destination": d.destination,
                "treatment": d.treatment,
                "obligations": [o.model_dump() for o in d.obligations],
                "instruments": list(d.instruments),
                "remedies": list(d.remedies),
                "advice": [
                    {**a.model_dump(), "instruments": list(self.advised(a.rule))} for a in d.advice
                ],
                "revision": d.revision,
            },
            "reasons": [r.model_dump() for r in d.reasons],
            "findings": [_finding(f) for f in self.findings],
            "tags": [tag.model_dump() for tag in self.tags],
            "detection": self.detection.model_dump(),
            "plan": [
                _option(o.destination, o.treatment, o.evaluation, self._reasons)
                for o in self.plan.options
            ],
            "counts": dict(sorted(self.counts.items())),
            "log": {"origin": self.origin, "index": self.index},
        }
        if self.conversation:
            document["conversation"] = self.conversation
        if text and self.permitted:
            document["text"] = self._released
        return document


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "category": finding.category,
        "pointer": finding.pointer,
        "start": finding.start,
        "end": finding.end,
        "confidence": round(finding.confidence, 2),
        "detector": finding.detector,
    }


def _option(
    destination: str, treatment: str, evaluation: Evaluation, reasons: Mapping[str, Reason]
) -> dict[str, Any]:
    return {
        "destination": destination,
        "effect": evaluation.effect,
        "treatments": [] if treatment == "none" else [treatment],
        "barriers": [
            {"rule": b.rule, "cites": _cites(reasons, b.rule), "remedies": list(b.remedies)}
            for b in evaluation.barriers
        ],
    }


def _cites(reasons: Mapping[str, Reason], rule: str) -> str:
    return reasons[rule].cites if rule in reasons else ""
