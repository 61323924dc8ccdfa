"""One JSON text to a record, strictly: nothing in the text may go unseen.

orjson is fast but keeps the last of two members with the same name and rounds integers beyond 64
bits. Both would hide data from detection. So the number of members is compared with the number of
places that could be one, and what does not add up is parsed again by the standard library's parser.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from guard.payload import InexactNumber, Unscannable, segments_of
from guard.types import Segment

_MEMBER = re.compile(rb'"[ \t\r\n]*:')  # every member has one; inside strings there may be more


class ExactDecoder(json.JSONDecoder):
    """The standard library's decoder, which keeps wide integers and notices repeated members.

    Attributes:
        repeated: An object with a repeated member was met since this was last set to False.
    """

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=self._object, parse_constant=_no_constant)
        self.repeated = False

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self.repeated = self.repeated or len(members) != len(pairs)
        return members


def parse(data: bytes) -> tuple[Any, tuple[Segment, ...]]:
    """The record that `data` (one JSON text in UTF-8) holds, and its segments.

    Raises:
        Unscannable: ``nul``, ``encoding``, ``malformed``, ``too_deep`` or ``duplicate_key``.
    """
    try:
        record = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unscannable(_reason(data, error), format="JSON", encoding="UTF-8") from None
    try:
        found = segments_of(record, exact=False)
    except InexactNumber:
        return parse_exactly(data)
    if len(_MEMBER.findall(data)) != members(record):
        return parse_exactly(data)
    return record, found


def parse_exactly(data: bytes) -> tuple[Any, tuple[Segment, ...]]:
    """As `parse`, by the standard library.

    Raises:
        Unscannable: ``malformed``, ``too_deep`` or ``duplicate_key``.
    """
    decoder = ExactDecoder()
    try:
        record = decoder.decode(data.decode("utf-8"))
    except RecursionError:
        raise Unscannable("too_deep") from None
    except ValueError:
        raise Unscannable("malformed", format="JSON") from None
    if decoder.repeated:
        raise Unscannable("duplicate_key")
    return record, segments_of(record)


def members(record: Any) -> int:
    """How many members all objects in `record` have."""
    kind = type(record)
    if kind is dict:
        return len(record) + sum(map(members, record.values()))
    if kind is list:
        return sum(map(members, record))
    return 0


def _reason(data: bytes, error: orjson.JSONDecodeError) -> str:
    if b"\0" in data:
        return "nul"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding"
    if "depth limit" in error.msg:
        return "too_deep"
    return "malformed"


def _no_constant(_: str) -> Any:
    raise ValueError("NaN and Infinity are not JSON (RFC 8259 §6)")
