"""Cases of facts: read strictly, translated wholly, judged each for its own law."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guard.errors import ConfigError
from guard.officer import words
from guard.officer.case import judge, read
from guard.policy.compiled import embedded
from guard.types import Transfer
from tests.unit.policy.world import policies, regions

CASES = Path(__file__).resolve().parents[2] / "golden" / "cases"

FACTS = {
    "principal": {"establishment": "DE", "role": "controller"},
    "data_subject_countries": ["DE"],
    "categories": ["customer", "contact"],
    "counts": {},
    "treatment": "none",
    "origin_country": "DE",
    "destination": {
        "country": "IN",
        "operator_country": "IN",
        "parent_country": "IN",
        "role": "processor",
    },
    "safeguards": [],
    "use_case": "prompt",
    "time": "2026-11-01",
    "other": {},
}


@pytest.fixture(scope="module")
def policy():
    with embedded(policies()) as made:
        yield made


def written(tmp_path, *cases):
    path = tmp_path / "cases.yaml"
    path.write_text(yaml.safe_dump(list(cases)), encoding="utf-8")
    return path


def case(instrument="eu_gdpr", name="one", expected=None, **facts):
    row = {"id": name, "instrument": instrument, "facts": {**FACTS, **facts}}
    return {**row, "expected": {"effect": expected}} if expected else row


def answer(tmp_path, policy, *cases):
    return list(judge(read(written(tmp_path, *cases)), regions(), policy))


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_published_examples_come_out_as_published(file, policy):
    judged = list(judge(read(file), regions(), policy))
    assert judged
    assert {one.case.id: (one.got, one.problem) for one in judged if not one.right} == {}


def test_no_ground_is_a_denial_with_its_rules(tmp_path, policy):
    (one,) = answer(tmp_path, policy, case(expected="deny"))
    assert (one.got, one.right) == ("deny", True)
    assert "eu_gdpr.no_transfer_ground" in one.rules


def test_a_ground_is_a_permit(tmp_path, policy):
    signed = ["scc_2021_914_executed", "tia_done_no_problematic_law"]
    (one,) = answer(tmp_path, policy, case(expected="permit", safeguards=signed))
    assert (one.got, one.right) == ("permit", True)


def test_exemptions_alone_are_not_applicable(tmp_path, policy):
    home = {**FACTS["destination"], "country": "FR"}
    (one,) = answer(tmp_path, policy, case(expected="permit", destination=home))
    assert (one.got, one.right) == ("not_applicable", False)


def test_a_law_that_no_fact_points_at_is_not_applicable(tmp_path, policy):
    elsewhere = case(
        principal={"establishment": "US"}, data_subject_countries=["US"], origin_country="US"
    )
    (one,) = answer(tmp_path, policy, elsewhere)
    assert (one.got, one.evaluation, one.rules) == ("not_applicable", None, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"other": {"no_such_fact": True}}, "no_such_fact"),
        ({"other": {"ciio": "perhaps"}}, "ciio"),
        ({"safeguards": ["no_such_paper"]}, "no_such_paper"),
        ({"categories": ["no_such_kind"]}, "no_such_kind"),
        ({"counts": {"no_such_count": 3}}, "no_such_count"),
        ({"counts": {"persons": -3}}, "whole number"),
        ({"treatment": "shredded"}, "treatment"),
        ({"use_case": "chat"}, "use_case"),
        ({"time": "yesterday"}, "YYYY-MM-DD"),
        ({"origin_country": "ZZ"}, "origin_country"),
        ({"destination": {"country": "IN", "planet": "earth"}}, "planet"),
        ({"colour": "red"}, "colour"),
        ({"safeguards": "all"}, "list of words"),
    ],
)
def test_what_no_table_knows_is_an_error_of_that_case_alone(tmp_path, policy, change, said):
    wrong, right = answer(tmp_path, policy, case(**change), case(name="two", expected="deny"))
    assert wrong.got == "error"
    assert not wrong.right
    assert said in wrong.problem
    assert right.right


def test_an_instrument_without_a_package_is_an_error(tmp_path, policy):
    (one,) = answer(tmp_path, policy, case(instrument="zz_law"))
    assert "no policy speaks for" in one.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no case of facts"),
        ("- 3", "no case of facts"),
        ("- {id: a, instrument: eu_gdpr}", "has `id`, `instrument` and `facts`"),
        ("- {id: a, instrument: eu_gdpr, facts: {}, verdict: no}", "unknown field `verdict`"),
        ("- {id: a, instrument: x, facts: {}, expected: {effect: maybe}}", "no such effect"),
        ("- {id: a, instrument: x, facts: {}}\n- {id: a, instrument: x, facts: {}}", "twice"),
        ("- {id: a, instrument: x, facts: {}", "not YAML"),
    ],
)
def test_a_file_that_is_no_file_of_cases(tmp_path, text, said):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read(path)


def translated(**facts):
    return words.translate("one", "eu_gdpr", {**FACTS, **facts}, regions())


def test_every_fact_reaches_the_rules():
    transfer, place = translated(
        treatment="pseudonymised",
        counts={"persons": 7},
        other={"access_mode": "remote_view", "data_location": "US,SG", "legal_basis": "null"},
    )
    assert transfer.facts["prior_treatment"] == "pseudonymised"
    assert transfer.facts["recipient_role"] == "processor"
    assert transfer.facts["legal_basis"] == "None"
    assert transfer.facts["data_location"] == ("US", "SG")
    assert (place.storage, place.access) == (("US", "SG"), ("IN",))
    assert place.counts == {"persons": 7}
    assert {one.id for one in transfer.categories} == {"contact.email", "person.record"}
    assert not any(one.found for one in transfer.categories)
    assert {tag.instrument for tag in transfer.tags} == {"eu_gdpr"}
    assert isinstance(transfer, Transfer)


def test_shares_are_read_in_whole_parts():
    def ratio(value):
        stated = {**FACTS, "other": {"compute_ratio": value}}
        return words.translate("one", "eu_ai_act", stated, regions())[0].facts["compute_ratio"]

    assert ratio("0.334") == 334 * regions().facts["compute_ratio"].per // 1000
    with pytest.raises(ConfigError, match="more detail"):
        ratio("0.3333333333333")


def test_lists_of_words_that_the_law_does_not_name():
    facts = {**FACTS, "principal": {"establishment": "US"}}
    stated = {"listed_identifiers": ["first and last name", "mac_address"]}
    transfer, _ = words.translate("one", "us_doj_bulk", {**facts, "other": stated}, regions())
    assert transfer.facts["listed_identifiers"] == ("first_and_last_name", "mac_address")


@pytest.mark.parametrize(
    "written",
    [
        {"owner": "CN", "share": "50"},
        {"CN": "50"},
        {"CN": "0.5"},
        "CN 50%",
        "CN: 50 %",
        "50% CN",
        "50 % held by CN",
        "CN:50",
    ],
)
def test_shares_of_a_company_are_read_however_they_are_written(written):
    facts = {**FACTS, "principal": {"establishment": "US"}, "other": {"ownership": [written]}}
    transfer, _ = words.translate("one", "us_doj_bulk", facts, regions())
    assert transfer.facts["ownership"] == ("CN:50",)


def test_what_a_share_says_beside_the_number_is_kept():
    stated = {"ownership": [{"covered_person": True, "share": 50}, {"covered": False, "share": 10}]}
    facts = {**FACTS, "principal": {"establishment": "US"}, "other": stated}
    transfer, _ = words.translate("one", "us_doj_bulk", facts, regions())
    assert transfer.facts["ownership"] == ("covered_person:50", "10")


def test_what_a_case_does_not_mention_is_in_order_but_never_a_transfer_mechanism():
    _, place = translated()
    assert {"dpa_art28", "tia"} <= set(place.safeguards)
    assert not {"scc_2021_914", "scc_c2p", "bcr", "dpf_listed"} & set(place.safeguards)
