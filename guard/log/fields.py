"""What records are made of: ids, times, numbers, digests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guard.types import Digest, Document

LARGEST = 2**53 - 1
"""The largest integer that every reader of JSON reads exactly."""

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
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Mode = Literal["enforce", "observe"]
Point = Literal["prompt", "batch", "write"]


class Record(Document):
    """What every entry has."""

    v: Literal[1]
    id: Uuid7
    ts: Timestamp
    boot: Boot


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
