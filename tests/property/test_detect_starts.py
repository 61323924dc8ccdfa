"""Patterns are tried only where they can match, and national numbers only where they can be valid:
neither may change what is found."""

import re

import phonenumbers
import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guard.data import root
from guard.detect import DetectorCatalogue
from guard.detect.context import ContextWords, plain
from guard.detect.numbering import possible, valid
from guard.detect.opening import head, opening
from guard.detect.phone import BARE, TRUNK
from guard.detect.starts import Starts
from guard.detect.textfold import fold
from guard.errors import DetectionError

CATALOGUE = DetectorCatalogue.load([root("detectors")])
SPECS = list(CATALOGUE.detectors.values())
PATTERNS = [
    pytest.param(spec, index, id=f"{spec.id}-{index}")
    for spec in SPECS
    for index in range(len(spec.patterns))
]
STARTS = Starts(SPECS, timeout_s=60)


def calm(examples):
    every = list(HealthCheck)
    return settings(deadline=None, max_examples=examples, suppress_health_check=every)


FILLER = st.text(st.sampled_from("0123456789 -./:()ABKxyz年，の\n"), max_size=30)


def everywhere(spec, index, text):
    flags = regex.IGNORECASE if spec.ignore_case else 0
    found = regex.compile(spec.patterns[index].regex, flags).finditer(text, overlapped=True)
    return {match.start() for match in found}


@pytest.mark.parametrize(("spec", "index"), PATTERNS)
def test_the_starts_are_all_the_starts(spec, index):
    flags = re.IGNORECASE if spec.ignore_case else 0

    @calm(15)
    @given(
        st.lists(st.from_regex(re.compile(spec.patterns[index].regex, flags)) | FILLER, max_size=4),
        st.sampled_from(["", " ", "\n", "，"]),
    )
    def holds(parts, between):
        text = fold(between.join(parts))
        # Its context words as the name of a column: so none is left out for want of context.
        _, hits = STARTS.of(text, spec.words)
        assert set(hits.get((spec.id, index), ())) == everywhere(spec, index, text)

    holds()


@calm(100)
@given(st.lists(FILLER, max_size=8))
def test_no_pattern_misses_a_start_among_digits(parts):
    text = "".join(parts)
    every = [word for spec in SPECS for word in spec.words]
    names, hits = STARTS.of(text, every)
    for spec in SPECS:
        for index in range(len(spec.patterns)):
            found = everywhere(spec, index, text)
            assert set(hits.get((spec.id, index), ())) == found
            assert not found or spec.id in names


def test_most_patterns_know_their_places():
    """What searches the whole text is the exception; a rule that derives nothing would be one."""
    assert len(STARTS._placed) > 5 * len(STARTS._others)


def test_it_ends_in_time():
    hurried = Starts(SPECS, timeout_s=1e-9)
    with pytest.raises(DetectionError, match="longer"):
        hurried.of("4111 1111 1111 1111 " * 500, ())


EDGE = "(?<![0-9A-Za-z])"


@pytest.mark.parametrize(
    ("pattern", "ignore_case", "chars"),
    [
        (EDGE + "[0-2]x", False, "012"),
        (EDGE + "(?:ab|C?[78])", False, "aC78"),
        (EDGE + "a", True, "aA"),
        (EDGE + "(?<![0-9][-.:])(?=9)[89]", False, "89"),
        (r"(?<![0-9A-Za-z_@])4", False, "4"),
        ("[0-2]x", False, ""),
        ("(?<![0-9])[0-2]", False, ""),
        ("(?![0-9A-Za-z])[0-2]", False, ""),
        (EDGE + "[0-9-]", False, ""),
        (EDGE + "\\+?[0-9]", False, ""),
        (EDGE + "(?:1)?", False, ""),
        (EDGE + ".1", False, ""),
        (EDGE + "[^a]1", False, ""),
        (EDGE + "(?i:a)", False, ""),
        ("(?i)" + EDGE + "a", False, ""),
        (EDGE + "é", False, ""),
        ("1" + EDGE + "2", False, ""),
    ],
)
def test_what_a_pattern_begins_with(pattern, ignore_case, chars):
    assert opening(pattern, ignore_case=ignore_case) == set(chars)


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("[0-9]{3}[ -][0-9]{4}", 3),
        (EDGE + "[0-9]{3,5}[A-Z]?[0-9]{4}", 7),
        ("[A-Z]{2} ?[0-9]{2}", 2),
        ("(?:DE|FRA)[0-9]", 3),
        ("(?:DE|F-)[0-9]{9}", 1),
        ("(?:[0-9][ ]?){3}", 1),
        ("(?:[0-9][A-Z]){3}x", 7),
        ("(?:12 ){0,3}5", 0),
        ("(?P<value>[0-9]{5})(?![0-9])x", 6),
        ("[-0-9]1", 0),
        (".1", 0),
        ("é1", 0),
    ],
)
def test_with_how_many_letters_and_digits_it_begins(pattern, count):
    assert head(pattern) == count


