"""Whether a destination lies wholly within places: the operator's own requirement, before any law.

What is said to be anywhere, or is not known, lies within nothing. So a ``global.`` inference
profile of Bedrock, Azure's ``GlobalStandard`` and Vertex AI's ``global`` location never satisfy a
requirement, however wide it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.regions import Regions
    from guard.types import Destination


class Residency:
    """A set of places with everything that lies inside them.

    Args:
        places: Countries, sub-entities or closed sets; empty requires nothing.
        sets: Members of each closed set by its name.

    Use `Residency.of`.
    """

    def __init__(self, places: Collection[str], sets: Mapping[str, frozenset[str]]) -> None:
        self._sets = sets
        self._wanted = bool(places)
        self._places = set(places).union(*(sets.get(one, frozenset()) for one in places))

    @classmethod
    def of(cls, places: Collection[str], regions: Regions) -> Residency:
        """The requirement, checked against the tables.

        Raises:
            ConfigError: A place is unknown, or has no boundary.
        """
        closed = {k: frozenset(r.members) for k, r in regions.sets.items() if r.kind == "closed"}
        for one in places:
            if one == "unknown" or not regions.is_location(one):
                raise ConfigError(
                    f"gateway.residency: {one} is no place", remedy="name countries, or sets as EU"
                )
            if one in regions.sets and one not in closed:
                raise ConfigError(
                    f"gateway.residency: {one} has no boundary",
                    remedy="name countries, or leave residency out",
                )
        return cls(places, closed)

    def holds(self, destination: Destination) -> bool:
        """Whether data that go there are stored and processed inside only.

        What a destination does not store it does not say either (``unknown``), so its storage
        counts like its processing.
        """
        if not self._wanted:
            return True
        return self.inside((*destination.processing, *destination.storage))

    def inside(self, locations: Collection[str]) -> bool:
        """Whether all of these locations, and at least one, lie within the places."""
        return bool(locations) and all(map(self._lies, locations))

    def _lies(self, location: str) -> bool:
        if location in self._places:
            return True
        if members := self._sets.get(location):
            return self._places.issuperset(members)
        return location.partition("-")[0] in self._places
