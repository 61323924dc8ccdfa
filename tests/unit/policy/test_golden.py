"""Golden decisions on the embedded engine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from guard.officer import words
from guard.officer.case import read
from guard.policy import Catalogue, Policy
from guard.policy.compiled import CompiledEngine
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from tests.golden.policy.golden import CASES, FOLDER, plain, subject
from tests.unit.policy.sampled import questions
from tests.unit.policy.world import ROOT, barriers, permits, policies, regions

PUBLISHED = ROOT / "tests" / "golden" / "cases"


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


@pytest.fixture(scope="module")
def asked():
    """Questions of every kind: goldens, published cases, and generated ones."""
    documents = [question(*subject(case)) for case in CASES]
    for path in sorted(PUBLISHED.glob("*.yaml")):
        documents += [
            question(*words.translate(case.id, case.instrument, case.facts, regions()))
            for case in read(path)
        ]
    return [*documents, *questions(3_000, seed=1)]


def rules_of(answer):
    return {e["rule"] for k in ("permits", "barriers", "obligations", "advice") for e in answer[k]}


def test_rules_speak(asked):
    """Each rule is the only reason in a Rego test beside it; here most speak in company."""
    engine = CompiledEngine(policies())
    spoke = set().union(*(rules_of(engine.evaluate(DECISION, document)) for document in asked))
    assert len(spoke) > 0.8 * len(policies().catalogue.rules)


# These hold whatever the date: they are the tool's own conditions for an answer, not law.
TIMELESS = {
    *("guard.content_not_scanned", "guard.destination_not_valid", "guard.detection_incomplete"),
    "guard.low_confidence",
    *("guard.no_ground", "guard.no_instrument", "guard.no_regulated_data"),
    *("guard.pseudonymise", "guard.redact"),
    *("guard.unknown_instrument", "guard.unverified", "guard.weak_evidence"),
}


def test_rules_apply_from_their_dates_only(asked):
    """The date in METADATA is what a rule obeys: with a later one it is silent."""
    rules = {
        name: rule.model_copy(update={"since": "9999-01-01"})
        for name, rule in policies().catalogue.rules.items()
    }
    delayed = CompiledEngine(replace(policies(), catalogue=Catalogue(rules)))
    for document in asked:
        assert rules_of(delayed.evaluate(DECISION, document)) <= TIMELESS


def test_each_rule_asks_for_its_own_date():
    """Either by its name, or with its name drawn from a table that its package holds."""
    for rule in policies().catalogue.rules.values():
        text = policies().sources[rule.file]
        folder = rule.file.rsplit("/", 1)[0]
        beside = "".join(s for f, s in policies().sources.items() if f.startswith(folder))
        if rule.id not in TIMELESS:
            named = f'in_force("{rule.id}")' in beside
            assert named or beside.count(f'"{rule.id}"') > 1 or "in_force(" in text, rule.id
