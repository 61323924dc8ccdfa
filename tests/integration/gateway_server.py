"""A gateway on real sockets before recording upstreams in several countries."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from pathlib import Path

import pytest

from guard.cli.main import run
from guard.config import Config
from guard.gateway import keys, server, worker_gate
from guard.gateway.serving import sections
from guard.log import Log

DPA = ["dpa_art28"]
PAPERS = [*DPA, "scc_2021_914", "tia"]


def place(name, url, country, safeguards=PAPERS, **more):
    """A destination of the operator's own."""
    return {
        "id": name, "title": name, "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": [country], "processing": [country], "operator": country,
        "parent": country, "access": [country], "weights": country, "retention_days": 0,
        "safeguards": list(safeguards), "training_use": "no", "source": "made for a test",
        "checked": "2026-11-22", "valid_from": "2020-01-01", "valid_until": "9999-12-31",
        "confidence": "high", **more,
    }  # fmt: skip


def reached(name, url, *, models=None, dialects=("openai", "anthropic"), path="", **more):
    """The upstream that is that destination."""
    return {
        "name": name, "destination": name, "url": url + path, "dialects": list(dialects),
        "models": models or {"m": "m-1"}, "auth": {"style": "none"}, **more,
    }  # fmt: skip


def home(directory):
    """A directory of keys and a configuration."""
    assert run(["init", str(directory), "--name", "test.example/gateway"]) == 0
    return Path(directory)


def configured(home, places, upstreams, *, log="decisions", served=None, gateway=None, **changes):
    """The configuration of a gateway there."""
    loaded = Config.load(home / "guard.toml")
    table = {
        "backoff_s": 0.01,
        **(gateway or {}),
        "upstream": upstreams,
        "server": {"port": 0, "keys_file": f"{log}-keys.toml", **(served or {})},
    }
    own_log = loaded.log.model_copy(update={"directory": Path(log)})
    return loaded.model_copy(
        update={"destination": tuple(places), "log": own_log, "gateway": table, **changes}
    )


def key(config, name="shop", **more):
    """A key of a caller; further members are written into its table."""
    _, section = sections(config)
    file = config.path(section.keys_file)
    made = keys.new(file, name, tenant=more.pop("tenant", "default"), scopes=more.pop("scopes", ()))
    if more:
        with file.open("a") as table:
            table.write("".join(f"{k} = {json.dumps(v)}\n" for k, v in more.items()) + "\n")
    return made


class Running:
    """A gateway that runs in a thread."""

    def __init__(self, config):
        _, section = sections(config)
        self.sockets = server.listening(section)
        self.port = self.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.error = None
        self._listens = threading.Event()
        self._config = config
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            server.run(self._config, self.sockets, ready=self._ready)
        except BaseException as error:  # noqa: BLE001 - shown by who waits
            self.error = error
        finally:
            self._listens.set()

    def _ready(self, stop):
        self._stop = stop
        self._listens.set()

    def start(self):
        self._thread.start()
        assert self._listens.wait(60)
        if self.error is not None:
            raise self.error

    def stop(self):
        self._stop()
        self._thread.join(60)
        assert not self._thread.is_alive()
        if self.error is not None:
            raise self.error

    def ask(self, path="/v1/chat/completions", body=None, *, key="", method="POST", headers=None):
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        said = {"authorization": f"Bearer {key}"} if key else {}
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        if raw is not None:
            said["content-type"] = "application/json"
        try:
            connection.request(method, path, raw, {**said, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@contextlib.contextmanager
def running(config, *, lag_s=0.0):
    """A gateway while the block runs; the end of an answer waits for company as long as said."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(worker_gate, "LAG_S", lag_s)
        made = Running(config)
        made.start()
        try:
            yield made
        finally:
            made.stop()


def entries(config):
    """The log of a gateway."""
    public = (config.root / "guard.pub").read_text()
    return list(Log(config.root / "decisions", public).entries())
