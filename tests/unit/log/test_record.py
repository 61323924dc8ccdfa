"""The record's schema is closed, and no text can enter it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from guard import canonical
from guard.errors import RecordError, VerificationError
from guard.log import asked, record, uuid7
from guard.types import Destination

RECORDS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "log" / "records.json").read_text()
)
BOOT = "0" * 32
STAMP = "2026-11-22T08:00:00.000001Z"
TEXTS = [
    "Anna Schmidt",
    "anna@beispiel.de",
    "+49 170 1234567",
    "Bitte an Anna antworten",
    "\u738b\u5c0f\u660e",
    "DE89 3704 0044 0532 0130 00",
    "\u0661\u0662\u0663\u0664",
    "x" * 97,
    "a\n",
    "",
]


def sealed(entry):
    before, after = record.prepare(entry, BOOT)
    return before + STAMP.encode() + after


def refused(entry):
    try:
        record.prepare(entry, BOOT)
    except RecordError:
        return True
    return False


def places(value, path=()):
    """The path of every value in a JSON document."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))


def replaced(document, path, value):
    result = copy.deepcopy(document)
    at = result
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return result


def value_at(document, path):
    for step in path:
        document = document[step]
    return document


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_is_read_as_it_was_written(kind):
    data = sealed(RECORDS[kind])
    item = record.parse(data)
    assert (item.kind, item.boot, item.ts, item.v) == (kind, BOOT, STAMP, 1)
    assert canonical.encode(item.model_dump(mode="json", by_alias=True)) == data


STRINGS = [
    (kind, path)
    for kind, entry in RECORDS.items()
    for path in places(entry)
    if path and isinstance(value_at(entry, path), str)
]


def test_there_are_many_strings_to_try():
    assert len(STRINGS) > 80


@pytest.mark.parametrize("text", TEXTS)
def test_no_string_takes_text(text):
    for kind, path in STRINGS:
        with pytest.raises(RecordError) as caught:
            record.prepare(replaced(RECORDS[kind], path, text), BOOT)
        assert not text or text not in str(caught.value), (kind, path)


@pytest.mark.parametrize("text", TEXTS)
def test_no_key_takes_text_and_none_is_quoted(text):
    for kind, entry in RECORDS.items():
        for path in places(entry):
            if not isinstance(value_at(entry, path), dict):
                continue
            with pytest.raises(RecordError) as caught:
                record.prepare(replaced(entry, (*path, text), 1), BOOT)
            assert not text or text not in str(caught.value), (kind, path)


def test_every_field_is_required():
    for kind, entry in RECORDS.items():
        for path in places(entry):
            counted = path[:-1] and path[-2] in {
                "effects", "categories", "rules", "found", "requested", "reported", "references"
            }  # fmt: skip
            # What an earlier record does not have, and what an operator need not state.
            stated = path[:2] == ("transfer", "facts") or "counts" in path[:-1]
            added = (
                path in {("asked",), ("follows",), ("met",)}
                or path[-2:] == ("facts", "counts")
                or path[-1:] == ("found",)
            )
            later = stated or added
            if not path or counted or later or isinstance(path[-1], int):
                continue
            shorter = copy.deepcopy(entry)
            del value_at(shorter, path[:-1])[path[-1]]
            assert refused(shorter), (kind, path)


def test_no_field_takes_another_type():
    for kind, entry in RECORDS.items():
        for path in places(entry):
            if not path or path[:2] == ("transfer", "facts"):  # stated: yes, a number or words
                continue
            for other in (1.5, 1.0, -0.0, 2**53, True, "A b", -2, [], {}, None):
                old = value_at(entry, path)
                may_be = (
                    type(old) is type(other)
                    and not isinstance(old, str)
                    and other not in (-2, 2**53)
                )
                empty = {"output", "input", "asked", "tags", "hints", "follows", "served"}
                if other is None and path[0] == "asked" and "counts" in path[:-1]:
                    empty = empty | {"none", "redact"}  # counts that nobody asked for
                if old is None and path[-1] == "redact" and other == {}:
                    continue
                if may_be or (other is None and path[-1] in empty and path[0] != "transfer"):
                    continue
                if old is None and path[-1] in {"tags", "hints"} and other == []:
                    continue
                assert refused(replaced(entry, path, other)), (kind, path, other)


@pytest.mark.parametrize("field", ["v", "ts", "boot"])
def test_what_the_log_writes_itself_is_refused(field):
    with pytest.raises(RecordError, match=field):
        record.prepare({**RECORDS["policy"], field: "x"}, BOOT)


def test_a_transfer_has_one_spelling():
    entry = copy.deepcopy(RECORDS["decision"])
    entry["transfer"]["schema_"] = entry["transfer"].pop("schema")
    with pytest.raises(RecordError, match="transfer"):
        record.prepare(entry, BOOT)


def test_the_time_has_one_place():
    with pytest.raises(RecordError):
        record.prepare({**RECORDS["policy"], "id": record.UNSEALED}, BOOT)


def test_a_record_that_is_too_long_is_refused():
    entry = copy.deepcopy(RECORDS["policy"])
    entry["instruments"] = [f"instrument_{number:08d}" for number in range(4000)]
    with pytest.raises(RecordError, match="65535"):
        record.prepare(entry, BOOT)


