"""From one policy to the next as an officer types it: build, decide by it, replay, prove."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from guard import data
from guard.api import Guard
from guard.cli.main import run
from guard.officer.candidate import Candidate
from guard.policy import signing_bundle
from guard.policy.in_force import WORDS, disagreement
from guard.policy.signing import FILE, BundleKey
from tests.unit.policy.test_signing import save
from tests.unit.policy.world import POLICIES, ROOT, policies, regions

TEXT = "write to anna.schmidt@beispiel.de"
STATEMENTS = ROOT / "examples" / "invariants.yaml"
STRICT = (
    "input.transfer.time < input.destination.valid_until",
    'input.transfer.time < "2020-01-01"',
)
"""Under this change no destination is valid any more."""
RECORDED = ("--config", "archive/guard.toml")
"""A log to which nothing is added."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A configured directory, a key, a signed bundle of the shipped policy, and a stricter one."""
    root = tmp_path_factory.mktemp("office")
    key = ec.generate_private_key(ec.SECP256R1())
    save(root / "policy.key", key)
    save(root / "policy.pub", key, private=False)
    save(root / "other.pub", ec.generate_private_key(ec.SECP256R1()), private=False)
    assert run(["init", str(root / "home"), "--name", "test.example/office"]) == 0
    config = str(root / "home" / "guard.toml")
    for to in ("openai-us", "self-hosted-eu"):
        assert run(["check", TEXT, "--to", to, "--config", config]) == 0
    shutil.copytree(root / "home", root / "archive")  # what others write is not replayed
    shutil.copytree(POLICIES, root / "strict")
    common = root / "strict/guard/common.rego"
    text = common.read_text("utf-8")
    assert STRICT[0] in text
    common.write_text(text.replace(*STRICT), "utf-8")
    built = ["policy", "build", "--sign", str(root / "policy.key"), "--key-id", "acme-2026"]
    assert run([*built, "-o", str(root / "bundle.tar.gz")]) == 0
    return root


@pytest.fixture
def guard(office, capsys, monkeypatch):
    monkeypatch.setenv("GUARD_CONFIG", str(office / "home" / "guard.toml"))
    monkeypatch.chdir(office)

    def call(*arguments):
        capsys.readouterr()
        code = run([str(a) for a in arguments])
        said = capsys.readouterr()
        # Where nobody looks, tables are tab-separated; a terminal is tried below.
        prose = [row for row in said.out.splitlines() if "\t" not in row]
        if arguments[0] == "policy" and "--json" not in arguments:
            assert max(map(len, prose), default=0) <= 80
        return code, said.out, said.err

    return call


def configured(office, name, **changes):
    """A configuration beside the shipped one that decides by a bundle."""
    said = {
        "bundle": str(office / "bundle.tar.gz"),
        "verification_key": str(office / "policy.pub"),
        "verification_key_id": "acme-2026",
        **changes,
    }
    rows = "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())
    text = (office / "home" / "guard.toml").read_text("utf-8")
    path = office / "home" / f"{name}.toml"
    path.write_text(text.replace("[policy]\n", f"[policy]\n{rows}"), "utf-8")
    assert tomllib.loads(path.read_text("utf-8"))["policy"]["bundle"] == said["bundle"]
    return path


def repacked(office, name, change, *, sign=True):
    """The bundle with its files changed, signed by the same key or as it was."""
    files = signing_bundle.unpack(office / "bundle.tar.gz")
    signature = files.pop(FILE)
    change(files)
    if sign:
        signature = BundleKey.load(office / "policy.key", "acme-2026").sign(files)
    path = office / f"{name}.tar.gz"
    path.write_bytes(signing_bundle.pack({**files, FILE: signature}))
    return path


def test_build_says_what_it_wrote_and_how_to_load_it(guard, office):
    code, out, _ = guard(
        *("policy", "build", "--sign", "policy.key", "--key-id", "acme-2026"), "-o", "again.tar.gz"
    )
    assert code == 0
    assert policies().revision in out
    assert "--verification-key-id acme-2026" in out
    assert (office / "again.tar.gz").read_bytes() == (office / "bundle.tar.gz").read_bytes()
    code, out, _ = guard("policy", "build", "-o", "plain.tar.gz", "--json")
    said = json.loads(out)
    assert (code, said["schema"], said["signed"]) == (0, "guard/bundle/1", None)
    assert said["revision"] == policies().revision


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "bundle.zip"], "ends in .tar.gz"),
        (["-o", "b.tar.gz", "--scope", "x"], "give --sign KEY"),
        (["-o", "b.tar.gz", "--sign", "missing.key"], "openssl genpkey"),
        (["-o", "b.tar.gz", "--sign", "policy.pub"], "readable|can be read|not a private key"),
        (["nowhere", "-o", "b.tar.gz"], "no such directory"),
    ],
)
def test_build_refuses_with_a_remedy(guard, arguments, said):
    code, out, err = guard("policy", "build", *arguments)
    assert (code, out) == (2, "")
    assert re.search(said, err)
    assert "(" in err


