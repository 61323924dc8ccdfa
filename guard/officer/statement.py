"""What an officer says must never happen, read from YAML with the row of every word.

    name: sensitive data of Chinese residents do not reach the United States
    because: decision of the board of 3 May
    never: {tag: cn_pipl, sensitive: true, destination.country: US}
    effect: permit

A file holds one statement or a list of them. `effect` is what must never come out, ``permit`` when
it is not said. What `never` does not mention is free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml

from guard.errors import ConfigError
from guard.types import PURPOSES, Destination, Effect, Principal, Tag, Treatment

ABSENT = "not stated"
"""What a fact or a count is that nobody stated; no fact has a value with a space."""
_NOT = "not "
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIELDS = frozenset(Destination.model_fields) - {"url", "source", "checked", "safeguards", "counts"}
CATEGORIES = ("category", "class", "personal", "direct", "sensitive")
"""Conditions on what is left of the data; different data may meet each."""
_NONE = frozenset({"declared", "safeguards", "facts", "counts", "establishment", "data_subjects"})
"""Of these a statement can say that there are none, ``facts: {}``."""
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Condition:
    """One word of a statement.

    Args:
        key: ``tag``, ``destination.country``, ``facts.ciio``, …
        values: What it must be: any of these; for ``declared`` and ``safeguards`` all of these,
            where ``not x`` means that `x` is missing.
        row: 1-based line in the file.
    """

    key: str
    values: tuple[Any, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A never-event.

    Args:
        name: What it is called.
        because: Why it must never happen.
        never: The conditions, all of which hold at once.
        effect: What must never come out of them.
        row: 1-based line at which it begins.
    """

    name: str
    because: str
    never: tuple[Condition, ...]
    effect: Effect
    row: int

    def of(self, key: str) -> Condition | None:
        """The condition of that key, if there is one."""
        return next((one for one in self.never if one.key == key), None)


