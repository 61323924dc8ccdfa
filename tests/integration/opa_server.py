"""A real ``opa run --server`` for tests. Without opa: fail in CI, elsewhere skip, loudly."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.absent import absent

ROOT = Path(__file__).resolve().parents[2]


def opa_binary() -> str:
    """The pinned opa."""
    return _tool("opa", "policies were NOT held against a real OPA")


def regal_binary() -> str:
    """The pinned regal."""
    return _tool("regal", "policies were NOT linted")


def _tool(name: str, consequence: str) -> str:
    """A tool on ``PATH`` or where ``make tools`` puts it."""
    found = shutil.which(name) or shutil.which(name, path=str(ROOT / ".venv/tools"))
    if not found:
        absent(f"{name} is missing: {consequence}; run `make tools`")
    return found


@contextlib.contextmanager
def opa_server(bundle: Path, log: Path) -> Iterator[str]:
    """Run a server on a free port that has loaded `bundle`, and stop it afterwards.

    Args:
        bundle: A bundle that `PolicySet.write_bundle` wrote.
        log: Where the server writes its log.
    """
    port = _free_port()
    command = [
        opa_binary(),
        *("run", "--server", "--addr", f"127.0.0.1:{port}", "--skip-version-check"),
        *("--log-level", "error", "--bundle", str(bundle)),
    ]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        yield _ready(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(process: subprocess.Popen[bytes], url: str, log: Path) -> str:
    with requests.Session() as session:
        session.trust_env = False
        for _ in range(200):
            with contextlib.suppress(requests.ConnectionError):
                if session.get(f"{url}/health?bundles=true", timeout=5).status_code == 200:
                    return url
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"opa did not start: {log.read_text(encoding='utf-8')[-600:]}")
