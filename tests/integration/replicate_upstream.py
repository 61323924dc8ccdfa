"""A provider on a real socket that speaks Replicate's HTTP API and keeps every byte it is sent.

Source: replicate.com/docs/reference/http and replicate.com/docs/topics/predictions/streaming.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Replicate:
    """What came, and what is answered.

    Args:
        say: From the input of a prediction to its output.
        piece: Characters of the output in one event of a stream, or one item of it.
        pending: Times that a prediction is asked for before it has ended.
        ends: The status with which it ends.
        streams: Whether the model can stream.
        fail: Statuses to answer the creation of a prediction with before anything else.
        busy: Statuses to answer the asking for one with before anything else.
        hold: Makes streams wait after their first event until it is set, where it is given.
        elsewhere: An address to say in place of one's own for asking again.
        cut: Break streams off after their first event.
        model: The model that predictions say to be of; the one that was asked for if empty.
    """

    say: Callable[[Any], str] = field(default_factory=lambda: lambda given: given["prompt"])
    piece: int = 5
    pending: int = 0
    ends: str = "succeeded"
    streams: bool = True
    fail: list[int] = field(default_factory=list)
    busy: list[int] = field(default_factory=list)
    hold: threading.Event | None = None
    elsewhere: str = ""
    cut: bool = False
    model: str = ""
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    predictions: dict[str, dict[str, Any]] = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    @property
    def received(self) -> bytes:
        """Everything that was received."""
        return b"\n".join(
            f"{method} {path} {headers}".encode() + body
            for method, path, headers, body in self.requests
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream: Replicate

    def _come(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.upstream.requests.append((self.command, self.path, headers, raw))
        return raw

    def do_POST(self):
        raw, up = self._come(), self.upstream
        if self.path.endswith("/cancel"):
            self._json({**up.predictions[self.path.split("/")[-2]], "status": "canceled"})
            up.cancelled.set()
            return
        if up.fail:
            status = up.fail.pop(0)
            self._json({"title": "Refused", "detail": "Invalid input", "status": status}, status)
            return
        body = json.loads(raw)
        name = f"p{len(up.predictions)}"
        text = up.say(body["input"])
        urls = {
            "get": (up.elsewhere or up.url) + f"/v1/predictions/{name}",
            "cancel": f"{up.url}/v1/predictions/{name}/cancel",
        }
        if body.get("stream") and up.streams:
            urls["stream"] = f"{up.url}/v1/streams/{name}"
        asked = "/".join(self.path.split("/")[3:5]) if "/models/" in self.path else ""
        up.predictions[name] = {
            "id": name, "model": up.model or asked, "version": body.get("version", ""),
            "input": body["input"], "output": list(_pieces(text, up.piece)), "error": None,
            "status": up.ends, "created_at": "2026-11-22T00:00:00Z", "urls": urls,
            "metrics": {"input_token_count": 3, "output_token_count": 4}, "left": up.pending,
        }  # fmt: skip
        self._shown(name, 201)

    def do_GET(self):
        self._come()
        up = self.upstream
        name = self.path.split("/")[-1]
        if "/streams/" in self.path:
            self._stream(name)
        elif up.busy:
            self._json({"detail": "busy"}, up.busy.pop(0))
        else:
            self._shown(name, 200)

    def _shown(self, name, status):
        found = self.upstream.predictions[name]
        if found["left"]:
            found["left"] -= 1
            found = {**found, "status": "processing", "output": None, "metrics": {}}
        self._json({k: v for k, v in found.items() if k != "left"}, status)

    def _stream(self, name):
        up = self.upstream
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            for part in up.predictions[name]["output"]:
                lines = "".join(f"data: {line}\n" for line in part.split("\n"))
                self._written(f"event: output\nid: 1:0\n{lines}\n")
                if up.hold is not None:
                    up.hold.wait(30)
                if up.cut:
                    return
            reason = {} if up.ends == "succeeded" else {"reason": "error"}
            self._written(f"event: done\ndata: {json.dumps(reason)}\n\n")

    def _written(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _json(self, document, status=200):
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Nothing is printed."""


def _pieces(text, size):
    yield from (text[i : i + size] for i in range(0, len(text), size))


@contextlib.contextmanager
def replicate_upstream(**how: Any) -> Iterator[Replicate]:
    """Such a provider on a port of its own."""
    upstream = Replicate(**how)
    handler = type("Handler", (_Handler,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    upstream.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
