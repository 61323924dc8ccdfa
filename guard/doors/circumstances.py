"""What holds of a request beside its body: who asks, for what, in which conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from guard.doors.wire import OURS
from guard.errors import ConfigError, InputError
from guard.types import Purpose

_ONE = ("conversation", "session", "purpose", "language", "use_case", "request_id")
_SEVERAL = ("categories", "subjects")
STATED = tuple(OURS + name.replace("_", "-") for name in (*_ONE, *_SEVERAL))
"""The headers in which a request says more of itself; lists are separated by commas."""
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What `Gate.decide` is told beside the content; see there.

    Args:
        principal: Who asks.
        conversation: Whose pseudonyms stay the same over its turns. Without one, requests of one
            principal that begin with the same message are one conversation.
        session: Names a session, in which what was met stays met.
        purpose: What the data are used for.
        language: Language of the text (ISO 639).
        use_case: A use case of the tables, ``""`` for the configured one.
        categories: What the content holds whatever detection says.
        subjects: Ids of all whom the content is about.
        request_id: The caller's id of the request, the same when it is asked again.
        facts: Facts of the request.
    """

    principal: str = field(default="", repr=False)
    conversation: str = field(default="", repr=False)
    session: str = field(default="", repr=False)
    purpose: Purpose | str = "inference"
    language: str = "en"
    use_case: str = ""
    categories: tuple[str, ...] = ()
    subjects: tuple[str, ...] = field(default=(), repr=False)
    request_id: str = field(default="", repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def stated(self) -> dict[str, Any]:
        """These as the arguments of `Gate.decide`."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def of(cls, **how: Any) -> Circumstances:
        """Circumstances by name; lists may be any sequence, or one string.

        Raises:
            ConfigError: For a name that is none of them.
        """
        known = {one.name for one in fields(cls)}
        for name in how:
            if name not in known:
                raise ConfigError(
                    f"unknown circumstance {name[:64]!r}",
                    remedy="one of " + ", ".join(sorted(known)),
                )
        for name in _SEVERAL:
            if name in how:
                given = how[name]
                how[name] = (given,) if isinstance(given, str) else tuple(given)
        return cls(**how)

    def with_headers(self, said: Mapping[str, str]) -> Circumstances:
        """These, with what the headers of a request say of it.

        Args:
            said: Headers by name in lower case.

        Raises:
            InputError: For a header of ours that nobody knows, or that is too long.
        """
        told = {name: value for name, value in said.items() if name.startswith(OURS)}
        if not told:
            return self
        changes: dict[str, Any] = {}
        for name, value in told.items():
            if name not in STATED or len(value) > _LONGEST:
                raise InputError(
                    f"the header {name[:64]!r} is unknown or too long",
                    remedy="one of " + ", ".join(STATED),
                )
            key = name.removeprefix(OURS).replace("-", "_")
            words = [word.strip() for word in value.split(",")]
            changes[key] = tuple(filter(None, words)) if key in _SEVERAL else value.strip()
        for key in _SEVERAL:
            if key in changes:
                changes[key] = (*getattr(self, key), *changes[key])
        return replace(self, **changes)
