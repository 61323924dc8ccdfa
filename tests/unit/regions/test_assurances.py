"""Levels of sovereignty and attestations: what one contains, and what nobody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.regions import Regions

SHIPPED = Path(__file__).resolve().parents[3] / "regions"
WEIGHTED = range(1, 9)


def held(*names: str) -> set[str]:
    overlay = {"id": "x", "extends": "scw-fr-par", "assurance": list(names)}
    return set(Regions.load([SHIPPED], [overlay]).destination("x").assurance)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([SHIPPED])


def test_every_level_of_every_objective_is_there(regions):
    for level in range(5):
        assert f"seal-{level}" in regions.assurances
        for objective in WEIGHTED:
            assert f"sov-{objective}.seal-{level}" in regions.assurances


def test_a_higher_level_contains_the_lower_ones_of_its_objective_only():
    assert held("sov-2.seal-3") == {f"sov-2.seal-{level}" for level in range(4)}
    assert held("sov-2.seal-0") == {"sov-2.seal-0"}


def test_a_level_of_all_objectives_is_one_of_each():
    have = held("seal-2")
    assert {f"sov-{one}.seal-2" for one in WEIGHTED} <= have
    assert {"seal-0", "seal-1", "sov-5.seal-1"} <= have
    assert not {name for name in have if name.endswith(("seal-3", "seal-4"))}


def test_attestations_contain_what_they_imply():
    assert held("c5-2026.type-2") == {"c5", "c5-2026", "c5-2026.type-1", "c5-2026.type-2"}
    assert "c5" not in held("c5-2026.type-1")  # a design on one day is no attestation of operation
    assert held("secnumcloud") == {"secnumcloud"}
    assert "c3a" in held("c3a", "c5-2026")


def test_what_is_implied_satisfies_what_is_presupposed():
    assert "c3a" in held("c3a", "c5-2026.type-2")


@pytest.mark.parametrize(
    "name", ["eucs-basic", "eucs-substantial", "eucs-high", "cada-1", "cada-4"]
)
def test_a_proposal_can_be_named_and_not_had(regions, name):
    assert not regions.assurances[name].adopted
    assert not regions.assurances[name].valid_on("2027-12-31")
    assert name not in regions.tables()["assurances"]
    with pytest.raises(ConfigError, match="not been adopted"):
        held(name)


def test_the_policy_sees_when_a_scheme_holds(regions):
    table = regions.tables()["assurances"]
    assert table["c5-2020.type-2"] == {"valid_from": "2020-01-01", "valid_until": "2027-06-01"}
    assert table["c3a"]["valid_from"] == "2026-04-27"


def test_a_scheme_is_adopted_or_a_proposal(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "table: assurances\nrows:\n  - {id: acme, title: A, scheme: acme, version: '1',"
        " nature: proposal, states: x, cites: y, adopted: true, source: test,"
        " checked: 2026-01-01, confidence: low, valid_from: 2026-01-01, valid_until: 9999-12-31}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match="exclude each other"):
        Regions.load([SHIPPED, tmp_path])
