"""What counts for which threshold, and what the shipped table says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.ledger import Export, Rule, rules
from guard.ledger.rule import raised
from guard.ledger.window import Window
from guard.regions import Regions
from guard.regions.tables import parse
from guard.types import Transfer
from tests.unit.ledger import world

SHIPPED = Path(__file__).resolve().parents[3] / "regions"
AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([SHIPPED])


@pytest.fixture(scope="module")
def shipped(regions) -> dict[str, Rule]:
    return {one.id: one for one in rules(regions)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # CAC Order No. 16 Art. 7, 8: 以上 is inclusive.
        ("cn_cbdf.ordinary", ("persons_since_jan1", (100_000, 1_000_000), "calendar_year", "i")),
        ("cn_cbdf.sensitive", ("sensitive_since_jan1", (1, 10_000), "calendar_year", "i")),
        # 28 CFR 202.205: more than.
        ("us_doj_bulk.genomic", ("doj_genomic_12m", (101,), "rolling_months:12", "c")),
        ("us_doj_bulk.omic", ("doj_omic_12m", (1_001,), "rolling_months:12", "c")),
        ("us_doj_bulk.biometric", ("doj_biometric_12m", (1_001,), "rolling_months:12", "c")),
        ("us_doj_bulk.geolocation", ("doj_geolocation_12m", (1_001,), "rolling_months:12", "c")),
        ("us_doj_bulk.health", ("doj_health_12m", (10_001,), "rolling_months:12", "c")),
        ("us_doj_bulk.financial", ("doj_financial_12m", (10_001,), "rolling_months:12", "c")),
        ("us_doj_bulk.identifiers", ("doj_identifiers_12m", (100_001,), "rolling_months:12", "c")),
        ("vn_pdpl.dossier", ("days_since_first_transfer", (61,), "since_first_days:60", "i")),
    ],
)
def test_the_shipped_thresholds_are_these(shipped, name, expected):
    row = shipped[name].row
    assert (row.count, row.numbers, row.window, row.per[0]) == expected


def test_there_are_no_others(shipped):
    assert len(shipped) == 10
    counts = [one.row.count for one in shipped.values()]
    assert len(set(counts)) == len(counts)


@pytest.mark.parametrize(
    ("name", "categories", "taken"),
    [
        ("cn_cbdf.ordinary", {"contact.email"}, True),
        ("cn_cbdf.ordinary", {"health.condition"}, False),
        ("cn_cbdf.sensitive", {"health.condition"}, True),
        ("cn_cbdf.sensitive", {"contact.email"}, False),
        ("cn_cbdf.ordinary", {"organisation.name", "time.date"}, False),
        ("us_doj_bulk.identifiers", {"identity.name", "contact.email"}, False),
        ("us_doj_bulk.identifiers", {"identity.name", "network.device_id"}, True),
        ("us_doj_bulk.health", {"health.record_number"}, True),
        ("us_doj_bulk.genomic", {"sensitive.genetic"}, True),
        ("us_doj_bulk.geolocation", {"sensitive.precise_geolocation"}, True),
        ("vn_pdpl.dossier", {"contact.email"}, True),
        ("vn_pdpl.dossier", {"organisation.name"}, False),
    ],
)
def test_which_data_count(shipped, name, categories, taken):
    assert shipped[name].takes(world.export(1, categories=categories)) is taken


def test_every_personal_category_is_ordinary_or_sensitive_in_china(regions, shipped):
    both = shipped["cn_cbdf.ordinary"].categories | shipped["cn_cbdf.sensitive"].categories
    assert both >= {c.id for c in regions.categories.values() if c.personal}
    assert not (shipped["cn_cbdf.ordinary"].categories & shipped["cn_cbdf.sensitive"].categories)


@pytest.mark.parametrize(
    ("places", "abroad"),
    [
        (("CN",), False),
        (("CN", "CN-SH"), False),
        (("CN", "US"), True),
        (("HK",), True),
        (("GLOBAL",), True),
        (("unknown",), True),
        ((), True),
    ],
)
def test_what_stays_at_home_does_not_count(shipped, places, abroad):
    one = world.export(1, instruments=("cn_pipl",), places=places)
    assert shipped["cn_cbdf.ordinary"].governs(one) is abroad


def test_a_law_that_does_not_apply_or_is_not_in_force_does_not_look(shipped):
    rule = shipped["us_doj_bulk.health"]
    assert rule.governs(world.export(1, instruments=("us_doj_bulk",), places=("US",)))
    assert not rule.governs(world.export(1, instruments=("eu_gdpr",)))
    before = datetime(2025, 4, 7, 23, tzinfo=UTC)
    assert not rule.governs(world.export(1, instruments=("us_doj_bulk",), at=before))


def test_an_export_is_what_leaves_of_a_transfer(regions):
    category = {"at_most": 1, "personal": True, "direct": True, "classes": ()}
    transfer = Transfer.model_validate({
        "time": "2026-11-22",
        "principal": {"establishment": ("CN",), "role": "controller"},
        "purpose": "inference", "use_case": "general", "origin": "CN", "data_subjects": (),
        "categories": (
            {"id": "identity.name", "treatment": "redact", **category},
            {"id": "contact.email", "treatment": "pseudonymise", **category},
            {"id": "health.condition", "treatment": "none", **category},
        ),
        "tags": ({"instrument": "cn_pipl", "trigger": "establishment", "jurisdiction": "CN",
                  "strength": 100, "evidence": "declared"},),
        "hints": (), "declared": (), "treatment": "redact",
        "detection": {"complete": True, "ner": True, "languages": (), "skipped": (),
                      "revision": "0" * 64},
    })  # fmt: skip
    destination = regions.destination("openai-us")
    found = Export.of(transfer, destination, at=AT, subjects=(b"p",), devices=(b"d",))
    assert found.categories == {"contact.email", "health.condition"}
    assert (found.instruments, found.counterparty) == ({"cn_pipl"}, destination.provider)
    places = {*destination.storage, *destination.processing, *destination.access}
    assert {*found.places} == places
    assert (found.at, found.subjects, found.devices) == (AT, (b"p",), (b"d",))
    counted = [r.id for r in rules(regions) if r.governs(found) and r.takes(found)]
    assert counted == ["cn_cbdf.ordinary", "cn_cbdf.sensitive"]


@pytest.mark.parametrize(("number", "reached"), [(0, 0), (2, 0), (3, 3), (4, 3), (5, 5), (9, 5)])
def test_a_count_is_reduced_to_the_boundary_it_reaches(number, reached):
    assert world.YEAR.reduced(number) == reached


def test_devices_count_beside_persons():
    rule = world.rule("geo", counted="devices")
    one = world.export(1, 2, devices=(world.person(2), world.person(3)))
    assert len(rule.subjects(one)) == 3
    assert len(world.YEAR.subjects(one)) == 2


COMBINED = {"combined": True, "per": "counterparty"}
LOW, HIGH = world.rule("low", (3,), **COMBINED), world.rule("high", (9,), **COMBINED)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"low": 1, "high": 4, "law+": 5}, {"low": 5, "high": 4}),
        ({"low": 0, "high": 4, "law+": 4}, {"low": 0, "high": 4}),
        ({"low": 2, "high": 0, "law+": 2}, {"low": 2, "high": 0}),
        ({}, {"low": 0, "high": 0}),
    ],
)
def test_combined_data_count_against_the_lowest_threshold_among_them(numbers, expected):
    assert raised(numbers, (LOW, HIGH)) == expected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at_least": []}, "at_least"),
        ({"at_least": [{"number": 5, "means": "x"}, {"number": 5, "means": "y"}]}, "do not rise"),
        ({"at_least": [{"number": 0, "means": "x"}]}, "greater than or equal to 1"),
        ({"window": "rolling_months:0"}, "window"),
        ({"window": "fortnight"}, "window"),
        ({"categories": []}, "listed"),
        ({"data": "personal"}, "listed"),
        ({"data": "sensitive", "categories": []}, "sensitive_under"),
        ({"counted": "days"}, "go together"),
        ({"source": ""}, "source"),
        ({"number": 3}, "number"),
    ],
)
def test_a_row_that_makes_no_sense_does_not_load(change, message):
    fields = {**world.ROW, "id": "x", "count": "x", "at_least": [{"number": 1, "means": "x"}]}
    with pytest.raises(ConfigError, match=message):
        parse("thresholds", {**fields, **change}, "own.yaml: row x")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("instrument", "no_such_law", "not in instruments"),
        ("count", "no_such_count", "not in counts"),
        ("categories", ["no.such_category"], "not in categories"),
        ("never_alone", ["no.such_category"], "not in categories"),
        ("classes", ["no_such_class"], "not in classes"),
        ("outside", ["ZZ"], "not in locations"),
    ],
)
def test_every_name_in_a_row_leads_somewhere(tmp_path, field, value, message):
    import json

    row = {**world.ROW, "id": "x", "instrument": "eu_gdpr", "count": "persons",
           "at_least": [{"number": 1, "means": "x"}], field: value}  # fmt: skip
    (tmp_path / "own.yaml").write_text(json.dumps({"table": "thresholds", "rows": [row]}))
    with pytest.raises(ConfigError, match=message):
        Regions.load([SHIPPED, tmp_path])


def test_an_operators_threshold_counts_beside_the_shipped_ones(tmp_path):
    import json

    row = {**world.ROW, "id": "acme.policy", "instrument": "eu_gdpr", "count": "persons",
           "at_least": [{"number": 50, "means": "tell the officer"}]}  # fmt: skip
    (tmp_path / "own.yaml").write_text(json.dumps({"table": "thresholds", "rows": [row]}))
    found = {one.id: one for one in rules(Regions.load([SHIPPED, tmp_path]))}
    assert found["acme.policy"].window == Window.parse("calendar_year", 0)


def test_a_threshold_that_counts_nothing_is_refused(tmp_path):
    import json

    row = {**world.ROW, "id": "acme.policy", "instrument": "eu_gdpr", "count": "persons",
           "data": "sensitive", "sensitive_under": "eu_ai_act", "categories": [],
           "at_least": [{"number": 50, "means": "tell the officer"}]}  # fmt: skip
    (tmp_path / "own.yaml").write_text(json.dumps({"table": "thresholds", "rows": [row]}))
    with pytest.raises(ConfigError, match=r"acme\.policy counts no category"):
        rules(Regions.load([SHIPPED, tmp_path]))


def test_providers_of_one_company_are_one_counterparty(shipped):
    """28 CFR 202.205 counts what the same person got, by whichever of its services."""

    def party(provider):
        return shipped["us_doj_bulk.health"].party(
            Export(AT, {"us_doj_bulk"}, provider, ("CN",), {"health.condition"}, ())
        )

    assert party("alibaba") == party("alibaba-model-studio") == "alibaba"
    assert party("deepseek") == "deepseek"
