"""What the screen keeps together, what it lets go and when, what it never touches."""

import re

import pytest

from guard.stream.screen import HOLD, LOOK, Screen, Screening
from guard.stream.tokens import Tokens

VALUES = {"EMAIL_7K2M9Q4T1ZXW": "zoe@example.org", "+999 0123456789": "+49 171"}
PATTERNS = (
    r"[\w.]+@[\w.]+\w|\w+ at \w+ dot \w+|\b\d{4}(?: ?\d{4}){3}\b|\+\d[\d ]{8,}\d"
    r"|[A-Z]{2} \d\d \d\d \d\d [A-Z]|[A-Z]{2}\d\d(?: [A-Z0-9]{4}){4,}"
    r"|\d\d? (?:March|May) \d{4}|Anna von der Heide"
)


def screen(known=(), values=VALUES, detect=None):
    def find(context, pending):
        return [(m.start(), m.end(), "X") for m in re.finditer(PATTERNS, pending)]

    return Screen(Screening(detect or find, known), Tokens(values))


def screened(text, size=1, **options):
    one = screen(**options)
    parts = (text[at : at + size] for at in range(0, len(text), size))
    return "".join([*map(one.feed, parts), one.close()])


@pytest.mark.parametrize("size", [1, 3, 7, 16, 10_000])
@pytest.mark.parametrize(
    "value",
    [
        "bob@example.net",
        "name at host dot com",
        "5555 5555 5555 4444",
        "5555555555554444",
        "+49 171 123 45 67",
        "DE89 3704 0044 0532 0130 0000",
        "12 March 2024",
        "AB 12 34 56 C",
        "Anna von der Heide",
    ],
)
def test_a_value_goes_whole_wherever_it_is_cut(value, size):
    text = f"so you asked me for the thing which is {value} and nothing more than that"
    assert screened(text, size) == text.replace(value, "[X]")


def test_plain_prose_waits_for_a_word_and_the_one_after_it():
    one, out, words = (
        screen(),
        "",
        re.findall(r"\w+", "we have sent you the goods as agreed before"),
    )
    for count, word in enumerate(words):
        out += one.feed(word + " ")
        assert len(out.split()) >= count
    assert out.startswith("we have")


def test_a_unit_that_never_ends_is_cut_where_nothing_is_found():
    digits = "1 " * (HOLD // 2 - 6) + "5555 5555 5555 4444" + " 1" * 400
    assert screened(digits, 5) == digits.replace("5555 5555 5555 4444", "[X]")
    one = screen()
    assert one.feed("x" * (HOLD + LOOK)) == "x" * HOLD


def test_live_tokens_are_atoms():
    text = "mail EMAIL_7K2M9Q4T1ZXW, EMAIL_7K2M9Q4T1ZXW@x.org or +999 0123456789 now please my dear"
    assert screened(text) == text
    everything = screened(text, detect=lambda context, pending: [(0, len(pending), "X")])
    assert everything.count("EMAIL_7K2M9Q4T1ZXW") == 2
    assert "+999 0123456789" in everything
    assert "mail" not in everything


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        ("bob@example.net", "ask bob@example.net please", None),
        ("5555 5555 5555 4444", "card 5555555555554444 ok", None),
        ("5555555555554444", "card 5555 5555 5555 4444 ok", None),
        ("bob@example.net", "ask bob@example.com please", "ask [X] please"),
        ("1234", "card 5555 5555 5555 4444 ok", "card [X] ok"),
    ],
)
def test_what_the_caller_sent_stays(known, text, expected):
    assert screened(text, known=[known]) == (expected or text)


def test_a_known_value_inside_a_finding_stays_and_the_rest_goes():
    out = screened("zoe secret", known=["zoe"], detect=lambda c, p: [(0, len(p), "X")])
    assert out == "zoe[X]"


def test_overlapping_findings_leave_nothing_over():
    spans = [(0, 4, "A"), (2, 9, "B"), (3, 5, "C")]
    assert screened("abcdefghi", 99, detect=lambda c, p: spans) == "[A]"


def test_the_detector_sees_what_stood_before():
    seen = []
    screened("your code is now 77 a b c", detect=lambda c, p: seen.append((c, p)) or [])
    assert ("your code ", "is ") in seen
    assert all(c + p in "your code is now 77 a b c" for c, p in seen)


def test_chinese_does_not_wait_for_spaces():
    one = screen()
    assert one.feed("你好，今天天气很好，我们走吧，") == "你好，今天天气很好，"