def test_a_record_that_cannot_be_rendered_is_refused():
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for bad in (2**70, "\ud800", b"x", {1: 2}, deep, object()):
        with pytest.raises(RecordError, match="rendered"):
            record.prepare({**RECORDS["policy"], "rules": bad}, BOOT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"kind":"other"}',
        b" {}",
        b'{"kind":"policy","kind":"policy"}',
    ],
)
def test_other_bytes_are_no_entry(data):
    with pytest.raises(VerificationError):
        record.parse(data)


def test_an_entry_in_another_spelling_is_refused():
    data = sealed(RECORDS["policy"])
    with pytest.raises(VerificationError, match="not canonical"):
        record.parse(data.replace(b'":', b'": ', 1))


def test_the_facts_of_a_destination_are_those_the_policy_sees():
    names = {f.alias or n for n, f in Destination.model_fields.items()}
    assert set(asked.DestinationFacts.model_fields) == names - {"id", "url", "source", "checked"}


def test_uuid7_is_that_of_rfc_9562():
    # RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00, random bits from the example.
    example = bytes.fromhex("0cc318c4dc0c0c07398f")
    assert uuid7(0x017F22E279B0 * 1_000_000, lambda n: example[:n]) == (
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    )


def test_timestamps_are_exact():
    assert record.timestamp(0) == "1970-01-01T00:00:00.000000Z"
    assert record.timestamp(1_795_334_400_123_456_999) == "2026-11-22T08:00:00.123456Z"


def test_a_record_from_before_facts_and_counts_is_still_read():
    earlier = copy.deepcopy(RECORDS["decision"])
    del earlier["transfer"]["facts"], earlier["destination"]["facts"]["counts"], earlier["asked"]
    del earlier["follows"], earlier["met"]
    for category in earlier["transfer"]["categories"]:
        del category["found"]
    item = record.parse(sealed(earlier))
    assert item.transfer.facts == {}
    assert item.destination.facts.counts == {}
    assert all(category.found for category in item.transfer.categories)
    assert item.asked is None
    assert item.follows is None
    assert item.met == ()


@pytest.mark.parametrize(
    ("path", "values", "fit"),
    [
        (("served", "reported", "model"),
         ["claude-sonnet-4-20250514", "meta.llama3-1-70b-instruct-v1:0", "models/gemini-2"], True),
        (("served", "reported", "model"),
         ["gpt 5", "a@b.example", "id-85091512345", "x-2025051", "m-20251399", "+4917012"], False),
        (("served", "requested", "model"), ["85091512345"], False),
        (("served", "references", "request-id"),
         ["req_011CSHoEeqs5C35K2UUqR7Fy", "0" * 32, "0193d6a0-0000-4000-8000-00000000000c"], True),
        (("served", "references", "request-id"),
         ["4111111111111111", "anna", "req_anna.schmidt", "req_"], False),
        (("served", "drift"), [["model", "x-ms-region"], []], True),
        (("served", "drift"), [["openai-organization"], ["Model"]], False),
        (("status",), [100, 599, 999], True),
        (("status",), [0, -1, 1000], False),
        (("outcome",), ["cut", "abandoned", "unreadable", "status"], True),
        (("outcome",), ["connect", "timeout", "credential", "gone"], False),
    ],
)  # fmt: skip
def test_what_an_answer_can_say(path, values, fit):
    for value in values:
        assert refused(replaced(RECORDS["answer"], path, value)) != fit, value


def test_an_answer_that_did_not_come_has_no_status():
    none = {**RECORDS["answer"], "status": 0}
    for outcome in ("connect", "timeout", "credential", "cut", "abandoned"):
        assert not refused({**none, "outcome": outcome})
    for outcome in ("whole", "unreadable", "status"):
        assert refused({**none, "outcome": outcome})


def test_no_name_of_a_header_is_made_up():
    for name in ("openai-organization", "X-Ms-Region", "set-cookie"):
        for group in ("reported", "references"):
            bad = {**RECORDS["answer"]["served"], group: {name: "a" * 32}}
            assert refused({**RECORDS["answer"], "served": bad})


def test_what_was_asked_fits_what_was_decided():
    """Nothing that the plan needs is missing, and nothing is there twice."""
    good = RECORDS["decision"]
    place = good["asked"]["places"][1]
    facts = good["destination"]["facts"]
    variant = good["asked"]["under"]["none"]
    assert not refused(good)
    for path, value in (
        (("asked", "destinations"), 1),
        (("asked", "places"), []),
        (("asked", "places"), [place, place]),
        (("asked", "places"), [{**place, "id": f"a-{n}"} for n in range(asked.PLACES + 1)]),
        (("asked", "places", 0, "facts"), facts),
        (("asked", "places", 1, "facts"), None),
        (("asked", "order"), ["none", "pseudonymise"]),
        (("asked", "order"), ["none", "pseudonymise", "redact", "redact"]),
        (("asked", "under", "pseudonymise"), variant),
        (("asked", "under"), {"none": variant}),
        (("asked", "prefer"), "cheap"),
        (("treatment",), "redact"),
        (("destination", "id"), "mistral-eu"),
    ):
        assert refused(replaced(good, path, value)), path


def test_a_record_says_whether_it_holds_all_that_was_asked_for():
    item = record.parse(sealed(RECORDS["decision"]))
    assert item.asked.truncated
    whole = replaced(RECORDS["decision"], ("asked", "destinations"), 2)
    assert not record.parse(sealed(whole)).asked.truncated
