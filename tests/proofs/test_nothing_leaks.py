"""Nothing leaks: conversations with planted values, and every byte that any provider received.

Most conversations go through the door without I/O (`Exchange`, which every other door is made of);
some go through a guarded transport of `httpx2` to servers on sockets; some to `guard serve`, of one
worker and of two, which chooses among regions, tries again and goes elsewhere. Patterns alone look
for data, as in an installation that has no model; a smaller run has one, and names of persons. The
providers echo, glue, repeat what another conversation was given, invent personal data, and fail.

What is held, of every exchange, is in `tests.proofs.judge`. No value is found by the judge with
the help of guard's detectors: it looks for what was planted.
"""

from __future__ import annotations

import multiprocessing
import random
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from tests.proofs.conversations import Conversation
from tests.proofs.doors import PLACES, InMemory
from tests.proofs.planted import MAKERS, Search, compact, forms, planted
from tests.proofs.run import gateway, memory, sockets

PLAIN = {"names": False}
NAMES = {"how": {"kinds": ("name", "name", "email", "phone"), "language": "en"}}
PRESERVED = {"format": "preserve"}
TOLD = {"answers": {"new": "pass"}}


def well(done):
    assert not done.failures, "\n".join(dict.fromkeys(done.failures[:40]))
    counted(done.count)


def counted(count):
    assert count.received - count.again - count.elsewhere + count.refused == count.calls
    assert count.received < count.entries


def test_the_search_would_find_a_leak():
    rng = random.Random(4)
    for kind in MAKERS:
        search, value = Search(), planted(rng, "a", kind)
        search.add(value)
        search.add(planted(rng, "b", kind))
        for form in forms(value.text):
            data = f'{{"x": "y{form}z"}}'.encode()
            assert {found.owner for _, found in search.hits([b"", data.upper()])} == {"a"}
            assert compact(value.text) in compact(f"<b>{value.text[:4]}</b>{value.text[4:]}")
        for shift in range(3):
            data = b64encode(b"\xff" * shift + value.text.encode() + b"\xff")
            owners = {found.owner for _, found in search.hits([data])}
            assert owners == {"a"} or len(value.text) < 12
        assert not search.hits([value.text[::-1].encode(), repr(value).encode()])


class _Raw(InMemory):
    """Sends what was submitted."""

    def ask(self, call):
        one = super().ask(call)
        for number, receipt in enumerate(self.provider.receipts):
            if receipt.call == call.name:
                self.provider.receipts[number] = replace(receipt, body=call.body)
        return one


class _Forward(InMemory):
    """Sends what was refused."""

    def ask(self, call):
        one = super().ask(call)
        if one.refused and not one.status:
            self.provider.receive(call.place, call.target, call.headers, call.body)
        return one


class _Elsewhere(InMemory):
    """Sends to another region than was decided on."""

    def ask(self, call):
        other = PLACES[(PLACES.index(call.place) + 1) % len(PLACES)]
        one = super().ask(call)
        for number, receipt in enumerate(self.provider.receipts):
            if receipt.call == call.name:
                self.provider.receipts[number] = replace(receipt, place=other)
        return one


class _Untreated(InMemory):
    """Gives back what the provider said, as it said it."""

    def ask(self, call):
        one = super().ask(call)
        answer = self.provider.answers.get(call.name)
        return replace(one, data=answer.data) if answer else one


class _Talking(InMemory):
    """Says what it refuses."""

    def ask(self, call):
        one = super().ask(call)
        return replace(one, shown=one.shown + call.last) if one.refused else one


@pytest.mark.parametrize(
    ("door", "said"),
    [
        (_Raw, ("no entry of the log releases it",)),
        (_Forward, ("no entry of the log releases it", "nobody can scan and was sent")),
        (_Elsewhere, ("no entry of the log releases it",)),
        (_Untreated, ("came back that is invented", "did not come back as it was")),
        (_Talking, ("an error or a repr shows",)),
    ],
)
def test_a_door_that_leaks_is_noticed(door, said, tmp_path):
    done = memory("leaking", range(32), str(tmp_path), door=door, detection=PLAIN)
    for words in said:
        assert any(words in failure for failure in done.failures)


def test_a_number_makes_the_same_conversation_each_time():
    one, two = (list(Conversation("same", 7, PLACES).calls()) for _ in range(2))
    assert [call.body for call in one] == [call.body for call in two]
    assert one[0].body != next(Conversation("same", 8, PLACES).calls()).body


def test_nothing_leaks(tmp_path):
    well(memory("short", range(240), str(tmp_path), detection=PLAIN))


def test_nothing_leaks_through_sockets(tmp_path):
    well(sockets("sockets", range(60), str(tmp_path), detection=PLAIN))


def test_nothing_leaks_through_the_gateway(tmp_path):
    well(gateway("gateway", range(60), str(tmp_path), detection=PLAIN))


@pytest.mark.proof
def test_nothing_leaks_from_twenty_thousand_conversations(tmp_path):
    """In two processes, each run with a guard, a log and a vault of its own."""
    shards = [(memory, f"long{n}", 1500, {}) for n in range(8)]
    shards += [(memory, f"kept{n}", 1500, {"vault": PRESERVED}) for n in range(2)]
    shards += [(memory, "counted", 800, {"ledger": {}}), (memory, "told", 400, TOLD)]
    shards += [(sockets, "wires", 1000, {})]
    shards += [(gateway, "alone", 1500, {}), (gateway, "told", 300, TOLD)]
    shards += [(gateway, "several", 1000, {"workers": 2})]
    assert sum(size for _, _, size, _ in shards) >= 20_000
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = [
            pool.submit(
                run, seed, range(size), str(tmp_path / f"{run.__name__}-{seed}"),
                detection=PLAIN, **more,
            )
            for run, seed, size, more in shards
        ]  # fmt: skip
    # After all have ended, so that one that fails hides nothing that another has found.
    found = [one for run in runs for one in run.result().failures]
    assert not found, "\n".join(dict.fromkeys(found[:40]))
    for made, (run, _, size, _) in zip(runs, shards, strict=True):
        count = made.result().count
        counted(count)
        if run is gateway and size >= 1000:
            assert min(count.again, count.elsewhere, count.left, count.refused) >= 10


@pytest.mark.proof
def test_no_name_leaks(tmp_path):
    """With the model: names of persons, in English."""
    well(memory("names", range(150), str(tmp_path), **NAMES))
