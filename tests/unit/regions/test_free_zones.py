"""Laws of places without a country code: free zones by declaration, a province by its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.regions import Regions
from guard.tagging import tag

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([ROOT / "regions"])


def applying(regions, place, *declared, time="2026-11-22"):
    tags, _ = tag(
        regions.jurisdictions,
        time=time,
        purpose="inference",
        establishment=(place,),
        origin=place,
        data_subjects=(),
        evidence=(),
        categories=(),
        declared=declared,
    )
    return {one.instrument for one in tags}


@pytest.mark.parametrize("zone", ["ae_difc", "ae_adgm"])
def test_a_free_zone_applies_by_declaration_beside_the_federal_law(regions, zone):
    # Federal Law 2/2019 keeps health data in the State, in the free zones too.
    assert applying(regions, "AE") == {"ae_pdpl"}
    assert applying(regions, "AE", f"{zone}.established") == {"ae_pdpl", zone}
    assert applying(regions, "SG", f"{zone}.established") == {"sg_pdpa", "ae_pdpl", zone}


def test_no_free_zone_is_home_to_the_emirates_alone(regions):
    for zone, safeguard in (("ae_difc", "difc_recipient"), ("ae_adgm", "adgm_recipient")):
        assert regions.tables()["territories"][zone] == {"AE": True}
        assert safeguard in regions.safeguards


def test_quebec_has_its_own_law_and_that_of_canada(regions):
    assert applying(regions, "CA-QC") == {"ca_qc_law25", "ca_pipeda"}
    assert applying(regions, "CA-ON") == applying(regions, "CA") == {"ca_pipeda"}
    assert regions.tables()["territories"]["ca_qc_law25"] == {"CA-QC": True}


def test_a_law_applies_from_its_day(regions):
    assert applying(regions, "VN", time="2025-12-31") == set()
    assert applying(regions, "VN", time="2026-01-01") == {"vn_pdpl"}
