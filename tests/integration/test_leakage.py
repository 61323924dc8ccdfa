"""Planted values turn up nowhere: output, errors, logs, records, vault, temporary files."""

import base64
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import pytest

from guard import Guard, Refused
from guard.cli.main import run

PLANTED = {
    "contact.email": "zacharias.quendelwurz@beispiel.de",
    "financial.iban": "DE89 3704 0044 0532 0130 00",
    "identity.national_number": "11010519491231002X",
    "financial.payment_card": "4111 1111 1111 1111",
    "identity.name": "Zacharias Quendelwurz",
    "identity.social_security_number": "1 85 05 78 006 084 91",
}


def spellings(value):
    """A value as it could hide in bytes."""
    raw = value.encode()
    compact = value.replace(" ", "").encode()
    for plain in {raw, compact}:
        yield plain
        yield plain.hex().encode()
        yield urllib.parse.quote(plain.decode()).encode()
        yield json.dumps(plain.decode()).encode()[1:-1]
        yield hashlib.sha256(plain).hexdigest().encode()
        yield hashlib.sha1(plain).hexdigest().encode()
        yield hashlib.md5(plain).hexdigest().encode()
        # Base 64 at any of its three alignments, without the characters at the edges.
        for shift in range(3):
            yield base64.b64encode(b"\0" * shift + plain)[4:-4]


def leaks(data):
    return [
        name
        for name, value in PLANTED.items()
        if any(len(s) > 6 and s in data for s in spellings(value))
    ]


def text():
    return "\n".join(f"{name.split('.')[1]}: {value}" for name, value in PLANTED.items())


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory)]) == 0
    with (directory / "guard.toml").open("a") as file:
        file.write(
            '\n[[destination]]\nid = "us"\nextends = "openai-us"\n'
            'safeguards = ["dpa_art28", "scc_2021_914", "tia"]\n'
        )
    return directory


def written(directory):
    """Every byte of every file below a directory."""
    return b"".join(p.read_bytes() for p in sorted(Path(directory).rglob("*")) if p.is_file())


def command(home, tmp, *arguments, said=""):
    environment = os.environ | {
        "GUARD_CONFIG": str(home / "guard.toml"),
        "TMPDIR": str(tmp),
        "GUARD_DEBUG": "1",
    }
    code = "import sys; from guard.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-c", code, *arguments],
        input=said.encode(), capture_output=True, env=environment, check=False, timeout=300,
    )  # fmt: skip


def test_the_search_would_find_a_leak():
    for value in PLANTED.values():
        raw = value.encode()
        digest = hashlib.sha256(raw).hexdigest().encode()
        for hidden in (raw, base64.b64encode(b"x" + raw + b"y"), raw.hex().encode(), digest):
            assert leaks(b"..." + hidden + b"...")


@pytest.fixture
def here(home, tmp_path, monkeypatch, capfdbinary):
    """Runs a command in this process; returns what `command` does, and costs no start of Python."""
    for name, value in (
        ("GUARD_CONFIG", str(home / "guard.toml")),
        ("TMPDIR", str(tmp_path)),
        ("GUARD_DEBUG", "1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)

    def call(*arguments, said):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
        capfdbinary.readouterr()
        code = run(list(arguments))
        return subprocess.CompletedProcess(arguments, code, *capfdbinary.readouterr())

    return call


def harmless(done, home, tmp):
    assert done.returncode in {0, 1, 2}
    assert done.stdout + done.stderr
    for data in (done.stdout, done.stderr, written(tmp), written(home)):
        assert leaks(data) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-", "--to", "openai-us", "--json"],
        ["check", "-", "--to", "us", "--explain"],
        ["check", "-", "--to", "self-hosted-eu", "--explain", "--reveal"],
        ["check", "-", "--to", "qwen-cn", "--json"],
        ["check", "-", "--to", "nowhere"],
        ["check", "-", "--document", "--to", "openai-us"],
    ],
    ids=" ".join,
)
def test_check_shows_and_keeps_nothing(home, tmp_path, here, arguments):
    harmless(here(*arguments, said=text()), home, tmp_path)


def test_a_process_shows_and_keeps_nothing_to_its_end(home, tmp_path):
    done = command(home, tmp_path, "check", "-", "--to", "us", "--explain", said=text())
    harmless(done, home, tmp_path)


def test_scan_shows_and_keeps_nothing(home, tmp_path):
    source, out, tmp = tmp_path / "in", tmp_path / "out", tmp_path / "tmp"
    for directory in (source, out, tmp):
        directory.mkdir()
    record = json.dumps(PLANTED)
    (source / "a.jsonl").write_text(f"{record}\n{record[:-9]}\n{record}\n")
    (source / "b.csv").write_text("x,y\n" + ",".join([*list(PLANTED.values())[:2], "z"]) + "\n")
    (source / "c.txt").write_text(text())
    done = command(
        home, tmp, "scan", str(source), "--json", "--workers", "2",
        "--findings", str(out / "f.jsonl"), "--quarantine", str(out / "q.jsonl"),
    )  # fmt: skip
    assert done.returncode == 3
    assert json.loads(done.stdout)["findings"]["total"] > 5
    for data in (done.stdout, done.stderr, written(out), written(tmp), written(home)):
        assert leaks(data) == []


def test_errors_reprs_and_loggers_hold_nothing(home, caplog):
    caplog.set_level(logging.DEBUG)
    with Guard.load(home / "guard.toml") as g:
        verdict = g.check(text(), to="openai-us")
        shown = [repr(verdict), str(verdict), repr(verdict.findings), repr(verdict.plan)]
        for payload, to in ((text(), "nowhere"), ({"a": {text(): {1, 2}}}, "openai-us")):
            with pytest.raises(Exception) as caught:
                g.check(payload, to=to)
            shown += [repr(caught.value), str(caught.value)]
        denied = g.check({"x": text(), "n": 1}, to="qwen-cn")
        try:
            shown.append(repr(denied.payload) if denied.permitted else "")
            _ = denied.payload
        except Refused as refused:
            shown += [repr(refused), str(refused), str(refused.__dict__)]
    assert leaks("\n".join(shown).encode()) == []
    assert leaks(caplog.text.encode()) == []


def test_an_internal_error_shows_no_data(home, monkeypatch, capsys):
    """The last line of a traceback often quotes the value that broke."""
    monkeypatch.setenv("GUARD_CONFIG", str(home / "guard.toml"))
    monkeypatch.setenv("GUARD_DEBUG", "1")

    def explode(self, payload, **_):
        raise ValueError(f"cannot handle {payload!r}")

    monkeypatch.setattr(Guard, "check", explode)
    assert run(["check", text(), "--to", "openai-us"]) == 3
    out, err = capsys.readouterr()
    assert leaks((out + err).encode()) == []
    assert "ValueError" in err
