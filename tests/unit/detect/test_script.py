"""What no model could read is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.detect.script import READ_BY, measure
from guard.detect.script import unread as unread_of


def unread(texts, languages):
    return unread_of(map(measure, texts), languages)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("plain", ()),
        ("Müller, Straße, Łódź, Nguyễn", ()),
        ("12:30 – 5 µm, ½, ²", ()),
        ("客户李军", ("script:han",)),
        ("Mr 王 alone", ()),
        ("军 李", ("script:han",)),
        ("α x β", ()),
        ("Привет", ("script:cyrillic",)),
        ("ありがとう東京", ("script:han", "script:hiragana")),
        ("שלום مرحبا", ("script:arabic", "script:hebrew")),
        ("ᚠᚢ", ("script:other",)),
        ("Αθήνα и Москва", ("script:cyrillic", "script:greek")),
    ],
)
def test_scripts_that_english_does_not_read(text, codes):
    assert unread([text], ["en"]) == codes


def test_a_language_reads_its_scripts():
    assert unread(["ありがとう東京", "客户李军"], ["ja"]) == ()
    assert unread(["客户李军"], ["zh", "en"]) == ()
    assert unread(["客户李军", "한국"], ["zh"]) == ("script:hangul",)
    assert unread(["客户李军"], []) == ("script:han",)


def test_a_name_in_two_columns_counts():
    assert unread(["李", "军"], ["en"]) == ("script:han",)
    assert unread(["α", "β"], ["en"]) == ()


@given(st.text())
def test_ascii_is_read_and_more_text_never_says_less(text):
    assert unread([text.encode("ascii", "ignore").decode()], []) == ()
    assert set(unread([text], ["en"])) <= set(unread([text, "客户李军"], ["en"]))
    assert all(code.startswith("script:") for code in unread([text], list(READ_BY)))
