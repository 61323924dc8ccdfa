"""The MCP proxy between a client's pipes and servers that misbehave: processes, and behind URLs."""

import contextlib
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError
from guard.integrations.mcp.crossing import Crossing
from guard.integrations.mcp.process import Process
from guard.integrations.mcp.proxy import Proxy
from guard.integrations.mcp.relay import Passed, Relay
from guard.integrations.mcp.streamable import Streamable
from tests.integration.test_mcp_relay import guard, home
from tests.integrations.house import MAIL

__all__ = ["guard", "home"]
LIMIT = 2**20
BIG = "x " * (LIMIT // 4)


def message(**members):
    return json.dumps({"jsonrpc": "2.0", **members}).encode() + b"\n"


def call(identity, **arguments):
    params = {"name": "f", "arguments": arguments}
    return message(id=identity, method="tools/call", params=params)


def result(identity, text="yes"):
    return message(id=identity, result={"content": [{"type": "text", "text": text}]})


class Client:
    """A proxy at work, and its client's ends of the pipes."""

    def __init__(self, guard, server, said):
        (reads, told), (heard, writes) = os.pipe(), os.pipe()
        self.writes, self.reads = os.fdopen(told, "wb", buffering=0), os.fdopen(heard, "rb")
        relay = Relay(
            Crossing(guard, Circumstances()),
            {"server": "abroad", "client": "at-home"},
            say=said.append,
        )
        pipes = os.fdopen(reads, "rb"), os.fdopen(writes, "wb")
        self.proxy = Proxy(relay, server, *pipes, limit=LIMIT, say=said.append)
        self.end, self.server, self._pipes = None, server, pipes
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        self.end = self.proxy.run()
        with contextlib.suppress(OSError):
            self._pipes[1].close()

    def says(self, line):
        while line:
            line = line[self.writes.write(line) :]

    def hears(self):
        line = self.reads.readline()
        return json.loads(line) if line else None

    def ended(self):
        with contextlib.suppress(OSError):
            self.writes.close()
        self._thread.join(60)
        assert not self._thread.is_alive()
        return self.end

    def close(self):
        self.ended()
        self.reads.close()
        self._pipes[0].close()


@pytest.fixture
def said():
    return []


@pytest.fixture
def started(guard, said):
    """Begins a session with a server that is a Python program."""
    clients = []

    def start(program):
        start = "import sys, json\nreads, writes = sys.stdin.buffer, sys.stdout.buffer\n"
        server = Process([sys.executable, "-c", start + program], limit=LIMIT)
        clients.append(Client(guard, server, said))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


def test_a_server_that_writes_without_end_is_cut_to_lines(started, said):
    client = started(
        f"reads.readline(); [writes.write(b'x' * 65536) for _ in range(100 * 16)]\n"
        f"writes.write(b'\\n' + {result(2)!r}); writes.flush(); reads.read()"
    )
    client.says(call(1, a="one"))
    told = client.hears()
    assert (told["id"], told["error"]["code"]) == (1, -32012)
    assert said == [f"the server sent what cannot be read: a line is longer than {LIMIT} bytes",
                    "the server answered what nobody asks"][: len(said)]  # fmt: skip
    assert client.ended() == "client"


def test_a_client_that_writes_too_much_is_told_and_heard_again(started):
    client = started(f"reads.readline(); writes.write({result(1)!r}); writes.flush()")
    client.says(b"x" * (100 * LIMIT) + b"\n" + call(1, a="one"))
    assert client.hears()["error"]["code"] == -32700
    assert client.hears()["id"] == 1
    assert client.hears() is None
    assert client.ended() == "server"


def test_what_a_server_leaves_unfinished_is_no_answer(started):
    client = started(f"reads.readline(); writes.write({result(1)[:-1]!r}); writes.flush()")
    client.says(call(1, a="one"))
    told = client.hears()
    assert (told["id"], told["error"]["code"]) == (1, -32012)
    assert client.hears() is None


def test_a_server_that_writes_before_it_reads_does_not_block_its_answers(started):
    """It asks what is refused and reads nothing until it has written more than a pipe holds."""
    asks = message(id="s", method="vendor/new", params={"what": "x " * 999})
    client = started(
        "reads.readline()\n"
        f"for n in range(99): writes.write({asks!r}.replace(b'\"s\"', b'%d' % n))\n"
        f"writes.write({result(1)!r}); writes.flush(); reads.read()"
    )
    for n in range(9):
        client.says(call(n + 1, a=BIG))  # more than the pipe to the server holds
    heard = client.hears()
    assert heard["id"] == 1
    assert "result" in heard
    assert client.ended() == "client"


def test_a_server_that_never_reads_is_ended(monkeypatch):
    monkeypatch.setattr("guard.integrations.mcp.process._GRACE_S", 0.2)
    sleeps = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: 0)\ntime.sleep(99)"
    server = Process([sys.executable, "-c", sleeps], limit=LIMIT)
    passed = Passed("server", call(1, a=BIG))
    sends = threading.Thread(target=server.send, args=(passed,), daemon=True)
    sends.start()
    server.close()
    sends.join(60)
    assert not sends.is_alive()
    assert list(server.received()) == []


