"""A server behind a URL: streamable HTTP.

Source: Model Context Protocol, transports, revisions 2025-03-26 to 2025-11-25. Every message is a
POST of its own, and its answer is JSON or a stream of events; what the server says unasked comes on
a stream that a GET opens. Redirects are not followed, proxies of the environment are not heeded,
and no POST is sent twice.
"""

from __future__ import annotations

import contextlib
import queue
import re
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any

import orjson

from guard.doors.refusal import undecided
from guard.errors import ConfigError, GuardError, InputError
from guard.integrations.mcp.calls import VISIBLE, Calls
from guard.integrations.mcp.relay import Passed
from guard.stream.sse import Frames

_AGAIN_S, _LATER_S, _SILENT_S = 1.0, 60.0, 10.0
_AT_ONCE, _QUEUED = 64, 8
"""Requests that wait for their answers, and messages that wait to be read: each may be long."""
_PIECE = 65536
_SESSION, _VERSION = "mcp-session-id", "mcp-protocol-version"
_SESSION_ID = re.compile(r"[!-~]{1,1024}")
"""Visible ASCII (transports, "Session Management"); anything else could not be sent back."""
_BROKEN = (OSError, HTTPException, GuardError)

UNSERVED = frozenset({"server/discover"})
"""What asks for the revision of 2026-07-28, in which headers repeat arguments. Clients that are
refused it speak the one before."""


class Streamable:
    """A server behind a URL.

    Args:
        url: Its endpoint.
        token: What it knows us by, sent as a bearer token; ``""`` for none.
        limit: Bytes that a message of it may have.
        say: Told what goes wrong, in words without data.

    Raises:
        ConfigError: If the URL or the token is none, or it leaves this machine without TLS.
    """

    def __init__(self, url: str, *, token: str, limit: int, say: Callable[[str], None]) -> None:
        if token and not VISIBLE.fullmatch(token):
            raise ConfigError("the server's token is none", remedy="visible ASCII in one line")
        known = {"authorization": f"Bearer {token}"} if token else {}
        self._calls, self._limit, self._say = Calls(url, known), limit, say
        self._free = threading.BoundedSemaphore(_AT_ONCE)
        self._got: queue.Queue[bytes | InputError | int | None] = queue.Queue(_QUEUED)
        self._closed = threading.Event()

    def send(self, passed: Passed) -> None:
        """Send a message; a request's answer is read by a thread of its own.

        A request too many is not sent: who waited here would keep back what ends one of the others.
        """
        if passed.number is None:
            self._told(passed)
        elif self._free.acquire(blocking=False):
            self._thread(self._asked, passed, passed.number)
        else:
            self._say(f"{_AT_ONCE} requests wait for the server already")
            self._put(passed.number)

    def received(self) -> Iterator[bytes | InputError | int]:
        """What it sends, until nothing will come."""
        while (one := self._got.get()) is not None:
            yield one

    def finish(self) -> None:
        """Nothing more will be asked: what has been asked is still answered."""
        self._thread(self._drained)

    def close(self) -> None:
        """End the session, and drop every connection."""
        if self._closed.is_set():
            return
        self._closed.set()
        if _SESSION in self._calls.headers:
            with contextlib.suppress(*_BROKEN), self._calls.call("DELETE", within_s=_AGAIN_S):
                pass
        self._calls.close()
        self._put(None)

    def _thread(self, work: Callable[..., None], *arguments: Any) -> None:
        def worked() -> None:
            try:
                work(*arguments)
            except Exception as error:  # noqa: BLE001 - nobody else would say it without its words
                self._say(undecided(error).message)

        threading.Thread(target=worked, name="guard-mcp-http", daemon=True).start()

    def _drained(self) -> None:
        for _ in range(_AT_ONCE):
            self._free.acquire()
        self._put(None)

    def _asked(self, passed: Passed, number: int) -> None:
        """Send a request and read its answer, whatever else comes before it."""
        try:
            with self._calls.call("POST", passed.line) as response:
                self._answer(response, begins=passed.method == "initialize")
        except _BROKEN as error:
            self._failed(error)
        finally:
            self._put(number)
            self._free.release()

    def _told(self, passed: Passed) -> None:
        """Send what has no answer, before whatever comes after it."""
        try:
            with self._calls.call("POST", passed.line, within_s=_SILENT_S) as response:
                if response.status not in {HTTPStatus.OK, HTTPStatus.ACCEPTED}:
                    self._say(f"the server answered with status {response.status}")
        except _BROKEN as error:
            self._failed(error)
        if passed.method == "notifications/initialized":
            self._thread(self._unasked)

    def _unasked(self) -> None:
        """Read what the server says unasked, for as long as it has a stream for that."""
        pause = _AGAIN_S
        while not self._closed.is_set():
            try:
                with self._calls.call("GET") as response:
                    if response.status != HTTPStatus.OK:
                        return
                    pause = _AGAIN_S
                    self._answer(response, begins=False)
            except _BROKEN as error:
                self._failed(error)
            self._closed.wait(pause)
            pause = min(2 * pause, _LATER_S)

    def _answer(self, response: HTTPResponse, *, begins: bool) -> None:
        """Take the messages of an answer; of the first one, the session and the revision, too."""
        if response.status != HTTPStatus.OK:
            self._say(f"the server answered with status {response.status}")
            return
        if begins and (session := response.headers.get(_SESSION)):
            if _SESSION_ID.fullmatch(session) is None:
                raise InputError("the session's id is none")
            self._calls.headers[_SESSION] = session
        for line in self._messages(response):
            if begins:
                self._negotiated(line)
            self._put(line)

    def _messages(self, response: HTTPResponse) -> Iterator[bytes]:
        kind = response.headers.get_content_type()
        if kind == "application/json":
            whole = response.read(self._limit + 1)
            if len(whole) > self._limit:
                raise InputError(f"a message is longer than {self._limit} bytes")
            yield whole
        elif kind == "text/event-stream":
            frames = Frames(limit=self._limit)
            while piece := response.read1(_PIECE):
                for frame in frames.feed(piece):
                    if frame.data and frame.event in {None, "", "message"}:
                        yield frame.data
            if (rest := frames.close()) is not None and rest.data:
                raise InputError("an event was cut off")
        else:
            raise InputError("the answer is neither JSON nor a stream of events")

    def _negotiated(self, line: bytes) -> None:
        """The revision that a server has chosen stands in a header of all that follows."""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            version = orjson.loads(line)["result"]["protocolVersion"]
            if type(version) is str and version.isascii() and version.replace("-", "").isalnum():
                self._calls.headers[_VERSION] = version

    def _failed(self, error: Exception) -> None:
        if not self._closed.is_set():
            said = error.message if isinstance(error, GuardError) else type(error).__name__
            self._say(f"the server cannot be reached or read: {said}")

    def _put(self, one: bytes | int | None) -> None:
        while True:
            try:
                self._got.put(one, timeout=_AGAIN_S)
            except queue.Full:
                if self._closed.is_set():  # nobody reads any more
                    return
            else:
                return
