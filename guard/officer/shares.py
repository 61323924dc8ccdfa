"""Shares of a company, however a case of facts writes them.

28 CFR 202.211 turns on who owns how much of a recipient, and people write that in many ways.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

_SHARE = re.compile(
    r"(?P<who>[^\d%]+?)[\s:]*(?P<much>\d+(?:\.\d+)?)\s*%|"
    r"(?P<many>\d+(?:\.\d+)?)\s*%\s*(?:of\s+|by\s+|held by\s+|owned by\s+)?(?P<whom>[^\d%]+)"
)


def parts(value: Any) -> list[str]:
    """The parts of an element of a list: who holds it, and how much in percent, where it says so.

    Args:
        value: ``{owner: CN, share: 50}``, ``{CN: 50}``, ``CN 50%``, ``50 % CN`` or any word.
    """
    if isinstance(value, dict):
        only = len(value) == 1
        found: list[str] = []
        for key, one in value.items():
            if isinstance(one, bool):
                found += [str(key)] if one else []
            else:
                found += [str(key), _percent(one)] if only else [_percent(one)]
        return found
    if isinstance(value, str) and (said := _SHARE.fullmatch(value.strip())):
        return [said["who"] or said["whom"], _percent(said["much"] or said["many"])]
    return [str(value)]


def _percent(value: Any) -> str:
    """A share in percent; one that is written as a fraction of one is not left so."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    whole = number * 100 if 0 < number < 1 else number
    return str(int(whole)) if whole == whole.to_integral_value() else str(whole)