def test_decides_by_the_bundle_as_by_the_directories(guard, office):
    config = configured(office, "signed")
    for to, want in (("openai-us", 0), ("self-hosted-eu", 0), ("deepseek", None)):
        plain = guard("check", TEXT, "--to", to, "--json")
        bundled = guard("check", TEXT, "--to", to, "--json", "--config", config)
        one, two = json.loads(plain[1])["decision"], json.loads(bundled[1])["decision"]
        assert plain[0] == bundled[0]
        assert want is None or plain[0] == want
        assert {k: v for k, v in one.items() if k != "id"} == {
            k: v for k, v in two.items() if k != "id"
        }
    with Guard.load(config) as opened:
        assert opened.policies.shipped
        assert opened.policies.revision == policies().revision


def test_another_policy_in_the_bundle_decides_otherwise_and_is_interpreted(guard, office):
    built = ("policy", "build", "strict", "--sign", "policy.key", "--key-id", "acme-2026")
    assert guard(*built, "-o", "strict.tar.gz")[0] == 0
    config = configured(office, "strict", bundle=str(office / "strict.tar.gz"))
    code, out, _ = guard("check", TEXT, "--to", "self-hosted-eu", "--config", config)
    assert code == 1
    assert "guard.destination_not_valid" in out
    with Guard.load(config) as opened:
        assert not opened.policies.shipped
    _, out, _ = guard("policy", "list", "--json", "--config", config)
    assert json.loads(out)["rules"]
    assert Candidate.load(config=opened.config).policy_set == opened.policies


def _tampered(files):
    name = "guard/common.rego"
    files[name] = files[name].replace(b"not destination_valid", b"destination_valid")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tampered", "guard/common.rego: is not what was signed"),
        ("unsigned", "not signed"),
        ("foreign", "the signature is not of the key acme-2026"),
        ("renamed", "key"),
        ("scoped", "another scope"),
        ("missing", "cannot be read"),
    ],
)
def test_a_bundle_that_is_not_what_was_signed_decides_nothing(guard, office, name, said):
    changes = {
        "tampered": {"bundle": str(repacked(office, "tampered", _tampered, sign=False))},
        "unsigned": {"bundle": str(office / "plain.tar.gz")},
        "foreign": {"verification_key": str(office / "other.pub")},
        "renamed": {"verification_key_id": "somebody"},
        "scoped": {"scope": "elsewhere"},
        "missing": {"bundle": str(office / "nowhere.tar.gz")},
    }[name]
    signing_bundle.write(policies(), office / "plain.tar.gz")
    config = configured(office, name, **changes)
    code, out, err = guard("policy", "list", "--config", config)
    assert (code, out) == (2 if name == "missing" else 1, "")
    assert said in err
    assert "(" in err


def test_nothing_is_decided_by_a_tampered_bundle(guard, office):
    bundle = repacked(office, "harmed", _tampered, sign=False)
    config = configured(office, "harmed", bundle=str(bundle))
    code, out, err = guard("check", TEXT, "--to", "self-hosted-eu", "--config", config)
    assert (code, out) == (1, "")
    assert "guard/common.rego: is not what was signed" in err
    code, out, _ = guard("doctor", "--config", config)
    assert code == 1
    assert f"FAIL policies: {bundle}: guard/common.rego: is not what was signed" in out


@pytest.mark.parametrize("table", WORDS)
def test_a_bundle_that_speaks_in_other_words_is_refused(table):
    """A word that only one side knows would be said to rules that cannot hear it."""
    known = policies()
    for change in ({"another_word": True}, None):
        tables = dict(known.tables)
        words = dict(tables[table])
        words.update(change or {})
        if change is None:
            words.popitem()
        tables[table] = words
        other = type(known)(known.sources, {}, tables, known.catalogue, known.revision)
        assert f"table {table} {'has' if change else 'lacks'}" in disagreement(other, regions())
    assert disagreement(known, regions()) == ""


