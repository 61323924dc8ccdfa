"""A policy set that was prepared is the one that its sources make, and no other."""

from __future__ import annotations

import dataclasses
import json
import shutil

import pytest

from guard import data, preparation, prepared
from guard.errors import ConfigError, PolicyError
from guard.policy import PolicySet, bound, bundle, compiled, parsed
from guard.policy.compiled import CompiledEngine, embedded
from guard.policy.definite import Unfit
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from guard.regions import Regions, regions
from tests.golden.policy.golden import CASES, subject
from tests.unit.policy.world import POLICIES, destination, tables, transfer

RULE = "guard/instruments/eu_gdpr/recipient.rego"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The shipped files prepared by this code, in a directory of these tests' own."""
    place = tmp_path_factory.mktemp("made") / "_prepared"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "DIRECTORY", place)
        preparation.prepare()
    return place


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """A copy of what was prepared, in use; nothing is remembered from before."""
    target = tmp_path / "_prepared"
    shutil.copytree(made, target)
    monkeypatch.setattr(prepared, "DIRECTORY", target)
    for kept in (bundle._CHECKED, compiled._PROGRAMS, regions._LOADED):
        kept.clear()
    yield target
    for kept in (bundle._CHECKED, compiled._PROGRAMS, regions._LOADED):
        kept.clear()


@pytest.fixture
def parses(monkeypatch):
    """The files that are parsed, in order; parsing itself is as it was."""
    seen: list[str] = []
    trees = parsed.syntax_trees

    def watched(sources):
        seen.extend(sources)
        return trees(sources)

    monkeypatch.setattr(parsed, "syntax_trees", watched)
    return seen


def without(monkeypatch, load):
    """What the sources alone make."""
    bundle._CHECKED.clear()
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "DIRECTORY", prepared.DIRECTORY / "nothing")
        found = load()
    bundle._CHECKED.clear()
    return found


def same(one: PolicySet, other: PolicySet) -> None:
    for field in dataclasses.fields(PolicySet):  # also those that equality leaves out
        assert getattr(one, field.name) == getattr(other, field.name), field.name
    assert list(one.sources) == list(other.sources)
    assert list(one.catalogue.rules) == list(other.catalogue.rules)


def shipped() -> PolicySet:
    return PolicySet.load([POLICIES], tables())


def test_the_prepared_policy_set_is_the_computed_one(place, parses, monkeypatch):
    found = shipped()
    assert parses == []
    assert found.shipped
    assert found.definite
    same(found, without(monkeypatch, shipped))
    assert sorted(parses) == sorted(found.sources)


def test_every_part_of_every_file_is_the_computed_one(place, monkeypatch):
    sources, _ = bundle.read_sources([POLICIES])
    there = parsed.Parser(definite=True).parse(sources)
    here = without(monkeypatch, lambda: parsed.Parser(definite=True).parse(sources))
    assert there == here
    assert repr(there) == repr(here)  # types and order too, which equality does not see
    assert list(there) == sorted(sources)


def test_the_prepared_program_is_the_compiled_one(place, monkeypatch):
    policy_set = shipped()
    found = CompiledEngine(policy_set)
    assert found.prepared
    assert found._program.binary == compiled._compiled(policy_set, json.dumps(policy_set.data()))
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "_compiled", lambda *_: pytest.fail("compiled at a start"))
        patch.setattr(parsed, "syntax_trees", lambda *_: pytest.fail("parsed at a start"))
        compiled._PROGRAMS.clear()
        bundle._CHECKED.clear()
        engine = CompiledEngine(shipped())
    interpreter = RegorusEngine(policy_set)
    for case in CASES:
        document = question(*subject(case))
        assert engine.evaluate(DECISION, document) == interpreter.evaluate(DECISION, document)


def has_compiled(engine):
    """Whether an engine has one of regorus's in this thread."""
    return engine._bound.number in bound._kept()


def test_the_witness_of_a_prepared_program_is_made_when_it_is_asked(place):
    policy = embedded(shipped())
    witness = policy._witness
    assert not has_compiled(witness)
    assert policy.decide(transfer(), destination("FR")).effect == "permit"
    assert not has_compiled(witness)
    policy.confirm(transfer(), destination("FR"))
    assert has_compiled(witness)


def test_without_a_prepared_program_both_engines_compile_at_once(place):
    (place / compiled.PREPARED).unlink()
    policy = embedded(shipped())
    assert not policy._engine.prepared
    assert has_compiled(policy._witness)


def test_a_program_that_is_not_that_of_the_rules_releases_nothing(place):
    """Sealed anew under the right key: whoever can do that is still caught by the witness."""
    policy_set = shipped()
    document = question(transfer(), destination("FR"))
    permit = RegorusEngine(policy_set).evaluate(DECISION, document)
    rego = f"package guard\n\ndecision := {json.dumps(permit)}\n"
    wrong = dataclasses.replace(policy_set, definite={"guard/main.rego": rego})
    document = json.dumps(policy_set.data())
    key = compiled._key(policy_set, document)
    prepared.write(compiled.PREPARED, key, compiled._compiled(wrong, document))
    policy = embedded(policy_set)
    assert policy._engine.prepared
    assert policy.decide(transfer(), destination("IN")).effect == "permit"
    with pytest.raises(PolicyError, match="do not agree"):
        policy.confirm(transfer(), destination("IN"))


