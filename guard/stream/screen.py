"""New personal data in what a model says, replaced by labels before they go out.

The text is released in units that end where `cuts` allows it. Each unit is given to the detector
once, with the text before it as context, so what is found depends on the text and never on how it
was delivered. A unit ends after 512 characters at the latest: at the last white space that no
finding covers, with 64 characters more before the detector's eyes.

What the caller knows already stays: live tokens, which the detector sees masked, and the values
that the caller itself sent, with their parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from guard.errors import DetectionError
from guard.stream.counts import Counts
from guard.stream.cuts import MASK, Cuts
from guard.stream.tokens import Tokens

Span = tuple[int, int, str]
"""Start and end in the pending text, and the label that takes their place."""
Detect = Callable[[str, str], Sequence[Span]]
"""From the text before, and the pending text, to the spans of the pending text."""

CONTEXT = 200
"""Characters of released text that the detector is given."""
HOLD = 512
"""Characters that a unit may have."""
LOOK = 64
"""Characters after them that the detector sees when a unit must end."""

_SLICE = 4096  # characters that are taken at once; a unit's end is looked for in few
_WORD = re.compile(r"\w+")
_MASKED = re.compile(MASK + "+")
_SPACE = re.compile(r"\s+")


class Known:
    """Values that are no news to the caller: whole, written otherwise, or in part.

    Args:
        values: The values.
    """

    __slots__ = ("_bare", "_parts", "_values")

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._values = sorted({value for value in values if value.strip()}, key=len, reverse=True)
        words = [_words(value) for value in self._values]
        self._bare = {"".join(one) for one in words if one}
        self._parts = "\n".join(f" {' '.join(one)} " for one in words if one)

    def __repr__(self) -> str:
        return f"Known({len(self._values)})"

    def holds(self, value: str) -> bool:
        """Whether `value` is one of them, spaces and punctuation aside, or whole words of one."""
        words = _words(value)
        return bool(words) and (
            "".join(words) in self._bare or f" {' '.join(words)} " in self._parts
        )

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where `text` holds them, as they were sent and as whole words."""
        found: list[tuple[int, int]] = []
        for value in self._values:
            at = text.find(value)
            while at >= 0:
                end = at + len(value)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    found.append((at, end))
                at = text.find(value, at + 1)
        return found


def _words(value: str) -> list[str]:
    return _WORD.findall(value.casefold())


class Screening:
    """How answers are screened; one for all texts of an answer.

    Args:
        detect: Finds personal data. What it raises ends the answer.
        known: Values that the caller itself sent.
        plain: Whether `detect` finds nothing in words of `guard.stream.cuts.plain`, whatever stands
            before them, so that it need not be asked about each.
    """

    __slots__ = ("detect", "known", "plain")

    def __init__(self, detect: Detect, known: Iterable[str] = (), *, plain: bool = False) -> None:
        self.detect, self.known, self.plain = detect, Known(known), plain


