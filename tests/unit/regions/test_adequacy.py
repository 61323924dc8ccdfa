"""Adequacy lists of several laws: dated, conditional, never two at once, and revocable."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.regions import Regions

SHIPPED = Path(__file__).resolve().parents[3] / "regions"
UNITED_KINGDOM = "EEA AD AR CA CH FO GG GI IL IM JE JP NZ UY KR US"
SWITZERLAND = "EEA AD AR CA FO GB GG GI IL IM JE MC NZ UY US"
HEAD = """table: adequacy
defaults:
  instrument: uk_gdpr
  authority: A decision
  checked: 2026-11-22
  confidence: high
  revoked: false
  partial: false
  requires: none
  scope: ""
  source: a test
rows:
"""


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([SHIPPED])


def own(tmp_path: Path, rows: str) -> Regions:
    (tmp_path / "own.yaml").write_text(HEAD + rows, encoding="utf-8")
    return Regions.load([SHIPPED, tmp_path])


def row(name: str, to: str, start: str, end: str = "9999-12-31", **more: str) -> str:
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  - {{id: {name}, to: {to}, valid_from: {start}, valid_until: {end}{said}}}\n"


def listed(regions: Regions, instrument: str) -> set[str]:
    return {one.to for one in regions.adequacy.values() if one.instrument == instrument}


def test_the_lists_are_exactly_these(regions):
    assert listed(regions, "uk_gdpr") == set(UNITED_KINGDOM.split())
    assert listed(regions, "ch_fadp") == set(SWITZERLAND.split())
    assert listed(regions, "kr_pipa") == {"EEA"}
    assert listed(regions, "jp_appi") == {"EEA", "GB"}
    assert listed(regions, "br_lgpd") == {"EEA"}


@pytest.mark.parametrize(
    "instrument", ["ae_pdpl", "ae_difc", "ae_adgm", "sa_pdpl", "tr_kvkk", "ru_152fz", "in_dpdp"]
)
def test_a_list_that_nobody_published_or_checked_has_no_row(regions, instrument):
    assert listed(regions, instrument) == set()


@pytest.mark.parametrize(
    ("name", "requires", "since"),
    [
        ("uk_gdpr.us", "dpf_uk_extension", "2023-10-12"),
        ("uk_gdpr.ca", "pipeda_recipient", "2021-01-01"),
        ("uk_gdpr.kr", "none", "2022-12-19"),
        ("ch_fadp.us", "swiss_dpf_listed", "2024-09-15"),
        ("ch_fadp.ca", "pipeda_recipient", "2023-09-01"),
        ("kr_pipa.eea", "none", "2025-09-16"),
        ("br_lgpd.eea", "none", "2026-02-01"),
    ],
)
def test_rows_are_dated_and_conditional(regions, name, requires, since):
    one = regions.adequacy[name]
    assert (one.requires, one.valid_from, one.partial) == (requires, since, requires != "none")


def test_a_set_reaches_its_members_and_no_further(regions):
    table = regions.tables()["adequacy"]["ch_fadp"]
    assert {"EEA", "EU", "DE", "NO", "LI"} <= set(table)
    assert table["DE"] == table["EEA"]
    assert not {"GLOBAL", "EEA_PLUS_CH", "JP", "KR", "unknown"} & set(table)
    assert "EU" not in regions.tables()["adequacy"]["eu_gdpr"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-01-01", "9999-12-31"), ("2020-01-01", "2021-01-02"), ("2021-06-01", "2022-01-01")],
)
def test_overlapping_validity_is_refused_with_file_row_and_remedy(tmp_path, start, end):
    with pytest.raises(ConfigError) as caught:
        own(tmp_path, row("acme.ch", "CH", start, end))
    said = str(caught.value)
    assert "acme.ch" in said
    assert "uk_gdpr.ch" in said
    assert ".yaml: row" in said
    assert "valid_until" in said


def test_validity_that_only_touches_and_other_conditions_are_no_overlap(tmp_path):
    before = row("acme.ch", "CH", "2020-01-01", "2021-01-01")
    other = row("acme.us", "US", "2025-01-01", requires="tia")
    loaded = own(tmp_path, before + other)
    assert len(loaded.tables()["adequacy"]["uk_gdpr"]["US"]) == 2


def test_three_rows_are_compared_each_with_each(tmp_path):
    long = row("acme.a", "TW", "2000-01-01", "2030-01-01")
    short = row("acme.b", "TW", "2001-01-01", "2002-01-01", requires="tia")
    late = row("acme.c", "TW", "2029-01-01", "2031-01-01")
    with pytest.raises(ConfigError, match=r"acme\.c overlaps row acme\.a"):
        own(tmp_path, long + short + late)


def test_an_unknown_country_is_refused_with_its_file(tmp_path):
    with pytest.raises(ConfigError, match=r"own\.yaml.*row acme\.xq names `XQ`.*not in locations"):
        own(tmp_path, row("acme.xq", "XQ", "2025-01-01"))


def test_a_row_without_source_is_refused(tmp_path):
    text = (HEAD + row("acme.tw", "TW", "2025-01-01")).replace("  source: a test\n", "")
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.yaml: row acme\.tw: source"):
        Regions.load([SHIPPED, tmp_path])


def test_a_revoked_authority_is_marked_for_every_member(tmp_path):
    text = (SHIPPED / "adequacy" / "ch.yaml").read_text(encoding="utf-8")
    head, rows = text.split("rows:\n")
    first = rows.splitlines()[0].rstrip("}") + ", revoked: true, replaces: ch_fadp.eea}\n"
    (tmp_path / "own.yaml").write_text(f"{head}rows:\n{first}", encoding="utf-8")
    table = Regions.load([SHIPPED, tmp_path]).tables()["adequacy"]["ch_fadp"]
    assert [entry["revoked"] for entry in table["DE"]] == [True]
    assert [entry["revoked"] for entry in table["GB"]] == [False]


def test_a_partial_decision_names_what_it_requires(tmp_path):
    with pytest.raises(ConfigError, match="names the safeguard"):
        own(tmp_path, row("acme.tw", "TW", "2025-01-01", partial="true"))
