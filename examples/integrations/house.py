"""What the examples stand on: a guard in a directory of its own, and a provider to look into.

The provider is a server on this machine that speaks OpenAI's chat completions. It repeats what it
is told and keeps what it received, so that an example can show what left and what came back. The
guard takes it for a provider in the United States, under the safeguards that its entry names.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from guard import Guard
from guard.cli.main import run

ABROAD = """
[[destination]]
id = "abroad"
extends = "openai-us"
url = "{url}"
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
"""


@contextlib.contextmanager
def house() -> Iterator[tuple[Guard, str, list[str]]]:
    """A guard, the address of a provider that it knows, and what that provider has received."""
    with tempfile.TemporaryDirectory() as directory, _provider() as (url, received):
        home = Path(directory) / "guard"
        with contextlib.redirect_stdout(io.StringIO()):
            run(["init", str(home), "--name", "example.org/integrations"])
        file = home / "guard.toml"
        file.write_text(file.read_text() + ABROAD.format(url=url))
        with Guard.load(file) as guard:
            yield guard, f"{url}/v1", received


@contextlib.contextmanager
def _provider() -> Iterator[tuple[str, list[str]]]:
    received: list[str] = []

    class Provider(BaseHTTPRequestHandler):
        """Answers with the last message; calls a tool once if it is offered one."""

        def do_POST(self) -> None:
            """A chat completion (platform.openai.com/docs/api-reference/chat)."""
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            received.append(json.dumps(body["messages"], ensure_ascii=False))
            data = json.dumps(_answer(body)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    last = body["messages"][-1]
    text = last["content"]
    if not isinstance(text, str):
        text = " ".join(part["text"] for part in text)
    message: dict[str, Any] = {"role": "assistant", "content": text}
    reason = "stop"
    if body.get("tools") and last["role"] != "tool":
        tool = body["tools"][0]["function"]
        arguments = json.dumps(dict.fromkeys(tool["parameters"]["properties"], text))
        call = {"name": tool["name"], "arguments": arguments}
        calls = [{"id": "call_1", "type": "function", "function": call}]
        message |= {"content": None, "tool_calls": calls}
        reason = "tool_calls"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": reason, "message": message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
