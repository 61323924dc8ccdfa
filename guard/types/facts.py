"""The facts of a transfer and of its destination: all that a policy may look at."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from guard.types.findings import Detection
from guard.types.vocabulary import (
    Confidence,
    Counted,
    Date,
    Document,
    Identifier,
    Location,
    Purpose,
    Statement,
    Treatment,
    Trigger,
)


class Category(Document):
    """One category of data in a transfer, as the policy sees it.

    Args:
        id: Dotted category, for example ``contact.email``.
        at_most: Upper bound of the number of findings: 1, 10, 100, … so that transfers repeat.
        personal: Relates to an identified or identifiable natural person (GDPR Art. 4(1)).
        direct: Identifies the person by itself (GDPR Rec. 26); the object of minimisation.
        classes: Sensitive classes of `regions/sensitive.yaml`, for example ``health``.
        treatment: What has been done to every finding of this category.
        found: Whether a detector found it; a category that is only declared is the operator's word.
    """

    id: Identifier
    at_most: int = Field(ge=1, le=10**15)
    personal: bool
    direct: bool
    classes: tuple[Identifier, ...]
    treatment: Treatment
    found: bool = True


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
        facts: What the operator states, by id of `regions/facts/`: ``{"ciio": true}``. What is not
            stated is not known.
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
    facts: dict[Identifier, Statement] = Field(default_factory=dict)

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
        counts: How many persons' data (of `regions/counts.yaml`) this recipient or its country will
            have been given once this transfer is made; upper bounds from the ledger.
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
    counts: dict[Identifier, Counted] = Field(default_factory=dict)

    def facts(self) -> dict[str, object]:
        """What the policy may look at: everything but the name, the address and the provenance."""
        hidden = {"id", "url", "source", "checked"}
        return self.model_dump(mode="json", exclude=hidden)