def test_a_bundle_of_an_older_adequacy_table_is_taken(guard, office):
    """What the law makes of the words comes from the bundle; the words have to be the same."""
    known = policies()
    fallen = {**known.tables, "adequacy": {law: {} for law in known.tables["adequacy"]}}
    older = type(known).of(known.sources, {}, fallen)
    key = BundleKey.load(office / "policy.key", "acme-2026")
    path = signing_bundle.write(older, office / "older.tar.gz", key)
    config = configured(office, "older", bundle=str(path))
    with Guard.load(config) as opened:
        assert opened.policies.shipped  # the rules are; the tables are its own
        assert opened.policies.tables["adequacy"]["eu_gdpr"] == {}
        assert opened.regions.tables()["adequacy"]["eu_gdpr"]


def test_replay_of_the_policy_in_force_changes_nothing(guard):
    code, out, _ = guard("policy", "replay", *RECORDED)
    assert code == 0
    assert out.startswith("2 decisions replayed: 0 change, 2 do not")


def test_replay_says_what_a_stricter_policy_changes(guard):
    code, out, err = guard("policy", "replay", *RECORDED, "--policy", "strict")
    assert code == 1
    assert "permit→deny" in out
    assert "guard.destination_not_valid" in out
    assert "unknown" not in out
    assert err == ""
    _, out, _ = guard("policy", "replay", *RECORDED, "--policy", "strict", "--json")
    said = json.loads(out)
    assert said["schema"] == "guard/replay/1"
    assert [c["change"] for c in said["changes"]] == ["permit→deny"]
    assert said["changed"] == said["decisions"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--log", "nowhere"], 2, "no log there"),
        (["--policy", "bundle.tar.gz"], 2, "--verification-key"),
        (["--since", "2100-01-01"], 2, "no decision"),
        (["--key", "test.example/x+00000000+AA"], None, "key"),
    ],
)
def test_replay_refuses_with_a_remedy(guard, arguments, code, said):
    got, out, err = guard("policy", "replay", *RECORDED, *arguments)
    assert got == code or (code is None and got in {1, 2})
    assert out == ""
    assert said in err


def test_tables_fit_a_terminal_of_80_columns(guard, office):
    ours, theirs = pty.openpty()
    command = (sys.executable, "-m", "guard", "policy", "replay", *RECORDED, "--policy", "strict")
    size = {**os.environ, "COLUMNS": "80", "LINES": "24", "TERM": "dumb"}
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.DEVNULL, cwd=office, env=size
    ) as done:
        os.close(theirs)
        said = b""
        while more := _read(ours):
            said += more
    os.close(ours)
    rows = said.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert any("guard.destination_not_valid" in row and "\t" not in row for row in rows)
    assert max(map(len, rows)) <= 80


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_replay_by_a_signed_bundle(guard):
    signed = ("--verification-key", "policy.pub", "--verification-key-id", "acme-2026")
    assert guard("policy", "replay", *RECORDED, "--policy", "bundle.tar.gz", *signed)[0] == 0
    assert (
        guard("policy", "replay", *RECORDED, "--policy", "bundle.tar.gz", *signed, "--scope", "x")[
            0
        ]
        == 1
    )


def test_the_shipped_statements(guard, office):
    """What is said in docs/policy-lifecycle.md: four hold, and one is too strong."""
    code, out, _ = guard("policy", "invariant", STATEMENTS, "--json")
    said = json.loads(out)
    assert code == 1
    outcomes = [one["outcome"] for one in said["statements"]]
    assert outcomes == ["holds", "holds", "holds", "holds", "counterexample"]
    for one in said["statements"][:4]:
        assert one["cases"] == one["space"] > one["asked"] > 0
        assert one["checked"] >= 40
        assert one["capped"] == []
    example = said["statements"][4]["counterexample"]
    assert "cn_pipl.exempt_flow" in example["permits"]
    assert {"US"} & {*example["input"]["destination"]["processing"]}
    assert said["revision"] == policies().revision
    assert data.root("policies") == POLICIES


def test_an_invariant_in_words(guard, tmp_path):
    path = tmp_path / "never.yaml"
    path.write_text(
        "name: nothing personal without a law\n"
        "never: {tag: operator, personal: true, facts: {}, declared: []}\n"
    )
    code, out, _ = guard("policy", "invariant", path)
    assert code == 3
    assert "not exhausted: no counter-example" in out
    assert "not tried" in out
    assert "holds" not in out.replace("nothing", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nnever: {tga: eu_gdpr}\n", ":2: unknown word `tga`"),
        ("name: x\nnever: {destination.country: XX}\n", ":2: destination.country: unknown word"),
        ("", "no statement here"),
    ],
)
def test_an_invariant_that_says_nothing_known(guard, tmp_path, text, said):
    path = tmp_path / "never.yaml"
    path.write_text(text)
    code, out, err = guard("policy", "invariant", path)
    assert (code, out) == (2, "")
    assert said in err
