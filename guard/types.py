"""The nouns: a transfer of data, what was found in it, and what the policy says of it.

Every use of data is a *transfer*: some data, from here, to a destination, for a purpose. Nothing
in this module has a field for the text itself except `Segment`, which lives before detection, so
policy, log and replay can be shown to an auditor.

Documents that cross the process boundary are frozen, total and closed (`"unknown"` instead of
absence); what is made by the million is a slotted dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.:/-]{0,95}$")]
"""A name of ours: rule, category, destination, instrument. Never free text."""

Location = Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|[A-Z][A-Z_]{2,39}|unknown)$")]
"""ISO 3166-1 alpha-2, a sub-entity (``US-CA``), a set (``EEA``, ``GLOBAL``) or ``unknown``."""

Date = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Purpose = Literal[
    "inference",
    "training",
    "evaluation",
    "embedding",
    "storage",
    "analytics",
    "telemetry",
    "support",
]
Treatment = Literal["none", "pseudonymise", "redact"]
Effect = Literal["permit", "deny", "review", "conflict"]
Remedy = Literal["redact", "pseudonymise", "relocate", "mechanism", "consent", "declare", "review"]
Confidence = Literal["high", "medium", "low"]
Trigger = Literal["declared", "establishment", "data_subject", "origin", "finding"]

PURPOSES: tuple[Purpose, ...] = Purpose.__args__  # type: ignore[attr-defined]
TREATMENTS: tuple[Treatment, ...] = ("none", "pseudonymise", "redact")


class Document(BaseModel):
    """Frozen, closed and total."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


# ------------------------------------------------------------------ before and at detection


@dataclass(frozen=True, slots=True)
class Segment:
    """One string of a payload and where it stands.

    Args:
        pointer: JSON pointer (RFC 6901), ``""`` for a bare string.
        text: The string. Left out of ``repr``.
        context: Words that stand around the value without being part of it (a column's name).
    """

    pointer: str
    text: str = field(repr=False)
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hint that a jurisdiction is concerned.

    Args:
        jurisdiction: ISO 3166-1 alpha-2.
        weight: 0 to 100. A valid national identifier with check digits is 90, a dialling code 40.
    """

    jurisdiction: str
    weight: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal or regulated data at a place. There is no field for the matched text.

    Args:
        category: Dotted category of `regions/categories.yaml`.
        pointer: The segment's JSON pointer.
        start: Offset of the first character, in Unicode code points.
        end: Offset after the last character.
        confidence: 0 to 1.
        detector: Id of the detector that found it.
        evidence: Hints for tagging.
    """

    category: str
    pointer: str
    start: int
    end: int
    confidence: float
    detector: str
    evidence: tuple[Evidence, ...] = ()


class Detection(Document):
    """The honest coverage statement of one detection run.

    Args:
        complete: Everything that was submitted was scanned by everything that should scan it.
        ner: Whether names, places and organisations were looked for.
        languages: Languages that NER covered (BCP 47).
        skipped: Codes for what was not done: ``timeout``, ``too_long``, ``language:de``, ``ner``,
            ``script:han``.
        revision: Digest of detectors, models and their versions.
    """

    complete: bool
    ner: bool
    languages: tuple[Language, ...]
    skipped: tuple[Identifier, ...]
    revision: Digest


@dataclass(frozen=True, slots=True)
class Detected:
    """What detection found in one payload, in order of pointer and offset, without overlaps."""

    findings: tuple[Finding, ...]
    detection: Detection


# ------------------------------------------------------------------ the facts of a transfer


class Category(Document):
    """One category of data in a transfer, as the policy sees it.

    Args:
        id: Dotted category, for example ``contact.email``.
        at_most: Upper bound of the number of findings: 1, 10, 100, … so that transfers repeat.
        personal: Relates to an identified or identifiable natural person (GDPR Art. 4(1)).
        direct: Identifies the person by itself (GDPR Rec. 26); the object of minimisation.
        classes: Sensitive classes of `regions/sensitive.yaml`, for example ``health``.
        treatment: What has been done to every finding of this category.
    """

    id: Identifier
    at_most: int = Field(ge=1, le=10**15)
    personal: bool
    direct: bool
    classes: tuple[Identifier, ...]
    treatment: Treatment


