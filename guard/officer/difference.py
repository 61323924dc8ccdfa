"""What changed between two policies: rules, what supports them, and the facts that they look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from guard.policy.bundle import read_modules

if TYPE_CHECKING:
    from guard.policy import PolicySet, Rule

_WORDS = ("kind", "title", "description", "cites", "since", "until", "confidence", "source")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Args:
        what: ``rule``, ``support`` (a rule that emits nothing itself) or ``table``.
        name: The rule's id, ``package.rule``, or ``table/key``.
        how: ``added``, ``removed`` or ``changed``.
        fields: For a rule that changed: the fields of its METADATA that differ, and ``rego``.
    """

    what: Literal["rule", "support", "table"]
    name: str
    how: Literal["added", "removed", "changed"]
    fields: tuple[str, ...] = ()


def compare(before: PolicySet, after: PolicySet) -> list[Change]:
    """Everything in which two policy sets differ, rules first, in order of their names."""
    return [
        *_rules(before, after),
        *_changes("support", _support(before), _support(after)),
        *_changes("table", _entries(before.tables), _entries(after.tables)),
    ]


def _rules(before: PolicySet, after: PolicySet) -> Iterator[Change]:
    one, other = before.catalogue.rules, after.catalogue.rules
    text, later = _texts(before), _texts(after)
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            yield Change("rule", name, "removed")
        elif name not in one:
            yield Change("rule", name, "added")
        else:
            fields = _fields(one[name], other[name])
            rego = ("rego",) if text.get(name) != later.get(name) else ()
            if fields or rego:
                yield Change("rule", name, "changed", (*fields, *rego))


def _fields(before: Rule, after: Rule) -> tuple[str, ...]:
    return tuple(name for name in _WORDS if getattr(before, name) != getattr(after, name))


def _texts(policies: PolicySet) -> dict[str, str]:
    """The Rego of each rule that emits an entry, by its id."""
    return {
        head.emits: head.text
        for module in read_modules(policies.sources)
        for head in module.heads
        if head.emits
    }


def _support(policies: PolicySet) -> dict[str, str]:
    """The Rego of everything else, by package and name; several rules of one name together."""
    found: dict[str, str] = {}
    for module in read_modules(policies.sources):
        for head in module.heads:
            if not head.emits:
                name = f"{module.package}.{head.name}"
                found[name] = f"{found.get(name, '')}\n{head.text}"
    return found


def _entries(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{table}/{key}": value
        for table, rows in tables.items()
        for key, value in (rows.items() if isinstance(rows, dict) else [("", rows)])
    }


def _changes(
    what: Literal["support", "table"], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Change(what, name, "removed")
        elif name not in before:
            yield Change(what, name, "added")
        elif before[name] != after[name]:
            yield Change(what, name, "changed")
