"""What the page about doors shows is what happens: its code is run against a real socket."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from guard.cli.main import run
from tests.integration.recording_upstream import recording_upstream

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "doors.md").read_text("utf-8")
MAIL = "anna@beispiel.de"
AFTER = """
import asyncio, io, json

def drive(app):
    body = json.dumps({"a": "anna@beispiel.de"}).encode()
    sent, come = [], [{"type": "http.request", "body": body}]
    async def receive():
        return come.pop()
    async def send(message):
        sent.append(message)
    scope = {"type": "http", "method": "POST", "path": "/v1/x", "query_string": b"",
             "headers": [(b"content-type", b"application/json")]}
    asyncio.run(app(scope, receive, send))
    return sent[1]["body"]

print(drive(app).decode())
body = json.dumps({"a": "anna@beispiel.de"}).encode()
environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/x", "CONTENT_TYPE": "application/json",
           "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
print(b"".join(wsgi_app(environ, lambda *_: None)).decode())
"""


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_pages_code_runs(tmp_path):
    assert run(["init", str(tmp_path), "--name", "test.example/page"]) == 0
    with recording_upstream() as up:
        (destination,) = blocks("toml")
        own = destination.replace("https://models.example.com", up.url)
        assert own != destination
        file = tmp_path / "guard.toml"
        file.write_text(file.read_text() + "\n" + own)
        code = blocks("python")
        code[-1] = code[-1].replace('Guard.load("guard.toml")', "client._transport.guard")
        environment = {
            **os.environ, "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": f"{up.url}/v1",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        environment.pop("GUARD_CONFIG", None)
        done = subprocess.run(
            [sys.executable, "-c", "\n".join([*code, AFTER])], cwd=tmp_path, env=environment,
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    shown = re.findall(
        r"print\(.*?\)\s+# ([^\n:]+)", "\n".join(code).replace("You said:", "You said")
    )
    lines = [line.replace("You said:", "You said") for line in done.stdout.splitlines()]
    assert len(shown) == 4
    assert lines[:4] == [one.strip() for one in shown]
    assert [json.loads(line) for line in lines[4:]] == [{"a": MAIL}] * 2
    assert len(up.requests) == 2
    assert MAIL.encode() not in up.received
    assert b"EMAIL_" in up.received


def test_every_public_door_is_on_the_page():
    import guard

    for name in ("wrap", "transport", "governed", "GuardMiddleware", "GuardWSGIMiddleware"):
        assert name in guard.__all__
        assert name in PAGE


def test_the_example_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "doors.py")], cwd=tmp_path, capture_output=True,
        text=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    sees = re.findall(r"sees:  (.*)", done.stdout)
    assert len(sees) == 3
    assert all(MAIL not in line and "EMAIL_" in line for line in sees)
    assert re.findall(r"answer:  (.*)", done.stdout) == [f"Write to {MAIL}"] * 3
