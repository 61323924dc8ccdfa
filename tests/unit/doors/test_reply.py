"""Whole answers: a token is turned back wherever it stands, as the name of a member too."""

import json

import pytest

from guard.dialects import named
from guard.dialects.plain import PLAIN
from guard.doors.reply import Reply, Restoring
from guard.errors import GuardError

WITH_DIGITS, LETTERS, ONLY = "EMAIL_FD5YBQRQ8TFD", "EMAIL_FDVYBQRQXTFD", "EMAIL_AAAAAAAAAAAA"
VALUES = {WITH_DIGITS: "anna@b.de", LETTERS: "bob@b.de", ONLY: "eve@b.de"}
JSON = (("content-type", "application/json"),)


def answered(dialect, document):
    reply = Reply(Restoring(dialect, VALUES, None), JSON, lambda *_: None)
    return json.loads(reply.feed(json.dumps(document).encode()) + reply.close())


def anthropic(value):
    used = {"type": "tool_use", "id": "toolu_1", "name": "send", "input": value}
    return {"type": "message", "role": "assistant", "content": [used]}


def gemini(value):
    parts = [{"functionCall": {"name": "send", "args": value}}]
    return {"candidates": [{"content": {"role": "model", "parts": parts}}]}


@pytest.mark.parametrize(
    ("dialect", "within"),
    [
        (named("anthropic.messages"), anthropic),
        (named("gemini.generate"), gemini),
        (PLAIN, lambda value: {"result": value}),
        (PLAIN, lambda value: [value]),
    ],
)
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dict.fromkeys(VALUES, 1), dict.fromkeys(VALUES.values(), 1)),
        ({"to": {LETTERS: [{ONLY: ONLY}]}}, {"to": {"bob@b.de": [{"eve@b.de": "eve@b.de"}]}}),
        ({f"of_{LETTERS}": LETTERS, "x": 1}, {"of_bob@b.de": "bob@b.de", "x": 1}),
        ({"plain": "x", "text": LETTERS}, {"plain": "x", "text": "bob@b.de"}),
    ],
)
def test_names_are_restored(dialect, within, value, expected):
    assert answered(dialect, within(value)) == within(expected)


def test_two_members_that_would_get_one_name_are_no_answer():
    with pytest.raises(GuardError):
        answered(PLAIN, {LETTERS: 1, "bob@b.de": 2})
