"""The row of a destination: several facts of location, never one "region"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from guard.regions.rows import Row, Text
from guard.types import Destination, Identifier, Location


class Selector(BaseModel):
    """The property of a request or deployment that decides where it runs when the host does not."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    field: Text
    value: Text


class DestinationRow(Row):
    """What data would go to. What is not known is said to be ``unknown``.

    See `guard.types.Destination` for the fields. `title`, `residency` and `selectors` are for
    people and for the gateway; the policy never sees them.
    """

    id: Identifier
    title: Text
    kind: Literal["model", "storage", "device"]
    provider: Identifier
    url: Annotated[str, Field(min_length=1, max_length=300)] = "unknown"
    role: Literal["processor", "controller", "self", "unknown"]
    storage: Annotated[tuple[Location, ...], Field(min_length=1)]
    processing: Annotated[tuple[Location, ...], Field(min_length=1)]
    operator: Location
    parent: Location
    access: Annotated[tuple[Location, ...], Field(min_length=1)] = ("unknown",)
    weights: Location = "unknown"
    assurance: tuple[Identifier, ...] = ()
    safeguards: tuple[Identifier, ...] = ()
    retention_days: Annotated[int, Field(ge=-1)] = -1
    training_use: Literal["yes", "no", "unknown"] = "unknown"
    residency: str = ""
    selectors: tuple[Selector, ...] = ()

    def destination(self) -> Destination:
        """The row as the type that transfers are decided with; sets of facts in sorted order."""
        hidden = {"title", "residency", "selectors", "replaces", "note"}
        facts = self.model_dump(mode="python", exclude=hidden)
        for name in ("storage", "processing", "access", "assurance", "safeguards"):
            facts[name] = tuple(sorted(set(facts[name])))
        return Destination(**facts)
