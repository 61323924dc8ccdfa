"""Rego rewritten so that what is undefined fails for the compiled engine as for every other.

The compiler of regorus takes an undefined value that is assigned (``x := input.no.such``),
collected (``{input.no.such | …}``) or emitted (``s contains input.no.such``) for a value like any
other, where Rego says that the statement fails (OPA policy language, "undefined"). Comparing a
value with itself fails when it is undefined, in every engine. So each assignment is followed by
such a comparison, and terms are assigned before they are collected or emitted. A comprehension
whose query begins with a condition ends the iteration around it when the condition fails; here it
begins with an iteration. ``every`` passes over conditions that are undefined or false; here the
elements for which its body holds are counted. The policies that people read stay as they are; only
the compiler sees this text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

_COMPREHENSIONS = {"SetCompr": b"{}", "ArrayCompr": b"[]"}
_LEAVES = frozenset({"span", "field"})
"""Parts without parts that matter here."""
_QUOTES = (b'"', b"`")
_SCALARS = {"String", "RawString", "Number", "Bool", "True", "False", "Null"}


class Unfit(Exception):  # noqa: N818 - a finding, not a failure: the interpreter takes over
    """The text holds a construct that is not rewritten."""


@dataclass(frozen=True, slots=True)
class _Site:
    """A stretch of the text that is written anew.

    Args:
        start: Offset of its first byte.
        end: Offset behind its last byte.
        kind: ``assigned``, ``collected``, ``entry`` (of an object comprehension), ``emitted``,
            ``keyed`` (the value of ``rule[key] := value``), or ``every``.
        node: The syntax.
    """

    start: int
    end: int
    kind: str
    node: Mapping[str, Any]


def rewrite(text: str, tree: Mapping[str, Any]) -> str:
    """The text of a module for the compiled engine.

    Args:
        text: The module.
        tree: Its syntax tree, as regorus gives it.

    Raises:
        Unfit: It holds a default function or an assignment to a pattern.
    """
    raw = text.encode("utf-8")
    sites: list[_Site] = []
    with_quotes(raw, tree)
    for rule in tree["rules"]:
        if "Default" in rule:
            if rule["Default"].get("args"):
                raise Unfit("a function with a default")
            continue
        parts = _nodes(rule["Spec"])
        sites.extend(_sites(rule["Spec"], parts, _locals(parts)))
    sites.sort(key=lambda one: (one.start, -one.end))
    return _Writer(raw, sites).write(0, len(raw)).decode("utf-8")


def with_quotes(raw: bytes, node: Any) -> None:
    """Widen, in place, the spans that leave out the quote they begin or end with."""
    for _, body in [("", node), *_nodes(node)]:
        span = body.get("span") if isinstance(body, dict) else None
        if span and "start" in span:
            if raw[span["start"] - 1 : span["start"]] in _QUOTES and span["start"]:
                span["start"] -= 1
            if raw[span["end"] : span["end"] + 1] in _QUOTES:
                span["end"] += 1


def _locals(parts: Sequence[tuple[str, Any]]) -> frozenset[str]:
    """Names that are bound in a rule, and so defined where they are used."""
    found: set[str] = set()
    for kind, body in parts:
        if kind == "SomeIn":
            terms = [body["value"], body.get("key") or {}]
            found.update(str(t["Var"]["value"]) for t in terms if "Var" in t)
        elif kind == "AssignExpr":
            found.update(_names(body["lhs"]))
        elif kind == "Func":
            found.update(str(a["Var"]["value"]) for a in body["args"] if "Var" in a)
    return frozenset(found)


def _names(pattern: Mapping[str, Any]) -> list[str]:
    """The names that an assignment binds: one, or those of an array."""
    if "Var" in pattern:
        return [str(pattern["Var"]["value"])]
    if "Array" in pattern:
        return [name for item in pattern["Array"]["items"] for name in _names(item)]
    raise Unfit("an assignment to a pattern")


def _nodes(root: Any) -> list[tuple[str, Any]]:
    """Every part of a tree that has parts, with the name under which it stands."""
    found: list[tuple[str, Any]] = []
    stack = [root]
    while stack:
        node = stack.pop()
        named = node.items() if isinstance(node, dict) else (("", item) for item in node)
        for kind, body in named:
            if kind not in _LEAVES and isinstance(body, dict | list):
                found.append((kind, body))
                stack.append(body)
    return found


def _sites(
    rule: Mapping[str, Any], parts: Sequence[tuple[str, Any]], local: frozenset[str]
) -> Iterator[_Site]:
    head = rule["head"].get("Set")
    if head and not _defined(head["key"], local):
        if len(rule["bodies"]) > 1:
            raise Unfit("an element with more than one body")
        yield _Site(rule["span"]["start"], rule["span"]["end"], "emitted", rule)
    keyed = rule["head"].get("Compr")
    moves = keyed and "RefBrack" in keyed["refr"] and keyed["assign"] and rule["bodies"]
    if moves and not _defined(keyed["assign"]["value"], local):
        yield _Site(rule["span"]["start"], rule["span"]["end"], "keyed", rule)
    for kind, body in parts:
        if kind == "stmts":
            yield from (_guard(one) for one in body if _assigns(one))
        elif kind in _COMPREHENSIONS and not (_loops(body) and _defined(body["term"], local)):
            yield _Site(body["span"]["start"], body["span"]["end"], "collected", {kind: body})
        elif kind == "Every":
            if body["key"] is not None:
                raise Unfit("every with a key")
            yield _Site(body["span"]["start"], body["span"]["end"], "every", body)
        elif kind == "ObjectCompr" and not (
            _loops(body) and _defined(body["key"], local) and _defined(body["value"], local)
        ):
            yield _Site(body["span"]["start"], body["span"]["end"], "entry", body)


def _loops(comprehension: Mapping[str, Any]) -> bool:
    return "SomeIn" in comprehension["query"]["stmts"][0]["literal"]


def _assigns(statement: Mapping[str, Any]) -> bool:
    expression = statement["literal"].get("Expr", {}).get("expr", {})
    return "AssignExpr" in expression


def _guard(statement: Mapping[str, Any]) -> _Site:
    assigned = statement["literal"]["Expr"]["expr"]["AssignExpr"]
    end = statement["span"]["end"]
    return _Site(end, end, "assigned", assigned["lhs"])


def _defined(term: Mapping[str, Any], local: frozenset[str]) -> bool:
    """Whether a term has a value wherever it stands."""
    kind, body = next(iter(term.items()))
    if kind == "Var":
        return str(body["value"]) in local
    if kind in {"Array", "Set"}:
        return all(_defined(item, local) for item in body["items"])
    if kind == "Object":
        return all(_defined(part, local) for field in body["fields"] for part in field[-2:])
    return kind in _SCALARS


class _Writer:
    """Writes stretches of a text, sites in them anew."""

    def __init__(self, raw: bytes, sites: Sequence[_Site]) -> None:
        self.raw = raw
        self.sites = sites
        self.names = (f"defined__{number}".encode() for number in count(1))

    def write(self, start: int, end: int, within: _Site | None = None) -> bytes:
        parts: list[bytes] = []
        at = start
        for site in self.sites:
            if site.start < at or site.end > end or site is within:
                continue
            parts += [self.raw[at : site.start], self._site(site)]
            at = site.end
        return b"".join([*parts, self.raw[at:end]])

    def _site(self, site: _Site) -> bytes:
        match site.kind:
            case "assigned":
                names = [name.encode() for name in _names(site.node) if name != "_"]
                return b"".join(b"; " + name + b" == " + name for name in names)
            case "collected":
                return self._collected(site)
            case "entry":
                return self._entry(site)
            case "every":
                return self._every(site)
            case "keyed":
                return self._keyed(site)
            case _:
                return self._emitted(site)

    def _collected(self, site: _Site) -> bytes:
        kind, body = next(iter(site.node.items()))
        brackets = _COMPREHENSIONS[kind]
        bar = body["query"]["span"]["start"]
        term = self.write(site.start + 1, bar, site)
        query = self._query(body, bar, site)
        name = next(self.names)
        return brackets[:1] + name + b" " + query + _given(name, term) + brackets[1:]

    def _entry(self, site: _Site) -> bytes:
        bar = site.node["query"]["span"]["start"]
        colon = self.raw.index(b":", site.start + 1, bar)
        key, value = self.write(site.start + 1, colon, site), self.write(colon + 1, bar, site)
        query = self._query(site.node, bar, site)
        one, other = next(self.names), next(self.names)
        head = b"{" + one + b": " + other + b" "
        return head + query + _given(one, key) + _given(other, value) + b"}"

    def _query(self, comprehension: Mapping[str, Any], bar: int, site: _Site) -> bytes:
        body = self.write(bar + 1, site.end - 1, site)
        once = b"" if _loops(comprehension) else b" some " + next(self.names) + b" in [0]\n"
        return b"|" + once + body

    def _every(self, site: _Site) -> bytes:
        value, query = site.node["value"], site.node["query"]["span"]
        name = self.raw[value["start"] : value["end"]]
        # What stands between the name and the body is ` in ` and the domain.
        domain = self.write(value["end"], query["start"], site).strip().removeprefix(b"in ")
        body = self.write(query["start"] + 1, query["end"] - 1, site)
        elements = b"{" + name + b" | some " + name + b" in " + domain
        holding = elements + b"\n" + body.strip() + b"\n}"
        return b"count(%b) >= 0; count(%b) == count(%b})" % (domain, holding, elements)

    def _keyed(self, site: _Site) -> bytes:
        head = site.node["head"]["Compr"]["span"]
        assign = self.raw.index(b" := ", head["start"], head["end"]) + len(b" := ")
        return self._moved(site, head["start"], assign, head["end"])

    def _emitted(self, site: _Site) -> bytes:
        head = site.node["head"]["Set"]["span"]
        contains = self.raw.index(b" contains ", head["start"], head["end"]) + len(b" contains ")
        return self._moved(site, head["start"], contains, head["end"])

    def _moved(self, site: _Site, start: int, term: int, end: int) -> bytes:
        """A rule whose head ends in a term: the term is assigned at the end of the body."""
        value = self.write(term, end, site)
        body = b""
        if site.node["bodies"]:
            query = site.node["bodies"][0]["query"]["span"]
            inner = self.raw[query["start"] : query["start"] + 1] == b"{"
            body = self.write(query["start"] + inner, query["end"] - inner, site)
        name = next(self.names)
        front = self.raw[start:term] + name + b" if {\n"
        return front + body + _given(name, value) + b"\n}"


def _given(name: bytes, term: bytes) -> bytes:
    """Statements that hold when `term` is defined, and call it `name`."""
    return b"\n" + name + b" := " + term.strip() + b"\n" + name + b" == " + name
