"""Where patterns match: each is tried only where it could begin.

Eighty patterns over the whole of a text cost more than everything else. Nearly all of them begin at
the edge of a run of letters and digits and hold digits that stand close together; a text has few
such places. So the places are found once, and each is shown only to those patterns that can begin
with its character and need no more digits than follow. Every other pattern searches the whole text.

What is left out cannot match (see `guard.detect.prefilter`), so findings are the same without it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from guard.detect.backtracking import parse
from guard.detect.context import ContextWords
from guard.detect.opening import head, opening
from guard.detect.prefilter import Features, Need, digits_in, need
from guard.errors import DetectionError

if TYPE_CHECKING:
    from guard.detect.catalogue import DetectorSpec

PHONE_DIGITS = 6
_WIDEST = 128
"""The longest match for which one attempt needs no time limit: `weakness` bounds its cost, and to
set the limit costs ten times the attempt."""
_FAR = 40
"""The farthest that a start may lie before an island; what needs more searches the whole text."""
_MOST = 20
SHARE = 100_000
"""Code points for which a text has `timeout_s`."""
_LOOK = 256
"""Starts between two looks at the clock."""
_ROOMS = 20_000
"""Kinds of places for which the fitting patterns are kept."""

Key = tuple[str, int]
"""A detector and the index of its pattern."""
Hits = Mapping[Key, Collection[int]]
"""By pattern, where its matches begin: all of them."""


_Attempt = tuple[Any, str, Key]
"""A pattern's `match`, the literal it needs, and its key."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, and what its matches imply.

    Args:
        key: Which it is.
        regex: Compiled.
        need: What a match implies of the text.
        first: The ASCII characters it can begin with, where it begins at the edge of a run;
            otherwise nothing.
        head: Letters and digits with which a match begins, at least.
        width: Characters of a match, at most.
        required: Whether it needs a context word.
        words: The context words of its detector.
    """

    key: Key
    regex: Any
    need: Need
    first: frozenset[str]
    head: int
    width: int
    required: bool
    words: ContextWords

    @property
    def placed(self) -> bool:
        """Whether the places where it can begin are known."""
        narrow = self.width <= _WIDEST and self.need.lead <= _FAR
        return bool(self.first) and self.need.island > 0 and narrow

    def fits(self, first: str, digits: int, run: int, gap: int) -> bool:
        """Whether it can begin there: see `Starts._fit`."""
        need = self.need
        return (
            first in self.first
            and gap <= need.lead
            and min(need.island, _MOST) <= digits
            and min(self.head, _MOST) <= run
        )


class Starts:
    """Finds where the patterns of detectors match.

    Args:
        specs: The detectors.
        timeout_s: Seconds that a text may take for each `SHARE` begun.
    """

    def __init__(self, specs: Iterable[DetectorSpec], *, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        given = list(specs)
        patterns = [p for spec in given for p in _patterns(spec)]
        self._phone = tuple(spec.id for spec in given if spec.engine == "phone")
        self._placed = tuple(p for p in patterns if p.placed)
        self._others = tuple(p for p in patterns if not p.placed)
        self._literals = tuple({p.need.literal for p in self._placed} - {""})
        self._fewest = min((p.need.island for p in self._placed), default=_MOST)
        self._reach = {
            digits: max((p.need.lead for p in self._placed if p.need.island <= digits), default=0)
            for digits in range(_MOST + 1)
        }
        self._digits = _floors(min(p.need.island, _MOST) for p in self._placed)
        self._heads = _floors(min(p.head, _MOST) for p in self._placed)
        self._leads = _ceilings(p.need.lead for p in self._placed)
        self._fitting: dict[tuple[str, int, int, int], tuple[_Attempt, ...]] = {}

    def of(self, text: str, names: Sequence[str]) -> tuple[list[str], Hits]:
        """The detectors that can find something, and where their patterns match.

        Args:
            text: A folded text.
            names: What it stands under, for the context.

        Raises:
            DetectionError: If it takes longer than it may.
        """
        features = Features(text)
        deadline = time.perf_counter() + self._timeout_s * (1 + len(text) // SHARE)
        hits: dict[Key, set[int]] = {}
        try:
            self._tried(features, hits, deadline)
            for pattern in self._others:
                if self._searched(pattern, features, names):
                    matches = pattern.regex.finditer(text, overlapped=True, timeout=self._timeout_s)
                    starts = {match.start() for match in matches}
                    if starts:
                        hits[pattern.key] = starts
        except TimeoutError:
            raise DetectionError("the patterns took longer than they may") from None
        found = list(dict.fromkeys([name for name, _ in hits]))
        if self._phone and features.island >= PHONE_DIGITS:
            found += self._phone
        return found, hits

    def _searched(self, pattern: _Pattern, features: Features, names: Sequence[str]) -> bool:
        """Whether a pattern without a place may match and, if it needs it, have context."""
        if not features.allow(pattern.need):
            return False
        if not pattern.required:
            return True
        return pattern.words.may_occur(features.plain) or pattern.words.among(names)

    def _tried(self, features: Features, hits: dict[Key, set[int]], deadline: float) -> None:
        """Try the patterns whose places are known, each at its own."""
        tried, text = 0, features.text
        absent = {literal for literal in self._literals if literal not in text}
        for island in features.islands:
            if island.digits < self._fewest:
                continue
            left = island.digits
            reach = self._reach[min(left, _MOST)]
            for start, end in features.runs(max(island.start - reach, 0)):
                if start >= island.end:
                    break
                tried += 1
                if not tried % _LOOK and time.perf_counter() > deadline:
                    raise TimeoutError
                gap = max(island.start - start, 0)
                for match, literal, key in self._fit(text[start], left, end - start, gap):
                    if literal not in absent and match(text, start):
                        hits.setdefault(key, set()).add(start)
                if end > island.start:
                    left -= digits_in(text, max(start, island.start), end)

    def _fit(self, first: str, digits: int, run: int, gap: int) -> tuple[_Attempt, ...]:
        """The patterns that can begin with `first`, before or in an island.

        Args:
            first: A character.
            digits: Digits of the island from there on.
            run: Length of the run that begins there.
            gap: Characters before the island.
        """
        # Places that the same patterns fit share a room: what tells them apart is few thresholds.
        room = (
            first,
            self._digits[min(digits, _MOST)],
            self._heads[min(run, _MOST)],
            self._leads[min(gap, _FAR + 1)],
        )
        found = self._fitting.get(room)
        if found is None:
            fitting = (p for p in self._placed if p.fits(*room))
            found = tuple((p.regex.match, p.need.literal, p.key) for p in fitting)
            if len(self._fitting) >= _ROOMS:
                self._fitting.clear()
            self._fitting[room] = found
        return found


def _floors(thresholds: Iterable[int]) -> tuple[int, ...]:
    """For each number up to `_MOST` the greatest threshold that it reaches, or 0."""
    known = {0, *thresholds}
    return tuple(max(t for t in known if t <= n) for n in range(_MOST + 1))


def _ceilings(thresholds: Iterable[int]) -> tuple[int, ...]:
    """For each number up to `_FAR` the least threshold that it does not pass, or one beyond all."""
    known = {_FAR + 1, *thresholds}
    return tuple(min(t for t in known if t >= n) for n in range(_FAR + 2))


def _patterns(spec: DetectorSpec) -> list[_Pattern]:
    words = ContextWords(spec.words)
    flags = regex.IGNORECASE if spec.ignore_case else 0
    return [
        _Pattern(
            key=(spec.id, i),
            regex=regex.compile(p.regex, flags),
            need=need(p.regex, ignore_case=spec.ignore_case),
            first=opening(p.regex, ignore_case=spec.ignore_case),
            head=head(p.regex),
            width=int(parse(p.regex).getwidth()[1]),
            required=spec.context_required_by(p),
            words=words,
        )
        for i, p in enumerate(spec.patterns)
    ]
