"""The region tables as the rest of the program asks for them (the policy information point)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from guard.canonical import Json
from guard.errors import ConfigError
from guard.regions import references
from guard.regions.assurances import AssuranceRow, closure
from guard.regions.destination import DestinationRow
from guard.regions.families import FamilyRow
from guard.regions.overlay import extended, missing
from guard.regions.rows import (
    AdequacyRow,
    CategoryRow,
    CountryRow,
    FactRow,
    InstrumentRow,
    JurisdictionRow,
    Row,
    SensitiveRow,
    SetRow,
    StatementRow,
    TerritoryRow,
    UseCaseRow,
)
from guard.regions.tables import Tables, read
from guard.regions.thresholds import CompanyRow, ThresholdRow
from guard.types import Destination

R = TypeVar("R", bound=Row)
_KEPT = 4
_LOADED: dict[str, Regions] = {}
"""What was read and found sound, by a digest of every byte that it was read from."""


class Regions:
    """Categories, destinations, jurisdictions and what the law says of them, with their provenance.

    Use `Regions.load`. Every attribute is a read-only mapping by id.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._names = references.check(tables)
        self.categories = _of(tables, "categories", CategoryRow)
        self.countries = _of(tables, "countries", CountryRow)
        self.counts = _of(tables, "counts", StatementRow)
        self.facts = _of(tables, "facts", FactRow)
        self.declarations = _of(tables, "declarations", StatementRow)
        self.instruments = _of(tables, "instruments", InstrumentRow)
        self.safeguards = _of(tables, "safeguards", StatementRow)
        self.sensitive = _of(tables, "sensitive", SensitiveRow)
        self.sets = _of(tables, "sets", SetRow)
        self.territories = _of(tables, "territories", TerritoryRow)
        self.companies = _of(tables, "companies", CompanyRow)
        self.thresholds = _of(tables, "thresholds", ThresholdRow)
        self.use_cases = _of(tables, "use_cases", UseCaseRow)
        self.adequacy = _of(tables, "adequacy", AdequacyRow)
        self.assurances = _of(tables, "assurances", AssuranceRow)
        self.models = _of(tables, "models", FamilyRow)
        self.own_destinations: frozenset[str] = frozenset(tables.own)
        self.destination_rows = MappingProxyType(
            {
                name: row.having(closure(row.assurance, self.assurances))
                for name, row in _of(tables, "destinations", DestinationRow).items()
            }
        )
        self.destinations: Mapping[str, Destination] = MappingProxyType(
            {name: row.destination() for name, row in self.destination_rows.items()}
        )
        self.jurisdictions: Mapping[str, JurisdictionRow] = MappingProxyType(
            {
                name: self._joined(row)
                for name, row in _of(tables, "jurisdictions", JurisdictionRow).items()
            }
        )

    @classmethod
    def load(
        cls, directories: Sequence[Path], destinations: Sequence[Mapping[str, Any]] = ()
    ) -> Regions:
        """Read, check and join the tables.

        Args:
            directories: The shipped tree (``guard.data.verified("regions")``), then the operator's.
            destinations: The ``[[destination]]`` entries of ``guard.toml``.

        Raises:
            ConfigError: A table, a row or a reference is wrong; nothing is loaded by halves.
        """
        key = _key(directories, destinations)
        if key not in _LOADED:
            made = cls._read(directories, destinations)
            while len(_LOADED) >= _KEPT:
                _LOADED.pop(next(iter(_LOADED)), None)
            _LOADED[key] = made
        return _LOADED[key]

    @classmethod
    def _read(
        cls, directories: Sequence[Path], destinations: Sequence[Mapping[str, Any]]
    ) -> Regions:
        tables = read(directories)
        tables["destinations"] = extended(tables["destinations"], destinations)
        tables.own.update(str(one["id"]) for one in destinations)
        for name in tables.own:
            tables.places.pop(("destinations", name), None)
        return cls(tables)

    def destination(self, name: str) -> Destination:
        """The destination of that id.

        Raises:
            ConfigError: There is none; the message names those whose ids look like it.
        """
        if name not in self.destinations:
            raise missing(name, self.destinations)
        return self.destinations[name]

    def is_location(self, name: str) -> bool:
        """Whether `name` is a country, a sub-entity of one, a set, or ``unknown``."""
        return self._names.know("locations", name)

    def takes(self, fact: str, value: object) -> bool:
        """Whether a fact of the table `facts` can be stated with that value.

        Raises:
            KeyError: There is no such fact.
        """
        row = self.facts[fact]
        if not row.takes(value):
            return False
        if isinstance(value, str) and value not in row.values:
            return self.is_location(value)
        if not isinstance(value, tuple | list) or row.values or row.open:
            return True
        return all(self.is_location(one) for one in value)

    def stale(self, older_than_days: int, on: str) -> tuple[tuple[str, Row], ...]:
        """The rows in use that were last checked more than so many days before a day.

        A row that has ended is history, kept for replay, and is not compared with its source again.

        Args:
            older_than_days: Days, not negative.
            on: The day (``YYYY-MM-DD``); the clock is the caller's.

        Returns:
            Pairs of table and row, in order of table and id.

        Raises:
            ConfigError: `on` is no day, or there is no such number of days before it.
        """
        try:
            limit = (date.fromisoformat(on) - timedelta(days=older_than_days)).isoformat()
        except (ValueError, OverflowError):
            raise ConfigError(
                "no such day, or too many days before it", remedy="write the day as YYYY-MM-DD"
            ) from None
        if older_than_days < 0:
            raise ConfigError("a number of days is not negative")
        return tuple(
            (table, rows[name])
            for table, rows in sorted(self._tables.items())
            for name in sorted(rows)
            if rows[name].checked < limit and on < rows[name].valid_until
        )

    def unsure(self, on: str) -> tuple[tuple[str, Row], ...]:
        """The rows in use whose facts have low confidence, as `stale` gives them.

        Args:
            on: The day (``YYYY-MM-DD``).
        """
        return tuple(
            (table, rows[name])
            for table, rows in sorted(self._tables.items())
            for name in sorted(rows)
            if rows[name].confidence == "low" and on < rows[name].valid_until
        )

    def tables(self) -> dict[str, Json]:
        """What the policy may look up, as ``data.tables``; canonical JSON without floats."""
        statements = {
            "safeguards": self.safeguards,
            "declarations": self.declarations,
            "facts": self.facts,
            "counts": self.counts,
        }
        return {
            "territories": self._territory_table(),
            "adequacy": self._adequacy_table(),
            "assurances": self._assurance_table(),
            "sensitive": self._sensitive_table(),
            "use_cases": self._use_case_table(),
            **{name: dict.fromkeys(sorted(rows), True) for name, rows in statements.items()},
        }

    def _territory_table(self) -> dict[str, Json]:
        return {
            name: dict.fromkeys(sorted(self._inside(row.locations)), True)
            for name, row in sorted(self.territories.items())
        }

    def _inside(self, locations: Sequence[str]) -> set[str]:
        """Every place that lies wholly within `locations`; a set without boundary never does."""
        inside = set(locations)
        for name in locations:
            if name in self.sets:
                inside.update(self.sets[name].members)
        within = {
            name
            for name, row in self.sets.items()
            if row.kind == "closed" and inside.issuperset(row.members)
        }
        return inside | within

    def _adequacy_table(self) -> dict[str, Json]:
        table: dict[str, dict[str, list[dict[str, Json]]]] = {}
        for _, row in sorted(self.adequacy.items()):
            entry: dict[str, Json] = {
                "authority": row.authority,
                "valid_from": row.valid_from,
                "valid_until": row.valid_until,
                "revoked": row.revoked,
                "requires": row.requires,
                "confidence": row.confidence,
            }
            for place in sorted(self._inside((row.to,))):
                table.setdefault(row.instrument, {}).setdefault(place, []).append(entry)
        return _json(table)

    def _assurance_table(self) -> dict[str, Json]:
        return _json(
            {
                name: {"valid_from": row.valid_from, "valid_until": row.valid_until}
                for name, row in sorted(self.assurances.items())
                if row.adopted
            }
        )

    def _sensitive_table(self) -> dict[str, Json]:
        table: dict[str, dict[str, str]] = {}
        for _, row in sorted(self.sensitive.items()):
            table.setdefault(row.instrument, {}).update(dict.fromkeys(row.classes, row.cites))
        return _json(table)

    def _use_case_table(self) -> dict[str, Json]:
        return _json(
            {
                name: {
                    "id": name,
                    **{
                        instrument: {"status": r.status, "article": r.article, "from": r.since}
                        for instrument, r in sorted(row.instruments.items())
                    },
                }
                for name, row in sorted(self.use_cases.items())
            }
        )

    def _joined(self, row: JurisdictionRow) -> JurisdictionRow:
        """A jurisdiction with the sets it belongs to and the dates of its instruments."""
        country = row.id.split("-", maxsplit=1)[0]
        return row.model_copy(
            update={
                "member_of": tuple(k for k, one in self.sets.items() if country in one.members),
                "scopes": tuple(s.within(self.instruments[s.instrument]) for s in row.scopes),
            }
        )


def _of(tables: Tables, name: str, model: type[R]) -> Mapping[str, R]:
    return MappingProxyType(
        {key: row for key, row in sorted(tables[name].items()) if isinstance(row, model)}
    )


def _json(value: Mapping[str, Any]) -> dict[str, Json]:
    return dict(value)


def _key(directories: Sequence[Path], destinations: Sequence[Mapping[str, Any]]) -> str:
    digest = hashlib.sha256(json.dumps(destinations, sort_keys=True, default=repr).encode())
    for directory in directories:
        digest.update(f"\0{directory}".encode())
        for path in sorted(p for p in directory.rglob("*.yaml") if p.is_file()):
            body = path.read_bytes() if os.access(path, os.R_OK) else b""
            digest.update(f"\0{path}\0{hashlib.sha256(body).hexdigest()}".encode())
    return digest.hexdigest()
