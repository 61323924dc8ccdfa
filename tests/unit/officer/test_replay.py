"""Replay: exact where nothing changed, and right about what does; no tampered log is believed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from guard.errors import InputError, VerificationError
from guard.log import Log, SigningKey, asked, record
from guard.log.decided import DecisionRecord
from guard.officer import reading
from guard.officer import replay as replays
from guard.officer.again import LOST, UNKNOWN, Outcome, Replayer, recorded
from guard.officer.candidate import Candidate
from guard.officer.impact import Change
from guard.officer.reading import Window
from guard.officer.recorded import cut, cut_slowly
from guard.officer.replay import Terms, replay
from guard.policy import Policy
from guard.policy.regorus import RegorusEngine
from tests.unit.officer.decisions import (
    FREE,
    KEY,
    LAW,
    LENIENT,
    OPEN,
    PLACES,
    WITHOUT_CONTRACT,
    WITHOUT_HOME,
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
    assert (impact.changed, impact.unknown, impact.exit_code) == (0, 0, 0)
    assert impact.groups() == []


def test_a_ground_taken_away(world, tmp_path):
    """Permits that rested on it alone end, or the data go to the next place that was asked for."""
    _, log = world
    impact = run(log, law(tmp_path, WITHOUT_CONTRACT))
    found = {group.kind: group for group in impact.groups()}
    denied, moved = found["permit→deny"], found["permit→permit elsewhere"]
    lost = [i for i in records(log) if i.effect == "permit" and "one_law.contract" in i.rules]
    assert denied.count + moved.count == len(lost)
    assert set(denied.destinations) <= {"austin", "austin → boston"}
    assert set(moved.destinations) == {"austin → paris"}
    for one in (denied, moved):
        assert one.rules["one_law.contract", "before"] == one.count > 0
        assert one.articles["not in this policy"] == one.count
    said = Counter(denied.principals) + Counter(moved.principals)
    assert said == Counter(f"{i.actor.kid}:{i.actor.h}" for i in lost)
    assert "deny→permit" not in found
    assert (impact.unknown, impact.exit_code) == (0, 1)


def test_a_barrier_taken_away(world, tmp_path):
    """deny→permit, at the first place that was asked for; permits that can come earlier do."""
    _, log = world
    impact = run(log, law(tmp_path, OPEN))
    found = {group.kind: group for group in impact.groups()}
    assert "permit→deny" not in found
    freed = found["deny→permit"]
    assert freed.count > 0
    assert freed.rules["one_law.abroad", "before"] > 0
    assert freed.rules["one_law.free", "now"] == freed.count
    assert impact.unknown == 0


def test_a_lighter_treatment(world, tmp_path):
    """The same effect with another treatment is said, apart from changes of the effect."""
    _, log = world
    impact = run(log, law(tmp_path, LENIENT))
    kinds = {group.kind: group for group in impact.groups()}
    assert set(kinds) == {"permit→permit elsewhere", "deny, other option"}
    assert "pseudonymise → none" in kinds["permit→permit elsewhere"].treatments
    for change in impact.changes:
        assert change.after.treatment == "none" != change.before.treatment


@pytest.mark.parametrize("rules", [LAW, WITHOUT_CONTRACT, LENIENT, OPEN])
def test_a_replay_says_what_the_gate_would(world, tmp_path, rules):
    """Beside what the gate decides of each request anew, place, treatment, rules and all."""
    _, log = world
    policies = law(tmp_path / "law", rules)
    then, now = records(log), records(write(tmp_path, policies, requests()))
    replayer = Replayer(Policy(policies, RegorusEngine(policies)), {})
    for one, two in zip(then, now, strict=True):
        assert replayer(one).after == recorded(two)
    differ = sum(recorded(a) != recorded(b) for a, b in zip(then, now, strict=True))
    impact = run(log, policies)
    assert (impact.changed, impact.unknown) == (differ, 0)
    assert (differ > 0) == (rules != LAW)


# ------------------------------------------------------------------ what a record does not hold


def earlier(item):
    """The record in its earlier form."""
    return item.model_copy(update={"asked": None})


def opened(policies):
    return Policy(policies, RegorusEngine(policies))


def test_earlier_records_are_unchanged_under_their_own_policy(world):
    policies, log = world
    replayer = Replayer(opened(policies), {})
    for item in records(log):
        again = replayer(earlier(item))
        assert again.after == again.before


@pytest.mark.parametrize("rules", [WITHOUT_CONTRACT, LENIENT, OPEN])
def test_an_earlier_record_never_leads_to_a_wrong_answer(world, tmp_path, rules):
    """Where it does not say enough, nothing is said; what is said is what the gate would do."""
    _, log = world
    policies = law(tmp_path / "law", rules)
    then, now = records(log), records(write(tmp_path, policies, requests()))
    replayer = Replayer(opened(policies), {})
    said = Counter()
    for one, two in zip(then, now, strict=True):
        again, fresh = replayer(earlier(one)), recorded(two)
        said[again.after.effect] += 1
        if again.after.effect == LOST:
            assert (fresh.destination, fresh.treatment) != (one.destination.id, one.treatment)
        elif again.after.effect == UNKNOWN:
            assert again.after == Outcome(UNKNOWN, UNKNOWN, UNKNOWN, (), (), ())
        elif again.after.destination == UNKNOWN:
            assert again.after.effect == fresh.effect == "permit"
            assert recorded(one) != fresh
        else:
            assert again.after == fresh
    assert said["permit"] > 0
    assert said[UNKNOWN] + said[LOST] > 0


def many(number):
    """A request for so many places: most refuse, the last is at home."""
    names = [f"far{n}" for n in range(number - 1)]
    places = {name: destination("US", id=name) for name in names}
    return {**places, "paris": PLACES["paris"]}, (*names, "paris")


@pytest.mark.parametrize("number", [asked.PLACES, asked.PLACES + 1, 3 * asked.PLACES])
def test_more_places_than_a_record_holds(tmp_path, monkeypatch, number):
    """Up to the bound it is exact; beyond, the places are named as far as they were tried."""
    places, names = many(number)
    monkeypatch.setattr("tests.unit.officer.decisions.PLACES", places)
    policies = law(tmp_path / "law")
    (subject,) = [s for s in subjects() if len(s.categories) == 3 and s.declared][1:]
    requests = [Asked(subject, names), Asked(subject, names[::-1]), Asked(subject, names[:-1])]
    log = write(tmp_path, policies, requests)
    last, first, refused = records(log)
    assert (last.effect, first.effect, refused.effect) == ("permit", "permit", "deny")
    assert last.asked.truncated == first.asked.truncated == (number > asked.PLACES)
    assert len(first.asked.places) == min(number, asked.PLACES)
    replayed = run(log, policies)
    assert (replayed.changed, replayed.unknown) == (0, 0)
    closed = opened(law(tmp_path / "closed", WITHOUT_HOME))
    effects = [Replayer(closed, {})(item).after.effect for item in (last, first, refused)]
    whole = number <= asked.PLACES
    lost = "deny" if whole else LOST
    all_known = number - 1 <= asked.PLACES
    assert effects == [lost, lost, "deny" if all_known else UNKNOWN]
    free = Replayer(opened(law(tmp_path / "open", OPEN)), {})
    freed = free(refused).after  # pseudonymised; who knows whether a later place took it whole
    assert (freed.effect, freed.destination) == ("permit", "far0" if all_known else UNKNOWN)


def test_an_unknown_place_before_a_known_permit(tmp_path):
    """A transfer that some place permits is permitted, there or before it."""
    policies = law(tmp_path / "law")
    subject = next(s for s in subjects() if len(s.categories) == 1 and not s.declared)
    (sent,) = records(write(tmp_path, policies, [Asked(subject, ("boston", "paris"))]))
    assert sent.destination.id == "paris"
    nothing = dict.fromkeys(sent.asked.order)
    unsure = [p.model_copy(update={"counts": nothing}) if p.id == "boston" else p
              for p in sent.asked.places]  # fmt: skip
    unsure = sent.model_copy(update={"asked": sent.asked.model_copy(update={"places": unsure})})
    assert Replayer(opened(policies), {})(unsure).after == recorded(sent)
    other = opened(law(tmp_path / "other", (*LAW, FREE)))
    assert Replayer(other, {})(sent).after.destination == "paris"
    assert Replayer(other, {})(unsure).after.effect == UNKNOWN
    closed = opened(law(tmp_path / "closed", WITHOUT_HOME))
    assert Replayer(closed, {})(sent).after.effect == "deny"
    after = Replayer(closed, {})(unsure).after
    assert (after.effect, after.destination) == (LOST, UNKNOWN)


def test_what_is_not_known_is_not_called_a_change(world):
    """It has a kind and a count of its own, comes last, and is no success."""
    _, log = world
    one = recorded(records(log)[0])
    unsure = Outcome(UNKNOWN, UNKNOWN, UNKNOWN, (), (), ())
    lost = Outcome(LOST, UNKNOWN, UNKNOWN, ("one_law.abroad",), (), ())
    changes = (Change(one, unsure, {"k:1": 3}, 1), Change(one, lost, {"k:1": 2}, 2))
    impact = replace(run(log, law(log.parent / "again")), changes=changes)
    assert (impact.changed, impact.unknown, impact.lost, impact.exit_code) == (2, 3, 2, 1)
    assert [g.kind for g in impact.groups()] == [
        f"{one.effect}→elsewhere or refused",
        f"{one.effect}→unknown",
    ]
    assert impact.groups()[1].rules == {}
    alone = replace(impact, changes=changes[:1])
    assert (alone.changed, alone.exit_code) == (0, 3)
    assert alone.to_json()["unknown"] == 3


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
    assert current.unknown == 0
    del tmp_path


def test_an_obligation_that_is_no_longer_fulfilled(world, tmp_path):
    """Asked under another retention, replay says what a gate with that retention would."""
    policies, log = world
    impact = run(log, policies, terms=Terms(workers=1, retention_days=99))
    then, now = records(log), records(write(tmp_path, policies, requests(), retention_days=99))
    differ = sum(recorded(a) != recorded(b) for a, b in zip(then, now, strict=True))
    assert (impact.changed, impact.unknown) == (differ, 0)
    assert any(("one_law.keep", "now") in group.rules for group in impact.groups())
    short = run(tmp_path / "decisions", policies)
    assert (short.changed, short.unknown) == (0, 0)


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
