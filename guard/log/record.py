"""Records as bytes: checked and rendered on the way in, read strictly on the way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from guard.errors import RecordError, VerificationError
from guard.log.answered import AnswerRecord
from guard.log.decided import DecisionRecord
from guard.log.schema import (
    AnyRecord,
    BatchRecord,
    CloseRecord,
    ErrorRecord,
    OpenRecord,
    PolicyRecord,
)
from guard.log.tiles import MAX_ENTRY

UNSEALED = "0000-00-00T00:00:00.000000Z"
"""Stands for `ts` until the writer seals the entry; no other field can hold it."""

RECORD: TypeAdapter[AnyRecord] = TypeAdapter(AnyRecord)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL = {"v", "ts", "boot"}
# What passes the schema has no floats, no integer beyond 2**53 - 1 and ASCII alone. There, sorted
# keys without spaces are the form of `guard.canonical` (RFC 8785), made in a tenth of the time.
_CANONICAL = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


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
    OpenRecord,
    CloseRecord,
    DecisionRecord,
    AnswerRecord,
    BatchRecord,
    PolicyRecord,
    ErrorRecord,
) | {"open", "close", "decision", "answer", "batch", "policy", "error"}
