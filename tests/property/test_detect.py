"""Laws of detection: offsets, disjointness, batch, Han neighbours, and a sound prefilter."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guard.data import root
from guard.detect import Detector, DetectorCatalogue
from guard.detect.prefilter import Features, need
from guard.detect.textfold import fold, latin
from guard.types import Segment

CATALOGUE = DetectorCatalogue.load([root("detectors")])
EXAMPLES = [
    (spec.id, example.value)
    for spec in CATALOGUE.detectors.values()
    if spec.engine == "pattern" and not spec.needs_context
    for example in spec.match
    # Where a value of Han characters begins among Han characters, nothing shows.
    if not "\u3400" <= example.value[0] <= "\u9fff"
]
PATTERNS = [
    pytest.param(spec, pattern, id=f"{spec.id}-{i}")
    for spec in CATALOGUE.detectors.values()
    for i, pattern in enumerate(spec.patterns)
]
# What may stand beside a value without becoming part of it.
BOUNDARY = st.sampled_from(["\n", "，", "。", "身", "号", "の", "는", " ", "🙂"])
AROUND = st.text(st.characters(exclude_categories=[]), max_size=40)
CALM = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def detector():
    return Detector(CATALOGUE)


@pytest.fixture(scope="module")
def unfiltered():
    return Detector(CATALOGUE, ner=False, prefilter=False)


@pytest.fixture(scope="module")
def patterns_only():
    return Detector(CATALOGUE, ner=False)


@CALM
@given(AROUND, BOUNDARY, BOUNDARY, AROUND)
def test_offsets_survive_any_text_around_a_mail_address(detector, before, left, right, after):
    value = "anna.schmidt@beispiel.de"
    text = before + left + value + right + after
    spans = {(f.start, f.end) for f in detector.detect([Segment("", text)]).findings}
    start = len(before + left)
    assert (start, start + len(value)) in spans


@CALM
@given(AROUND, BOUNDARY, BOUNDARY, AROUND)
def test_offsets_survive_any_text_around_an_identity_number(detector, before, left, right, after):
    # Digits just beyond the boundary could make another number of it.
    assume(not re.search(r"\w{0,3}$", fold(before)).group().isdecimal())
    assume(not re.match(r"\w{0,3}", fold(after)).group().isdecimal())
    value = "11010519491231002X"
    text = before + left + value + right + after
    start = len(before + left)
    spans = {(f.start, f.end) for f in detector.detect([Segment("", text)]).findings}
    assert (start, start + len(value)) in spans


@CALM
@given(st.lists(st.sampled_from([value for _, value in EXAMPLES]) | AROUND, max_size=6))
def test_findings_never_overlap_and_lie_inside(detector, parts):
    text = " ".join(parts)
    findings = detector.detect([Segment("", text)]).findings
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert all(a.end <= b.start for a, b in itertools.pairwise(findings))


@CALM
@given(
    st.lists(st.lists(st.sampled_from([v for _, v in EXAMPLES]) | AROUND, max_size=3), max_size=4)
)
def test_batch_is_one_by_one(detector, payloads):
    segments = [[Segment(f"/{i}", t) for i, t in enumerate(texts)] for texts in payloads]
    assert detector.detect_batch(segments) == [detector.detect(s) for s in segments]


@pytest.mark.parametrize(("name", "value"), EXAMPLES)
def test_every_example_is_found_between_han_characters(patterns_only, name, value):
    text = f"客户资料{value}已经核实"
    found = patterns_only.detect([Segment("", text)]).findings
    assert (4, 4 + len(value)) in {(f.start, f.end) for f in found}, name


@pytest.mark.parametrize(("spec", "pattern"), PATTERNS)
def test_the_prefilter_lets_through_whatever_a_pattern_matches(spec, pattern):
    implied = need(pattern.regex, ignore_case=spec.ignore_case)
    flags = re.IGNORECASE if spec.ignore_case else 0

    @settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(pattern.regex, flags)))
    def holds(text):
        assert Features(fold(text)).allow(implied)

    holds()


@CALM
@given(st.lists(st.sampled_from([v for _, v in EXAMPLES]) | AROUND, max_size=6), st.booleans())
def test_findings_are_equal_with_and_without_the_prefilter(
    patterns_only, unfiltered, parts, in_context
):
    words = ("ssn", "tax id", "passport", "account number") if in_context else ()
    segment = Segment("", "，".join(parts), words)
    assert patterns_only.detect([segment]).findings == unfiltered.detect([segment]).findings


def test_findings_of_all_examples_are_equal_without_the_prefilter(patterns_only, unfiltered):
    texts = [e.text for s in CATALOGUE.detectors.values() for e in s.match]
    texts += [text for s in CATALOGUE.detectors.values() for text in s.no_match]
    payloads = [[Segment("", text)] for text in [*texts, "\n".join(texts)]]
    with_, without = patterns_only.detect_batch(payloads), unfiltered.detect_batch(payloads)
    assert [d.findings for d in with_] == [d.findings for d in without]


@CALM
@given(st.text(st.characters(exclude_categories=[])))
def test_views_keep_every_offset(text):
    assert len(fold(text)) == len(text)
    assert len(latin(text)) in {0, len(text)}
    latin(text).encode()
