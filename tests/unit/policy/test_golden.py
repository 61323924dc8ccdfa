"""Golden decisions on the embedded engine."""

from __future__ import annotations

import json

import pytest

from guard.policy import Policy
from guard.policy.regorus import RegorusEngine
from tests.golden.policy.golden import CASES, FOLDER, plain, subject
from tests.unit.policy.world import barriers, permits, policies


@pytest.fixture(scope="module")
def policy():
    return Policy(policies(), RegorusEngine(policies()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_law(policy, case):
    said = policy.decide(*subject(case))
    assert said.effect == case["effect"], case["why"]
    assert sorted(permits(said)) == case["permits"], case["why"]
    assert sorted(barriers(said)) == case["barriers"], case["why"]


def test_complete_evaluations(policy):
    expected = json.loads((FOLDER / "evaluations.json").read_text(encoding="utf-8"))
    assert set(expected) == {case["name"] for case in CASES}
    for case in CASES:
        assert plain(policy.decide(*subject(case))) == expected[case["name"]], case["name"]


def test_goldens_cover_every_barrier_and_permit():
    """Each barrier and permit of an instrument stands in a case; a few are left to Rego tests."""
    named = {rule for case in CASES for rule in (*case["permits"], *case["barriers"])}
    wanted = {
        rule.id
        for rule in policies().catalogue.rules.values()
        if rule.kind in {"permit", "barrier"} and rule.instrument != "guard"
    }
    assert sorted(wanted - named) == [
        "cn_dsl.own_device",
        "cn_pipl.own_device",
        "cn_pipl.security_assessment",
        "eu_ai_act.bias_disclosure",
        "eu_ai_act.bias_pseudonymisation",
        "eu_gdpr.binding_corporate_rules",
        "eu_gdpr.code_or_certification",
        "eu_gdpr.own_device",
    ]
