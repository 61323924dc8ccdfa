"""What a term or a rule of Rego is, read from its syntax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Tree: TypeAlias = "Mapping[str, Any]"
SCALARS = frozenset({"String", "RawString", "Number", "Bool", "True", "False", "Null"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands in a file.

    Args:
        file: The file.
        body: Its syntax.
        default: Whether it says what holds where no other rule of the name does.
    """

    file: str
    body: Tree
    default: bool


def is_truth(one: Rule) -> bool:
    """Whether it is ``name if …``, without a value or with true, and without an ``else``."""
    if one.default:
        value = one.body["value"]
        return not one.body.get("args") and (value.get("Bool") or {}).get("value") is False
    head = one.body["head"].get("Compr")
    if not head or "Var" not in head["refr"] or not one.body["bodies"]:
        return False
    value = (head["assign"] or {}).get("value", {"Bool": {"value": True}})
    plain = not any(body["is_else"] or body["assign"] for body in one.body["bodies"])
    return plain and (value.get("Bool") or {}).get("value") is True


def is_set(one: Rule) -> bool:
    """Whether it is ``name contains …``."""
    head = None if one.default else one.body["head"].get("Set")
    return (
        head is not None
        and "Var" in head["refr"]
        and not any(body["is_else"] for body in one.body["bodies"])
    )


def total(one: Rule) -> bool:
    """Whether it has a value always: a set, or what is assigned a comprehension or a literal."""
    if one.default or is_set(one):
        return not one.default
    head = one.body["head"].get("Compr")
    value = ((head or {}).get("assign") or {}).get("value") or {}
    return not one.body["bodies"] and bool(value.keys() & {"SetCompr", "ArrayCompr", *SCALARS})


def steps(term: Tree) -> list[str]:
    """``a.b.c`` as its names, or none where a term is anything else."""
    kind, body = next(iter(term.items()))
    if kind == "Var":
        return [str(body["value"])]
    if kind == "RefDot":
        inner = steps(body["refr"])
        return [*inner, str(body["field"][-1])] if inner else []
    return []


def binds(literal: Tree) -> Iterator[str]:
    """The names that a statement gives a value."""
    kind, body = next(iter(literal.items()))
    if kind == "SomeIn" and "Var" in body["value"]:
        yield str(body["value"]["Var"]["value"])
    if kind == "Expr" and "AssignExpr" in body["expr"]:
        left = body["expr"]["AssignExpr"]["lhs"]
        if "Var" in left:
            yield str(left["Var"]["value"])


def variables(node: Any, raw: bytes) -> Iterator[str]:
    """The names in a statement, but for those of functions."""
    if isinstance(node, list):
        for item in node:
            yield from variables(item, raw)
    elif isinstance(node, dict):
        for kind, body in node.items():
            if kind == "Var":
                yield str(body["value"])
            elif kind == "Call":
                # The name of a built-in function binds nothing.
                yield from variables(body["params"], raw)
            elif kind == "SomeVars":
                yield from (raw[v["start"] : v["end"]].decode() for v in body["vars"])
            elif kind != "span":
                yield from variables(body, raw)
