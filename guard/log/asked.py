"""What a plan was made over, as a record holds it, so that it can be made again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guard.log.fields import LARGEST, Count
from guard.types import Confidence, Date, Document, Identifier, Location, Tag, Treatment

PLACES = 8
"""Of how many destinations that were asked for a record holds the facts."""


class DestinationFacts(Document):
    """What the policy saw of a destination: `guard.types.Destination.facts`."""

    kind: Literal["model", "storage", "device"]
    provider: Identifier
    role: Literal["processor", "controller", "self", "unknown"]
    storage: tuple[Location, ...] = Field(min_length=1)
    processing: tuple[Location, ...] = Field(min_length=1)
    operator: Location
    parent: Location
    access: tuple[Location, ...] = Field(min_length=1)
    weights: Location
    assurance: tuple[Identifier, ...]
    safeguards: tuple[Identifier, ...]
    retention_days: int = Field(ge=-1, le=LARGEST)
    training_use: Literal["yes", "no", "unknown"]
    valid_from: Date
    valid_until: Date
    confidence: Confidence
    counts: dict[Identifier, Count] = Field(default_factory=dict)


class Place(Document):
    """A destination that was asked for, with its facts.

    Args:
        id: Our name for it.
        facts: Its facts; None where `destination` holds them.
        counts: The counts under a treatment where they are not those of the facts; None where
            nobody asked the ledger for them, so that they are not known.
    """

    id: Identifier
    facts: DestinationFacts | None
    counts: dict[Treatment, dict[Identifier, Count] | None]


class Variant(Document):
    """What differs under another treatment than the one that was decided on.

    Args:
        categories: Those that it has been done to; nothing is done to the others.
        tags: The tags, or None where they are those of the transfer.
        hints: The hints, likewise.
    """

    categories: tuple[Identifier, ...]
    tags: tuple[Tag, ...] | None
    hints: tuple[Tag, ...] | None


class Asked(Document):
    """What the plan was made over, so that it can be made again under another policy.

    Args:
        destinations: How many different destinations were asked for.
        places: The first of them, best first.
        order: The treatments that change something, best first.
        prefer: What goes before, whole data or the first destination.
        retention_days: How long this log was to be kept, in days; an obligation asks for it.
        under: The facts under each treatment but the one that was decided on.
    """

    destinations: Count = Field(ge=1)
    places: tuple[Place, ...] = Field(min_length=1, max_length=PLACES)
    order: tuple[Treatment, ...] = Field(min_length=1)
    prefer: Literal["whole", "destination"]
    retention_days: Count
    under: dict[Treatment, Variant]

    @property
    def truncated(self) -> bool:
        """Whether more destinations were asked for than it holds the facts of."""
        return self.destinations > len(self.places)

    def fits(self, destination: str, treatment: Treatment) -> bool:
        """Whether nothing that the plan needs is missing, and nothing is there twice."""
        names = {place.id for place in self.places}
        return (
            len(names) == len(self.places) <= self.destinations
            and all((place.facts is None) == (place.id == destination) for place in self.places)
            and sorted(self.order) == sorted({*self.under, treatment})
            and treatment not in self.under
        )
