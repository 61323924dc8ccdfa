"""The public leak kit against the running gateway: fidelity 1.0 and leak 0.

Passing a kit is necessary and not sufficient: what it does not try stands in the other proofs.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guard.config import Config
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integrations.environment import ROOT, made

pytestmark = pytest.mark.proof
LOCKS = ROOT / "requirements" / "kits"


def free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def gateway(directory, port):
    """A gateway before the kit's own upstream, and a caller's key.

    Patterns only, since the kit plants no names; and fields that nobody knows go, after a scan.
    """
    made_home = home(directory)
    url = f"http://127.0.0.1:{port}"
    loaded = Config.load(made_home / "guard.toml")
    config = configured(
        made_home,
        [place("kit", url, "US")],
        [reached("kit", url, path="/v1", dialects=["openai"], models={"m": "m"})],
        detection=loaded.detection.model_copy(update={"names": False}),
        context=loaded.context.model_copy(update={"unscanned": ("unknown_field",)}),
    )
    caller = key(config)
    with running(config) as made_gateway:
        yield made_gateway, caller


class _Fronted(BaseHTTPRequestHandler):
    """Adds a key to each request: the kit's second part has no option for headers."""

    protocol_version = "HTTP/1.1"
    port: int
    caller: str

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        said = {"content-type": "application/json", "authorization": f"Bearer {self.caller}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        with contextlib.closing(connection):
            connection.request("POST", self.path, raw, said)
            answer = connection.getresponse()
            self.send_response(answer.status)
            self.send_header("content-type", answer.getheader("content-type", ""))
            self.send_header("connection", "close")
            self.end_headers()
            while part := answer.read1(65536):
                self.wfile.write(part)
                self.wfile.flush()
        self.close_connection = True

    def log_message(self, *_):
        """Nothing is printed."""


@contextlib.contextmanager
def front(port, caller):
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Fronted", (_Fronted,), {"port": port, "caller": caller})
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def kit(program, *arguments, **environment):
    command = made("leak", LOCKS).with_name(program)
    return subprocess.run(
        [str(command), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def test_the_kits_own_control_leaks():
    """The kit can fail: a target that hides nothing is a leak."""
    assert (
        kit("pii-leak-benchmark", "selfcheck", "--target-base-url", "capture://self").returncode
        == 1
    )


def test_nothing_reaches_the_upstream_and_everything_comes_back(tmp_path):
    with gateway(tmp_path / "guard", 8765) as (served, caller):
        done = kit(
            "pii-leak-benchmark",
            *("selfcheck", "--target-base-url", f"{served.url}/v1", "--target-model", "m"),
            *("--json-out", str(tmp_path / "report.json")),
            CONFORMANCE_TARGET_API_KEY=caller,
        )
    assert done.returncode == 0, done.stdout[-3000:]
    checks = json.loads((tmp_path / "report.json").read_text())["checks"]
    assert all(check["passed"] for check in checks.values())


def test_what_is_echoed_comes_back_and_what_is_injected_does_not(tmp_path):
    upstream = free()
    with (
        gateway(tmp_path / "guard", upstream) as (served, caller),
        front(served.port, caller) as port,
    ):
        done = kit(
            "pii-leak-benchmark-v2",
            *("--out", str(tmp_path / "out"), "--only", "guard", "--model", "m"),
            *("--gateway-url", f"http://127.0.0.1:{port}/v1/chat/completions"),
            *("--upstream-port", str(upstream), "--seed", "a1b2c3d4e5f60001"),
            *("--exhaustive-splits", "--partial-emission"),
            *("--json-out", str(tmp_path / "report.json")),
        )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    row = json.loads((tmp_path / "report.json").read_text())["rows"][0]
    assert row["outcome"] == "pass"
    assert row["fidelity_rate"] == 1.0
    assert row["leak_single_chunk"] == row["leak_adversarial"] == row["delta_frag"] == 0.0
    assert row["cases_applicable"] == row["cases_attempted"] == 32
    assert "partial-emission=0.0" in done.stdout
