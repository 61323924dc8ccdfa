"""Where a match of a pattern can begin, derived from the pattern itself.

As conservative as `guard.detect.prefilter`: what cannot be derived is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as sre  # type: ignore[attr-defined]  # the tree has no public module
from typing import Any

from guard.detect.backtracking import charset, children, parse

ALNUM = frozenset(c for c in range(128) if chr(c).isalnum())
_NO_WIDTH = {sre.AT, sre.ASSERT, sre.ASSERT_NOT}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}
_ONE = {sre.LITERAL, sre.IN}
_UNKNOWN = frozenset({-1})


def opening(pattern: str, *, ignore_case: bool) -> frozenset[str]:
    """The ASCII letters and digits one of which every match begins with, at the edge of a run.

    Returns:
        Nothing where a match may begin otherwise: with another character, or behind a letter or a
        digit (ASCII).
    """
    tree = parse(pattern)
    if _flags(tree):
        return frozenset()
    if not any(_edge(op, av) for op, av in _leading(tree)):
        return frozenset()
    first, empty = _first(tree)
    if empty or not first or not first <= ALNUM:
        return frozenset()
    chars = "".join(map(chr, first))
    return frozenset(chars + chars.swapcase() if ignore_case else chars)


def _flags(tree: Any) -> bool:
    """Whether flags are set inside the expression, which change what it can begin with."""
    return bool(tree.state.flags & re.IGNORECASE) or any(
        op is sre.SUBPATTERN and (av[1] or av[2]) for op, av in _walk(tree)
    )


def _walk(tree: Any) -> Iterable[Any]:
    for op, av in tree:
        yield op, av
        for child in children(op, av):
            yield from _walk(child)


def _leading(tree: Any) -> Iterable[Any]:
    """What must hold where a match begins."""
    for op, av in tree:
        if op not in _NO_WIDTH:
            return
        yield op, av


def _edge(op: Any, av: Any) -> bool:
    """Whether it says that no ASCII letter or digit stands before."""
    if op is not sre.ASSERT_NOT or av[0] != -1 or len(av[1]) != 1:
        return False
    inner, value = av[1][0]
    return inner in _ONE and charset(inner, value) >= ALNUM


def _first(tree: Any) -> tuple[frozenset[int], bool]:
    """The characters that come first, and whether there may be none."""
    found: frozenset[int] = frozenset()
    for op, av in tree:
        if op in _NO_WIDTH:
            continue
        chars, empty = _begin(op, av)
        found |= chars
        if not empty:
            return found, False
    return found, True


def _begin(op: Any, av: Any) -> tuple[frozenset[int], bool]:
    if op in _ONE:
        return charset(op, av), False
    if op is sre.SUBPATTERN:
        return _first(av[3])
    if op is sre.BRANCH:
        firsts = [_first(branch) for branch in av[1]]
        return frozenset().union(*(f for f, _ in firsts)), any(empty for _, empty in firsts)
    if op in _REPEATS:
        chars, empty = _first(av[2])
        return chars, empty or av[0] == 0
    return _UNKNOWN, False


def head(pattern: str) -> int:
    """Letters and digits (ASCII), at least, with which every match begins."""
    return _head(parse(pattern))[0]


def _head(tree: Any) -> tuple[int, bool]:
    """How many come first at least, and whether nothing else can come between or after them."""
    total = 0
    for op, av in tree:
        if op in _NO_WIDTH:
            continue
        count, whole = _count(op, av)
        total += count
        if not whole:
            return total, False
    return total, True


def _count(op: Any, av: Any) -> tuple[int, bool]:
    if op in _ONE:
        alone = charset(op, av) <= ALNUM
        return int(alone), alone
    if op is sre.SUBPATTERN:
        return _head(av[3])
    if op is sre.BRANCH:
        heads = [_head(branch) for branch in av[1]]
        return min(count for count, _ in heads), all(whole for _, whole in heads)
    if op in _REPEATS:
        count, whole = _head(av[2])
        # Of a round that holds something else only the first begins the match.
        rounds = av[0] if whole else min(av[0], 1)
        return count * rounds, whole
    return 0, False
