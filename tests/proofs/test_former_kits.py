"""The former kits of OpenAI and Anthropic: the same tests, in an environment of their own."""

from __future__ import annotations

import pytest

from tests.integrations.environment import ROOT, made, run

pytestmark = pytest.mark.proof
FORMER = {"openai": "2.", "anthropic": "0."}


def former():
    return made("former", ROOT / "requirements" / "kits")


def test_they_are_the_former_ones():
    said = "import openai, anthropic; print(openai.__version__, anthropic.__version__)"
    found = run(former(), "-c", said).stdout.split()
    assert len(found) == len(FORMER)
    for version, wanted in zip(found, FORMER.values(), strict=True):
        assert version.startswith(wanted)


@pytest.mark.parametrize("checks", ["test_doors_clients.py", "test_gateway.py"])
def test_what_holds_for_the_newest_holds_for_them(checks):
    file = f"tests/integration/{checks}"
    done = run(former(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", file)
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-4000:]
    assert "skipped" not in done.stdout
