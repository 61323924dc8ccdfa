"""The characters that a pattern can take: a class beyond Latin is not an empty one."""

import pytest

from guard.detect.backtracking import charset, parse
from guard.detect.prefilter import Need, need


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("[0-3]", {48, 49, 50, 51}),
        ("[\u3400-\u9fff]", {-1}),
        ("[z-\u9fff]", {*range(122, 256), -1}),
        ("\u674e", {-1}),
        ("[\u00ff-\u0100]", {255, -1}),
    ],
)
def test_charset(pattern, taken):
    ((op, av),) = parse(pattern)
    assert charset(op, av) == taken


def test_han_characters_are_no_digits_to_the_prefilter():
    assert need("[\u3400-\u9fff]{2}x", ignore_case=False) == Need(0, 0, 0, "x", lead=3)
