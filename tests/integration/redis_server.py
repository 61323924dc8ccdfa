"""A real Redis on loopback for tests. Without it: fail in CI, elsewhere skip, loudly."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.absent import absent


class Server:
    """A server of its own data, port and socket.

    Args:
        directory: Where its data are.
        options: Further options of its command line.
    """

    def __init__(self, directory: Path, *options: str) -> None:
        self.directory, self._options = directory, options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0

    def start(self) -> None:
        """Start, and wait until it answers."""
        program = shutil.which("redis-server")
        if program is None:
            absent("redis-server is missing: the vault was NOT tested in Redis")
        with (self.directory / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "--bind", "127.0.0.1", "--port", str(self.port), "--dir",
                 self.directory, "--unixsocket", self.directory / "socket", "--save", "",
                 "--appendonly", "yes", "--appendfsync", "always", "--databases", "500",
                 *self._options],
                stdout=log, stderr=log,
            )  # fmt: skip
        for _ in range(300):
            with contextlib.suppress(OSError), self.client() as client:
                client.ping()
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail((self.directory / "server.log").read_text("utf-8")[-600:])

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Stop, by default as a crash does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def send(self, what: signal.Signals) -> None:
        """Send a signal."""
        assert self._process is not None
        self._process.send_signal(what)

    def client(self, url: str = "") -> Any:
        """A client of ours, not the vault's."""
        import redis

        class Client(redis.Redis):
            """A client whose errors while the server starts are of the system."""

            def ping(self, **kwargs: Any) -> Any:
                """Ask whether it answers."""
                try:
                    return super().ping(**kwargs)
                except redis.RedisError as error:
                    raise OSError from error

        return Client.from_url(url or self.url(0), retry=None)

    def database(self) -> str:
        """The URL of a fresh database."""
        self._databases += 1
        return self.url(self._databases)

    def url(self, database: int) -> str:
        """The URL of a database."""
        return f"redis://127.0.0.1:{self.port}/{database}"


@contextlib.contextmanager
def server(*options: str) -> Iterator[Server]:
    """A running server, gone afterwards."""
    try:
        import redis  # noqa: F401
    except ImportError:
        absent("redis-py is missing: the vault was NOT tested in Redis")
    directory = Path(tempfile.mkdtemp(prefix="vault-redis-"))
    made = Server(directory, *options)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(directory)
