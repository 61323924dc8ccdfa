"""`Policy.decide`: the embedded engine, the memory, and answers that are refused."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from guard.errors import PolicyError, Undecided
from guard.policy import Policy
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from tests.unit.policy.world import (
    advice,
    barriers,
    category,
    destination,
    permits,
    policies,
    tag,
    transfer,
)


@pytest.fixture(scope="module")
def engine():
    built = RegorusEngine(policies())
    yield built
    built.close()


@pytest.fixture
def policy(engine):
    return Policy(policies(), engine)


class Answers:
    """An engine that gives one answer, to see what is made of it."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0

    def evaluate(self, entrypoint, document):
        assert entrypoint == DECISION
        self.asked += 1
        return self.answer

    def close(self):
        self.answer = None


def test_lawful_transfer(policy):
    said = policy.decide(transfer(), destination())
    assert said.effect == "permit"
    assert permits(said) == {"eu_gdpr.within_eea"}
    assert said.applicable == ("eu_gdpr",)


def test_location_is_not_jurisdiction(policy):
    said = policy.decide(transfer(), destination("DE", parent="US"))
    assert said.effect == "permit"
    assert "eu_gdpr.foreign_orders" in advice(said)


def test_confidence_of_a_permit_is_the_weakest_fact(policy):
    said = policy.decide(transfer(), destination("BR", confidence="low"))
    assert [entry.confidence for entry in said.permits] == ["low"]
    assert "guard.low_confidence" in advice(said)


def test_ungoverned_personal_data_stay(policy):
    said = policy.decide(transfer(tags=()), destination())
    assert said.effect == "deny"
    assert barriers(said) == {"guard.no_instrument"}


def test_law_without_a_package_refuses(policy):
    said = policy.decide(transfer("eu_gdpr", "zz_law"), destination())
    assert said.effect == "deny"
    assert said.unknown == ("zz_law",)


def test_every_entry_is_in_the_catalogue(policy):
    said = policy.decide(
        transfer("eu_gdpr", "cn_pipl", "cn_dsl", "eu_ai_act"), destination("US", safeguards=())
    )
    rules = policies().catalogue.rules
    for entry in (*said.permits, *said.barriers, *said.obligations, *said.advice):
        assert entry.rule in rules


def test_same_facts_are_asked_once():
    real = RegorusEngine(policies())
    counting = Answers(real.evaluate(DECISION, question(transfer(), destination())))
    policy = Policy(policies(), counting)
    first = policy.decide(transfer(), destination())
    assert policy.decide(transfer(), destination(id="other-name")) == first
    assert counting.asked == 1
    policy.decide(transfer(purpose="training"), destination())
    assert counting.asked == 2


def test_memory_is_bounded():
    answer = RegorusEngine(policies()).evaluate(DECISION, question(transfer(), destination()))
    counting = Answers(answer)
    policy = Policy(policies(), counting, memory=2)
    days = ["2026-01-01", "2026-01-02", "2026-01-03"]
    for day in days:
        policy.decide(transfer(time=day), destination())
    policy.decide(transfer(time=days[2]), destination())
    assert counting.asked == 3
    policy.decide(transfer(time=days[0]), destination())
    assert counting.asked == 4


def test_memory_can_be_turned_off():
    answer = RegorusEngine(policies()).evaluate(DECISION, question(transfer(), destination()))
    counting = Answers(answer)
    policy = Policy(policies(), counting, memory=0)
    policy.decide(transfer(), destination())
    policy.decide(transfer(), destination())
    assert counting.asked == 2


def test_failure_is_not_remembered():
    policy = Policy(policies(), Answers(None))
    for _ in range(2):
        with pytest.raises(PolicyError):
            policy.decide(transfer(), destination())


def good():
    return RegorusEngine(policies()).evaluate(DECISION, question(transfer(), destination()))