def read(
    path: Path, words: Mapping[str, frozenset[str]], takes: Callable[[str, Any], bool]
) -> tuple[Statement, ...]:
    """Read a file of statements.

    Args:
        path: The file.
        words: What the tables know: ``tag``, ``category``, ``class``, ``use_case``, ``declared``,
            ``safeguards``, ``facts``, ``counts``, ``location``, ``destination``.
        takes: Whether a fact can have a value.

    Raises:
        ConfigError: Naming file and row, for anything that no statement can say.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(f"{path}:{row}: not YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise ConfigError(f"{path}: cannot be read as YAML in UTF-8") from None
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []
    if not nodes:
        raise ConfigError(f"{path}: no statement here", remedy="write `never: {tag: eu_gdpr, …}`")
    return tuple(_Reader(path, words, takes).statement(node) for node in nodes)


class _Reader:
    def __init__(
        self,
        path: Path,
        words: Mapping[str, frozenset[str]],
        takes: Callable[[str, Any], bool],
    ) -> None:
        self._path, self._words, self._takes = path, words, takes

    def statement(self, node: yaml.Node) -> Statement:
        fields = dict(self._pairs(node, "a statement"))
        if unknown := [key for key in fields if key not in {"name", "because", "never", "effect"}]:
            raise self._wrong(fields[unknown[0]], f"unknown key `{unknown[0]}`")
        if "never" not in fields or "name" not in fields:
            raise self._wrong(node, "a statement has `name` and `never`")
        effect = str(self._scalar(fields["effect"])) if "effect" in fields else "permit"
        if effect not in get_args(Effect):
            raise self._wrong(fields["effect"], f"effect is one of {', '.join(get_args(Effect))}")
        never = tuple(self._condition(k, v) for k, v in self._pairs(fields["never"], "never"))
        if not never:
            raise self._wrong(fields["never"], "`never` says nothing")
        return Statement(
            name=str(self._scalar(fields["name"])),
            because=str(self._scalar(fields["because"])) if "because" in fields else "",
            never=never,
            effect=effect,  # type: ignore[arg-type]  # one of the literals, as was just checked
            row=node.start_mark.line + 1,
        )

    def _condition(self, key: str, node: yaml.Node) -> Condition:
        if key in _NONE and isinstance(node, yaml.CollectionNode) and not node.value:
            said = ("none",) if key in {"declared", "safeguards"} else (ABSENT,)
            return Condition(key, said, node.start_mark.line + 1)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values = tuple(self._scalar(item) for item in items)
        allowed = self._allowed(key, node)
        for item, value in zip(items, values, strict=True):
            plain = value
            if key in {"declared", "safeguards"} and isinstance(value, str):
                plain = value.removeprefix(_NOT)
                if plain == "none" and len(values) == 1:
                    continue
            if allowed is not None and plain not in allowed:
                near = ", ".join(sorted(map(str, allowed))[:8])
                raise self._wrong(item, f"{key}: unknown word {value!r}", f"for example {near}")
            self._fits(key, item, value)
        if not values:
            raise self._wrong(node, f"{key}: names nothing")
        return Condition(key, values, node.start_mark.line + 1)

    def _fits(self, key: str, node: yaml.Node, value: Any) -> None:
        head, _, name = key.partition(".")
        if head in {"facts", "counts"} and value == ABSENT:
            return
        if key == "time" and not (isinstance(value, str) and _DATE.fullmatch(value)):
            raise self._wrong(node, "time is a day", "for example 2026-11-22")
        if head == "counts" and type(value) is not int:
            raise self._wrong(node, f"{key} is a number")
        # A fact that is a list of words is stated with that one word.
        if head == "facts" and not (self._takes(name, value) or self._takes(name, (value,))):
            raise self._wrong(
                node, f"{key} cannot have that value", "see `guard region list --table facts`"
            )

    def _allowed(self, key: str, node: yaml.Node) -> frozenset[Any] | None:
        """The words that a key takes; None where any will do."""
        closed: dict[str, frozenset[Any]] = {
            "treatment": frozenset(get_args(Treatment)),
            "purpose": frozenset(PURPOSES),
            "role": frozenset(get_args(Principal.model_fields["role"].annotation)),
            **{name: self._words[name] for name in ("tag", "category", "class", "use_case")},
            **{name: self._words[name] for name in ("declared", "safeguards")},
            **{name: frozenset({True, False}) for name in ("sensitive", "personal", "direct")},
            "trigger": frozenset(get_args(Tag.model_fields["trigger"].annotation)),
            **dict.fromkeys(("origin", "establishment", "data_subjects"), self._words["location"]),
            "destination.country": self._words["location"],
            "destination.id": self._words["destination"],
        }
        if key in closed:
            return closed[key]
        head, _, name = key.partition(".")
        if head in {"facts", "counts"} and name in self._words[head]:
            return None
        if key == "time" or (head == "destination" and name in _FIELDS):
            return None
        known = [*closed, "time", "facts", "counts", "facts.…", "counts.…", "destination.…"]
        raise self._wrong(node, f"unknown word `{key}`", f"one of {', '.join(sorted(known))}")

    def _pairs(self, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, f"{what} is a mapping")
        seen: set[str] = set()
        for key, value in node.value:
            name = str(self._scalar(key))
            if name in seen:
                raise self._wrong(key, f"`{name}` is said twice")
            seen.add(name)
            yield name, value

    def _scalar(self, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            raise self._wrong(node, "one word is expected here")
        text = str(node.value)
        if node.style is None and text in _TRUTH:
            return _TRUTH[text]
        if node.style is None and text.lstrip("-").isdecimal() and text.isascii():
            return int(text)
        return text

    def _wrong(self, node: yaml.Node, what: str, remedy: str = "") -> ConfigError:
        return ConfigError(f"{self._path}:{node.start_mark.line + 1}: {what}", remedy=remedy)
