"""An application of one's own behind the middleware: uvicorn, wsgiref, real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from pathlib import Path
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import uvicorn

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.asgi import GuardMiddleware
from guard.doors.circumstances import Circumstances
from guard.doors.wsgi import GuardWSGIMiddleware
from guard.errors import ConfigError, Undecided

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
NEW = "john.doe@example.org"
JSON = {"content-type": "application/json"}
LIMIT = 100_000


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/middleware"]) == 0
    return directory


def place():
    return {
        "id": "service", "title": "service", "kind": "model", "provider": "acme",
        "url": "https://service.example", "role": "processor", "storage": ["US"],
        "processing": ["US"], "operator": "US", "parent": "US", "access": ["US"], "weights": "US",
        "retention_days": 0, "safeguards": ["dpa_art28", "scc_2021_914", "tia"],
        "training_use": "no", "source": "made for a test", "checked": "2026-11-22",
        "valid_from": "2020-01-01", "valid_until": "9999-12-31", "confidence": "high",
    }  # fmt: skip


@pytest.fixture(scope="module")
def g(home):
    loaded = Config.load(home / "guard.toml")
    own = loaded.log.model_copy(update={"directory": Path("middleware")})
    with Guard(loaded.model_copy(update={"destination": (place(),), "log": own})) as made:
        yield made


class Application:
    """Keeps what it is given, and answers as it is told to."""

    def __init__(self):
        self.seen, self.kind, self.parts, self.status, self.gone = [], None, None, 200, False
        self.headers = {}

    def answer(self, headers, body):
        """Echoes unless it was told what to say."""
        kind = self.kind or headers.get("content-type", "text/plain")
        return kind, [body] if self.parts is None else self.parts

    async def asgi(self, scope, receive, send):
        if scope["type"] == "lifespan":
            for word in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{word}.complete"})
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {n.decode(): v.decode() for n, v in scope["headers"]}
        query = scope["query_string"].decode()
        self.seen.append((scope["method"], scope["path"], query, headers, body))
        kind, parts = self.answer(headers, body)
        out = {"content-type": kind, "etag": '"1"', **self.headers}
        await send({"type": "http.response.start", "status": self.status,
                    "headers": [(n.encode(), v.encode()) for n, v in out.items()]})  # fmt: skip
        for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b""})

    def wsgi(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {
            n[5:].replace("_", "-").lower(): v for n, v in environ.items() if n[:5] == "HTTP_"
        }
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(name):
                headers[name.replace("_", "-").lower()] = environ[name]
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        self.seen.append((environ["REQUEST_METHOD"], path, query, headers, body))
        kind, parts = self.answer(headers, body)
        out = {"Content-Type": kind, "ETag": '"1"', **self.headers}
        start_response(f"{self.status} OK", list(out.items()))
        yield from parts

    @property
    def received(self):
        return repr(self.seen)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Nothing is printed."""


@contextlib.contextmanager
def uvicorn_server(app):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
        thread.start()
        yield found.getsockname()[1]
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def wsgiref_server(app):
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


KINDS = {
    "asgi": (uvicorn_server, GuardMiddleware, lambda app: app.asgi),
    "wsgi": (wsgiref_server, GuardWSGIMiddleware, lambda app: app.wsgi),
}


@pytest.fixture(scope="module", params=list(KINDS))
def served(request, g):
    serve, middleware, inner = KINDS[request.param]
    app = Application()
    wrapped = middleware(
        inner(app), guard=g, to="service", paths=["/v1", "/any"], limit=LIMIT,
        circumstances=Circumstances(principal="shop", conversation="c"),
    )  # fmt: skip
    with serve(wrapped) as port:
        yield app, port, request.param


@pytest.fixture
def app(served):
    made = served[0]
    made.__init__()
    return made


@pytest.fixture
def ask(served, app):
    def asked(method, path, body=None, headers=None):
        link = HTTPConnection("127.0.0.1", served[1], timeout=20)
        try:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return (
                answer.status,
                {n.lower(): v for n, v in answer.getheaders()},
                answer.read(),
            )
        finally:
            link.close()

    return asked


def test_json_is_decided_and_restored(ask, app):
    status, headers, body = ask("POST", "/any/x", json.dumps({"note": [TEXT]}), JSON)
    assert status == 200
    assert json.loads(body) == {"note": [TEXT]}
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers
    assert MAIL not in app.received
    assert "EMAIL_" in app.received
    assert int(app.seen[0][3]["content-length"]) == len(app.seen[0][4])


