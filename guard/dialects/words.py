"""Technical words: what cannot be personal data because of how it is spelled."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 64
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/+-]{0,127}")
_MODEL = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,159}(?:@(?:[0-9]{3,8}|default|latest))?")
# A token id as in `logit_bias` has six digits at most.
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.-]{0,63}|[0-9]{1,6}")
# The day of a version, ``20250514`` or ``2025-05-14``, is no one's number.
_VERSION = r"20(?:2[2-9]|3[0-9])[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
_NUMBER = re.compile(rf"(?<![0-9])(?!{_VERSION})[0-9](?=[0-9])(?:[-_.:/]?[0-9]){{6,}}")
# Capitals with digits among them: an access key, a tax code of letters.
_CODE = re.compile(r"(?<![A-Z0-9])(?=[A-Z]*[0-9])[A-Z0-9]{10,}")
# A token of the vault, which stands for a value: one without a digit is spelled like a name.
_TOKEN = re.compile(r"[A-Z]_[0-9A-HJKMNP-TV-Z]{12}")
_SPELLED = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def is_word(text: str) -> bool:
    """Whether `text` is a token of a protocol: a role, a type, an id, a tool's name.

    It is ASCII, has no white space, no number of seven digits or more, however they are
    separated (the day of a version is none), and no ten capitals with a digit among them.
    """
    if text.isascii() and text.replace("_", "").isalpha():  # most of them
        return len(text) <= _LONGEST
    return _WORD.fullmatch(text) is not None and _harmless(text)


def is_model(text: str) -> bool:
    """Whether `text` is spelled like a model's id."""
    return _MODEL.fullmatch(text) is not None and _harmless(text)


def is_name(text: str) -> bool:
    """Whether `text`, the name of a member of free JSON, can only be a name."""
    if "_" in text and _TOKEN.search(text):
        return False
    if text.isascii() and text.replace("_", "").isalpha():
        return len(text) <= _LONGEST
    return _NAME.fullmatch(text) is not None and _harmless(text)


def _harmless(text: str) -> bool:
    return _NUMBER.search(text) is None and _CODE.search(text) is None


@lru_cache(maxsize=4096)
def context(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names in words: ``customerEmail`` as ``customer``, ``email``."""
    return tuple(word.lower() for name in names for word in _SPELLED.findall(name))
