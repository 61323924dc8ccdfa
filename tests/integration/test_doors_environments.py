"""Kits that cannot live beside the locked ones, each in a directory of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FRAMES = HERE.parent / "unit" / "doors"
OLD = ("openai==2.54.0", "anthropic==0.125.0")


def session(name, directory, *kits):
    """A session with kits that are installed before everything else on the path."""
    site = directory / "site"
    if kits:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(site)]
        subprocess.run([*pip, *kits], check=True, timeout=900)
    path = os.pathsep.join(map(str, (site, HERE, FRAMES, ROOT)))
    done = subprocess.run(
        [sys.executable, str(HERE / "doors_session.py"), name, str(directory)],
        cwd=directory, env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", ["openai", "anthropic"])
def test_the_locked_kits(name, tmp_path):
    assert session(name, tmp_path).startswith(f"{name} ")


@pytest.mark.proof
@pytest.mark.parametrize("name", ["openai", "anthropic"])
def test_kits_on_httpx(name, tmp_path):
    assert session(name, tmp_path, *OLD) == f"{name} {dict(k.split('==') for k in OLD)[name]}"


@pytest.mark.proof
def test_what_leaves_for_bedrock_is_signed(tmp_path):
    assert session("bedrock", tmp_path, "anthropic==2.12.0", "boto3==1.44.5")


@pytest.mark.proof
def test_the_kit_of_mistral(tmp_path):
    assert session("mistral", tmp_path, "mistralai==3.7.0") == "mistral 3"
