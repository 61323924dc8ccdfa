"""Answers, and links between decisions, change nothing about what was decided."""

from __future__ import annotations

import itertools
import json

import pytest

from guard.errors import VerificationError
from guard.gate.ended import Ended
from guard.gate.journal import Journal
from guard.log import DigestKey, Log, LogWriter, record
from guard.officer.candidate import Candidate
from guard.officer.reading import Window
from guard.officer.recorded import cut, cut_slowly
from guard.officer.replay import Terms, replay
from tests.unit.officer.decisions import (
    KEY,
    NOON,
    PLACES,
    WITHOUT_CONTRACT,
    entries,
    law,
    requests,
    write,
)

ID = "0193d6a0-0000-7000-8000-00000000000a"
SOME = 12


class Tables:
    """What replay needs of `Regions`."""

    destinations = PLACES


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("links")
    policies = law(root / "law")
    return policies, write(root, policies, itertools.islice(requests(), SOME))


@pytest.fixture(scope="module")
def linked(world, tmp_path_factory):
    """The same decisions, each after another for its request, and with an answer."""
    directory = tmp_path_factory.mktemp("linked") / "decisions"
    with LogWriter.open(directory, KEY, background=False) as writer:
        journal, last = Journal(writer, DigestKey(bytes(32)), "enforce"), ""
        for step, said in entries(world[0], itertools.islice(requests(), SOME)):
            journal.decision(step, took_us=7, submitted=(), follows=last, **said)
            last = step.decision.id
            ended = Ended(last, "status", "openai.chat", status=503)
            assert journal.answer(ended, NOON)
    return directory


def rendered(entry, **changes):
    plain = {**json.loads(entry), **changes}
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


def test_a_link_is_cut_out(world):
    for entry in Log(world[1], KEY.verifier).raw():
        if (plain := cut(entry)) is None:
            continue
        data = rendered(entry, follows=ID)
        assert record.parse(data).follows == ID
        assert cut(data) == plain
        assert cut_slowly(data)[0] == plain


def test_a_link_that_is_none_is_not_cut(world):
    entry = next(e for e in Log(world[1], KEY.verifier).raw() if b'"decision"' in e)
    for bad in ("", "x", ID.replace("-7", "-4", 1), ID.upper() + "A", 1, [ID]):
        data = rendered(entry, follows=bad)
        with pytest.raises(VerificationError):
            record.parse(data)
        done = cut(data)
        if done is not None:
            with pytest.raises(VerificationError):
                record.parse(done.kernel)


def test_laws_met_before_are_part_of_what_was_decided_on(world):
    entry = next(e for e in Log(world[1], KEY.verifier).raw() if b'"decision"' in e)
    tag = {"instrument": "cn_pipl", "trigger": "finding", "jurisdiction": "CN", "strength": 90,
           "evidence": "identity.national_id"}  # fmt: skip
    data = rendered(entry, met=[tag])
    assert cut(data) == cut_slowly(data)[0]
    assert record.parse(cut(data).kernel).met[0].instrument == "cn_pipl"
    assert cut(data).kernel != cut(entry).kernel


def test_a_log_with_answers_is_verified_and_replayed_like_one_without(world, linked, tmp_path):
    changed = law(tmp_path / "law", WITHOUT_CONTRACT)
    assert Log(linked, KEY.verifier).verify().entries == 2 * SOME + 2
    found = []
    for log in (world[1], linked):
        done = replay(log, KEY.verifier, Candidate(changed, Tables()), Window(), Terms(workers=1))
        found.append((done.decisions, done.distinct, [(c.before, c.after) for c in done.changes]))
    assert found[0] == found[1]
    assert found[0][0] == SOME
    assert found[0][2]
