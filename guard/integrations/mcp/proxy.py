"""The proxy at work: a thread for each direction, between a client's streams and a server.

What is answered to a server is sent by a third: a server that reads nothing while it writes would
otherwise wait for us while we wait for it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal, Protocol

from guard.doors.refusal import undecided
from guard.errors import InputError
from guard.integrations.mcp.lines import lines
from guard.integrations.mcp.relay import Passed, Relay

End = Literal["client", "server", "failed"]
"""Who ended the session: a side, or a bug of ours."""
_DRAIN_S = 5.0
_ANSWERS = 64
"""Answers of ours that a server has not taken; more are not kept for it."""


class Server(Protocol):
    """What stands on the other side."""

    def send(self, passed: Passed) -> None:
        """Send a message."""

    def received(self) -> Iterator[bytes | InputError | int]:
        """What it sends, until it ends.

        Lines; errors in the place of lines that could not be kept; numbers of requests that it will
        not answer any more.
        """

    def finish(self) -> None:
        """Say that nothing will come."""

    def close(self) -> None:
        """End it."""


class Proxy:
    """One session.

    Args:
        relay: Says what becomes of each message.
        server: The server.
        reads: What the client writes.
        writes: What the client reads; nothing but messages is ever written to it.
        limit: Bytes that a line of the client may have.
        say: Told what goes wrong, in words without data.
    """

    def __init__(
        self,
        relay: Relay,
        server: Server,
        reads: BinaryIO,
        writes: BinaryIO,
        *,
        limit: int,
        say: Callable[[str], None],
    ) -> None:
        self._relay, self._server, self._limit, self._say = relay, server, limit, say
        self._reads, self._writes, self._writing = reads, writes, threading.Lock()
        self._ends: queue.SimpleQueue[End] = queue.SimpleQueue()
        self._answers: queue.Queue[Passed] = queue.Queue(_ANSWERS)

    def run(self) -> End:
        """Stand between the two until one of them ends.

        What a client that has ended its input still waits for is given to it; a client whose server
        has gone is told so for each request that waits.
        """
        outward = self._thread(self._from_server, "server")
        self._thread(self._from_client, "client")
        self._thread(self._to_server, "server")
        end = self._ends.get()
        if end == "client":
            self._server.finish()
            outward.join(_DRAIN_S)
        else:
            self._tell_all(end)
        self._server.close()
        outward.join(_DRAIN_S)
        self._tell_all(end)
        return end

    def _tell_all(self, end: End) -> None:
        """Tell a client that still listens that nothing it waits for will come."""
        why = "the server has gone" if end == "server" else "the session has ended"
        with contextlib.suppress(OSError):
            for passed in self._relay.gone(why):
                self._out(passed)

    def _thread(self, work: Callable[[], None], end: End) -> threading.Thread:
        def worked() -> None:
            try:
                work()
            except OSError:  # the client does not read any more
                self._ends.put("client")
            except Exception as error:  # noqa: BLE001 - a door: a bug ends the session
                self._say(undecided(error).message)
                self._ends.put("failed")
            else:
                self._ends.put(end)

        thread = threading.Thread(target=worked, name=f"guard-mcp-{end}", daemon=True)
        thread.start()
        return thread

    def _from_client(self) -> None:
        for line in lines(self._reads, self._limit):
            if isinstance(line, InputError):
                found = self._relay.unread("client", line)
            else:
                found = self._relay.passed("client", line)
            for passed in found:
                if passed.to == "server":
                    self._server.send(passed)
                else:
                    self._out(passed)

    def _from_server(self) -> None:
        for line in self._server.received():
            if isinstance(line, int):
                found = self._relay.unanswered(line, "the server gave no answer")
            elif isinstance(line, InputError):
                found = self._relay.unread("server", line)
            else:
                found = self._relay.passed("server", line)
            for passed in found:
                if passed.to == "client":
                    self._out(passed)
                    continue
                try:
                    self._answers.put_nowait(passed)
                except queue.Full:
                    self._say("the server does not take its answers")

    def _to_server(self) -> None:
        while True:
            self._server.send(self._answers.get())

    def _out(self, passed: Passed) -> None:
        with self._writing:
            self._writes.write(passed.line)
            self._writes.flush()
