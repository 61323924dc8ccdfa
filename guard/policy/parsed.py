"""A file of Rego as the checks need it, from its syntax tree, or prepared from one.

Syntax trees are by far the dearest part of a start: 26 MB of JSON for a megabyte of Rego. What is
read from the tree of a file depends on that file alone, so for the shipped files it is prepared.
What holds only for all files together (references, rule ids, the dispatcher) is never prepared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from guard import prepared
from guard.policy.definite import Unfit, rewrite
from guard.policy.metadata import Metadata, blocks
from guard.policy.regorus import syntax_trees
from guard.policy.syntax import Head, Module, Reference, module

PREPARED = "policies.json"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file of Rego.

    Args:
        module: Its rules, references and calls.
        metadata: Its METADATA blocks by the line of the rule that follows.
        definite: The text that the compiled engine sees; None when it holds what cannot be
            rewritten, or nobody asked for it.
    """

    module: Module
    metadata: Metadata
    definite: str | None


def maker() -> str:
    """What makes the prepared forms of policies (`prepared.maker`)."""
    return prepared.maker("policy", "gordon-to-regorus")


class Parser:
    """Parses files of Rego; those that come with the package are looked up.

    Args:
        definite: Whether the text for the compiled engine is wanted.
    """

    def __init__(self, *, definite: bool) -> None:
        self._definite = definite
        self._known = prepared.entries(PREPARED, maker())

    def parse(self, sources: Mapping[str, str]) -> dict[str, Parsed]:
        """Each file in the order of its path.

        Args:
            sources: Rego text by relative path.

        Raises:
            ConfigError: If a file or its METADATA does not parse; the message has file and row.
        """
        found: dict[str, Parsed] = {}
        rest: dict[str, str] = {}
        for name, text in sources.items():
            known = self._known.get(_key(name, text))
            if known is None:
                rest[name] = text
            else:
                found[name] = _read(name, known)
        if rest:
            found.update(_parsed(rest, definite=self._definite))
        return dict(sorted(found.items()))


def prepare(sources: Mapping[str, str]) -> None:
    """Write what these files say where `Parser` looks it up, unless it stands there.

    Raises:
        ConfigError: If a file does not parse.
    """
    keys = {name: _key(name, text) for name, text in sources.items()}
    if set(keys.values()) != prepared.entries(PREPARED, maker()).keys():
        files = _parsed(sources, definite=True)
        prepared.write_entries(PREPARED, maker(), {keys[n]: _written(one) for n, one in files})


def _key(name: str, text: str) -> str:
    return prepared.digest(name, text)


def _parsed(sources: Mapping[str, str], *, definite: bool) -> Iterator[tuple[str, Parsed]]:
    trees = syntax_trees(sources)
    for name in sorted(sources):
        text, tree = sources[name], trees[name]
        said = module(name, tree, text)
        metadata = blocks(name, text)
        yield name, Parsed(said, metadata, _rewritten(text, tree) if definite else None)


def _rewritten(text: str, tree: Mapping[str, Any]) -> str | None:
    try:
        return rewrite(text, tree)
    except Unfit:
        return None


def _written(file: Parsed) -> list[Any]:
    said = file.module
    return [
        said.package,
        [list(astuple(head)) for head in said.heads],
        [_reference(one) for one in said.references],
        [_reference(one) for one in said.calls],
        [[row, block] for row, block in file.metadata.items()],
        file.definite,
    ]


def _reference(one: Reference) -> list[Any]:
    return [[list(path) for path in one.paths], one.row, one.col, one.argument]


def _read(name: str, written: list[Any]) -> Parsed:
    package, heads, references, calls, metadata, definite = written
    rules = tuple(Head(*head) for head in heads)
    said = Module(name, package, rules, _references(references), _references(calls))
    return Parsed(said, dict(metadata), definite)


def _references(written: Collection[list[Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(tuple(map(tuple, paths)), *rest) for paths, *rest in written)
