"""The finite space of facts that a statement speaks of: dimensions and the values that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from guard.errors import ConfigError
from guard.officer import kinds
from guard.officer.candidate import Candidate
from guard.officer.influence import Reach
from guard.officer.kinds import Held, Index
from guard.officer.statement import ABSENT, CATEGORIES, Condition, Statement
from guard.types import PURPOSES, Destination, Tag, Transfer

_PLACES = ("storage", "processing", "access")
_ROLES = ("controller", "processor", "provider", "deployer", "unknown")
_TRIGGERS = get_args(Tag.model_fields["trigger"].annotation)
_MOST_NUMBERS = 60


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing in which cases differ.

    Args:
        name: ``time``, ``treatment``, ``declared:consent``, …
        values: What it can be; values that no rule tells apart are one.
        capped: Why these are not all, or ``""``.
    """

    name: str
    values: tuple[Any, ...]
    capped: str = ""


class Space:
    """All cases that a statement speaks of under certain laws.

    Args:
        statement: What must never happen.
        tags: The laws that apply.
        reach: What all rules concerned refer to.
        candidate: The policy and its tables.
    """

    def __init__(
        self, statement: Statement, tags: Sequence[str], reach: Reach, candidate: Candidate
    ) -> None:
        self.statement, self.tags, self._reach = statement, tuple(tags), reach
        self._regions = candidate.regions
        tables = candidate.policy_set.data()["tables"]
        known = {rule.instrument for rule in candidate.policy_set.catalogue.rules.values()}
        self.index = Index(tables, reach, tags, known)
        self._tables = tables
        self.fields = sorted(
            {path.split(".")[1] for path in reach.inputs if path.startswith("destination.")}
            - {"safeguards", "counts"}
        ) or ["kind"]
        if "destination" in reach.inputs:
            self.fields = sorted(Destination.model_fields.keys() - _hidden())
        found = [*self._main(), *self._stated()]
        self.dimensions = {one.name: one for one in found}
        for one in found:
            if not one.values:
                raise ConfigError(
                    f"row {statement.row}: no {one.name} of the tables is what `never` says",
                    remedy="see `guard region list`",
                )

    def _main(self) -> Iterable[Dimension]:
        yield Dimension("destination", self._destinations())
        places = self._regions.destinations.values()
        limits = {d for p in places for d in (p.valid_from, p.valid_until)}
        yield self._chosen("time", kinds.dates(self.index, limits))
        yield self._chosen("treatment", ("none", "pseudonymise", "redact"))
        named = [v for k in ("category", "class") if (c := self.statement.of(k)) for v in c.values]
        said = sum(one.key in CATEGORIES for one in self.statement.never)
        capped = "more than two kinds together" if said > 2 else ""
        # Fewer findings never make a permit a refusal: one of each is the most that can be allowed.
        if "at_most" in self._reach.members and self.statement.effect != "permit":
            capped = "every number of findings counts as one"
        held = kinds.held(self._regions, self.index, self._reach, named, pairs=said > 1)
        yield Dimension("categories", held, capped)
        yield self._chosen("purpose", PURPOSES)
        uses = ("general", "unknown", *self._tables.get("use_cases", {}))
        yield self._chosen("use_case", self.index.distinct(uses))
        yield self._chosen("origin", self._locations())
        yield self._chosen("role", _ROLES)
        yield Dimension("complete", (True,) if self.statement.effect == "permit" else (True, False))
        for name in ("establishment", "data_subjects"):
            inputs = {"transfer.principal.establishment", "transfer.principal", f"transfer.{name}"}
            values: tuple[Any, ...] = ((),)
            if inputs & self._reach.inputs:
                values = ((), *((place,) for place in self._locations()))
            place = self.statement.of(name)
            if place:
                values = tuple(() if one == ABSENT else (one,) for one in place.values)
            capped = "one place at a time" if len(values) > 1 and not place else ""
            yield Dimension(name, values, capped)
        yield self._chosen("trigger", ("declared", *(t for t in _TRIGGERS if t != "declared")))

    def _stated(self) -> Iterable[Dimension]:
        strings = self.index.words | self.index.strings()
        for kind, table in (("declared", "declarations"), ("safeguards", "safeguards")):
            wanted = self._flags(kind)
            for name in sorted((strings & self._tables.get(table, {}).keys()) | wanted.keys()):
                both = (False, True) if wanted.get("none") is None else (False,)
                if name != "none":
                    values = (wanted[name],) if name in wanted else both
                    yield Dimension(f"{kind}:{name}", values)
        for name in self._names("transfer.facts", "facts"):
            yield self._fact(name)
        for name in self._names("destination.counts", "counts"):
            near = kinds.numbers(self.index)
            capped = "too many numbers in the tables" if len(near) > _MOST_NUMBERS else ""
            yield self._chosen(f"counts.{name}", (ABSENT, *near[:_MOST_NUMBERS]), capped)

    def _fact(self, name: str) -> Dimension:
        row = self._regions.facts[name]
        values: list[Any] = [ABSENT]
        capped = ""
        if "bool" in row.kinds:
            values += [True, False]
        if "number" in row.kinds:
            near = kinds.numbers(self.index)
            values += near[:_MOST_NUMBERS]
            capped = "too many numbers in the tables" if len(near) > _MOST_NUMBERS else ""
        words = self.index.distinct(row.values) if row.values else self._locations()
        if "location" in row.kinds:
            values += self._locations()
        if "word" in row.kinds:
            values += words
        if "words" in row.kinds:
            values += [(word,) for word in words]
            capped = "one word at a time"
        chosen = self._chosen(f"facts.{name}", tuple(values), capped)
        if chosen.values == tuple(values) or row.kinds != ("words",):
            return chosen
        lists = tuple((v,) if v != ABSENT else v for v in chosen.values)
        return Dimension(chosen.name, lists, chosen.capped)

    def _names(self, path: str, table: str) -> Iterable[str]:
        inputs = self._reach.inputs
        start = f"{table}."
        said = {
            k.removeprefix(start)
            for one in self.statement.never
            if (k := one.key).startswith(start)
        }
        named = {p[len(path) + 1 :] for p in inputs if p.startswith(f"{path}.")}
        if path in inputs:
            strings = self.index.words | self.index.strings()
            named |= strings & self._tables.get(table, {}).keys()
        return sorted((named | said) & self._tables.get(table, {}).keys())

    def _flags(self, kind: str) -> dict[str, bool]:
        condition = self.statement.of(kind)
        if condition is None:
            return {}
        return {
            str(value).removeprefix("not "): not str(value).startswith("not ") and value != "none"
            for value in condition.values
        }

    def _chosen(self, name: str, values: Sequence[Any], capped: str = "") -> Dimension:
        """All values, or those that the statement names."""
        condition = self.statement.of(name) or self.statement.of(name.partition(".")[0])
        if condition is None:
            return Dimension(name, tuple(values), capped)
        return Dimension(name, condition.values)

    def _locations(self) -> tuple[str, ...]:
        """Countries and sets of which rules, tables or the operator's devices speak differently."""
        own = [
            place
            for one in self._regions.destinations.values()
            if one.kind == "device"
            for name in _PLACES
            for place in getattr(one, name)
        ]
        all_ = ("unknown", *self._regions.countries, *self._regions.sets)
        return tuple(dict.fromkeys((*self.index.distinct(all_), *own)))

    def _destinations(self) -> tuple[Destination, ...]:
        first: dict[str, Destination] = {}
        conditions = [one for one in self.statement.never if one.key.startswith("destination.")]
        for place in self._regions.destinations.values():
            if all(_is_at(place, one) for one in conditions):
                first.setdefault(repr(projected(place, self.fields)), place)
        return tuple(first.values())

    def document(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """The input document of a case; what it does not say is the dimension's first value."""
        full = {name: one.values[0] for name, one in self.dimensions.items()} | dict(case)
        facts = full["destination"].facts()
        facts["safeguards"] = _flagged(full, "safeguards")
        facts["counts"] = _named(full, "counts.")
        return {"transfer": self._transfer(full), "destination": facts}

    def _transfer(self, full: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "schema": "guard/transfer/1",
            "time": full["time"],
            "principal": {"establishment": list(full["establishment"]), "role": full["role"]},
            "purpose": full["purpose"],
            "use_case": full["use_case"],
            "origin": full["origin"],
            "data_subjects": list(full["data_subjects"]),
            "categories": [one.under(full["treatment"]) for one in full["categories"]],
            "tags": [_tag(name, full["trigger"]) for name in self.tags],
            "hints": [],
            "declared": _flagged(full, "declared"),
            "detection": {
                "complete": full["complete"],
                "ner": True,
                "languages": ["en"],
                "skipped": [],
                "revision": "0" * 64,
            },
            "treatment": full["treatment"],
            "facts": _named(full, "facts."),
        }

    def speaks_of(self, held: Sequence[Held], treatment: Any) -> bool:
        """Whether the statement's conditions on categories hold for what a treatment leaves."""
        left = [c for h in held if (c := h.under(treatment))["treatment"] != "redact"]
        sensitive = {
            name
            for law in self.tags or self._tables.get("sensitive", {})
            for name in self._tables.get("sensitive", {}).get(law, {})
        }
        tests: dict[str, Callable[[dict[str, Any]], Any]] = {
            "category": lambda c: c["id"],
            "personal": lambda c: c["personal"],
            "direct": lambda c: c["personal"] and c["direct"],
            "sensitive": lambda c: c["personal"] and not sensitive.isdisjoint(c["classes"]),
        }
        for one in self.statement.never:
            if one.key in tests and not _met(one, [tests[one.key](c) for c in left]):
                return False
            if one.key == "class" and not _met(one, [k for c in left for k in c["classes"]]):
                return False
        return True


def projected(place: Destination, fields: Iterable[str]) -> tuple[Any, ...]:
    """The facts of a destination that some rule looks at."""
    return tuple(getattr(place, name) for name in fields)


def transfer_of(document: Mapping[str, Any]) -> Transfer:
    """The transfer of a document, strictly."""
    return Transfer.model_validate(document["transfer"])


def _met(condition: Condition, found: Sequence[Any]) -> bool:
    """``personal: false`` says that nothing left is personal; all else that something is so."""
    if condition.values == (False,):
        return not any(found)
    return any(value in found for value in condition.values)


def _is_at(place: Destination, condition: Condition) -> bool:
    name = condition.key.removeprefix("destination.")
    if name == "country":
        reached = {p for field in _PLACES for p in getattr(place, field)}
        return not reached.isdisjoint(condition.values) or any(
            p.split("-")[0] in condition.values for p in reached
        )
    value = getattr(place, name)
    found = value if isinstance(value, tuple) else (value,)
    return any(wanted in found for wanted in condition.values)


def _tag(instrument: str, trigger: str) -> dict[str, Any]:
    return {
        "instrument": instrument,
        "trigger": trigger,
        "jurisdiction": "unknown",
        "strength": 100,
        "evidence": "declared",
    }


def _flagged(full: Mapping[str, Any], kind: str) -> list[str]:
    start = f"{kind}:"
    return sorted(n[len(start) :] for n, value in full.items() if n.startswith(start) and value)


def _named(full: Mapping[str, Any], start: str) -> dict[str, Any]:
    return {
        name[len(start) :]: list(value) if isinstance(value, tuple) else value
        for name, value in full.items()
        if name.startswith(start) and value != ABSENT
    }


def _hidden() -> frozenset[str]:
    return frozenset({"id", "url", "source", "checked", "safeguards", "counts"})
