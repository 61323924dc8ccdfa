"""How an answer ended, as a door tells the gate, and the record that this becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, get_args

from guard.gate.facts import bucket
from guard.log.answered import Outcome, Reference, Reported, is_reference, is_technical

_WORD = re.compile(r"[^\W_]+")
_TELLING = 4  # characters of a value that tell something of it
_REPORTED = frozenset(get_args(Reported))
_REFERENCES = frozenset(get_args(Reference))


class Served(Protocol):
    """What is read of `guard.gateway.served.Evidence`."""

    @property
    def requested(self) -> Mapping[str, str]:
        """What was sent of where it goes."""

    @property
    def reported(self) -> Mapping[str, str]:
        """What the provider said."""

    @property
    def drift(self) -> tuple[str, ...]:
        """What contradicts the decision, one sentence each, its first word what it is about."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An answer that has ended, or did not come. Numbers are exact here.

    Args:
        decision: Id of the decision.
        outcome: How it ended.
        dialect: What it was read as.
        status: Of HTTP, 0 where none came.
        streamed: Whether parts went out before it had ended.
        received: Bytes that came.
        delivered: Bytes that went out.
        restored: Stand-ins that were turned back.
        found: New values that were taken out, by category.
        marked: Whether it was marked as generated.
        served: Where it was served; None where nobody looked.
        secret: Values that no word of a provider's may hold.
        took_us: Microseconds from release to end.
    """

    decision: str
    outcome: Outcome
    dialect: str
    status: int = 0
    streamed: bool = False
    received: int = 0
    delivered: int = 0
    restored: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    marked: bool = False
    served: Served | None = None
    secret: tuple[str, ...] = field(default=(), repr=False)
    took_us: int = 0

    @property
    def drift(self) -> tuple[str, ...]:
        """The names of what contradicts the decision; never what they say."""
        told = self.served.drift if self.served is not None else ()
        return tuple(dict.fromkeys(name for one in told if (name := _about(one)) in _REPORTED))

    def record(self, name: str) -> dict[str, Any]:
        """The record of this, under the id `name`."""
        return {
            "kind": "answer",
            "id": name,
            "decision": self.decision,
            "outcome": self.outcome,
            "status": self.status,
            "dialect": self.dialect,
            "streamed": self.streamed,
            "received": _bound(self.received),
            "delivered": _bound(self.delivered),
            "restored": _bound(self.restored),
            "found": {name: bucket(n) for name, n in sorted(self.found.items()) if n},
            "marked": self.marked,
            "served": self._served(),
            "dur_us": self.took_us,
        }

    def _served(self) -> dict[str, Any] | None:
        if self.served is None:
            return None
        reported = dict(self.served.reported)
        if "x-ms-region" in reported:  # "East US 2", elsewhere eastus2
            reported["x-ms-region"] = reported["x-ms-region"].replace(" ", "")
        requested = {n: w for n, w in self.served.requested.items() if n != "destination"}
        return {
            "requested": {n: w for n, w in requested.items() if self._told(w)},
            "reported": {n: w for n, w in reported.items() if n in _REPORTED and self._told(w)},
            "references": {
                n: w for n, w in reported.items() if n in _REFERENCES and is_reference(w)
            },
            "drift": list(self.drift),
        }

    def _told(self, word: str) -> bool:
        """Whether a word may be written down: technical, and not something that was sent.

        A provider names models as it likes, and has read what it was sent.
        """
        if not is_technical(word):
            return False
        told = "".join(_words(word))
        return not any(
            part in told
            for value in self.secret
            for part in (*_words(value), "".join(_words(value)))
            if len(part) >= _TELLING
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _about(sentence: str) -> str:
    return sentence.partition(" ")[0]


def _bound(count: int) -> int:
    return bucket(count) if count else 0
