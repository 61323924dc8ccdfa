"""What the shipped tables say, where the law or a trap is known."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from guard.canonical import digest, encode, parse
from guard.errors import ConfigError
from guard.regions import Regions
from guard.tagging import UNLISTED

ROOT = Path(__file__).resolve().parents[3]
INSTRUMENTS = ROOT / "policies" / "guard" / "instruments"
UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EEA = {*UNION.split(" "), "IS", "LI", "NO"}
CATEGORIES = """
account.authentication contact.address contact.email contact.phone contact.social_handle
content.prompt content.web credential.secret data.core data.important data.industrial
data.model_weights data.source_code data.technical financial.bank_account financial.bic
financial.crypto_wallet financial.iban financial.payment_card government.record health.condition
health.insurance_number health.record_number identity.age identity.date_of_birth
identity.driving_licence_number identity.name identity.national_number identity.passport_number
identity.residence_permit_number identity.social_security_number identity.tax_number
identity.unscanned location.place network.cookie network.device_id network.ip_address
network.mac_address network.traffic network.url organisation.name organisation.record
organisation.registration_number organisation.tax_number organisation.vat_number
person.biometric_signal person.education person.employment person.image person.opinions
person.purchases person.record person.travel person.voice profile.behaviour
sensitive.biometric_identification sensitive.child_data sensitive.criminal_convictions
sensitive.genetic sensitive.political_opinions sensitive.precise_geolocation
sensitive.racial_ethnic_origin sensitive.religious_philosophical_beliefs
sensitive.sex_life_orientation sensitive.trade_union time.date vehicle.registration vehicle.vin
"""


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([ROOT / "regions"])


def test_the_taxonomy_is_exactly_this(regions):
    assert sorted(regions.categories) == sorted(CATEGORIES.split())


@pytest.mark.parametrize("name", ["time.date", "location.place", "organisation.name"])
def test_what_identifies_nobody_alone_is_not_personal(regions, name):
    assert not regions.categories[name].personal
    assert not regions.categories[name].direct


def test_health_numbers_are_health_data(regions):
    # GDPR Rec. 35: a number assigned to identify a person for health purposes.
    for name in ("health.insurance_number", "health.record_number", "health.condition"):
        assert regions.categories[name].classes == ("health",)
    assert regions.categories["identity.name"].direct


def test_placeholders_tell_categories_of_persons_apart(regions):
    words = [row.placeholder for row in regions.categories.values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("destination", "country"),
    [
        ("s3-eu-central-1", "DE"),
        ("s3-eu-central-2", "CH"),  # an "eu-" code in Switzerland
        ("s3-us-east-1", "US"),
        ("s3-cn-north-1", "CN"),
        ("s3-ap-southeast-1", "SG"),  # Hong Kong at another provider
        ("gcs-europe-west3", "DE"),
        ("azure-blob-germanywestcentral", "DE"),
        ("oss-cn-hangzhou", "CN"),
    ],
)
def test_a_region_code_is_looked_up_and_never_read(regions, destination, country):
    assert regions.destination(destination).storage == (country,)
    assert regions.destination(destination).processing == (country,)


def test_zurich_is_not_home_under_the_gdpr(regions):
    home = regions.tables()["territories"]["eu_gdpr"]
    assert not {"CH", "GB", "EEA_PLUS_CH", "GLOBAL", "GLOBAL_EXCEPT_CN_MAINLAND", "EPO"} & set(home)
    assert {*EEA, "EU", "EEA"} <= set(home)
    assert set(regions.tables()["territories"]["eu_ai_act"]) == set(home)


def test_mainland_china_is_not_hong_kong_macao_or_taiwan(regions):
    territories = regions.tables()["territories"]
    assert territories["cn_pipl"] == territories["cn_dsl"] == {"CN": True}
    for name in ("HK", "MO", "TW"):
        triggered = {scope.instrument for scope in regions.jurisdictions[name].scopes}
        assert not triggered & {"cn_pipl", "cn_dsl"}
    for double in ("CN-HK", "CN-MO", "CN-TW", "FR-RE", "US-PR", "NL-BQ1", "NO-21"):
        assert not regions.is_location(double)
    assert regions.is_location("US-CA")
    assert regions.is_location("unknown")
    assert not regions.is_location("XQ")
    assert not regions.is_location("XQ-A")


@pytest.mark.parametrize(
    "name", ["openai-jp", "openai-global", "azure-openai-global", "bedrock-global-profile"]
)
def test_storage_in_a_region_is_not_processing_in_it(regions, name):
    assert regions.destination(name).processing == ("GLOBAL",)


def test_a_vendors_europe_is_what_the_vendor_means(regions):
    assert regions.destination("openai-eu").processing == ("CH", "EEA")
    assert regions.destination("qwen-intl").processing == ("GLOBAL_EXCEPT_CN_MAINLAND",)
    assert regions.destination("mistral-global").processing == ("GLOBAL",)
    sinnet = regions.destination("s3-cn-north-1")
    assert (sinnet.operator, sinnet.parent) == ("CN", "CN")


def test_no_shipped_destination_has_a_safeguard_on_file(regions):
    assert len(regions.destinations) >= 25
    for row in regions.destinations.values():
        assert row.safeguards == ()
        assert row.source
        assert row.checked == "2026-11-22"


def test_every_eea_state_is_a_jurisdiction_of_the_gdpr(regions):
    for name in EEA | {"EU", "EEA"}:
        scopes = regions.jurisdictions[name].scopes
        triggers = {t for s in scopes if s.instrument == "eu_gdpr" for t in s.triggers}
        assert triggers >= {"establishment", "data_subject", "origin", "finding"}
    assert regions.jurisdictions["NO"].member_of == ("EEA", "EEA_PLUS_CH")
    assert regions.jurisdictions["US-CA"].member_of == ()


def test_every_scope_has_the_dates_of_its_instrument(regions):
    for row in regions.jurisdictions.values():
        for scope in row.scopes:
            law = regions.instruments[scope.instrument]
            assert (scope.valid_from, scope.valid_until) == (law.valid_from, law.valid_until)


def test_every_package_of_policy_is_a_known_instrument(regions):
    packages = {p.name for p in INSTRUMENTS.iterdir() if any(p.glob("*.rego"))}
    assert packages, "no policy package found"
    assert packages <= set(regions.instruments)
    assert UNLISTED not in regions.instruments
    tables = regions.tables()
    # What the operator requires of a destination holds wherever it is.
    assert packages - {"operator"} <= set(tables["territories"])


def test_every_declaration_and_safeguard_that_rego_names_exists(regions):
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "policies").rglob("*.rego")
        if not path.name.endswith("_test.rego")
    )
    declared = set(re.findall(r'\bdeclared\(\s*"([^"]+)"\s*\)', text))
    declared |= set(re.findall(r'"([^"]+)" in input\.transfer\.declared\b', text))
    on_file = set(re.findall(r'\bon_file\(\s*"([^"]+)"\s*\)', text))
    on_file |= set(re.findall(r'"([^"]+)" in input\.destination\.safeguards\b', text))
    named = set(re.findall(r'"declaration":\s*"([^"]+)"', text)) - {"none"}
    assert declared, "the Rego names no declaration: the pattern above no longer fits it"
    assert on_file, "the Rego names no safeguard: the pattern above no longer fits it"
    assert declared | named <= set(regions.declarations)
    assert on_file <= set(regions.safeguards)


ADEQUATE = set(re.findall("[A-Z]+", "AD AR BR CA CH FO GB GG IL IM JE JP KR NZ US UY EPO"))


def test_adequacy_rows_are_dated_and_conditional(regions):
    rows = regions.tables()["adequacy"]["eu_gdpr"]
    assert set(rows) == ADEQUATE
    (framework,) = rows["US"]
    assert framework["requires"] == "dpf_listed"
    assert framework["valid_from"] == "2023-07-10"
    assert rows["CA"][0]["requires"] == "pipeda_recipient"
    renewed, earlier = rows["GB"]  # the one begins on the day on which the other ends
    assert (earlier["valid_from"], renewed["valid_until"]) == ("2021-06-28", "2031-12-27")
    assert earlier["valid_until"] == renewed["valid_from"]
    assert rows["BR"][0]["valid_from"] == "2026-01-26"
    for place in ADEQUATE - {"GB"}:
        assert rows[place][0]["valid_until"] == "9999-12-31"
    for row in (row for of_one in rows.values() for row in of_one):
        assert set(row) == {
            "authority", "valid_from", "valid_until", "revoked", "requires", "confidence"
        }  # fmt: skip
        assert row["revoked"] is False


def test_sensitive_classes_cite_their_article(regions):
    table = regions.tables()["sensitive"]
    assert table["eu_gdpr"]["health"] == "GDPR Art. 9(1)"
    assert table["eu_gdpr"]["criminal_convictions"] == "GDPR Art. 10"
    assert table["cn_pipl"]["financial_account"] == "PIPL Art. 28"
    assert "financial_account" not in table["eu_gdpr"]
    assert "child_data" not in table["eu_gdpr"]  # Art. 8 is about consent, not a special category
    assert "political_opinions" not in table["cn_pipl"]


@pytest.mark.parametrize(
    ("use", "status", "since"),
    [
        ("social_scoring", "prohibited", "2025-02-02"),
        ("realtime_rbi_law_enforcement", "prohibited", "2025-02-02"),
        ("ncii_generation", "prohibited", "2026-12-02"),
        ("csam_generation", "prohibited", "2026-12-02"),
        ("employment_workers", "high_risk", "2027-12-02"),
        ("general", "none", "2024-08-01"),
        ("unknown", "unknown", "2024-08-01"),
    ],
)
def test_use_cases_follow_the_ai_act_as_amended(regions, use, status, since):
    ruling = regions.tables()["use_cases"][use]["eu_ai_act"]
    assert (ruling["status"], ruling["from"]) == (status, since)


def test_the_use_cases_are_all_of_article_5_and_annex_iii(regions):
    rulings = [row["eu_ai_act"] for row in regions.tables()["use_cases"].values()]
    articles = {r["article"] for r in rulings if r["status"] == "prohibited"}
    points = ["a", "b", "c", "d", "e", "f", "g", "h", "ba", "bb"]
    assert articles == {f"Art. 5(1)({point})" for point in points}
    high = {r["article"] for r in rulings if r["status"] == "high_risk"}
    assert {f"Annex III({n})" for n in range(1, 9)} <= high
    letters = {1: "abc", 3: "abcd", 4: "ab", 5: "abcd", 6: "abcde", 7: "abcd", 8: "ab"}
    points_iii = {f"Annex III({n})({x})" for n, those in letters.items() for x in those}
    assert high == {"Annex I", *points_iii, *(f"Annex III({n})" for n in range(1, 9))}


def test_every_point_of_annex_iii_that_can_be_stated_has_a_row(regions):
    rows = {name.removeprefix("annex_iii_") for name in regions.use_cases if "annex_iii_" in name}
    assert set(regions.facts["annex_iii"].values) == rows


def test_every_assurance_can_be_required(regions):
    assert set(regions.facts["require_assurance"].values) == set(regions.assurances)


def test_every_requirement_of_the_operator_makes_it_apply(regions):
    stated = {name for name, row in regions.facts.items() if row.instruments == ("operator",)}
    scopes = regions.jurisdictions["unknown"].scopes
    assert stated == {name for scope in scopes for name in scope.declarations}
    assert {scope.instrument for scope in scopes} == {"operator"}


def test_the_tables_are_canonical_and_repeat(regions):
    tables = regions.tables()
    assert set(tables) == {
        "territories", "adequacy", "assurances", "sensitive", "use_cases", "safeguards",
        "declarations", "facts", "counts",
    }  # fmt: skip
    assert parse(encode(tables)) == tables
    assert digest(tables) == digest(Regions.load([ROOT / "regions"]).tables())


def test_facts_of_a_destination_are_canonical(regions):
    for row in regions.destinations.values():
        assert parse(encode(row.facts())) == row.facts()


def test_nothing_was_checked_after_the_tables_were_made(regions):
    assert regions.stale(0, "2026-11-22") == ()
    stale = regions.stale(180, "2027-06-01")
    assert len(stale) > 500
    assert stale == tuple(sorted(stale, key=lambda pair: (pair[0], pair[1].id)))
    assert regions.stale(180, "2027-05-21") == ()


def test_a_row_that_has_ended_is_not_stale(regions):
    before = {(table, row.id) for table, row in regions.stale(180, "2031-12-26")}
    after = {(table, row.id) for table, row in regions.stale(180, "2031-12-27")}
    assert before - after == {("adequacy", "eu_gdpr.gb")}


@pytest.mark.parametrize(
    ("days", "on"), [(-1, "2026-11-22"), (1, "yesterday"), (1, ""), (10**6, "2026-11-22")]
)
def test_a_day_that_is_none_is_one_clear_error(regions, days, on):
    with pytest.raises(ConfigError, match="day"):
        regions.stale(days, on)


def test_a_row_holds_until_the_day_before_its_end(regions):
    row = regions.adequacy["eu_gdpr.gb"]
    assert [row.valid_on(d) for d in ("2025-12-18", "2025-12-19", "2031-12-26", "2031-12-27")] == [
        False, True, True, False
    ]  # fmt: skip


def test_every_date_is_a_day(regions):
    for row in regions.adequacy.values():
        assert date.fromisoformat(row.valid_from) < date.fromisoformat(row.valid_until)
