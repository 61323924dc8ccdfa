"""RFC 8785 vectors: inside our profile the same bytes, outside it a refusal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from guard import canonical
from guard.log import record

JCS = Path(__file__).parents[2] / "vectors" / "log" / "jcs"
INSIDE = ["arrays", "unicode"]
OUTSIDE = ["french", "structures", "values", "weird"]  # floats, or keys that are not ASCII


def test_every_vector_is_on_one_side():
    assert sorted(p.stem for p in (JCS / "input").iterdir()) == sorted(INSIDE + OUTSIDE)


@pytest.mark.parametrize("name", INSIDE)
def test_inside_the_profile(name):
    value = json.loads((JCS / "input" / f"{name}.json").read_bytes())
    expected = (JCS / "output" / f"{name}.json").read_bytes().strip()
    assert canonical.encode(value) == expected
    assert canonical.parse(expected) == value


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_the_profile(name):
    value = json.loads((JCS / "input" / f"{name}.json").read_bytes())
    with pytest.raises(ValueError, match="canonical JSON"):
        canonical.encode(value)


NAMES = st.from_regex(r"\A[a-z0-9][a-z0-9_.:/-]{0,20}\Z", fullmatch=True)


@given(st.dictionaries(NAMES, st.integers(0, 2**53 - 1), max_size=8), st.lists(NAMES, max_size=5))
def test_entries_are_written_in_the_canonical_form_of_rfc_8785(counts, names):
    records = json.loads((JCS.parent / "records.json").read_text())
    for entry in (
        {**records["batch"], "categories": counts},
        {**records["decision"], "rules": names},
    ):
        before, after = record.prepare(entry, "0" * 32)
        whole = {**entry, "v": 1, "ts": "2026-11-22T08:00:00.000001Z", "boot": "0" * 32}
        data = before + whole["ts"].encode() + after
        assert data == canonical.encode(whole) == rfc8785.dumps(whole)
        record.parse(data)
