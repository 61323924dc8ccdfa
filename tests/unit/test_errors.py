"""The tree: what is caught, and what is said."""

import pytest

from guard import errors


def test_refused_is_always_sufficient():
    for name in ("Denied", "Undecided", "DetectionError", "PolicyError", "ObligationError",
                 "RecordError"):  # fmt: skip
        assert issubclass(getattr(errors, name), errors.Refused)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.ConfigError("x", remedy="do y"), "x (do y)"),
        (errors.InputError("not JSON", file="a.jsonl", line=3, remedy="mend it"),
         "a.jsonl:3: not JSON (mend it)"),
        (errors.InputError("empty", file="a.csv"), "a.csv: empty"),
        (errors.InputError("too deep"), "too deep"),
    ],
)  # fmt: skip
def test_one_line_with_its_remedy(error, said):
    assert str(error) == said
