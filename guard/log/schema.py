"""The schema of records: what an entry of the log may say, and nothing else.

The schema is closed. Every string is an identifier of ours, a member of an enumeration, a date, a
keyed digest or a number in hexadecimal; there is no field that text from a transfer could enter.
Providers' words enter in one place (`guard.log.answered`). An unknown field, a missing one or a
value of another type refuses the record, and with it the release.

``v``, ``ts`` and ``boot`` are the writer's: entries of one commit share one `ts`, which never goes
back within a log.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from guard.log.answered import AnswerRecord
from guard.log.fields import LARGEST, Count, KeyId, Record, Uuid7
from guard.types import (
    Category,
    Confidence,
    Date,
    Detection,
    Digest,
    Document,
    Effect,
    Identifier,
    Location,
    Purpose,
    Tag,
    Transfer,
    Treatment,
)

PLACES = 8
"""Of how many destinations that were asked for a record holds the facts."""

Version = Annotated[
    str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}((a|b|rc|\.dev)[0-9]{1,4})?$")
]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Mode = Literal["enforce", "observe"]
Point = Literal["prompt", "batch", "write"]


class KeyedDigest(Document):
    """HMAC-SHA256 of a name under the key `kid`."""

    kid: KeyId
    h: Digest


class Commitment(Document):
    """HMAC-SHA256 of content under a key of its own, derived from the key `kid`; its length."""

    kid: KeyId
    c: Digest
    bytes: Count


class PolicyRef(Document):
    """The digest of the Rego and tables that decided."""

    revision: Digest


class DestinationFacts(Document):
    """What the policy saw of a destination: `guard.types.Destination.facts`."""

    kind: Literal["model", "storage", "device"]
    provider: Identifier
    role: Literal["processor", "controller", "self", "unknown"]
    storage: tuple[Location, ...] = Field(min_length=1)
    processing: tuple[Location, ...] = Field(min_length=1)
    operator: Location
    parent: Location
    access: tuple[Location, ...] = Field(min_length=1)
    weights: Location
    assurance: tuple[Identifier, ...]
    safeguards: tuple[Identifier, ...]
    retention_days: int = Field(ge=-1, le=LARGEST)
    training_use: Literal["yes", "no", "unknown"]
    valid_from: Date
    valid_until: Date
    confidence: Confidence
    counts: dict[Identifier, Count] = Field(default_factory=dict)


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


class Place(Document):
    """A destination that was asked for, with its facts.

    Args:
        id: Our name for it.
        facts: Its facts; None where `destination` holds them.
        counts: The counts under a treatment where they are not those of the facts; None where
            nobody asked the ledger for them, so that they are not known.
    """

    id: Identifier
    facts: DestinationFacts | None
    counts: dict[Treatment, dict[Identifier, Count] | None]


class Variant(Document):
    """What differs under another treatment than the one that was decided on.

    Args:
        categories: Those that it has been done to; nothing is done to the others.
        tags: The tags, or None where they are those of the transfer.
        hints: The hints, likewise.
    """

    categories: tuple[Identifier, ...]
    tags: tuple[Tag, ...] | None
    hints: tuple[Tag, ...] | None


class Asked(Document):
    """What the plan was made over, so that it can be made again under another policy.

    Args:
        destinations: How many different destinations were asked for.
        places: The first of them, best first.
        order: The treatments that change something, best first.
        prefer: What goes before, whole data or the first destination.
        retention_days: How long this log was to be kept, in days; an obligation asks for it.
        under: The facts under each treatment but the one that was decided on.
    """

    destinations: Count = Field(ge=1)
    places: tuple[Place, ...] = Field(min_length=1, max_length=PLACES)
    order: tuple[Treatment, ...] = Field(min_length=1)
    prefer: Literal["whole", "destination"]
    retention_days: Count
    under: dict[Treatment, Variant]

    @property
    def truncated(self) -> bool:
        """Whether more destinations were asked for than it holds the facts of."""
        return self.destinations > len(self.places)

    def fits(self, destination: str, treatment: Treatment) -> bool:
        """Whether nothing that the plan needs is missing, and nothing is there twice."""
        names = {place.id for place in self.places}
        return (
            len(names) == len(self.places) <= self.destinations
            and all((place.facts is None) == (place.id == destination) for place in self.places)
            and sorted(self.order) == sorted({*self.under, treatment})
            and treatment not in self.under
        )


class RecordedObligation(Document):
    """What had to be done, which rule demands it, and for how many days where that matters."""

    do: Identifier
    rule: Identifier
    days: Count


class DestinationEffects(Document):
    """How often each effect was reached for one destination."""

    destination: Identifier
    effects: dict[Effect, Count]


class Tree(Document):
    """The log before this entry: its size and root."""

    size: Count
    root: Digest


class OpenRecord(Record):
    """A writer began: its software and the tree that it continues."""

    kind: Literal["open"]
    version: Version
    previous: Tree


class CloseRecord(Record):
    """A writer ended of its own will."""

    kind: Literal["close"]


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


class BatchRecord(Record):
    """What one file of a data set held and where it may go."""

    kind: Literal["batch"]
    mode: Mode
    source: KeyedDigest
    rows: Count
    bad_rows: Count
    bytes: Count
    root: Digest
    complete: bool
    purpose: Purpose
    use_case: Identifier
    origin: Location
    candidates: tuple[Identifier, ...] = Field(min_length=1)
    stated: tuple[Identifier, ...]
    effects: dict[Effect, Count]
    categories: dict[Identifier, Count]
    rules: dict[Identifier, Count]
    destinations: tuple[DestinationEffects, ...]
    policy: PolicyRef
    detection: Digest
    dur_us: Count


class PolicyRecord(Record):
    """A policy was loaded."""

    kind: Literal["policy"]
    policy: PolicyRef
    detection: Digest
    instruments: tuple[Identifier, ...]
    rules: Count


class ErrorRecord(Record):
    """No decision could be reached, so nothing was released."""

    kind: Literal["error"]
    point: Point
    stage: Literal["detect", "policy", "oblige", "count", "input"]
    error: Literal[
        "detection_error",
        "policy_error",
        "obligation_error",
        "ledger_error",
        "input_error",
        "internal_error",
    ]
    policy: PolicyRef
    input: Commitment | None


AnyRecord = Annotated[
    OpenRecord
    | CloseRecord
    | DecisionRecord
    | AnswerRecord
    | BatchRecord
    | PolicyRecord
    | ErrorRecord,
    Field(discriminator="kind"),
]
