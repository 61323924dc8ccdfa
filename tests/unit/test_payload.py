"""Walking and rebuilding: every string is a segment, and every rewritten one lands in its place."""

import collections
import datetime as dt
import math
from typing import NamedTuple

import pytest

from guard.errors import InputError, ObligationError
from guard.payload import MAX_DEPTH, copied, rebuild, resolve, segments, segments_of

MAIL = "anna@beispiel.de"


class Pair(NamedTuple):
    left: str
    right: str


class Sly(dict):
    """A dictionary that shows one thing to who indexes it and another to who iterates."""

    def items(self):
        return iter(())


class SlyList(list):
    def __iter__(self):
        return iter(())


def texts(document):
    return {s.pointer: s.text for s in segments(copied(document))}


@pytest.mark.parametrize(
    "document",
    [
        collections.OrderedDict(a=MAIL),
        collections.defaultdict(str, a=MAIL),
        collections.UserDict(a=MAIL).data,
        Sly(a=MAIL),
        {"a": collections.OrderedDict(b=MAIL)},
        Pair("x", MAIL),
        [Pair(MAIL, "y")],
        SlyList([MAIL]),
    ],
)
def test_subclasses_of_containers_hide_nothing(document):
    """What a subclass does not show cannot be scanned, so it must not be released either."""
    plain = copied(document)
    assert type(plain) in {dict, list}
    assert (MAIL in texts(document).values()) == (MAIL in str(plain))
    assert not any(MAIL in str(value) for value in _released(plain))


def _released(plain):
    done = rebuild(plain, {s.pointer: "[EMAIL_1]" for s in segments(plain)})
    return done.values() if isinstance(done, dict) else done


@pytest.mark.parametrize(
    "document",
    [
        b"bytes",
        {"a": object()},
        {1: "x"},
        {None: "x"},
        {"a": {"b"}},
        {"a": dt.date(2026, 1, 1)},
        {"a": math.nan},
        [math.inf],
        collections.UserString(MAIL),
        type("Name", (str,), {})(MAIL),
        {type("Name", (str,), {})(MAIL): 1},
    ],
)
def test_what_is_not_json_is_refused_without_quoting_it(document):
    with pytest.raises(InputError) as caught:
        copied(document)
    assert MAIL not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        *(("messages", True), ("customerEmail", True), ("$defs", True), ("a.b-c_d", True)),
        *(("x/y", True), ("prénom", True), ("", True), ("a" * 64, True)),
        *(("Maria Garcia", False), ("李军", False), ("Иван", False), (MAIL, False)),
        *(("0151234567", False), ("a" * 65, False), ("a\nb", False), ("a\u00a0b", False)),
    ],
)
def test_a_members_name_that_may_be_a_persons_is_scanned(name, plain):
    found = segments({name: "value"})
    assert [s.text for s in found] == (["value"] if plain else [name, "value"])
    assert rebuild({name: "value"}, {"/~k0": "x"}) == ({name: "value"} if plain else {"x": "value"})


def test_a_name_with_a_space_still_says_what_its_value_is():
    """Detectors that need a context word would be blind without it."""
    assert segments({"Personal Number": "4711"})[1].context == ("personal", "number")


def test_columns_of_a_data_set_keep_their_names():
    assert [s.pointer for s in segments_of({"First name": "x"})] == ["/First name"]


def nested(depth):
    document = MAIL
    for _ in range(depth):
        document = [document]
    return document


def test_depth_has_one_limit():
    assert segments(copied(nested(MAX_DEPTH)))[0].text == MAIL
    for depth in (MAX_DEPTH + 1, MAX_DEPTH + 2, 100_000):
        with pytest.raises(InputError, match="deeper"):
            copied(nested(depth))


def test_a_document_that_holds_itself_is_refused():
    document = {}
    document["again"] = document
    with pytest.raises(InputError, match="deeper"):
        copied(document)


def test_what_the_caller_changes_later_is_not_released():
    document = {"messages": [{"content": "hello"}]}
    mine = copied(document)
    document["messages"].append({"content": MAIL})
    document["messages"][0]["content"] = MAIL
    assert MAIL not in str(rebuild(mine, {}))


def test_two_members_never_get_one_name():
    document = {MAIL: "a", "bob@beispiel.de": "b"}
    with pytest.raises(ObligationError, match="one name"):
        rebuild(document, {"/~k0": "[EMAIL_1]", "/~k1": "[EMAIL_1]"})
    with pytest.raises(ObligationError, match="one name"):
        rebuild({**document, "[EMAIL_1]": "c"}, {"/~k0": "[EMAIL_1]"})


def test_numbers_become_text_only_where_they_were_rewritten():
    document = {"card": 4111111111111111, "whole": 4111111111111111.0, "n": 7, "big": 10**40}
    said = texts(document)
    card = "4111111111111111"
    assert said == {"/card": card, "/whole": card, "/big": "1" + 40 * "0"}
    done = rebuild(document, {**said, "/card": "[CARD_1]"})
    assert done == {**document, "card": "[CARD_1]"}
    assert type(done["whole"]) is float


def test_every_segment_can_be_found_again():
    document = {"a/b": {"~": ["x", {"": "y"}]}, MAIL: {"": "z"}, "": "w"}
    for segment in segments(copied(document)):
        assert resolve(document, segment.pointer) == segment.text
    with pytest.raises(KeyError):
        resolve(document, "/nowhere")