def test_data_as_names_of_members_are_decided_too(ask, app):
    assert json.loads(ask("POST", "/any", json.dumps({MAIL: 1}), JSON)[2]) == {MAIL: 1}
    assert MAIL not in app.received


def test_a_known_dialect_is_walked_by_it(ask, app):
    turns = [{"role": "user", "content": TEXT}]
    answer = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": []}
    app.kind, app.parts = "application/json", [json.dumps(answer).encode()]
    status, *_ = ask(
        "POST", "/v1/chat/completions", json.dumps({"model": "m", "messages": turns}), JSON
    )
    assert status == 200
    assert MAIL not in app.received
    strange = {"model": "m", "messages": turns, "strange": "field"}
    assert ask("POST", "/v1/chat/completions", json.dumps(strange), JSON)[0] == 403
    assert len(app.seen) == 1


def test_events_of_a_known_dialect_are_restored_as_they_come(ask, app):
    ask("POST", "/any", json.dumps({"m": TEXT}), JSON)
    token = json.loads(app.seen[0][4])["m"].split()[2]
    events = [
        b"data: " + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1,
                                "model": "m", "choices": [
            {"index": 0, "delta": {"content": part}, "finish_reason": None}]}).encode() + b"\n\n"
        for part in ("to ", token[:4], token[4:], " now")
    ]  # fmt: skip
    app.kind, app.parts = "text/event-stream", [*events, b"data: [DONE]\n\n"]
    turns = [{"role": "user", "content": TEXT}]
    body = json.dumps({"model": "m", "stream": True, "messages": turns})
    status, headers, out = ask("POST", "/v1/chat/completions", body, JSON)
    assert (status, headers["content-type"]) == (200, "text/event-stream")
    said = [json.loads(line[6:]) for line in out.splitlines() if line.startswith(b"data: {")]
    assert "".join(e["choices"][0]["delta"].get("content", "") for e in said) == f"to {MAIL} now"


def test_texts_are_texts(ask, app):
    status, _, body = ask("POST", "/any", TEXT, {"content-type": "text/plain; charset=utf-8"})
    assert (status, body.decode()) == (200, TEXT)
    assert MAIL not in app.received


def test_json_by_another_name_is_json(ask, app):
    hidden = json.dumps({"to": MAIL}).replace("@", "\\u0040")
    for headers in ({"content-type": "text/plain"}, {"content-type": "application/x-thing"}, {}):
        app.kind, app.parts = "application/json", [b"{}"]
        assert ask("POST", "/any", hidden.encode(), headers)[0] == 200
        assert b"beispiel" not in app.seen[-1][4]


def test_forms_are_texts(ask, app):
    body = f"who={MAIL.replace('@', '%40')}&what=a+b&{MAIL.replace('@', '%40')}=1"
    app.parts = [b"ok"]
    app.kind = "text/plain"
    status, *_ = ask("POST", "/any", body, {"content-type": "application/x-www-form-urlencoded"})
    assert status == 200
    assert "beispiel" not in app.received
    got = parse_qs(app.seen[0][4].decode())
    assert got["what"] == ["a b"]
    assert got["who"][0].startswith("EMAIL_")


def parts(*items):
    begin = b"--xx\r\nContent-Disposition: form-data; "
    body = b"".join(begin + head + b"\r\n\r\n" + text + b"\r\n" for head, text in items)
    return body + b"--xx--\r\n", {"content-type": "multipart/form-data; boundary=xx"}


def test_forms_in_parts(ask, app):
    app.kind, app.parts = "text/plain", [b"ok"]
    status, *_ = ask("POST", "/any", *parts(
        (b'name="who"', MAIL.encode()),
        (b'name="more"\r\nContent-Type: application/json', json.dumps([MAIL]).encode()),
        (b'name="plain"', b"x \xc3\xa4"),
    ))  # fmt: skip
    assert status == 200
    assert MAIL not in app.received
    assert b'name="plain"\r\n\r\nx \xc3\xa4\r\n--xx--' in app.seen[0][4]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        parts((b'name="f"; filename="a.txt"', b"text")),
        (b"\x00\x01", {"content-type": "application/octet-stream"}),
        (b"\xff\xfe", {"content-type": "text/plain"}),
    ],
)
def test_files_are_not_scanned(ask, app, body, headers):
    status, _, said = ask("POST", "/any", body, headers)
    assert status == 403
    assert json.loads(said)["reasons"][0]["rule"] == "guard.content_not_scanned"
    assert not app.seen


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{", JSON),
        (b'{"a":1,"a":2}', JSON),
        (b"--xx--", {"content-type": "multipart/form-data"}),
        (b"a", {"content-type": "multipart/form-data; boundary=xx"}),
        (b"a=%ff", {"content-type": "application/x-www-form-urlencoded"}),
        (b"{}", {**JSON, "content-encoding": "gzip"}),
    ],
)
def test_what_cannot_be_read_is_refused(ask, app, body, headers):
    status, said, out = ask("POST", "/any", body, headers)
    assert (status, said["content-type"]) == (400, "application/problem+json")
    assert json.loads(out)["status"] == 400
    assert not app.seen


