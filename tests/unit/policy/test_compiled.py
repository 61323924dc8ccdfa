"""The compiled engine: rewritten Rego means what Rego means, and it never stands alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import regorus

from guard.errors import PolicyError
from guard.policy import Policy
from guard.policy.compiled import CompiledEngine, embedded
from guard.policy.definite import Unfit, rewrite
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from tests.golden.policy.golden import CASES, subject
from tests.unit.policy.world import destination, policies, transfer

INPUT = {"c": {"y": 5, "n": None, "f": False, "s": "abc", "l": [1, 2]}}
DATA = {"tab": {"a": [True]}}
# What the rule `out` says with OPA's meaning of "undefined"; without a value it is "none".
MEANS = [
    ('out := "yes" if { x := input.c.z }', "none"),
    ('out := "yes" if { x := input.c.f }', "yes"),
    ('out := "yes" if { x := f(3) }\nf(1) := 2', "none"),
    ('out := "yes" if { v := r }\nr := input.c.z', "none"),
    ('out := "yes" if { s := {1} | input.c.z }', "none"),
    ("out := [x | x := input.c.z]", []),
    ("out := {input.c.z | some y in [1, 2]}", []),
    ("out := {input.c.y | some y in [1, 2]}", [5]),
    ('out := {k: input.c.z | some k in ["a"]}', {}),
    ('out := s\ns contains {"a": input.c.z} if input.c.y', []),
    ("out := s\ns contains input.c.z\ns contains input.c.y", [5]),
    ('out := s\ns contains input.c.y if "s" in object.keys(input.c)', [5]),
    ('out := s\ns contains {"a": [x | some x in [1]]} if {\n\tinput.c.y # why\n}', [{"a": [1]}]),
    ("out := [v | some k in [1, 2]; v := {y | y := k; y == 2}]", [[], [2]]),
    ("out := [k | some k in [1, 2]; count({y | y := k; y == 2}) == 0]", [1]),
    ("out := [v | some k in [1, 2]; v := [1 | input.c.z]]", [[], []]),
    ("out := [s | some y in [1, 2]; s := {input.c.z | some k in [1]}]", [[], []]),
    ("out := {count({input.c.l[i] | some i in [0, 7]}) | some y in [1]}", [1]),
    ('out := "yes" if { [a, b] := input.c.z }', "none"),
    ('out := [a | some q in ["CN", "CN:5"]; [a, _] := split(q, ":")]', ["CN"]),
    ('out := o\no[k] := v if { some k in ["a", "b"]; v := data.tab[k] }', {"a": [True]}),
    ('out := "yes" if { every k in ["y", "q"] { input.c[k] >= 0 } }', "none"),
    ('out := "yes" if { every k in ["f"] { input.c[k] } }', "none"),
    ('out := "yes" if { every k in ["y", "y"] { input.c[k] == 5 } }', "yes"),
    ('out := "yes" if { every k in ["l"] { some j in input.c[k]; j == 1 } }', "yes"),
    ('out := "yes" if { every k in input.c.z { k == 1 } }', "none"),
    ('out := "yes" if { every k in [] { k == 1 } }', "yes"),
    ("out := 1 if input.c.z\nelse := 2 if input.c.f\nelse := 3", 3),
    ('out := s\ns contains {"b": "§ 中", "a": input.c.y} if input.c.l', [{"a": 5, "b": "§ 中"}]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), MEANS)
def test_rewritten_rego_means_what_rego_means(rule, expected):
    source = f'package t\n\ndefault out := "none"\n\n{rule}\n'
    engine = regorus.Engine()
    engine.add_policy("t.rego", source)
    text = rewrite(source, json.loads(engine.get_ast_as_json())[0]["ast"])
    program = regorus.Program.compile_from_modules(
        json.dumps(DATA), [("t.rego", text)], ["data.t.out"]
    )
    machine = regorus.Rvm()
    machine.load_program(program)
    machine.set_data_json(json.dumps(DATA))
    machine.set_input_json(json.dumps(INPUT))
    assert json.loads(machine.execute()) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "default f(x) := 9\n\nf(1) := 2",
        "p if { every k, v in input.c { k == v } }",
        'p if { {"a": b} := input.c; b }',
    ],
)
def test_what_is_not_rewritten_is_left_to_the_interpreter(rule):
    engine = regorus.Engine()
    source = f"package t\n\n{rule}\n"
    engine.add_policy("t.rego", source)
    with pytest.raises(Unfit):
        rewrite(source, json.loads(engine.get_ast_as_json())[0]["ast"])


@pytest.fixture(scope="module")
def engines():
    return CompiledEngine(policies()), RegorusEngine(policies())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_goldens(engines, case):
    compiled, interpreted = engines
    document = question(*subject(case))
    assert compiled.evaluate(DECISION, document) == interpreted.evaluate(DECISION, document)


def test_the_shipped_rules_are_compiled_and_witnessed():
    policy = embedded(policies())
    assert isinstance(policy._engine, CompiledEngine)
    assert isinstance(policy._witness, RegorusEngine)
    policy.confirm(transfer(), destination())


def test_any_other_rules_are_interpreted():
    policy = embedded(replace(policies(), shipped=False))
    assert isinstance(policy._engine, RegorusEngine)
    assert policy._witness is None


def test_engines_that_do_not_agree_release_nothing():
    """Two real policies: in one the adequacy decision for Brazil has been struck down."""
    tables = json.loads(json.dumps(policies().tables))
    for row in tables["adequacy"]["eu_gdpr"]["BR"]:
        row["revoked"] = True
    struck = replace(policies(), tables=tables)
    policy = Policy(policies(), CompiledEngine(policies()), witness=RegorusEngine(struck))
    assert policy.decide(transfer(), destination("BR")).effect == "permit"
    with pytest.raises(PolicyError, match="do not agree"):
        policy.confirm(transfer(), destination("BR"))
    policy.confirm(transfer(), destination("FR"))


def test_another_entry_point_is_not_compiled():
    with pytest.raises(PolicyError, match="not the compiled entry point"):
        CompiledEngine(policies()).evaluate("data.guard.plan", {})
