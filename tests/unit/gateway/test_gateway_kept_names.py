"""Names of what providers keep: they hold all that is known, and nobody else can make one."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.gateway.kept.names import FILES, Kept, Names, NotKept, is_id

NAMES = Names(b"k" * 32)
FILE = Kept("input", "assistant", "ab" * 16, "SENT_0123456789AB", "openai-us", "file-Abc.1:2")
WHATS = ("input", "results", "training", "file", "batch", "messages")
WORDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,60}", fullmatch=True)
THINGS = st.builds(
    Kept,
    what=st.sampled_from(WHATS),
    model=WORDS | st.just(""),
    conversation=st.binary(min_size=16, max_size=16).map(bytes.hex),
    sent=WORDS | st.just(""),
    upstream=WORDS,
    id=WORDS,
)


@given(THINGS, WORDS)
def test_a_name_says_all_that_it_was_made_of(kept, tenant):
    name = NAMES.name(tenant, kept)
    assert NAMES.kept(tenant, name, {kept.what}) == kept
    assert NAMES.name(tenant, kept) == name
    assert NAMES.marked(tenant, NAMES.mark(tenant, kept)) == replace(kept, upstream="", id="")


@given(THINGS, WORDS, WORDS)
def test_what_one_tenant_was_given_is_no_name_of_another(kept, tenant, other):
    if tenant == other:
        return
    with pytest.raises(NotKept):
        NAMES.kept(other, NAMES.name(tenant, kept), {kept.what})
    assert NAMES.marked(other, NAMES.mark(tenant, kept)) is None


@given(THINGS, st.data())
def test_a_name_with_another_character_is_none(kept, data):
    name = NAMES.name("t", kept)
    at = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from("AZaz09-_").filter(lambda one: one != name[at]))
    with pytest.raises(NotKept):
        NAMES.kept("t", name[:at] + other + name[at + 1 :], {kept.what})


@given(st.text() | st.binary().map(lambda raw: "file-" + base64.urlsafe_b64encode(raw).decode()))
def test_what_nobody_gave_is_no_name(name):
    with pytest.raises(NotKept):
        NAMES.kept("t", name, FILES)
    assert NAMES.marked("t", name) is None


def test_a_name_of_one_kind_is_none_of_another():
    batch = NAMES.name("t", replace(FILE, what="batch"))
    assert batch.startswith("batch_")
    with pytest.raises(NotKept):
        NAMES.kept("t", batch, FILES)
    with pytest.raises(NotKept):
        NAMES.kept("t", batch.replace("batch_", "file-"), {"batch"})


def test_a_mark_is_no_name_and_a_name_no_mark():
    mark = NAMES.mark("t", FILE)
    with pytest.raises(NotKept):
        NAMES.kept("t", mark.replace("guard-", "file-"), FILES)
    assert NAMES.marked("t", NAMES.name("t", FILE).replace("file-", "guard-")) is None
    assert NAMES.marked("t", None) is None


def test_another_key_makes_other_names():
    with pytest.raises(NotKept):
        Names(b"o" * 32).kept("t", NAMES.name("t", FILE), FILES)


def test_names_stand_in_addresses_and_in_files_of_providers():
    name = NAMES.name("t", FILE)
    assert is_id(name.replace("-", "").replace("_", "")[:200])
    assert set(name) <= set(base64.urlsafe_b64encode(bytes(range(256))).decode())
    assert len(NAMES.mark("t", FILE)) < 512  # the most that a provider's metadata hold


@pytest.mark.parametrize(
    "value", ["", "a/b", "../x", "a?b", "a b", ".x", "a" * 201, "ü", "a\n", None, 7, "a%2fb"]
)
def test_what_could_be_another_address_is_no_id(value):
    assert not is_id(value)


def test_a_conversation_cannot_be_said_in_a_header():
    assert "\0" in FILE.named("t")
    assert FILE.named("t") != FILE.named("u")
