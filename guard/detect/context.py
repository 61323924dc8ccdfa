"""Context words: what stands around a value and says what it is.

Words of alphabetic scripts match as whole words, whatever their case; words of Chinese, Japanese
and Korean match anywhere, because those scripts put no space between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

BEFORE = 80
"""Code points before a value in which a context word counts."""
AFTER = 40
"""Code points after it."""
BOOST = 0.35
"""What a context word adds to a confidence (Presidio's own factor)."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LETTER = "0-9a-z\u00df-\u024f\u0370-\u052f\u0900-\u097f\u0600-\u06ff"


class ContextWords:
    """The context words of one detector.

    Args:
        words: In any case and language.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({plain(word) for word in words}))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any of the words, compiled when one is first looked for: few texts need many of them."""
        words = sorted(self.words, key=lambda w: (-len(w), w))
        spaced = [w for w in words if w[0].isalnum() and not _unspaced(w)]
        # One look behind for all of them, so that a search may skip to their first letters.
        parts = [f"(?<![{_LETTER}])(?:{'|'.join(map(_right, spaced))})"] if spaced else []
        parts += [_right(word) for word in words if word not in spaced]
        return re.compile("|".join(parts))

    def may_occur(self, plain_text: str) -> bool:
        """Whether any word occurs as a substring: false means that `near` is false everywhere.

        Args:
            plain_text: The whole text as `plain` gives it.
        """
        return any(word in plain_text for word in self.words)

    def near(self, text: str, start: int, end: int) -> bool:
        """Whether a word stands in the window around ``text[start:end]``."""
        if not self.words:
            return False
        before = plain(text[max(0, start - BEFORE) : start])
        after = plain(text[end : end + AFTER])
        return self._pattern.search(before) is not None or self._pattern.search(after) is not None

    def among(self, names: Iterable[str]) -> bool:
        """Whether a word occurs in names such as a column's: ``customerSSN``, ``birth_date``."""
        if not self.words:
            return False
        return any(self._pattern.search(spaced(name)) for name in names)


def plain(text: str) -> str:
    """`text` case-folded, with underscores as spaces: JSON keys such as ``date_of_birth``."""
    return text.casefold().replace("_", " ")


def spaced(name: str) -> str:
    """A name in words: camel case, underscores, hyphens and dots become spaces."""
    words = re.sub(r"[_.\-/]+", " ", _CAMEL.sub(" ", name)).casefold()
    return f"{words} {name.casefold()}"


def _unspaced(word: str) -> bool:
    return any(ord(c) >= 0x2E80 for c in word)


def _right(word: str) -> str:
    """The word as an expression, with what must not follow it."""
    ends = word[-1].isalnum() and not _unspaced(word)
    return re.escape(word) + (f"(?![{_LETTER}])" if ends else "")
