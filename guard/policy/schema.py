"""The static check: every reference of a policy leads to something that exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from guard.errors import ConfigError
from guard.policy.syntax import ANY, Module, Path, Reference
from guard.types import Destination, Transfer

Shape: TypeAlias = "dict[str, Shape] | None"
"""Fields of an object, ``{ANY: element}`` for an array, None for a scalar."""

BUILTINS = frozenset(
    {
        "abs",
        "all",
        "any",
        "array.concat",
        "ceil",
        "concat",
        "contains",
        "count",
        "endswith",
        "floor",
        "format_int",
        "glob.match",
        "indexof",
        "intersection",
        "is_array",
        "is_boolean",
        "is_number",
        "is_object",
        "is_set",
        "is_string",
        "lower",
        "max",
        "min",
        "numbers.range",
        "object.get",
        "object.keys",
        "object.remove",
        "object.union",
        "print",
        "product",
        "regex.match",
        "replace",
        "round",
        "sort",
        "split",
        "sprintf",
        "startswith",
        "strings.reverse",
        "substring",
        "sum",
        "trim",
        "trim_prefix",
        "trim_suffix",
        "union",
        "upper",
    }
)
"""Built-in functions that both engines implement alike and that depend on nothing but their
arguments: no clock, no network, no chance."""

_NAMES: Mapping[Path, str] = {
    ("data", "guard", "lib", "in_force"): "rules",
    ("data", "guard", "lib", "declared"): "declarations",
    ("data", "guard", "lib", "on_file"): "safeguards",
}
"""Functions whose argument is a name, and the table that has to know it."""


def shape(annotation: Any) -> Shape:
    """The shape of a type of `guard.types` as JSON."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields
        return {info.alias or name: shape(info.annotation) for name, info in fields.items()}
    if get_origin(annotation) is dict:
        return {}
    if get_origin(annotation) is tuple:
        return {ANY: shape(get_args(annotation)[0])}
    return None


def _open(tables: Mapping[str, Any], name: str) -> dict[str, Shape]:
    """The fields of an object whose names stand in a table; each may be a list of words."""
    return {one: {ANY: None} for one in tables.get(name, {})}


def _destination() -> dict[str, Shape]:
    fields = shape(Destination)
    hidden = {"id", "url", "source", "checked"}
    return {name: value for name, value in (fields or {}).items() if name not in hidden}


def check(modules: Collection[Module], tables: Mapping[str, Any]) -> None:
    """Check every reference and call of `modules`.

    Args:
        modules: The whole policy set.
        tables: The tables under ``data.tables``, ``rules`` among them.

    Raises:
        ConfigError: With file, row and column, if a reference leads nowhere or a call leaves the
            portable subset.
    """
    destination = {**_destination(), "counts": _open(tables, "counts")}
    known: Mapping[str, Shape] = {
        "transfer": {**(shape(Transfer) or {}), "facts": _open(tables, "facts")},
        "destination": destination,
        "candidates": {ANY: destination},
    }
    rules: dict[str, set[str]] = {}
    for module in modules:
        names = rules.setdefault(module.package, set())
        names.update(head.name.split(".")[0] for head in module.heads)
    for module in modules:
        _portable(module)
        for reference in module.references:
            problems = [_problem(path, dict(known), rules, tables) for path in reference.paths]
            _raise_all(module, reference, problems)
        for call in module.calls:
            _raise_all(module, call, [_call_problem(path, module, rules) for path in call.paths])
            _raise_all(module, call, [_name_problem(path, call, tables) for path in call.paths])


def _portable(module: Module) -> None:
    """Refuse the one kind of rule that the compiled engine takes for another, without a word."""
    for head in module.heads:
        if head.keyed:
            where = f"{module.file}:{head.row}"
            raise ConfigError(
                f"{where}: {head.name}[…] contains … is outside the portable subset",
                remedy="write name[key] := {element | …} if some key in …",
            )


def reads(modules: Iterable[Module]) -> dict[str, frozenset[str]]:
    """The fields of ``input.transfer`` and ``input.destination`` that any rule may look at.

    A field that is handed on whole counts as read whole; a transfer or destination that is handed
    on whole counts as read in every field.
    """
    steps = {
        path[1:3]
        for module in modules
        for one in module.references
        for path in one.paths
        if path[0] == "input"
    }
    every = {"transfer": frozenset(_fields(Transfer)), "destination": frozenset(_destination())}
    found: dict[str, frozenset[str]] = {}
    for name, fields in every.items():
        named = {step[1] for step in steps if step[:1] == (name,) and len(step) > 1}
        whole = {(), (name,), (ANY,)} & steps or ANY in named
        found[name] = fields if whole else fields & named
    return found


def _fields(model: type[BaseModel]) -> Iterable[str]:
    return (info.alias or name for name, info in model.model_fields.items())


def _raise_all(module: Module, reference: Reference, problems: Iterable[str]) -> None:
    found = list(problems)
    if found and all(found):
        raise ConfigError(
            f"{module.file}:{reference.row}:{reference.col}: {found[0]}",
            remedy="see guard.types and the tables for the names",
        )


def _problem(
    path: Path, known: Shape, rules: Mapping[str, set[str]], tables: Collection[str]
) -> str:
    if path[0] == "input":
        return _input_problem(path, known)
    if path[:2] == ("data", "tables"):
        if len(path) > 2 and path[2] != ANY and path[2] not in tables:
            return f"there is no table {path[2]}"
        return ""
    return _rule_problem(path, rules) if path[0] == "data" else ""


def _input_problem(path: Path, known: Shape) -> str:
    at: Shape = known
    for position, step in enumerate(path[1:], start=1):
        if at is None:
            return f"{'.'.join(path[:position])} has no parts"
        if ANY in at:
            if step != ANY and not step.isdigit():
                return f"{'.'.join(path[:position])} is a list and has no field {step}"
            at = at[ANY]
        elif step == ANY:
            return ""
        elif step not in at:
            return f"there is no {'.'.join(path[: position + 1])}"
        else:
            at = at[step]
    return ""


def _rule_problem(path: Path, rules: Mapping[str, set[str]]) -> str:
    steps = path[1:]
    if ANY in steps[:2]:
        return f"{'.'.join(path)} names no package; the dispatcher is static"
    for end in range(len(steps), 0, -1):
        package = ".".join(steps[:end])
        if package in rules:
            wanted = steps[end] if end < len(steps) else ANY
            missing = wanted != ANY and wanted not in rules[package]
            return f"package {package} has no rule {wanted}" if missing else ""
    return f"there is no package for {'.'.join(path)}"


def _call_problem(path: Path, module: Module, rules: Mapping[str, set[str]]) -> str:
    if path[0] == "data":
        return _rule_problem(path, rules)
    name = ".".join(path)
    if name in BUILTINS or name in rules[module.package]:
        return ""
    return f"{name} is outside the portable subset"


def _name_problem(path: Path, call: Reference, tables: Mapping[str, Any]) -> str:
    """A misspelt name would make a condition silently false, and a barrier never stand."""
    table = _NAMES.get(path)
    if table is None or call.argument is None or call.argument in tables.get(table, {}):
        return ""
    return f"{call.argument} is not in the table of {table}"
