"""The straight line: nothing leaves before it is treated, scanned again, counted and recorded."""

import pytest

from guard.errors import RecordError, Undecided
from guard.gate import planner
from guard.gate.line import (
    ATTEMPTS,
    Append,
    Conclude,
    Concluded,
    Counted,
    Detect,
    Reserve,
    Treat,
    Words,
    line,
)
from guard.types import Destination, Detected, Finding, Reason, Segment
from tests.unit.gate.test_planner import DETECTION, answer, facts

TEXT = (Segment("", "mail anna@haus.de"),)
SAFE = (Segment("", "mail [EMAIL_1]"),)
FOUND = Detected((Finding("contact.email", "", 5, 17, 1.0, "core/email"),), DETECTION)
ORDER = ("none", "redact")
REASONS = {
    rule: Reason(rule=rule, kind=kind, cites="Art. 1", message="m")
    for rule, kind in (("x.ok", "permit"), ("x.no", "barrier"))
}
PLACE = Destination(
    id="a", kind="model", provider="p", url="unknown", role="processor", storage=("US",),
    processing=("US",), operator="US", parent="US", access=("US",), weights="US", assurance=(),
    safeguards=(), retention_days=0, training_use="no", valid_from="2020-01-01",
    valid_until="9999-12-31", confidence="high", source="a test", checked="2026-11-22",
)  # fmt: skip


def counted(number):
    """The destination under each treatment, counted otherwise in each."""
    return {
        ("a", t): Counted(PLACE.model_copy(update={"counts": {"n": 10 * number + at}}))
        for at, t in enumerate(ORDER)
    }


def concluded(lawful, number=0):
    """A plan of which the treatments in `lawful` are permitted."""

    def decide(transfer, _):
        if transfer.treatment in lawful:
            return answer("permit")
        return answer("deny", barriers=[("x.no", ("redact",))])

    made = planner.plan(["a"], facts, decide, planner.Preference(ORDER, "whole", 365))
    return Concluded({t: facts(t) for t in ORDER}, made, ("a",), counted(number))


def walk(lawful, *, enforced=True, reasons=REASONS, index=7, treated=SAFE, reserved=(True,)):
    """Drive a line; returns its steps and its verdict.

    `reserved` are the answers to what is counted, in order; `lawful` may be one set an attempt.
    """
    words = Words("id", "0" * 64, enforced, ORDER, reasons)
    steps, seen = line(TEXT, words, origin="o", conversation="c"), []
    several = lawful if isinstance(lawful, list) else [lawful] * ATTEMPTS
    plans = iter([concluded(one, number) for number, one in enumerate(several)])
    answers = {
        Detect: iter([FOUND]),
        Conclude: plans,
        Treat: iter([treated] * ATTEMPTS),
        Reserve: iter(reserved),
        Append: iter([index]),
    }
    said = None
    while True:
        try:
            step = steps.send(said)
        except StopIteration as end:
            return seen, end.value
        seen.append(step)
        said = next(answers[type(step)])


@pytest.mark.parametrize(
    ("lawful", "enforced", "kinds", "released"),
    [
        ({"none"}, True, [Detect, Conclude, Reserve, Append], TEXT),
        ({"redact"}, True, [Detect, Conclude, Treat, Reserve, Append], SAFE),
        (set(), True, [Detect, Conclude, Append], None),
        ({"redact"}, False, [Detect, Conclude, Reserve, Append], TEXT),
        (set(), False, [Detect, Conclude, Reserve, Append], TEXT),
    ],
)
def test_every_path_ends_with_the_record(lawful, enforced, kinds, released):
    steps, verdict = walk(lawful, enforced=enforced)
    assert [type(step) for step in steps] == kinds
    assert steps[-1].released == released
    assert verdict.index == 7
    assert verdict.permitted is (released is not None)
    if released is not None:
        assert verdict.payload == released


def kinds_of(steps):
    return [type(step) for step in steps]


@pytest.mark.parametrize(("lawful", "leaving"), [({"none"}, "none"), ({"redact"}, "redact")])
def test_what_is_counted_is_what_leaves(lawful, leaving):
    steps, verdict = walk(lawful)
    (step,) = [s for s in steps if isinstance(s, Reserve)]
    assert step.counted is steps[-1].concluded.counted["a", leaving]
    assert verdict.counts == step.counted.destination.counts


def test_who_observes_counts_the_whole_whatever_was_decided():
    for lawful in ({"redact"}, set()):
        steps, _ = walk(lawful, enforced=False)
        (step,) = [s for s in steps if isinstance(s, Reserve)]
        assert step.counted is steps[-1].concluded.counted["a", "none"]


def test_when_counts_change_it_is_decided_anew_and_the_last_plan_holds():
    steps, verdict = walk([{"none"}, {"redact"}], reserved=(False, True))
    assert kinds_of(steps) == [Detect, Conclude, Reserve, Conclude, Treat, Reserve, Append]
    assert verdict.payload == SAFE
    assert verdict.counts == {"n": 11}
    assert steps[-1].decision.treatment == "redact"


def test_what_is_refused_on_the_new_counts_is_not_counted():
    steps, verdict = walk([{"none"}, set()], reserved=(False,))
    assert kinds_of(steps) == [Detect, Conclude, Reserve, Conclude, Append]
    assert not verdict.permitted
    assert steps[-1].released is None


def test_counts_that_never_stand_still_are_no_answer():
    with pytest.raises(Undecided, match="every attempt"):
        walk({"none"}, reserved=(False,) * ATTEMPTS)


@pytest.mark.parametrize("answer_", [None, 0, 1, "yes"])
def test_only_true_counts(answer_):
    with pytest.raises(Undecided, match="no answer"):
        walk({"none"}, reserved=(answer_,))


@pytest.mark.parametrize("index", [None, "7", True, 7.0])
def test_without_an_index_there_is_no_verdict(index):
    with pytest.raises(RecordError):
        walk({"none"}, index=index)


def test_a_rule_without_words_is_no_answer():
    with pytest.raises(Undecided):
        walk({"none"}, reasons={})


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_line_that_is_left_early_gives_nothing(after):
    words = Words("id", "0" * 64, True, ORDER, REASONS)
    steps = line(TEXT, words, origin="o", conversation="c")
    said = None
    for step_answer in [FOUND, concluded({"redact"}), SAFE, True][:after]:
        steps.send(said)
        said = step_answer
    if after:
        steps.send(said)
    steps.close()
    with pytest.raises(StopIteration) as end:
        steps.send(None)
    assert end.value.value is None


def test_steps_and_verdicts_do_not_show_text():
    steps, verdict = walk({"redact"}, treated=TEXT)
    assert "anna" not in repr(steps) + repr(verdict)


def test_a_refusal_names_what_would_cure_it_and_a_permit_what_was_cured():
    _, refused = walk(set())
    assert [r.rule for r in refused.reasons] == ["x.no"]
    assert refused.decision.remedies == (), "redaction was tried"
    _, cured = walk({"redact"})
    assert [r.rule for r in cured.reasons] == ["x.no", "x.ok"]
    assert cured.decision.remedies == ()
