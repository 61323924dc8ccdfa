"""Three doors before one model: a client, a function, and an application of one's own.

    python examples/doors.py

The model is a server on this machine that answers with what it was sent, and shows it. No address
in its sight is a real one; every answer has the real ones again.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2

from guard import Guard, GuardMiddleware
from guard.cli.main import run

TEXT = "Write to anna@beispiel.de"
DESTINATION = """
[[destination]]
id = "my-model"
title = "The model that we rent"
kind = "model"
provider = "acme"
url = "{url}"
role = "processor"
storage = ["US"]
processing = ["US"]
operator = "US"
parent = "US"
access = ["US"]
weights = "US"
retention_days = 0
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
training_use = "no"
source = "an example"
checked = "2026-11-22"
valid_from = "2026-01-01"
valid_until = "9999-12-31"
confidence = "high"
"""


class Model(BaseHTTPRequestHandler):
    """Answers with the last message."""

    def do_POST(self) -> None:
        """A chat completion."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said = body["messages"][-1]["content"]
        print(f"  the model sees:  {said}")
        message = {"role": "assistant", "content": said}
        data = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


async def application(_scope: object, receive: object, send: object) -> None:
    """An application that answers with what it was sent."""
    body = (await receive())["body"]
    print(f"  the application sees:  {body.decode()}")
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main(url: str, directory: Path) -> None:
    """Send one text through each door."""
    run(["init", str(directory), "--name", "example.org/doors"])
    with (directory / "guard.toml").open("a") as file:
        file.write(DESTINATION.format(url=url))
    with Guard.load(directory / "guard.toml") as g:
        print("\nA client: guard.wrap(client)")
        with g.wrap(httpx2.Client(base_url=url)) as client:
            body = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}
            answer = client.post("/v1/chat/completions", json=body).json()
        print(f"  the answer:  {answer['choices'][0]['message']['content']}")

        print("\nA function: @guard.governed")

        @g.governed("text", to="my-model")
        def send(text: str) -> str:
            print(f"  the function sees:  {text}")
            return text

        print(f"  the answer:  {send(TEXT)}")

        print("\nAn application: GuardMiddleware(app)")
        app = GuardMiddleware(application, guard=g, to="my-model")
        transport = httpx2.ASGITransport(app=app)

        async def ask() -> str:
            async with httpx2.AsyncClient(transport=transport, base_url="http://local") as client:
                said = {"content-type": "text/plain"}
                return (await client.post("/", content=TEXT, headers=said)).text

        print(f"  the answer:  {asyncio.run(ask())}")


if __name__ == "__main__":
    with HTTPServer(("127.0.0.1", 0), Model) as server, tempfile.TemporaryDirectory() as home:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        main(f"http://127.0.0.1:{server.server_port}", Path(home))
        server.shutdown()
