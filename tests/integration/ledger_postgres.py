"""A real PostgreSQL on loopback for tests. Without it: fail in CI, elsewhere skip, loudly."""

from __future__ import annotations

import contextlib
import os
import pwd
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
    """A server of its own user, data and port.

    Args:
        directory: Where its data are.
        user: Whom it runs as, because it refuses to run as root; None for whoever we are.
    """

    def __init__(self, directory: Path, user: int | None) -> None:
        self._directory, self._user = directory, user
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = (self._directory / "server.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [_tool("postgres"), "-D", self._directory / "data", "-h", "127.0.0.1",
                 "-p", str(self.port), "-k", "", "-c", "fsync=on"],
                stdout=log, stderr=log, **self.as_user(),
            )  # fmt: skip
        for _ in range(300):
            with contextlib.suppress(Exception):
                self.run("SELECT 1")
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail((self._directory / "server.log").read_text("utf-8")[-600:])

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop; SIGQUIT is an immediate shutdown, from which it recovers at the next start."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as db:
            db.execute(statement.encode())

    def database(self) -> str:
        """The URL of a fresh database."""
        self._databases += 1
        name = f"ledger{self._databases}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql://guard@127.0.0.1:{self.port}/{database}"

    def as_user(self) -> dict[str, Any]:
        """How to run a program as the server's user."""
        if self._user is None:
            return {}
        return {"user": self._user, "group": self._user, "extra_groups": [], "cwd": "/"}


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A running server, gone afterwards."""
    initdb = _tool("initdb")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        absent("psycopg is missing: the ledger was NOT tested in PostgreSQL")
    user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    directory = Path(tempfile.mkdtemp(prefix="ledger-pg-"))
    try:
        if user is not None:
            os.chown(directory, user, user)
        made = Server(directory, user)
        done = subprocess.run(
            [initdb, "-D", directory / "data", "-U", "guard", "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync"],
            capture_output=True, check=False, timeout=120, **made.as_user(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()[-600:]
        try:
            made.start()
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(directory)


def _tool(name: str) -> str:
    places = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    found = next(filter(None, (shutil.which(name, path=path) for path in (None, *places))), None)
    if found is None:
        absent(f"{name} is missing: the ledger was NOT tested in PostgreSQL")
    return found
