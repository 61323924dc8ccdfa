"""The command line as a user meets it: output, exit codes, one clear line for what is wrong."""

import gzip
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from guard.cli.main import VERBS, run
from guard.log import Log

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Bitte an {MAIL} antworten"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A configured directory, shared: what is written to its log only grows."""
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/cli"]) == 0
    return directory


@pytest.fixture
def guard(home, monkeypatch, capsys):
    """Runs the command there; returns exit code, stdout and stderr."""
    monkeypatch.setenv("GUARD_CONFIG", str(home / "guard.toml"))

    def call(*arguments):
        capsys.readouterr()
        code = run([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_every_verb_has_help(guard):
    for verb in VERBS:
        code, out, _ = guard(verb, "--help")
        assert code == 0
        assert "Usage: guard" in out


def test_init_never_overwrites_and_keys_are_private(home, guard):
    for name in ("guard.key", "digest.key", "vault.key"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    before = {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()}
    code, _, err = guard("init", home)
    assert code == 2
    assert "exists already" in err
    assert {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()} == before


def test_init_print_shows_every_key(guard):
    code, out, _ = guard("init", "--print", "-e", "FR", "-e", "CN")
    assert code == 0
    assert 'establishment = ["FR", "CN"]' in out
    assert guard("init", "--print", "-e", "france")[0] == 2


def test_init_and_prove_speak_json_too(guard, tmp_path):
    code, out, _ = guard("init", tmp_path / "own", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "guard/init/1"
    assert all((tmp_path / "own" / name).exists() for name in document["files"])
    guard("check", "rain", "--to", "self-hosted-eu")
    assert "tlog-proof" in json.loads(guard("log", "prove", "1", "--json")[1])["receipt"]


def test_doctor(guard):
    code, out, _ = guard("doctor")
    assert code == 0, out
    assert "FAIL" not in out
    code, out, _ = guard("doctor", "--json")
    assert json.loads(out)["ok"] is True


def test_check_redacts_explains_and_logs(guard):
    code, out, _ = guard("check", TEXT, "--to", "openai-us")
    assert code == 0
    assert "permit: openai-us, redacted" in out
    assert "Bitte an [EMAIL_1] antworten" in out
    assert "GDPR Art. 46" in out
    assert MAIL not in out


def test_check_json_is_the_documented_document(guard):
    code, out, _ = guard("check", TEXT, "--to", "openai-us", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "guard/verdict/1"
    assert {"id", "effect", "destination", "obligations", "instruments"} <= set(
        document["decision"]
    )
    assert document["decision"]["effect"] == "permit"
    assert {"rule", "cites", "message"} <= set(document["reasons"][0])
    (finding,) = [f for f in document["findings"] if f["category"] == "contact.email"]
    assert set(finding) == {"category", "pointer", "start", "end", "confidence", "detector"}
    assert TEXT[finding["start"] : finding["end"]] == MAIL
    assert {"destination", "effect", "treatments", "barriers"} <= set(document["plan"][0])
    assert document["text"] == "Bitte an [EMAIL_1] antworten"
    assert document["log"]["origin"] == "test.example/cli"
    assert MAIL not in out


def test_readings_that_nobody_checked_are_named_once_in_words_and_by_law_in_json(guard):
    _, out, _ = guard("check", TEXT, "--to", "openai-us")
    assert out.count("guard.unverified") == 1
    said = " ".join(out.partition("guard.unverified")[2].split())
    assert "General Data Protection Regulation (eu_gdpr) that decide here were not checked" in said
    document = json.loads(guard("check", TEXT, "--to", "openai-us", "--json")[1])
    advice = {one["rule"]: one["instruments"] for one in document["decision"]["advice"]}
    assert "eu_gdpr" in advice["guard.unverified"]
    assert set(advice["guard.unverified"]) <= set(document["decision"]["instruments"])
    assert advice["eu_gdpr.residual_risk"] == ["eu_gdpr"]


def test_whole_text_is_shown_only_when_asked_for(guard):
    code, out, _ = guard("check", TEXT, "--to", "self-hosted-eu", "--json")
    assert code == 0
    assert json.loads(out)["decision"]["treatment"] == "none"
    assert MAIL not in out
    assert guard("check", TEXT, "--to", "self-hosted-eu", "--text")[1] == TEXT + "\n"


def test_a_document_keeps_its_shape(guard):
    document = json.dumps({"a": [{"mail": MAIL}, 3, None], "n": 1.5})
    code, out, _ = guard("check", document, "--document", "--to", "openai-us", "--text")
    assert code == 0
    assert json.loads(out) == {"a": [{"mail": "[EMAIL_1]"}, 3, None], "n": 1.5}


def test_a_refusal_names_remedies_and_exits_with_1(guard, home):
    config = (home / "guard.toml").read_text()
    strict = home / "strict.toml"
    strict.write_text(config.replace('treatments = ["pseudonymise", "redact"]', "treatments = []"))
    code, out, err = guard("check", TEXT, "--to", "openai-us", "--config", strict)
    assert code == 1
    assert "deny: openai-us" in out
    assert "would help:" in out
    assert "redact" in out
    assert "lawful instead: self-hosted-eu" in out
    code, out, err = guard("check", TEXT, "--to", "openai-us", "--text", "--config", strict)
    assert code == 1
    assert out == ""
    assert "openai-us: deny by" in err


def test_what_is_declared_for_one_call_counts(guard, home, tmp_path):
    code, out, _ = guard("check", "better today", "--to", "openai-us", "--category",
                         "health.condition", "--explain")  # fmt: skip
    assert code == 1
    assert "eu_gdpr.special_categories" in out
    assert "establishment" in out
    path = rows(tmp_path / "notes.jsonl", {"note": "better today"})
    code, out, _ = guard("scan", path, "--to", "openai-us", "--category", "health.condition",
                         "--json", "--workers", 1)  # fmt: skip
    document = json.loads(out)
    assert document["decisions"]["deny"] == 1
    record = json.loads(guard("log", "show", document["log"]["last_index"])[1])["record"]
    assert record["stated"] == ["health.condition"]
    assert record["candidates"] == ["openai-us"]


def test_observe_decides_and_releases_everything(guard, home):
    config = (home / "guard.toml").read_text()
    observe = home / "observe.toml"
    observe.write_text(
        config.replace('mode = "enforce"', 'mode = "observe"').replace(
            'treatments = ["pseudonymise", "redact"]', "treatments = []"
        )
    )
    code, out, _ = guard(
        "check", TEXT, "--to", "openai-us", "--json", "--text", "--config", observe
    )
    document = json.loads(out)
    assert code == 0
    assert document["decision"]["effect"] == "deny"
    assert document["decision"]["enforced"] is False
    assert document["text"] == TEXT
    record = json.loads(guard("log", "show", document["decision"]["id"])[1])["record"]
    assert record["mode"] == "observe"
    assert record["enforced"] is False


def test_pseudonyms_are_stable_within_a_conversation(guard, home):
    config = (home / "guard.toml").read_text()
    contract = home / "contract.toml"
    contract.write_text(
        config
        + '\n[[destination]]\nid = "us"\nextends = "openai-us"\n'
        + 'safeguards = ["dpa_art28", "scc_2021_914", "tia"]\n'
    )

    def ask(conversation):
        code, out, _ = guard("check", TEXT, "--to", "us", "--conversation", conversation,
                             "--json", "--config", contract)  # fmt: skip
        assert code == 0
        return json.loads(out)

    first, again, other = ask("c1"), ask("c1"), ask("c2")
    assert first["decision"]["treatment"] == "pseudonymise"
    assert first["text"] == again["text"] != other["text"]
    assert MAIL not in first["text"]

    from guard import Guard

    with Guard.load(contract) as g:
        assert g.restore(first["text"], "c1") == TEXT


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "x", "--to", "openai-uk"], 2, "openai-us"),
        (["check", "x", "--to", "openai-us", "--purpose", "fun"], 2, "one of inference"),
        (["check", "{", "--document"], 2, "not a JSON document"),
        (["check", "x", "--config", "none.toml"], 2, "guard init"),
        (["chekc"], 2, "No such command"),
        (["scan"], 2, "Missing argument"),
        (["scan", "no-such-file.jsonl"], 2, "no-such-file.jsonl"),
        (["policy", "show", "nothing"], 2, "guard policy list"),
        (["detector", "show", "nothing"], 2, "guard detector list"),
        (["region", "show", "openai-uk"], 2, "openai-us"),
        (["region", "check", "--older-than", "soon"], 2, "180d"),
        (["log", "show", "00000000-0000-7000-8000-000000000000"], 1, "no entry"),
        (["log", "show", "999999"], 2, "entries"),
        (["log", "verify", "--log", "nowhere", "--key", "x"], 2, "no log there"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_remedy(guard, arguments, code, said):
    found, out, err = guard(*arguments)
    assert found == code
    assert said in err
    assert "Traceback" not in err
    assert out == ""


def test_verify_prove_and_check_with_the_public_key_alone(guard, home, tmp_path):
    _, out, _ = guard("check", TEXT, "--to", "openai-us", "--json")
    decision = json.loads(out)["decision"]["id"]
    key = home / "guard.pub"
    code, out, _ = guard("log", "verify", "--log", home / "decisions", "--key", key)
    assert code == 0
    assert "log verified: " in out
    receipt = tmp_path / "receipt"
    assert guard("log", "prove", decision, "--out", receipt)[0] == 0
    code, out, _ = guard("log", "check-proof", receipt, "--key", key)
    assert code == 0
    assert decision in out
    receipt.write_text(receipt.read_text().replace("A", "B", 1))
    assert guard("log", "check-proof", receipt, "--key", key)[0] == 1


def test_the_key_of_another_log_verifies_nothing(guard, home, tmp_path):
    run(["init", str(tmp_path / "other"), "--name", "test.example/cli"])
    code, _, err = guard(
        "log", "verify", "--log", home / "decisions", "--key", tmp_path / "other" / "guard.pub"
    )
    assert code == 1
    assert err.count("\n") == 1


def test_a_key_of_the_wrong_kind(guard, home):
    config = (home / "guard.toml").read_text()
    swapped = home / "swapped.toml"
    swapped.write_text(config.replace('key_file = "guard.key"', 'key_file = "digest.key"'))
    code, _, err = guard("check", "x", "--to", "self-hosted-eu", "--config", swapped)
    assert code == 2
    assert "digest key" in err


def test_a_log_that_another_process_holds(guard, home):
    config = (home / "guard.toml").read_text()
    hasty = home / "hasty.toml"
    hasty.write_text(config.replace("wait_s = 5.0", "wait_s = 0.0"))
    code = (
        "import sys, pathlib; from guard.log import LogWriter, SigningKey;"
        f"root = pathlib.Path({str(home)!r});"
        "log = LogWriter.open(root / 'decisions', SigningKey.load(root / 'guard.key'));"
        "print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        found, out, err = guard("check", "x", "--to", "self-hosted-eu", "--config", hasty)
        assert found == 3
        assert str(holder.pid) in err
        assert out == ""
    finally:
        holder.communicate("", timeout=30)
    assert guard("check", "x", "--to", "self-hosted-eu", "--config", hasty)[0] == 0


def test_a_policy_that_does_not_compile(guard, home, tmp_path):
    broken = tmp_path / "policies" / "guard" / "instruments" / "mine"
    broken.mkdir(parents=True)
    (broken / "rule.rego").write_text("package guard.instruments.mine\n\npermits contains {{\n")
    config = (home / "guard.toml").read_text()
    line = "directories = []                  # your own instruments (Rego)"
    assert line in config
    config = config.replace(line, f'directories = ["{tmp_path / "policies"}"]')
    file = home / "broken.toml"
    file.write_text(config)
    code, _, err = guard("check", "x", "--to", "self-hosted-eu", "--config", file)
    assert code == 2
    assert "rule.rego:4:1" in err
    assert err.count("\n") == 1


# ------------------------------------------------------------------ scan


def rows(path: Path, *records):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


@pytest.fixture
def good(tmp_path):
    return rows(
        tmp_path / "good.jsonl",
        {"id": 1, "text": f"write to {MAIL}"},
        {"id": 2, "text": "nothing to see"},
        {"id": 3, "text": "身份证号11010519491231002X，已核实"},
    )


def test_scan_json_is_the_documented_document(guard, good, tmp_path):
    found = tmp_path / "findings.jsonl"
    code, out, _ = guard("scan", good, "--to", "s3-us-east-1", "--json", "--workers", 1,
                         "--findings", found)  # fmt: skip
    document = json.loads(out)
    assert code == 1
    assert document["schema"] == "guard/scan/1"
    assert document["rows"] == 3
    assert document["bytes"] == good.stat().st_size
    assert document["findings"]["by_category"]["contact.email"] == 1
    assert document["findings"]["by_jurisdiction"]["CN"] >= 1
    assert document["findings"]["by_column"]["/text"]["contact.email"] == 1
    assert sum(document["decisions"].values()) == 3
    assert set(document["decisions"]) == {"permit", "deny", "review", "conflict"}
    assert {"rule", "cites", "rows"} <= set(document["by_rule"][0])
    assert document["instruments"]["cn_pipl"] == 1
    for counts in document["destinations"].values():
        assert sum(counts.values()) == 3
    lines = [json.loads(line) for line in found.read_text().splitlines()]
    assert len(lines) == document["findings"]["total"]
    mail = next(line for line in lines if line["category"] == "contact.email")
    text = json.loads(good.read_text().splitlines()[mail["row"] - 1])["text"]
    assert text[mail["start"] : mail["end"]] == MAIL
    assert MAIL not in out + found.read_text()


def test_scan_workers_give_the_same_answer(guard, good, tmp_path):
    second = rows(tmp_path / "more.jsonl", *({"text": f"{i} {MAIL}"} for i in range(50)))
    answers = []
    for workers in (1, 2):
        _, out, _ = guard("scan", good, second, "--json", "--workers", workers)
        document = json.loads(out)
        document.pop("log")
        answers.append(document)
    assert answers[0] == answers[1]


def test_scan_writes_one_verified_record_a_file(guard, good, home):
    _, out, _ = guard("scan", good, "--json", "--workers", 1)
    log = json.loads(out)["log"]
    assert log["first_index"] == log["last_index"]
    record = json.loads(guard("log", "show", log["last_index"])[1])["record"]
    assert record["kind"] == "batch"
    assert record["rows"] == 3
    assert "good" not in json.dumps(record)
    assert guard("log", "verify")[0] == 0


def test_scan_of_clean_data_exits_with_0(guard, tmp_path):
    clean = rows(tmp_path / "clean.jsonl", {"text": "rain and wind"}, {"text": "more rain"})
    code, out, _ = guard("scan", clean, "--to", "self-hosted-eu", "--workers", 1)
    assert code == 0, out


def write(path: Path, data: bytes):
    path.write_bytes(data)
    return path


BAD = {
    "malformed.jsonl": (b'{"a": "x"}\n{"a": \n{"a": "y"}\n', ":2", 2),
    "ragged.csv": (b"a,b\n1,2\n1,2,3\n4,5\n", ":3", 2),
    "latin.csv": ("a,b\nGrüße,x\n".encode("latin-1"), "--encoding", 0),
    "nul.jsonl": (b'{"a": "x"}\n{"a": "\x00"}\n', ":2", 1),
    "deep.jsonl": (b'{"a":' * 5000 + b"1" + b"}" * 5000 + b'\n{"a": "x"}\n', ":1", 1),
    "cut.jsonl.gz": (gzip.compress(b'{"a": "some text"}\n' * 5000)[:-30], "cut.jsonl.gz", None),
    "cut.parquet": (b"PAR1" + b"\x00" * 100, "cut.parquet", 0),
    "empty.jsonl": (b"", "empty", 0),
    "long.jsonl": (b'{"a": "' + b"x " * 26_000_000 + b'"}\n{"a": "y"}\n', ":1", 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_reported_counted_and_never_silent(guard, tmp_path, name):
    data, said, whole = BAD[name]
    path = write(tmp_path / name, data)
    quarantine = tmp_path / "quarantine.jsonl"
    code, out, err = guard("scan", path, "--json", "--workers", 1, "--quarantine", quarantine)
    assert code == 3, err
    assert said in err
    assert "Traceback" not in err
    document = json.loads(out)
    assert document["bad_rows"] + document["bad_files"] == len(document["problems"]) >= 1
    if whole is not None:
        assert document["rows"] == whole
    noted = [json.loads(line) for line in quarantine.read_text().splitlines()]
    assert [(n["file"], n["row"]) for n in noted] == [
        (p["file"], p["row"]) for p in document["problems"]
    ]
    assert guard("log", "verify")[0] == 0


def test_on_error_stop_stops(guard, tmp_path):
    path = write(tmp_path / "x.jsonl", b'{"a": "x"}\nbad\n' + b'{"a": "y"}\n' * 3000)
    code, out, _ = guard("scan", path, "--json", "--workers", 1, "--on-error", "stop")
    document = json.loads(out)
    assert code == 3
    assert document["bad_rows"] == 1
    assert document["rows"] < 3000


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_missing_column_decides_about_no_row(guard, tmp_path, name):
    data = {
        "a.jsonl": b'{"mail": "x"}\n' * 300,
        "a.json": b'[{"mail": "x"}]',
        "a.csv": b"mail\nx\n",
    }
    path = write(tmp_path / name, data[name])
    found = tmp_path / "f.jsonl"
    code, out, err = guard("scan", path, "--columns", "email", "--json", "--workers", 1,
                           "--findings", found)  # fmt: skip
    document = json.loads(out)
    assert code == 3
    assert "no column email" in err
    assert "mail" in err
    assert document["rows"] == 0
    assert sum(document["decisions"].values()) == 0
    assert found.read_text() == ""


def test_a_choice_of_columns_is_said(guard, tmp_path):
    path = write(tmp_path / "a.csv", f"note,mail\nrain,{MAIL}\n".encode())
    _, out, _ = guard("scan", path, "--columns", "note", "--json", "--workers", 1)
    assert json.loads(out)["columns"] == ["note"]
    _, out, _ = guard("scan", path, "--columns", "note", "--workers", 1)
    assert "looked only at: note" in out


def test_stop_decides_about_the_rows_before_the_bad_one(guard, tmp_path):
    path = write(tmp_path / "x.jsonl", b'{"a": "x"}\n' * 5 + b"bad\n" + b'{"a": "y"}\n' * 20)
    _, out, _ = guard("scan", path, "--json", "--workers", 1, "--on-error", "stop")
    assert json.loads(out)["rows"] == 5


@pytest.mark.parametrize("what", ["--key", "receipt"])
def test_a_binary_file_is_no_key_and_no_receipt(guard, home, tmp_path, what):
    binary = write(tmp_path / "b", bytes(range(256)))
    if what == "--key":
        code, _, err = guard("log", "verify", "--log", home / "decisions", "--key", binary)
    else:
        code, _, err = guard("log", "check-proof", binary, "--key", home / "guard.pub")
    assert code in {1, 2}
    assert "internal error" not in err
    assert err.count("\n") == 1


def test_empty_and_endless_text_is_refused_at_once(guard):
    assert guard("check", "  ", "--to", "self-hosted-eu")[0] == 2
    code, _, err = guard("check", "x" * 1_000_001, "--to", "self-hosted-eu")
    assert code == 2
    assert "guard scan" in err
    code, _, err = guard("check", '{"a": "x", "a": "y"}', "--document", "--to", "self-hosted-eu")
    assert code == 2
    assert "distinct names" in err


def test_usage_errors_are_one_line(guard):
    for arguments in (["scan"], ["scan", "x", "--workers", "-1"], ["init", "--name", "Bad Name"],
                      ["init", "--print", "-e", "XX"]):  # fmt: skip
        code, out, err = guard(*arguments)
        assert code == 2
        assert out == ""
        assert err.startswith("guard: ")
        assert err.count("\n") == 1


def test_doctor_tells_a_tampered_log(guard, home, tmp_path):
    own = tmp_path / "guard"
    assert run(["init", str(own), "--name", "test.example/doctor"]) == 0
    config = own / "guard.toml"
    assert guard("check", "one", "--to", "self-hosted-eu", "--config", config)[0] == 0
    tile = own / "decisions" / "tile" / "entries"
    entry = next(p for p in sorted(tile.rglob("*")) if p.is_file())
    data = bytearray(entry.read_bytes())
    data[40] ^= 1
    entry.write_bytes(data)
    assert guard("doctor", "--config", config)[0] in {1, 3}
    assert guard("log", "verify", "--config", config)[0] == 1


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("data.xyz", [], ".jsonl"),
        ("data.csv", ["--columns", "mail"], "mail"),
        ("data.csv", ["--encoding", "klingon"], "--encoding"),
    ],
)
def test_usage_that_cannot_be_meant(guard, tmp_path, name, arguments, said):
    path = write(tmp_path / name, b"a,b\n1,2\n")
    code, _, err = guard("scan", path, "--workers", 1, *arguments)
    assert code in {2, 3}
    assert said in err


def test_a_file_that_cannot_be_opened(guard, tmp_path):
    """A link that leads nowhere: unreadable even for the superuser."""
    path = tmp_path / "x.jsonl"
    path.symlink_to(tmp_path / "gone.jsonl")
    code, _, err = guard("scan", path, "--workers", 1)
    assert code == 2
    assert "x.jsonl" in err
    directory = tmp_path / "d.jsonl"
    directory.mkdir()
    assert guard("scan", directory, "--workers", 1)[0] == 2


def test_a_full_disk_refuses_and_loses_nothing(home, tmp_path):
    """A file-size limit is a disk that takes no more: nothing is released without its record."""
    own = tmp_path / "guard"
    assert run(["init", str(own), "--name", "test.example/full"]) == 0
    code = (
        "import resource, signal, sys; from guard.cli.main import run;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "first = run(['check', 'one', '--to', 'self-hosted-eu', '--json']);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY));"
        "second = run(['check', 'two', '--to', 'self-hosted-eu', '--text']);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2);"
        "sys.exit(first * 10 + second)"
    )
    environment = os.environ | {"GUARD_CONFIG": str(own / "guard.toml")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "two" not in done.stdout
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    first = json.loads(done.stdout)["decision"]["id"]
    log = Log(own / "decisions", (own / "guard.pub").read_text())
    log.verify()
    assert log.find(first)[1].effect == "permit"


def test_sources_that_cannot_be_written_to(guard, good, tmp_path):
    code, _, err = guard("scan", good, "--findings", tmp_path / "none" / "f.jsonl")
    assert code == 2
    assert "cannot be written" in err


# ------------------------------------------------------------------ the catalogues


def test_tables_list_and_show(guard):
    for table in ("destinations", "jurisdictions", "adequacy", "use_cases", "declarations"):
        code, out, _ = guard("region", "list", "--table", table, "--json")
        assert code == 0
        assert json.loads(out)["rows"]
    code, out, _ = guard("region", "show", "s3-eu-central-2")
    assert code == 0
    assert "CH" in out
    assert "source" in out
    assert guard("region", "check", "--older-than", "180d", "--on", "2026-12-01")[0] == 0
    assert guard("region", "check", "--older-than", "180d", "--on", "2029-12-01")[0] == 1


def test_rules_in_plain_words_with_citations(guard):
    code, out, _ = guard("policy", "list", "--json")
    rules = json.loads(out)["rules"]
    assert code == 0
    assert {"eu_gdpr", "eu_ai_act", "cn_pipl", "cn_dsl"} <= {r["instrument"] for r in rules}
    assert all(r["cites"] and r["since"] and r["title"] for r in rules)
    code, out, _ = guard("policy", "show", "eu_gdpr.minimisation")
    assert code == 0
    assert "GDPR Art. 5(1)(c)" in out


def test_detectors_list_show_and_test(guard):
    code, out, _ = guard("detector", "list", "--json")
    assert code == 0
    assert len(json.loads(out)["detectors"]) >= 40
    code, out, _ = guard("detector", "test", "core/email", "--json")
    assert code == 0
    assert json.loads(out)["failures"] == []
