"""Telephone numbers: one cheap pass for candidates, then libphonenumber on those alone.

Stock Presidio runs a matcher per region over the whole text; here a number in international form is
parsed once, and a national form is tried only in the regions that write numbers of its shape.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
from presidio_analyzer import LocalRecognizer, RecognizerResult

from guard.detect.context import ContextWords
from guard.detect.numbering import valid
from guard.detect.recognizer import weigh
from guard.errors import DetectionError

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

    from guard.detect.catalogue import DetectorSpec

_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z_@/.+-])(?:\+|\()?[0-9](?:[ ./()\u00a0-]{0,3}[0-9]){5,17}"
    r"(?:[ ,;]{0,2}(?:x|ext\.?|extension|#)[ .:]{0,2}[0-9]{1,6})?(?![0-9A-Za-z_@]|[-/.][0-9])",
    re.IGNORECASE,
)
_NOT_A_NUMBER = re.compile(
    r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:[0-3]?\d)\b|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d\b"
    r"|(?:[0-2]?\d|3[01])([-/.])(?:[0-2]?\d|3[01])\1\d\d$"  # 07/01/19
    r"|0\.\d|\d{1,3}(?:\.\d{1,3}){3}$|\d{4}-\d{4}-\d{4}-\d{4}|\d{3}-\d{2}-\d{4}$"
)
_NANP = re.compile(r"(?:1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?:\D.*)?")
_SEPARATED = re.compile(r"\d[ ./()-]+\d")
_CN_MOBILE = re.compile(r"1[3-9]\d(?:[ -]?\d{4}){2}")

_GROUP = re.compile(r"[0-9]+")
GROUPS = 8
"""Groups of digits that a telephone number is written in, extension included, at most."""

TRUNK = ("GB", "DE", "FR", "IT", "NL", "BE", "AT", "CH", "SE", "FI", "IE", "JP", "KR", "TW", "CN",
         "AU", "ZA", "IN", "BR", "TR", "AE", "NZ", "RO", "UA", "TH")  # fmt: skip
"""Regions whose national form begins with the trunk prefix 0."""
BARE = ("US", "ES", "PT", "PL", "NO", "DK", "SG", "HK", "IN", "BR", "CZ", "GR", "MX", "AU", "CH")
"""Regions that write national numbers without one; they need a context word."""


@dataclass(frozen=True, slots=True)
class _Number:
    end: int
    confidence: float
    required: bool
    region: str = ""


class GuardPhoneRecognizer(LocalRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """Telephone numbers in international and national form.

    Args:
        spec: The detector.
        language: The language under which Presidio files it.
        timeout_s: Seconds that one text may take.
    """

    def __init__(self, spec: DetectorSpec, *, language: str, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._words = ContextWords(spec.words)
        self.spec = spec
        super().__init__(
            supported_entities=[spec.id],
            name=spec.id,
            supported_language=language,
            context=list(spec.words),
        )

    def load(self) -> None:
        """There is nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Numbers as offsets; those of a form that is ambiguous need a context word."""
        del entities, nlp_artifacts
        return [self._result(start, number) for start, number in self._numbers(text)]

    def _numbers(self, text: str) -> Iterator[tuple[int, _Number]]:
        deadline = time.monotonic() + self._timeout_s
        for match in _CANDIDATE.finditer(text):
            if time.monotonic() > deadline:
                raise DetectionError(f"detector {self.spec.id} took longer than it may")
            start, end = match.span()
            if not _NOT_A_NUMBER.match(text, start + (text[start] == "("), end):
                number = _read(text, start, end)
                if number:
                    yield start, number

    def _result(self, start: int, number: _Number) -> RecognizerResult:
        return RecognizerResult(
            entity_type=self.spec.id,
            start=start,
            end=number.end,
            score=number.confidence,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                "context_required": number.required,
                "jurisdiction": number.region,
            },
        )

    def enhance_using_context(
        self,
        text: str,
        raw_recognizer_results: list[RecognizerResult],
        other_raw_recognizer_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """As for every detector: see `guard.detect.recognizer.weigh`."""
        del other_raw_recognizer_results, nlp_artifacts
        return weigh(self._words, text, raw_recognizer_results, context)


def _read(text: str, start: int, end: int) -> _Number | None:
    """The longest number that begins at `start`, cut at separators until one is valid."""
    if len(_GROUP.findall(text, start, end)) > GROUPS:
        return None
    while end - start >= 6:
        number = _form(text[start:end], end)
        if number:
            return number
        end = _shorter(text, start, end)
    return None


def _shorter(text: str, start: int, end: int) -> int:
    """`end` before the last separated group, or `start` when there is none."""
    while end > start and text[end - 1] not in " ./":
        end -= 1
    while end > start and not text[end - 1].isdigit():
        end -= 1
    return end


def _form(value: str, end: int) -> _Number | None:
    if value.startswith("+"):
        return _international(value, end)
    if value.startswith(("00", "011")):
        digits = value[2:] if value.startswith("00") else value[3:]
        return _international("+" + digits.lstrip(" -./()"), end, possible=False)
    if _CN_MOBILE.fullmatch(value) and valid(value, ("CN",)):
        return _Number(end, 0.65, required=False, region="CN")
    if _NANP.fullmatch(value):
        if valid(value, ("US",)):
            return _Number(end, 0.7, required=False)
        return _Number(end, 0.5 if value.startswith("(") else 0.4, required=value[0] != "(")
    if value.lstrip("(").startswith("0"):
        if valid(value, TRUNK):
            return _Number(end, 0.5, required=not _SEPARATED.search(value))
        return None
    if valid(value, BARE):
        return _Number(end, 0.45, required=True)
    return None


def _international(value: str, end: int, *, possible: bool = True) -> _Number | None:
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return None
    # As `is_valid_number` does it, which would look for the region a second time.
    region = phonenumbers.region_code_for_number(number) or ""
    if region and phonenumbers.is_valid_number_for_region(number, region):
        # Non-geographic codes such as +800 have the region "001".
        return _Number(end, 0.85, required=False, region=region if region.isalpha() else "")
    if possible and phonenumbers.is_possible_number(number):
        return _Number(end, 0.6, required=False)
    return None
