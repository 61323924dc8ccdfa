"""The planner: the operator's order, and what a refusal says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.gate import planner
from guard.types import (
    Barrier,
    Category,
    Detection,
    Evaluation,
    Obligation,
    Permit,
    Principal,
    Transfer,
)

DETECTION = Detection(complete=True, ner=True, languages=("en",), skipped=(), revision="0" * 64)
TREATMENTS = ("none", "pseudonymise", "redact")


def facts(treatment, declared=()):
    return Transfer(
        time="2026-11-22",
        principal=Principal(establishment=("DE",), role="controller"),
        purpose="inference",
        use_case="general",
        origin="DE",
        data_subjects=(),
        categories=(
            Category(
                id="contact.email",
                at_most=1,
                personal=True,
                direct=True,
                classes=(),
                treatment=treatment,
            ),
        ),
        tags=(),
        hints=(),
        declared=declared,
        detection=DETECTION,
        treatment=treatment,
    )


def answer(effect, *, barriers=(), obligations=()):
    permits = (
        (
            Permit(
                rule="x.ok",
                instrument="x",
                mechanism="m",
                authority="a",
                valid_until="9999-12-31",
                confidence="high",
            ),
        )
        if effect == "permit"
        else ()
    )
    return Evaluation(
        effect=effect,
        permits=permits,
        barriers=tuple(
            Barrier(rule=r, instrument="x", categories=(), remedies=m, confine=())
            for r, m in barriers
        ),
        obligations=obligations,
        advice=(),
        applicable=("x",),
        missing=(),
        unknown=(),
    )


def preference(prefer="whole", order=TREATMENTS, days=365):
    return planner.Preference(order, prefer, days)


def law(**lawful):
    """A policy that permits a destination under the named treatments only."""

    def decide(transfer, name):
        if transfer.treatment in lawful[name].split():
            return answer("permit")
        return answer("deny", barriers=[("x.no", ("redact", "mechanism"))])

    return decide


@pytest.mark.parametrize(
    ("prefer", "chosen"), [("whole", ("b", "none")), ("destination", ("a", "pseudonymise"))]
)
def test_order_of_preference(prefer, chosen):
    decide = law(a="pseudonymise redact", b="none")
    made = planner.plan(["a", "b"], facts, decide, preference(prefer))
    assert (made.chosen.destination, made.chosen.treatment) == chosen
    assert made.options[-1] == made.chosen


def test_treatments_that_change_nothing_are_not_tried():
    decide = law(a="")
    bare = facts("none").model_copy(update={"categories": ()})
    made = planner.plan(["a"], lambda t: bare.model_copy(update={"treatment": t}), decide,
                        preference())  # fmt: skip
    assert [o.treatment for o in made.options] == ["none"]


def test_a_refusal_names_untried_remedies_and_lawful_alternatives():
    decide = law(a="", b="redact")
    made = planner.plan(["a"], facts, decide, preference(), suggestions=["a", "b"])
    assert made.chosen is None
    refused = planner.refusal(made, ["a"])
    assert refused.destination == "a"
    assert planner.remedies(refused, TREATMENTS) == ("mechanism",)
    assert [
        (o.destination, o.treatment) for o in made.options if o.evaluation.effect == "permit"
    ] == [("b", "redact")]


def test_a_suggestion_is_never_chosen():
    made = planner.plan(["a"], facts, law(a="", b="none"), preference(), suggestions=["b"])
    assert made.chosen is None


@pytest.mark.parametrize(
    ("do", "days", "declaration", "declared", "lawful"),
    [
        ("retain_log", 183, "none", (), True),
        ("retain_log", 366, "none", (), False),
        ("keep_record", 0, "none", (), True),
        ("human_oversight", 0, "x.oversight", (), False),
        ("human_oversight", 0, "x.oversight", ("x.oversight",), True),
        ("notice", 0, "none", (), False),
        ("redact", 0, "none", (), False),
        ("send_flowers", 0, "none", (), False),
        ("send_flowers", 0, "x.flowers", ("x.flowers",), False),
    ],
)
def test_an_obligation_not_understood_or_not_discharged_denies(
    do, days, declaration, declared, lawful
):
    """XACML 3.0, 7.18."""
    duty = Obligation(do=do, rule="x.duty", instrument="x", days=days, declaration=declaration)
    made = planner.plan(
        ["a"],
        lambda t: facts(t, declared),
        lambda f, n: answer("permit", obligations=(duty,)),
        preference(order=("none",)),
    )
    assert (made.chosen is not None) is lawful
    if not lawful:
        refused = made.options[0].evaluation
        assert refused.effect == "deny"
        assert [b.rule for b in refused.barriers] == ["x.duty"]


@given(
    st.lists(st.sampled_from("abcd"), min_size=1, unique=True),
    st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from(TREATMENTS)), st.booleans()),
    st.sampled_from(["whole", "destination"]),
)
def test_the_first_lawful_pair_is_chosen_whatever_the_law(destinations, lawful, prefer):
    def decide(transfer, name):
        yes = lawful.get((name, transfer.treatment), False)
        return answer("permit") if yes else answer("deny", barriers=[("x.no", ())])

    made = planner.plan(destinations, facts, decide, preference(prefer))
    order = planner.pairs(destinations, TREATMENTS, prefer)
    expected = next((pair for pair in order if lawful.get(pair, False)), None)
    found = made.chosen and (made.chosen.destination, made.chosen.treatment)
    assert found == expected
