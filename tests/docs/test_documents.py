"""What the documents say is what happens: every command and every block is run."""

import re
import shlex
from pathlib import Path

import pytest

from guard.cli.main import VERBS, run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")]


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def sessions():
    """Commands of the README in order, each with the lines that are shown of its output."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield command, [line for line in shown if line.strip() and line != "…"]


@pytest.fixture
def home(tmp_path):
    sample = ROOT / "examples" / "sample" / "data" / "customers.csv"
    (tmp_path / "customers.csv").write_bytes(sample.read_bytes())
    return tmp_path


def test_the_readmes_sessions_are_true(home, monkeypatch, capsys):
    monkeypatch.chdir(home)
    monkeypatch.delenv("GUARD_CONFIG", raising=False)
    ran = 0
    for command, shown in sessions():
        name, *arguments = shlex.split(command)
        assert name == "guard"
        code = run(arguments)
        out = capsys.readouterr().out
        assert code in ({0, 1} if arguments[0] == "scan" else {0}), command
        lines = out.splitlines()
        for line in shown:
            start = line.split("…")[0]
            assert any(found.startswith(start) for found in lines), f"{command}: {line}"
        ran += 1
    assert ran >= 10


def test_the_readmes_python_runs(home, monkeypatch, capsys):
    monkeypatch.chdir(home)
    monkeypatch.delenv("GUARD_CONFIG", raising=False)
    assert run(["init", "."]) == 0
    capsys.readouterr()
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["permit", "Bitte an [EMAIL_1] antworten"]


def test_every_verb_is_in_the_readme():
    for verb in VERBS:
        assert f"guard {verb}" in README, verb


def test_links_between_documents_lead_somewhere():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_nothing_claims_compliance():
    for document in DOCUMENTS:
        text = document.read_text("utf-8").replace('never "compliant"', "")
        assert not re.search(
            r"\b(GDPR|PIPL)[- ]compliant\b|\bfully compliant\b", text, re.IGNORECASE
        )
