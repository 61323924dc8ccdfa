"""Entries of a decision log, read lean: what was decided apart from what differs each time.

A million decisions are a few thousand distinct ones: the same facts, the same answer, under other
ids, times and commitments. An entry is canonical JSON: cutting out the bytes of what differs leaves
bytes that are equal when everything else is. What is left is filled up with constants to a
whole record, the *kernel*, which is checked against the schema once. That is as strict as checking
each entry: the parts that were cut out are matched here against their patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import orjson

from guard.log import record
from guard.log.decided import DecisionRecord
from guard.log.schema import AnyRecord

_HEX64, _KID = b"[0-9a-f]{64}", b"[0-9a-f]{8}"
# Longer numbers exist in the schema; the slow path reads them.
_COUNT = b"(?:0|[1-9][0-9]{0,14})"
_ID = b"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_COMMIT = b'\\{"bytes":' + _COUNT + b',"c":"' + _HEX64 + b'","kid":"' + _KID + b'"\\}'
_VARIABLE = re.compile(
    b'\\{"actor":\\{"h":"(' + _HEX64 + b')","kid":"(' + _KID + b')"\\},'
    b',"boot":"[0-9a-f]{32}"'
    b',"dur_us":'
    + _COUNT
    + b'(?:,"follows":"'
    + _ID
    + b'")?,"id":"'
    + _ID
    + b'","input":'
    + _COMMIT
    + b',"output":(?:null|'
    + _COMMIT
    + b")"
    b',"ts":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)","v":1\\}'
)
_FOLLOWS: Final = b',"follows":"'
_ZERO_DIGEST, _ZERO_KID = b"0" * 64, b"0" * 8
_HEAD: Final = b'{"actor":{"h":"' + _ZERO_DIGEST + b'","kid":"' + _ZERO_KID + b'"},'
_BOOT: Final = b',"boot":"' + b"0" * 32 + b'"'
_DURATION: Final = b',"dur_us":0'
_INPUT: Final = (
    b',"id":"00000000-0000-7000-8000-000000000000","input":{"bytes":0,"c":"'
    + _ZERO_DIGEST
    + b'","kid":"'
    + _ZERO_KID
    + b'"}'
)
_OUTPUT: Final = b',"output":null'
_TAIL: Final = b',"ts":"2000-01-01T00:00:00.000000Z","v":1}'


@dataclass(frozen=True, slots=True)
class Cut:
    """One decision, taken apart.

    Args:
        kernel: What was decided on which facts: a record in which everything else is constant.
        actor: Key and keyed digest of who asked, ``<kid>:<h>``.
        ts: When it was written, RFC 3339.
    """

    kernel: bytes
    actor: bytes
    ts: bytes


def cut(entry: bytes) -> Cut | None:
    """Take a decision apart, or None where the entry is another kind or of unusual form.

    The kernel still has to pass `guard.log.record.parse`; only then is the entry a record.
    """
    start = len(_HEAD)
    boot = entry.find(b',"boot":"', start)
    duration = entry.find(b',"dur_us":', boot)
    effect = entry.find(b',"effect":', duration)
    name = entry.find(b',"id":"', effect)
    linked = name - len(_FOLLOWS) - 37  # an id and its quote; another id in each entry
    if name > 0 and entry.startswith(_FOLLOWS, linked):
        name = linked
    kind = entry.find(b',"kind":"decision",', name)
    output = entry.find(b',"output":', kind)
    point = entry.find(b',"point":', output)
    time = entry.rfind(b',"ts":"')
    if not start < boot < duration < effect < name < kind < output < point < time:
        return None
    after = boot + len(_BOOT)
    parts = (
        entry[:start],
        entry[boot:after],
        entry[duration:effect],
        entry[name:kind],
        entry[output:point],
        entry[time:],
    )
    found = _VARIABLE.fullmatch(b"".join(parts))
    if found is None:
        return None
    digest, kid, ts = found.groups()
    kernel = b"".join(
        (
            *(_HEAD, entry[start:boot], _BOOT, entry[after:duration], _DURATION),
            *(entry[effect:name], _INPUT, entry[kind:output], _OUTPUT, entry[point:time], _TAIL),
        )
    )
    return Cut(kernel, kid + b":" + digest, ts)


def cut_slowly(entry: bytes) -> tuple[Cut | None, AnyRecord]:
    """Read any entry in full; the parts of it too when it is a decision.

    Raises:
        VerificationError: If the entry is not a record.
    """
    item = record.parse(entry)
    if not isinstance(item, DecisionRecord):
        return None, item
    plain = orjson.loads(entry)
    plain.pop("follows", None)
    kernel = {**plain, **orjson.loads(_HEAD + _BOOT[1:] + _DURATION + _INPUT + _OUTPUT + _TAIL)}
    actor = f"{item.actor.kid}:{item.actor.h}".encode()
    data = orjson.dumps(kernel, option=orjson.OPT_SORT_KEYS)
    return Cut(data, actor, item.ts.encode()), item


def decided(kernel: bytes) -> DecisionRecord:
    """The record that a kernel is.

    Raises:
        VerificationError: If it is none.
    """
    item = record.parse(kernel)
    if not isinstance(item, DecisionRecord):
        raise TypeError("a kernel is a decision")
    return item
