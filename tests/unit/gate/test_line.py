"""The straight line: nothing is released before it is treated, scanned again and written down."""

import pytest

from guard.errors import RecordError, Undecided
from guard.gate import planner
from guard.gate.line import Append, Conclude, Concluded, Detect, Treat, Words, line
from guard.types import Detected, Finding, Reason, Segment
from tests.unit.gate.test_planner import DETECTION, answer, facts

TEXT = (Segment("", "mail anna@haus.de"),)
SAFE = (Segment("", "mail [EMAIL_1]"),)
FOUND = Detected((Finding("contact.email", "", 5, 17, 1.0, "core/email"),), DETECTION)
ORDER = ("none", "redact")
REASONS = {
    rule: Reason(rule=rule, kind=kind, cites="Art. 1", message="m")
    for rule, kind in (("x.ok", "permit"), ("x.no", "barrier"))
}


def concluded(lawful):
    """A plan of which the treatments in `lawful` are permitted."""

    def decide(transfer, _):
        if transfer.treatment in lawful:
            return answer("permit")
        return answer("deny", barriers=[("x.no", ("redact",))])

    made = planner.plan(["a"], facts, decide, planner.Preference(ORDER, "whole", 365))
    return Concluded({t: facts(t) for t in ORDER}, made, ("a",))


def walk(lawful, *, enforced=True, reasons=REASONS, index=7, treated=SAFE):
    """Drive a line; returns its steps and its verdict."""
    words = Words("id", "0" * 64, enforced, ORDER, reasons)
    steps, seen = line(TEXT, words, origin="o", conversation="c"), []
    answers = {Detect: FOUND, Conclude: concluded(lawful), Treat: treated, Append: index}
    said = None
    while True:
        try:
            step = steps.send(said)
        except StopIteration as end:
            return seen, end.value
        seen.append(step)
        said = answers[type(step)]


@pytest.mark.parametrize(
    ("lawful", "enforced", "kinds", "released"),
    [
        ({"none"}, True, [Detect, Conclude, Append], TEXT),
        ({"redact"}, True, [Detect, Conclude, Treat, Append], SAFE),
        (set(), True, [Detect, Conclude, Append], None),
        ({"redact"}, False, [Detect, Conclude, Append], TEXT),
        (set(), False, [Detect, Conclude, Append], TEXT),
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


@pytest.mark.parametrize("index", [None, "7", True, 7.0])
def test_without_an_index_there_is_no_verdict(index):
    with pytest.raises(RecordError):
        walk({"none"}, index=index)


def test_a_rule_without_words_is_no_answer():
    with pytest.raises(Undecided):
        walk({"none"}, reasons={})


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_line_that_is_left_early_gives_nothing(after):
    words = Words("id", "0" * 64, True, ORDER, REASONS)
    steps = line(TEXT, words, origin="o", conversation="c")
    said = None
    for step_answer in [FOUND, concluded({"redact"}), SAFE][:after]:
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
