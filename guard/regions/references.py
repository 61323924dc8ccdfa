"""Every name that one row uses for another must be there.

A mistyped class would silently make health data ordinary data, so every reference is followed at
load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from guard.errors import ConfigError
from guard.regions.rows import (
    NONE,
    AdequacyRow,
    CountryRow,
    DestinationRow,
    JurisdictionRow,
    Row,
    SensitiveRow,
    SetRow,
    TerritoryRow,
    UseCaseRow,
)

if TYPE_CHECKING:
    from guard.regions.tables import Tables

_SUBENTITY = re.compile(r"^([A-Z]{2})-[A-Z0-9]{1,3}$")
_Reference = tuple[str, str]


def check(tables: Tables) -> None:
    """Follow every reference of every row.

    Raises:
        ConfigError: One leads nowhere, or two rows of the table `sensitive` speak of one class.
    """
    for name, rows in tables.items():
        for row in rows.values():
            for target, wanted in _references(row):
                if not exists(tables, target, wanted):
                    raise ConfigError(
                        f"{name}: row {row.id} names `{wanted}`, which is not in {target}",
                        remedy="correct the name, or add the row it means",
                    )
    _once(tables["sensitive"])


def exists(tables: Mapping[str, Mapping[str, Row]], target: str, wanted: str) -> bool:
    """Whether `wanted` is in the table `target`; ``locations`` are countries and sets together."""
    if target != "locations":
        return wanted in tables[target]
    if any(
        isinstance(row, CountryRow) and wanted in row.also for row in tables["countries"].values()
    ):
        return False
    subentity = _SUBENTITY.match(wanted)
    country = subentity.group(1) if subentity else wanted
    return wanted == "unknown" or country in tables["countries"] or wanted in tables["sets"]


def _references(row: Row) -> Iterator[_Reference]:
    yield from (("classes", one) for one in getattr(row, "classes", ()))
    match row:
        case SetRow():
            yield from (("countries", one) for one in row.members)
        case SensitiveRow():
            yield "instruments", row.instrument
        case UseCaseRow():
            yield from (("instruments", one) for one in row.instruments)
        case AdequacyRow():
            yield from (("instruments", row.instrument), ("locations", row.to))
            if row.requires != NONE:
                yield "safeguards", row.requires
        case TerritoryRow():
            yield "instruments", row.id
            yield from _locations(row.locations)
        case JurisdictionRow():
            yield from _jurisdiction(row)
        case DestinationRow():
            yield from _locations((*row.storage, *row.processing, *row.access))
            yield from _locations((row.operator, row.parent, row.weights))
            yield from (("safeguards", one) for one in row.safeguards)
        case _:
            return


def _jurisdiction(row: JurisdictionRow) -> Iterator[_Reference]:
    yield from _locations((row.id,))
    for scope in row.scopes:
        yield "instruments", scope.instrument
        yield from (("declarations", one) for one in scope.declarations)
        yield from (("categories", one) for one in scope.categories)


def _locations(names: Iterable[str]) -> Iterator[_Reference]:
    return (("locations", name) for name in names)


def _once(rows: Mapping[str, Row]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows.values():
        if isinstance(row, SensitiveRow):
            for one in row.classes:
                if (row.instrument, one) in seen:
                    raise ConfigError(f"sensitive: row {row.id} repeats the class `{one}`")
                seen.add((row.instrument, one))
