"""A provider on a real socket that keeps every byte it is sent: OpenAI's and Anthropic's APIs."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Upstream:
    """What came, and what is answered.

    Args:
        say: From the body of a request to the text of the answer.
        piece: Characters of the text in one event of a stream.
        tool: Answer with a tool call whose argument is the text.
        fail: Statuses to answer with before anything else.
    """

    say: Callable[[Any], str] = field(default_factory=lambda: last)
    piece: int = 5
    tool: bool = False
    fail: list[int] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    @property
    def received(self) -> bytes:
        """Everything that was received."""
        return b"\n".join(
            f"{method} {path} {headers}".encode() + body
            for method, path, headers, body in self.requests
        )


def last(body: Any) -> str:
    """The text of the last message."""
    if "prompt" in body:
        return str(body["prompt"])
    turns = body.get("messages", body.get("input"))
    if isinstance(turns, str):
        return turns
    content = turns[-1]["content"]
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content)


_FEW = {"prompt_tokens": 1, "total_tokens": 1}


def _finish(tool):
    return "tool_calls" if tool else "stop"


def _chat(body, text, tool):
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if tool:
        call = {"name": "send", "arguments": json.dumps({"to": text, "n": 1})}
        calls = [{"id": "call_1", "type": "function", "function": call}]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": body["model"],
        "choices": [{"index": 0, "finish_reason": _finish(tool), "message": message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


def _chat_events(body, text, tool, piece):
    def chunk(delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1,
                "model": body["model"], "choices": [choice]}  # fmt: skip

    yield None, chunk({"role": "assistant", "content": None if tool else ""})
    if tool:
        head = {
            "index": 0,
            "id": "call_1",
            "type": "function",
            "function": {"name": "send", "arguments": ""},
        }
        yield None, chunk({"tool_calls": [head]})
        for part in pieces(json.dumps({"to": text, "n": 1}), piece):
            yield None, chunk({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
    else:
        for part in pieces(text, piece):
            yield None, chunk({"content": part})
    yield None, chunk({}, "tool_calls" if tool else "stop")
    yield None, "[DONE]"


def _completion(body, text):
    choice = {"index": 0, "text": text, "finish_reason": "stop", "logprobs": None}
    return {"id": "c", "object": "text_completion", "created": 1, "model": body["model"],
            "choices": [choice]}  # fmt: skip


def _completion_events(body, text, piece):
    for part in pieces(text, piece):
        yield None, _completion(body, part)
    yield None, "[DONE]"


def _messages(body, text, tool):
    block: dict[str, Any] = {"type": "text", "text": text}
    if tool:
        block = {"type": "tool_use", "id": "toolu_1", "name": "send", "input": {"to": text}}
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": body["model"],
        "content": [block], "stop_reason": "tool_use" if tool else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }  # fmt: skip


def _message_events(body, text, tool, piece):
    whole = _messages(body, text, tool)
    yield (
        "message_start",
        {"type": "message_start", "message": {**whole, "content": [], "stop_reason": None}},
    )
    start = {**whole["content"][0]}
    start.update({"input": {}} if tool else {"text": ""})
    yield "content_block_start", {"type": "content_block_start", "index": 0, "content_block": start}
    for part in pieces(json.dumps({"to": text}) if tool else text, piece):
        delta = (
            {"type": "input_json_delta", "partial_json": part}
            if tool
            else {"type": "text_delta", "text": part}
        )
        yield "content_block_delta", {"type": "content_block_delta", "index": 0, "delta": delta}
    yield "content_block_stop", {"type": "content_block_stop", "index": 0}
    stop = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    yield "message_delta", {"type": "message_delta", "delta": stop, "usage": {"output_tokens": 1}}
    yield "message_stop", {"type": "message_stop"}


def _response(body, text):
    part = {"type": "output_text", "text": text, "annotations": []}
    item = {
        "type": "message",
        "id": "msg_1",
        "status": "completed",
        "role": "assistant",
        "content": [part],
    }
    return {
        "id": "resp_1", "object": "response", "created_at": 1, "status": "completed",
        "model": body["model"], "output": [item], "parallel_tool_calls": True, "tools": [],
        "tool_choice": "auto", "error": None, "incomplete_details": None, "instructions": None,
        "metadata": {},
        "temperature": 1.0, "top_p": 1.0,
    }  # fmt: skip


def _response_events(body, text, piece):
    done = _response(body, text)
    item, part = done["output"][0], done["output"][0]["content"][0]
    begun = {**done, "status": "in_progress", "output": []}
    where = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    number = iter(range(10_000))

    def event(kind, **more):
        return kind, {"type": kind, "sequence_number": next(number), **more}

    yield event("response.created", response=begun)
    yield event(
        "response.output_item.added",
        output_index=0,
        item={**item, "status": "in_progress", "content": []},
    )
    yield event("response.content_part.added", **where, part={**part, "text": ""})
    for one in pieces(text, piece):
        yield event("response.output_text.delta", **where, delta=one, logprobs=[])
    yield event("response.output_text.done", **where, text=text, logprobs=[])
    yield event("response.content_part.done", **where, part=part)
    yield event("response.output_item.done", output_index=0, item=item)
    yield event("response.completed", response=done)


def pieces(text: str, size: int) -> Iterator[str]:
    """The text in pieces of `size` characters."""
    yield from (text[i : i + size] for i in range(0, len(text), size))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream: Upstream

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.upstream.requests.append(("POST", self.path, dict(self.headers.items()), raw))
        if self.upstream.fail:
            self._whole(
                {"error": {"message": "try later", "type": "server_error"}},
                self.upstream.fail.pop(0),
            )
            return
        body = json.loads(raw)
        up, path = self.upstream, self.path.partition("?")[0]
        text = up.say(body) if "embeddings" not in path else ""
        if path.endswith("/chat/completions"):
            events, whole = _chat_events(body, text, up.tool, up.piece), _chat(body, text, up.tool)
        elif path.endswith("/messages"):
            events, whole = (
                _message_events(body, text, up.tool, up.piece),
                _messages(body, text, up.tool),
            )
        elif path.endswith("/responses"):
            events, whole = _response_events(body, text, up.piece), _response(body, text)
        elif path.endswith("/embeddings"):
            data = [{"object": "embedding", "index": 0, "embedding": [0.0, 1.0]}]
            events, whole = iter(()), {"object": "list", "data": data, "model": body["model"],
                                       "usage": _FEW}  # fmt: skip
        else:
            events, whole = _completion_events(body, text, up.piece), _completion(body, text)
        if body.get("stream"):
            self._events(events)
        else:
            self._whole(whole)

    def _whole(self, document, status=200):
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _events(self, events):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for name, data in events:
            text = data if isinstance(data, str) else json.dumps(data)
            self.wfile.write(((f"event: {name}\n" if name else "") + f"data: {text}\n\n").encode())
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, *_):
        """Nothing is printed."""


@contextlib.contextmanager
def recording_upstream(**how: Any) -> Iterator[Upstream]:
    """An upstream on a port of its own."""
    with served(Upstream(**how), _Handler) as upstream:
        yield upstream


@contextlib.contextmanager
def served(upstream: Any, handles: type[BaseHTTPRequestHandler]) -> Iterator[Any]:
    """What an upstream does, on a port of its own."""
    handler = type("Handler", (handles,), {"upstream": upstream})
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
