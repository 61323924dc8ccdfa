"""Doors that a proof goes through: one in memory, one by the HTTP client and real sockets.

A door is anything with ``ask(call) -> Heard``. One for another enforcement point needs no more.
"""

from __future__ import annotations

import contextlib
import random
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.refusal import problem
from guard.doors.transport import guarded
from guard.doors.wire import Sent
from guard.errors import GuardError
from tests.proofs.conversations import Call
from tests.proofs.provider import Answer, Provider

SAFE = ["dpa_art28", "scc_2021_914", "tia"]
REGIONS: dict[str, tuple[str, list[str]]] = {
    "home": ("DE", ["dpa_art28"]),
    "abroad": ("US", SAFE),
    "bare": ("US", []),
    "cn": ("CN", []),
}
PLACES = ("own", *REGIONS)
"""``own`` may have whole data; ``home`` and ``abroad`` stand-ins; the others no personal data."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back to the caller.

    Args:
        call: Of what.
        status: The status; 0 if nothing came.
        data: The bytes.
        whole: Whether they came to an end as an answer does.
        refused: What was raised, or the status of a refusal as ``status``.
        shown: Everything that was shown on the way: errors and texts of objects.
        twin: What became of the same answer, streamed if it was whole and whole if it was not.
    """

    call: Call
    status: int = 0
    data: bytes = field(default=b"", repr=False)
    whole: bool = False
    refused: str = ""
    shown: str = field(default="", repr=False)
    twin: bytes = field(default=b"", repr=False)


class Door(Protocol):
    """What calls go through."""

    def ask(self, call: Call) -> Heard:
        """Make a call."""
        ...


def place(name: str, url: str) -> dict[str, Any]:
    """A destination of the region `name`."""
    if name == "own":
        return {"id": "own", "extends": "self-hosted-eu", "url": url}
    country, safeguards = REGIONS[name]
    return {
        "id": name, "title": name, "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": [country], "processing": [country], "operator": country,
        "parent": country, "access": [country], "weights": country, "retention_days": 0,
        "safeguards": safeguards, "training_use": "no", "source": "made for a test",
        "checked": "2026-11-22", "valid_from": "2020-01-01", "valid_until": "9999-12-31",
        "confidence": "high",
    }  # fmt: skip


def begun(home: Path) -> Path:
    """The directory of a guard, with its keys."""
    assert run(["init", str(home), "--name", "test.example/proof"]) == 0
    return home


def configured(home: Path, urls: dict[str, str], **sections: dict[str, Any]) -> Config:
    """Its configuration.

    Args:
        home: See `begun`.
        urls: Where each region is.
        sections: Changes of a section, by its name; ``ledger={}`` keeps the ledger.
    """
    config = Config.load(home / "guard.toml")
    changes: dict[str, Any] = {"destination": tuple(place(*one) for one in urls.items())}
    if "ledger" not in sections:
        changes["ledger"] = None
    for name, changed in sections.items():
        changes[name] = getattr(config, name).model_copy(update=changed)
    return config.model_copy(update=changes)


def shown(error: BaseException) -> str:
    """An error as it may be printed or logged."""
    lines = traceback.format_exception(error)
    attributes = getattr(error, "__dict__", {})
    more = [repr(error), str(error), repr(attributes)]
    if isinstance(error, GuardError):
        more.append(problem(error).body.decode())
    return "\n".join([*lines, *more])


def cut(data: bytes, seed: int) -> Iterator[bytes]:
    """The bytes in chunks as a network may make of them."""
    rng = random.Random(seed)
    longest = rng.choice((1, 3, 20, 300, 10**6)) if len(data) < 4000 else rng.choice((40, 900))
    at = 0
    while at < len(data):
        size = rng.randrange(1, longest + 1)
        yield data[at : at + size]
        at += size


