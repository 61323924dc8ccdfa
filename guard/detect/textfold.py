"""Length-preserving views of a text: offsets in a view are offsets in the original.

Identifiers are typed with full-width digits in Chinese and Japanese text, with Arabic-Indic digits,
with no-break spaces and with half a dozen hyphens (Unicode Standard, sections 6.2 and 22.3).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Letters that are an ASCII letter in the other case (CaseFolding.txt, and SpecialCasing.txt for the
# Turkish ones), so that case-insensitive matching takes no letter beyond ASCII for one.
_LETTERS = {0x130: "I", 0x131: "i", 0x17F: "s", 0x212A: "K"}
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)


_DIGITS_END = 0x1FBFA
"""After the last decimal digit of Unicode 15 (segmented digits)."""


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= _LETTERS
    table |= dict.fromkeys(map(ord, _HYPHENS), "-")
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    for code in range(0x600, _DIGITS_END):
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    return table


_SURROGATE = re.compile("[\ud800-\udfff]")
# Everything that is a letter of another script than Latin; the Latin blocks end at U+024F, and
# Latin Extended Additional is U+1E00 to U+1EFF.
_FOREIGN = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c80-\ud7ff\uf900-\ufaff\ufb1d-\uffef\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def scalar(text: str) -> str:
    """`text` with lone surrogates replaced by U+FFFD, so that it can be encoded."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def fold(text: str) -> str:
    """`text` with full-width forms, foreign digits, hyphens and spaces in their ASCII form."""
    if text.isascii():
        return text
    return scalar(text).translate(_table())


def latin(text: str) -> str:
    """`text` with every letter of another script as a space; ``""`` when no Latin letter is left.

    An English model sees noise in them, and takes "\u7ecf\u7406John Smith" for one word.
    """
    if not text.isascii():
        text = _FOREIGN.sub(" ", scalar(text))
    return text if _LATIN.search(text) else ""
