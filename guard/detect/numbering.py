"""National numbering plans: what digits must be before libphonenumber is asked about a region.

To ask it about one number in twenty-five regions costs twenty-five parses. Its metadata say cheaply
that a number cannot be valid in a region; what can be is still parsed, so that answers are the
library's own (see `possible`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc

_NOT_A_DIGIT = re.compile(r"[^0-9]+")
_PLAIN = re.compile(r"[0-9 ./()\u00a0-]+")
_KINDS = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan",
          "voicemail", "fixed_line", "mobile")  # fmt: skip
"""The kinds of numbers one of which a valid number is (`phonenumberutil._number_type_helper`)."""
_REFERENCE = re.compile(r"\\[1-9]")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the metadata of a region say.

    Args:
        general: What every national significant number is.
        kinds: By length, what one of some kind is.
        code: The country calling code.
        abroad: What is dialled before a country calling code.
        trunk: What is dialled before a national significant number, if anything.
        rule: What that is replaced by.
    """

    general: re.Pattern[str]
    kinds: dict[int, str]
    code: str
    abroad: re.Pattern[str] | None
    trunk: re.Pattern[str] | None
    rule: str

    def valid(self, national: str) -> bool:
        """Whether `national` is a significant number of some kind."""
        kind = self.kinds.get(len(national))
        if not kind or not self.general.fullmatch(national):
            return False
        return _compiled(kind).fullmatch(national) is not None

    def possible(self, digits: str) -> bool:
        """Whether what the parser makes of `digits` may be valid here."""
        if self.abroad is not None and self.abroad.match(digits):
            return True
        if self._possible(digits):
            return True
        return digits.startswith(self.code) and self._possible(digits[len(self.code) :])

    def _possible(self, digits: str) -> bool:
        if self.valid(digits):
            return True
        once = self._without_trunk(digits)
        return any(
            self.valid(one) or any(self.valid(twice) for twice in self._without_trunk(one))
            for one in once
        )

    def _without_trunk(self, digits: str) -> tuple[str, ...]:
        """What is left when the trunk prefix is taken off, in each way."""
        match = self.trunk.match(digits) if self.trunk is not None else None
        if match is None:
            return ()
        left = digits[match.end() :]
        if not self.rule or self.trunk is None:
            return (left,)
        return left, self.trunk.sub(self.rule, digits, count=1)


def valid(value: str, regions: Sequence[str]) -> bool:
    """Whether libphonenumber calls `value`, in national form, a valid number of one of `regions`.

    Args:
        value: Digits and what separates them.
        regions: ISO 3166-1 alpha-2.
    """
    return any(_asked(value, region) for region in possible(value, regions))


def possible(value: str, regions: Sequence[str]) -> Iterator[str]:
    """Those of `regions` in which `value` may be valid: never without one in which it is.

    What the parser takes off the front is taken off in each way that it could: the country calling
    code or none, then the trunk prefix not at all, once, or twice (`phonenumberutil.parse`). With
    letters (extensions), or behind a prefix for calls abroad, nothing is ruled out.
    """
    if not _PLAIN.fullmatch(value):
        yield from regions
        return
    digits = _NOT_A_DIGIT.sub("", value)
    for region in regions:
        plan = _plan(region)
        if plan is None or plan.possible(digits):
            yield region


def _asked(value: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number_for_region(number, region))


@cache
def _plan(region: str) -> _Plan | None:
    """The region's plan, or none where its metadata have a form that is not foreseen here."""
    found = PhoneMetadata.metadata_for_region(region, None)
    if found is None or found.general_desc is None or not found.country_code:
        return None
    general = found.general_desc.national_number_pattern
    rule = found.national_prefix_transform_rule or ""
    if not general or (rule and not _REFERENCE.fullmatch(rule)):
        return None
    lengths = set(found.general_desc.possible_length)
    patterns: dict[int, list[str]] = {}
    for desc in (getattr(found, kind) for kind in _KINDS):
        if desc is None or not desc.national_number_pattern:
            continue
        for length in _lengths(desc, lengths):
            patterns.setdefault(length, []).append(f"(?:{desc.national_number_pattern})")
    return _Plan(
        general=re.compile(general),
        kinds={length: "|".join(kinds) for length, kinds in patterns.items()},
        code=str(found.country_code),
        abroad=_maybe(found.international_prefix),
        trunk=_maybe(found.national_prefix_for_parsing),
        rule=rule,
    )


def _lengths(desc: PhoneNumberDesc, general: set[int]) -> set[int]:
    """The lengths of a kind: where none is given, those of all numbers."""
    return general & set(desc.possible_length) if desc.possible_length else general


def _maybe(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A kind's pattern, compiled when a number has its length: few lengths ever occur."""
    return re.compile(pattern)
