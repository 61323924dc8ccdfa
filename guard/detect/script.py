"""Scripts in which nobody looked for names.

A model reads the scripts of its language. Letters of another script in a text are letters in which
no name could have been found, and the coverage statement has to say so: ``script:han``. Two letters
in a row count, since one is a symbol or a mention; of a script in which a letter is a syllable or a
word, two anywhere, since two make a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

READ_BY = {
    "am": ("ethiopic",),
    "ar": ("arabic",),
    "bg": ("cyrillic",),
    "bn": ("bengali",),
    "el": ("greek",),
    "fa": ("arabic",),
    "he": ("hebrew",),
    "hi": ("devanagari",),
    "ja": ("han", "hiragana", "katakana"),
    "ko": ("hangul",),
    "mk": ("cyrillic",),
    "mr": ("devanagari",),
    "ne": ("devanagari",),
    "ru": ("cyrillic",),
    "ta": ("tamil",),
    "te": ("telugu",),
    "th": ("thai",),
    "uk": ("cyrillic",),
    "ur": ("arabic",),
    "zh": ("han",),
}
"""Scripts other than Latin that a language is written in (Unicode Standard Annex 24)."""

_NAMED = sorted({script for scripts in READ_BY.values() for script in scripts})
_SYLLABIC = {"han", "hangul", "hiragana", "katakana"}
_FOREIGN = r"[\p{L}--[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]]"
_ANY = regex.compile(_FOREIGN, regex.V1)
_OTHER = regex.compile(_FOREIGN + "{2}", regex.V1)


@cache
def _pattern(script: str) -> regex.Pattern[str]:
    letter = rf"\p{{Script={script}}}"
    between = r".*?" if script in _SYLLABIC else ""
    return regex.compile(letter + between + letter, regex.DOTALL)


@cache
def _letters(script: str) -> regex.Pattern[str]:
    return regex.compile(rf"\p{{Script={script}}}+")


Measured = tuple[tuple[str, int], ...]
"""By script, what a text adds to it; `_ENOUGH` makes it one that is said."""
_ENOUGH = 2


def measure(text: str) -> Measured:
    """What one text adds to each script of a payload: nothing of Latin, and nothing of the text."""
    if text.isascii() or not _ANY.search(text):
        return ()
    named = [(script, _amount(script, text)) for script in _NAMED]
    rest = text
    for script, amount in named:
        if amount or script not in _SYLLABIC:
            rest = _letters(script).sub(" ", rest)
    other = _ENOUGH if _OTHER.search(rest) else 0
    return tuple((script, amount) for script, amount in (*named, ("other", other)) if amount)


def unread(measured: Iterable[Measured], languages: Iterable[str]) -> tuple[str, ...]:
    """Codes for the scripts in a payload that no model of `languages` reads, sorted.

    Args:
        measured: Each of its texts as `measure` gives it. They count together: a surname and a
            given name may stand in two columns.
        languages: Languages whose models looked for names (ISO 639-1).

    Returns:
        ``script:han`` and the like; ``script:other`` for one that this module does not name.
    """
    read = {script for language in languages for script in READ_BY.get(language, ())}
    amounts: dict[str, int] = {}
    for script, amount in (pair for one in measured for pair in one):
        amounts[script] = amounts.get(script, 0) + amount
    found = {script for script, amount in amounts.items() if amount >= _ENOUGH}
    return tuple(f"script:{script}" for script in sorted(found - read))


def _amount(script: str, text: str) -> int:
    """One letter of a syllabic script is half of a name; a letter alone of another is none."""
    if _pattern(script).search(text):
        return _ENOUGH
    return 1 if script in _SYLLABIC and _letters(script).search(text) else 0
