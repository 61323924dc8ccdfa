"""Replay: exact where nothing changed, and right about what does; no tampered log is believed."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from guard.errors import InputError, VerificationError
from guard.log import Log, SigningKey, record
from guard.log.schema import DecisionRecord
from guard.officer import reading
from guard.officer import replay as replays
from guard.officer.again import recorded
from guard.officer.candidate import Candidate
from guard.officer.reading import Window
from guard.officer.recorded import cut, cut_slowly
from guard.officer.replay import Terms, replay
from tests.unit.officer.decisions import (
    KEY,
    LENIENT,
    OPEN,
    PLACES,
    WITHOUT_CONTRACT,
    Asked,
    law,
    requests,
    subjects,
    write,
)
from tests.unit.policy.world import destination


class Tables:
    """What replay needs of `Regions`."""

    destinations = PLACES


ALWAYS = Window()
ALONE = Terms(workers=1)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("replay")
    policies = law(root / "law")
    return policies, write(root, policies, requests())


def run(log, policies, window=ALWAYS, terms=ALONE, places=PLACES):
    tables = Tables()
    tables.destinations = places
    return replay(log, KEY.verifier, Candidate(policies, tables), window, terms)


def records(log):
    return [e for e in Log(log, KEY.verifier).entries() if isinstance(e, DecisionRecord)]


def test_the_log_is_worth_replaying(world):
    """All effects, all treatments, refusals with suggestions: or the tests below prove little."""
    items = records(world[1])
    assert {i.effect for i in items} == {"permit", "deny"}
    assert {i.treatment for i in items} >= {"none", "pseudonymise"}
    assert any(
        i.effect == "deny" and any(c.effect == "permit" for c in i.candidates) for i in items
    )
    assert any(len(i.candidates) > 3 for i in items)


def test_an_unchanged_policy_changes_nothing(world):
    policies, log = world
    impact = run(log, policies)
    assert impact.decisions == len(records(log)) == len(list(requests()))
    assert (impact.changed, impact.kept, impact.exit_code) == (0, 0, 0)
    assert impact.groups() == []


def test_a_ground_taken_away(world, tmp_path):
    """permit→deny is exactly the permits that rested on it alone."""
    _, log = world
    impact = run(log, law(tmp_path, WITHOUT_CONTRACT))
    found = {group.kind: group for group in impact.groups()}
    denied = found["permit→deny"]
    lost = [i for i in records(log) if i.effect == "permit" and "one_law.contract" in i.rules]
    assert denied.count == len(lost) > 0
    assert {name.split(" → ")[0] for name in denied.destinations} == {"austin"}
    assert denied.rules["one_law.contract", "before"] == denied.count
    assert denied.articles["not in this policy"] == denied.count
    assert Counter(denied.principals) == Counter(f"{i.actor.kid}:{i.actor.h}" for i in lost)
    assert "deny→permit" not in found
    assert impact.exit_code == 1


def test_a_barrier_taken_away(world, tmp_path):
    """deny→permit is found where the decided option, or another whose facts are known, is free."""
    _, log = world
    impact = run(log, law(tmp_path, OPEN))
    found = {group.kind: group for group in impact.groups()}
    assert "permit→deny" not in found
    freed = found["deny→permit"]
    assert freed.count > 0
    assert freed.rules["one_law.abroad", "before"] > 0
    assert freed.rules["one_law.free", "now"] == freed.count


def test_a_lighter_treatment(world, tmp_path):
    """The same effect with another treatment is said, apart from changes of the effect."""
    _, log = world
    impact = run(log, law(tmp_path, LENIENT))
    assert {g.kind for g in impact.groups()} == {"permit, elsewhere", "deny, elsewhere"}
    for change in impact.changes:
        assert (change.before.treatment, change.after.treatment) == ("pseudonymise", "none")


@pytest.mark.parametrize("rules", [WITHOUT_CONTRACT, LENIENT, OPEN])
def test_changes_against_the_gate(world, tmp_path, rules):
    """Beside what the gate would say of each request anew: nothing stricter is ever missed.

    A plan ends at its first permit. Options after it are not in the record, so that a replay may
    say permit→deny where the gate would have found another way; and it never invents a permit.
    """
    _, log = world
    policies = law(tmp_path / "law", rules)
    then, now = records(log), records(write(tmp_path, policies, requests()))
    impact = run(log, policies)
    said = {kind: n for kind, n in _effects(impact).items() if n}
    lost = sum(a.effect == "permit" != b.effect for a, b in zip(then, now, strict=True))
    won = sum(a.effect != "permit" == b.effect for a, b in zip(then, now, strict=True))
    assert said.get("permit→deny", 0) >= lost
    assert said.get("deny→permit", 0) <= won
    exact = [
        number
        for number, (a, b) in enumerate(zip(then, now, strict=True))
        if [(c.destination, c.treatment) for c in a.candidates]
        == [(c.destination, c.treatment) for c in b.candidates]
        and a.treatment in {"none", "pseudonymise"}
    ]
    changed = {change.before: change.after for change in impact.changes}
    assert len(exact) > 10
    for number in exact:
        one, two = recorded(then[number]), recorded(now[number])
        if one != two and one in changed:
            assert changed[one].effect == two.effect


def _effects(impact):
    return {group.kind: group.count for group in impact.groups() if "→" in group.kind}


def test_the_time_is_the_recorded_one(tmp_path):
    """A rule that begins later does not reach back: health has a barrier from 2026 on."""
    policies = law(tmp_path / "law")
    old = [s for s in subjects() if s.time == "2025-06-01"]
    log = write(tmp_path, policies, (Asked(s, ("paris",)) for s in old))
    assert run(log, policies).changed == 0
    assert all("one_law.health" not in i.rules for i in records(log))


def test_destinations_of_today(world, tmp_path):
    policies, log = world
    moved = {**PLACES, "paris": destination("RU", id="paris")}
    assert run(log, policies, places=moved).changed == 0
    current = run(log, policies, terms=Terms(workers=1, current=True), places=moved)
    kinds = {group.kind: group for group in current.groups()}
    assert kinds["permit→deny"].destinations.keys() >= {"paris"}
    del tmp_path


def test_an_obligation_that_is_no_longer_fulfilled(world):
    policies, log = world
    impact = run(log, policies, terms=Terms(workers=1, retention_days=99))
    assert {g.kind for g in impact.groups()} == {"permit→deny"}
    assert ("one_law.keep", "now") in impact.groups()[0].rules


def test_the_window_and_the_limit(world):
    policies, log = world
    today = records(log)[0].ts[:10]
    assert run(log, policies, Window(since=today)).decisions == len(records(log))
    with pytest.raises(InputError, match="no decision"):
        run(log, policies, Window(until=today))
    some = run(log, policies, terms=Terms(workers=1, limit=7))
    assert (some.decisions, some.limited) == (7, True)


def test_several_processes_say_the_same(world, tmp_path, monkeypatch):
    _, log = world
    policies = law(tmp_path, WITHOUT_CONTRACT)
    monkeypatch.setattr(reading, "CHUNK", 256)
    monkeypatch.setattr(replays, "SHARE", 8)
    one, two = (run(log, policies, terms=Terms(workers=n)) for n in (1, 2))
    assert one.to_json() == two.to_json()


@pytest.mark.parametrize("field", [b'"effect":"deny"', b'"time":"2026', b'"dur_us":7', b'"h":"'])
def test_a_tampered_entry(world, tmp_path, field):
    policies, log = world
    copy = _copied(log, tmp_path)
    path = next(p for p in sorted((copy / "tile/entries").rglob("*")) if p.is_file())
    data = path.read_bytes()
    at = data.index(field) + len(field) - 1
    harmed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    for one in (copy / "tile/entries").rglob("*"):
        if one.is_file() and one.read_bytes()[:at] == data[:at]:
            one.write_bytes(harmed[: len(one.read_bytes())])
    with pytest.raises(VerificationError):
        run(copy, policies)


def test_entries_swapped(world, tmp_path):
    policies, log = world
    copy = _copied(log, tmp_path)
    for path in (copy / "tile/entries").rglob("*"):
        if path.is_file():
            from guard.log.tiles import decode_bundle, encode_bundle

            entries = decode_bundle(path.read_bytes())
            if len(entries) > 5:
                entries[3], entries[4] = entries[4], entries[3]
                path.write_bytes(encode_bundle(entries))
    with pytest.raises(VerificationError):
        run(copy, policies)


def test_another_key(world):
    policies, log = world
    other = SigningKey(KEY.name, bytes(32)).verifier
    with pytest.raises(VerificationError):
        replay(log, other, Candidate(policies, Tables()), ALWAYS, ALONE)


def _copied(log, folder):
    import shutil

    return shutil.copytree(log, folder / "copy")


def test_cutting_an_entry_is_reading_it(world):
    """The kernel keeps what was decided on; all the rest, and nothing else, is cut out."""
    _, log = world
    for entry in Log(log, KEY.verifier).raw():
        slow, item = cut_slowly(entry)
        assert cut(entry) == slow
        if slow is None:
            assert not isinstance(item, DecisionRecord)
            continue
        kept = record.parse(slow.kernel)
        gone = {"id", "ts", "boot", "actor", "input", "output", "dur_us"}
        assert kept.model_dump(exclude=gone) == item.model_dump(exclude=gone)
        assert slow.ts.decode() == item.ts
        assert slow.actor.decode() == f"{item.actor.kid}:{item.actor.h}"


def test_what_is_not_of_the_schema_is_not_cut(world):
    """Each variable part is held against the schema's own pattern."""
    _, log = world
    entry = next(e for e in Log(log, KEY.verifier).raw() if b'"kind":"decision"' in e)
    plain = json.loads(entry)
    for change in (
        {"boot": "x" * 32},
        {"dur_us": -1},
        {"dur_us": True},
        {"id": plain["id"].replace("-7", "-4", 1)},
        {"ts": "2026-11-22T12:00:00Z"},
        {"actor": {**plain["actor"], "h": "A" * 64}},
        {"actor": {**plain["actor"], "more": 1}},
        {"input": {**plain["input"], "c": ""}},
        {"output": {}},
        {"v": 2},
    ):
        data = json.dumps({**plain, **change}, sort_keys=True, separators=(",", ":")).encode()
        with pytest.raises(VerificationError):
            record.parse(data)
        done = cut(data)
        if done is not None:
            with pytest.raises(VerificationError):
                record.parse(done.kernel)
    for change in ({"effect": "perhaps"}, {"rules": ["a b"]}, {"kind": "decision "}):
        data = json.dumps({**plain, **change}, sort_keys=True, separators=(",", ":")).encode()
        done = cut(data)
        if done is not None:
            with pytest.raises(VerificationError):
                record.parse(done.kernel)
