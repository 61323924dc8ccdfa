"""The rules of a policy as formulas over conditions, read from their syntax trees.

A rule stands when one of its bodies does, and a body when all of its statements do. A statement
that is nothing but the name of another such rule, ``not`` of it, or whether a set of such rules has
an element is taken apart further; any other is a condition, about which the policy itself is asked:
it is written as a rule of its own beside the file that it stands in. Statements that share a local
name are one condition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guard.officer.formula import Every, Leaf, Node, Not, Some
from guard.officer.terms import (
    SCALARS,
    Rule,
    Tree,
    binds,
    is_set,
    is_truth,
    steps,
    total,
    variables,
)
from guard.policy import PolicySet
from guard.policy.definite import with_quotes
from guard.policy.regorus import syntax_trees
from guard.policy.syntax import module
from guard.types import Destination

_IMPORT = re.compile(r"^import\s+(data[\w.]*)(?:\s+as\s+(\w+))?\s*$", re.MULTILINE)
_ALWAYS = frozenset(Destination.model_fields) - {"id", "url", "source", "checked"}
_KEEP_DEFINED = frozenset({"sort", "count"})
_SIGNS = {"Gt": ">", "Ge": ">=", "Lt": "<", "Le": "<="}
_OPPOSITE = {"<": ">=", "<=": ">"}
_NAME = "leaf__"
Name = tuple[str, str]
"""A package and a rule in it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Statements of a file about which the policy is asked.

    Args:
        package: Of the file.
        file: The file.
        text: The statements.
    """

    package: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A statement: its local names, its text, and its formula where it is taken apart."""

    local: frozenset[str]
    text: str
    node: Node | None


