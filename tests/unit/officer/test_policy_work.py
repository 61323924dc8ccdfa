"""Comparing, linting and explaining policies, and the pages made from them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from guard.officer import explanation, pages
from guard.officer.case import Case, judge
from guard.officer.difference import Change, compare
from guard.officer.lint import lint
from guard.policy import PolicySet
from guard.policy.compiled import embedded
from tests.unit.officer.test_case import FACTS
from tests.unit.policy.world import POLICIES, ROOT, policies, regions, tables

FILE = "guard/instruments/eu_gdpr/sensitive.rego"


def changed(old, new, file=FILE):
    text = policies().sources[file]
    assert old in text
    sources = {**policies().sources, file: text.replace(old, new, 1)}
    return replace(policies(), sources=sources)


@pytest.fixture
def copied(tmp_path):
    import shutil

    shutil.copytree(POLICIES, tmp_path / "policies")
    return tmp_path / "policies"


def test_a_policy_does_not_differ_from_itself():
    assert compare(policies(), policies()) == []


def test_what_differs_is_named_with_its_fields(copied):
    path = copied / FILE
    text = path.read_text(encoding="utf-8")
    text = text.replace("# title: ", "# title: Now ", 1)
    path.write_text(text, encoding="utf-8")
    after = PolicySet.load([copied], tables())
    (change,) = compare(policies(), after)
    assert (change.what, change.how, change.fields) == ("rule", "changed", ("title",))
    assert change.name.startswith("eu_gdpr.")


def test_supporting_rules_and_tables_are_compared_too():
    later = json.loads(json.dumps(policies().tables))
    del later["adequacy"]["eu_gdpr"]
    other = replace(changed("package", "package"), tables=later)
    assert Change("table", "adequacy/eu_gdpr", "removed") in compare(policies(), other)
    lib = "guard/lib/lib.rego"
    helper = changed('recipient if input.destination.role != "self"', "recipient if true", lib)
    assert compare(policies(), helper) == [Change("support", "guard.lib.recipient", "changed")]


def test_the_shipped_policies_are_clean():
    assert list(lint(policies())) == []


def test_lint_finds_what_loading_does_not_refuse():
    rules = dict(policies().catalogue.rules)
    one = next(iter(rules.values()))
    rules[one.id] = one.model_copy(update={"until": one.since})
    catalogue = replace(policies().catalogue, rules=rules, instruments={})
    said = [problem.what for problem in lint(replace(policies(), catalogue=catalogue))]
    assert f"{one.id}: ends before it begins" in said
    assert sum("does not introduce itself" in what for what in said) > 3
    bare = replace(policies(), tests={"x_test.rego": "package x"})
    untested = [problem.what for problem in lint(bare)]
    assert len(untested) >= len(rules)


def explained(facts, instrument="eu_gdpr"):
    case = Case("one", instrument, facts, None, frozenset())
    with embedded(policies()) as policy:
        (judged,) = judge([case], regions(), policy)
    return judged


def test_an_explanation_names_each_rule_with_its_clause_and_its_cure():
    judged = explained(FACTS)
    points = list(explanation.points(judged, policies()))
    barrier = next(p for p in points if p.rule == "eu_gdpr.no_transfer_ground")
    assert barrier.heading == "stands in the way"
    assert {"mechanism", "redact", "relocate"} <= set(barrier.remedies)
    assert "GDPR Art. 44" in barrier.cites
    facts = dict(explanation.facts(judged))
    assert (facts["stored in"], facts["law as of"]) == ("IN", "2026-11-01")


@pytest.mark.parametrize(
    ("laws", "named"),
    [
        (["aa"], "Act A (aa)"),
        (["aa", "bb"], "Act A (aa) and bb"),
        (["aa", "bb", "cc"], "Act A (aa), bb and Act C (cc)"),
    ],
)
def test_readings_that_nobody_checked_are_named_in_one_sentence(laws, named):
    said = explanation.unverified(laws, {"aa": "Act A", "cc": "Act C"})
    assert said.startswith(f"The readings of {named} that decide here were not checked")


def test_a_case_that_the_law_does_not_reach_has_facts_and_no_reasoning():
    abroad = {
        **FACTS,
        "principal": {"establishment": "US"},
        "data_subject_countries": ["US"],
        "origin_country": "US",
    }
    judged = explained(abroad)
    assert list(explanation.points(judged, policies())) == []
    assert dict(explanation.facts(judged))["sender"].startswith("US")


def test_pages_are_what_the_rules_say():
    """`docs/law/` is generated: regenerate it with `make index`."""
    made = pages.render(policies().catalogue, regions())
    folder = ROOT / "docs" / "law"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert kept == made


def test_every_instrument_has_a_page_with_every_rule():
    made = pages.render(policies().catalogue, regions())
    for rule in policies().catalogue.rules.values():
        page = made[f"{rule.instrument}.md"]
        assert f"`{rule.id}`" in page
        assert rule.citation in page


def test_what_starts_within_ninety_days_is_announced():
    starting = policies().catalogue.starting("2026-10-01")
    ids = {rule.id for rule in starting}
    assert all("2026-10-01" < rule.since <= "2026-12-30" for rule in starting)
    assert not ids & {rule.id for rule in policies().catalogue.in_force("2026-10-01")}
    assert policies().catalogue.starting("2026-11-22", days=0) == []
