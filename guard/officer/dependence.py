"""On which dimensions of a space a condition depends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guard.officer.influence import Reach
from guard.officer.space import Dimension, projected

ANSWERS = frozenset(
    ("guard", name) for name in ("permits", "barriers", "obligations", "advice", "missing")
)
"""What the laws themselves answered; who looks at it depends on everything."""
_STATED = frozenset({"rules", "declarations", "safeguards", "facts", "counts"})
"""Tables that hold only words that a rule itself must have: nothing is looked up by them."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a condition depends on.

    Args:
        needs: Dimensions, in order.
        fields: Of a destination: which of its facts.
    """

    needs: tuple[str, ...]
    fields: tuple[str, ...]

    def key(self, case: Mapping[str, Any]) -> tuple[Any, ...]:
        """Equal for two cases between which the condition cannot tell."""
        return tuple(
            projected(case[name], self.fields)
            if name == "destination"
            else (case[name], type(case[name]) is bool)  # 1 and true are two values
            for name in self.needs
        )


def needs_of(reach: Reach, dims: Mapping[str, Dimension], tables: Mapping[str, Any]) -> Needs:
    """The dimensions that a condition depends on.

    Args:
        reach: What it refers to.
        dims: The dimensions of the space.
        tables: ``data.tables``; a declaration that stands in one may be looked up there.
    """
    needs: set[str] = set()
    fields: set[str] = set()
    named = reach.words | _strings(reach, tables)
    for path in reach.inputs:
        kind, _, rest = path.partition(".")
        name, _, part = rest.partition(".")
        if not name:
            needs |= {d for d in dims if d != "destination"} if kind != "destination" else set()
            fields |= set() if kind == "transfer" else {"*"}
        elif kind == "transfer":
            needs |= _of_transfer(name, part, named, dims)
        elif name in {"safeguards", "counts"}:
            needs |= _named(name, part, named, dims)
        else:
            fields.add(name)
    if fields:
        needs.add("destination")
    if "*" in fields:
        needs |= {d for d in dims if d.startswith(("safeguards:", "counts."))}
    place = dims["destination"].values[0]
    known = sorted(place.facts().keys() - {"safeguards", "counts"})
    return Needs(tuple(sorted(needs)), tuple(known if "*" in fields else sorted(fields)))


def _of_transfer(
    name: str, part: str, named: set[str], dims: Mapping[str, Dimension]
) -> frozenset[str]:
    match name:
        case "categories":
            return frozenset({"categories", "treatment"})
        case "principal":
            return frozenset({"role", "establishment"})
        case "tags":
            return frozenset({"trigger"})
        case "detection":
            return frozenset({"complete"})
        case "declared" | "facts":
            return _named(name, part, named, dims)
        case _:
            return frozenset({name} & dims.keys())


def _named(kind: str, part: str, named: set[str], dims: Mapping[str, Dimension]) -> frozenset[str]:
    """One fact or count, or every statement whose name stands in the text or in its tables."""
    if kind in {"declared", "safeguards"}:
        start = f"{kind}:"
        return frozenset(d for d in dims if d.startswith(start) and d[len(start) :] in named)
    start = f"{kind}."
    return frozenset(d for d in dims if d.startswith(start) and part in {"", d[len(start) :]})


def _strings(reach: Reach, tables: Mapping[str, Any]) -> set[str]:
    looked = tables.keys() if "*" in reach.tables else reach.tables & tables.keys()
    return {word for name in looked - _STATED for word in _words(tables[name])}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
