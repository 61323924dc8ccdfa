"""What was restored and taken out is counted, however the answer was cut."""

from __future__ import annotations

import json

import pytest

from guard.stream import Answer, Screening
from guard.stream.events import Kind
from guard.stream.passage import Passages, once

TOKEN, VALUE, CARD = "EMAIL_7K2M9Q4T1ZXW", "anna@beispiel.de", "4111 1111 1111 1111"
TEXT = f"write to {TOKEN}, {TOKEN} and {CARD}. Then {CARD}. And {VALUE}."


def detect(before, pending):
    spans, at = [], pending.find(CARD)
    while at >= 0:
        spans.append((at, at + len(CARD), "CARD"))
        at = pending.find(CARD, at + 1)
    return spans


def passages(screened=True):
    return Passages({TOKEN: VALUE}, Screening(detect, (VALUE,)) if screened else None)


def test_a_text_is_counted_once():
    made = passages()
    assert once(made.of(Kind.TEXT), TEXT).count("[CARD]") == 2
    assert made.counts.restored == 2
    assert made.counts.labelled == {"CARD": 2}


def test_arguments_are_counted():
    made = passages()
    once(made.of(Kind.JSON), json.dumps({"to": TOKEN, "cc": [TOKEN, CARD], TOKEN: 1}))
    assert (made.counts.restored, made.counts.labelled) == (3, {"CARD": 1})


def test_what_the_caller_sent_coming_back_is_not_counted():
    made = passages()
    assert VALUE in once(made.of(Kind.ECHO), TEXT)
    assert made.counts.restored == 0


def test_what_is_signed_is_screened_and_not_restored():
    made = passages()
    assert TOKEN in once(made.of(Kind.SIGNED), TEXT)
    assert (made.counts.restored, made.counts.labelled) == (0, {"CARD": 2})


def stream():
    def event(delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return b"data: " + json.dumps({"id": "c", "choices": [choice]}).encode() + b"\n\n"

    parts = [TEXT[i : i + 7] for i in range(0, len(TEXT), 7)]
    return b"".join([*(event({"content": p}) for p in parts), event({}, "stop")])


@pytest.mark.parametrize("size", [1, 3, 64, 10_000])
@pytest.mark.parametrize("screened", [True, False])
def test_an_answer_counts_the_same_however_it_comes(size, screened):
    screening = Screening(detect, (VALUE,)) if screened else None
    answer = Answer.of("openai.chat", {TOKEN: VALUE}, screening)
    data = stream() + b"data: [DONE]\n\n"
    out = b"".join(answer.feed(data[i : i + size]) for i in range(0, len(data), size))
    out += answer.close()
    assert out
    assert answer.counts.restored == 2
    assert answer.counts.labelled == ({"CARD": 2} if screened else {})


def test_what_passes_untouched_counts_nothing():
    answer = Answer.of("openai.chat", {})
    answer.feed(stream())
    assert (answer.counts.restored, answer.counts.labelled) == (0, {})
