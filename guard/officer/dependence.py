"""On which dimensions of a space a rule depends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guard.officer.influence import Reach
from guard.officer.space import Dimension, projected

ANSWERS = frozenset(
    ("guard", name) for name in ("permits", "barriers", "obligations", "advice", "missing")
)
"""What the laws themselves answered; who looks at it depends on everything."""


@dataclass(frozen=True, slots=True)
class Needs:
    """A rule and what it depends on.

    Args:
        id: The rule.
        needs: Dimensions.
        fields: Of a destination: which of its facts.
    """

    id: str
    needs: frozenset[str]
    fields: tuple[str, ...]

    def key(self, case: Mapping[str, Any]) -> tuple[Any, ...]:
        """Equal for two cases between which the rule cannot tell."""
        return tuple(
            projected(case[name], self.fields)
            if name == "destination"
            else (case[name], type(case[name]) is bool)  # 1 and true are two values
            for name in sorted(self.needs)
        )


def needs_of(rule: str, reach: Reach, dims: Mapping[str, Dimension]) -> Needs:
    """The dimensions that a rule depends on."""
    needs: set[str] = set()
    fields: set[str] = set()
    for path in reach.inputs:
        kind, _, rest = path.partition(".")
        name, _, part = rest.partition(".")
        if not name:
            needs |= {d for d in dims if d != "destination"} if kind != "destination" else set()
            fields |= set() if kind == "transfer" else {"*"}
        elif kind == "transfer":
            needs |= _of_transfer(name, part, reach, dims)
        elif name == "safeguards":
            needs |= _flags("safeguards", reach, dims)
        elif name == "counts":
            needs |= {d for d in dims if d.startswith(f"counts.{part}")}
        else:
            fields.add(name)
    if fields:
        needs.add("destination")
    place = dims["destination"].values[0]
    known = sorted(place.facts().keys() - {"safeguards", "counts"})
    return Needs(rule, frozenset(needs), tuple(known if "*" in fields else sorted(fields)))


def _of_transfer(
    name: str, part: str, reach: Reach, dims: Mapping[str, Dimension]
) -> frozenset[str]:
    match name:
        case "categories":
            return frozenset({"categories", "treatment"})
        case "principal":
            return frozenset({"role", "establishment"})
        case "detection":
            return frozenset({"complete"})
        case "declared":
            return _flags("declared", reach, dims)
        case "facts":
            return frozenset(d for d in dims if d.startswith(f"facts.{part}"))
        case _:
            return frozenset({name} & dims.keys())


def _flags(kind: str, reach: Reach, dims: Mapping[str, Dimension]) -> frozenset[str]:
    """The declarations or safeguards whose names stand in the rule's text, or in its tables."""
    start = f"{kind}:"
    looks_up = bool(reach.tables - {"rules", "declarations", "safeguards", "facts", "counts"})
    return frozenset(
        d for d in dims if d.startswith(start) and (looks_up or d[len(start) :] in reach.words)
    )
