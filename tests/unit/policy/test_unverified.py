"""A reading that nobody checked is never silent: `guard.unverified`, by law, from METADATA."""

from __future__ import annotations

import shutil

import pytest

from guard.errors import ConfigError
from guard.policy import Policy, PolicySet
from guard.policy.compiled import CompiledEngine
from guard.policy.dispatch import FILE
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from tests.golden.policy.golden import CASES, subject
from tests.unit.policy.sampled import questions
from tests.unit.policy.world import (
    POLICIES,
    destination,
    policies,
    tables,
    transfer,
)

RULES = policies().catalogue.rules
KINDS = ("permits", "barriers", "obligations", "advice")


def advised(answer):
    return {e["instrument"] for e in answer["advice"] if e["rule"] == "guard.unverified"}


def resting(answer, confidence):
    """The laws of which something unchecked stands in an answer, told from METADATA by hand."""
    said = [entry for kind in KINDS for entry in answer[kind]]
    laws = {entry["instrument"] for entry in said if RULES[entry["rule"]].unverified}
    weak = {one["instrument"] for one in answer["permits"] if one["confidence"] == "low"}
    return laws | (weak - {"guard"} if confidence != "low" else set())


@pytest.mark.parametrize(("engine", "count"), [(CompiledEngine, 1_500), (RegorusEngine, 60)])
def test_each_answer_names_the_laws_whose_readings_nobody_checked(engine, count):
    made = engine(policies())
    asked = [question(*subject(case)) for case in CASES][:count]
    named = set()
    for document in [*asked, *questions(count, seed=3)]:
        answer = made.evaluate(DECISION, document)
        expected = resting(answer, document["destination"]["confidence"])
        assert advised(answer) == expected
        named |= expected
    assert len(named) > 10


def test_what_the_tool_says_of_itself_needs_no_text():
    own = [rule for rule in RULES.values() if rule.instrument == "guard"]
    assert [rule.id for rule in own if rule.unverified] == []


@pytest.mark.parametrize(
    ("source", "confidence", "unverified"),
    [
        ("general knowledge, not checked against the text", "high", True),
        ("Guidelines of 2025 (text not re-read)", "medium", True),
        ("https://example.org/summary (summary; the Act was not read)", "high", True),
        ("a letter of the authority, not verified", "high", True),
        ("Official Journal L 119, 4.5.2016", "low", True),
        ("Official Journal L 119, 4.5.2016", "medium", False),
        ("principle of this tool, no answer is a no", "high", False),
        ("https://example.org/notchecked", "high", False),
    ],
)
def test_the_source_decides_whatever_a_rule_claims(source, confidence, unverified):
    rule = RULES["eu_gdpr.no_transfer_ground"]
    told = rule.model_copy(update={"source": source, "confidence": confidence})
    assert told.unverified is unverified


OWN = """\
package guard.instruments.demo

import data.guard.lib

# METADATA
# title: A ground of an operator's own law
# description: The operator's own reading of a law of its own.
# custom:
#   id: demo.ground
#   kind: permit
#   cites: ["Demo Act s. 1"]
#   since: "2018-05-25"
#   confidence: {confidence}
#   source: {source}
permits contains {{
	"rule": "demo.ground",
	"instrument": "demo",
	"mechanism": "adequacy",
	"authority": "Demo Act s. 1",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest(row.confidence, input.destination.confidence),
}} if {{
	lib.in_force("demo.ground")
	some row in data.tables.adequacy.eu_gdpr.CH
}}
"""
CHECKED = "the text of the Demo Act"
UNCHECKED = "general knowledge, not checked against the text"
LAW = "guard/instruments/demo/law.rego"


def with_own_law(folder, source, confidence, facts):
    path = folder / LAW
    path.parent.mkdir(parents=True)
    path.write_text(OWN.format(source=source, confidence=confidence), "utf-8")
    return PolicySet.load([POLICIES, folder], facts)


@pytest.mark.parametrize(
    ("rule", "row", "place", "expected"),
    [
        ((CHECKED, "high"), "high", "high", set()),
        ((CHECKED, "high"), "high", "low", set()),  # that is `guard.low_confidence`
        ((CHECKED, "high"), "low", "high", {"demo"}),
        ((CHECKED, "low"), "high", "high", {"demo"}),
        ((UNCHECKED, "high"), "high", "high", {"demo"}),
        ((UNCHECKED, "high"), "high", "low", {"demo"}),
    ],
)
def test_rules_and_rows_of_an_operator(tmp_path, rule, row, place, expected):
    facts = tables()
    for one in facts["adequacy"]["eu_gdpr"]["CH"]:
        one["confidence"] = row
    loaded = with_own_law(tmp_path, *rule, facts)
    assert ('"demo.ground",' in loaded.sources[FILE]) is (rule != (CHECKED, "high"))
    said = Policy(loaded, RegorusEngine(loaded)).decide(
        transfer("demo", treatment="none"), destination("CH", confidence=place)
    )
    assert said.effect == "permit"
    assert {a.instrument for a in said.advice if a.rule == "guard.unverified"} == expected
    assert ("guard.low_confidence" in {a.rule for a in said.advice}) is (place == "low")


def test_a_source_that_changes_makes_the_dispatcher_stale(tmp_path):
    folder = tmp_path / "policies"
    shutil.copytree(POLICIES, folder)
    path = folder / "guard/instruments/cn_pi_cert/certification.rego"
    source = RULES["cn_pi_cert.certified"].source
    text = path.read_text("utf-8")
    path.write_text(text.replace(f"source: {source}", "source: not read", 1), "utf-8")
    with pytest.raises(ConfigError, match=r"stale.*METADATA"):
        PolicySet.load([folder], tables())
