"""Which rules concern the laws that apply, and what they look at that a space does not vary."""

from __future__ import annotations

from collections.abc import Sequence

from guard.officer.conditions import MEANT, Asked, Conditions
from guard.officer.influence import Influence


def said_by(
    tags: tuple[str, ...], influence: Influence
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The grounds of each law, and all barriers, the tool's own among them."""
    packages = {law: f"guard.instruments.{law}" for law in tags}
    grounds = {law: influence.exports(package, "permits") for law, package in packages.items()}
    walls = influence.exports("guard", "own_barriers")
    for package in packages.values():
        walls |= influence.exports(package, "barriers")
    return grounds or {"guard": influence.exports("guard", "own_permits")}, walls


_UNVARIED = frozenset({"evidence", "jurisdiction", "strength"})
"""What a tag says beyond its law and its trigger."""


def strange(conditions: Conditions, tags: Sequence[str], asked: Asked) -> list[str]:
    """Conditions on what no dimension varies; then the space is not the whole one.

    Which further laws apply is not varied either: a law more never turns a refusal into a permit,
    except where what an operator requires would be the only one that applies.
    """
    found = set()
    for number in conditions.needs:
        one = asked.clauses.conditions[number] if number != MEANT.id else None
        if one is None or one.package == "guard":
            continue
        reach = asked.reach(number)
        for path in reach.inputs:
            name = path.removeprefix("transfer.")
            open_ = name.startswith("hints") or (
                name.startswith("detection.") and name != "detection.complete"
            )
            if name.startswith("tags"):
                open_ = set(tags) == {"operator"} or not _UNVARIED.isdisjoint(reach.members)
            if open_:
                found.add(f"{path}: {one.file} looks at it, and it was not varied")
    return sorted(found)
