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


def unread(texts: Iterable[str], languages: Iterable[str]) -> tuple[str, ...]:
    """Codes for the scripts in `texts` that no model of `languages` reads, sorted.

    Args:
        texts: What was submitted.
        languages: Languages whose models looked for names (ISO 639-1).

    Returns:
        ``script:han`` and the like; ``script:other`` for one that this module does not name.
    """
    read = {script for language in languages for script in READ_BY.get(language, ())}
    # Together: a surname and a given name may stand in two columns.
    foreign = "\n".join(text for text in texts if not text.isascii() and _ANY.search(text))
    found = _scripts(foreign) if foreign else set()
    return tuple(f"script:{script}" for script in sorted(found - read))


def _scripts(text: str) -> set[str]:
    named = {script for script in _NAMED if _pattern(script).search(text)}
    rest = text
    for script in _NAMED:
        rest = _letters(script).sub(" ", rest)
    return named | {"other"} if _OTHER.search(rest) else named
