"""Golden decisions on the embedded engine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from guard.policy import Catalogue, Policy
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


def named(evaluation):
    kinds = (evaluation.permits, evaluation.barriers, evaluation.obligations, evaluation.advice)
    return {entry.rule for entries in kinds for entry in entries}


def test_goldens_cover_every_rule(policy):
    seen = set().union(*(named(policy.decide(*subject(case))) for case in CASES))
    assert seen == set(policies().catalogue.rules)


# These hold whatever the date: they are the tool's own conditions for an answer, not law.
TIMELESS = {
    *("guard.destination_not_valid", "guard.detection_incomplete", "guard.low_confidence"),
    *("guard.no_ground", "guard.no_instrument", "guard.no_regulated_data"),
    *("guard.pseudonymise", "guard.redact"),
    *("guard.unknown_instrument", "guard.weak_evidence"),
}


@pytest.mark.parametrize("rule", sorted(set(policies().catalogue.rules) - TIMELESS))
def test_rule_applies_from_its_date_only(policy, rule):
    """The date in METADATA is what the rule obeys: with a later one it is silent."""
    cases = [case for case in CASES if rule in named(policy.decide(*subject(case)))]
    later = policies().catalogue.rules[rule].model_copy(update={"since": "9999-01-01"})
    rules = {**policies().catalogue.rules, rule: later}
    delayed = replace(policies(), catalogue=Catalogue(rules))
    ask = Policy(delayed, RegorusEngine(delayed))
    assert cases
    for case in cases:
        assert rule not in named(ask.decide(*subject(case))), case["name"]
