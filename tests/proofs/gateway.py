"""The door of `guard serve`: its process on a socket, before a server for each region.

Callers name a model and not a place: one that only their region serves, or one that several do, of
which the gateway chooses a lawful one, and another if that fails. Some hang up: within a stream, or
while the provider still thinks.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guard.config import Config
from guard.doors.circumstances import STATED
from guard.doors.wire import OURS
from tests.integration.gateway_server import key, reached
from tests.proofs.conversations import CLERKS, MANY, Call
from tests.proofs.doors import PLACES, Heard, place
from tests.proofs.provider import CASE, Provider

PRINCIPALS = ("", "shop", *CLERKS)
_WAITS = {"retries": 1, "backoff_s": 0.001, "breaker": {"failures": 10_000, "ratio": 1.0}}
_LISTENS = re.compile(r"guard: serving on http://127\.0\.0\.1:([0-9]+) ")


class Gateway:
    """A running gateway.

    Args:
        port: Where it listens.
        keys: The key of each principal.
        provider: All regions.
    """

    def __init__(self, port: int, keys: dict[str, str], provider: Provider) -> None:
        self._port, self._keys, self._provider = port, keys, provider

    def ask(self, call: Call) -> Heard:
        """Make a call."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        with contextlib.closing(connection):
            leaves = call.leave and not call.streamed
            departure = self._provider.departs(call) if leaves else None
            connection.request("POST", call.target, call.body, self._said(call))
            if departure is not None:
                while not departure.came.wait(0.002) and not _readable(connection):
                    pass
                if departure.came.is_set():
                    connection.close()
                    departure.gone.set()
                    return Heard(call)
            return _heard(call, connection.getresponse())

    def metrics(self) -> str:
        """What the gateway counts."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        with contextlib.closing(connection):
            said = {"authorization": f"Bearer {self._keys['shop']}"}
            connection.request("GET", "/metrics", headers=said)
            answer = connection.getresponse()
            text = answer.read().decode()
        assert answer.status == 200
        assert "guard_" in text
        return text

    def _said(self, call: Call) -> dict[str, str]:
        """The headers: a key of this gateway, and the case where it passes it on."""
        said = dict(call.headers)
        said["authorization"] = f"Bearer {self._keys[call.principal]}"
        case = said.pop("x-case")
        return {**said, CASE: f"case={case}"}


def _readable(connection: http.client.HTTPConnection) -> bool:
    return bool(select.select([connection.sock], [], [], 0)[0])


def _heard(call: Call, answer: http.client.HTTPResponse) -> Heard:
    """What came, to its end or until the caller leaves."""
    parts: list[bytes] = []
    whole = left = False
    try:
        while part := answer.read1(700):
            parts.append(part)
            left = len(parts) == call.leave
            if left:
                break
        whole = not left
    except (http.client.HTTPException, OSError):
        pass  # broken off: nothing that came is whole
    data, refused = b"".join(parts), ""
    if answer.headers.get_content_type() == "application/problem+json":
        refused = str(answer.status)
    shown = f"{answer.headers}\n{data.decode('utf-8', 'replace') if refused else ''}"
    return Heard(call, answer.status, data, whole=whole, refused=refused, shown=shown)


def upstreams(urls: dict[str, str]) -> list[dict[str, Any]]:
    """The upstreams of each region: one for each family of dialects."""
    found = []
    for name, url in urls.items():
        models = {name: "m"} | ({MANY: "m"} if name != "own" else {})
        openai = reached(name, url, path="/v1", dialects=["openai"], models=models)
        anthropic = reached(name, url, dialects=["anthropic"], models=models)
        found += [openai, {**anthropic, "name": f"{name}-anthropic"}]
    return found


def toml(value: Any) -> str:
    """A value in TOML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def write(home: Path, **sections: Any) -> Path:
    """Change sections of a configuration in its file; None takes one out."""
    file = home / "guard.toml"
    document: dict[str, Any] = tomllib.loads(file.read_text())
    for name, changed in sections.items():
        if changed is None:
            document.pop(name, None)
        elif isinstance(changed, dict):
            document[name] = {**document.get(name, {}), **changed}
        else:
            document[name] = changed
    file.write_text("".join(f"{name} = {toml(value)}\n" for name, value in document.items()))
    return file


@contextlib.contextmanager
def started(file: Path, said: Path) -> Iterator[int]:
    """The process of `guard serve`, while the block runs: the port on which it listens.

    Args:
        file: Its configuration.
        said: Where everything goes that it says; its temporary files go beside that.
    """
    with said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guard", "serve", "--config", str(file)],
            stdout=out, stderr=out, env={**os.environ, "TMPDIR": str(said.parent)},
        )  # fmt: skip
    try:
        yield _port(process, said)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, said.read_text()[-2000:]
    finally:
        process.kill()
        process.wait()


def _port(process: subprocess.Popen[bytes], said: Path) -> int:
    """Where it listens, once it says so."""
    while process.poll() is None:
        if found := _LISTENS.search(said.read_text()):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(said.read_text()[-2000:])


@contextlib.contextmanager
def serve(
    home: Path, provider: Provider, urls: dict[str, str], workers: int, **sections: dict[str, Any]
) -> Iterator[Gateway]:
    """A gateway before these, while the block runs; what it says and counts is left beside it.

    Args:
        home: The guard's directory.
        provider: All regions.
        urls: Where each region is.
        workers: Its processes.
        sections: As `tests.proofs.doors.configured` has them.
    """
    assert set(urls) == set(PLACES)
    server = {"port": 0, "threads": 4, "workers": workers, "keys_file": "keys.toml"}
    file = write(
        home,
        destination=[place(*one) for one in urls.items()],
        gateway={**_WAITS, "upstream": upstreams(urls), "server": server},
        **{"ledger": None, **sections},
    )
    config = Config.load(file)
    keys = {name: _key(config, name) for name in PRINCIPALS}
    scratch = home.parent / "tmp"
    with started(file, scratch / "said.txt") as port:
        gateway = Gateway(port, keys, provider)
        yield gateway
        (scratch / "metrics.txt").write_text(gateway.metrics())


def _key(config: Config, name: str) -> str:
    return key(
        config,
        name or "nobody",
        tenant="retail" if name.startswith("clerk") else "default",
        scopes=["generate", "metrics"],
        states=sorted(name.removeprefix(OURS) for name in STATED),
        per_minute=1_000_000,
    )
