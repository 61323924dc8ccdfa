"""Putting a body together again."""

import sys

import pytest

from guard.dialects import named
from guard.errors import ObligationError
from tests.unit.dialects.places import texts

CHAT = named("openai.chat")


def body():
    return {
        "messages": [{"role": "user", "content": "Anna"}, {"role": "user", "content": "Bob"}],
        "metadata": {"a@b.de": {"n": 4111111111111111}, "c@d.de": "x", "plain": "y"},
    }


def test_only_what_changed_is_new():
    document = body()
    walked = CHAT.request(document)
    done = walked.rebuilt({"/messages/1/content": "[PERSON_1]", "/messages/0/content": "Anna"})
    assert done["messages"][1]["content"] == "[PERSON_1]"
    assert done["messages"][0] is document["messages"][0]
    assert done["metadata"] is document["metadata"]
    assert document == body()
    assert walked.rebuilt({}) is document


def test_names_are_replaced_in_their_order():
    walked = CHAT.request(body())
    assert texts(walked) == {
        "/messages/0/content": "Anna", "/messages/1/content": "Bob",
        "/metadata/~k0": "a@b.de", "/metadata/~v0/n": "4111111111111111",
        "/metadata/~k1": "c@d.de", "/metadata/~v1": "x", "/metadata/plain": "y",
    }  # fmt: skip
    done = walked.rebuilt({"/metadata/~k0": "[E_1]", "/metadata/~v0/n": "[CARD_1]",
                           "/metadata/~v1": "z"})  # fmt: skip
    assert list(done["metadata"].items()) == [
        ("[E_1]", {"n": "[CARD_1]"}), ("c@d.de", "z"), ("plain", "y"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "names", [{"/metadata/~k0": "[E]", "/metadata/~k1": "[E]"}, {"/metadata/~k0": "plain"}]
)
def test_two_members_with_one_name_are_refused(names):
    with pytest.raises(ObligationError, match="one name"):
        CHAT.request(body()).rebuilt(names)


def test_a_number_that_did_not_change_stays_one():
    walked = CHAT.request(body())
    done = walked.rebuilt({"/metadata/~v0/n": "4111111111111111", "/metadata/plain": "z"})
    assert done["metadata"]["a@b.de"]["n"] == 4111111111111111


@pytest.mark.parametrize("pointer", ["", "/messages", "/model", "/messages/7/content", "/x~j/a"])
def test_a_text_without_a_place_is_refused(pointer):
    with pytest.raises(ObligationError, match="place"):
        CHAT.request(body()).rebuilt({pointer: "x"})


def test_what_cannot_be_written_inside_a_string_is_refused():
    walked = CHAT.request({"messages": [{"role": "tool", "content": '{"a":"Anna"}'}]})
    with pytest.raises(ObligationError, match="JSON"):
        walked.rebuilt({"/messages/0/content~j/a": "\ud800"})


def test_what_is_too_deep_to_be_rewritten_is_refused():
    deep, pointer = "Anna", ""
    for _ in range(int(sys.getrecursionlimit() * 0.55)):
        deep, pointer = {"a": deep}, f"{pointer}/a"
    walked = CHAT.request({"messages": [], "metadata": deep})
    with pytest.raises(ObligationError, match="deep"):
        walked.rebuilt({f"/metadata{pointer}": "[PERSON_1]"})


def test_no_repr_holds_a_text():
    shown = repr(CHAT.request({**body(), "model": "Anna's own", "region": "by Bob"}))
    for text in ("Anna", "Bob", "a@b.de", "4111111111111111"):
        assert text not in shown
