"""What a caller asks of the gate, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from guard.config import Context
from guard.errors import ConfigError, InputError
from guard.payload import Content
from guard.types import PURPOSES, Destination, Purpose, Segment, Statement

if TYPE_CHECKING:
    from guard.regions import Regions

_STATEMENT: TypeAdapter[Statement] = TypeAdapter(Statement)
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def purpose_of(name: str) -> Purpose:
    """The purpose of that name.

    Raises:
        ConfigError: If there is none.
    """
    for purpose in PURPOSES:
        if name == purpose:
            return purpose
    raise ConfigError(f"unknown purpose {name!r}", remedy=f"one of {', '.join(PURPOSES)}")


def language_of(code: str) -> str:
    """The language of that code (ISO 639).

    Raises:
        ConfigError: If it is no such code.
    """
    if not _LANGUAGE.fullmatch(code):
        raise ConfigError("unknown language", remedy="ISO 639, as in en or de")
    return code


def facts_of(regions: Regions, named: Mapping[str, object], where: str) -> dict[str, Statement]:
    """The facts that somebody states, as the table `facts` knows them.

    Args:
        regions: The tables.
        named: Value by id of the fact.
        where: Who states them, to begin a message with.

    Raises:
        ConfigError: If one is unknown or cannot have that value, which is not shown.
    """
    facts: dict[str, Statement] = {}
    for name, value in named.items():
        if name not in regions.facts:
            raise ConfigError(
                f"{where}: unknown fact {str(name)[:96]!r}",
                remedy="see `guard region list --table facts`",
            )
        try:
            facts[name] = _STATEMENT.validate_python(value)
        except ValidationError:
            taken = False
        else:
            taken = regions.takes(name, facts[name])
        if not taken:
            raise ConfigError(
                f"{where}: the fact {name!r} cannot have that value",
                remedy=f"see `guard region show {name}`",
            )
    return facts


def destinations_of(
    to: str | Sequence[str | Destination] | None,
) -> tuple[tuple[str, ...] | None, dict[str, Destination]]:
    """The names of what was asked for, and those of them that came with their facts."""
    if to is None:
        return None, {}
    several = (to,) if isinstance(to, str) else tuple(to)
    resolved = {one.id: one for one in several if isinstance(one, Destination)}
    return tuple(one if isinstance(one, str) else one.id for one in several), resolved


def subjects_of(named: Sequence[Any], request_id: str) -> tuple[str, ...]:
    """The persons that the caller names.

    Raises:
        InputError: If an id is blank, or no text: two persons could pass for one.
    """
    several = (named,) if isinstance(named, str) else tuple(named)
    if any(not isinstance(one, str) or not one.strip() for one in several):
        raise InputError("an id of a data subject is blank or no text", remedy="leave it out")
    if request_id and not request_id.strip():
        raise InputError("the id of the request is blank", remedy="leave it out")
    return several


@dataclass(frozen=True, slots=True)
class Request:
    """One call of `Gate.decide`, with its time.

    Args:
        id: The id of its decision.
        resolved: Candidates that no table lists by name, as an address was resolved to them.
        context: The operator's context with the facts that the caller states.
        subjects: The persons that the caller names.
        retry_of: The caller's id of the request, the same when it is asked again, or ``""``.
        follows: Id of the decision that was made for it before, or ``""``.
    """

    id: str
    at: datetime
    began_ns: int
    candidates: tuple[str, ...]
    resolved: Mapping[str, Destination]
    purpose: Purpose
    principal: str
    conversation: str
    session: str
    language: str
    categories: tuple[str, ...]
    context: Context
    retry_of: str
    follows: str
    subjects: tuple[str, ...] = field(repr=False)
    content: Content = field(repr=False)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The texts that were submitted."""
        return self.content.segments

    def rebuilt(self, rewritten: Sequence[Segment]) -> Any:
        """The document with rewritten texts in their places."""
        return self.content.rebuilt({s.pointer: s.text for s in rewritten})