# ------------------------------------------------------------------ national numbers

REGIONS = tuple(dict.fromkeys(TRUNK + BARE))
PREFIXES = st.sampled_from(["", "0", "1", "90", "015", "0151", "183", "1831", "18002", "00", "010",
                            "003768", "000", "99", "0161"])  # fmt: skip
CODES = st.sampled_from(["", *(str(phonenumbers.country_code_for_region(r)) for r in REGIONS)])
NATIONAL = st.builds(
    lambda region, cut: str(phonenumbers.example_number(region).national_number)[cut:],
    st.sampled_from(REGIONS),
    st.sampled_from([0, 0, 0, 1]),
) | st.text("0123456789", min_size=4, max_size=14)
BREAK = st.tuples(st.integers(0, 14), st.sampled_from(["", " ", "-", ".", "/", ") ", "\u00a0"]))
EXTENSION = st.sampled_from(["", "", "", " x12", " ext. 3", "#45", " extension 7"])


def broken(digits, cut):
    at, mark = cut
    return digits[:at] + mark + digits[at:]


def asked(value, region):
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number_for_region(number, region)


@calm(400)
@given(PREFIXES, CODES, NATIONAL, BREAK, EXTENSION)
def test_no_number_is_ruled_out_that_the_library_calls_valid(
    prefix, code, national, cut, extension
):
    value = broken(prefix + code + national, cut) + extension
    for region in REGIONS:
        assert valid(value, (region,)) == asked(value, region), region


@pytest.mark.parametrize(
    ("value", "region"),
    [
        ("030 901820", "DE"),
        ("49 30 901820", "DE"),  # the calling code without a plus
        ("44 0 20 7946 0958", "GB"),  # and the trunk prefix behind it
        ("41 0 0 21 234 56 78", "CH"),  # and twice
        ("86 0 010 1234 5678", "CN"),
        ("015 11 2345 6789", "BR"),  # a carrier's code, which the plan's rule takes off
        ("55 015 11 2345 6789", "BR"),
        ("010 81 3 3581 0011", "JP"),  # behind a prefix for calls abroad
        ("020 7946 0958 x12", "GB"),  # with an extension
    ],
)
def test_what_the_library_takes_off_the_front(value, region):
    assert asked(value, region)
    assert list(possible(value, (region,))) == [region]


def test_most_regions_are_ruled_out():
    """Otherwise it would be as slow as asking for each."""
    assert list(possible("4111 1111 1111 1111", REGIONS)) == []
    assert "DE" in list(possible("(030) 901820", REGIONS))
    assert len(list(possible("(030) 901820", REGIONS))) < 12


# ------------------------------------------------------------------ context words

LETTER = "0-9a-z\u00df-\u024f\u0370-\u052f\u0900-\u097f\u0600-\u06ff"


def one_by_one(word, text):
    """A word of a script with spaces as a whole word, another anywhere."""
    if any(ord(c) >= 0x2E80 for c in word):
        return word in text
    left = f"(?<![{LETTER}])" if word[0].isalnum() else ""
    right = f"(?![{LETTER}])" if word[-1].isalnum() else ""
    return re.search(left + re.escape(word) + right, text) is not None


def words_of(spec):
    """Words of a detector, whole and cut, and what may stand between them."""
    words = st.sampled_from(spec.words)
    parts = words | words.map(lambda w: w[1:]) | st.text("ab .-_0éя号", max_size=4)
    return st.tuples(st.just(spec), st.lists(parts, max_size=4))


@calm(150)
@given(
    st.sampled_from([spec for spec in SPECS if spec.words]).flatmap(words_of),
    st.sampled_from(["", " ", "x", "-"]),
)
def test_words_together_are_the_words_one_by_one(drawn, between):
    spec, parts = drawn
    text = plain(between.join(parts))[:80]
    words = ContextWords(spec.words)
    assert words.near(text, len(text), len(text)) == any(one_by_one(w, text) for w in words.words)