def test_a_client_that_reads_no_more_ends_the_session(started, monkeypatch):
    monkeypatch.setattr("guard.integrations.mcp.proxy._DRAIN_S", 0.2)
    client = started("reads.read()")
    client.says(call(1, a="one"))
    client.reads.close()
    assert client.ended() == "client"


def test_whoever_waits_is_told_before_a_server_that_says_no_more_has_ended(started, monkeypatch):
    monkeypatch.setattr("guard.integrations.mcp.process._GRACE_S", 1)
    client = started("reads.readline(); import os, signal, time\n"
                     "signal.signal(signal.SIGTERM, lambda *_: 0); os.close(1)\n"
                     "while True: time.sleep(9)")  # fmt: skip
    client.says(call(1, a="one"))
    assert client.hears()["error"]["code"] == -32012
    assert client.server._process.poll() is None


def test_programs_that_are_none_are_refused():
    with pytest.raises(ConfigError) as refused:
        Process(["/nowhere/anna"], limit=LIMIT)
    assert "anna" not in str(refused.value)


def answering(handle):
    """A server on this machine whose every call `handle` answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.body = self.rfile.read(int(self.headers.get("content-length", 0)))
            self.server.seen.append((self.command, self.path, dict(self.headers), self.body))
            handle(self)

        def do_GET(self):
            self.do_POST()

        def do_DELETE(self):
            self.do_POST()

        def says(self, status, *headers, body=b"", length=None):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


class Behind(ThreadingHTTPServer):
    """A server whose callers may hang up."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture
def behind(guard, said):
    """Begins a session with a server behind a URL."""
    opened = []

    def start(handle):
        server = Behind(("127.0.0.1", 0), answering(handle))
        server.seen = []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/mcp"
        streamable = Streamable(url, token="t0ken", limit=LIMIT, say=said.append)
        client = Client(guard, streamable, said)
        client.seen = server.seen
        opened.append((client, server))
        return client

    yield start
    for client, server in opened:
        client.close()
        server.shutdown()
        server.server_close()


JSON, EVENTS = ("content-type", "application/json"), ("content-type", "text/event-stream")


def test_a_server_behind_a_url_answers(behind):
    client = behind(lambda it: it.says(200, JSON, body=result(1)))
    client.says(call("a", text=MAIL))
    assert client.hears()["id"] == "a"
    ((method, path, headers, body),) = client.seen
    assert (method, path, headers["authorization"]) == ("POST", "/mcp", "Bearer t0ken")
    assert MAIL.encode() not in body
    assert client.ended() == "client"


def refuses(status, *headers, body=b"", length=None):
    return lambda it: it.says(status, *headers, body=body, length=length)


@pytest.mark.parametrize(
    "handle",
    [
        refuses(307, ("location", "http://127.0.0.1:1/elsewhere"), JSON, body=result(1)),
        refuses(302, ("location", "/other"), JSON, body=result(1)),
        refuses(404, JSON, body=result(1)),
        refuses(202),
        refuses(200, ("content-type", "text/html"), body=result(1)),
        refuses(200, body=result(1)),
        refuses(200, JSON, ("content-encoding", "gzip"), body=b"\x1f\x8b" + result(1)),
        refuses(200, JSON, body=b'{"jsonrpc":"2.0","id":1,"result":{"a":"'),
        refuses(200, JSON, body=result(1) + b" " * LIMIT),
        refuses(200, JSON, body=result(1)[:-9], length=999),
        refuses(200, EVENTS, body=b"data: " + result(1)),
        refuses(200, EVENTS, body=b"data: " + result(1)[:-9] + b"\n\n"),
        refuses(200, EVENTS, body=b"event: other\ndata: " + result(1) + b"\n"),
        refuses(200, EVENTS, body=b"data: " + b"x" * 3 * LIMIT),
        refuses(200, EVENTS, body=b": nothing\n\nid: 5\nretry: 1\n\n"),
        lambda it: it.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 999),
        lambda it: it.wfile.write(b"no http\r\n\r\n"),
        lambda it: it.connection.close(),
    ],
)  # fmt: skip
def test_what_is_no_answer_of_a_server_behind_a_url_is_none(behind, said, handle):
    def closes(it):
        it.close_connection = True
        handle(it)

    client = behind(closes)
    client.says(call("a", text=MAIL))
    told = client.hears()
    assert (told["id"], told["error"]["code"]) == ("a", -32012)
    assert len(client.seen) == 1
    assert said
    assert MAIL not in str(said)
    assert client.ended() == "client"