class InMemory:
    """The door without I/O: what may leave is handed to the provider.

    Args:
        guard: Who decides.
        provider: All regions, at ``https://<region>.example``.
    """

    def __init__(self, guard: Guard, provider: Provider) -> None:
        self.guard, self.provider = guard, provider

    def ask(self, call: Call) -> Heard:
        """Make a call."""
        url = f"https://{call.place}.example{call.target}"
        sent = Sent("POST", url, call.headers, call.body)
        exchange = Exchange(self.guard, Circumstances(principal=call.principal))
        seen = repr(sent)
        try:
            leaving = exchange.submit(sent)
        except GuardError as error:
            return Heard(call, refused=type(error).__name__, shown=seen + shown(error))
        seen += repr(leaving) + repr(exchange) + repr(exchange.verdict)
        host, target = _split(leaving.url)
        answer = self.provider.receive(
            host.partition(".")[0], target, leaving.headers, leaving.body
        )
        try:
            return self._answered(call, exchange, answer, seen)
        except GuardError as error:
            return Heard(call, refused=type(error).__name__, shown=seen + shown(error))

    def _answered(self, call: Call, exchange: Exchange, answer: Answer, seen: str) -> Heard:
        reply = exchange.reply(answer.status, answer.headers)
        parts: list[bytes] = []
        try:
            for number, chunk in enumerate(cut(answer.data, call.chunks), 1):
                parts.append(reply.feed(chunk))
                if number == call.leave:
                    reply.abandon()
                    return Heard(call, answer.status, b"".join(parts), shown=seen)
            if answer.whole:
                parts.append(reply.close())
            else:
                reply.abandon()
        except GuardError as error:
            return Heard(
                call, answer.status, b"".join(parts), refused=type(error).__name__,
                shown=seen + shown(error) + repr(reply),
            )  # fmt: skip
        twin = b""
        if not call.script.fault and call.dialect != "openai.embeddings":
            other = self.provider.otherwise(call)
            second = exchange.reply(other.status, other.headers)
            chunks = [second.feed(chunk) for chunk in cut(other.data, call.chunks + 1)]
            twin = b"".join([*chunks, second.close()])
        return Heard(
            call, answer.status, b"".join(parts), whole=answer.whole, shown=seen + repr(reply),
            twin=twin,
        )  # fmt: skip


def _split(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path + (f"?{parts.query}" if parts.query else "")


class Sockets:
    """The door of HTTP clients, to servers on this machine.

    Args:
        guard: Who decides.
        urls: Where each region is.
    """

    def __init__(self, guard: Guard, urls: dict[str, str]) -> None:
        self.guard, self.urls = guard, urls
        self._inner = httpx2.HTTPTransport()

    def ask(self, call: Call) -> Heard:
        """Make a call."""
        transport = guarded(self._inner, self.guard, Circumstances(principal=call.principal))
        url = self.urls[call.place] + call.target
        request = httpx2.Request("POST", url, headers=call.headers, content=call.body)
        parts: list[bytes] = []
        status = 0
        try:
            response = transport.handle_request(request)
            status = response.status_code
            try:
                for number, chunk in enumerate(response.stream, 1):
                    parts.append(chunk)
                    if number == call.leave:
                        return Heard(call, status, b"".join(parts))
            finally:
                response.close()
        except GuardError as error:
            data = b"".join(parts)
            return Heard(call, status, data, refused=type(error).__name__, shown=shown(error))
        except httpx2.HTTPError as error:
            return Heard(call, status, b"".join(parts), shown=shown(error))
        return Heard(call, status, b"".join(parts), whole=True)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


@contextlib.contextmanager
def serving(provider: Provider) -> Iterator[dict[str, str]]:
    """A server for each region; gives their addresses."""
    with contextlib.ExitStack() as stack:
        yield {name: stack.enter_context(_server(provider, name)) for name in PLACES}


@contextlib.contextmanager
def _server(provider: Provider, name: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = tuple(self.headers.items())
            answer = provider.receive(name, self.path, headers, body)
            provider.hold(provider.call(headers))
            self.send_response(answer.status)
            for header, value in answer.headers:
                self.send_header(header, value)
            length = len(answer.data) + (0 if answer.whole else 10)
            self.send_header("content-length", str(length))
            self.end_headers()
            with contextlib.suppress(OSError):  # the caller may have hung up
                for chunk in cut(answer.data, provider.call(headers).chunks):
                    self.wfile.write(chunk)
                    self.wfile.flush()
            self.close_connection = not answer.whole

        def log_message(self, *_):
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            """Callers may hang up."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
