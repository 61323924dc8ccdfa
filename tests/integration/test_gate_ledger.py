"""The ledger behind the gate: in SQLite and PostgreSQL, from several processes, and silent."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guard import ConfigError, Guard, InputError, Undecided
from guard.cli.main import run
from guard.config import Config
from guard.ledger import Ledger, LedgerError, SubjectKey, rules, standings
from guard.log import Log
from guard.policy.policy import Policy
from tests.integration.ledger_postgres import server

PERSON = "zacharias-quendelwurz-4711"
REQUEST = "request-of-quendelwurz"
MAIL = "please write to anna.schmidt@beispiel.de"
LIMIT = 100_000
DONE = ["cn_pipl.impact_assessment", "cn_pipl.separate_consent", "cn_pipl.export_notice"]
PLACES = 12


@pytest.fixture(scope="module")
def postgres():
    with server() as running:
        yield running


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A handler in China that has done its paperwork and treats nothing."""
    directory = tmp_path / "guard"
    assert run(["init", str(directory), "-e", "CN", "--name", "test.example/counted"]) == 0
    file = directory / "guard.toml"
    text = file.read_text().replace("declarations = []", f"declarations = {json.dumps(DONE)}")
    file.write_text(text.replace('treatments = ["pseudonymise", "redact"]', "treatments = []"))
    monkeypatch.setenv("GUARD_CONFIG", str(file))
    return directory


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request, home):
    """The same home, with its ledger in a file or on a server."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").database()
        (home / "ledger.url").write_text(url + "\n")
        (home / "ledger.sqlite").unlink()
        file = home / "guard.toml"
        file.write_text(
            file.read_text().replace('path = "ledger.sqlite" ', 'url_file = "ledger.url" ')
        )
        Ledger.create(url, SubjectKey.load(home / "ledger.key"))
    return home


def guard(home, log="decisions", **changes):
    loaded = Config.load(home / "guard.toml")
    own = loaded.log.model_copy(update={"directory": Path(log)})
    return Guard(loaded.model_copy(update={"log": own, **changes}))


def carried(home, places):
    """Leave so many places below the boundary."""
    with guard(home, "carried") as g:
        g.books.ledger.carry("cn_cbdf.ordinary", LIMIT - 1 - places, datetime.now(UTC))


def number(home):
    with guard(home, "looked") as g:
        found = standings(g.books.ledger, g.clock())
    return next(one.number for one in found if one.threshold == "cn_cbdf.ordinary")


def records(home, log="decisions"):
    found = Log(home / log, (home / "guard.pub").read_text()).entries()
    return [entry for entry in found if entry.kind == "decision"]


def send(g, *subjects, **how):
    return g.check(MAIL, to="openai-us", purpose="storage", subjects=subjects, **how)


def test_the_record_holds_the_counts_that_were_decided_on(kept):
    carried(kept, 1)
    with guard(kept) as g:
        first, second = send(g, "a"), send(g, "b")
        again = send(g, "a")
    assert [v.permitted for v in (first, second, again)] == [True, False, True]
    counts = [entry.destination.facts.counts["persons_since_jan1"] for entry in records(kept)]
    assert counts == [0, LIMIT, 0]
    assert first.to_json()["counts"]["persons_since_jan1"] == 0
    assert number(kept) == LIMIT - 1


def test_who_passes_the_boundary_meanwhile_makes_us_decide_anew(kept, monkeypatch):
    """Between our decision and our count another gate takes the last place."""
    carried(kept, 1)
    real, asked = Policy.confirm, []
    with guard(kept, "ours") as ours, guard(kept, "theirs") as theirs:

        def meanwhile(self, transfer, destination):
            real(self, transfer, destination)
            if self is ours.policy and not asked:
                asked.append(send(theirs, "them"))

        monkeypatch.setattr(Policy, "confirm", meanwhile)
        verdict = send(ours, "us")
    assert asked[0].permitted
    assert not verdict.permitted
    assert verdict.counts["persons_since_jan1"] == LIMIT
    (record,) = records(kept, "ours")
    assert record.effect == verdict.decision.effect
    assert record.output is None
    assert number(kept) == LIMIT - 1


RACER = """
import sys, time
from pathlib import Path
from guard import Guard
from guard.config import Config
home, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
loaded = Config.load(home / "guard.toml")
own = loaded.log.model_copy(update={"directory": Path(name)})
with Guard(loaded.model_copy(update={"log": own})) as g:
    g.check("rain", to="local")
    print("ready", flush=True)
    sys.stdin.readline()
    went = 0
    for n in range(number):
        verdict = g.check("please write to anna.schmidt@beispiel.de", to="openai-us",
                          purpose="storage", subjects=[f"{name}-{n}"])
        went += verdict.permitted
