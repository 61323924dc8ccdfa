"""`guard region`: destinations, jurisdictions and the other tables, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guard.regions import DestinationRow, Regions, Resolution

TABLES = [
    "destinations",
    "jurisdictions",
    "adequacy",
    "assurances",
    "categories",
    "companies",
    "counts",
    "declarations",
    "facts",
    "instruments",
    "models",
    "safeguards",
    "sensitive",
    "territories",
    "thresholds",
    "use_cases",
]
_UNRESOLVED = 3  # no answer is a no


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
@click.option("--provider", default="", help="Only destinations of this provider.")
@click.option("--kind", default="", help="Only destinations of this kind: model, storage, device.")
@click.option("--country", default="", help="Only rows that name this place: DE, EEA, GLOBAL.")
@render.json_option
@render.config_option
def list_(
    table: str, *, provider: str, kind: str, country: str, as_json: bool, config_file: str | None
) -> None:
    """List a table."""
    if (provider or kind) and table != "destinations":
        raise click.UsageError("--provider and --kind are of the table `destinations`")
    regions = _regions(config_file)
    if country and not regions.is_location(country):
        raise click.BadParameter(
            "no such place; write ISO 3166-1, as in DE", param_hint="--country"
        )
    rows = {
        name: row
        for name, row in _rows(regions, table).items()
        if provider in {"", getattr(row, "provider", "")}
        and kind in {"", getattr(row, "kind", "")}
        and (not country or country in _named(row))
    }
    if as_json:
        listed = [{"id": name, **row.model_dump(mode="json")} for name, row in rows.items()]
        render.document({"schema": "guard/table/1", "table": table, "rows": listed})
    elif table == "destinations":
        render.table(
            ["destination", "kind", "processing", "operator", "parent", "confidence"],
            [
                [name, d.kind, " ".join(d.processing), d.operator, d.parent, d.confidence]
                for name, d in ((name, row.destination()) for name, row in rows.items())
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


@command.command(name="resolve")
@click.argument("url")
@click.option("--model", default="", help="The model id, when the request names one.")
@click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="A header.")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A property of the "
              "body or the deployment, as in deployment.sku.name=Standard.")  # fmt: skip
@render.json_option
@render.config_option
def resolve(
    url: str,
    *,
    model: str,
    headers: tuple[str, ...],
    fields: tuple[str, ...],
    as_json: bool,
    config_file: str | None,
) -> int:
    """Say which destination URL is, or refuse with exit code 3.

    URL may also be PROVIDER:REGION, for a region of a cloud that no address names.
    """
    from guard.regions import Resolver, Unresolved  # noqa: PLC0415

    resolver = Resolver.of(_regions(config_file))
    try:
        if "://" not in url and ":" in url:
            answer = resolver.by_region(*url.split(":", maxsplit=1))
        else:
            answer = resolver.resolve(
                url,
                model=model,
                headers=_pairs(headers, ":", "--header"),
                fields=_pairs(fields, "=", "--field"),
            )
    except Unresolved as refusal:
        if not as_json:
            raise
        asked = {name: list(values) for name, values in refusal.fields.items()}
        refused = {"reason": refusal.reason, "message": refusal.message, "remedy": refusal.remedy}
        render.document({"schema": "guard/resolution/1", "refused": {**refused, "fields": asked}})
        return _UNRESOLVED
    if as_json:
        facts = answer.destination.model_dump(mode="json")
        document = {"schema": "guard/resolution/1", "row": answer.base, "by": dict(answer.by)}
        render.document({**document, "destination": facts})
    else:
        _resolution(answer)
    return 0


@command.command(name="check")
@click.option("--older-than", default="180d", show_default=True, help="Days, as in 180d.")
@click.option("--on", default="", help="The day to look from, YYYY-MM-DD. Default: today.")
@render.json_option
@render.config_option
def check(older_than: str, on: str, *, as_json: bool, config_file: str | None) -> int:
    """List rows that were checked too long ago, and those nobody is sure of.

    Exit 1 if a row in force was checked too long ago; low confidence is listed and no error.
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    days = older_than.removesuffix("d")
    if not days.isdigit():
        raise click.BadParameter("a number of days, as in 180d", param_hint="--older-than")
    day = on or datetime.now(UTC).date().isoformat()
    regions = _regions(config_file)
    stale = regions.stale(int(days), day)
    unsure = regions.unsure(day)
    if as_json:
        rows = [{"table": table, "id": row.id, "checked": row.checked} for table, row in stale]
        low = [{"table": table, "id": row.id, "source": row.source} for table, row in unsure]
        render.document({"schema": "guard/stale/1", "rows": rows, "low_confidence": low})
        return 1 if stale else 0
    if unsure:
        render.table(
            ["table", "low confidence", "source"],
            [[table, row.id, row.source] for table, row in unsure],
        )
    if stale:
        render.table(
            ["table", "id", "checked", "valid until"],
            [[table, row.id, row.checked, row.valid_until] for table, row in stale],
        )
    else:
        render.line(f"every row was checked in the {days} days before {day} and is valid")
    return 1 if stale else 0


def _resolution(answer: Resolution) -> None:
    """The facts of a destination, for people."""
    row: DestinationRow = answer.row
    facts = answer.destination
    shown = {
        "what": f"{row.title} ({row.kind})",
        "provider": row.provider,
        "decided by": ", ".join(f"{k}={v}" for k, v in answer.by.items()) or "the host",
        "stored in": " ".join(facts.storage),
        "processed in": " ".join(facts.processing),
        "operator": f"{row.operator} {row.operator_entity}".strip(),
        "parent": row.parent,
        "technology": row.technology,
        "access from": " ".join(facts.access),
        "weights from": row.weights,
        "assurance": " ".join(facts.assurance) or "none stated",
        "safeguards": " ".join(facts.safeguards) or "none on file",
        "trains on inputs": row.training_use,
        "promise": row.residency or "none stated",
        "status": row.status,
        "confidence": facts.confidence,
        "checked": row.checked,
        "source": row.source,
        "note": row.note,
    }
    render.heading(row.id)
    for name, value in shown.items():
        if value:
            render.field(name, value)


def _pairs(texts: tuple[str, ...], between: str, option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        name, found, value = text.partition(between)
        name, value = name.strip(), value.strip()
        if not found or not name or not value:
            raise click.BadParameter(f"write NAME{between}VALUE", param_hint=option)
        if pairs.setdefault(name, value) != value:
            raise click.BadParameter(f"{name[:40]} stands there twice", param_hint=option)
    return pairs


def _named(row: Any) -> set[str]:
    """The places that a row names."""
    fields = ("storage", "processing", "members", "locations")
    places = {place for field in fields for place in getattr(row, field, ())}
    places |= {getattr(row, field, "") for field in ("operator", "parent", "to", "weights")}
    return {*places, row.id} - {""}


def _title(row: Any) -> str:
    for field in ("title", "authority", "instrument"):
        value = getattr(row, field, "")
        if isinstance(value, str) and value:
            return value
    return ""


def _plain(value: Any) -> str:
    if isinstance(value, list):
        between = " | " if any(isinstance(item, dict) for item in value) else ", "
        return between.join(_plain(item) for item in value)
    if isinstance(value, dict):
        said = {key: item for key, item in value.items() if item not in ("", [], False)}
        return "; ".join(f"{key}: {_plain(item)}" for key, item in said.items())
    return str(value)
