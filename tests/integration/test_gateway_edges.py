"""What callers must not be able to do to the gateway, or learn from it."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time

import httpx2
import openai
import pytest

from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.recording_upstream import last, recording_upstream

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
CHAT = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}
LIMIT = 200_000


@pytest.fixture(scope="module")
def up():
    with recording_upstream() as one:
        yield one


@pytest.fixture(autouse=True)
def _anew(up):
    up.requests.clear()
    up.say, up.tool, up.piece, up.fail = last, False, 5, []


@pytest.fixture(scope="module")
def made(tmp_path_factory, up):
    directory = home(tmp_path_factory.mktemp("home") / "guard")
    own = reached("us", up.url, path="/v1", dialects=["openai"], models={"m": "m-1", "n": "n-1"})
    limits = {"body_bytes": LIMIT, "body_s": 1.0, "head_s": 1.0, "head_bytes": 20_000}
    config = configured(
        directory,
        [place("us", up.url, "US")],
        [own],
        served={**limits, "metrics_host": "127.0.0.1", "metrics_port": 0},
        gateway={"breaker": {"failures": 1000}},
    )
    keys = {
        "shop": key(config, per_minute=100_000),
        "rival": key(config, "rival", tenant="rival", per_minute=100_000),
        "narrow": key(config, "narrow", models=["n"], states=[], per_minute=100_000),
        "slow": key(config, "slow", per_minute=2),
        "single": key(config, "single", concurrent=1),
        "judge": key(config, "judge", scopes=["evaluate"]),
        "watch": key(config, "watch", scopes=["metrics"]),
        "late": key(config, "late"),
        "free": key(
            config,
            "free",
            purposes=["inference", "analytics"],
            states=["purpose", "conversation", "subjects", "language"],
        ),
    }
    return config, keys


@pytest.fixture(scope="module")
def gw(made):
    with running(made[0]) as running_gateway:
        yield running_gateway


@pytest.fixture(scope="module")
def keys(made):
    return made[1]


def raw(gw, data, *, wait=10.0, close=True):
    """What comes back for bytes on a socket."""
    with socket.create_connection(("127.0.0.1", gw.port), timeout=wait) as sock:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in [data] if isinstance(data, bytes) else data:
                sock.sendall(piece)
        found = b""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while piece := sock.recv(65536):
                found += piece
    return found


def head(secret, *more, path="/v1/chat/completions"):
    lines = [
        f"POST {path} HTTP/1.1", "host: g", f"authorization: Bearer {secret}",
        "content-type: application/json", "connection: close", *more,
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


# keys


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"authorization": "Bearer gk_wrong"},
        {"authorization": "Basic Z2s6"},
        {"authorization": "Bearer "},
        {"x-api-key": "x" * 100_0},
        {"authorization": "Bearer \u00e9"},
    ],
)
def test_without_a_good_key_nothing_is_read(said, gw, up):
    body = b"{" * 1000
    status, headers, answer = gw.ask(
        body=body, headers={k: v.encode("latin-1") for k, v in said.items()}
    )
    assert status == 401
    assert headers["www-authenticate"] == "Bearer"
    assert headers["content-type"] == "application/problem+json"
    assert b"wrong" not in answer
    assert not up.requests


@pytest.mark.parametrize("name", ["x-api-key", "api-key"])
def test_a_key_may_come_in_three_headers(name, gw, keys):
    status, _, _ = gw.ask(body=CHAT, headers={name: keys["shop"]})
    assert status == 200


def test_two_different_keys_are_none(gw, keys, up):
    status, _, _ = gw.ask(body=CHAT, key=keys["shop"], headers={"x-api-key": keys["rival"]})
    assert status == 401
    assert gw.ask(body=CHAT, key=keys["shop"], headers={"x-api-key": keys["shop"]})[0] == 200


def test_a_key_is_for_its_scopes_and_models(gw, keys, up):
    assert gw.ask(body=CHAT, key=keys["judge"])[0] == 403
    assert gw.ask(body=CHAT, key=keys["narrow"])[0] == 403
    assert gw.ask("/metrics", method="GET", key=keys["shop"])[0] == 403
    assert gw.ask("/access/v1/evaluation", {}, key=keys["shop"])[0] == 403
    assert not up.requests
    assert gw.ask(body={**CHAT, "model": "n"}, key=keys["narrow"])[0] == 200
    listed = json.loads(gw.ask("/v1/models", method="GET", key=keys["narrow"])[2])
    assert [one["id"] for one in listed["data"]] == ["n"]


def test_a_key_that_is_taken_away_is_gone_at_once(gw, made, keys):
    config, _ = made
    file = config.root / "decisions-keys.toml"
    kept = file.read_text()
    assert gw.ask(body=CHAT, key=keys["late"])[0] == 200
    tables = kept.split("[[key]]")
    try:
        file.write_text("[[key]]".join(t for t in tables if 'id = "late"' not in t))
        assert gw.ask(body=CHAT, key=keys["late"])[0] == 401
        assert gw.ask(body=CHAT, key=keys["shop"])[0] == 200
        file.write_text("not = [toml")
        assert gw.ask(body=CHAT, key=keys["shop"])[0] == 503
    finally:
        file.write_text(kept)
    assert gw.ask(body=CHAT, key=keys["late"])[0] == 200


# what a caller may say


@pytest.mark.parametrize(
    ("name", "said", "status"),
    [
        ("shop", {"x-guard-conversation": "c"}, 200),
        ("shop", {"x-guard-purpose": "inference"}, 403),
        ("narrow", {"x-guard-conversation": "c"}, 403),
        ("free", {"x-guard-purpose": "analytics"}, 200),
        ("free", {"x-guard-purpose": "training"}, 403),
        ("free", {"x-guard-purpose": "world domination"}, 403),
        ("free", {"x-guard-language": "!!"}, 400),
        ("shop", {"x-guard-nonsense": "1"}, 400),
        ("shop", {"x-guard-categories": "no.such"}, 400),
        ("shop", {"x-guard-conversation": "c" * 5000}, 400),
    ],
)
def test_a_key_may_say_what_its_table_lists(name, said, status, gw, keys, up):  # noqa: PLR0917  (a table, and fixtures)
    body = {**CHAT, "model": "n"} if name == "narrow" else CHAT
    assert gw.ask(body=body, key=keys[name], headers=said)[0] == status
    assert bool(up.requests) == (status == 200)


def test_a_header_that_is_there_twice_is_refused(gw, keys, up):
    body = json.dumps(CHAT).encode()
    twice = ("x-guard-conversation: a", "x-guard-conversation: b", f"content-length: {len(body)}")
    assert b" 400 " in raw(gw, head(keys["shop"], *twice) + body).splitlines()[0]
    assert not up.requests


def tokens(up):
    return json.loads(up.requests[-1][3])["messages"][0]["content"].split()[2]


def test_another_tenants_tokens_and_conversations_restore_nothing(gw, keys, up):
    """A rival who knows the token and the conversation's name gets neither value nor token."""
    named = {"x-guard-conversation": "shared"}
    gw.ask(body=CHAT, key=keys["shop"], headers=named)
    token = tokens(up)
    assert token.startswith("EMAIL_")
    up.say = lambda _: f"it is {token} and {MAIL[:4]}"
    for words in (f"what is {token}?", f"what is {token}? Tell bert@beispiel.de"):
        turns = [{"role": "user", "content": words}]
        body = {"model": "m", "messages": turns}
        _, _, answer = gw.ask(body=body, key=keys["rival"], headers=named)
        assert token.encode() in answer
        assert MAIL.encode() not in answer
    up.say = last
    gw.ask(body=CHAT, key=keys["rival"], headers=named)
    assert tokens(up) != token
    up.say = lambda _: f"it is {token}"
    turns = [{"role": "user", "content": f"what is {token}? Tell bert@beispiel.de"}]
    _, _, answer = gw.ask(body={"model": "m", "messages": turns}, key=keys["shop"], headers=named)
    assert MAIL.encode() in answer


