"""The embedded engine and a real OPA server give the same answers, byte for byte."""

from __future__ import annotations

import subprocess
from collections import Counter
from itertools import islice

import pytest
import requests
from hypothesis import HealthCheck, given, settings

from guard import canonical
from guard.policy import Policy, testing
from guard.policy.compiled import CompiledEngine
from guard.policy.engine import DECISION
from guard.policy.opa import OpaEngine
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from guard.policy.testing import run
from tests.golden.policy.golden import CASES, subject
from tests.integration.opa_server import opa_binary, opa_server, regal_binary
from tests.unit.policy.generated import destinations, transfers
from tests.unit.policy.sampled import questions
from tests.unit.policy.world import POLICIES, destination, policies, transfer

pytestmark = pytest.mark.opa


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opa")
    bundle = policies().write_bundle(folder / "bundle.tar.gz")
    with opa_server(bundle, folder / "opa.log") as url:
        yield url


@pytest.fixture(scope="module")
def opa(server):
    engine = OpaEngine(server, policies(), timeout_s=30)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def embedded():
    return RegorusEngine(policies())


@pytest.fixture(scope="module")
def compiled():
    return CompiledEngine(policies())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_goldens(opa, embedded, compiled, case):
    document = question(*subject(case))
    raw = opa.evaluate(DECISION, document)
    assert canonical.encode(raw) == canonical.encode(embedded.evaluate(DECISION, document))
    assert canonical.encode(raw) == canonical.encode(compiled.evaluate(DECISION, document))
    assert raw["effect"] == case["effect"]


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(subject=transfers(), place=destinations())
def test_generated(opa, embedded, compiled, subject, place):
    document = question(subject, place)
    here = canonical.encode(embedded.evaluate(DECISION, document))
    assert here == canonical.encode(opa.evaluate(DECISION, document))
    assert here == canonical.encode(compiled.evaluate(DECISION, document))


BATCH = """package parity

answers := [answer |
	some question in input.questions
	answer := data.guard.decision with input as question
]
"""


@pytest.mark.proof
def test_twenty_thousand_generated_transfers(server, embedded, compiled):
    """All laws, all stated facts and counts, on three engines."""
    requests.put(f"{server}/v1/policies/parity", data=BATCH, timeout=30).raise_for_status()
    effects: Counter[str] = Counter()
    for part in batched(questions(20_000, seed=20261122), 200):
        answer = requests.post(
            f"{server}/v1/data/parity/answers",
            json={"input": {"questions": part}},
            params={"strict-builtin-errors": "true"},
            timeout=300,
        )
        there = answer.json()["result"]
        assert len(there) == len(part)
        for question_, said in zip(part, there, strict=True):
            expected = canonical.encode(said)
            assert expected == canonical.encode(embedded.evaluate(DECISION, question_))
            assert expected == canonical.encode(compiled.evaluate(DECISION, question_))
            effects[said["effect"]] += 1
    assert effects.keys() == {"permit", "deny", "review", "conflict"}
    assert min(effects.values()) > 100


def batched(items, size):
    while part := list(islice(items, size)):
        yield part


def test_plan(opa, embedded):
    document = {
        "transfer": transfer().model_dump(mode="json", by_alias=True),
        "candidates": [destination(country).facts() for country in ("FR", "CN", "US", "BR")],
    }
    there = opa.evaluate("data.guard.plan", document)
    assert there == embedded.evaluate("data.guard.plan", document)
    assert [row["effect"] for row in there] == ["permit", "deny", "deny", "permit"]


def test_policy_over_the_server(opa):
    said = Policy(policies(), opa).decide(transfer(), destination())
    assert said.effect == "permit"


def test_policies_own_tests_pass_on_both_engines(monkeypatch):
    # What an officer waits for is no measure of a machine on which other tests run.
    monkeypatch.setattr(testing, "_TIMEOUT_S", 1800)
    results = {result.engine: result for result in run(policies(), opa=opa_binary())}
    assert results["regorus"].failed == ()
    assert results["opa"].failed == ()
    counts = [{row.file: row.passed for row in result.files} for result in results.values()]
    assert counts[0] == counts[1]
    assert results["opa"].coverage > 95


def test_policies_are_linted():
    binary = regal_binary()
    done = subprocess.run(
        [binary, "lint", str(POLICIES)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_policies_are_formatted_and_strict():
    """The portable subset, as OPA's own tools see it."""
    binary = opa_binary()
    formatted = subprocess.run(
        [binary, "fmt", "--list", str(POLICIES)], capture_output=True, text=True, check=False
    )
    assert formatted.stdout.strip() == ""
    checked = subprocess.run(
        [binary, "check", "--strict", str(POLICIES)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
