"""`guard mcp-proxy` as a client starts it: what it prints, how it ends, and its exit code."""

import json
import os
import signal
import subprocess
import sys

import pytest

from guard.cli.main import run
from tests.integrations.house import MAIL

PROGRAM = """
import runpy, signal
# What a shell starts in the background ignores SIGINT, and so does all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("guard", run_name="__main__")
"""
SERVER = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["params"]["name"] == "die":
        sys.exit(1)
    print("a server's own words", asked["id"], file=sys.stderr, flush=True)
    text = json.dumps(asked.get("params"))
    result = {"content": [{"type": "text", "text": text}]}
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}), flush=True)
"""
ABROAD = """
[[destination]]
id = "abroad"
extends = "openai-us"
url = "https://abroad.example.com"
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/command"]) == 0
    file = directory / "guard.toml"
    file.write_text(file.read_text().replace("names = true ", "names = false ") + ABROAD)
    return directory


def asks(identity, **params):
    params = {"name": "f", **params}
    asked = {"jsonrpc": "2.0", "id": identity, "method": "tools/call", "params": params}
    return json.dumps(asked).encode() + b"\n"


@pytest.fixture
def proxy(home, tmp_path):
    flags = ["--config", str(home / "guard.toml"), "--to", "abroad", "--client-to", "abroad"]
    program = [sys.executable, "-c", PROGRAM, "mcp-proxy", *flags, "--"]
    with subprocess.Popen(
        [*program, sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:  # fmt: skip
        process.stdin.write(asks(1, arguments={"text": f"Write to {MAIL}"}))
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        assert answer["id"] == 1
        assert "EMAIL_" in str(answer)
        yield process
        process.kill()


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (None, 0), (b"die", 3)]
)
def test_a_session_ends_as_it_should_while_its_client_still_holds_the_pipe(proxy, how, code):
    if how is None:
        proxy.stdin.close()
    elif how == b"die":
        proxy.stdin.write(asks(2, name="die"))
        proxy.stdin.flush()
    else:
        proxy.send_signal(how)
    assert proxy.wait(60) == code
    told, said = proxy.stdout.read(), proxy.stderr.read()
    assert b"Fatal" not in said
    assert b"Traceback" not in said
    assert MAIL.encode() not in said + told
    lines = [json.loads(line) for line in told.splitlines()]
    if how == b"die":
        assert [(one["id"], one["error"]["code"]) for one in lines] == [(2, -32012)]
    else:
        assert lines == []


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "--to: missing"),
        (["--to", "abroad"], "--client-to: missing"),
        (["--to", "abroad", "--client-to", "abroad"], "either command or url"),
        (["--to", "abroad", "--client-to", "nowhere", "--", "x"], "unknown destination"),
        (["--to", "abroad", "--client-to", "abroad", "--", "/no/program"], "cannot be started"),
        (["--to", "abroad", "--client-to", "abroad", "--url", "http://a.example"], "no TLS"),
        (["--to", "abroad", "--client-to", "abroad", "--url", "http://127.0.0.1:1/"],
         "the destination loopback-ipv4, not abroad"),
        (["--server", "crm"], "there is no [mcp.servers.crm]"),
    ],
)  # fmt: skip
def test_what_cannot_begin_says_why(home, flags, said, capfd):
    code = run(["mcp-proxy", "--config", str(home / "guard.toml"), *flags])
    told = capfd.readouterr()
    assert code == 2
    assert said in told.err
    assert told.out == ""


def test_the_help_fits_a_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["mcp-proxy", "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 20
    assert max(map(len, lines)) < 80