class Screen:
    """Screens one text.

    Args:
        screening: The detector and what is known.
        tokens: Live tokens, which stay whole and are never findings.
        context: What stands before the text.
        counts: Where it is counted what was taken out.
    """

    __slots__ = ("_context", "_counts", "_cuts", "_held", "_screening", "_text", "_tokens", "_view")

    def __init__(
        self,
        screening: Screening,
        tokens: Tokens,
        context: str = "",
        counts: Counts | None = None,
    ) -> None:
        self._screening, self._tokens, self._context = screening, tokens, context
        self._counts = counts or Counts()
        self._held = ""  # may become a live token
        self._text = self._view = ""  # the unit so far, as the model wrote it and masked
        self._cuts = Cuts()

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come.

        Raises:
            DetectionError: If the detector names a span that is not in the text.
        """
        if len(text) <= _SLICE:
            return self._fed(text, final=False)
        slices = (text[at : at + _SLICE] for at in range(0, len(text), _SLICE))
        return "".join(self._fed(one, final=False) for one in slices)

    def close(self) -> str:
        """The rest, now that nothing will come.

        Raises:
            DetectionError: If the detector names a span that is not in the text.
        """
        out = self._fed("", final=True)
        end = len(self._text)
        return out + (self._released(end, self._found(end)) if end else "")

    def _fed(self, text: str, *, final: bool) -> str:
        self._take(text, final=final)
        out: list[str] = []
        while True:
            if self._screening.plain and (end := self._cuts.skip(self._view)):
                out.append(self._released(end, []))
            if (unit := self._unit()) is None:
                return "".join(out)
            out.append(self._released(*unit))

    def _take(self, text: str, *, final: bool) -> None:
        text = self._held + text
        places, end = self._tokens.scan(text, final=final)
        self._held = text[end:]
        self._text += text[:end]
        done = 0
        for start, stop in places:
            self._view += text[done:start] + MASK * (stop - start)
            done = stop
        self._view += text[done:end]

    def _unit(self) -> tuple[int, list[Span]] | None:
        """How long the next unit is and what is in it; None while that is not decided."""
        end = self._cuts.next(self._view[: HOLD + 1])
        if end > 0:
            self._cuts.moved(end)
            return end, self._found(end)
        if len(self._view) < HOLD + LOOK:
            return None
        self._cuts.restart()
        spans = self._found(HOLD + LOOK)
        end = self._forced([(start, stop) for start, stop, _ in spans])
        return end, [span for span in spans if span[1] <= end]

    def _forced(self, kept: list[tuple[int, int]]) -> int:
        """Where a unit ends that has grown too long: outside what is found, at white space."""
        kept += [match.span() for match in _MASKED.finditer(self._view, 0, HOLD + LOOK)]
        spaces = [match.end() for match in _SPACE.finditer(self._view, 0, HOLD)]
        for end in (*reversed(spaces), HOLD):
            if not any(start < end < stop for start, stop in kept):
                return end
        covering = [place for place in kept if place[0] < HOLD < place[1]]
        return min(start for start, _ in covering) or max(stop for _, stop in covering)

    def _found(self, length: int) -> list[Span]:
        """What the detector finds in the first `length` characters, in order, disjoint."""
        spans = sorted(self._screening.detect(self._context, self._view[:length]))
        merged: list[Span] = []
        for start, end, label in spans:
            if not 0 <= start < end <= length:
                raise DetectionError("the detector named a place outside the text")
            if merged and start < merged[-1][1]:
                first, last, name = merged[-1]
                merged[-1] = (first, max(last, end), name)
            else:
                merged.append((start, end, label))
        return merged

    def _released(self, length: int, spans: list[Span]) -> str:
        """The first `length` characters with labels in the places of `spans`; they go."""
        text, view = self._text[:length], self._view[:length]
        self._text, self._view = self._text[length:], self._view[length:]
        self._context = (self._context + view)[-CONTEXT:]
        return self._labelled(text, view, spans) if spans else text

    def _labelled(self, text: str, view: str, spans: list[Span]) -> str:
        known = self._screening.known
        kept = [match.span() for match in _MASKED.finditer(view)] + known.places(text)
        parts: list[str] = []
        done = 0
        for start, end, label in spans:
            for left, right in _without(start, end, kept):
                piece = text[left:right]
                if left >= done and any(map(str.isalnum, piece)) and not known.holds(piece):
                    parts += (text[done:left], f"[{label}]")
                    self._counts.labelled[label] += 1
                    done = right
        parts.append(text[done:])
        return "".join(parts)


def _without(start: int, end: int, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What remains of a span beside what is kept."""
    edges = [(start, start), *sorted(kept), (end, end)]
    pieces: list[tuple[int, int]] = []
    reached = start
    for (_, stop), (following, _) in pairwise(edges):
        reached = max(reached, min(stop, end))
        if reached < min(following, end):
            pieces.append((reached, min(following, end)))
    return pieces
