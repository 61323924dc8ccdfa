"""`guard region`: destinations, jurisdictions and the other tables, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guard.regions import Regions

TABLES = [
    "destinations",
    "jurisdictions",
    "adequacy",
    "categories",
    "declarations",
    "instruments",
    "safeguards",
    "sensitive",
    "territories",
    "use_cases",
]


def _regions(config_file: str | None) -> Regions:
    """The tables of the configuration in force, or the shipped ones when there is none."""
    from guard import config, data  # noqa: PLC0415
    from guard.regions import Regions  # noqa: PLC0415

    try:
        path = config_file or config.find()
    except ConfigError:
        return Regions.load([data.verified("regions")])
    loaded = config.Config.load(path)
    own = [loaded.path(d) for d in loaded.regions.directories]
    return Regions.load([data.verified("regions"), *own], destinations=loaded.destination)


def _rows(regions: Regions, table: str) -> Mapping[str, Any]:
    name = "destination_rows" if table == "destinations" else table
    rows: Mapping[str, Any] = getattr(regions, name)
    return rows


@click.group(name="region", short_help="destinations, jurisdictions and tables")
def command() -> None:
    """Destinations, jurisdictions and the other tables, each row with its source."""


@command.command(name="list")
@click.option("--table", type=click.Choice(TABLES), default="destinations", show_default=True)
@render.json_option
@render.config_option
def list_(table: str, *, as_json: bool, config_file: str | None) -> None:
    """List a table."""
    regions = _regions(config_file)
    rows = _rows(regions, table)
    if as_json:
        listed = [{"id": name, **row.model_dump(mode="json")} for name, row in rows.items()]
        render.document({"schema": "guard/table/1", "table": table, "rows": listed})
    elif table == "destinations":
        render.table(
            ["destination", "kind", "processing", "operator", "parent", "confidence"],
            [
                [name, d.kind, " ".join(d.processing), d.operator, d.parent, d.confidence]
                for name, d in regions.destinations.items()
            ],
        )
    else:
        render.table(
            ["id", "title", "confidence", "checked"],
            [[name, _title(row), row.confidence, row.checked] for name, row in rows.items()],
        )


@command.command(name="show")
@click.argument("name")
@render.json_option
@render.config_option
def show(name: str, *, as_json: bool, config_file: str | None) -> None:
    """Show everything that is known of NAME, in whichever table it stands."""
    regions = _regions(config_file)
    found = {t: _rows(regions, t)[name] for t in TABLES if name in _rows(regions, t)}
    if not found:
        regions.destination(name)
    if as_json:
        rows = {table: row.model_dump(mode="json") for table, row in found.items()}
        render.document({"schema": "guard/row/1", "id": name, "tables": rows})
        return
    for table, row in found.items():
        render.heading(f"{name} ({table})")
        for field, value in row.model_dump(mode="json").items():
            if field != "id" and value not in ("", [], None):
                render.field(field, _plain(value))


@command.command(name="check")
@click.option("--older-than", default="180d", show_default=True, help="Days, as in 180d.")
@click.option("--on", default="", help="The day to look from, YYYY-MM-DD. Default: today.")
@render.json_option
@render.config_option
def check(older_than: str, on: str, *, as_json: bool, config_file: str | None) -> int:
    """List rows in force that were checked too long ago; exit 1 if there are any."""
    from datetime import UTC, datetime  # noqa: PLC0415

    days = older_than.removesuffix("d")
    if not days.isdigit():
        raise click.BadParameter("a number of days, as in 180d", param_hint="--older-than")
    day = on or datetime.now(UTC).date().isoformat()
    stale = _regions(config_file).stale(int(days), day)
    if as_json:
        rows = [{"table": table, "id": row.id, "checked": row.checked} for table, row in stale]
        render.document({"schema": "guard/stale/1", "rows": rows})
    elif stale:
        render.table(
            ["table", "id", "checked", "valid until"],
            [[table, row.id, row.checked, row.valid_until] for table, row in stale],
        )
    else:
        render.line(f"every row was checked in the {days} days before {day} and is valid")
    return 1 if stale else 0


def _title(row: Any) -> str:
    for field in ("title", "authority", "instrument"):
        value = getattr(row, field, "")
        if isinstance(value, str) and value:
            return value
    return ""


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return str(value)
