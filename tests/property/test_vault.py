"""Laws of the vault: one to one, back again whatever surrounds it, nobody else's, sticky."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guard import data
from guard.detect import Detector, DetectorCatalogue
from guard.obligations import treat
from guard.regions import Regions
from guard.types import Segment, Tag
from guard.vault import Vault

CATEGORIES = Regions.load([data.root("regions")]).categories
LABELS = {name: row.placeholder for name, row in CATEGORIES.items()}
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DOCUMENTATION = [
    "240.100.100.100",
    "2001:db8::1",
    "x@abcdef.pseudonym.invalid",
    "XX",
    "+999",
    "9999",
]
VALUES = {
    "EMAIL": st.from_regex(r"[a-z0-9.]{1,8}@[a-z]{1,8}\.de", fullmatch=True),
    "PHONE": st.from_regex(r"\+[0-9]{5,15}", fullmatch=True),
    "IP": st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str),
    "URL": st.from_regex(r"https?://[a-z]{1,9}\.de/[a-z?=]{0,9}", fullmatch=True),
    "CARD": st.from_regex(r"[0-9]{13,16}", fullmatch=True),
    "IBAN": st.from_regex(r"[A-Z]{2}[0-9]{20}", fullmatch=True),
    "NAME": st.text(min_size=1),
    "TAX_ID": st.text(min_size=1),
}
FINDINGS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda label: st.tuples(st.just(label), VALUES[label])
)
AROUND = st.one_of(
    st.sampled_from(["", "", "s", "X", "_", "0", "9", "EMAIL_", "先生", "\ud800", "https://", "@"]),
    st.text(max_size=5),
)
PERSONAL = [
    "anna.schmidt@beispiel.de",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "192.168.17.23",
    "fe80::dead:beef",
    "+49 30 90269 0",
    "+1 415 555 2671",
]
ORDINARY = [*PERSONAL, "https://haus.de/anna", "the weather is fine", "客户", "2026-11-22",
            "11010519491231002X", *DOCUMENTATION]  # fmt: skip


def vault(path=":memory:", **more):
    return Vault(path, bytes(range(32)), ttl=timedelta(days=30), clock=lambda: NOW, **more)


@pytest.fixture(scope="module")
def detector():
    return Detector(DetectorCatalogue.load([data.root("detectors")]), ner=False)


@given(st.lists(st.tuples(FINDINGS, st.booleans()), min_size=1))
def test_one_value_one_token_and_one_token_one_value(found):
    v = vault()
    by_token, by_value = {}, {}
    for turn in (found, found[::-1]):
        with v.conversation("c") as tokenise:
            for (label, value), preserve in turn:
                token = tokenise(label, value, preserve=preserve)
                assert by_token.setdefault(token, value) == value
                assert by_value.setdefault((label, value, preserve), token) == token
                assert token != value
    assert v.live("c", by_token) == by_token
    assert v.live("c", [" ".join(by_token)]) == by_token


@given(st.lists(st.tuples(AROUND, FINDINGS, AROUND)))
def test_tokens_come_back_whatever_they_touch(parts):
    v = vault(preserve=True)
    with v.conversation("c") as tokenise:
        sent = "".join(f"{a}{tokenise(*found)}{b}" for a, found, b in parts)
    assert v.restore(sent, "c") == "".join(f"{a}{found[1]}{b}" for a, found, b in parts)


@given(st.lists(FINDINGS, min_size=1), st.lists(AROUND))
def test_what_another_conversation_was_given_stays(found, around):
    v = vault(preserve=True)
    with v.conversation("theirs") as tokenise:
        tokens = [tokenise(*one) for one in found]
    with v.conversation("mine") as tokenise:
        for one in found:
            tokenise(*one)
    text = " ".join((*around, *tokens, *around))
    assert v.restore(text, "mine") == text
    assert v.live("mine", [text]) == {}


@given(st.text())
@example("EMAIL_0123456789AB abcdefghij@abcdef.pseudonym.invalid +999123456789012 240.100.100.100")
def test_no_text_is_changed_by_a_vault_that_gave_nothing(text):
    v = vault()
    with v.conversation("c") as tokenise:
        tokenise("EMAIL", "anna@haus.de")
        assert tokenise.spans(text) == ()
    assert v.restore(text, "c") == text
    assert v.live("c", [text]) == {}


@settings(max_examples=40)
@given(turns=st.lists(st.lists(st.sampled_from(ORDINARY), max_size=6).map(" ; ".join), min_size=1,
                      max_size=3))  # fmt: skip
@example(turns=["anna.schmidt@beispiel.de ; 192.168.17.23", "192.168.17.23 ; +1 415 555 2671"])
def test_a_detector_that_finds_stand_ins_again_does_no_harm(detector, turns):
    """Each turn repeats the treated text of the turns before, as agents do."""
    v = vault(preserve=True)
    history, said = "", ""
    for turn in turns:
        text = f"{history}{turn}\n"
        said += f"{turn}\n"
        before = (Segment("", text),)
        found = detector.detect(before)
        with v.conversation("c") as tokenise:
            done = treat(before, found.findings, labels=LABELS, tokenise=tokenise,
                         detect=detector.detect, known=tokenise.spans)  # fmt: skip
        assert done.segments[0].text.startswith(history)
        history = done.segments[0].text
        assert v.restore(history, "c") == said
        assert not any(value in history for value in PERSONAL)
        live = v.live("c", [history])
        assert set(live) <= {history[a:b] for a, b in done.tokens[""]} or not history
        assert all(value in said for value in live.values())


def test_a_stand_in_that_the_text_holds_already_is_given_to_nobody():
    v = vault(preserve=True)
    with v.conversation("c") as tokenise:
        first = tokenise("IP", "10.0.0.1")
        # Not written: what stands in the text now is somebody's own words.
        tokenise.fresh.clear()
    with v.conversation("c") as tokenise:
        assert tokenise.spans(f"use {first} only") == ()
        second = tokenise("IP", "10.0.0.1")
        assert second != first
    assert v.restore(f"{first} {second}", "c") == f"{first} 10.0.0.1"
    with v.conversation("c") as tokenise:
        assert tokenise("IP", "10.0.0.1") == second


def test_a_value_that_stands_in_the_payload_is_no_stand_in():
    v = vault(preserve=True)
    with v.conversation("c") as tokenise:
        first = tokenise("IP", "10.0.0.1")
        tokenise.fresh.clear()
    with v.conversation("c") as tokenise:
        other = tokenise("IP", first)
        assert tokenise("IP", "10.0.0.1") not in {first, other}


MET = st.builds(
    Tag,
    instrument=st.sampled_from(["eu_gdpr", "cn_pipl", "uk_gdpr"]),
    trigger=st.sampled_from(["declared", "finding"]),
    jurisdiction=st.sampled_from(["DE", "CN"]),
    strength=st.integers(0, 100),
    evidence=st.sampled_from(["declared", "identity.name"]),
)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sets(MET, max_size=3), st.booleans())))
def test_what_was_met_is_the_union_of_all_that_was(steps):
    v = vault()
    union = {name: frozenset() for name in "abc"}
    for name, tags, look in steps:
        union[name] |= tags
        assert v.sessions.meet(name, tags) == union[name]
        if look:
            assert {n: v.sessions.met(n) for n in union} == union
    assert {n: v.sessions.met(n) for n in union} == union


@settings(max_examples=10)
@given(st.lists(st.sets(MET, min_size=1, max_size=4), min_size=2, max_size=8))
def test_no_order_and_no_threads_lose_a_tag(tmp_path_factory, met):
    path = tmp_path_factory.mktemp("v") / "v"
    vaults = [vault(path), vault(path)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: vaults[n % 2].sessions.meet("s", met[n]), range(len(met))))
    assert vaults[0].sessions.met("s") == frozenset().union(*met)
    for one in vaults:
        one.close()
