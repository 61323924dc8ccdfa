"""Replay of what the whole gate wrote: shipped laws and tables, detection, statements, a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.log import Log
from guard.officer.again import LOST, UNKNOWN, Replayer, recorded
from guard.officer.options import Options
from guard.policy import PolicySet
from guard.policy.compiled import embedded
from tests.unit.policy.world import POLICIES, policies, tables

MAIL = "please write to anna.schmidt@beispiel.de, tax id 11010519491231002X"
DONE = ["cn_pipl.impact_assessment", "cn_pipl.separate_consent", "cn_pipl.export_notice"]
ROUTES = (
    ["openai-us"],
    ["qwen-cn", "self-hosted-eu"],
    ["london", "paris"],
    ["london"],
    ["openai-us", "self-hosted-eu", "gcs-us"],
    ["self-hosted-eu", "openai-us", "local"],
)


@pytest.fixture(scope="module")
def fallen():
    """The shipped laws when no country is adequate any more."""
    known = tables()
    adequate = {law: {} for law in known["adequacy"]}
    policy = embedded(PolicySet.load([POLICIES], {**known, "adequacy": adequate}))
    yield policy
    policy.close()


@pytest.fixture(scope="module")
def shipped():
    policy = embedded(policies())
    yield policy
    policy.close()


def home(folder, *options):
    """A configured directory; the operator knows one more recipient in London and one in Paris."""
    assert run(["init", str(folder), "--name", "test.example/again", *options]) == 0
    rows = ""
    for name, country in (("london", "GB"), ("paris", "FR")):
        here = {"operator": country, "parent": country, "safeguards": ["dpa_art28"]}
        places = {field: [country] for field in ("storage", "processing", "access")}
        said = {"id": name, "extends": "openai-us", **here, **places}
        rows += "\n[[destination]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in said.items())
    with (folder / "guard.toml").open("a", encoding="utf-8") as file:
        file.write(rows)
    return folder


def gate(folder, log, policy):
    """A gate with a log of its own that decides by `policy`."""
    loaded = Config.load(folder / "guard.toml")
    own = loaded.log.model_copy(update={"directory": Path(log)})
    made = Guard(loaded.model_copy(update={"log": own}))
    made.__dict__["policies"], made.__dict__["policy"] = policy.policy_set, policy
    return made


def asked(g):
    """The same requests each time, with and without a stated category."""
    for to in ROUTES:
        for purpose in ("inference", "training"):
            for stated in ((), ("person.education",)):
                yield g.check(MAIL, to=to, purpose=purpose, categories=stated)


def records(folder, log):
    found = Log(folder / log, (folder / "guard.pub").read_text()).entries()
    return [entry for entry in found if entry.kind == "decision"]


def test_replay_says_what_the_gate_says(tmp_path, shipped, fallen):
    folder = home(tmp_path / "guard")
    for name, policy in (("then", shipped), ("now", fallen)):
        g = gate(folder, name, policy)
        verdicts = list(asked(g))
        g.journal.close()
        assert len(verdicts) == len(records(folder, name))
    then, now = records(folder, "then"), records(folder, "now")
    assert [recorded(a) for a in then] != [recorded(b) for b in now]
    assert {i.effect for i in then} >= {"permit"}
    ways = {(a.effect, b.effect, a.destination.id, b.destination.id)
            for a, b in zip(then, now, strict=True)}  # fmt: skip
    assert {("permit", "permit", "london", "paris"), ("permit", "deny", "london", "london")} <= ways
    for one, two in zip(then, now, strict=True):
        assert Replayer(shipped, {})(one).after == recorded(one)
        assert Replayer(fallen, {})(one).after == recorded(two)
        assert Replayer(shipped, {})(two).after == recorded(one)
        for treatment in one.asked.order:
            told = {
                c.id: (c.found, c.treatment)
                for c in Options(one, {}, 1).facts(treatment).categories
            }
            if "person.education" in told:
                assert told["person.education"] == (False, "none")
            assert told["contact.email"] == (True, treatment)


def test_counts_that_nobody_asked_for_are_not_known(tmp_path, shipped, fallen):
    """Where the ledger counts, an option that was not tried has no counts to be asked with."""
    folder = home(tmp_path / "guard", "-e", "CN")
    file = folder / "guard.toml"
    file.write_text(
        file.read_text()
        .replace("declarations = []", f"declarations = {json.dumps(DONE)}")
        .replace('treatments = ["pseudonymise", "redact"]', "treatments = []")
    )
    g = gate(folder, "counted", shipped)
    verdict = g.check(
        "please write to anna.schmidt@beispiel.de",
        to=["openai-us", "gcs-us"],
        purpose="storage",
        subjects=["one"],
    )
    assert verdict.permitted
    g.close()
    (item,) = records(folder, "counted")
    assert item.destination.id == "openai-us"
    assert item.destination.facts.counts == verdict.counts
    assert item.asked.places[0].counts == {}
    assert item.asked.places[1].counts == {"none": None}
    assert Replayer(shipped, {})(item).after == recorded(item)
    late = item.model_copy(update={"transfer": item.transfer.model_copy(update={"declared": ()})})
    after = Replayer(fallen, {})(late).after
    assert (after.effect, after.destination) == (LOST, UNKNOWN)
