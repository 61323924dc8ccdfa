"""How much a key, and everybody together, may ask at once and in a minute."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from guard.errors import GuardError
from guard.gateway.keys import Key

_MINUTE_S = 60.0
_SOON_S = 1.0


class Limited(GuardError):  # noqa: N818  (a refusal is an answer, not an error)
    """Too many requests.

    Args:
        message: Of whom.
        status: 429 for a key's own, 503 for everybody's.
        retry_after: In how many seconds it is worth asking again.
    """

    def __init__(self, message: str, *, status: int, retry_after: float) -> None:
        super().__init__(message, remedy="ask again later")
        self.status, self.retry_after = status, retry_after


@dataclass(slots=True)
class _Use:
    """What a key uses: requests under way, and what is left of its minute (a token bucket)."""

    left: float
    at: float
    now: int = 0


class Limiter:
    """The limits of a worker. Used by one event loop, never waits.

    Args:
        concurrent: Requests of everybody at once.
        clock: Seconds that only grow.
    """

    def __init__(self, concurrent: int, clock: Callable[[], float]) -> None:
        self._concurrent, self._clock = concurrent, clock
        self._uses: dict[str, _Use] = {}
        self.now = 0

    @contextmanager
    def entered(self, key: Key) -> Iterator[None]:
        """Count a request while the block runs.

        Raises:
            Limited: If it is one too many; then nothing is counted.
        """
        use = self._use(key)
        if self.now >= self._concurrent:
            raise Limited("too many requests at once", status=503, retry_after=_SOON_S)
        if use.now >= key.concurrent:
            raise Limited("too many requests of this key", status=429, retry_after=_SOON_S)
        if use.left < 1:
            wait = (1 - use.left) * _MINUTE_S / key.per_minute
            raise Limited("too many requests of this key", status=429, retry_after=wait)
        use.left -= 1
        use.now += 1
        self.now += 1
        try:
            yield
        finally:
            use.now -= 1
            self.now -= 1

    def _use(self, key: Key) -> _Use:
        at = self._clock()
        use = self._uses.setdefault(key.id, _Use(key.per_minute, at))
        use.left = min(key.per_minute, use.left + (at - use.at) * key.per_minute / _MINUTE_S)
        use.at = at
        return use


def seconds(wait: float) -> str:
    """A wait as ``Retry-After`` says it: whole seconds, at least one (RFC 9110 §10.2.3)."""
    return str(max(1, math.ceil(wait)))