@pytest.mark.parametrize(
    "bend",
    [
        lambda answer: None,
        lambda answer: [],
        lambda answer: "permit",
        lambda answer: {"effect": "permit"},
        lambda answer: {**answer, "effect": "allow"},
        lambda answer: {**answer, "effect": True},
        lambda answer: {**answer, "extra": 1},
        lambda answer: {**answer, "permits": []},
        lambda answer: {**answer, "effect": "deny"},
        lambda answer: {**answer, "missing": ["eu_gdpr"]},
        lambda answer: {**answer, "unknown": ["zz_law"]},
        lambda answer: {**answer, "applicable": ["cn_pipl", "eu_gdpr"]},
        lambda answer: {**answer, "permits": [{**answer["permits"][0], "rule": "eu_gdpr.no_rule"}]},
        lambda answer: {
            **answer,
            "advice": [{"rule": "eu_gdpr.minimisation", "instrument": "eu_gdpr"}],
        },
        lambda answer: {**answer, "obligations": [{**answer["obligations"][0], "days": "many"}]},
    ],
)
def test_answer_that_is_no_answer(bend):
    policy = Policy(policies(), Answers(bend(good())))
    with pytest.raises(PolicyError) as caught:
        policy.decide(transfer(), destination())
    assert isinstance(caught.value, Undecided)


def test_good_answer_passes():
    assert Policy(policies(), Answers(good())).decide(transfer(), destination()).effect == "permit"


@pytest.mark.parametrize("entrypoint", ["data.guard.nothing", "data.nowhere.decision"])
def test_undefined_entry_point(engine, entrypoint):
    with pytest.raises(PolicyError):
        engine.evaluate(entrypoint, {})


@pytest.mark.parametrize("entrypoint", ["", "decision", "data.guard.decision; true", "data.A b"])
def test_entry_point_is_a_path(engine, entrypoint):
    with pytest.raises(PolicyError, match="not an entry point"):
        engine.evaluate(entrypoint, {})


def test_plan_in_one_call(engine):
    document = {
        "transfer": transfer().model_dump(mode="json", by_alias=True),
        "candidates": [destination("FR").facts(), destination("CN").facts()],
    }
    matrix = engine.evaluate("data.guard.plan", document)
    assert [row["effect"] for row in matrix] == ["permit", "deny"]


def test_each_thread_has_its_own_engine(policy):
    gate = threading.Barrier(4)

    def ask(number):
        gate.wait(timeout=30)
        said = [
            policy.decide(transfer(time=f"2026-0{number + 1}-{day:02d}"), destination())
            for day in range(1, 9)
        ]
        return {item.effect for item in said}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [{"permit"}] * 4


def test_errors_carry_no_backtrace_and_no_values(tmp_path):
    from dataclasses import replace

    sources = {
        **policies().sources,
        "guard/extra.rego": "package guard\n\nbroken := to_number(input.transfer.purpose)\n",
    }
    engine = RegorusEngine(replace(policies(), sources=sources))
    with pytest.raises(PolicyError, match=r"guard/extra\.rego:3:\d+: ") as caught:
        engine.evaluate("data.guard.broken", question(transfer(), destination()))
    assert "backtrace" not in str(caught.value).lower()
    assert "inference" not in str(caught.value)


def test_hint_is_advice_only(policy):
    said = policy.decide(transfer(hints=(tag("cn_pipl", "finding", "CN"),)), destination())
    assert said.effect == "permit"
    assert ("guard.weak_evidence", "cn_pipl") in {(a.rule, a.instrument) for a in said.advice}


def test_treatment_becomes_an_obligation(policy):
    redacted = transfer(categories=(category(treatment="redact"),), treatment="redact")
    said = policy.decide(redacted, destination("CN"))
    assert said.effect == "permit"
    assert ("redact", "guard.redact") in {(o.do, o.rule) for o in said.obligations}
    assert "eu_gdpr.residual_risk" in advice(said)
