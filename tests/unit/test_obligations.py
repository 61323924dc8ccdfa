"""Treatment: what is found is replaced, and nothing remains."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guard.errors import ObligationError
from guard.obligations import Redactor, treat
from guard.types import Detected, Detection, Finding, Segment

DETECTION = Detection(complete=True, ner=False, languages=(), skipped=(), revision="0" * 64)
LABELS = {"contact.email": "EMAIL", "identity.number": "ID"}
MAIL = re.compile(r"[a-z]+@[a-z]+\.de")
NUMBER = re.compile(r"\d{6,}")


def detect(segments, complete=True):
    """A small real detector: addresses, long numbers, and places (which nobody treats)."""
    findings = [
        Finding(category, s.pointer, m.start(), m.end(), 1.0, "test")
        for s in segments
        for category, pattern in (
            ("contact.email", MAIL),
            ("identity.number", NUMBER),
            ("location.place", re.compile("Berlin")),
        )
        for m in pattern.finditer(s.text)
    ]
    findings.sort(key=lambda f: (f.pointer, f.start))
    return Detected(tuple(findings), DETECTION.model_copy(update={"complete": complete}))


def redact(*texts):
    segments = [Segment(f"/{i}", t) for i, t in enumerate(texts)]
    return treat(
        segments,
        detect(segments).findings,
        labels=LABELS,
        tokenise=Redactor(),
        detect=detect,
    )


def test_equal_values_get_equal_labels_across_segments():
    done = redact("an anna@haus.de und bob@haus.de", "wieder anna@haus.de in Berlin")
    assert [s.text for s in done.segments] == [
        "an [EMAIL_1] und [EMAIL_2]",
        "wieder [EMAIL_1] in Berlin",
    ]
    assert done.replaced == 3
    assert [done.segments[0].text[a:b] for a, b in done.tokens["/0"]] == ["[EMAIL_1]", "[EMAIL_2]"]


def test_what_appears_only_after_the_first_pass_is_treated_too():
    segments = [Segment("", "x anna@haus.de 123456")]
    only_mail = [f for f in detect(segments).findings if f.category == "contact.email"]
    done = treat(segments, only_mail, labels=LABELS, tokenise=Redactor(), detect=detect)
    assert done.segments[0].text == "x [EMAIL_1] [ID_1]"


def test_a_token_that_looks_like_data_is_not_treated_for_ever():
    done = treat(
        [Segment("", "123456")],
        detect([Segment("", "123456")]).findings,
        labels=LABELS,
        tokenise=lambda label, value: "99999999",
        detect=detect,
    )
    assert done.segments[0].text == "99999999"


def test_a_finding_that_reaches_beyond_a_token_loses_the_rest():
    def greedy(segments):
        return Detected(
            tuple(
                Finding("contact.email", s.pointer, 0, len(s.text), 1.0, "test")
                for s in segments
                if s.text.strip("[]EMAIL_0123456789")
            ),
            DETECTION,
        )

    segments = [Segment("", "anna@haus.de rest")]
    done = treat(
        segments,
        detect(segments).findings,
        labels=LABELS,
        tokenise=Redactor(),
        detect=greedy,
    )
    assert "rest" not in done.segments[0].text


def test_an_earlier_token_is_not_treated_again():
    """Turn two quotes turn one: a pseudonym of a pseudonym would not come back."""
    segments = [Segment("", "as 99999999 wrote: 123456")]
    done = treat(
        segments,
        detect(segments).findings,
        labels=LABELS,
        tokenise=lambda label, value: f"<{value}>",
        detect=detect,
        known=lambda text: ((3, 11),),
    )
    assert done.segments[0].text == "as 99999999 wrote: <123456>"
    assert done.replaced == 1


@pytest.mark.parametrize(
    ("text", "other", "left"),
    [
        ("call 123456", "it is 123456xyz", "it is #xyz"),
        ("call 123456", "9123456", "9#"),
        ("call 12345", "x12345x", "x12345x"),
        ("by secret", "secretly", "secretly"),
    ],
)
def test_a_value_is_replaced_wherever_it_stands(text, other, left):
    """A letter that touches it hides it from the detector; a word may be part of another word."""
    value = text.split()[1]
    start = text.index(value)
    done = treat(
        [Segment("/0", text), Segment("/1", other)],
        [Finding("contact.email", "/0", start, start + len(value), 1.0, "t")],
        labels=LABELS,
        tokenise=lambda label, value: "#",
        detect=lambda s: Detected((), DETECTION),
    )
    assert [segment.text for segment in done.segments] == [text.replace(value, "#"), left]


SPANS = st.lists(st.integers(0, 12), unique=True).map(sorted)


@given(st.text(min_size=12, max_size=12), SPANS, st.text(max_size=3))
def test_tokens_land_exactly_where_the_findings_were(text, cuts, token):
    """Code points, not bytes or UTF-16 units: astral characters count once."""
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    kept = [0, *(at for span in spans for at in span), len(text)]
    outside = [text[a:b] for a, b in zip(kept[::2], kept[1::2], strict=True)]
    assume(not any(b - a >= 6 and text[a:b] in token.join(outside) for a, b in spans))
    findings = [Finding("contact.email", "", a, b, 1.0, "t") for a, b in reversed(spans)]
    done = treat(
        [Segment("", text)],
        findings,
        labels=LABELS,
        tokenise=lambda label, value: token,
        detect=lambda s: Detected((), DETECTION),
    )
    assert done.segments[0].text == token.join(outside)
    assert [done.segments[0].text[a:b] for a, b in done.tokens[""]] == [token] * len(spans)


def test_what_never_settles_is_refused():
    def one_at_a_time(segments):
        at = segments[0].text.find("y")
        found = (Finding("contact.email", "", at, at + 1, 1.0, "test"),) if at >= 0 else ()
        return Detected(found, DETECTION)

    segments = [Segment("", "y" * 20)]
    with pytest.raises(ObligationError, match="remain"):
        treat(
            segments,
            one_at_a_time(segments).findings,
            labels=LABELS,
            tokenise=Redactor(),
            detect=one_at_a_time,
        )


def test_text_that_cannot_be_scanned_again_is_refused():
    segments = [Segment("", "anna@haus.de")]
    with pytest.raises(ObligationError, match="scanned again"):
        treat(
            segments,
            detect(segments).findings,
            labels=LABELS,
            tokenise=Redactor(),
            detect=lambda s: detect(s, complete=False),
        )


def test_two_segments_with_one_pointer_are_refused():
    with pytest.raises(ObligationError, match="pointer"):
        treat(
            [Segment("", "a"), Segment("", "b")],
            [],
            labels=LABELS,
            tokenise=Redactor(),
            detect=detect,
        )


@given(st.lists(st.one_of(st.text(), st.sampled_from(["a@b.de", "1234567", " "])), max_size=8))
def test_nothing_remains_and_everything_else_stays(parts):
    text = "".join(parts)
    done = redact(text)
    treated = done.segments[0].text
    outside = "".join(
        treated[a:b]
        for a, b in zip(
            [0, *(b for _, b in done.tokens["/0"])],
            [*(a for a, _ in done.tokens["/0"]), len(treated)],
            strict=True,
        )
    )
    assert not MAIL.search(outside) or not any(
        f.category in LABELS for f in detect([Segment("", outside)]).findings
    )
    kept = MAIL.sub("", text)
    if not detect([Segment("", text)]).findings:
        assert treated == text
    elif not NUMBER.search(kept):
        assert outside == kept
