"""The regions of clouds by provider and code, and a destination in one of them.

A code is looked up and never read: ``eu-central-2`` is Switzerland, and ``ap-southeast-1`` is
Singapore at one provider and Hong Kong at another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from guard.regions.destination import DestinationRow
from guard.types import Confidence

_ORDER: tuple[Confidence, ...] = ("low", "medium", "high")
_LONGEST_SOURCE = 300


class CloudRegions:
    """An index of the rows that are regions of a cloud.

    Args:
        rows: The destinations.
        union: The member states of the Union.
        own: Ids of the operator's rows; one that extends a region under another id is a
            destination in it and does not speak for the region.
    """

    def __init__(
        self, rows: Iterable[DestinationRow], union: Collection[str], own: Collection[str] = ()
    ) -> None:
        self._union = frozenset(union)
        self._rows: dict[tuple[str, str], DestinationRow] = {}
        for row in sorted(rows, key=lambda row: row.id in own):
            if row.region_code and not row.cloud:
                for code in (row.region_code, *row.aliases):
                    self._rows.setdefault((row.provider, code.lower()), row)

    def find(self, provider: str, code: str) -> DestinationRow | None:
        """The region of that provider and code, or none."""
        return self._rows.get((provider, code.lower())) if code.isascii() else None

    def geography(self, field: str, region: DestinationRow) -> dict[str, str]:
        """What a stated location says of the geography: ``resource.location`` decides it."""
        if not field.endswith(".location"):
            return {}
        inside = set(region.storage) <= self._union
        geography = "EU" if inside else "".join(region.storage)
        return {field.removesuffix("location") + "geography": geography}


def derived(row: DestinationRow, region: DestinationRow) -> DestinationRow:
    """An endpoint in a region: the row's facts with the region's places.

    The result is as sure as the less sure of the two, was checked when the earlier was, and holds
    while both do.
    """
    changed: dict[str, Any] = {fact: getattr(region, fact) for fact in row.regional}
    source = f"{row.source}; {region.source}"
    if len(source) > _LONGEST_SOURCE:
        source = f"{row.source[:200]}; region {region.id}"
    return row.model_copy(
        update={
            **changed,
            "id": f"{row.id}:{region.region_code.lower()}",
            "title": f"{row.title}, {region.region_code}",
            "url": row.url.replace("{region}", region.region_code.lower()),
            "region_code": region.region_code,
            "cloud": "",
            "region_field": "",
            "regional": (),
            "source": source,
            "checked": min(row.checked, region.checked),
            "valid_from": max(row.valid_from, region.valid_from),
            "valid_until": min(row.valid_until, region.valid_until),
            "confidence": min(row.confidence, region.confidence, key=_ORDER.index),
            "status": region.status if row.status == "active" else row.status,
        }
    )