def test_what_only_looks_like_a_token_stays(gw, keys):
    turns = [{"role": "user", "content": "say EMAIL_000000000000 and EMAIL_ZZZZ"}]
    _, _, answer = gw.ask(body={"model": "m", "messages": turns}, key=keys["shop"])
    assert b"EMAIL_000000000000 and EMAIL_ZZZZ" in answer


# limits


def test_a_key_has_its_requests_a_minute(gw, keys, up):
    found = [gw.ask(body=CHAT, key=keys["slow"]) for _ in range(3)]
    assert [status for status, *_ in found] == [200, 200, 429]
    assert 1 <= int(found[2][1]["retry-after"]) <= 60
    assert len(up.requests) == 2


def test_a_key_has_its_requests_at_once(gw, keys, up):
    inside, go = threading.Event(), threading.Event()

    def wait(body):
        inside.set()
        go.wait(20)
        return last(body)

    up.say = wait
    found = []
    first = threading.Thread(target=lambda: found.append(gw.ask(body=CHAT, key=keys["single"])))
    first.start()
    assert inside.wait(20)
    status, headers, _ = gw.ask(body=CHAT, key=keys["single"])
    go.set()
    first.join()
    assert (status, found[0][0]) == (429, 200)
    assert headers["retry-after"] == "1"
    up.say = last
    assert gw.ask(body=CHAT, key=keys["single"])[0] == 200


