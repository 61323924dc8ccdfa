"""Reading the region tables: YAML files into checked rows, later directories over earlier ones.

A file is one or more documents ``{table, defaults, rows}``. `defaults` fills in what a row does not
say itself, so that fifty regions of one provider state their source once. The same id twice is an
error unless the later row stands in a later directory and ``replaces`` it by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from guard import prepared
from guard.errors import ConfigError
from guard.regions.adequacy import check_disjoint
from guard.regions.assurances import AssuranceRow
from guard.regions.destination import DestinationRow
from guard.regions.families import FamilyRow
from guard.regions.rows import (
    AdequacyRow,
    CategoryRow,
    ClassRow,
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
from guard.regions.thresholds import CompanyRow, ThresholdRow

ROWS: dict[str, type[Row]] = {
    "adequacy": AdequacyRow,
    "assurances": AssuranceRow,
    "categories": CategoryRow,
    "classes": ClassRow,
    "counts": StatementRow,
    "countries": CountryRow,
    "declarations": StatementRow,
    "destinations": DestinationRow,
    "facts": FactRow,
    "instruments": InstrumentRow,
    "jurisdictions": JurisdictionRow,
    "models": FamilyRow,
    "safeguards": StatementRow,
    "sensitive": SensitiveRow,
    "sets": SetRow,
    "territories": TerritoryRow,
    "companies": CompanyRow,
    "thresholds": ThresholdRow,
    "use_cases": UseCaseRow,
}
"""The model of each table; a file's ``table:`` names one of them."""
PREPARED = "regions.json"
"""The documents of the shipped files, as JSON by digest."""
_ENCODE = json.JSONEncoder(allow_nan=False).encode


class Tables(dict[str, dict[str, Row]]):
    """Rows by table and id, the file of each, and the ids of destinations of `guard.toml`."""

    def __init__(self, rows: Mapping[str, dict[str, Row]]) -> None:
        super().__init__(rows)
        self.places: dict[tuple[str, str], str] = {}
        self.own: set[str] = set()

    def where(self, table: str, row: str) -> str:
        """The file of a row, or ``guard.toml`` when it was read from none."""
        return self.places.get((table, row), "guard.toml")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML with three scalars: ``true``/``false``, integers, and everything else a string.

    YAML 1.1 reads the country code of Norway as false and a date as an object; here both are the
    strings they look like. A key twice in one mapping is an error.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value if isinstance(key, yaml.ScalarNode) else "" for key, _ in node.value]
        if "" in keys or len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(
                None, None, "a key that is no word, or the same key twice", node.start_mark
            )
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def read(directories: Sequence[Path]) -> Tables:
    """Every row of every table, by table and id.

    Args:
        directories: The shipped tree first, then the operator's overlays.

    Raises:
        ConfigError: A directory is missing or empty, a file is not what a table looks like, a row
            lacks something (its provenance, for instance) or has too much, or an id stands twice.
    """
    if not directories:
        raise ConfigError("no directory of region tables is configured")
    known = prepared.entries(PREPARED, _maker())
    tables = Tables({name: {} for name in ROWS})
    for directory in directories:
        seen: set[tuple[str, str]] = set()
        for where, name, body in _documents(directory, known):
            for row in _rows(where, name, body):
                _place(tables[name], row, where, fresh=(name, row.id) not in seen)
                seen.add((name, row.id))
                tables.places[name, row.id] = where
        if not seen:
            raise ConfigError(f"{directory}: no region table here", remedy="check the path")
    for name, rows in tables.items():
        if not rows:
            raise ConfigError(f"the table `{name}` is empty", remedy="reinstall sovereign-guard")
    check_disjoint(tables["adequacy"], lambda row: tables.where("adequacy", row))
    return tables


