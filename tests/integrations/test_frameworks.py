"""Each framework in an environment of its own: its checks, and its example as a user runs it."""

from __future__ import annotations

import ast

import pytest

from tests.integrations.environment import LOCKS, ROOT, made, run

pytestmark = pytest.mark.proof
HERE = ROOT / "tests" / "integrations"
EXAMPLES = ROOT / "examples" / "integrations"
FRAMEWORKS = {
    "langchain": "langchain_agent.py",
    "openai-agents": "openai_agent.py",
    "litellm": "litellm_router.py",
    "llama-index": "llama_index_query.py",
    "haystack": "haystack_pipeline.py",
    "mcp": "mcp_server.py",
}
MAIL = "anna.schmidt@beispiel.de"


def test_every_lock_is_tested_and_documented():
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    assert {lock.stem for lock in LOCKS.glob("*.txt")} == set(FRAMEWORKS)
    assert {example.name for example in EXAMPLES.glob("*.py")} == {*FRAMEWORKS.values(), "house.py"}
    for example in FRAMEWORKS.values():
        assert f"examples/integrations/{example}" in page


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_locks_hold_only_hashes(name):
    lock = (LOCKS / f"{name}.txt").read_text("utf-8")
    assert "://" not in lock
    for block in lock.replace("\\\n", " ").strip().splitlines():
        assert "--hash=sha256:" in block


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_checks(name):
    checks = HERE / f"{name.replace('-', '_')}_checks.py"
    wanted = [
        node.name
        for node in ast.parse(checks.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    # A framework's own warnings are not ours to raise; its failures are.
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "filterwarnings=", "-rA"]
    done = run(made(name), *command, str(checks.relative_to(ROOT)))
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-4000:]
    for test in wanted:
        assert f"PASSED {checks.relative_to(ROOT)}::{test}" in done.stdout


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_example(name, tmp_path):
    done = run(made(name), str(EXAMPLES / FRAMEWORKS[name]), cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-8000:]
    lines = done.stdout.splitlines()
    saw = [line for line in lines if line.startswith("the provider saw:")]
    got = [line for line in lines if line.startswith("you got:")]
    assert saw
    assert got
    assert not [line for line in saw if MAIL in line]
    assert "EMAIL_" in saw[0]
    assert all(MAIL in line for line in got)
