"""What is refused as open to catastrophic backtracking, and what is not."""

import pytest

from guard.detect.backtracking import weakness


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(a*)*b",
        r"(a|aa)+b",
        r"\w+@\w+",
        r"(?:[a-z]{1,20}){1,20}x",
        r"(?:[a-z]{1,9}){2,9}x",
        r"(?:a|ab|b){0,40}c",
        r"[a-z]{1,60}[a-z]{1,60}!",
        r"[a-z]{1,60}[a-z]?[a-z]{1,60}!",
        r"(?:[a-z]{1,60}b?)[a-z]{1,60}!",
        r"(a)\1{2,30}",
        r"[0-9]{1,5000}",
        r"(?:x?)",
        r"(",
    ],
)
def test_refused(pattern):
    assert weakness(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
        r"(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}",
        r"[A-Z]{2}[0-9]{2}(?:[ -]?[0-9A-Z]){11,30}",
        r"[a-z](?:[a-z.]{0,62}[a-z])?@(?:[a-z](?:[a-z-]{0,61}[a-z])?\.){1,8}[a-z]{2,24}",
        r"[a-z]{1,60}:[a-z]{1,60}",
    ],
)
def test_accepted(pattern):
    assert weakness(pattern) == ""
