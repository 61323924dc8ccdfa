"""Personal data that are new in an answer, found as the answer comes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from guard.errors import DetectionError
from guard.stream import Screening, Span
from guard.types import Segment

if TYPE_CHECKING:
    from guard.gate.gate import Gate

_PROSE = re.compile(
    r"(?:[^\W\d_]{1,15}(?![^\W\d_])|[\s,.;!?'\"()\u2019\u2026\u3001\u3002\uff01\uff0c\uff1f])+"
)
_CODE = re.compile(r"[A-Z]{6}")
"""No pattern finds words of letters, unless they are in capitals (a BIC, a passport of letters)."""


def screening_of(guard: Gate, sent: Iterable[str]) -> Screening | None:
    """How the answers of a guard are screened, None where it lets new data pass.

    Args:
        guard: Whose detectors and configuration.
        sent: Values that the caller itself sent, which are no news.
    """
    if guard.config.answers.new == "pass":
        return None
    detector, labels = guard.screener, guard.labels

    def detect(before: str, pending: str) -> list[Span]:
        if is_prose(pending):
            return []
        detected = detector.detect([Segment("", before + pending)])
        if not detected.detection.complete:
            raise DetectionError("the answer could not be scanned")
        at = len(before)
        return [
            (max(found.start - at, 0), found.end - at, labels[found.category])
            for found in detected.findings
            if found.category in labels and found.end > at
        ]

    return Screening(detect, sent, plain=True)


def is_prose(text: str) -> bool:
    """Whether a text holds nothing but words, which no pattern finds."""
    return _PROSE.fullmatch(text) is not None and _CODE.search(text) is None
