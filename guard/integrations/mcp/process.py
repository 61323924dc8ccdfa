"""A server that is a process of ours, spoken to by its standard input and output.

Source: Model Context Protocol, transports, stdio. What it writes to its standard error goes to
ours as it is.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import IO

from guard.errors import ConfigError, InputError
from guard.integrations.mcp.lines import lines
from guard.integrations.mcp.relay import Passed

_GRACE_S = 5.0


class Process:
    """A running server.

    Args:
        command: The program and its arguments; no shell sees them.
        limit: Bytes that a line of it may have.

    Raises:
        ConfigError: If it cannot be started.
    """

    def __init__(self, command: Sequence[str], *, limit: int) -> None:
        self._limit, self._writing = limit, threading.Lock()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the operator's own command, no shell
                list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1
            )
        except (OSError, ValueError) as error:
            raise ConfigError(f"the server cannot be started ({type(error).__name__})") from None

    def send(self, passed: Passed) -> None:
        """Write a message; one that a dead server does not take is lost, which `lines` shows."""
        with self._writing, contextlib.suppress(OSError, ValueError):
            stdin = _pipe(self._process.stdin)
            stdin.write(passed.line)
            stdin.flush()

    def received(self) -> Iterator[bytes | InputError | int]:
        """What it writes, until it closes its output."""
        with _pipe(self._process.stdout) as stdout:
            yield from lines(stdout, self._limit)

    def finish(self) -> None:
        """Say that nothing will come; the server is expected to end then.

        One that has stopped reading in the middle of a message is not waited for.
        """
        if not self._writing.acquire(timeout=_GRACE_S):
            return
        try:
            with contextlib.suppress(OSError, ValueError):
                _pipe(self._process.stdin).close()
        finally:
            self._writing.release()

    def close(self) -> None:
        """End it: it is asked to, told to, and made to, with time between."""
        self.finish()
        for end in (self._process.terminate, self._process.kill):
            try:
                self._process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                end()
            else:
                break
        self._process.wait()
        self.finish()  # whoever was in the middle of a message has let go of it


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("there is no pipe")
    return pipe