def test_a_changed_file_is_parsed_and_no_other(place, tmp_path, parses, monkeypatch):
    copied = tmp_path / "policies"
    shutil.copytree(POLICIES, copied)
    path = copied / RULE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2018-05-25", "2018-05-26"), encoding="utf-8")

    def load():
        return PolicySet.load([copied], tables())

    found = load()
    assert parses == [RULE]
    assert found.revision != shipped().revision
    assert found.catalogue.rules["eu_gdpr.training_use"].since == "2018-05-26"
    same(found, without(monkeypatch, load))


def test_a_changed_file_of_the_shipped_tree_is_decided_anew(place, tmp_path, parses, monkeypatch):
    """As if the package itself had been edited and its index renewed."""
    copied = tmp_path / "policies"
    shutil.copytree(POLICIES, copied)
    path = copied / RULE
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n# One line more.\n", encoding="utf-8")
    monkeypatch.setattr(data, "root", lambda _: copied)
    with pytest.raises(ConfigError, match="differ from their index"):
        data.verified("policies")
    found = PolicySet.load([copied], tables())
    assert found.shipped
    assert parses == [RULE]
    assert "One line more" in found.definite[RULE]
    assert not CompiledEngine(found).prepared
    same(found, without(monkeypatch, lambda: PolicySet.load([copied], tables())))


def test_a_file_under_another_name_is_parsed(place, parses):
    sources, _ = bundle.read_sources([POLICIES])
    parser = parsed.Parser(definite=False)
    moved = parser.parse({"guard/elsewhere.rego": sources[RULE]})
    assert parses == ["guard/elsewhere.rego"]
    assert moved["guard/elsewhere.rego"].module.file == "guard/elsewhere.rego"


def test_a_changed_table_is_compiled_anew(place, monkeypatch):
    changed = tables()
    changed["adequacy"]["eu_gdpr"]["BR"][0]["revoked"] = True
    found = PolicySet.load([POLICIES], changed)
    assert not CompiledEngine(found).prepared
    same(found, without(monkeypatch, lambda: PolicySet.load([POLICIES], changed)))


def test_an_overlay_is_parsed_and_interpreted(place, tmp_path, parses, monkeypatch):
    own = tmp_path / "own" / RULE
    own.parent.mkdir(parents=True)
    head = f"# replaces: {RULE}\n"
    own.write_text(head + (POLICIES / RULE).read_text(encoding="utf-8"), encoding="utf-8")

    def load():
        return PolicySet.load([POLICIES, tmp_path / "own"], tables())

    found = load()
    assert parses == [RULE]
    assert not found.shipped
    assert isinstance(embedded(found)._engine, RegorusEngine)
    same(found, without(monkeypatch, load))


def cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def edited(path):
    raw = path.read_bytes()
    at = len(raw) // 2
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])


def by_other_code(path):
    head, _, body = path.read_bytes().partition(b"\n")
    said = json.loads(head)
    path.write_bytes(json.dumps({**said, "key": "0" * 64}).encode() + b"\n" + body)


@pytest.mark.parametrize("damage", [cut, edited, by_other_code])
def test_damaged_files_are_not_used(place, damage, parses):
    honest = shipped()
    assert parses == []
    bundle._CHECKED.clear()
    for name in (parsed.PREPARED, compiled.PREPARED):
        damage(place / name)
    found = shipped()
    assert sorted(parses) == sorted(found.sources)
    assert not CompiledEngine(found).prepared
    same(found, honest)


def test_a_program_that_cannot_be_read_here_is_compiled(place):
    policy_set = shipped()
    key = compiled._key(policy_set, json.dumps(policy_set.data()))
    prepared.write(compiled.PREPARED, key, b"of another machine")
    engine = CompiledEngine(policy_set)
    assert not engine.prepared
    engine.evaluate(DECISION, question(transfer(), destination()))


def test_preparing_again_changes_nothing(place, parses):
    before = {one.name: one.stat().st_mtime_ns for one in place.iterdir()}
    preparation.prepare()
    assert {one.name: one.stat().st_mtime_ns for one in place.iterdir()} == before
    assert parses == []
    assert before.keys() == {"policies.json", "program.bin", "regions.json"}


def test_what_cannot_be_compiled_is_not_prepared(place):
    (place / compiled.PREPARED).unlink()
    with pytest.raises(Unfit):
        compiled.prepare(dataclasses.replace(shipped(), definite={}))
    assert not (place / compiled.PREPARED).exists()


def test_the_tables_of_the_prepared_files_are_those_the_program_has(place):
    found = Regions.load([data.verified("regions")])
    assert found.tables() == tables()
