"""Words that no rule can tell apart, taken together: categories, places, values of facts."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guard.gate.facts import UNSCANNED, labels
from guard.officer.influence import Reach
from guard.regions import Regions
from guard.types import Treatment

_NAMES_ONLY = frozenset({"rules", "declarations", "safeguards", "facts", "counts"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Index:
    """Where each string stands in the tables that some rules look into.

    Args:
        tables: ``data.tables``.
        reach: What the rules refer to.
        instruments: The laws concerned; rows of other laws are left out.
        known: All laws.
    """

    def __init__(
        self,
        tables: Mapping[str, Any],
        reach: Reach,
        instruments: Collection[str],
        known: Collection[str],
    ) -> None:
        self.words = frozenset(reach.words)
        self.numbers = set(reach.numbers)
        self.dates: set[str] = set()
        self._found: dict[str, set[str]] = {}
        self._skip = frozenset(known) - frozenset(instruments) - self.words
        wanted = tables.keys() if "*" in reach.tables else reach.tables & tables.keys()
        for name in sorted(wanted):
            if name not in _NAMES_ONLY:
                self._walk(tables[name], name)
        rules = tables.get("rules", {})
        for rule in self.words & rules.keys():
            self.dates.update(rules[rule].values())

    def strings(self) -> frozenset[str]:
        """Every string that the tables hold."""
        return frozenset(self._found)

    def mark(self, word: str) -> tuple[object, ...]:
        """Equal for two words that rules which only compare words cannot tell apart."""
        near = tuple(w for w in self.words if w and (word.startswith(w) or word.endswith(w)))
        return word in self.words, frozenset(self._found.get(word, ())), frozenset(near)

    def distinct(self, words: Iterable[str]) -> tuple[str, ...]:
        """One word of each kind."""
        first: dict[tuple[object, ...], str] = {}
        for word in words:
            first.setdefault(self.mark(word), word)
        return tuple(first.values())

    def _walk(self, value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in self._skip:
                    continue
                text = json.dumps(inner, sort_keys=True)
                self._found.setdefault(key, set()).add(f"{path}={text}")
                self._walk(inner, f"{path}.*" if key in self._found else path)
        elif isinstance(value, list):
            for inner in value:
                self._walk(inner, path)
        elif isinstance(value, str):
            self._found.setdefault(value, set()).add(path)
            if _DATE.fullmatch(value):
                self.dates.add(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            self.numbers.add(value)


@dataclass(frozen=True, slots=True)
class Held:
    """A category as one transfer holds it.

    Args:
        id: The category that stands for its kind.
        personal: Relates to a person.
        direct: Names the person by itself.
        classes: Sensitive classes.
        treatable: Whether a treatment reaches it.
        found: Found by a detector, or only declared.
        like: How many categories of the tables it stands for.
    """

    id: str
    personal: bool
    direct: bool
    classes: tuple[str, ...]
    treatable: bool
    found: bool
    like: int

    def under(self, treatment: Treatment) -> dict[str, Any]:
        """The category in a transfer under that treatment."""
        done = treatment if self.treatable and self.found else "none"
        return {
            "id": self.id,
            "at_most": 1,
            "personal": self.personal,
            "direct": self.direct,
            "classes": list(self.classes),
            "treatment": done,
            "found": self.found,
        }


def held(
    regions: Regions, index: Index, reach: Reach, named: Collection[str], *, pairs: bool
) -> tuple[tuple[Held, ...], ...]:
    """Sets of categories: none, each kind alone, and where asked for each two kinds together.

    Args:
        regions: The tables.
        index: Which words rules can tell apart.
        reach: What the rules refer to.
        named: Categories and classes that a statement names.
        pairs: Whether two kinds are needed to be what a statement says.
    """
    treatable = labels(regions.categories)
    groups: dict[tuple[object, ...], list[str]] = {}
    for name, row in regions.categories.items():
        classes = tuple(c for c in row.classes if c in index.strings() | index.words | set(named))
        mark = (row.personal, row.direct, classes, name in treatable and name != UNSCANNED)
        own = (index.mark(name), name in named)
        groups.setdefault((*mark, *own), []).append(name)
    kinds = list(_each(regions, groups, treatable, declared="found" in reach.members))
    both = [
        (one, two)
        for one, two in itertools.combinations([k for k in kinds if k.found], 2)
        if one.id != two.id
    ]
    return ((), *((kind,) for kind in kinds), *(both if pairs else ()))


def _each(
    regions: Regions,
    groups: Mapping[tuple[object, ...], list[str]],
    treatable: Collection[str],
    *,
    declared: bool,
) -> Iterator[Held]:
    for names in groups.values():
        row = regions.categories[names[0]]
        for found in (True, False) if declared else (True,):
            yield Held(
                id=names[0],
                personal=row.personal,
                direct=row.direct,
                classes=row.classes,
                treatable=names[0] in treatable and names[0] != UNSCANNED,
                found=found,
                like=len(names),
            )


def numbers(index: Index) -> tuple[int, ...]:
    """Numbers at, just below and just above each that a rule or table compares with."""
    near = {n + d for n in index.numbers for d in (-1, 0, 1)}
    return tuple(sorted(n for n in near if n >= 0))


def dates(index: Index, more: Iterable[str]) -> tuple[str, ...]:
    """The first day of each stretch of time within which no rule and no row changes."""
    return ("0001-01-02", *sorted({*index.dates, *more} - {"0001-01-01"}))
