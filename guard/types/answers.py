"""What the policy says of a transfer, the plan over it, and the decision that comes of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guard.types.vocabulary import (
    Confidence,
    Date,
    Digest,
    Document,
    Effect,
    Identifier,
    Location,
    Remedy,
    Treatment,
)


class Permit(Document):
    """A positive ground: the rule, the mechanism, the authority it rests on and until when."""

    rule: Identifier
    instrument: Identifier
    mechanism: Identifier
    authority: str = Field(max_length=120)
    valid_until: Date
    confidence: Confidence


class Barrier(Document):
    """A rule that stands in the way.

    Args:
        rule: ``eu_gdpr.special_categories``.
        instrument: ``eu_gdpr``.
        categories: Categories that it concerns; empty when it concerns the transfer as such.
        remedies: What would cure *it*.
        confine: Locations within which it would not stand; empty when location does not matter.
    """

    rule: Identifier
    instrument: Identifier
    categories: tuple[Identifier, ...]
    remedies: tuple[Remedy, ...]
    confine: tuple[Location, ...]


class Obligation(Document):
    """What must be done. One that is not understood or not discharged means deny (XACML 3.0 §7.18).

    Args:
        do: ``redact``, ``pseudonymise``, ``retain_log``, ``keep_record``, ``human_oversight``,
            ``notice``, ``mark_output``.
        rule: The rule that demands it.
        instrument: Its instrument.
        days: For ``retain_log``: how long, in days. Otherwise 0.
        declaration: The declaration that discharges it, or ``none``.
    """

    do: Identifier
    rule: Identifier
    instrument: Identifier
    days: int = Field(ge=0)
    declaration: Identifier


class Advice(Document):
    """A risk that does not forbid."""

    rule: Identifier
    instrument: Identifier


class Evaluation(Document):
    """What the policy says of one destination under one treatment."""

    effect: Effect
    permits: tuple[Permit, ...]
    barriers: tuple[Barrier, ...]
    obligations: tuple[Obligation, ...]
    advice: tuple[Advice, ...]
    applicable: tuple[Identifier, ...]
    missing: tuple[Identifier, ...]
    unknown: tuple[Identifier, ...]


class Reason(Document):
    """A rule that decided, in words: the text comes from the rule's METADATA alone."""

    rule: Identifier
    kind: Literal["permit", "barrier", "obligation", "advice"]
    cites: str
    message: str


class Option(Document):
    """One row of a plan: a destination under a treatment, and what the policy says of it."""

    destination: Identifier
    treatment: Treatment
    evaluation: Evaluation


class Plan(Document):
    """The options in the operator's order of preference. `chosen` is the first lawful one."""

    chosen: Option | None
    options: tuple[Option, ...]


class Decision(Document):
    """What was decided about one transfer.

    Args:
        id: UUIDv7 (RFC 9562), also the record's id.
        effect: permit, deny, review or conflict.
        destination: The chosen destination, or the first that was asked for.
        treatment: The treatment that the permit rests on.
        obligations: What must be (and, for a permit, was) done.
        advice: Risks that do not forbid, with their citations.
        instruments: Instruments that applied.
        reasons: The rules that decided: permits for a permit, barriers for a refusal.
        remedies: For a refusal: what would make it lawful.
        revision: Digest of Rego and tables.
        enforced: False in observe mode.
    """

    id: str
    effect: Effect
    destination: Identifier
    treatment: Treatment
    obligations: tuple[Obligation, ...]
    advice: tuple[Reason, ...]
    instruments: tuple[Identifier, ...]
    reasons: tuple[Reason, ...]
    remedies: tuple[Remedy, ...]
    revision: Digest
    enforced: bool
