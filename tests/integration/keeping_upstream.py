"""A provider on a real socket that keeps files and batches, and every byte that it is sent."""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.integration import recording_upstream
from tests.integration.recording_upstream import Upstream


@dataclass
class Keeping(Upstream):
    """What is kept.

    Args:
        files: Description and content by id.
        batches: Description by id.
        results: Lines of results by id of a batch of messages.
        page: How many it shows at once.
        answer: Status and document to answer everything with, None to do what is asked.
        cut: Break every answer off in its middle.
        look: Called while a request is answered, None for nothing.
    """

    files: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, bytes] = field(default_factory=dict)
    page: int = 3
    answer: tuple[int, Any] | None = None
    cut: bool = False
    look: Callable[[], object] | None = None
    number: int = 0

    def made(self, kind: str) -> str:
        """An id as providers make them."""
        self.number += 1
        return f"{kind}67a1b2c3d4e5f607182{self.number:05d}"

    def keep(self, purpose: str, name: str, content: bytes, **more: Any) -> dict[str, Any]:
        """Keep a file."""
        number = self.made("file-")
        described = {
            "id": number, "object": "file", "bytes": len(content), "created_at": 1760000000,
            "filename": name, "purpose": purpose, "status": "processed", **more,
        }  # fmt: skip
        self.files[number] = described, content
        return described

    def begin(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Begin a batch, and answer every line of its file at once."""
        _, content = self.files[asked["input_file_id"]]
        lines = []
        for line in content.splitlines():
            one = json.loads(line)
            body = one["body"]
            answered = recording_upstream._chat(body, self.say(body), tool=False)
            response = {"status_code": 200, "request_id": "req-1", "body": answered}
            made = {"id": self.made("batch_req_"), "custom_id": one["custom_id"]}
            lines.append(json.dumps({**made, "response": response, "error": None}))
        name = self.made("batch_")
        out = self.keep("batch_output", f"{name}_output.jsonl", "\n".join(lines).encode())
        described = {
            "id": name, "object": "batch", "errors": None, "status": "completed",
            "created_at": 1760000000, "error_file_id": None, "output_file_id": out["id"],
            "request_counts": {"total": len(lines), "completed": len(lines), "failed": 0},
            **{one: asked[one] for one in ("endpoint", "input_file_id", "completion_window")},
            "metadata": asked.get("metadata"),
        }  # fmt: skip
        self.batches[name] = described
        return described

    def begin_messages(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Begin a batch of messages, and answer them."""
        name = self.made("msgbatch_")
        lines = [
            {"custom_id": one["custom_id"], "result": {"type": "succeeded", "message":
             recording_upstream._messages(one["params"], self.say(one["params"]), tool=False)}}
            for one in asked["requests"]
        ]  # fmt: skip
        self.results[name] = "\n".join(map(json.dumps, lines)).encode()
        counts = dict.fromkeys(("processing", "errored", "canceled", "expired"), 0)
        described = {
            "id": name, "type": "message_batch", "processing_status": "ended",
            "request_counts": {**counts, "succeeded": len(lines)},
            "created_at": "2026-11-22T18:37:24.100435Z", "ended_at": "2026-11-22T18:38:24.100435Z",
            "expires_at": "2026-11-23T18:37:24.100435Z", "archived_at": None,
            "cancel_initiated_at": None,
            "results_url": f"https://api.anthropic.com/v1/messages/batches/{name}/results",
        }  # fmt: skip
        self.batches[name] = described
        return described

    def listed(self, found: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
        """A page of a list, the newest first."""
        found.reverse()
        if "after" in query:
            at = next(i for i, one in enumerate(found) if one["id"] == query["after"])
            found = found[at + 1 :]
        some = found[: min(self.page, int(query["limit"]))]
        return {"object": "list", "data": some, "has_more": len(found) > len(some)}


MISSING = (404, {"error": {"message": "No such thing.", "type": "invalid_request_error"}})


class _Handler(recording_upstream._Handler, BaseHTTPRequestHandler):
    upstream: Keeping

    def do_GET(self):
        self._kept(b"")

    def do_DELETE(self):
        self._kept(self.rfile.read(int(self.headers.get("content-length", 0))))

    def do_POST(self):
        if "/files" in self.path or "/batches" in self.path:
            self._kept(self.rfile.read(int(self.headers.get("content-length", 0))))
        else:
            super().do_POST()

    def _kept(self, raw):
        up = self.upstream
        up.requests.append((self.command, self.path, dict(self.headers.items()), raw))
        if up.look is not None:
            up.look()
        status, document = up.answer or self._done(raw)
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        kind = "application/octet-stream" if isinstance(document, bytes) else "application/json"
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if up.cut else data)
        self.close_connection = up.cut

    def _done(self, raw):
        """Status and document."""
        path, _, said = self.path.partition("?")
        query = dict(pair.split("=") for pair in said.split("&")) if said else {}
        try:
            match path.removeprefix("/v1").strip("/").split("/"):
                case ["files", *rest]:
                    return 200, self._file(raw, rest, query)
                case ["batches", *rest]:
                    return 200, self._batch(raw, rest, query)
                case ["messages", "batches", *rest]:
                    return 200, self._messages(raw, rest)
        except (KeyError, StopIteration):
            pass
        return MISSING

    def _file(self, raw, parts, query):
        up = self.upstream
        match self.command, parts:
            case "POST", []:
                purpose, name, content = form(self.headers["content-type"], raw)
                return up.keep(purpose, name, content)
            case "GET", []:
                return up.listed([described for described, _ in up.files.values()], query)
            case "GET", [one]:
                return up.files[one][0]
            case "GET", [one, "content"]:
                return up.files[one][1]
            case "DELETE", [one]:
                del up.files[one]
                return {"id": one, "object": "file", "deleted": True}
        raise KeyError

    def _batch(self, raw, parts, query):
        up = self.upstream
        match self.command, parts:
            case "POST", []:
                return up.begin(json.loads(raw))
            case "GET", []:
                return up.listed([b for b in up.batches.values() if "object" in b], query)
            case "GET", [one]:
                return up.batches[one]
            case "POST", [one, "cancel"]:
                return {**up.batches[one], "status": "cancelling"}
        raise KeyError

    def _messages(self, raw, parts):
        up = self.upstream
        match self.command, parts:
            case "POST", []:
                return up.begin_messages(json.loads(raw))
            case "GET", [one]:
                return up.batches[one]
            case "GET", [one, "results"]:
                return up.results[one]
            case "POST", [one, "cancel"]:
                return {**up.batches[one], "processing_status": "canceling"}
            case "DELETE", [one]:
                del up.batches[one]
                return {"id": one, "type": "message_batch_deleted"}
        raise KeyError


def form(kind: str, raw: bytes) -> tuple[str, str, bytes]:
    """Purpose, name and content of an upload, as the standard library reads forms."""
    head = f"content-type: {kind}\r\nmime-version: 1.0\r\n\r\n".encode()
    message = email.message_from_bytes(head + raw, policy=email.policy.HTTP)
    parts = {part.get_param("name", header="content-disposition"): part
             for part in message.iter_parts()}  # fmt: skip
    file = parts["file"]
    return (
        parts["purpose"].get_content().strip(),
        file.get_filename(),
        file.get_payload(decode=True),
    )


@contextlib.contextmanager
def keeping_upstream(**how: Any):
    """A keeping upstream on a port of its own."""
    with recording_upstream.served(Keeping(**how), _Handler) as upstream:
        yield upstream
