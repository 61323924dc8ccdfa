"""What comes to an application of one's own, whichever interface it is served by."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.refusal import Problem, problem, undecided
from guard.doors.wire import OURS, Sent
from guard.errors import GuardError, InputError

if TYPE_CHECKING:
    from guard.gate.gate import Gate

LIMIT = 16 * 2**20
"""Bytes that a request's body may have."""
_UNTRUE = frozenset(
    {
        "accept-encoding",
        "content-digest",
        "content-length",
        "content-md5",
        "digest",
        "if-range",
        "range",
        "repr-digest",
        "transfer-encoding",
    }
)
"""Headers that a rewritten body makes untrue, and those that ask for what cannot be restored."""


class TooLong(InputError):  # noqa: N818 - a state of the request, named like RFC 9110's 413
    """A body beyond the limit."""

    @classmethod
    def beyond(cls, limit: int) -> TooLong:
        """The error for a limit in bytes."""
        return cls(f"the body is longer than {limit} bytes", remedy="send less at once")


class Inbound:
    """Decides about requests to one application.

    Args:
        guard: Who decides.
        to: Ids of destinations, or None for the configured ones.
        circumstances: What holds of every request, or from what the interface says of one to what
            holds of it.
        paths: The beginnings of the paths that are guarded; None for all.

    Raises:
        ConfigError: If there is none, or one is unknown.
    """

    def __init__(
        self,
        guard: Gate,
        to: str | Sequence[str] | None,
        circumstances: Circumstances | Callable[[Any], Circumstances] | None = None,
        paths: Iterable[str] | None = None,
    ) -> None:
        self._guard = guard
        self._circumstances = circumstances or Circumstances()
        self._paths = None if paths is None else tuple(paths)
        self._to = (to,) if isinstance(to, str) else to if to is None else tuple(to)
        guard.candidates(self._to)

    def guards(self, path: str | None) -> bool:
        """Whether a path is guarded, however it is written; a request without one is."""
        return guards(self._paths, path)

    def circumstances(self, said: Any) -> Circumstances:
        """What holds of a request.

        Args:
            said: What the interface says of it.

        Raises:
            Undecided: If the application's own callable fails.
        """
        if isinstance(self._circumstances, Circumstances):
            return self._circumstances
        try:
            return self._circumstances(said)
        except GuardError:
            raise
        except Exception as error:  # noqa: BLE001 - a door: who asks is not known, and that is a no
            raise undecided(error) from None

    def refused(self, error: GuardError) -> Problem:
        """The refusal that an error amounts to; one that nobody wrote down yet is written down."""
        if isinstance(error, TooLong):
            self._guard.unread(error)
            return problem(error, status=413)
        return problem(error)

    def submit(self, sent: Sent, circumstances: Circumstances) -> tuple[Exchange, Sent]:
        """The exchange of a request, and what the application may see of it.

        Raises:
            Refused: If that is nothing.
            InputError: If it cannot be read.
        """
        exchange = Exchange(self._guard, circumstances)
        read = exchange.plain(sent)
        released = exchange.decide(read, self._to)
        body = exchange.written(read, released)
        return exchange, _released(sent, sent.body if body is None else body)


def _released(sent: Sent, body: bytes) -> Sent:
    headers = [
        (name, value)
        for name, value in sent.headers
        if (low := name.lower()) not in _UNTRUE and not low.startswith(OURS)
    ]
    headers.append(("accept-encoding", "identity"))
    if body:
        headers.append(("content-length", str(len(body))))
    return replace(sent, headers=tuple(headers), body=body)


def guards(paths: Sequence[str] | None, path: str | None) -> bool:
    """Whether a path is guarded, however it is written.

    Args:
        paths: The beginnings of guarded paths, by whole parts; None for all.
        path: The path, decoded; None where there is none.
    """
    if paths is None or path is None:
        return True
    low = path.casefold()
    written = {low, posixpath.normpath("/" + low.lstrip("/"))}
    return any(_begins(one, begin.casefold().rstrip("/")) for one in written for begin in paths)


def _begins(path: str, begin: str) -> bool:
    return path == begin or path.startswith(begin + "/")
