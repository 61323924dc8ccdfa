"""The steps of `guard.gateway.attempts`: what its driver does, and what is read of a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from guard.errors import Undecided
from guard.gateway.settings import GatewaySection
from guard.gateway.upstreams import Route

Failure = Literal["connect", "timeout", "cut", "credential"]
"""No connection; no first byte in time; cut off; no valid credential of ours."""


class Decided(Protocol):
    """What is read of a decision."""

    @property
    def destination(self) -> str:
        """Id of the destination."""


class Permitted(Protocol):
    """What is read of a `guard.gate.Verdict`."""

    @property
    def permitted(self) -> bool:
        """Whether data may go."""

    @property
    def decision(self) -> Decided:
        """The decision."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to go.

    Args:
        hops: Decisions, and so requests, at most.
        retries: Requests to one upstream beyond the first.
        backoff_s: The first wait before such a one, in seconds; doubled each time.
        deadline_s: When to give up, in seconds after the start.
        hedge_after_s: When to ask a second upstream beside a slow one; None for never.
        pinned: Whether the request needs state that only one upstream has, so that no other is
            asked.
    """

    hops: int = 4
    retries: int = 1
    backoff_s: float = 0.25
    deadline_s: float = 600.0
    hedge_after_s: float | None = None
    pinned: bool = False

    @classmethod
    def of(cls, section: GatewaySection, *, pinned: bool = False) -> Limits:
        """The limits of a configuration."""
        return cls(
            hops=section.hops,
            retries=section.retries,
            backoff_s=section.backoff_s,
            deadline_s=section.deadline_s,
            hedge_after_s=section.hedge_after_s,
            pinned=pinned,
        )


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide anew, about these routes, and record it."""

    hop: int
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """Send what the verdict releases, to where it permits."""

    hop: int
    route: Route
    verdict: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sleep:
    """Call `Attempts.tick` then. Only the newest one counts."""

    until: float


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand this hop's answer to the caller."""

    hop: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Drop this hop; its breaker is told that it was abandoned, not that it failed."""

    hop: int


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Answer with an error, or break the answer off if it has begun.

    Args:
        status: 502 no usable answer, 503 nobody may be asked, 504 too late, 429 too many requests.
        reason: Why, in words without data.
        retry_after: In how many seconds it is worth asking again; None where nobody knows.
        error: The refusal, where the last decision was one: its status is the one to give.
        verdict: The verdict that was no permit, likewise.
        begun: Whether the caller has part of an answer already.
    """

    status: int
    reason: str
    retry_after: float | None = None
    error: Undecided | None = None
    verdict: Any = field(default=None, repr=False)
    begun: bool = False


Step: TypeAlias = Decide | Send | Sleep | Deliver | Cancel | GiveUp