# hostile input


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"null", 400),
        (b"[]", 400),
        (b'{"model":"m","model":"n","messages":[]}', 400),
        (b'{"model":"m","messages":[{"role":"user","content":"a","content":"b"}]}', 400),
        (b'{"model":"m","messages":"' + b"\xff\xfe" + b'"}', 400),
        (b'{"model":"m","messages":[{"role":"user","content":"\\ud800"}]}', 400),
        (b'{"model":"m","messages":' + b"[" * 5000 + b"]" * 5000 + b"}", 400),
        (b'{"model":"m","messages":' + b"[" * 90_000, 400),
        (b'{"model":"m","messages":[{"role":"user","content":"x"}],"seed":1e999}', 400),
        (b'{"messages":[{"role":"user","content":"x"}]}', 400),
        (b'{"model":7,"messages":[{"role":"user","content":"x"}]}', 400),
        (b'{"model":"m","messages":[{"role":"user","content":"x"}],"base_url":"http://evil"}', 403),
        (json.dumps(CHAT).encode() + b" " * LIMIT, 413),
    ],
)
def test_hostile_bodies_are_refused(body, status, gw, keys, up):
    got, headers, answer = gw.ask(body=body, key=keys["shop"])
    assert got == status
    assert headers["content-type"] == "application/problem+json"
    assert b"evil" not in answer
    assert not up.requests


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""],
)
def test_only_json_in_utf8_is_read(kind, gw, keys, up):
    headers = {"content-type": kind}
    assert gw.ask(body=json.dumps(CHAT).encode(), key=keys["shop"], headers=headers)[0] == 415
    packed = {"content-encoding": "gzip"}
    assert gw.ask(body=json.dumps(CHAT).encode(), key=keys["shop"], headers=packed)[0] == 415
    assert not up.requests


def test_a_hundred_megabytes_are_not_held(gw, keys, up):
    """Neither announced nor in chunks; the answer reaches who still sends."""
    said = raw(gw, head(keys["shop"], f"content-length: {100 * 2**20}"))
    assert b" 413 " in said.splitlines()[0]
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    chunked = head(keys["shop"], "transfer-encoding: chunked")
    said = raw(gw, [chunked, *[chunk] * 1600, b"0\r\n\r\n"])
    assert b" 413 " in said.splitlines()[0]
    assert not up.requests


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"CONNECT evil:443 HTTP/1.1\r\nhost: evil\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nhost: g\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: g\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0",
        b"POST / HTTP/1.1\r\nhost: g\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nhost: g\r\ncontent-length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: g\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: g\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: g\r\nx: a\rb: c\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost : g\r\n\r\n",
        b"GET / HTTP/9.9\r\nhost: g\r\n\r\n",
    ],
)
def test_what_is_no_http_ends_the_connection(data, gw, up):
    """No second request may hide behind one that two readers read differently."""
    said = raw(gw, data + b"GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n", wait=5)
    first = said.splitlines()[0] if said else b""
    assert b" 200 " not in first
    assert b"alive" not in said
    assert not up.requests


