"""Which instruments apply, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.regions import Regions
from guard.tagging import THRESHOLD, UNLISTED, tag
from guard.types import PURPOSES, Evidence

NOTHING = {
    "time": "2026-11-22",
    "purpose": "storage",
    "establishment": (),
    "origin": "unknown",
    "data_subjects": (),
    "evidence": (),
    "categories": (),
    "declared": (),
}
CHINA = ("cn_cbdf", "cn_csl", "cn_dsl", "cn_ndsr", "cn_pi_cert", "cn_pipl")
"""The laws that govern data in China and handlers established there."""
STRONG = ("identity.national_number", 90)
WEAK = ("contact.phone", 40)


@pytest.fixture(scope="module")
def jurisdictions():
    return Regions.load([Path(__file__).resolve().parents[2] / "regions"]).jurisdictions


@pytest.fixture
def tagged(jurisdictions):
    def run(**facts):
        return tag(jurisdictions, **{**NOTHING, **facts})

    return run


def seen(tags):
    return {(t.instrument, t.trigger, t.jurisdiction) for t in tags}


def found(place, category=STRONG[0], weight=STRONG[1]):
    return category, Evidence(place, weight)


def test_nothing_known_tags_nothing(tagged):
    assert tagged() == ((), ())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"establishment": ("FR",)}, {("eu_gdpr", "establishment", "FR")}),
        ({"data_subjects": ("DE",)}, {("eu_gdpr", "data_subject", "DE")}),
        ({"origin": "NO"}, {("eu_gdpr", "origin", "NO")}),
        ({"origin": "EU"}, {("eu_gdpr", "origin", "EU")}),
        ({"evidence": (found("ES"),)}, {("eu_gdpr", "finding", "ES")}),
        ({"origin": "RE"}, {("eu_gdpr", "origin", "RE")}),
        ({"origin": "DE-BY"}, {("eu_gdpr", "origin", "DE")}),
        ({"origin": "CN"}, {(law, "origin", "CN") for law in CHINA}),
        ({"establishment": ("CN",)}, {(law, "establishment", "CN") for law in CHINA}),
        (
            {"data_subjects": ("CN",)},
            {(law, "data_subject", "CN") for law in CHINA if law not in {"cn_csl", "cn_dsl"}},
        ),
        (
            {"evidence": (found("CN"),)},
            {("cn_cbdf", "finding", "CN"), ("cn_pipl", "finding", "CN")},
        ),
        ({"origin": "HK"}, {("hk_pdpo", "origin", "HK")}),
        ({"data_subjects": ("CH",)}, {("ch_fadp", "data_subject", "CH")}),
        ({"data_subjects": ("GB",)}, {("uk_gdpr", "data_subject", "GB")}),
        (
            {"data_subjects": ("US-CA",)},
            {("us_ca_ccpa", "data_subject", "US-CA"), ("us_doj_bulk", "data_subject", "US")},
        ),
        (
            {"establishment": ("DE", "CN")},
            {
                ("eu_gdpr", "establishment", "DE"),
                *((law, "establishment", "CN") for law in CHINA),
            },
        ),
    ],
)
def test_each_kind_of_fact_triggers_what_the_law_says(tagged, facts, expected):
    tags, hints = tagged(**facts)
    assert seen(tags) == expected
    assert hints == ()
    declared = {t.evidence for t in tags if t.trigger != "finding"}
    assert declared <= {"declared"}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_ai_act_concerns_ai_purposes_only(tagged, purpose):
    ai = purpose in {"inference", "training", "evaluation", "embedding"}
    tags, _ = tagged(establishment=("DE",), purpose=purpose)
    assert (("eu_ai_act", "establishment", "DE") in seen(tags)) is ai
    tags, _ = tagged(declared=("eu_ai_act.output_used_in_union",), purpose=purpose)
    assert (("eu_ai_act", "declared", "EU") in seen(tags)) is ai
    # Where a system assesses persons in the Union, its output is taken to be used there.
    tags, _ = tagged(data_subjects=("DE",), purpose=purpose)
    assert (("eu_ai_act", "data_subject", "DE") in seen(tags)) is ai


def test_weights_that_a_provider_keeps_carry_the_ai_act(tagged):
    def kept(category):
        tags, _ = tagged(establishment=("DE",), purpose="storage", categories=(category,))
        return "eu_ai_act" in {t.instrument for t in tags}

    assert kept("data.model_weights")
    assert not kept("data.source_code")


def test_a_requirement_of_the_operator_applies_once_it_is_stated(tagged):
    for stated, applies in (("require_assurance", True), ("high_impact", False)):
        tags, _ = tagged(declared=(stated,), purpose="storage")
        assert ("operator" in {t.instrument for t in tags}) is applies


@pytest.mark.parametrize(
    "facts",
    [
        {"data_subjects": ("US",)},
        {"origin": "DE"},
        {"evidence": (found("DE"),)},
        {"establishment": ("US",)},
        {"declared": ("eu_ai_act.human_oversight",)},
    ],
)
def test_the_ai_act_needs_establishment_persons_or_output_in_the_union(tagged, facts):
    tags, _ = tagged(purpose="inference", **facts)
    assert "eu_ai_act" not in {t.instrument for t in tags}


@pytest.mark.parametrize("category", ["data.important", "data.core"])
def test_important_data_carry_the_data_security_law_only_with_china(tagged, category):
    # DSL Art. 2: data handling activities within the territory.
    tags, hints = tagged(categories=(category,), data_subjects=("DE",))
    assert "cn_dsl" not in {t.instrument for t in (*tags, *hints)}
    tags, hints = tagged(categories=(category,), evidence=(found("CN"),))
    assert "cn_dsl" not in {t.instrument for t in (*tags, *hints)}
    for facts in ({"origin": "CN"}, {"establishment": ("CN",)}):
        tags, _ = tagged(categories=(category,), **facts)
        assert "cn_dsl" in {t.instrument for t in tags}


def test_a_scope_may_be_limited_to_categories(tagged):
    tags, _ = tagged(data_subjects=("US-IL",))
    assert "us_il_bipa" not in {t.instrument for t in tags}
    tags, _ = tagged(data_subjects=("US-IL",), categories=("sensitive.biometric_identification",))
    assert ("us_il_bipa", "data_subject", "US-IL") in seen(tags)


@pytest.mark.parametrize(("weight", "applies"), [(79, False), (80, True), (90, True), (1, False)])
def test_evidence_applies_from_the_threshold_on_and_hints_below(tagged, weight, applies):
    tags, hints = tagged(evidence=(found("GB", weight=weight),))
    assert bool(tags) is applies
    assert bool(hints) is not applies
    (one,) = tags or hints
    assert (one.instrument, one.trigger, one.strength) == ("uk_gdpr", "finding", weight)
    assert one.evidence == "identity.national_number"


def test_the_threshold_is_the_operators(tagged):
    evidence = (found("CN", weight=40),)
    assert tagged(evidence=evidence, threshold=40)[0]
    assert not tagged(evidence=evidence, threshold=41)[0]
    assert THRESHOLD == 80
    for threshold in (0, 101, -1):
        with pytest.raises(ValueError, match="1 to 100"):
            tagged(threshold=threshold)


def test_two_weak_pieces_do_not_make_a_strong_one(tagged):
    weak = (found("GB", "contact.phone", 60), found("GB", "location.place", 60))
    tags, (hint,) = tagged(evidence=weak)
    assert tags == ()
    assert (hint.strength, hint.evidence) == (60, "contact.phone")


def test_the_strongest_evidence_is_named(tagged):
    tags, _ = tagged(evidence=(found("DE", *WEAK), found("DE"), found("DE", "financial.iban", 85)))
    assert [(t.strength, t.evidence) for t in tags] == [(90, "identity.national_number")]


@pytest.mark.parametrize("pieces", [(("US-CA", 85), ("US", 95)), (("US", 95), ("US-CA", 85))])
def test_evidence_for_a_part_of_a_country_does_not_weaken_that_for_the_country(tagged, pieces):
    tags, _ = tagged(evidence=[found(place, weight=weight) for place, weight in pieces])
    assert [(t.instrument, t.jurisdiction, t.strength) for t in tags] == [("us_doj_bulk", "US", 95)]


def test_evidence_of_no_weight_is_none_and_more_than_certain_is_certain(tagged):
    assert tagged(evidence=(found("DE", weight=0), found("FR", weight=-5))) == ((), ())
    (one,), _ = tagged(evidence=(found("DE", weight=250),))
    assert one.strength == 100


def test_what_applies_is_not_hinted_at_as_well(tagged):
    tags, hints = tagged(establishment=("DE",), evidence=(found("FR", *WEAK), found("GB", *WEAK)))
    assert seen(tags) == {("eu_gdpr", "establishment", "DE")}
    assert seen(hints) == {("uk_gdpr", "finding", "GB")}


@pytest.mark.parametrize(
    "place", ["BO", "AQ", "GLOBAL", "GLOBAL_EXCEPT_CN_MAINLAND", "EEA_PLUS_CH"]
)
@pytest.mark.parametrize("fact", ["origin", "data_subjects", "establishment", "evidence"])
def test_a_place_without_law_in_the_tables_is_tagged_so_that_it_refuses(tagged, place, fact):
    value = {"origin": place, "evidence": (found(place),)}.get(fact, (place,))
    (one,), _ = tagged(**{fact: value})
    assert (one.instrument, one.jurisdiction) == (UNLISTED, place)


def test_a_weak_hint_at_an_unlisted_place_stays_a_hint(tagged):
    tags, (hint,) = tagged(evidence=(found("BO", *WEAK),))
    assert tags == ()
    assert hint.instrument == UNLISTED


@pytest.mark.parametrize(
    ("time", "place", "instruments"),
    [
        ("2021-10-31", "CN", {"cn_csl", "cn_dsl"}),
        ("2021-11-01", "CN", {"cn_csl", "cn_dsl", "cn_pipl"}),
        ("2027-05-12", "IN", {"in_spdi_legacy"}),
        ("2027-05-13", "IN", {"in_dpdp"}),
        ("2018-05-24", "DE", {UNLISTED}),
        ("2018-05-25", "DE", {"eu_gdpr"}),
    ],
)
def test_the_law_of_the_day_applies(tagged, time, place, instruments):
    tags, _ = tagged(time=time, origin=place)
    assert {t.instrument for t in tags} == instruments


def test_order_and_repetition_of_facts_do_not_matter(tagged):
    once = tagged(
        data_subjects=("DE", "CN"), evidence=(found("DE"), found("CN", *WEAK)), purpose="inference"
    )
    twice = tagged(
        data_subjects=("CN", "DE", "CN"),
        evidence=(found("CN", *WEAK), found("DE"), found("DE")),
        purpose="inference",
    )
    assert once == twice
    for tags in once:
        assert [(t.instrument, t.trigger, t.jurisdiction) for t in tags] == sorted(seen(tags))


def test_colorado_and_korea_reach_ai_about_their_people(tagged):
    for place, law, day in (("US-CO", "us_co", "2027-01-01"), ("KR", "kr_ai", "2026-01-22")):
        for facts in ({"establishment": (place,)}, {"data_subjects": (place,)}):
            tags, _ = tagged(purpose="inference", time=day, **facts)
            assert law in {t.instrument for t in tags}
            tags, _ = tagged(purpose="storage", time=day, **facts)
            assert law not in {t.instrument for t in tags}
            tags, _ = tagged(purpose="inference", time="2026-01-21", **facts)
            assert law not in {t.instrument for t in tags}