def test_an_answer_in_events_comes_whole_however_it_is_cut(behind):
    stream = b": hello\r\n\r\nevent: message\r\ndata: " + result(1, "grüße").strip() + b"\r\n\r\n"

    def dripping(it):
        it.send_response(200)
        it.send_header(*EVENTS)
        it.send_header("transfer-encoding", "chunked")
        it.end_headers()
        for byte in stream:
            it.wfile.write(b"1\r\n%c\r\n" % byte)
            it.wfile.flush()
        it.wfile.write(b"0\r\n\r\n")

    client = behind(dripping)
    client.says(call("a", text="x"))
    assert client.hears()["result"]["content"][0]["text"] == "grüße"


BEGINS = {"protocolVersion": "2025-11-25", "capabilities": {},
          "clientInfo": {"name": "c", "version": "1"}}  # fmt: skip
BEGUN = {"protocolVersion": "2025-11-25", "capabilities": {},
         "serverInfo": {"name": "s", "version": "1"}}  # fmt: skip


def session_of(identity):
    def handle(it):
        if b'"initialize"' in it.body:
            body = message(id=1, result=BEGUN)
            it.says(200, JSON, ("Mcp-Session-Id", identity), body=body)
        elif it.command == "POST" and b'"id"' in it.body:
            it.says(200, JSON, body=result(2))
        else:
            it.says(202 if it.command == "POST" else 405)

    return handle


def test_a_session_and_a_revision_stand_in_what_follows(behind):
    client = behind(session_of("s3cret!"))
    client.says(message(id=1, method="initialize", params=BEGINS))
    assert client.hears()["result"]["protocolVersion"] == "2025-11-25"
    client.says(message(method="notifications/initialized"))
    client.says(call(2, a="one"))
    assert client.hears()["id"] == 2
    assert client.ended() == "client"
    first, *after = client.seen
    assert "mcp-session-id" not in first[2]
    assert {one[0] for one in after} == {"POST", "GET", "DELETE"}
    for one in after:
        assert one[2]["mcp-session-id"] == "s3cret!"
        assert one[2]["mcp-protocol-version"] == "2025-11-25"


@pytest.mark.parametrize("identity", ["a b", "anna\r\n folded", "grüße", "x" * 1025, "\x01"])
def test_a_sessions_id_that_is_none_ends_its_beginning(behind, said, identity):
    client = behind(session_of(identity))
    client.says(message(id=1, method="initialize", params=BEGINS))
    assert client.hears()["error"]["code"] == -32012
    client.says(call(2, a="one"))
    assert client.hears()["id"] == 2
    assert all("mcp-session-id" not in one[2] for one in client.seen)
    assert "anna" not in str(said)


def test_a_server_that_never_answers_does_not_stop_what_else_is_said(behind, monkeypatch):
    monkeypatch.setattr("guard.integrations.mcp.streamable._SILENT_S", 0.2)
    gate = threading.Event()

    def silent(it):
        if b"slow" in it.body or b"cancelled" in it.body or b"roots" in it.body:
            gate.wait(60)
        it.close_connection = True
        it.says(200, JSON, body=result(2))

    client = behind(silent)
    client.says(call(1, a="slow"))
    client.says(message(method="notifications/cancelled", params={"requestId": 1}))
    client.says(call(2, a="one"))
    assert client.hears()["id"] == 2
    gate.set()


def test_more_requests_than_may_wait_are_not_sent(behind, monkeypatch, said):
    monkeypatch.setattr("guard.integrations.mcp.streamable._AT_ONCE", 2)
    gate = threading.Event()

    def waits(it):
        gate.wait(60)
        number = json.loads(it.body)["id"]
        it.says(200, JSON, body=result(number))

    client = behind(waits)
    for n in (1, 2, 3):
        client.says(call(n, a="one"))
    told = client.hears()
    assert (told["id"], told["error"]["code"]) == (3, -32012)
    gate.set()
    assert {client.hears()["id"], client.hears()["id"]} == {1, 2}
    assert len(client.seen) == 2
    assert client.ended() == "client"
