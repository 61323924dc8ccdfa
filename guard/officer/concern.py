"""Which rules concern the laws that apply, and what they look at that a space does not vary."""

from __future__ import annotations

import re
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


_OF_LAW = re.compile(r'\.instrument (==|!=) "(\w+)"')


def strange(conditions: Conditions, tags: Sequence[str], asked: Asked) -> list[str]:
    """Conditions on what no dimension varies; then the space is not the whole one."""
    found = set()
    for number in conditions.needs:
        one = asked.clauses.conditions[number] if number != MEANT.id else None
        if one is None or one.package == "guard":
            continue
        for path in asked.reach(number).inputs:
            name = path.removeprefix("transfer.")
            open_ = name.startswith("hints") or (
                name.startswith("detection.") and name != "detection.complete"
            )
            if name.startswith("tags"):
                open_ = not _settled(one.text, tags)
            if open_:
                found.add(f"{path}: {one.file} looks at it, and it was not varied")
    return sorted(found)


def _settled(text: str, tags: Sequence[str]) -> bool:
    """Whether laws beside those named make no difference to a condition on laws.

    One on a law that is named does not look at others. "Some other law applies" stays true when a
    further one does.
    """
    said = _OF_LAW.search(text)
    if said is None or not text.startswith("some tag in input.transfer.tags"):
        return False
    return said[2] in tags if said[1] == "==" else set(tags) - {said[2]} != set()
