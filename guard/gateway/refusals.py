"""What a caller is told of a request that was not answered, and how it is counted."""

from __future__ import annotations

from typing import Any

from guard.doors.refusal import Problem, problem
from guard.errors import Denied, GuardError, InputError, Refused
from guard.gateway.asgi import Header, Unacceptable
from guard.gateway.callers import Unknown
from guard.gateway.gateway import NotServed
from guard.gateway.kept.errand import Unanswered
from guard.gateway.kept.names import NotKept
from guard.gateway.limits import Limited, seconds
from guard.gateway.order import Unavailable
from guard.gateway.question import NoPermit, NotAllowed
from guard.gateway.steps import GiveUp


def refusal(error: GuardError) -> tuple[Problem, tuple[Header, ...]]:
    """The refusal that an error amounts to, and headers beside its own."""
    match error:
        case Limited() | Unavailable():
            status = error.status if isinstance(error, Limited) else 503
            return problem(error, status=status), (("retry-after", seconds(error.retry_after)),)
        case Unacceptable():
            return problem(error, status=error.status), error.headers
        case Unknown():
            return problem(error, status=401), (("www-authenticate", "Bearer"),)
        case NotAllowed():
            return problem(error, status=403), ()
        case NotServed() | NotKept():
            return problem(error, status=404), ()
        case Unanswered():
            return given_up(error.end)
        case _:
            return problem(error), ()


def effect(error: GuardError) -> str:
    """The label of a refusal."""
    match error:
        case Limited():
            return "limited"
        case Unknown() | NotAllowed():
            return "unauthorised"
        case InputError() | NotServed() | NotKept():
            return "unreadable"
        case Unanswered():
            return "unanswered"
        case Denied() if error.decision is not None:
            return error.decision.effect
        case _:
            return "undecided"


def destination(error: GuardError) -> str:
    """Where what was refused would have gone, as far as that was decided."""
    decided = error.decision if isinstance(error, Refused) else None
    return "none" if decided is None else decided.destination


def given_up(end: GiveUp) -> tuple[Problem, tuple[Header, ...]]:
    """The answer when no upstream gave one: the refusal, if that is why."""
    headers: tuple[Header, ...] = ()
    if end.retry_after is not None:
        headers = (("retry-after", seconds(end.retry_after)),)
    error = end.verdict.error if isinstance(end.verdict, NoPermit) else end.error
    if error is not None:
        if error.reference:
            headers = (*headers, ("x-guard-decision", error.reference))
        if isinstance(end.verdict, NoPermit):
            headers = (*headers, ("x-guard-destination", end.verdict.decision.destination))
        return problem(error), headers
    document: dict[str, Any] = {
        "type": "urn:sovereign-guard:problem:unanswered",
        "title": "No answer",
        "status": end.status,
        "detail": end.reason,
        "error": {"type": "guard_unanswered", "message": end.reason, "code": "unanswered"},
    }
    return Problem(end.status, document), headers
