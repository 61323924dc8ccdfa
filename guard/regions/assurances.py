"""Sovereignty and security schemes, as facts that a destination may have and an operator require.

A level is a row of its own, and a higher one says which lower ones it contains, so that a
requirement is plain membership: whoever asks for ``sov-2.seal-2`` is content with ``sov-2.seal-3``.
A scheme that has not been adopted is listed so that its name is known, and no destination has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import model_validator

from guard.regions.rows import Row, Text
from guard.types import Identifier


class AssuranceRow(Row):
    """One level of one scheme.

    Args:
        scheme: The scheme, ``eu_csf`` or ``secnumcloud``.
        version: Of the scheme's text.
        states: What it says of whoever has it.
        adopted: Whether the scheme exists as more than a proposal.
        implies: Lower levels that it contains.
        presupposes: Other assurances without which it cannot be had.
    """

    id: Identifier
    title: Text
    scheme: Identifier
    version: str
    nature: Literal["procurement", "attestation", "qualification", "criteria", "proposal"]
    states: Text
    cites: Text
    adopted: bool
    implies: tuple[Identifier, ...] = ()
    presupposes: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _proposed(self) -> AssuranceRow:
        if self.adopted == (self.nature == "proposal"):
            raise ValueError("`adopted` and the nature `proposal` exclude each other")
        return self


def closure(held: Iterable[str], rows: Mapping[str, AssuranceRow]) -> tuple[str, ...]:
    """What someone has who has `held`: those and all that they imply, in sorted order."""
    found: set[str] = set()
    waiting = list(held)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(rows[name].implies)
    return tuple(sorted(found))
