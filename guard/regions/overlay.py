"""Destinations that an operator adds or changes in ``guard.toml``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from guard.errors import ConfigError
from guard.regions.destination import DestinationRow
from guard.regions.rows import Row
from guard.regions.tables import parse

_OPERATOR = "operator's declaration"


def extended(shipped: Mapping[str, Row], overlays: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """The shipped destinations with the operator's over them.

    An overlay either stands alone, with every field that has no ``unknown``, or it says
    ``extends = "openai-us"`` and overrides fields of that row. Its source then names the operator,
    because the facts are no longer the table's. To change a row under its own id, it extends or
    replaces that id by name.

    Args:
        shipped: Destinations of the tables.
        overlays: The ``[[destination]]`` entries, in order; one may extend an earlier one.

    Raises:
        ConfigError: The id is missing or taken, the base is unknown, or a field is wrong.
    """
    rows = dict(shipped)
    added: set[str] = set()
    for number, overlay in enumerate(overlays, start=1):
        fields = {key: _plain(value) for key, value in overlay.items()}
        name = fields.get("id")
        if not isinstance(name, str):
            raise ConfigError(f"destination number {number} has no id", remedy='add id = "…"')
        base = fields.pop("extends", None)
        row = parse("destinations", _over(rows, base, fields), f"destination {name}")
        named = name in {base, row.replaces}
        if name in added or (name in rows and not named):
            raise ConfigError(
                f"destination {name} is there already",
                remedy=f'choose another id, or say extends = "{name}" to change it',
            )
        added.add(name)
        rows[name] = row
    return rows


def missing(name: str, known: Iterable[str]) -> ConfigError:
    """The error for a destination that does not exist, with the names that look like it."""
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    return ConfigError(
        f"unknown destination {name[:96]!r}", remedy=f"{meant}see `guard region list`"
    )


def _over(rows: Mapping[str, Row], base: object, fields: dict[str, Any]) -> dict[str, Any]:
    if base is None:
        return {"source": _OPERATOR, **fields}
    row = rows.get(base) if isinstance(base, str) else None
    if not isinstance(row, DestinationRow):
        raise missing(str(base), rows)
    inherited = row.model_dump(mode="json", exclude={"source", "replaces"})
    return {**inherited, "source": f"{_OPERATOR}, extending {row.id}", **fields}


def _plain(value: Any) -> Any:
    """A TOML date as the string it is in the tables."""
    return value.isoformat() if type(value) is date else value
