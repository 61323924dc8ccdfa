"""Restoring: which token stands, what is held, and how values stand in JSON text."""

import json

import pytest

from guard.stream import Restorer, Screening, restored
from guard.stream.events import Kind
from guard.stream.passage import Passages, once

VALUES = {"ABA": '"1"', "ABAB": "22", "BABC": "3\n", "9990123456": "+49"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ABA", '"1"'),
        ("xABAy", 'x"1"y'),
        ("ABAB", "22"),
        ("ABABC", "22C"),
        ("xBABC", "x3\n"),
        ("ABABABA", '22"1"'),
        ("aba AB A", "aba AB A"),
        ("19990123456", "1+49"),
    ],
)
def test_the_first_token_stands_and_of_those_the_longest(text, expected):
    assert restored({"/t": text, "/u": "-"}, VALUES) == (
        {} if text == expected else {"/t": expected}
    )
    one = Restorer(VALUES)
    assert "".join([*map(one.feed, text), one.close()]) == expected


def test_only_what_may_become_a_token_is_held():
    one = Restorer(VALUES)
    assert [one.feed(part) for part in ("x", "AB", "x", "ABA", "-")] == ["x", "", "ABx", "", '"1"-']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"to": "ABA"}', {"to": '"1"'}),
        ('{"\\u0041BA": ["\\/ABA\\n"]}', {'"1"': ['/"1"\n']}),
        ('{"n": 9990123456, "m": [-12.5e3, true, null]}', {"n": "+49", "m": [-12.5e3, True, None]}),
        ('["\\ud83d\\ude00ABA\\ud83d"]', ['😀"1"\ud83d']),
        ('["\\\\u0041BA"]', ["\\u0041BA"]),
    ],
)
def test_arguments_say_the_values_and_stay_json(text, expected):
    for size in (1, 2, 5, 100):
        one = Restorer(VALUES, escape=True)
        parts = [text[at : at + size] for at in range(0, len(text), size)]
        assert json.loads("".join([*map(one.feed, parts), one.close()])) == expected


def test_what_is_not_json_is_plain_text():
    text = "{to: 'ABA', \"ABA\"}"
    one = Restorer(VALUES, escape=True)
    assert one.feed(text) + one.close() == text.replace("ABA", '"1"')


def test_findings_in_arguments_stay_in_their_strings():
    def detect(context, pending):
        return [(0, len(pending), "NAME")] if context.endswith("name: ") else []

    passages = Passages(VALUES, Screening(detect))
    text = '{"name": "Bob \\"B\\"", "n": 123456789012, "note": "a \\"b\\" c", "name": 1234567}'
    out = once(passages.of(Kind.JSON), text)
    assert out == ('{"name": "[NAME]", "n": 123456789012, "note": "a \\"b\\" c", "name": "[NAME]"}')
