"""A circuit breaker: an upstream that keeps failing is left alone for a while.

    closed ──failures──▶ open ──after open_s──▶ half-open: one request tries
      ▲                    ▲                        │
      └────── it succeeds ─┼────────────────────────┤
                           └────────────── it fails ┘

The clock is an argument, in seconds that only ever grow (`time.monotonic`).
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Literal

from guard.gateway.settings import BreakerSection

State = Literal["closed", "open", "half_open"]
_SLICES = 10
_LONGEST_HOLD_S = 3600.0


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave to send one request; what became of it is reported with it.

    Args:
        era: The state that it was given in: what began before the circuit opened neither opens nor
            closes it any more.
        probe: Whether it is the one that tries.
    """

    era: int
    probe: bool


class Breaker:
    """The breaker of one upstream, for all threads and tasks.

    Args:
        section: When it opens, and for how long.
    """

    def __init__(self, section: BreakerSection) -> None:
        self._section = section
        self._lock = Lock()
        self._slices: dict[int, tuple[int, int]] = {}
        self._open_until: float | None = None
        self._held_until = 0.0
        self._probe_until = 0.0
        self._era = 0

    def state(self, now: float) -> State:
        """The state, for metrics."""
        with self._lock:
            return self._state(now)

    def ready(self, now: float) -> bool:
        """Whether a request could be sent; changes nothing."""
        with self._lock:
            return self._wait(now) <= 0

    def retry_after(self, now: float) -> float:
        """In how many seconds it is worth asking again; 0 if now."""
        with self._lock:
            return max(0.0, self._wait(now))

    def enter(self, now: float) -> Pass | None:
        """Leave to send a request at once, or None. Half-open, only one gets it."""
        with self._lock:
            if self._wait(now) > 0:
                return None
            probe = self._state(now) == "half_open"
            if probe:
                # A probe of which nobody reports (its task was killed) does not block for ever.
                self._probe_until = now + self._section.open_s
                self._era += 1
            return Pass(self._era, probe)

    def succeeded(self, leave: Pass, now: float) -> None:
        """The upstream answered."""
        with self._lock:
            if leave.era != self._era:
                return
            if leave.probe:
                self._close()
            self._count(now, failed=False)

    def failed(self, leave: Pass, now: float) -> None:
        """The upstream did not answer, or with an error of its own."""
        with self._lock:
            if leave.era != self._era:
                return
            self._count(now, failed=True)
            if leave.probe or self._too_many():
                self._open_until = now + self._section.open_s
                self._probe_until = 0.0
                self._slices.clear()
                self._era += 1

    def answered(
        self, leave: Pass, status: int, now: float, *, retry_after: float | None = None
    ) -> None:
        """The upstream answered with a status, whatever it was.

        Errors of its own count as failures, and so does that it refuses our credential. Too many
        requests do not: it is in health, and said when to come back.

        Args:
            leave: What `enter` gave.
            status: The status.
            now: Seconds that only grow.
            retry_after: What ``Retry-After`` says, in seconds.
        """
        if retry_after is not None and status in {429, 503, 529}:
            self.hold(now + max(0.0, retry_after), now)
        if not 200 <= status < 500 or 300 <= status < 400 or status in {401, 403, 407, 408}:
            self.failed(leave, now)
        else:
            self.succeeded(leave, now)

    def abandoned(self, leave: Pass) -> None:
        """Nobody waited for the answer: it says nothing about the upstream."""
        with self._lock:
            if leave.probe and leave.era == self._era:
                self._probe_until = 0.0

    def hold(self, until: float, now: float) -> None:
        """Send nothing before then, because the upstream asked for that (``Retry-After``)."""
        with self._lock:
            self._held_until = max(self._held_until, min(until, now + _LONGEST_HOLD_S))

    def _state(self, now: float) -> State:
        if self._open_until is None:
            return "closed"
        return "open" if now < self._open_until else "half_open"

    def _wait(self, now: float) -> float:
        opened = 0.0 if self._open_until is None else max(self._open_until, self._probe_until)
        return max(opened, self._held_until) - now

    def _close(self) -> None:
        self._open_until = None
        self._probe_until = 0.0
        self._slices.clear()
        self._era += 1

    def _count(self, now: float, *, failed: bool) -> None:
        """Counted by tenths of the window, so that memory does not grow with traffic."""
        slot = int(now / self._section.window_s * _SLICES)
        for old in [one for one in self._slices if one <= slot - _SLICES]:
            del self._slices[old]
        good, bad = self._slices.get(slot, (0, 0))
        self._slices[slot] = (good, bad + 1) if failed else (good + 1, bad)

    def _too_many(self) -> bool:
        """Whether what was counted, which is of the window only, opens the circuit."""
        good, bad = (sum(pair[which] for pair in self._slices.values()) for which in (0, 1))
        return bad >= self._section.failures and bad >= self._section.ratio * (good + bad)
