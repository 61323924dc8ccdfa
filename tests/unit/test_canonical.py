"""Canonical JSON: equal to RFC 8785 inside the profile, refused outside it."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from guard import canonical

text = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_equals_the_reference_and_round_trips(value):
    data = canonical.encode(value)
    assert data == rfc8785.dumps(value)
    assert canonical.parse(data) == value


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), {"ä": 1}, {1: 2}, "\ud800", {1, 2}, b"x"])
def test_refuses_what_has_more_than_one_spelling(value):
    with pytest.raises(ValueError, match="canonical JSON"):
        canonical.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1,"a":1}', b"1.0", b"1e3", b'"\\u0041"', b"01",
        b"", b"{", b'"\\ud800"', b"NaN", b"[1]\n", b"[" * 100_000, b"\xff",
    ],
)  # fmt: skip
def test_accepts_nothing_that_does_not_render_back(data):
    with pytest.raises(ValueError, match="not canonical JSON"):
        canonical.parse(data)


def test_messages_hold_no_values():
    with pytest.raises(ValueError, match="canonical") as caught:
        canonical.encode({"a": ["secret\ud800"]})
    assert "secret" not in str(caught.value)
