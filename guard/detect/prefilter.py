"""What must occur in a text for a pattern to match at all, derived from the pattern itself.

The derivation is conservative: a pattern is left out only when it cannot match. So findings with
and without the prefilter are equal, and a test says so over whole corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from re import _constants as sre  # type: ignore[attr-defined]  # the tree has no public module
from typing import Any

from guard.detect.backtracking import charset, parse
from guard.detect.context import plain

GAP = 3
"""Most characters other than digits that may stand between two digits of one island."""

_ISLAND = re.compile(r"[0-9]+(?:[^0-9]{1,3}[0-9]+)*")
_RUN = re.compile(r"[0-9A-Za-z]+")
_DIGIT_RUN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]*[0-9][0-9A-Za-z]*")
MOST = 40
"""More of anything is not asked for."""
_NO_DIGIT = re.compile(r"[^0-9]+")
_DIGITS = frozenset(map(ord, "0123456789"))
_ALNUM = frozenset(c for c in range(128) if chr(c).isalnum())
_FAR = GAP + 1
_NO_WIDTH = {sre.AT, sre.ASSERT, sre.ASSERT_NOT}


@dataclass(frozen=True, slots=True)
class Need:
    """What a match implies.

    Args:
        island: Digits of one island.
        run: Letters and digits (ASCII) that stand without anything between them.
        digit_run: The same, with a digit among them.
        literal: A string that occurs, or ``""``.
        lead: Characters that the match begins before the island, at most.
    """

    island: int
    run: int
    digit_run: int
    literal: str
    lead: int


@dataclass(frozen=True, slots=True)
class Island:
    """Digits that stand close together: see `GAP`.

    Args:
        start: Offset of the first digit.
        end: Offset after the last.
        digits: How many there are.
    """

    start: int
    end: int
    digits: int


class Features:
    """What a text has at most: see `Need`. And the text, as it is and as context sees it.

    Each is measured when it is first asked for, once for all patterns.

    Args:
        text: A folded text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._runs: dict[int, bool] = {}

    @cached_property
    def islands(self) -> list[Island]:
        """The islands of digits, in order."""
        return [
            Island(start, end, digits_in(self.text, start, end))
            for start, end in (found.span() for found in _ISLAND.finditer(self.text))
        ]

    @cached_property
    def island(self) -> int:
        """Digits of the largest island."""
        return max((island.digits for island in self.islands), default=0)

    def holds_run(self, length: int) -> bool:
        """Whether so many letters and digits stand without anything between them."""
        found = self._runs.get(length)
        if found is None:
            found = self._runs[length] = _run_of(length).search(self.text) is not None
        return found

    @cached_property
    def digit_run(self) -> int:
        """Letters and digits of the longest run that holds a digit."""
        return max(map(len, _DIGIT_RUN.findall(self.text)), default=0)

    @cached_property
    def plain(self) -> str:
        """The text as context words are looked for in it."""
        return plain(self.text)

    def runs(self, start: int) -> Iterator[tuple[int, int]]:
        """The runs of letters and digits from `start` on; the first may have begun before it."""
        return (found.span() for found in _RUN.finditer(self.text, start))

    def allow(self, need: Need) -> bool:
        """Whether a pattern with `need` can match."""
        return (
            (not need.literal or need.literal in self.text)
            and (not need.island or min(self.island, MOST) >= need.island)
            and (not need.run or self.holds_run(need.run))
            and (not need.digit_run or min(self.digit_run, MOST) >= need.digit_run)
        )


@cache
def _run_of(length: int) -> re.Pattern[str]:
    return re.compile(f"[0-9A-Za-z]{{{length}}}")


def digits_in(text: str, start: int, end: int) -> int:
    """How many ASCII digits stand in ``text[start:end]``."""
    part = text[start:end]
    return len(part) if part.isdecimal() and part.isascii() else len(_NO_DIGIT.sub("", part))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Digits that every match holds in one island, and the non-digits at its edges, at most."""

    digits: int
    before: int
    after: int


def need(pattern: str, *, ignore_case: bool) -> Need:
    """What a match of `pattern` implies."""
    tree = parse(pattern)
    shape = _sequence(tree)
    digits = min(shape.digits, MOST)
    # A match of ASCII letters and digits alone lies inside one run of them. What case-insensitive
    # matching takes for an ASCII letter beyond ASCII has been folded before (`textfold.fold`).
    compact = all(charset(op, av) <= _ALNUM for op, av in tree if op not in _NO_WIDTH)
    width = min(int(tree.getwidth()[0]), MOST) if compact else 0
    literal = "" if ignore_case else _literal(tree)
    # What stands before the island is known up to `GAP`, and then only that it is in the match.
    lead = shape.before if shape.before <= GAP else int(tree.getwidth()[1]) - digits
    return Need(digits, width, width if digits else 0, literal, lead)


def _sequence(tree: Any) -> _Shape:
    """Shapes one after the other: islands join when the gap between them is bounded by `GAP`."""
    total = _Shape(0, 0, 0)
    for op, av in tree:
        if op in _NO_WIDTH:
            continue
        total = _join(total, _shape(op, av))
    return total


def _join(a: _Shape, b: _Shape) -> _Shape:
    if not a.digits and not b.digits:
        width = min(a.after + b.before, _FAR)
        return _Shape(0, width, width)
    if not a.digits:
        return _Shape(b.digits, min(a.after + b.before, _FAR), b.after)
    if not b.digits:
        return _Shape(a.digits, a.before, min(a.after + b.after, _FAR))
    if a.after + b.before <= GAP:
        return _Shape(a.digits + b.digits, a.before, b.after)
    # Two islands that may lie apart: only the larger is certain, and nothing may join it.
    return _Shape(max(a.digits, b.digits), _FAR, _FAR)


def _shape(op: Any, av: Any) -> _Shape:
    if op is sre.SUBPATTERN:
        return _sequence(av[3])
    if op is sre.BRANCH:
        return _either([_sequence(branch) for branch in av[1]])
    if op in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
        return _repeat(av)
    if op in {sre.LITERAL, sre.IN} and charset(op, av) <= _DIGITS:
        return _Shape(1, 0, 0)
    return _Shape(0, 1, 1)


def _either(shapes: list[_Shape]) -> _Shape:
    digits = min(s.digits for s in shapes)
    before, after = max(s.before for s in shapes), max(s.after for s in shapes)
    if digits:
        return _Shape(digits, before, after)
    width = min(before + after, _FAR)
    return _Shape(0, width, width)


def _repeat(av: Any) -> _Shape:
    low, high, body = int(av[0]), int(av[1]), av[2]
    one = _sequence(body)
    if not one.digits:
        width = min(high * max(one.before, one.after), _FAR)
        return _Shape(0, width, width)
    if not low:
        # Absent, or an island of its own between two gaps: either way no gap is wider than this.
        width = min(one.before + one.after, _FAR)
        return _Shape(0, width, width)
    total = one
    for _ in range(min(low, 64) - 1):
        total = _join(total, one)
    if high > low and one.before + one.after > GAP:
        return _Shape(total.digits, total.before, _FAR)
    return total


def _literal(tree: Any) -> str:
    """The longest string that every match holds, in the case in which it stands."""
    best = run = ""
    for op, av in tree:
        if op is sre.LITERAL:
            run += chr(av)
            best = max(best, run, key=len)
            continue
        if op in _NO_WIDTH:
            continue
        run = ""
        inner = ""
        if op is sre.SUBPATTERN:
            inner = _literal(av[3])
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT} and av[0] > 0:
            inner = _literal(av[2])
        best = max(best, inner, key=len)
    return best
