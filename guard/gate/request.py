"""What a caller asks of the gate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guard.errors import ConfigError
from guard.payload import rebuild
from guard.types import PURPOSES, Purpose, Segment

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


@dataclass(frozen=True, slots=True)
class Request:
    """One call of `Gate.check`, with its time."""

    at: datetime
    began_ns: int
    candidates: tuple[str, ...]
    purpose: Purpose
    principal: str
    conversation: str
    language: str
    categories: tuple[str, ...]
    document: Any = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)

    def rebuilt(self, rewritten: Sequence[Segment]) -> Any:
        """The document with rewritten texts in their places."""
        return rebuild(self.document, {s.pointer: s.text for s in rewritten})