@pytest.mark.parametrize(
    "path",
    [
        "/any/anna.schmidt%40beispiel.de", "/any?q=anna.schmidt%40beispiel.de",
        "/any?anna.schmidt%40beispiel.de=1", "/any?q=%ff", "/any?q=a+anna.schmidt%40beispiel.de",
        "//any?q=anna.schmidt%40beispiel.de", "/ANY?q=anna.schmidt%40beispiel.de",
        "/x/../any?q=anna.schmidt%40beispiel.de",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_addresses_are_decided_about(ask, app, path, method):
    status, _, body = ask(method, path)
    assert status in {400, 403, 503}
    assert MAIL.encode() not in body
    assert not app.seen


def test_addresses_without_data_pass(ask, app):
    app.kind, app.parts = "application/json", [b'{"a": "fine"}']
    status, headers, body = ask("GET", "/any/item/17?q=what+a+fine+day&n=1")
    assert (status, body) == (200, b'{"a": "fine"}')
    status, headers, body = ask("HEAD", "/any/item/17")
    assert (status, body) == (200, b"")
    assert headers.get("content-length") != "0"


def test_other_paths_are_not_guarded(ask, app):
    assert ask("POST", "/anyhow", TEXT)[0] == 200
    assert MAIL in app.received


def test_new_personal_data_are_taken_out(ask, app):
    app.kind, app.parts = "application/json", [json.dumps({"a": f"ask {NEW}"}).encode()]
    assert json.loads(ask("GET", "/any")[2]) == {"a": "ask [EMAIL]"}
    app.kind, app.parts = "text/plain", [b"ask john.", b"doe@exam", b"ple.org"]
    assert ask("GET", "/any")[2] == b"ask [EMAIL]"


def test_values_are_written_into_markup_as_text(ask, app, g):
    markup = f"<p>{TEXT}</p>"
    assert ask("POST", "/any", markup, {"content-type": "text/html"})[2].decode() == markup


def test_files_of_an_application_pass(ask, app):
    app.kind, app.parts = "application/pdf", [b"%PDF", b"\x00\xff"]
    assert ask("GET", "/any")[2] == b"%PDF\x00\xff"


def test_lines_of_json(ask, app):
    app.kind, app.parts = "application/x-ndjson", [b'{"a": "', NEW.encode(), b'"}\n{"b": 1}\n']
    assert [json.loads(one) for one in ask("GET", "/any")[2].splitlines()] == [
        {"a": "[EMAIL]"},
        {"b": 1},
    ]


def test_an_answer_that_nobody_reads_is_refused(ask, app):
    app.kind, app.parts = "text/event-stream", [b"data: x\n\n"]
    assert ask("GET", "/any")[0] == 503
    app.kind, app.parts = "application/json", [b"{"]
    status, headers, body = ask("GET", "/any")
    assert (status, headers["content-type"]) == (503, "application/problem+json")
    assert "unexpected" not in json.loads(body)["detail"]


def test_an_answer_that_cannot_go_on_is_cut(ask, app):
    app.kind, app.parts = "text/plain", [b"fine so far " * 50, b"\xff\xff"]
    try:
        _, headers, body = ask("GET", "/any")
    except (IncompleteRead, RemoteDisconnected):
        return
    assert b"\xff" not in body
    assert "content-length" not in headers


def test_bodies_have_an_end(ask, app):
    status, headers, _ = ask("POST", "/any", b"x" * (LIMIT + 1), {"content-type": "text/plain"})
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert not app.seen


def test_callers_are_not_believed(ask, app):
    said = {**JSON, "X-Guard-Purpose": "no such purpose", "X-Guard-Conversation": "other"}
    assert ask("POST", "/any", json.dumps({"a": TEXT}), said)[0] == 200
    assert not any(name.startswith("x-guard") for name in app.seen[0][3])


def test_no_answer_is_a_no(ask, app, g, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(MAIL)

    monkeypatch.setattr(g.detector, "detect", broken)
    status, _, body = ask("POST", "/any", json.dumps({"a": TEXT}), JSON)
    assert status == 503
    assert MAIL.encode() not in body
    assert not app.seen


@pytest.mark.parametrize("served", ["asgi"], indirect=True)  # wsgiref reads no chunks
def test_chunked_bodies_are_read_to_their_end(served, app):
    with socket.create_connection(("127.0.0.1", served[1])) as link:
        halves = json.dumps({"a": TEXT}).encode()
        link.sendall(b"POST /any HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                     b"transfer-encoding: chunked\r\nconnection: close\r\n\r\n")  # fmt: skip
        for half in (halves[:15], halves[15:], b""):
            link.sendall(b"%x\r\n%s\r\n" % (len(half), half))
        answer = b""
        while part := link.recv(9999):
            answer += part
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == {"a": TEXT}
    assert "transfer-encoding" not in app.seen[0][3]
    assert MAIL not in app.received


def test_a_destination_is_named(g):
    for middleware in (GuardMiddleware, GuardWSGIMiddleware):
        with pytest.raises(ConfigError):
            middleware(lambda *_: None, guard=g, to="nowhere-of-that-name")


def drive(app, scope, *messages):
    """One connection; what was sent to the caller."""
    sent, queue = [], list(messages)

    async def receive():
        return queue.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def http(**more):
    return {"type": "http", "method": "POST", "path": "/any", "raw_path": b"/any",
            "query_string": b"", "headers": [(b"content-type", b"text/plain")], **more}  # fmt: skip


def never(*_):
    raise AssertionError("the application was called")


def test_sockets_are_refused(g):
    app = GuardMiddleware(never, guard=g, to="service")
    sent = drive(app, {"type": "websocket", "path": "/any"}, {"type": "websocket.connect"})
    assert [(m["type"], m["code"]) for m in sent] == [("websocket.close", 1008)]
    with pytest.raises(RuntimeError):
        drive(app, {"type": "webtransport", "path": "/any"})


def test_who_goes_away_early_is_not_served(g):
    app = GuardMiddleware(never, guard=g, to="service")
    first = {"type": "http.request", "body": b"half", "more_body": True}
    assert drive(app, http(), first, {"type": "http.disconnect"}) == []


def test_an_application_sees_who_goes_away(g):
    seen = []

    async def app(_, receive, __):
        seen.extend([await receive(), await receive()])

    whole = {"type": "http.request", "body": b"all"}
    drive(GuardMiddleware(app, guard=g, to="service"), http(), whole, {"type": "http.disconnect"})
    assert [m["type"] for m in seen] == ["http.request", "http.disconnect"]


def test_what_goes_around_send_is_not_offered(g):
    async def app(scope, _, send):
        assert scope["extensions"] == {"tls": {}}
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.pathsend", "path": "/etc/hostname"})

    extensions = {"http.response.pathsend": {}, "http.response.trailers": {}, "tls": {}}
    with pytest.raises(RuntimeError):
        drive(GuardMiddleware(app, guard=g, to="service"), http(extensions=extensions),
              {"type": "http.request", "body": b"x"})  # fmt: skip


def test_a_stream_is_not_held(g):
    order = []

    async def app(_, __, send):
        await send({"type": "http.response.start", "status": 200,
                    "headers": [(b"content-type", b"text/plain")]})  # fmt: skip
        for number in range(3):
            order.append(f"app {number}")
            text = b"a sentence without anything in it. " * 20
            await send({"type": "http.response.body", "body": text, "more_body": True})
        await send({"type": "http.response.body"})

    async def receive():
        return {"type": "http.request", "body": b"x"}

    async def send(message):
        order.append(message["type"])

    asyncio.run(GuardMiddleware(app, guard=g, to="service")(http(), receive, send))
    assert order.index("http.response.body") < order.index("app 2")


def test_an_application_that_goes_on_is_cut_nonetheless(g):
    """It swallows the error, and says more: nothing of it goes out, and the server is told."""
    sent = []

    async def app(_, __, send):
        headers = [(b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for part in (b"fine. " * 99, b"\xff", MAIL.encode() * 99):
            with contextlib.suppress(Undecided):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        with contextlib.suppress(Undecided):
            await send({"type": "http.response.body"})

    async def receive():
        return {"type": "http.request", "body": b"x"}

    async def send(message):
        sent.append(message)

    with pytest.raises(Undecided):
        asyncio.run(GuardMiddleware(app, guard=g, to="service")(http(), receive, send))
    assert all(m.get("more_body", True) for m in sent)
    assert b"beispiel" not in b"".join(m.get("body", b"") for m in sent)


@pytest.fixture
def ended(g, monkeypatch):
    """How answers ended, as it is written down."""
    found, plain = [], g.ended
    monkeypatch.setattr(g, "ended", lambda one: found.append(one.outcome) or plain(one))
    return found


def test_how_an_answer_ended_is_written_down_once(g, ended):
    def app(kind, text):
        def serve(_, start_response):
            start_response("200 OK", [("Content-Type", kind)])
            return [text]

        return GuardWSGIMiddleware(serve, guard=g, to="service")

    for kind, text in (
        ("text/plain", b"fine"),
        ("text/event-stream", b""),
        ("text/plain", b"\xff"),
    ):
        answer = app(kind, text)({"REQUEST_METHOD": "GET", "PATH_INFO": "/any"}, lambda *_: None)
        b"".join(answer)
        answer.close()
    abandoned = app("text/plain", b"fine")
    abandoned({"REQUEST_METHOD": "GET", "PATH_INFO": "/any"}, lambda *_: None).close()
    assert ended == ["whole", "unreadable", "unreadable", "abandoned"]


def test_an_application_that_goes_on_after_a_refusal_is_not_heard(g, ended):
    async def app(_, __, send):
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": MAIL.encode()})

    sent = drive(GuardMiddleware(app, guard=g, to="service"), http(), {
        "type": "http.request", "body": b"x"})  # fmt: skip
    assert [m.get("status") for m in sent] == [503, None]
    assert MAIL.encode() not in sent[1]["body"]
    assert ended == ["unreadable"]


def test_circumstances_may_depend_on_the_request(g, monkeypatch):
    told = []
    plain = g.decide
    monkeypatch.setattr(g, "decide", lambda *a, **k: told.append(k["principal"]) or plain(*a, **k))
    app = GuardMiddleware(
        Application().asgi, guard=g, to="service",
        circumstances=lambda scope: Circumstances(principal=scope["user"]),
    )  # fmt: skip
    drive(
        app, http(user="anna"), {"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}
    )
    assert told == ["anna"]
    sent = drive(app, http(), {"type": "http.request", "body": b"x"})
    assert sent[0]["status"] == 503


def test_wsgi_writes_and_errors(g):
    """The callable that ``start_response`` returns, a body that breaks off, and ``close``."""
    closed, started = [], []

    class Body(list):
        def close(self):
            closed.append(True)

    def app(_, start_response):
        write = start_response("200 OK", [("Content-Type", "text/plain")])
        write(b"ask john.doe@")
        return Body([b"example.org"])

    def start(status, headers, exc_info=None):
        started.append(status)

    import io

    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/any", "SCRIPT_NAME": "", "QUERY_STRING": "",
               "CONTENT_TYPE": "text/plain", "CONTENT_LENGTH": "1", "wsgi.input": io.BytesIO(b"x"),
               "wsgi.file_wrapper": never}  # fmt: skip
    guarded = GuardWSGIMiddleware(app, guard=g, to="service")
    answer = guarded(dict(environ), start)
    assert b"".join(answer) == b"ask [EMAIL]"
    answer.close()
    assert (closed, started) == ([True], ["200 OK"])
    broken = guarded({**environ, "CONTENT_LENGTH": "9"}, start)
    assert started[-1].startswith("400 ")
    assert json.loads(b"".join(broken))["status"] == 400


def test_an_error_of_the_application_is_its_own(g):
    def app(*_):
        raise KeyError("of its own")

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/any"}
    with pytest.raises(KeyError):
        GuardWSGIMiddleware(app, guard=g, to="service")(environ, lambda *_: None)


def test_an_answer_is_not_treated_while_the_vault_is_gone(g, monkeypatch):
    def gone(*_):
        raise Undecided("the vault is gone")

    async def app(_, __, send):
        never()

    monkeypatch.setattr(g.vault, "live", gone)
    made = GuardMiddleware(app, guard=g, to="service")
    sent = drive(made, http(), {"type": "http.request", "body": TEXT.encode()})
    assert sent[0]["status"] == 503
