"""Whether a regular expression can backtrack catastrophically: a conservative test on its tree.

Backtracking explodes when the engine can split one stretch of text between repeats in many ways
(Davis et al., "The Impact of Regular Expression Denial of Service", ESEC/FSE 2018, section 2). So:
no unbounded repeat at all, no repeat around something variable unless a delimiter parts its rounds,
and no two wide repeats that
touch and can take the same characters. What remains costs at most a constant per start position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # the tree has no public module
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 4096
"""Most characters that one repeat may take."""
WIDE = 16
"""A repeat is wide when its upper and lower bound differ by more than this."""

_OTHER = -1
_ALL = frozenset(range(_OTHER, 256))
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_CATEGORIES = {
    sre.CATEGORY_DIGIT: re.compile(r"\d"),
    sre.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    sre.CATEGORY_SPACE: re.compile(r"\s"),
    sre.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    sre.CATEGORY_WORD: re.compile(r"\w"),
    sre.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


@lru_cache(maxsize=512)
def parse(pattern: str) -> Any:
    """The expression's tree, which is kept: several derivations ask for it, and none changes it.

    Raises:
        ValueError: If the standard library's engine does not accept it.
    """
    try:
        return parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        raise ValueError("not a valid regular expression") from None


def weakness(pattern: str) -> str:
    """Why `pattern` is refused, or ``""`` when it is not."""
    try:
        tree = parse(pattern)
    except ValueError as error:
        return str(error)
    if tree.getwidth()[0] == 0:
        return "it can match nothing"
    return _weak(tree)


def _weak(tree: Iterable[Any]) -> str:
    items = list(tree)
    for op, av in items:
        if op in _REPEATS:
            found = _weak_repeat(av)
            if found:
                return found
        elif op in {sre.GROUPREF, sre.GROUPREF_EXISTS}:
            return "back-references make matching exponential"
        for child in children(op, av):
            found = _weak(child)
            if found:
                return found
    return _touching(items)


def _weak_repeat(av: Any) -> str:
    low, high, body = av
    if high > LONGEST:
        return "an unbounded repeat; give it an upper bound"
    if high - low > WIDE and any(op is sre.BRANCH for op, _ in _walk(body)):
        return "a wide repeat around alternatives"
    if high > 1 and any(_is_variable(op, a) for op, a in _walk(body)) and not _delimited(body):
        return "a repeat around something of variable length without a delimiter between the rounds"
    return ""


def _touching(items: list[Any]) -> str:
    """Two wide repeats that can meet on the same characters."""
    last: frozenset[int] = frozenset()
    for op, av in items:
        if op in {sre.AT, sre.ASSERT, sre.ASSERT_NOT}:
            continue
        taken = charset(op, av)
        if _is_wide(op, av) or any(_holds_wide(child) for child in children(op, av)):
            if last & taken:
                return "two wide repeats that can take the same characters"
            last = _tail(op, av) or taken
        elif not _optional(op, av):
            last = last & taken
    return ""


def children(op: Any, av: Any) -> list[Any]:
    """The sub-trees below one node."""
    if op in _REPEATS or op is getattr(sre, "POSSESSIVE_REPEAT", None):
        return [av[2]]
    if op is sre.SUBPATTERN:
        return [av[3]]
    if op is sre.BRANCH:
        return list(av[1])
    if op in {sre.ASSERT, sre.ASSERT_NOT}:
        return [av[1]]
    if op is getattr(sre, "ATOMIC_GROUP", None):
        return [av]
    return []


def charset(op: Any, av: Any) -> frozenset[int]:
    """The characters below U+0100 that a node can take; -1 stands for all the others."""
    if op is sre.LITERAL:
        return frozenset({av if av < 256 else _OTHER})
    if op is sre.NOT_LITERAL:
        return _ALL - {av}
    if op is sre.IN:
        return _class(av)
    if op is sre.ANY:
        return _ALL
    below = [charset(o, a) for child in children(op, av) for o, a in child]
    return frozenset().union(*below) if below else frozenset()


def _class(items: Iterable[Any]) -> frozenset[int]:
    taken: set[int] = set()
    negated = False
    for op, av in items:
        if op is sre.NEGATE:
            negated = True
        elif op is sre.LITERAL:
            taken.add(av if av < 256 else _OTHER)
        elif op is sre.RANGE:
            taken.update(range(av[0], min(av[1], 255) + 1))
            if av[1] > 255:
                taken.add(_OTHER)
        else:
            test = _CATEGORIES[av]
            taken.update(c for c in range(256) if test.match(chr(c)))
            taken.add(_OTHER)
    return (_ALL - taken) | {_OTHER} if negated else frozenset(taken)


def _walk(tree: Any) -> Iterable[Any]:
    for op, av in tree:
        yield op, av
        for child in children(op, av):
            yield from _walk(child)


def _is_wide(op: Any, av: Any) -> bool:
    return op in _REPEATS and av[1] - av[0] > WIDE


def _is_variable(op: Any, av: Any) -> bool:
    return op in _REPEATS and bool(av[0] != av[1])


def _optional(op: Any, av: Any) -> bool:
    if op in _REPEATS:
        return bool(av[0] == 0)
    return op is sre.SUBPATTERN and av[3].getwidth()[0] == 0


def _holds_wide(tree: Any) -> bool:
    return any(_is_wide(op, av) for op, av in _walk(tree))


def _delimited(body: Any) -> bool:
    """Whether each round of a repeat passes a character that its variable parts cannot take."""
    variable = (charset(op, av) for op, av in _walk(body) if _is_variable(op, av))
    taken = frozenset().union(*variable)
    return any(
        not (taken & charset(op, av)) for op, av in _flat(body) if op in {sre.LITERAL, sre.IN}
    )


def _tail(op: Any, av: Any) -> frozenset[int]:
    """What ends each round of a delimited repeat, when its wide parts cannot take it."""
    if op not in _REPEATS or not _delimited(av[2]):
        return frozenset()
    last = list(_flat(av[2]))[-1]
    return charset(*last) if last[0] in {sre.LITERAL, sre.IN} else frozenset()


def _flat(body: Any) -> Iterable[Any]:
    """The nodes that every round passes: groups are opened, repeats and branches are not."""
    for op, av in body:
        if op is sre.SUBPATTERN:
            yield from _flat(av[3])
        else:
            yield op, av
