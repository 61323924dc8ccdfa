"""What a Rego module says, read from its syntax tree: rules, emitted rule ids, references, calls.

A Rego reference to a field that does not exist is silently undefined, and a rule that is silently
undefined is a barrier that never stands. So every reference is checked at load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Path: TypeAlias = "tuple[str, ...]"
ANY = "*"
"""A step of a path that is only known when the policy runs."""

_WILD = "?"
_LEAVES = frozenset({"span", "String", "RawString", "Number", "True", "False", "Null"})
"""Parts of a tree in which no name is bound or read."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to input or data, with local names replaced by what they stand for.

    Args:
        paths: What it may refer to; more than one where a name is bound more than once in a rule.
        row: 1-based line.
        col: 1-based column.
        argument: For a call: its first argument, when that is a literal string.
    """

    paths: tuple[Path, ...]
    row: int
    col: int
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one rule.

    Args:
        name: Full name inside its package (``permits``, ``permits.eu_gdpr``).
        row: 1-based line.
        emits: The literal ``rule`` of the object that a ``contains`` rule emits, or ``""``.
        function: Whether it takes arguments.
        keyed: Whether it adds elements to sets under keys, ``sets[key] contains element``.
        text: The rule itself, its white space folded, so that two versions can be compared.
    """

    name: str
    row: int
    emits: str
    function: bool
    keyed: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Rego."""

    file: str
    package: str
    heads: tuple[Head, ...]
    references: tuple[Reference, ...]
    calls: tuple[Reference, ...]


def module(file: str, tree: Mapping[str, Any], text: str) -> Module:
    """Read one syntax tree.

    Args:
        file: Relative path.
        tree: The tree as regorus gives it.
        text: The file's text, for the few names that the tree gives as spans only.
    """
    raw = text.encode("utf-8")
    imports: dict[str, set[Path]] = {}
    for item in tree["imports"]:
        path = _chain(item["refr"], {})[0]
        alias = item.get("as")
        imports[_name(alias, raw) if alias else path[-1]] = {path}
    reader = _Reader(raw, imports)
    heads = []
    for rule in tree["rules"]:
        heads.append(_head(rule, raw))
        reader.rule(rule)
    package = ".".join(_chain(tree["package"]["refr"], {})[0])
    return Module(file, package, tuple(heads), tuple(reader.references), tuple(reader.calls))


def _head(rule: Mapping[str, Any], raw: bytes) -> Head:
    if "Default" in rule:
        body = rule["Default"]
        return Head(
            _dotted(body["refr"]),
            body["span"]["line"],
            "",
            bool(body.get("args")),
            text=_folded(body["span"], raw),
        )
    spec = rule["Spec"]
    kind, head = next(iter(spec["head"].items()))
    return Head(
        _dotted(head["refr"]),
        spec["span"]["line"],
        _emits(head),
        kind == "Func",
        kind == "Set" and "RefBrack" in head["refr"],
        _folded(spec["span"], raw),
    )


def _folded(span: Mapping[str, int], raw: bytes) -> str:
    return " ".join(raw[span["start"] : span["end"]].decode("utf-8").split())


def _emits(head: Mapping[str, Any]) -> str:
    fields = (head.get("key") or {}).get("Object", {}).get("fields", [])
    for field in fields:
        key, value = field[-2], field[-1]
        if _string(key) == "rule":
            return _string(value) or ANY
    return ""


def _string(node: Mapping[str, Any]) -> str | None:
    literal = node.get("String") or node.get("RawString")
    return None if literal is None else str(literal["value"])


def _dotted(node: Mapping[str, Any]) -> str:
    return ".".join(step for step in _chain(node, {})[0] if step != ANY)


def _name(span: Any, raw: bytes) -> str:
    """A name that the tree gives as a span of the source."""
    if isinstance(span, dict) and "start" in span:
        return raw[span["start"] : span["end"]].decode("utf-8")
    return str(span["value"])


def _chain(node: Mapping[str, Any], names: Mapping[str, set[Path]]) -> tuple[Path, ...]:
    """What a chain of dots and brackets may refer to."""
    kind, body = next(iter(node.items()))
    if kind == "Var":
        name = str(body["value"])
        return tuple(sorted(names[name])) if name in names else ((name,),)
    if kind == "RefDot":
        step = str(body["field"][-1])
    elif kind == "RefBrack":
        index = body["index"]
        step = str(index["String"]["value"]) if "String" in index else ANY
    else:
        return ((_WILD,),)
    return tuple((*path, step) for path in _chain(body["refr"], names))


class _Reader:
    """Collects references and calls, rule by rule."""

    def __init__(self, raw: bytes, imports: Mapping[str, set[Path]]) -> None:
        self.raw = raw
        self.imports = imports
        self.references: list[Reference] = []
        self.calls: list[Reference] = []

    def rule(self, rule: Mapping[str, Any]) -> None:
        names = {name: set(paths) for name, paths in self.imports.items()}
        for bound, collection, element in _bindings(rule, self.raw):
            for path in _chain(collection, names):
                names.setdefault(bound, set()).add((*path, ANY) if element else path)
        body = rule.get("Spec") or rule["Default"]
        head = next(iter(body["head"].values())) if "head" in body else {}
        self._walk({key: value for key, value in head.items() if key != "refr"}, names)
        self._walk(body.get("bodies", body.get("value")), names)

    def _walk(self, node: Any, names: Mapping[str, set[Path]]) -> None:
        if isinstance(node, list):
            for item in node:
                self._walk(item, names)
        elif isinstance(node, dict):
            for kind, body in node.items():
                if kind in _LEAVES:
                    continue
                if kind in {"RefDot", "RefBrack"}:
                    self._reference(node, body, names)
                elif kind == "Var" and body["value"] == "input":
                    span = body["span"]
                    self.references.append(Reference((("input",),), span["line"], span["col"]))
                elif kind == "with_mods":
                    # What is replaced is not read; what replaces it is.
                    self._walk([mod["as"] for mod in body], names)
                elif kind == "Call":
                    self._call(body, names)
                    self._walk(body["params"], names)
                else:
                    self._walk(body, names)

    def _call(self, body: Any, names: Mapping[str, set[Path]]) -> None:
        span, params = body["span"], body["params"]
        argument = _string(params[0]) if params else None
        self.calls.append(
            Reference(_chain(body["fcn"], names), span["line"], span["col"], argument)
        )

    def _reference(self, node: Any, body: Any, names: Mapping[str, set[Path]]) -> None:
        span = body["span"]
        self.references.append(Reference(_chain(node, names), span["line"], span["col"]))
        inner = node
        while isinstance(inner, dict):
            kind, body = next(iter(inner.items()))
            if kind == "RefBrack":
                self._walk(body["index"], names)
            elif kind != "RefDot":
                if kind != "Var":  # the name that the chain begins with is not read by itself
                    self._walk(inner, names)
                return
            inner = body["refr"]


def _bindings(node: Any, raw: bytes) -> list[tuple[str, Mapping[str, Any], bool]]:
    """``(name, what it is taken from, whether it is an element of that)`` in a rule, in order."""
    found: list[tuple[str, Mapping[str, Any], bool]] = []
    _bind(node, raw, found)
    return found


def _bind(node: Any, raw: bytes, found: list[tuple[str, Mapping[str, Any], bool]]) -> None:
    if isinstance(node, list):
        for item in node:
            _bind(item, raw, found)
        return
    for kind, body in node.items() if isinstance(node, dict) else ():
        if kind in _LEAVES:
            continue
        if kind == "SomeIn" and "Var" in body["value"]:
            found.append((str(body["value"]["Var"]["value"]), body["collection"], True))
        elif kind == "Every":
            found.append((_name(body["value"], raw), body["domain"], True))
        elif kind == "AssignExpr" and "Var" in body["lhs"]:
            found.append((str(body["lhs"]["Var"]["value"]), body["rhs"], False))
        _bind(body, raw, found)
