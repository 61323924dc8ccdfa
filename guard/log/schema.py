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

from pydantic import Field

from guard.log.answered import AnswerRecord
from guard.log.decided import DecisionRecord
from guard.log.fields import Commitment, Count, KeyedDigest, Mode, Point, PolicyRef, Record
from guard.types import (
    Digest,
    Document,
    Effect,
    Identifier,
    Location,
    Purpose,
)

Version = Annotated[
    str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}((a|b|rc|\.dev)[0-9]{1,4})?$")
]


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