def parse(name: str, fields: Mapping[str, Any], where: str) -> Row:
    """One row of the table `name`, strictly.

    Args:
        name: The table.
        fields: The row as it was read.
        where: File and row for the message.

    Raises:
        ConfigError: The row is not one of that table.
    """
    try:
        # Through JSON, because strict pydantic takes an array for a tuple only there.
        return ROWS[name].model_validate_json(_ENCODE(fields), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        what = f"{path}: {first['msg']}" if path else str(first["msg"])
        raise ConfigError(f"{where}: {what}", remedy=_remedy(path)) from None
    except (TypeError, ValueError, RecursionError):
        raise ConfigError(f"{where}: a value here has no place in a table") from None


def _remedy(path: str) -> str:
    if path in {"source", "checked", "confidence", "valid_from", "valid_until"}:
        return "every row says where it comes from and how long it holds"
    return ""


def _files(directory: Path) -> Iterator[tuple[Path, str]]:
    """Each file of tables, and what it is called in messages."""
    if not directory.is_dir():
        raise ConfigError(f"{directory}: no such directory", remedy="check the path in guard.toml")
    paths = [p for p in directory.rglob("*.yaml") if p.is_file() and p.name != "INDEX.yaml"]
    for path in sorted(paths, key=lambda p: p.relative_to(directory).as_posix()):
        yield path, f"{directory.name}/{path.relative_to(directory).as_posix()}"


def _documents(
    directory: Path, known: Mapping[str, list[Any]]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, where in _files(directory):
        for body in load(path, where, known):
            name = body.get("table") if isinstance(body, dict) else None
            if not isinstance(body, dict) or name not in ROWS:
                raise ConfigError(
                    f"{where}: not a region table", remedy=f"`table:` is one of {', '.join(ROWS)}"
                )
            if unknown := set(body) - {"table", "defaults", "rows"}:
                raise ConfigError(f"{where}: unknown key `{min(map(str, unknown))}`")
            yield where, str(name), body


def load(path: Path, where: str, known: Mapping[str, list[Any]] | None = None) -> list[Any]:
    """The documents of a YAML file, read as the tables are: no dates, no ``no`` for false.

    Args:
        path: The file.
        where: What it is called in messages.
        known: The documents of texts that were read before, by `prepared.digest` of the text.

    Raises:
        ConfigError: It cannot be read or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if known and (documents := known.get(prepared.digest(text))) is not None:
            return documents
        return list(yaml.load_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(f"{where}:{line}: not YAML: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise ConfigError(f"{where}: not YAML in UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{where}: cannot be read: {error.strerror}") from None


def _maker() -> str:
    return prepared.maker("regions")


def prepare(directory: Path) -> None:
    """Read the files of a directory now, so that `read` does not parse their YAML again.

    What was prepared for the same files stays.

    Raises:
        ConfigError: A file cannot be read or is not YAML.
    """
    files = {
        prepared.digest(path.read_text(encoding="utf-8")): (path, where)
        for path, where in _files(directory)
    }
    if files.keys() != prepared.entries(PREPARED, _maker()).keys():
        results = {key: load(*file) for key, file in files.items()}
        prepared.write_entries(PREPARED, _maker(), results)


def _rows(where: str, name: str, body: Mapping[str, Any]) -> Iterator[Row]:
    defaults, rows = body.get("defaults", {}), body.get("rows")
    if not isinstance(defaults, dict) or not isinstance(rows, list) or not rows:
        raise ConfigError(f"{where}: a table has `rows`, and `defaults` is a mapping")
    for number, fields in enumerate(rows, start=1):
        if not isinstance(fields, dict):
            raise ConfigError(f"{where}: row {number} is not a mapping")
        label = fields.get("id", f"number {number}")
        yield parse(name, {**defaults, **fields}, f"{where}: row {label}")


def _place(rows: dict[str, Row], row: Row, where: str, *, fresh: bool) -> None:
    known = row.id in rows
    if row.replaces and (row.replaces != row.id or not known or not fresh):
        raise ConfigError(
            f"{where}: row {row.id} replaces nothing",
            remedy="`replaces` names the row's own id, of a table in an earlier directory",
        )
    if known and not row.replaces:
        raise ConfigError(
            f"{where}: row {row.id} stands there already",
            remedy=f"choose another id, or say `replaces: {row.id}`",
        )
    rows[row.id] = row
