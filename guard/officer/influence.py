"""What each rule of a policy can depend on, read from its text: inputs, tables, words, numbers.

The search for counter-examples asks a rule only once about facts that cannot make a difference to
it. So what is said here must never be too little; it may be too much. A name is taken for a rule
whenever a rule of that name exists, and a reference to a whole object for one to all of its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guard.policy import PolicySet
from guard.policy.regorus import syntax_trees
from guard.policy.syntax import module

_TOKEN = re.compile(
    r'"(?P<string>(?:[^"\\]|\\.)*)"|`(?P<raw>[^`]*)`|#[^\n]*|(?P<number>\b\d+\b)'
    r'|(?P<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\["[^"\]]*"\])*)'
)
# ``object.get(input.transfer, ["facts", "x"], …)`` looks at that fact and at no other.
_LOOK_UP = re.compile(r'\bobject\.get\((?P<of>input(?:\.\w+)*), \[(?P<path>"\w+"(?:, "\w+")*)\]')
_STEP = re.compile(r'\["([^"\]]*)"\]')
_IMPORT = re.compile(r"^import\s+((?:data|input)[\w.]*)(?:\s+as\s+(\w+))?", re.MULTILINE)
# An entry of an export does not depend on the export's other entries.
_HEAD = re.compile(r"^\s*[A-Za-z_]\w*(?=\s+contains\b)")
Name = tuple[str, str]
"""A package and a rule in it."""


@dataclass(slots=True)
class Reach:
    """What a rule refers to.

    Args:
        inputs: Paths below ``input``, ``transfer.time``.
        tables: Tables below ``data.tables``.
        words: Literal strings.
        numbers: Literal numbers.
        members: Names after a dot, of whatever (``category.personal``).
        calls: Other rules.
    """

    inputs: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    calls: set[Name] = field(default_factory=set)

    def add(self, other: Reach) -> None:
        """Refer to all that `other` refers to."""
        for name in ("inputs", "tables", "words", "numbers", "members", "calls"):
            getattr(self, name).update(getattr(other, name))


class Influence:
    """The reach of every rule that emits something, through everything it uses.

    Args:
        policy_set: The policy.
    """

    def __init__(self, policy_set: PolicySet) -> None:
        self._rules: dict[Name, Reach] = {}
        self._emitted: dict[str, list[tuple[str, str, str]]] = {}
        self._aliases: dict[str, dict[str, str]] = {}
        self._pending: list[tuple[Name, str, str]] = []
        trees = syntax_trees(policy_set.sources)
        for file, text in policy_set.sources.items():
            self._module(file, trees[file], text)
        self._packages = {package for (package, _), _, _ in self._pending}
        self._all = {name for name, _, _ in self._pending}
        for name, file, text in self._pending:
            self._rules.setdefault(name, Reach()).add(self._read(name[0], file, text))

    def of(self, rule: str) -> Reach:
        """Everything that the rule of that id can depend on."""
        reach = Reach()
        for package, file, text in self._emitted[rule]:
            reach.add(self._read(package, file, _HEAD.sub("", text)))
        return self._closed(reach)

    def reach(self, package: str, file: str, text: str) -> Reach:
        """Everything that statements of a file can depend on."""
        return self._closed(self._read(package, file, text))

    def exports(self, package: str, export: str) -> frozenset[str]:
        """The ids that an export of a package emits."""
        return frozenset(
            rule
            for rule, places in self._emitted.items()
            for where, _, text in places
            if where == package and re.match(rf"\s*{export}\b", text)
        )

    def _closed(self, reach: Reach) -> Reach:
        todo, seen = list(reach.calls), set(reach.calls)
        while todo:
            found = self._rules[todo.pop()]
            reach.add(found)
            todo.extend(found.calls - seen)
            seen |= found.calls
        return reach

    def _module(self, file: str, tree: Mapping[str, Any], text: str) -> None:
        raw = text.encode("utf-8")
        self._aliases[file] = {
            alias or path.rsplit(".", 1)[-1]: path for path, alias in _IMPORT.findall(text)
        }
        for rule in tree["rules"]:
            body = rule.get("Spec") or rule["Default"]
            one = module(file, {**tree, "rules": [rule]}, text)
            head = one.heads[0]
            source = raw[body["span"]["start"] : body["span"]["end"]].decode("utf-8")
            self._pending.append(((one.package, head.name.split(".")[0]), file, source))
            if head.emits and "." in head.emits:
                self._emitted.setdefault(head.emits, []).append((one.package, file, source))

    def _read(self, package: str, file: str, text: str) -> Reach:
        reach = Reach()
        text = _LOOK_UP.sub(_looked_up, text)
        for token in _TOKEN.finditer(text):
            if (word := token["string"]) is not None or (word := token["raw"]) is not None:
                reach.words.add(word)
            elif token["number"] is not None:
                reach.numbers.add(int(token["number"]))
            elif token["path"] is not None:
                self._path(package, file, token["path"], reach)
        return reach

    def _path(self, package: str, file: str, path: str, reach: Reach) -> None:
        reach.words.update(_STEP.findall(path))
        steps = _STEP.sub(r".\1", path).split(".")
        alias = self._aliases[file].get(steps[0])
        if alias is not None:
            steps = [*alias.split("."), *steps[1:]]
        reach.members.update(steps[1:])
        if steps[0] == "input":
            reach.inputs.add(".".join(steps[1:4]))
        elif steps[:2] == ["data", "tables"]:
            reach.tables.add(steps[2] if len(steps) > 2 else "*")
        elif steps[0] == "data":
            self._data(steps, reach)
        elif (package, steps[0]) in self._names():
            reach.calls.add((package, steps[0]))

    def _data(self, steps: list[str], reach: Reach) -> None:
        for end in range(len(steps), 1, -1):
            package = ".".join(steps[1:end])
            if package not in self._packages:
                continue
            wanted = {(package, steps[end])} if end < len(steps) else set(self._of(package))
            reach.calls |= wanted & self._names()
            return

    def _names(self) -> set[Name]:
        return self._all

    def _of(self, package: str) -> Iterable[Name]:
        return (name for name in self._names() if name[0] == package)


def _looked_up(found: re.Match[str]) -> str:
    return ".".join((f"object.get({found['of']}", *re.findall(r"\w+", found["path"])))