def test_heads_have_an_end(gw):
    long = b"GET /healthz HTTP/1.1\r\nhost: g\r\nx: " + b"a" * 2_000_000
    said = raw(gw, [long, b"a" * 2_000_000])
    assert b" 431 " in said.splitlines()[0] if said else True
    assert b"alive" not in said


def test_who_sends_nothing_or_slowly_does_not_stay(gw, keys):
    began = time.monotonic()
    assert raw(gw, b"GET /hea", wait=20) == b""
    assert raw(gw, b"", wait=20) == b""
    said = raw(gw, head(keys["shop"], "content-length: 100") + b"{", wait=20)
    assert b" 408 " in said.splitlines()[0]
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/images/generations", 404),
        ("POST", "/v1/chat/completions/", 404),
        ("POST", "/v1//chat/completions", 404),
        ("POST", "/v1/chat%2Fcompletions", 404),
        ("POST", "/../v1/chat/completions", 404),
        ("GET", "/", 404),
        ("GET", "/v1/chat/completions", 405),
        ("PUT", "/v1/chat/completions", 405),
        ("DELETE", "/healthz", 405),
        ("OPTIONS", "/v1/models", 405),
    ],
)
def test_what_is_not_served_is_said(method, path, status, gw, keys, up):  # noqa: PLR0917  (a table, and fixtures)
    got, headers, _ = gw.ask(path, json.dumps(CHAT).encode(), key=keys["shop"], method=method)
    assert got == status
    assert headers["content-type"] == "application/problem+json"
    assert ("allow" in headers) == (status == 405)
    assert not up.requests


def test_headers_of_callers_inject_nothing(gw, keys, up):
    said = {
        "openai-beta": "a" * 500,
        "anthropic-beta": f"{MAIL}",
        "anthropic-version": "2023-06-01; DROP",
        "cookie": "secret=1",
        "openai-organization": "org-1",
        "x-forwarded-host": "evil",
        "host": "evil",
    }
    assert gw.ask(body=CHAT, key=keys["shop"], headers=said)[0] == 200
    sent = up.received
    for part in (MAIL.encode(), b"DROP", b"secret", b"org-1", b"evil", keys["shop"].encode()):
        assert part not in sent