class Clauses:
    """Formulas for the rules of a policy.

    Args:
        policy_set: The policy.
    """

    def __init__(self, policy_set: PolicySet) -> None:
        self.conditions: list[Condition] = []
        self._numbers: dict[Condition, int] = {}
        self._rules: dict[Name, list[Rule]] = {}
        self._emitted: dict[str, list[tuple[str, Rule]]] = {}
        self._raw = {file: text.encode("utf-8") for file, text in policy_set.sources.items()}
        self._imports: dict[str, dict[str, str]] = {}
        self._package: dict[str, str] = {}
        self._nodes: dict[tuple[str, Name], Node | None] = {}
        trees = syntax_trees(policy_set.sources)
        for file, text in policy_set.sources.items():
            self._read(file, trees[file], text)

    def emitted(self, rule: str) -> Node:
        """When the rule of that id speaks."""
        return Some(tuple(self._element(package, one) for package, one in self._emitted[rule]))

    def sources(self, numbers: Iterable[int]) -> dict[str, str]:
        """Conditions as rules, by the path of a file beside those of the policy."""
        files: dict[str, list[str]] = {}
        for number in sorted(numbers):
            one = self.conditions[number]
            rule = f"default {_NAME}{number} := false\n\n{_NAME}{number} if {{\n{one.text}\n}}\n"
            files.setdefault(one.file, []).append(rule)
        return {
            f"{_NAME}{file}": "\n".join((f"package {self._package[file]}\n", *heads, *rules))
            for file, rules in files.items()
            for heads in [self._heads(file)]
        }

    def files(self, packages: Collection[str]) -> frozenset[str]:
        """The policy's files of these packages."""
        return frozenset(file for file, package in self._package.items() if package in packages)

    def entrypoint(self, number: int) -> str:
        """The path under which a condition is asked about."""
        return f"data.{self.conditions[number].package}.{_NAME}{number}"

    def _heads(self, file: str) -> list[str]:
        return [f"import {path} as {alias}\n" for alias, path in self._imports[file].items()]

    def _read(self, file: str, tree: Tree, text: str) -> None:
        with_quotes(self._raw[file], tree)
        found = _IMPORT.findall(text)
        self._imports[file] = {alias or path.rsplit(".", 1)[-1]: path for path, alias in found}
        for rule in tree["rules"]:
            one = module(file, {**tree, "rules": [rule]}, text)
            head = one.heads[0]
            self._package[file] = one.package
            read = Rule(file, rule.get("Spec") or rule["Default"], "Default" in rule)
            self._rules.setdefault((one.package, head.name), []).append(read)
            if head.emits and "." in head.emits:
                self._emitted.setdefault(head.emits, []).append((one.package, read))

    def _named(self, name: Name, kind: str) -> Node | None:
        """When a rule is true, or a set has an element; None where its text is of another form."""
        known = (kind, name)
        if known not in self._nodes:
            self._nodes[known] = None  # a rule that leads to itself is not taken apart
            rules = self._rules[name]
            fits = is_truth if kind == "truth" else is_set
            if all(fits(one) for one in rules):
                bodies = [one for one in rules if not one.default]
                part = self._truths if kind == "truth" else self._elements
                self._nodes[known] = Some(tuple(n for one in bodies for n in part(name[0], one)))
        return self._nodes[known]

    def _truths(self, package: str, one: Rule) -> Iterator[Node]:
        for body in one.body["bodies"]:
            yield self._all(package, one.file, body["query"]["stmts"], ())

    def _elements(self, package: str, one: Rule) -> Iterator[Node]:
        yield self._element(package, one)

    def _element(self, package: str, one: Rule, bound: tuple[str, str] | None = None) -> Node:
        """When a rule adds its element: its body holds, and the element has a value.

        Args:
            package: Of the rule.
            one: The rule.
            bound: Count only elements that compare so, ``(">=", "1000")``.
        """
        key = one.body["head"]["Set"]["key"]
        fields = key.get("Object", {}).get("fields")
        terms = [field[-1] for field in fields] if fields else [key]
        bodies = [body["query"]["stmts"] for body in one.body["bodies"]] or [[]]
        return Some(tuple(self._all(package, one.file, body, terms, bound) for body in bodies))

    def _all(
        self,
        package: str,
        file: str,
        statements: Sequence[Tree],
        terms: Sequence[Tree],
        bound: tuple[str, str] | None = None,
    ) -> Node:
        bind = {name for one in statements for name in binds(one["literal"])}
        parts = [
            _Part(
                frozenset(self._local(package, file, one)),
                self._text(file, one["span"]),
                None if self._local(package, file, one) else self._statement(package, file, one),
            )
            for one in statements
        ]
        for term in terms:
            local = frozenset(self._local(package, file, term))
            text = self._text(file, next(iter(term.values()))["span"])
            if bound:
                node = self._compared(package, file, term, *bound)
                parts.append(_Part(local, f"{text} {bound[0]} {bound[1]}", node))
            elif not self._defined(package, file, term, bind):
                parts.append(_Part(local, f"{_NAME}term_{len(parts)} := {text}", None))
        return Every(tuple(self._parts(package, file, parts)))

    def _parts(self, package: str, file: str, parts: Iterable[_Part]) -> Iterator[Node]:
        """Each part by itself; those that share a local name together."""
        groups: list[tuple[frozenset[str], list[str]]] = []
        for part in parts:
            if not part.local:
                yield part.node or self._leaf(package, file, part.text)
                continue
            near = [group for group in groups if group[0] & part.local]
            groups = [group for group in groups if not group[0] & part.local]
            texts = [text for group in near for text in group[1]]
            names = part.local.union(*(group[0] for group in near))
            groups.append((names, [*texts, part.text]))
        for _, texts in groups:
            yield self._leaf(package, file, "\n".join(texts))

    def _statement(self, package: str, file: str, statement: Tree) -> Node | None:
        if statement.get("with_mods"):
            return None
        kind, body = next(iter(statement["literal"].items()))
        if kind not in {"Expr", "NotExpr"}:
            return None
        node = self._truth(package, file, body["expr"])
        if node is None and kind == "NotExpr":
            span = next(iter(body["expr"].values()))["span"]
            node = self._leaf(package, file, self._text(file, span))
        return Not(node) if node is not None and kind == "NotExpr" else node

    def _truth(self, package: str, file: str, term: Tree) -> Node | None:
        kind, body = next(iter(term.items()))
        if kind in {"Var", "RefDot"}:
            name = self._rule(package, file, term)
            return self._named(name, "truth") if name else None
        number = body.get("rhs", {}).get("Number") if kind == "BoolExpr" else None
        if not number:
            return None
        call = body["lhs"].get("Call")
        if not call and body["op"] in _SIGNS:
            return self._compared(
                package, file, body["lhs"], _SIGNS[body["op"]], str(number["value"])
            )
        if not call or body["op"] not in {"Gt", "Eq", "Ne"} or str(number["value"]) != "0":
            return None
        if call["fcn"].get("Var", {}).get("value") != "count":
            return None
        name = self._rule(package, file, call["params"][0])
        node = self._named(name, "set") if name else None
        return Not(node) if node and body["op"] == "Eq" else node

    def _compared(self, package: str, file: str, term: Tree, sign: str, number: str) -> Node | None:
        """When the greatest element of a set compares so: one element does, or all of them do."""
        name = self._rule(package, file, term)
        rules = self._rules[name] if name else []
        head = rules[0].body["head"].get("Compr") if len(rules) == 1 else None
        call = (((head or {}).get("assign") or {}).get("value") or {}).get("Call")
        if not name or not call or rules[0].body["bodies"]:
            return None
        if call["fcn"].get("Var", {}).get("value") != "max":
            return None
        of = self._rule(name[0], rules[0].file, call["params"][0])
        if not of or not all(is_set(one) for one in self._rules[of]):
            return None
        every = sign in _OPPOSITE
        bound = (_OPPOSITE.get(sign, sign), number)
        some = Some(tuple(self._element(of[0], one, bound) for one in self._rules[of]))
        if not every:
            return some
        exists = self._named(of, "set")
        return exists and Every((exists, Not(some)))

    def _rule(self, package: str, file: str, term: Tree) -> Name | None:
        """The rule that a term names."""
        path = steps(term)
        if not path:
            return None
        if len(path) == 1:
            name = (package, path[0])
        else:
            path = [*self._imports[file].get(path[0], path[0]).split("."), *path[1:]]
            name = (".".join(path[1:-1]), path[-1]) if path[0] == "data" else ("", "")
        return name if name in self._rules else None

    def _local(self, package: str, file: str, node: Any) -> set[str]:
        """Names in a statement that are neither rules nor imports."""
        known = {"input", "data", *self._imports[file]}
        return {
            name
            for name in variables(node, self._raw[file])
            if name not in known and (package, name) not in self._rules
        }

    def _defined(self, package: str, file: str, term: Tree, bound: set[str]) -> bool:
        """Whether a term evidently has a value."""
        kind, body = next(iter(term.items()))
        if kind == "Var" and str(body["value"]) in bound:
            return True
        if kind in {"Array", "Set"}:
            return all(self._defined(package, file, item, bound) for item in body["items"])
        if kind == "Call" and body["fcn"].get("Var", {}).get("value") in _KEEP_DEFINED:
            return self._defined(package, file, body["params"][0], bound)
        if kind in {"Var", "RefDot"}:
            path = steps(term)
            if path[:2] == ["input", "destination"] and len(path) == 3:
                return path[2] in _ALWAYS
            name = self._rule(package, file, term)
            rules = self._rules[name] if name else []
            has = any(one.default and not one.body.get("args") for one in rules)
            return has or (bool(rules) and all(total(one) for one in rules))
        return kind in SCALARS

    def _leaf(self, package: str, file: str, text: str) -> Leaf:
        one = Condition(package, file, text)
        if one not in self._numbers:
            self._numbers[one] = len(self.conditions)
            self.conditions.append(one)
        return Leaf(self._numbers[one])

    def _text(self, file: str, span: Mapping[str, int]) -> str:
        return self._raw[file][span["start"] : span["end"]].decode("utf-8")
