"""Monotonicity: to know more never makes a law go away."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guard.regions import Regions
from guard.tagging import tag
from guard.types import PURPOSES, Evidence

REGIONS = Regions.load([Path(__file__).resolve().parents[2] / "regions"])
LISTED = sorted(REGIONS.jurisdictions)
PLACES = st.sampled_from([*LISTED, "BO", "AQ", "GLOBAL", "unknown", "US-TX", "BO-L"])
COUNTRIES = st.sampled_from([*(p for p in LISTED if len(p) == 2 and p != "EU"), "BO"])
CATEGORIES = st.sampled_from(sorted(REGIONS.categories))
PIECES = st.tuples(CATEGORIES, st.builds(Evidence, COUNTRIES, st.integers(0, 100)))
FACTS = st.fixed_dictionaries(
    {
        "time": st.sampled_from(["2018-05-25", "2024-08-01", "2026-11-22", "2027-12-02"]),
        "purpose": st.sampled_from(PURPOSES),
        "establishment": st.lists(PLACES, max_size=3),
        "origin": PLACES,
        "data_subjects": st.lists(PLACES, max_size=3),
        "evidence": st.lists(PIECES, max_size=6),
        "categories": st.lists(CATEGORIES, max_size=4),
        "declared": st.lists(st.sampled_from(sorted(REGIONS.declarations)), max_size=3),
        "threshold": st.integers(1, 100),
    }
)
MORE = st.one_of(
    st.tuples(st.just("establishment"), PLACES),
    st.tuples(st.just("data_subjects"), PLACES),
    st.tuples(st.just("evidence"), PIECES),
    st.tuples(st.just("categories"), CATEGORIES),
    st.tuples(st.just("declared"), st.sampled_from(sorted(REGIONS.declarations))),
)


def strengths(tags):
    return {(t.instrument, t.trigger, t.jurisdiction): t.strength for t in tags}


@given(FACTS, MORE)
def test_one_more_fact_never_removes_or_weakens_a_tag(facts, more):
    key, value = more
    before = strengths(tag(REGIONS.jurisdictions, **facts)[0])
    after = strengths(tag(REGIONS.jurisdictions, **{**facts, key: [*facts[key], value]})[0])
    assert before.keys() <= after.keys()
    assert all(after[known] >= strength for known, strength in before.items())


@given(FACTS, PLACES)
def test_an_origin_that_becomes_known_never_removes_a_tag(facts, origin):
    before = strengths(tag(REGIONS.jurisdictions, **{**facts, "origin": "unknown"})[0])
    after = strengths(tag(REGIONS.jurisdictions, **{**facts, "origin": origin})[0])
    assert before.keys() <= after.keys()


@given(FACTS, st.integers(1, 100))
def test_a_lower_threshold_never_removes_a_tag(facts, other):
    low, high = sorted((facts["threshold"], other))
    few = strengths(tag(REGIONS.jurisdictions, **{**facts, "threshold": high})[0])
    many = strengths(tag(REGIONS.jurisdictions, **{**facts, "threshold": low})[0])
    assert few.keys() <= many.keys()


@given(FACTS)
def test_tags_are_strong_hints_are_weak_and_neither_repeats(facts):
    tags, hints = tag(REGIONS.jurisdictions, **facts)
    assert all(t.strength >= facts["threshold"] for t in tags)
    assert all(h.strength < facts["threshold"] and h.trigger == "finding" for h in hints)
    assert not {t.instrument for t in tags} & {h.instrument for h in hints}
    for found in (tags, hints):
        keys = [(t.instrument, t.trigger, t.jurisdiction) for t in found]
        assert keys == sorted(set(keys))


@given(FACTS)
def test_a_declared_place_always_tags_something_or_is_out_of_every_scope(facts):
    """No declared data subject or establishment vanishes: its law, or the tag that refuses."""
    tags, _ = tag(REGIONS.jurisdictions, **facts)
    for place in facts["data_subjects"]:
        if place == "unknown" or place in REGIONS.jurisdictions or place.startswith("US-"):
            continue
        refusing = {("unlisted", "data_subject", place)}
        assert refusing <= strengths(tags).keys()
