"""What a treatment does to text, and the proof that it did: detect again, nothing may remain.

*Redact* puts a label in the place of every treated finding, ``[EMAIL_1]``; equal values get equal
numbers within one payload, and nothing can turn them back. *Pseudonymise* puts a token of the vault
there (GDPR Art. 4(5): additional information kept separately).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from guard.errors import ObligationError
from guard.types import Detected, Finding, Segment

_PASSES = 4
_TELLING = 6
"""Characters from which on a value stands for itself wherever it is."""

Tokenise = Callable[[str, str], str]
"""From label and value to the token that takes the value's place."""

Span = tuple[int, int]
Known = Callable[[str], Sequence[Span]]
"""From a text to the places of tokens that an earlier treatment put there."""


def nowhere(_: str) -> Sequence[Span]:
    """No token was there before."""
    return ()


@dataclass(frozen=True, slots=True)
class Treated:
    """A payload after treatment.

    Args:
        segments: The segments in their order, rewritten.
        tokens: By pointer, the spans of what was put there.
        replaced: How many findings were replaced.
    """

    segments: tuple[Segment, ...] = field(repr=False)
    tokens: Mapping[str, tuple[Span, ...]]
    replaced: int


class Redactor:
    """Numbers labels in the order in which new values appear in one payload."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._next: dict[str, int] = {}

    def __call__(self, label: str, value: str) -> str:
        """The label that stands for `value`."""
        key = (label, value)
        if key not in self._numbers:
            self._next[label] = self._next.get(label, 0) + 1
            self._numbers[key] = self._next[label]
        return f"[{label}_{self._numbers[key]}]"


def treat(
    segments: Sequence[Segment],
    findings: Sequence[Finding],
    *,
    labels: Mapping[str, str],
    tokenise: Tokenise,
    detect: Callable[[Sequence[Segment]], Detected],
    known: Known = nowhere,
) -> Treated:
    """Replace every finding whose category has a label, then detect again until nothing remains.

    Args:
        segments: The payload.
        findings: What was found in it; categories without a label are left as they are.
        labels: Label by category of what must be treated.
        tokenise: What stands in a value's place.
        detect: The detector that found them. It is shown the whole payload each time; one that
            remembers (`Detector.detect`) scans again what was rewritten.
        known: Where a text holds tokens of an earlier treatment, which stand as they are: a
            pseudonym of a pseudonym would not come back.

    What was replaced in one place is replaced wherever else it stands, also where a letter that
    touches it hides it from the detector.

    Raises:
        ObligationError: If something remains after a few passes, or could not be scanned again.
    """
    tokens: dict[str, tuple[Span, ...]] = {s.pointer: tuple(known(s.text)) for s in segments}
    if len(tokens) != len(segments):
        raise ObligationError("two segments have one pointer")
    current, replaced = tuple(segments), 0
    pending = _cut(_wanted(findings, labels), tokens)
    seen: dict[str, Finding] = {}
    for _ in range(_PASSES):
        seen |= _values(current, pending)
        current = tuple(
            _rewrite(s, pending.get(s.pointer, ()), tokens, labels, tokenise) for s in current
        )
        replaced += sum(len(spans) for spans in pending.values())
        again = detect(current)
        if not again.detection.complete:
            raise ObligationError("the treated text could not be scanned again")
        wanted = _wanted([*again.findings, *_repeated(current, again.findings, seen)], labels)
        pending = _remaining(current, wanted, tokens)
        if not pending:
            return Treated(current, tokens, replaced)
    raise ObligationError(f"findings remain after {_PASSES} passes of treatment")


def _values(
    segments: Sequence[Segment], pending: Mapping[str, Sequence[Finding]]
) -> dict[str, Finding]:
    """The values about to be replaced that are no words: a name may be part of another word."""
    found: dict[str, Finding] = {}
    for segment in segments:
        for finding in pending.get(segment.pointer, ()):
            value = segment.text[finding.start : finding.end]
            if len(value) >= _TELLING and not value.isalpha():
                found[value] = finding
    return found


def _repeated(
    segments: Sequence[Segment], findings: Sequence[Finding], values: Mapping[str, Finding]
) -> list[Finding]:
    """Where values stand that the detector does not see there."""
    if not values:
        return []
    there = [v for v in values if any(v in segment.text for segment in segments)]
    if not there:
        return []
    pattern = re.compile("|".join(map(re.escape, sorted(there, key=len, reverse=True))))
    taken: dict[str, list[Span]] = {}
    for finding in findings:
        taken.setdefault(finding.pointer, []).append((finding.start, finding.end))
    return [
        replace(values[match[0]], pointer=segment.pointer, start=match.start(), end=match.end())
        for segment in segments
        for match in pattern.finditer(segment.text)
        if not any(
            start < match.end() and match.start() < end
            for start, end in taken.get(segment.pointer, ())
        )
    ]


def _wanted(findings: Sequence[Finding], labels: Mapping[str, str]) -> dict[str, list[Finding]]:
    wanted: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.category in labels:
            wanted.setdefault(finding.pointer, []).append(finding)
    return wanted


def _rewrite(
    segment: Segment,
    findings: Sequence[Finding],
    tokens: dict[str, tuple[Span, ...]],
    labels: Mapping[str, str],
    tokenise: Tokenise,
) -> Segment:
    """Put tokens in place and move the spans of earlier tokens along."""
    if not findings:
        return segment
    old = list(tokens[segment.pointer])
    parts: list[str] = []
    placed: list[Span] = []
    position = written = 0
    for finding in sorted(findings, key=lambda f: f.start):
        if finding.start < position:
            raise ObligationError("findings overlap")
        kept = segment.text[position : finding.start]
        placed += _moved(old, position, finding.start, written - position)
        token = tokenise(labels[finding.category], segment.text[finding.start : finding.end])
        parts += (kept, token)
        written += len(kept)
        placed.append((written, written + len(token)))
        written += len(token)
        position = finding.end
    placed += _moved(old, position, len(segment.text), written - position)
    parts.append(segment.text[position:])
    tokens[segment.pointer] = tuple(sorted(placed))
    return replace(segment, text="".join(parts))


def _moved(old: Sequence[Span], start: int, end: int, by: int) -> list[Span]:
    return [(a + by, b + by) for a, b in old if start <= a and b <= end]


def _remaining(
    segments: Sequence[Segment],
    found: Mapping[str, Sequence[Finding]],
    tokens: Mapping[str, tuple[Span, ...]],
) -> dict[str, list[Finding]]:
    """What was found outside the tokens and holds more than punctuation."""
    texts = {s.pointer: s.text for s in segments}
    left = {
        pointer: [f for f in rest if any(c.isalnum() for c in texts[pointer][f.start : f.end])]
        for pointer, rest in _cut(found, tokens).items()
    }
    return {pointer: rest for pointer, rest in left.items() if rest}


def _cut(
    found: Mapping[str, Sequence[Finding]], tokens: Mapping[str, tuple[Span, ...]]
) -> dict[str, list[Finding]]:
    """The findings without the tokens: one that touches a token is cut down to the rest."""
    return {
        pointer: [
            replace(f, start=start, end=end)
            for f in findings
            for start, end in _outside(f, tokens[pointer])
        ]
        for pointer, findings in found.items()
    }


def _outside(finding: Finding, tokens: Sequence[Span]) -> list[Span]:
    pieces = [(finding.start, finding.end)]
    for a, b in tokens:
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, a)), (max(start, b), end))
            if piece[0] < piece[1]
        ]
    return pieces
