"""What came back, as the log has it: whatever a provider says of itself, a record and no text."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.gate.ended import Ended
from guard.gateway import served
from guard.log import record

DECISION, NAME = "0193d6a0-0000-7000-8000-000000000001", "0193d6a0-0000-7000-8000-00000000000b"


@dataclass
class Evidence:
    """What is read of `guard.gateway.served.Evidence`."""

    requested: dict = field(default_factory=dict)
    reported: dict = field(default_factory=dict)
    drift: tuple = ()


def written(**how):
    """The record as it would stand in the log."""
    ended = Ended(**{"decision": DECISION, "outcome": "whole", "dialect": "openai.chat",
                     "status": 200, **how})  # fmt: skip
    before, after = record.prepare(ended.record(NAME), "0" * 32)
    return record.parse(before + b"2026-11-22T08:00:00.000001Z" + after)


def test_numbers_are_upper_bounds():
    found = {"contact.email": 11, "contact.phone": 1, "identity.name": 0}
    item = written(received=0, delivered=1001, restored=10, found=found, took_us=1234)
    assert (item.received, item.delivered, item.restored, item.dur_us) == (0, 10_000, 10, 1234)
    assert item.found == {"contact.email": 100, "contact.phone": 1}


def test_who_did_not_look_says_so():
    assert written().served is None
    assert written(served=Evidence()).served.reported == {}


def test_where_it_was_served_is_told_in_technical_words():
    evidence = Evidence(
        requested={"destination": "azure", "host": "acme.openai.azure.com", "model": "prod-1",
                   "resource.location": "germanywestcentral", "note": "Anna Schmidt"},
        reported={"x-ms-region": "East US 2", "model": "gpt-5-mini-2025-08-07",
                  "x-request-id": "req_0a1b2c3d4e5f", "apim-request-id": "anna.schmidt",
                  "openai-organization": "acme-corp", "provider": "Anna Schmidt",
                  "x-ms-served-model": "id-85091512345"},
        drift=("x-ms-region is East US 2 (US), decided for DE",
               "model is gpt-5-mini, asked for prod-1", "model is so, asked for x"),
    )  # fmt: skip
    told = written(served=evidence).served
    assert told.requested == {"host": "acme.openai.azure.com", "model": "prod-1",
                              "resource.location": "germanywestcentral"}  # fmt: skip
    assert told.reported == {"x-ms-region": "EastUS2", "model": "gpt-5-mini-2025-08-07"}
    assert told.references == {"x-request-id": "req_0a1b2c3d4e5f"}
    assert told.drift == ("x-ms-region", "model")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("anna-schmidt-7b", False),
        ("AnnaSchmidt", False),
        ("model-Schmidt", False),
        ("m-12.05.1985", False),
        ("an-7b", True),
        ("gpt-5-mini", True),
    ],
)
def test_what_was_sent_comes_back_in_no_word(word, told):
    evidence = Evidence(requested={"model": word}, reported={"model": word})
    secret = ("Anna Schmidt", "12.05.1985", "An Li")
    found = written(served=evidence, secret=secret).served
    assert ("model" in found.reported, "model" in found.requested) == (told, told)


TEXTS = st.one_of(st.text(max_size=120), st.from_regex(r"[A-Za-z0-9 _.:/@+-]{0,100}"))
NAMES = st.sampled_from([*sorted(served._HEADERS), *(name for name, _ in served._MEMBERS), "x"])


EVIDENCE = st.builds(
    Evidence,
    st.dictionaries(st.sampled_from(["host", "model", "inference_geo"]), TEXTS),
    st.dictionaries(NAMES, TEXTS),
    st.lists(TEXTS, max_size=4).map(tuple),
)


@given(EVIDENCE, st.lists(st.text(max_size=30), max_size=3), st.integers(0, 2**40))
def test_whatever_a_provider_says_is_a_record(evidence, secret, count):
    """An answer that the log refused for its words would stand in the way of every decision."""
    item = written(served=evidence, secret=tuple(secret), received=count, restored=count)
    assert count <= item.received == item.restored


def test_what_contradicts_a_decision_has_a_name_in_the_schema():
    """Else a drift would be found and not written down."""
    for name in served._COMPARED:
        assert Ended(DECISION, "whole", "x", served=Evidence(drift=(f"{name} is",))).drift == (
            name,
        )


def test_nothing_of_what_was_sent_shows():
    assert "Schmidt" not in repr(Ended(DECISION, "whole", "x", secret=("Schmidt",)))
