"""Hops that ended without an answer, and what is to be said when there was nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from guard.gateway.steps import GiveUp


@dataclass(slots=True)
class Loss:
    """How a hop ended without an answer.

    Args:
        kind: ``"limit"`` too many requests, ``"busy"`` no time for it now, ``"status"`` another
            status that is no answer, or a `Failure`.
        retry_after: Seconds after which the upstream wants to be asked again, if it said so.
    """

    kind: str
    retry_after: float | None = None


def given_up(losses: Sequence[Loss], *, late: bool) -> GiveUp:
    """What to tell the caller: the status that says most.

    Args:
        losses: All that was tried.
        late: Whether the time for it is over.
    """
    waits = [one.retry_after for one in losses if one.retry_after is not None]
    after = min(waits, default=None)
    kinds = {one.kind for one in losses}
    if late or (kinds and kinds <= {"timeout"}):
        return GiveUp(504, "no answer in time")
    if kinds and kinds <= {"limit"}:
        return GiveUp(429, "every upstream has too many requests", after)
    if kinds <= {"limit", "busy"}:
        return GiveUp(503, "no upstream can be asked now", after)
    return GiveUp(502, "no upstream gave an answer", after)


def retry_after(value: str, at: datetime) -> float | None:
    """What a header ``Retry-After`` says, in seconds (RFC 9110 section 10.2.3); None if nothing.

    Args:
        value: The header's value: seconds, or a date.
        at: The time.
    """
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if then.tzinfo is None:
        return None
    return max(0.0, (then - at).total_seconds())
