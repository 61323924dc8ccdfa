"""The record of a decision: on which facts, by which rules, and what was done.

The decision itself, the facts of the chosen option and what the plan was made over
(`guard.log.asked`) stand in it; what came back for it is a record of its own
(`guard.log.answered`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from guard.log.asked import Asked, DestinationFacts
from guard.log.fields import (
    LARGEST,
    Commitment,
    Count,
    KeyedDigest,
    Mode,
    Point,
    PolicyRef,
    Record,
    Uuid7,
)
from guard.types import (
    Category,
    Detection,
    Document,
    Effect,
    Identifier,
    Tag,
    Transfer,
    Treatment,
)

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]


class RecordedDetection(Detection):
    """A coverage statement whose languages are BCP 47 tags."""

    languages: tuple[Language, ...]


class RecordedCategory(Category):
    """A category whose bound is an integer that every JSON reader reads."""

    at_most: int = Field(ge=1, le=LARGEST)


class RecordedTransfer(Transfer):
    """A transfer under its one spelling, and with no default: its schema's name must be given."""

    schema_: Literal["guard/transfer/1"] = Field(alias="schema")
    categories: tuple[RecordedCategory, ...]
    detection: RecordedDetection

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True
    )


class RecordedDestination(Document):
    """Where the data would go: our name for it and the facts that were decided on."""

    id: Identifier
    facts: DestinationFacts


class Candidate(Document):
    """One option that the plan tried, and the rules that spoke."""

    destination: Identifier
    treatment: Treatment
    effect: Effect
    barriers: tuple[Identifier, ...]
    permits: tuple[Identifier, ...]


class RecordedObligation(Document):
    """What had to be done, which rule demands it, and for how many days where that matters."""

    do: Identifier
    rule: Identifier
    days: Count


class DecisionRecord(Record):
    """What was decided about one transfer, on which facts, and what was done.

    `asked` is missing in earlier records: those hold the facts of the decided option alone.

    `follows` is the decision that was made before this one for the same request, whose data did not
    arrive, or not yet; its `AnswerRecord` says why. `met` are those of the transfer's tags that
    only the session had met, before. Either is missing where there is none.
    """

    kind: Literal["decision"]
    point: Point
    mode: Mode
    enforced: bool
    effect: Effect
    treatment: Treatment
    destination: RecordedDestination
    candidates: tuple[Candidate, ...]
    transfer: RecordedTransfer
    rules: tuple[Identifier, ...]
    obligations: tuple[RecordedObligation, ...]
    advice: tuple[Identifier, ...]
    policy: PolicyRef
    actor: KeyedDigest
    input: Commitment
    output: Commitment | None
    dur_us: Count
    asked: Asked | None = None
    follows: Uuid7 | None = None
    met: tuple[Tag, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> DecisionRecord:
        if self.asked and not self.asked.fits(self.destination.id, self.treatment):
            raise ValueError("what was asked does not fit what was decided")
        return self
