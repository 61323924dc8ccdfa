"""Texts as they come: the same whatever the chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.dialects import named
from guard.dialects.plain import PLAIN
from guard.doors.prose import Prose, is_sealed, is_text
from guard.errors import InputError

TOKEN = "EMAIL_FD5YBQRQ8TFD"
VALUES = {TOKEN: "änna&co"}
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
TEXT = f"to {TOKEN}, {TOKEN[:7]} and äöü {TOKEN}"


def never(raw, passages):
    raise AssertionError("it is no document")


def through(content_type, data, cuts):
    prose = Prose(content_type, VALUES, None, never)
    cuts = sorted({min(cut, len(data)) for cut in cuts})
    parts = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return b"".join([*map(prose.feed, parts), prose.close()]).decode()


@given(st.lists(st.integers(0, 80)))
def test_chunks_make_no_difference(cuts):
    whole = TEXT.replace(TOKEN, "änna&co")
    assert through("text/plain", TEXT.encode(), cuts) == whole


@given(st.lists(st.integers(0, 80)))
def test_values_are_escaped_in_markup(cuts):
    whole = TEXT.replace(TOKEN, "änna&amp;co")
    assert through("text/html; charset=UTF-8", TEXT.encode(), cuts) == whole


@pytest.mark.parametrize("data", [b"\xff", b"\xc3", *map('{"a": "b"}'.encode, WIDE)])
def test_what_is_not_utf_8_is_refused(data):
    prose = Prose("text/plain", {}, None, never)
    with pytest.raises(InputError):
        prose.feed(data) + prose.close()
    with pytest.raises(InputError):
        Prose("text/plain; charset=latin-1", {}, None, never)


@pytest.mark.parametrize(
    ("kind", "text", "sealed", "sealed_plain"),
    [
        ("text/plain", True, False, False),
        ("text/event-stream", False, False, False),
        ("application/xml", True, False, False),
        ("image/svg+xml", True, False, False),
        ("image/png", False, False, True),
        ("application/json", False, False, False),
        ("application/pdf", False, False, True),
        ("application/vnd.amazon.eventstream", False, False, True),
        ("", False, False, False),
    ],
)
def test_kinds(kind, text, sealed, sealed_plain):
    assert is_text(kind) is text
    assert is_sealed(kind, named("openai.chat")) is sealed
    assert is_sealed(kind, PLAIN) is sealed_plain
