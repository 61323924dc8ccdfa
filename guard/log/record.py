"""The record: what an entry of the log may say, and nothing else.

The schema is closed. Every string is an identifier of ours, a member of an enumeration, a date, a
keyed digest or a number in hexadecimal; there is no field that text from a transfer could enter. An
unknown field, a missing one or a value of another type refuses the record, and with it the release.

``v``, ``ts`` and ``boot`` are the writer's: entries of one commit share one `ts`, which never goes
back within a log.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from guard.errors import RecordError, VerificationError
from guard.log.tiles import MAX_ENTRY
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
    Transfer,
    Treatment,
)

_LARGEST = 2**53 - 1

Uuid7 = Annotated[
    str,
    Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
]
Timestamp = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$"),
]
Boot = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
KeyId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
Version = Annotated[
    str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}((a|b|rc|\.dev)[0-9]{1,4})?$")
]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
Mode = Literal["enforce", "observe"]
Point = Literal["prompt", "batch", "write"]

UNSEALED = "0000-00-00T00:00:00.000000Z"
"""Stands for `ts` until the writer seals the entry; no other field can hold it."""

# What passes the schema has no floats, no integer beyond 2**53 - 1 and ASCII alone. There, sorted
# keys without spaces are the form of `guard.canonical` (RFC 8785), made in a tenth of the time.
_CANONICAL = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL = {"v", "ts", "boot"}


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
    retention_days: int = Field(ge=-1, le=_LARGEST)
    training_use: Literal["yes", "no", "unknown"]
    valid_from: Date
    valid_until: Date
    confidence: Confidence


class RecordedDetection(Detection):
    """A coverage statement whose languages are BCP 47 tags."""

    languages: tuple[Language, ...]


class RecordedCategory(Category):
    """A category whose bound is an integer that every JSON reader reads."""

    at_most: int = Field(ge=1, le=_LARGEST)


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


class DestinationEffects(Document):
    """How often each effect was reached for one destination."""

    destination: Identifier
    effects: dict[Effect, Count]


class Tree(Document):
    """The log before this entry: its size and root."""

    size: Count
    root: Digest


class Record(Document):
    """What every entry has."""

    v: Literal[1]
    id: Uuid7
    ts: Timestamp
    boot: Boot


class OpenRecord(Record):
    """A writer began: its software and the tree that it continues."""

    kind: Literal["open"]
    version: Version
    previous: Tree


class CloseRecord(Record):
    """A writer ended of its own will."""

    kind: Literal["close"]


class DecisionRecord(Record):
    """What was decided about one transfer, on which facts, and what was done."""

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
    stage: Literal["detect", "policy", "oblige", "input"]
    error: Literal[
        "detection_error", "policy_error", "obligation_error", "input_error", "internal_error"
    ]
    policy: PolicyRef
    input: Commitment | None


AnyRecord = Annotated[
    OpenRecord | CloseRecord | DecisionRecord | BatchRecord | PolicyRecord | ErrorRecord,
    Field(discriminator="kind"),
]
RECORD: TypeAdapter[AnyRecord] = TypeAdapter(AnyRecord)


def prepare(entry: dict[str, Any], boot: str) -> tuple[bytes, bytes]:
    """Check an entry and render it, all but its time: what stands before `ts` and what after.

    Raises:
        RecordError: If it is not of the schema; the message names fields, never values.
    """
    if present := sorted(_LOCAL & entry.keys()):
        raise RecordError(f"a record's {', '.join(present)} are the log's to write")
    try:
        data = orjson.dumps({**entry, "v": 1, "ts": UNSEALED, "boot": boot}, option=_CANONICAL)
    except orjson.JSONEncodeError:
        raise RecordError("the record cannot be rendered as JSON") from None
    _check(data, RecordError, "the record")
    before, _, after = data.partition(UNSEALED.encode())
    return before, after


def parse(data: bytes) -> AnyRecord:
    """Read a stored entry.

    Raises:
        VerificationError: If it is not canonical JSON of the schema.
    """
    try:
        same = orjson.dumps(orjson.loads(data), option=_CANONICAL) == data
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        same = False
    if not same:
        raise VerificationError("the entry is not canonical JSON")
    return _check(data, VerificationError, "the entry")


def _check(data: bytes, failure: type[RecordError | VerificationError], what: str) -> AnyRecord:
    # Patterns such as \d match digits of every script; no field of ours needs more than ASCII.
    if len(data) > MAX_ENTRY or not data.isascii():
        raise failure(f"{what} is longer than {MAX_ENTRY} bytes or not ASCII")
    try:
        return RECORD.validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(p) for p in first["loc"] if isinstance(p, int) or p in _FIELDS)
        raise failure(
            f"{what} is not of the schema at {place or 'its top'}: {first['type']}"
        ) from None


def timestamp(nanoseconds: int) -> str:
    """RFC 3339 with microseconds, in UTC, of nanoseconds since 1970."""
    moment = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def uuid7(nanoseconds: int, randomness: Callable[[int], bytes]) -> str:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds since 1970, 74 random bits.

    Args:
        nanoseconds: Nanoseconds since 1970.
        randomness: Gives that many random bytes.
    """
    raw = bytearray((nanoseconds // 1_000_000).to_bytes(6, "big") + randomness(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _fields(*models: type[BaseModel]) -> frozenset[str]:
    """The names of all fields of these models and of what they are made of."""
    names: set[str] = set()
    for model in models:
        for name, described in model.model_fields.items():
            names.add(described.alias or name)
            names |= _nested(described.annotation)
    return frozenset(names)


def _nested(annotation: Any) -> frozenset[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _fields(annotation)
    return frozenset().union(*(_nested(part) for part in get_args(annotation)))


_FIELDS = _fields(
    OpenRecord, CloseRecord, DecisionRecord, BatchRecord, PolicyRecord, ErrorRecord
) | {"open", "close", "decision", "batch", "policy", "error"}
