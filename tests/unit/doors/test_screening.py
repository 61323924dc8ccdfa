"""What is skipped as prose is nothing that a detector could find."""

from __future__ import annotations

import pytest

from guard import data
from guard.detect import DetectorCatalogue
from guard.doors.screening import is_prose

CATALOGUE = DetectorCatalogue.load([data.verified("detectors")])
PATTERNS = [spec for spec in CATALOGUE.detectors.values() if spec.engine != "ner"]


@pytest.mark.parametrize("spec", PATTERNS, ids=lambda spec: spec.id)
def test_no_example_of_a_detector_is_prose(spec):
    for example in spec.match:
        start, end = example.span
        value = example.text[start:end]
        assert not is_prose(value)
        assert not is_prose(f"the {value} of it")


@pytest.mark.parametrize(
    "text", ["please", " and then, she said: no"[:15], "Grüße aus Köln! ", "他说。"]
)
def test_words_are_prose(text):
    assert is_prose(text)


@pytest.mark.parametrize("text", ["a1", "x@y", "DEUTDEFF", "aa:bb", "a" * 16, "ab-cd", "a_b", "٣"])
def test_what_may_be_part_of_a_value_is_not(text):
    assert not is_prose(text)
