"""No answer is a no: a server that is down, slow, broken, empty or another is `PolicyError`."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading

import pytest

from guard.errors import ConfigError, PolicyError
from guard.policy import Policy, PolicySet
from guard.policy.opa import OpaEngine
from tests.integration.opa_server import opa_server
from tests.unit.policy.world import (
    POLICIES,
    destination,
    policies,
    small_policies,
    tables,
    transfer,
)


@contextlib.contextmanager
def http_server(reply):
    """A real HTTP server that treats every request with `reply(handler)`."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers.get("Authorization"), body))
            with contextlib.suppress(OSError):  # the client may have hung up
                reply(self)

        def do_GET(self):
            seen.append((self.path, None, b""))
            self.send_error(404)

        def log_message(self, *arguments):
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sends(status, body, headers=()):
    def reply(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def ask(url, *, timeout_s=5.0, token=None):
    engine = OpaEngine(url, policies(), timeout_s=timeout_s, token=token)
    try:
        return Policy(policies(), engine).decide(transfer(), destination())
    finally:
        engine.close()


def provenance(revision):
    return {"bundles": {"b": {"revision": revision}}}


def test_server_that_is_down():
    with http_server(sends(200, b"{}")) as (url, _):
        pass
    with pytest.raises(PolicyError, match="cannot be reached"):
        ask(url)


def test_server_that_is_slow():
    release = threading.Event()
    with http_server(lambda handler: release.wait(30)) as (url, seen):
        try:
            with pytest.raises(PolicyError, match="too late"):
                ask(url, timeout_s=0.2)
        finally:
            release.set()
        assert len(seen) == 1, "a question that is late must not be asked again"


def test_server_that_drips_its_answer():
    """Every read comes in time, the whole does not."""
    release = threading.Event()

    def reply(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "8")
        handler.end_headers()
        for _ in range(8):
            release.wait(0.15)
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with http_server(reply) as (url, _), pytest.raises(PolicyError, match=r"too late|not JSON"):
        ask(url, timeout_s=0.3)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 500, 502, 503])
def test_server_that_fails(status):
    with http_server(sends(status, b'{"result": {"effect": "permit"}}')) as (url, seen):
        with pytest.raises(PolicyError):
            ask(url)
        assert len(seen) == 1


def test_facts_do_not_follow_a_redirect():
    with http_server(sends(200, b"{}")) as (other, other_seen):
        headers = [("Location", other + "/v1/data/guard/decision")]
        with http_server(sends(307, b"", headers)) as (url, _), pytest.raises(PolicyError):
            ask(url)
        assert other_seen == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"permit", "not JSON"),
        (b"[]", "not an object"),
        (b"{}", "another policy revision"),
        (b'{"result": {"effect": "permit"}}', "another policy revision"),
        (b'{"provenance": {"bundles": []}, "result": 1}', "another policy revision"),
        (b'{"provenance": {"bundles": {"b": 1}}, "result": 1}', "another policy revision"),
    ],
)
def test_answer_that_is_none(body, said):
    with http_server(sends(200, body)) as (url, _), pytest.raises(PolicyError, match=said):
        ask(url)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "undefined"),
        ({"result": None}, "malformed"),
        ({"result": {"effect": "permit"}}, "malformed"),
    ],
)
def test_right_revision_wrong_answer(answer, said):
    body = json.dumps({"provenance": provenance(policies().revision), **answer}).encode()
    with http_server(sends(200, body)) as (url, _), pytest.raises(PolicyError, match=said):
        ask(url)


def test_question_is_strict_and_carries_the_token():
    with http_server(sends(500, b"{}")) as (url, seen):
        with pytest.raises(PolicyError):
            ask(url, token="secret-token")
        path, authorization, body = seen[0]
    assert path.startswith("/v1/data/guard/decision?")
    assert "strict-builtin-errors=true" in path
    assert "provenance=true" in path
    assert authorization == "Bearer secret-token"
    assert set(json.loads(body)["input"]) == {"transfer", "destination"}


def test_proxy_of_the_environment_is_not_used(monkeypatch):
    with http_server(sends(200, b"{}")) as (proxy, proxy_seen):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("http_proxy", proxy)
        with http_server(sends(500, b"{}")) as (url, seen):
            with pytest.raises(PolicyError):
                ask(url)
            assert len(seen) == 1
        assert proxy_seen == []


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8181", "ftp://host", "http://", "http://host:port", "http://host/v1/data"],
)
def test_url_of_no_server(url):
    with pytest.raises(ConfigError, match="URL"):
        OpaEngine(url, policies(), timeout_s=1)


def test_timeout_is_asked_for():
    with pytest.raises(ConfigError, match="timeout"):
        OpaEngine("http://127.0.0.1:8181", policies(), timeout_s=0)


@pytest.mark.opa
def test_real_server_with_another_revision(tmp_path):
    changed = tables()
    changed["adequacy"]["eu_gdpr"]["BR"][0]["revoked"] = True
    other = PolicySet.load([POLICIES], changed)
    bundle = other.write_bundle(tmp_path / "bundle.tar.gz")
    with opa_server(bundle, tmp_path / "opa.log") as url:
        with pytest.raises(PolicyError, match="another policy revision"):
            ask(url)
        engine = OpaEngine(url, other, timeout_s=10)
        assert Policy(other, engine).decide(transfer(), destination("BR")).effect == "deny"
        engine.close()


@pytest.mark.opa
def test_real_server_where_the_decision_is_undefined(tmp_path):
    folder = small_policies(
        tmp_path / "policies",
        {
            "guard/main.rego": "package guard\n\napplicable := set()\n\nother := 1\n",
            "guard/instruments/zz/zz.rego": _ZZ,
        },
    )
    loaded = PolicySet.load([folder], tables())
    bundle = loaded.write_bundle(tmp_path / "bundle.tar.gz")
    with opa_server(bundle, tmp_path / "opa.log") as url:
        engine = OpaEngine(url, loaded, timeout_s=10)
        with pytest.raises(PolicyError, match="undefined"):
            Policy(loaded, engine).decide(transfer(), destination())
        engine.close()


@pytest.mark.opa
def test_real_server_that_stops(tmp_path):
    bundle = policies().write_bundle(tmp_path / "bundle.tar.gz")
    with opa_server(bundle, tmp_path / "opa.log") as url:
        engine = OpaEngine(url, policies(), timeout_s=10)
        policy = Policy(policies(), engine)
        assert policy.decide(transfer(), destination()).effect == "permit"
    with pytest.raises(PolicyError):
        policy.decide(transfer(), destination("CN"))
    engine.close()


_ZZ = """package guard.instruments.zz

# METADATA
# title: A law of nowhere
# description: A rule that only exists to make a small policy set.
# custom:
#   id: zz.any
#   kind: permit
#   cites: ["Nowhere Art. 1"]
#   since: "2020-01-01"
#   confidence: low
#   source: test
permits contains {"rule": "zz.any", "instrument": "zz"}
"""
