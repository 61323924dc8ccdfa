"""Overlapping candidates: one winner per stretch of text, the same one each time.

What is replaced must not overlap: a peer that replaces overlapping findings corrupts the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding before overlaps are resolved.

    Args:
        start: Offset of the first code point.
        end: Offset after the last.
        confidence: 0 to 1, context included.
        detector: Id of the detector.
        checked: Whether a checksum or a format check held.
        in_context: Whether a context word stood near it.
        divisible: Whether what is left beside a winner is still a finding (a name is, an
            identifier is not).
        jurisdiction: ISO 3166-1 alpha-2 when the value itself says which, else ``""``.
        weight: Weight of that hint.
    """

    start: int
    end: int
    confidence: float
    detector: str
    checked: bool = False
    in_context: bool = False
    divisible: bool = False
    jurisdiction: str = ""
    weight: int = 0


def resolve(candidates: Iterable[Candidate], text: str) -> list[Candidate]:
    """The candidates that stand, in order and disjoint.

    An identifier beats a name, then the higher confidence wins, then what stands in its context,
    then what was checked, then the longer, then the earlier, then the lower id.
    """
    taken: list[Candidate] = []
    for candidate in sorted(candidates, key=_rank):
        taken += _outside(candidate, taken, text)
    return sorted(taken, key=lambda c: c.start)


def _rank(c: Candidate) -> tuple[bool, float, bool, bool, int, int, str]:
    confidence = -round(c.confidence, 3)
    length = c.start - c.end
    return (c.divisible, confidence, not c.in_context, not c.checked, length, c.start, c.detector)


def _outside(candidate: Candidate, taken: list[Candidate], text: str) -> list[Candidate]:
    rivals = sorted(
        (t.start, t.end) for t in taken if t.start < candidate.end and candidate.start < t.end
    )
    if not rivals:
        return [candidate]
    if not candidate.divisible:
        return []
    parts: list[Candidate] = []
    start = candidate.start
    for left, right in [*rivals, (candidate.end, candidate.end)]:
        part = _trimmed(candidate, start, left, text)
        if part:
            parts.append(part)
        start = max(start, right)
    return parts


def _trimmed(candidate: Candidate, start: int, end: int, text: str) -> Candidate | None:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if sum(map(str.isalpha, text[start:end])) < 2:
        return None
    return Candidate(start, end, candidate.confidence, candidate.detector, divisible=True)
