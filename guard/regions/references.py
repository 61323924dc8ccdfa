"""Every name that one row uses for another must be there.

A mistyped class would silently make health data ordinary data, so every reference is followed at
load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from guard.errors import ConfigError
from guard.regions.assurances import AssuranceRow, closure
from guard.regions.destination import DestinationRow
from guard.regions.families import FamilyRow
from guard.regions.rows import (
    NONE,
    AdequacyRow,
    CountryRow,
    JurisdictionRow,
    Row,
    SensitiveRow,
    SetRow,
    TerritoryRow,
)
from guard.regions.thresholds import ThresholdRow

if TYPE_CHECKING:
    from guard.regions.tables import Tables

_SUBENTITY = re.compile(r"^([A-Z]{2})-[A-Z0-9]{1,3}$")
_Reference = tuple[str, str]
_LISTS = (
    ("classes", "classes"),
    ("instruments", "instruments"),
    ("instruments", "in_order"),
    ("safeguards", "safeguards"),
    ("assurances", "assurance"),
    ("assurances", "implies"),
    ("assurances", "presupposes"),
)
"""Tables whose names stand in a field of that name, whatever the row."""


class Names:
    """The names that rows may use for each other.

    Args:
        tables: Every table; read once, so that a later change of it is not seen.
    """

    def __init__(self, tables: Tables) -> None:
        countries = [row for row in tables["countries"].values() if isinstance(row, CountryRow)]
        self._tables = tables
        self._countries = frozenset(row.id for row in countries)
        self._doubles = frozenset(code for row in countries for code in row.also)

    def know(self, target: str, wanted: str) -> bool:
        """Whether the table `target` has `wanted`.

        Args:
            target: A table, ``locations`` (countries and sets) or ``statements`` (declarations and
                facts).
            wanted: The name.
        """
        if target == "statements":
            return wanted in self._tables["declarations"] or wanted in self._tables["facts"]
        if target != "locations":
            return wanted in self._tables[target]
        subentity = _SUBENTITY.match(wanted)
        country = subentity.group(1) if subentity else wanted
        known = country in self._countries or wanted in self._tables["sets"] or wanted == "unknown"
        return known and wanted not in self._doubles


def check(tables: Tables) -> Names:
    """Follow every reference of every row.

    Raises:
        ConfigError: One leads nowhere, or two rows of the table `sensitive` speak of one class.
    """
    names = Names(tables)
    for table, rows in tables.items():
        for row in rows.values():
            for target, wanted in _references(row):
                if not names.know(target, wanted):
                    raise ConfigError(
                        f"{tables.where(table, row.id)}: {table}: row {row.id} names `{wanted}`, "
                        f"which is not in {target}",
                        remedy="correct the name, or add the row it means",
                    )
    _once(tables["sensitive"])
    _had(tables)
    return names


def _references(row: Row) -> Iterator[_Reference]:
    for target, field in _lists(type(row)):
        yield from ((target, one) for one in getattr(row, field))
    match row:
        case SetRow():
            yield from (("countries", one) for one in row.members)
        case SensitiveRow():
            yield "instruments", row.instrument
        case AdequacyRow():
            yield from (("instruments", row.instrument), ("locations", row.to))
            if row.requires != NONE:
                yield "safeguards", row.requires
        case TerritoryRow():
            yield "instruments", row.id
            yield from _locations(row.locations)
        case ThresholdRow():
            yield from _threshold(row)
        case JurisdictionRow():
            yield from _jurisdiction(row)
        case DestinationRow() | FamilyRow():
            yield from _locations(_places(row))
        case _:
            return


@cache
def _lists(model: type[Row]) -> tuple[_Reference, ...]:
    """Those of `_LISTS` that rows of the model have; asked once for hundreds of rows."""
    return tuple((target, field) for target, field in _LISTS if field in model.model_fields)


def _places(row: DestinationRow | FamilyRow) -> tuple[str, ...]:
    if isinstance(row, FamilyRow):
        return (row.weights,)
    owners = (row.operator, row.parent, row.weights, row.technology)
    return (*row.storage, *row.processing, *row.access, *owners)


def _jurisdiction(row: JurisdictionRow) -> Iterator[_Reference]:
    yield from _locations((row.id,))
    for scope in row.scopes:
        yield "instruments", scope.instrument
        yield from (("statements", one) for one in scope.declarations)
        yield from (("categories", one) for one in scope.categories)


def _threshold(row: ThresholdRow) -> Iterator[_Reference]:
    yield from (("instruments", one) for one in (row.instrument, *row.applies_with))
    if row.sensitive_under != NONE:
        yield "instruments", row.sensitive_under
    yield "counts", row.count
    yield from (("categories", one) for one in (*row.categories, *row.never_alone))
    yield from _locations(row.outside)


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


def _had(tables: Tables) -> None:
    """No destination has what nobody can have yet, or one thing without what it requires."""
    schemes = {k: v for k, v in tables["assurances"].items() if isinstance(v, AssuranceRow)}
    for row in tables["destinations"].values():
        held = closure(row.assurance, schemes) if isinstance(row, DestinationRow) else ()
        for name in held:
            assurance = schemes[name]
            if not assurance.adopted:
                raise ConfigError(
                    f"{tables.where('destinations', row.id)}: row {row.id} has `{name}`, "
                    "which has not been adopted",
                    remedy="remove it; see `guard region list --table assurances`",
                )
            if lacking := set(assurance.presupposes).difference(held):
                raise ConfigError(
                    f"{tables.where('destinations', row.id)}: row {row.id} has `{name}` "
                    f"without `{min(lacking)}`, which that presupposes",
                    remedy="name both, if the provider has both",
                )
