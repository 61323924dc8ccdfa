"""What names a decision stands after it, in a log however long; otherwise it does not verify."""

from __future__ import annotations

import pytest

from guard.errors import VerificationError
from guard.log import Log, record
from guard.log.links import Links

NOBODY = "0193d6a0-0000-7000-8000-0000000000ff"


def log_of(world, entries):
    with world.open() as log:
        log.append_many(entries)
    return Log(world.directory, world.key.verifier)


def chain(world):
    """A decision, its answer, and one that follows it with its own."""
    first = world.entry("decision")
    answered = world.entry("answer", decision=first["id"])
    second = world.entry("decision", follows=first["id"])
    return [first, answered, second, world.entry("answer", decision=second["id"])]


def test_what_is_linked_is_counted(world):
    found = log_of(world, chain(world)).verify()
    assert (found.entries, found.linked) == (6, 3)


def test_where_nothing_is_linked_nothing_is_counted(world):
    entries = [world.entry(kind) for kind in ("decision", "policy", "error", "batch")]
    log = log_of(world, entries)
    assert log.verify().linked == 0
    assert log.verify(records=False).linked == 0


def renamed(place, name, value):
    def change(entries):
        entries[place][name] = value(entries) if callable(value) else value

    return change


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        (lambda e: e.pop(0), 1),  # a decision is missing
        (renamed(1, "decision", NOBODY), 2),
        (renamed(2, "follows", NOBODY), 3),
        (renamed(3, "decision", lambda e: e[1]["id"]), 4),  # an answer, no decision
        (renamed(2, "follows", lambda e: e[1]["id"]), 3),
        (renamed(2, "follows", lambda e: e[2]["id"]), 3),  # itself
        (lambda e: e.reverse(), 1),  # the decision comes later
        (lambda e: e.insert(0, e.pop(1)), 1),
    ],
)
def test_what_names_no_decision_before_it_is_named(world, change, entry):
    entries = chain(world)
    change(entries)
    log = log_of(world, entries)
    assert log.verify(records=False)
    with pytest.raises(VerificationError, match=f"^entry {entry}: the decision that it names"):
        log.verify()


class Read:
    """A log's entries, and how often they were read."""

    def __init__(self, world, entries) -> None:
        self.log, self.times = log_of(world, entries), 0

    def __call__(self, stop):
        self.times += 1
        yield from enumerate(self.log.raw(0, stop))

    def followed(self, **options):
        links = Links(self, **options)
        for index, item in enumerate(self.log.entries()):
            links.follow(index, item)
        links.close()
        return links


def far(world, count):
    """Decisions, and then the answers to them: none comes soon."""
    decisions = [world.entry("decision") for _ in range(count)]
    return [*decisions, *(world.entry("answer", decision=d["id"]) for d in decisions)]


@pytest.mark.parametrize(
    ("kept", "old", "times"),
    [
        (100, 100, 0),  # all are among the newest
        (10, 100, 1),  # 20 are not: looked for together
        (7, 4, 6),  # 21 are not
        (1, 1, 29),
    ],
)
def test_decisions_that_are_not_kept_are_looked_for_together(world, kept, old, times):
    read = Read(world, far(world, 30))
    assert read.followed(kept=kept, old=old).count == 30
    assert read.times == times


@pytest.mark.parametrize("kept", [1, 5, 100])
@pytest.mark.parametrize("old", [1, 5, 100])
def test_the_first_that_names_nothing_is_found_whatever_is_kept(world, kept, old):
    entries = far(world, 20)
    entries[25]["decision"] = entries[27]["decision"] = NOBODY
    entries.append(world.entry("decision", id=NOBODY))
    read = Read(world, entries)
    with pytest.raises(VerificationError, match=r"^entry 26:"):
        read.followed(kept=kept, old=old)


def test_memory_is_bounded(world):
    links = Links(lambda _: iter(()), kept=8, old=8)
    before, after = record.prepare(world.entry("decision"), "0" * 32)
    item = record.parse(before + b"2026-11-22T08:00:00.000001Z" + after)
    for number in range(1000):
        links.follow(number, item.model_copy(update={"id": world.entry()["id"]}))
        assert len(links._new) + len(links._newest) <= 16


def test_an_id_within_an_entry_is_not_the_entry(world):
    """A destination may be called like anything, a decision's id included."""
    decision = world.entry("decision")
    decision["destination"]["id"] = NOBODY
    decision["asked"]["places"][0]["id"] = NOBODY
    for candidate in decision["candidates"]:
        candidate["destination"] = NOBODY
    read = Read(world, [decision, world.entry("answer", decision=NOBODY)])
    with pytest.raises(VerificationError, match=r"^entry 2:"):
        read.followed(kept=1, old=1)
