"""Memory changes nothing but the time: any sequence of payloads gets the same answers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guard.data import root
from guard.detect import Detector, DetectorCatalogue
from guard.detect.memory import Memory
from guard.types import Segment

CATALOGUE = DetectorCatalogue.load([root("detectors")])
TEXTS = st.sampled_from([
    "Write to anna.schmidt@beispiel.de today.", "John Smith lives in Berlin.", "536904399",
    "客户李军，电话13812345678。", "李", "军", "Иван", "+44 20 7946 0958", "[EMAIL_1] wrote",
    "born on 1990-05-15", "", "x" * 120 + " anna@beispiel.de", "4111 1111 1111 1111",
]) | st.text(max_size=12)  # fmt: skip
CONTEXTS = st.sampled_from([(), (), ("customerSSN",), ("birth_date",), ("a", "b")])
PAYLOADS = st.lists(st.tuples(TEXTS, CONTEXTS), max_size=5)
CALLS = st.lists(st.tuples(PAYLOADS, st.sampled_from(["en", "en", "de", "zh"])), max_size=6)
CALM = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=[True, False], ids=["ner", "patterns"])
def pair(request):
    made = (
        Detector(CATALOGUE, ner=request.param, max_chars=100, memory=memory)
        for memory in (True, False)
    )
    return tuple(made)


def payload(parts):
    return [Segment(f"/{i}", text, context) for i, (text, context) in enumerate(parts)]


@CALM
@given(CALLS)
def test_any_calls_get_the_same_answers(pair, calls):
    remembering, forgetful = pair
    for parts, language in calls:
        given_ = payload(parts)
        assert remembering.detect(given_, language=language) == forgetful.detect(
            given_, language=language
        )


@CALM
@given(PAYLOADS, st.integers(1, 4))
def test_a_conversation_gets_the_same_answers(pair, turns, most):
    """Turn by turn, with a memory so small that it forgets in between."""
    remembering, forgetful = pair
    remembering._memory = Memory(remembering.revision, most=most)
    for n in range(len(turns) + 1):
        given_ = payload(turns[:n])
        assert remembering.detect(given_) == forgetful.detect(given_)
        assert remembering.detect(given_) == remembering.detect_batch([given_])[0]
