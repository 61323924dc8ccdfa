"""A law that was met once in a session applies to all that follows in it, in whatever process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openai
import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.circumstances import Circumstances
from guard.doors.client import wrap
from guard.errors import Denied, InputError, ObligationError
from guard.log import Log
from guard.payload import Content
from tests.integration.recording_upstream import recording_upstream
from tests.integration.test_doors_clients import place

NUMBER, MAIL = "11010519491231002X", "anna.schmidt@beispiel.de"
CHINA = {"cn_pipl", "cn_cbdf"}
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def upstream():
    with recording_upstream() as up:
        yield up


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/sessions"]) == 0
    return directory


def make(home, log, url="http://127.0.0.1:9"):
    loaded = Config.load(home / "guard.toml")
    return Guard(
        loaded.model_copy(
            update={
                "destination": (place(url),),
                "detection": loaded.detection.model_copy(update={"names": False}),
                "log": loaded.log.model_copy(update={"directory": Path(log)}),
            }
        )
    )


@pytest.fixture(scope="module")
def g(home, upstream):
    with make(home, "decisions", upstream.url) as made:
        yield made


def decide(g, text, session="", **how):
    return g.decide(Content.of(text), to="abroad", session=session, **how)


def entry(home, verdict, log="decisions"):
    return Log(home / log, (home / "guard.pub").read_text()).find(verdict.decision.id)[1]


def laws(tags):
    return {tag.instrument for tag in tags}


def test_what_a_tool_brought_in_applies_to_what_follows(g, home):
    turns = [
        {"role": "user", "content": "whose is this?"},
        {"role": "tool", "tool_call_id": "c", "content": f"身份证号{NUMBER}，已核实"},
    ]
    met = g.decide(Content.of(turns), to="abroad", session="tool")
    assert laws(met.tags) >= CHINA
    alone = decide(g, f"mail {MAIL}")
    after = decide(g, f"mail {MAIL}", "tool")
    assert not laws(alone.tags) & CHINA
    assert laws(after.tags) == laws(alone.tags) | CHINA
    # What may be pseudonymised under European law must be taken out under the Chinese one.
    assert (alone.decision.treatment, after.decision.treatment) == ("pseudonymise", "redact")


def test_the_record_tells_what_was_met_before(g, home):
    first = decide(g, f"身份证号{NUMBER}", "record")
    again = decide(g, f"and {NUMBER} once more", "record")
    after = decide(g, "Hello", "record")
    assert entry(home, first).met == ()
    assert entry(home, again).met == ()  # this text says it itself
    item = entry(home, after)
    assert laws(item.met) == CHINA
    assert set(item.met) < set(item.transfer.tags)
    assert {(tag.trigger, tag.evidence) for tag in item.met} == {
        ("finding", "identity.national_number")
    }
    assert entry(home, decide(g, "Hello")).met == ()


def test_it_applies_under_every_treatment(g, home):
    decide(g, f"身份证号{NUMBER}", "treated")
    item = entry(home, decide(g, f"mail {MAIL}", "treated"))
    for treatment, variant in item.asked.under.items():
        tags = item.transfer.tags if variant.tags is None else variant.tags
        assert laws(tags) >= CHINA, treatment


def test_sessions_do_not_meet_each_other(g):
    decide(g, f"身份证号{NUMBER}", "one")
    assert not laws(decide(g, "Hello", "another").tags) & CHINA
    assert not laws(decide(g, "Hello").tags) & CHINA


def test_what_is_refused_was_met_all_the_same(g):
    refused = decide(g, f"身份证号{NUMBER}", "refused")
    assert not refused.permitted
    assert laws(decide(g, "Hello", "refused").tags) >= CHINA


def test_a_session_that_was_left_has_met_nothing(g):
    decide(g, f"身份证号{NUMBER}", "left")
    g.sessions.leave("left")
    assert not laws(decide(g, "Hello", "left").tags) & CHINA


def test_a_blank_name_is_no_session(g):
    with pytest.raises(InputError):
        decide(g, "Hello", " ")


def test_no_answer_of_the_store_is_a_no(home, monkeypatch):
    with make(home, "no-store") as g:

        def gone(*_):
            raise ObligationError("the vault does not answer")

        monkeypatch.setattr(g.sessions, "meet", gone)
        with pytest.raises(ObligationError):
            decide(g, "Hello", "x")
        assert decide(g, "Hello").permitted


CHILD = """
import sys
from pathlib import Path
from guard.payload import Content
from tests.integration.test_sessions import make, laws, decide
with make(Path(sys.argv[1]), sys.argv[2]) as g:
    print(*sorted(laws(decide(g, sys.argv[3], sys.argv[4]).tags)))
"""


def child(home, log, text, session):
    """What applies to a request in a process of its own, with a log of its own and this vault."""
    command = [sys.executable, "-c", CHILD, str(home), log, text, session]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, cwd=ROOT
    )
    return set(done.stdout.split())


def test_sub_agents_in_other_processes_share_it(g, home):
    assert not child(home, "agent-1", "Hello", "shared") & CHINA
    decide(g, f"身份证号{NUMBER}", "shared")
    assert child(home, "agent-1", "Hello", "shared") >= CHINA
    assert child(home, "agent-2", f"身份证号{NUMBER}", "theirs") >= CHINA
    assert laws(decide(g, "Hello", "theirs").tags) >= CHINA


# ------------------------------------------------------------------ through a client


def asked(kit, text, session):
    headers = {"X-Guard-Session": session} if session else {}
    turns = [{"role": "user", "content": text}]
    return kit.chat.completions.create(model="m", messages=turns, extra_headers=headers)


def test_a_client_names_its_session_in_a_header(g, home, upstream):
    with wrap(openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0), g) as kit:
        with pytest.raises(Denied):
            asked(kit, f"身份证号{NUMBER}", "header")
        upstream.requests.clear()
        asked(kit, f"mail {MAIL}", "")
        asked(kit, f"mail {MAIL}", "header")
    free, tied = (json.loads(body)["messages"][0]["content"] for *_, body in upstream.requests)
    assert free.startswith("mail EMAIL_")
    assert tied == "mail [EMAIL_1]"
    log = Log(home / "decisions", (home / "guard.pub").read_text())
    decisions = [item for item in log.entries() if item.kind == "decision"]
    assert [laws(item.met) for item in decisions[-3:]] == [set(), set(), CHINA]
    assert NUMBER.encode() not in upstream.received + b"".join(log.raw())


def test_a_session_of_a_whole_client(g, upstream):
    plain = openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0)
    with wrap(plain, g, Circumstances(session="client")) as kit:
        decide(g, f"身份证号{NUMBER}", "client")
        upstream.requests.clear()
        asked(kit, f"mail {MAIL}", "")
    assert b"mail [EMAIL_1]" in upstream.received
