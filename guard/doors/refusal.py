"""A refusal as the caller of an API sees it: problem details for HTTP (RFC 9457)."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

import orjson

from guard.errors import ConfigError, Denied, GuardError, InputError, Refused, Undecided

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:sovereign-guard:problem:"
"""Problem types are names, not addresses: nothing is fetched to understand a refusal."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal.

    Args:
        status: 403 denied, 503 no answer, 400 and its kin for what cannot be read.
        document: The members of RFC 9457 §3.1, with the decision's id, the rules that decided and
            what would make the transfer lawful. No text of the request.
    """

    status: int
    document: dict[str, Any]

    @property
    def body(self) -> bytes:
        """The document as JSON."""
        return orjson.dumps(self.document)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the answer."""
        return (("content-type", MEDIA_TYPE), ("cache-control", "no-store"))


def problem(error: GuardError, *, status: int | None = None) -> Problem:
    """The refusal that an error amounts to.

    Args:
        error: What was raised.
        status: Another status than the error's own, for instance 413.
    """
    code, name = _kind(error)
    code = status or code
    document: dict[str, Any] = {
        "type": _TYPE + name,
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": error.message,
    }
    if error.remedy:
        document["remedy"] = error.remedy
    if isinstance(error, Refused):
        document |= _decided(error)
    # What SDKs show to their users: both dialects have an object `error` with a message.
    document["error"] = {"type": f"guard_{name}", "message": str(error), "code": name}
    return Problem(code, document)


def undecided(error: Exception) -> Undecided:
    """What an error that nobody expected amounts to: what and where, without its message."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{PurePath(place.filename).name}:{place.lineno}"
    return Undecided(f"unexpected {type(error).__name__} at {where}", remedy="report this as a bug")


def _kind(error: GuardError) -> tuple[int, str]:
    match error:
        case Denied():
            return 403, "denied"
        case Undecided():
            return 503, "undecided"
        case InputError():
            return 400, "unreadable"
        case ConfigError():
            return 400, "misdirected"
        case _:
            return 503, "undecided"


def _decided(refused: Refused) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if refused.reference:
        found["decision"] = refused.reference
    if refused.remedies:
        found["remedies"] = list(refused.remedies)
    if refused.decision is not None:
        found["reasons"] = [
            {"rule": r.rule, "cites": r.cites, "message": r.message}
            for r in refused.decision.reasons
        ]
    return found
