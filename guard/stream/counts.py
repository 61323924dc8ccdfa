"""How much was done to one answer: numbers, never what they count."""

from __future__ import annotations

from collections import Counter


class Counts:
    """What the treatment of one answer did. Not shared by threads.

    Attributes:
        restored: Live tokens that were turned back.
        labelled: New values that were taken out, by the label in their place.
    """

    __slots__ = ("labelled", "restored")

    def __init__(self) -> None:
        self.restored = 0
        self.labelled: Counter[str] = Counter()