class Tag(Document):
    """An instrument of law that governs the transfer, and the fact that triggers it.

    Args:
        instrument: Id of the instrument, ``eu_gdpr``.
        trigger: What kind of fact (GDPR Art. 3(1) establishment, Art. 3(2) data subjects …).
        jurisdiction: The jurisdiction that the fact points at.
        strength: 0 to 100; declared facts are 100.
        evidence: The category that was found, or ``declared``.
    """

    instrument: Identifier
    trigger: Trigger
    jurisdiction: Location
    strength: int = Field(ge=0, le=100)
    evidence: Identifier


class Principal(Document):
    """Who asks. Not the data subject."""

    establishment: tuple[Location, ...]
    role: Literal["controller", "processor", "provider", "deployer", "unknown"]


class Transfer(Document):
    """Some data, from here, for a purpose: every fact a policy may look at, and no text.

    Args:
        time: The date (UTC) at which the law is applied.
        use_case: Declared use case of `regions/use_cases.yaml`, ``general`` or ``unknown``.
        origin: Where the data are now.
        data_subjects: Declared countries of the persons the data are about.
        categories: What was found or declared, by category.
        tags: Instruments that apply.
        hints: Instruments that weaker evidence points at; they yield advice only.
        declared: Declarations of `regions/declarations.yaml` that the operator makes.
        treatment: The treatment under which these facts hold.
    """

    schema_: Literal["guard/transfer/1"] = Field("guard/transfer/1", alias="schema")
    time: Date
    principal: Principal
    purpose: Purpose
    use_case: Identifier
    origin: Location
    data_subjects: tuple[Location, ...]
    categories: tuple[Category, ...]
    tags: tuple[Tag, ...]
    hints: tuple[Tag, ...]
    declared: tuple[Identifier, ...]
    detection: Detection
    treatment: Treatment

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )


class Destination(Document):
    """What data would go to. Location is several facts, never one "region".

    Args:
        id: Our name for it, ``openai-us``.
        kind: A model endpoint, a storage region, or a device of the operator's own.
        url: Base URL or bucket URL; ``unknown`` when the operator has not configured one.
        role: The recipient's role (GDPR Art. 4(7), (8)).
        storage: Where data rest.
        processing: Where data may be processed; ``GLOBAL`` when the operator does not say.
        operator: Jurisdiction of the operating company.
        parent: Jurisdiction of its ultimate parent.
        access: Whence support staff can reach the data.
        weights: Where the model's weights come from.
        assurance: Certificates (``c5``, ``secnumcloud``, ``seal-3``).
        safeguards: Transfer instruments on file, of `regions/safeguards.yaml`.
        retention_days: How long the recipient keeps inputs; -1 when unknown.
        training_use: Whether the recipient trains on inputs.
        confidence: How sure the table is; low confidence shows on the decision.
        source: Where the facts come from.
        checked: When they were last checked.
    """

    id: Identifier
    kind: Literal["model", "storage", "device"]
    provider: Identifier
    url: str = Field(max_length=300)
    role: Literal["processor", "controller", "self", "unknown"]
    storage: tuple[Location, ...] = Field(min_length=1)
    processing: tuple[Location, ...] = Field(min_length=1)
    operator: Location
    parent: Location
    access: tuple[Location, ...] = Field(min_length=1)
    weights: Location
    assurance: tuple[Identifier, ...]
    safeguards: tuple[Identifier, ...]
    retention_days: int = Field(ge=-1)
    training_use: Literal["yes", "no", "unknown"]
    valid_from: Date
    valid_until: Date
    confidence: Confidence
    source: str = Field(max_length=300)
    checked: Date

    def facts(self) -> dict[str, object]:
        """What the policy may look at: everything but the name, the address and the provenance."""
        hidden = {"id", "url", "source", "checked"}
        return self.model_dump(mode="json", exclude=hidden)


# ------------------------------------------------------------------ what the policy says


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