print(went, flush=True)
"""


def test_two_processes_never_share_the_last_place(kept):
    carried(kept, PLACES)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(kept), name, str(PLACES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("left", "right")
    ]  # fmt: skip
    for one in racers:
        assert one.stdout.readline().strip() == "ready", one.stderr.read()
    for one in racers:
        one.stdin.write("go\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=300) for one in racers]
    assert [one.returncode for one in racers] == [0, 0], answers
    went = [int(out.split()[-1]) for out, _ in answers]
    assert sum(went) == PLACES
    permitted = [r for name in ("left", "right") for r in records(kept, name)
                 if r.output is not None and r.destination.id == "openai-us"]  # fmt: skip
    assert len(permitted) == PLACES
    assert number(kept) == LIMIT - 1


# ------------------------------------------------------------------ what is wrong is refused


def test_a_missing_ledger_is_refused_and_not_begun_anew(home):
    (home / "ledger.sqlite").unlink()
    with guard(home) as g:
        for _ in range(2):
            with pytest.raises(Undecided, match="guard ledger init"):
                send(g, "a")
        assert records(home) == []
    assert not (home / "ledger.sqlite").exists()


def test_another_key_is_refused(home):
    (home / "ledger.key").unlink()
    SubjectKey.generate().save(home / "ledger.key")
    with guard(home) as g, pytest.raises(Undecided, match="another key"):
        send(g, "a")


def test_a_server_that_is_gone_releases_nothing(home, postgres):
    url = postgres.database()
    (home / "ledger.url").write_text(url)
    text = (home / "guard.toml").read_text()
    (home / "guard.toml").write_text(
        text.replace('path = "ledger.sqlite" ', 'url_file = "ledger.url" ')
    )
    Ledger.create(url, SubjectKey.load(home / "ledger.key"))
    with guard(home) as g:
        assert send(g, "a").permitted
        postgres.stop()
        try:
            with pytest.raises(LedgerError):
                send(g, "b")
            assert len(records(home)) == 1
        finally:
            postgres.start()
        assert send(g, "b").permitted


def test_without_the_section_no_count_is_stated(home):
    with guard(home, ledger=None) as g:
        verdict = send(g, "a")
    assert verdict.counts == {}
    assert not verdict.permitted, "nobody knows whether the boundary is reached"


@pytest.mark.parametrize("how", [{"subjects": [" "]}, {"request_id": "\n"}])
def test_a_blank_id_is_written_down_and_refused(home, how):
    with guard(home) as g, pytest.raises(InputError):
        g.check(MAIL, to="openai-us", **how)
    last = list(Log(home / "decisions", (home / "guard.pub").read_text()).entries())
    assert ("error", "input") in [(e.kind, getattr(e, "stage", "")) for e in last]


# ------------------------------------------------------------------ facts of one request


def test_facts_of_a_request_go_before_the_configured_ones(home):
    with guard(home) as g:
        send(g, "a", facts={"ciio": True, "employee_count": 7} if "employee_count" in
             g.regions.facts else {"ciio": True})  # fmt: skip
        send(g, "a")
        with pytest.raises(ConfigError, match="unknown fact"):
            send(g, "a", facts={"no_such_fact": True})
    told, plain = records(home)
    assert told.transfer.facts["ciio"] is True
    assert "ciio" not in plain.transfer.facts


def test_check_on_the_command_line(home, capsys):
    arguments = ["check", MAIL, "--to", "openai-us", "--purpose", "storage", "--json"]
    said = [*arguments, "--subject", "a", "--subject", "b", "--request-id", "r"]
    assert run([*said, "--fact", "ciio=false"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["counts"]["persons_since_jan1"] == 0
    assert number(home) == 2
    assert records(home)[-1].transfer.facts == {"ciio": False}
    for wrong in (["--fact", "ciio"], ["--fact", "ciio=perhaps"], ["--fact", "none_such=true"],
                  ["--fact", "ciio=true", "--fact", "ciio=false"]):  # fmt: skip
        assert run([*arguments, *wrong]) == 2
    assert run([*arguments[:-1], "--explain"]) == 0
    assert "persons_since_jan1" in capsys.readouterr().out


def test_doctor_counts_again_and_finds_what_does_not_add_up(home, capsys):
    assert run(["doctor"]) == 0
    assert "ok   ledger: " in capsys.readouterr().out
    with guard(home) as g:
        send(g, "a")
        with g.books.ledger.store.writing() as session:
            session.tally(1, {datetime.now(UTC).toordinal(): -1})
    assert run(["doctor"]) == 1
    assert "FAIL ledger: the ledger does not add up" in capsys.readouterr().out


def test_init_keeps_a_ledger_that_is_there(home, tmp_path, capsys):
    other = tmp_path / "other"
    other.mkdir()
    (other / "ledger.sqlite").write_bytes((home / "ledger.sqlite").read_bytes())
    assert run(["init", str(other)]) == 2
    assert sorted(p.name for p in other.iterdir()) == ["ledger.sqlite"]
    assert "ledger.sqlite: exists already" in capsys.readouterr().err


# ------------------------------------------------------------------ a scan counts nobody


def test_a_scan_bounds_what_its_rows_would_add_and_counts_nobody(home, tmp_path):
    rows = ["mail a@beispiel.de and b@beispiel.de", "rain", "mail a@beispiel.de", "Laura Chen"]
    data = tmp_path / "rows.jsonl"
    data.write_text("".join(json.dumps({"note": row}) + "\n" for row in rows))
    with guard(home) as g:
        report = g.scan(data, purpose="storage", to="openai-us").to_json()
        assert number(home) == 0
        assert report["counts_at_most"]["cn_cbdf.ordinary"] >= 4
        assert "vn_pdpl.dossier" not in report["counts_at_most"], "that law does not apply"
        permitted = [g.check(r, to="openai-us", purpose="storage").permitted for r in rows]
    assert all(permitted)
    assert 3 <= number(home) <= report["counts_at_most"]["cn_cbdf.ordinary"]


# ------------------------------------------------------------------ nobody is named anywhere


def spellings(value):
    raw = value.encode()
    yield raw
    yield raw.hex().encode()
    for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5):
        yield digest(raw).hexdigest().encode()
        yield digest(raw).digest()[:16]
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]


def leaked(data):
    return [v for v in (PERSON, REQUEST, "anna.schmidt") if any(s in data for s in spellings(v))]


def test_nothing_kept_or_shown_names_a_person(home, capsys, caplog):
    caplog.set_level(0)
    shown = []
    with guard(home) as g:
        verdict = send(g, PERSON, request_id=REQUEST)
        assert verdict.permitted
        g.check(MAIL, to="openai-us", purpose="storage", request_id=REQUEST)
        shown += [repr(verdict), str(verdict.to_json()), repr(g.books), repr(verdict.plan)]
        g.books.ledger.close()
        with pytest.raises(Undecided) as caught:
            send(g, PERSON, request_id=REQUEST)
        shown += [repr(caught.value), str(caught.value), str(vars(caught.value))]
        with pytest.raises(InputError) as blank:
            send(g, PERSON, "", request_id=REQUEST)
        shown += [repr(blank.value), str(blank.value)]
    assert run(["ledger", "show", "--json"]) == 0
    run(["check", "rain", "--to", "nowhere", "--subject", PERSON, "--request-id", REQUEST])
    run(["check", "rain", "--to", "openai-us", "--subject", PERSON, "--fact", f"ciio={PERSON}"])
    shown += capsys.readouterr()
    shown.append(caplog.text)
    assert leaked("\n".join(shown).encode()) == []
    files = [p for p in home.rglob("*") if p.is_file()]
    assert {"ledger.sqlite", "guard.toml"} <= {p.name for p in files}
    assert leaked(b"".join(p.read_bytes() for p in files)) == []
    key = SubjectKey.load(home / "ledger.key")
    with guard(home, "looked") as g, g.books.ledger.store.reading() as session:
        counter = session.counter("cn_cbdf.ordinary", "")
        assert session.known(counter.id, [key.pseudonym("subject", PERSON)]), "it was counted"
        assert rules(g.regions)
