"""The officer's commands as an officer types them."""

from __future__ import annotations

import json

import pytest
import yaml

from guard.cli.main import run
from tests.unit.officer.test_case import CASES, FACTS
from tests.unit.policy.world import POLICIES

OFFICIAL = str(CASES / "official.yaml")


@pytest.fixture
def guard(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUARD_CONFIG", raising=False)

    def call(*arguments):
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def one(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(yaml.safe_dump({"id": "x", "instrument": "eu_gdpr", "facts": FACTS}), "utf-8")
    return str(path)


def test_official_examples(guard):
    code, out, _ = guard("policy", "case", OFFICIAL, "--json")
    answers = json.loads(out)
    assert code == 0
    assert {frozenset(answer) for answer in answers} == {
        frozenset({"id", "expected", "got", "reasons"})
    }
    assert all(answer["reasons"] for answer in answers)


def test_a_wrong_expectation_shows(guard, tmp_path):
    path = tmp_path / "c.yaml"
    wrong = {"id": "x", "instrument": "eu_gdpr", "facts": FACTS, "expected": {"effect": "permit"}}
    path.write_text(yaml.safe_dump([wrong]), "utf-8")
    code, out, _ = guard("policy", "case", str(path))
    assert code == 1
    assert "differs" in out
    assert "1 cases: 0 as expected, 1 not" in out


def test_facts_that_cannot_be_read_are_an_error(guard, tmp_path):
    path = tmp_path / "c.yaml"
    bad = {"id": "x", "instrument": "eu_gdpr", "facts": {**FACTS, "other": {"nope": True}}}
    path.write_text(yaml.safe_dump([bad]), "utf-8")
    code, out, err = guard("policy", "case", str(path), "--json")
    assert code == 2
    assert json.loads(out)[0]["got"] == "error"
    assert "`nope`" in err


def test_explain_is_a_page(guard, one):
    code, out, _ = guard("policy", "explain", one)
    assert code == 0
    for word in ("Facts", "Reasoning", "Signature", "GDPR Art. 44", "cured by", "policy revision"):
        assert word in out
    assert max(map(len, out.splitlines())) <= 100


def test_explain_says_once_which_points_nobody_checked(guard, one):
    _, out, _ = guard("policy", "explain", one)
    assert out.count("Not checked") == 1
    assert "guard.unverified" not in out
    numbers, _, words = out.partition("Not checked\n  points ")[2].partition(":")
    (page,) = json.loads(guard("policy", "explain", one, "--json")[1])["pages"]
    points = [point for point in page["reasoning"] if point["rule"] != "guard.unverified"]
    marked = [str(n) for n, point in enumerate(points, start=1) if point["unverified"]]
    assert numbers.split(", ") == marked
    assert "General Data Protection Regulation (eu_gdpr)" in " ".join(words.split())


def test_explain_speaks_json(guard, one):
    _, out, _ = guard("policy", "explain", one, "--json")
    (page,) = json.loads(out)["pages"]
    assert page["answer"] == "deny"
    assert page["reasoning"][0]["cites"]


def test_the_law_as_of_a_day(guard):
    def ids(day):
        _, out, _ = guard("policy", "list", "--instrument", "eu_ai_act", "--as-of", day, "--json")
        said = json.loads(out)
        return {r["id"] for r in said["rules"]}, {r["id"] for r in said["starting"]}

    today, coming = ids("2027-11-01")
    then, _ = ids("2027-12-02")
    assert coming
    assert coming <= then - today
    assert guard("policy", "list", "--as-of", "soon")[0] == 2


def test_show_as_of_without_a_name_shows_all_in_plain_words(guard):
    code, out, _ = guard("policy", "show", "--as-of", "2027-12-02")
    assert code == 0
    assert "eu_ai_act." in out
    assert "cn_pipl." in out
    assert "0001-01-01" not in out


def test_show_announces_what_starts(guard):
    _, out, _ = guard("policy", "show", "eu_ai_act", "--as-of", "2027-10-01")
    assert "Starts within 90 days of 2027-10-01" in out


def test_diff(guard, tmp_path):
    import shutil

    shutil.copytree(POLICIES, tmp_path / "b")
    code, out, _ = guard("policy", "diff", str(POLICIES), str(tmp_path / "b"))
    assert code == 0
    assert out.startswith("what\tname\thow\tin\tcites\n0 differences")
    path = tmp_path / "b/guard/instruments/eu_gdpr/sensitive.rego"
    path.write_text(path.read_text("utf-8").replace("# title: ", "# title: Now ", 1), "utf-8")
    code, out, _ = guard("policy", "diff", str(POLICIES), str(tmp_path / "b"), "--json")
    assert code == 1
    assert [c["fields"] for c in json.loads(out)["changes"]] == [["title"]]


@pytest.mark.opa
def test_tests_of_one_instrument_with_coverage(guard):
    code, out, _ = guard("policy", "test", "--instrument", "cn_dsl", "--coverage", "--json")
    engines = {one["engine"]: one for one in json.loads(out)["engines"]}
    assert code == 0
    assert engines["opa"]["files"]["guard/instruments/cn_dsl/grades.rego"] > 90
    assert engines["regorus"]["passed"] == engines["opa"]["passed"] > 5


@pytest.mark.opa
def test_lint_of_what_is_shipped(guard):
    code, out, _ = guard("policy", "lint", "--json")
    said = json.loads(out)
    assert (code, said["problems"], said["not_run"]) == (0, [], [])