ELSEWHERE = {
    "a member of the body": (
        403, "", {}, {"api_base": "{url}", "base_url": "{url}", "extra_body": {"url": "{url}"}}),
    "a tool at an address": (
        403, "", {}, {"tools": [{"type": "mcp", "server_label": "x", "server_url": "{url}"}]}),
    "a picture at an address": (
        403, "", {}, {"messages": [{"role": "user", "content": [
            {"type": "image_url", "image_url": {"url": "{url}/a.png"}}]}]}),
    "a callback": (403, "", {}, {"webhook": "{url}", "metadata": {"callback_url": "{url}"}}),
    "a model that is an address": (404, "", {}, {"model": "{url}"}),
    "the query": (200, "?api_base={url}&base_url={url}", {}, {}),
    "a whole address as target": (200, "{url}", {}, {}),
    "headers": (200, "", {"host": "{host}", "x-forwarded-host": "{host}",
                     "forwarded": "host={host}", "x-base-url": "{url}", "x-original-url": "{url}",
                     "destination": "{url}"}, {}),
    "a proxy": (200, "", {"proxy": "{url}", "x-forwarded-for": "{host}", "via": "{host}"}, {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def trap():
    """A server that nobody should ever call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.0)
        yield listening


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nothing_that_a_request_says_leads_elsewhere(where, gw, keys, up, trap):
    host = f"127.0.0.1:{trap.getsockname()[1]}"
    filled = json.dumps(ELSEWHERE[where]).replace("{url}", f"http://{host}")
    expected, target, headers, more = json.loads(filled.replace("{host}", host))
    path = f"{target}/v1/chat/completions" if target.startswith("http") else target
    path = path if path.startswith("http") else f"/v1/chat/completions{target}"
    status = gw.ask(path, {**CHAT, **more}, key=keys["shop"], headers=headers)[0]
    assert status == expected
    with pytest.raises(BlockingIOError):
        trap.accept()
    assert len(up.requests) == (status == 200)
    assert MAIL.encode() not in up.received


def test_pipelined_requests_are_answered_in_turn(gw, keys, up):
    body = json.dumps(CHAT).encode()
    one = head(keys["shop"], f"content-length: {len(body)}").replace(b"close", b"keep-alive") + body
    final = head(keys["shop"], f"content-length: {len(body)}") + body
    said = raw(gw, one + one + final)
    assert said.count(b"HTTP/1.1 200") == 3
    assert MAIL.encode() not in up.received


def test_an_upgrade_is_not_taken(gw, keys, up):
    body = json.dumps(CHAT).encode()
    more = ("upgrade: websocket", f"content-length: {len(body)}")
    data = head(keys["shop"], *more).replace(b"connection: close", b"connection: upgrade")
    said = raw(gw, data + body, wait=5)
    assert b" 101 " not in said
    assert MAIL.encode() not in up.received


# cut, gone, and told to stop


def test_a_stream_that_is_cut_does_not_look_whole(made, keys, gw, up):
    """The provider goes away in the middle: an error event, no [DONE], no last chunk."""
    up.say = lambda _: "x" * 2000
    up.piece = 1
    cut_after(up, 20)
    kit = openai.OpenAI(api_key=keys["shop"], base_url=f"{gw.url}/v1", max_retries=0)
    try:
        with pytest.raises(openai.APIError) as broken:
            list(kit.chat.completions.create(**CHAT, stream=True))
    finally:
        cut_after(up, None)
    assert "cut off" in str(broken.value)
    body = json.dumps({**CHAT, "stream": True}).encode()
    cut_after(up, 20)
    said = raw(gw, head(keys["shop"], f"content-length: {len(body)}") + body)
    cut_after(up, None)
    assert b"[DONE]" not in said
    assert b"guard_broken_off" in said
    assert not said.endswith(b"0\r\n\r\n")
    outcome = [e for e in entries(made) if e.kind == "answer"][-1]
    assert outcome.outcome == "cut"


def cut_after(up, events):
    """Have the upstream drop the connection after so many events."""
    from tests.integration import recording_upstream as module

    plain = getattr(module, "_plain_events", None) or module._Handler._events
    module._plain_events = plain
    if events is None:
        module._Handler._events = plain
        return

    def cut(self, found):
        def few():
            for number, event in enumerate(found):
                if number == events:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    raise BrokenPipeError
                yield event

        with contextlib.suppress(BrokenPipeError, OSError):
            plain(self, few())
        self.close_connection = True

    module._Handler._events = cut


def entries(made):
    return logged(made[0])


def test_a_caller_who_goes_away_ends_the_request_upstream(made, gw, keys, up):
    up.say, up.piece = (lambda _: "x" * 100_000), 10
    before = len([e for e in entries(made) if e.kind == "answer"])
    body = json.dumps({**CHAT, "stream": True}).encode()
    with socket.create_connection(("127.0.0.1", gw.port), timeout=10) as sock:
        sock.sendall(head(keys["shop"], f"content-length: {len(body)}") + body)
        assert sock.recv(100)
    for _ in range(200):
        answers = [e for e in entries(made) if e.kind == "answer"][before:]
        if answers:
            break
        time.sleep(0.05)
    assert answers[-1].outcome == "abandoned"
    _, _, shown = gw.ask("/metrics", method="GET", key=keys["watch"])
    assert b'guard_requests{worker="1",state="open"} 0\n' in shown


# what is shown


def test_metrics_name_no_one(gw, keys):
    gw.ask(body=CHAT, key=keys["shop"])
    status, headers, shown = gw.ask("/metrics", method="GET", key=keys["watch"])
    assert status == 200
    assert headers["content-type"].startswith("text/plain; version=0.0.4")
    text = shown.decode()
    assert (
        'guard_requests_total{worker="1",endpoint="/v1/chat/completions",effect="permit",'
        'destination="us",status="200"}'
    ) in text
    for name in ("guard_stage_seconds_bucket", "guard_breaker_open", 'stage="detect"'):
        assert name in text
    for part in (*keys, *keys.values(), MAIL, "rival"):
        assert f'"{part}"' not in text
    for _ in range(3):
        gw.ask(f"/nowhere/{time.monotonic()}", method="GET")
    assert "nowhere" not in gw.ask("/metrics", method="GET", key=keys["watch"])[2].decode()


def test_metrics_have_an_address_of_their_own(gw):
    port = gw.sockets[1].getsockname()[1]
    answer = httpx2.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    assert "guard_requests_total" in answer.text
    assert httpx2.get(f"http://127.0.0.1:{port}/v1/models").status_code == 404
    assert httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 404


def test_alive_and_ready_need_no_key(gw):
    assert json.loads(gw.ask("/healthz", method="GET")[2]) == {"status": "alive"}
    status, _, body = gw.ask("/readyz", method="GET")
    assert (status, json.loads(body)["status"]) == (200, "ready")


ASKED = {
    "subject": {"type": "service", "id": "billing"},
    "action": {"name": "transfer"},
    "resource": {"type": "destination", "id": "us"},
    "context": {"text": TEXT},
}


@pytest.mark.parametrize(
    ("changes", "decision", "treatment"),
    [
        ({}, False, "pseudonymise"),
        ({"context": {"text": TEXT, "treat": True}}, True, "pseudonymise"),
        ({"context": {"text": "what a fine day"}}, True, "none"),
        ({"context": {"document": {"to": MAIL}}}, False, "pseudonymise"),
    ],
)
def test_other_enforcement_points_may_ask(changes, decision, treatment, gw, keys, up):  # noqa: PLR0917  (a table, and fixtures)
    headers = {"x-request-id": "r-1"}
    status, said, body = gw.ask(
        "/access/v1/evaluation", {**ASKED, **changes}, key=keys["judge"], headers=headers
    )
    answer = json.loads(body)
    assert (status, answer["decision"]) == (200, decision)
    assert answer["context"]["treatment"] == treatment
    assert said["x-request-id"] == "r-1"
    assert MAIL.encode() not in body
    assert ("content" in answer["context"]) == bool(changes.get("context", {}).get("treat"))
    assert not up.requests


@pytest.mark.parametrize(
    "changes",
    [
        {"context": {}},
        {"context": {"text": TEXT, "document": {}}},
        {"action": {"name": "delete"}},
        {"resource": {"type": "bucket", "id": "us"}},
        {"resource": {"type": "destination", "id": "nowhere"}},
        {"subject": {"type": "service"}},
        {"obligations": []},
        {"action": {"name": "transfer", "properties": {"purpose": "training"}}},
    ],
)
def test_what_is_no_such_question_has_no_answer(changes, gw, keys):
    status, _, body = gw.ask("/access/v1/evaluation", {**ASKED, **changes}, key=keys["judge"])
    assert status in {400, 403}
    assert b'"decision":true' not in body
    assert MAIL.encode() not in body


def test_the_description_names_what_is_served(gw):
    from guard.gateway.app import ENDPOINTS

    document = json.loads(gw.ask("/openapi.json", method="GET")[2])
    described = {path: {m.upper() for m in item} for path, item in document["paths"].items()}
    assert described == {path: set(methods) for path, methods in ENDPOINTS.items()}
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split("#/components/")[1:]}:
        kind, _, one = name.partition("/")
        assert one in document["components"][kind], name
