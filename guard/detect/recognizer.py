"""One detector as a Presidio recognizer that fails closed.

Presidio's own pattern recognizer logs a time-out and goes on without the pattern; this one raises.
It keeps no matched text: results carry offsets, and no explanation is made.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from guard.detect.checks import CHECKS, Check
from guard.detect.context import BOOST, ContextWords
from guard.errors import DetectionError

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

    from guard.detect.catalogue import DetectorSpec

SHORTEN = 4
"""How many separated groups may be cut off a match whose check fails (``… 0130 00 bis``)."""
_SEPARATORS = " -"


@dataclass(frozen=True, slots=True)
class _Compiled:
    regex: Any
    confidence: float
    context_required: bool
    check: Check | None


class GuardPatternRecognizer(PatternRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """The patterns of one detector.

    Args:
        spec: The detector.
        language: The language under which Presidio files it.
        timeout_s: Seconds that one pattern may take on one text.
    """

    def __init__(self, spec: DetectorSpec, *, language: str, timeout_s: float) -> None:
        flags = regex.IGNORECASE if spec.ignore_case else 0
        super().__init__(
            supported_entity=spec.id,
            name=spec.id,
            supported_language=language,
            patterns=[
                Pattern(f"{spec.id}:{i}", p.regex, p.confidence)
                for i, p in enumerate(spec.patterns)
            ],
            context=list(spec.words),
            global_regex_flags=flags,
        )
        self.spec = spec
        self._timeout_s = timeout_s
        self._words = ContextWords(spec.words)
        self._compiled = [
            _Compiled(
                regex.compile(p.regex, flags),
                p.confidence,
                spec.context_required_by(p),
                CHECKS[spec.check] if spec.check and p.checked else None,
            )
            for p in spec.patterns
        ]

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Matches whose check holds, as offsets.

        Where `nlp_artifacts` are `guard.detect.nlp.Artifacts` that say where the patterns match,
        only there.

        Raises:
            DetectionError: If a pattern takes longer than it may.
        """
        del entities, regex_flags
        hits = getattr(nlp_artifacts, "hits", None)
        found: dict[tuple[int, int], RecognizerResult] = {}
        try:
            for index, pattern in enumerate(self._compiled):
                starts = None if hits is None else hits.get((self.name, index), ())
                for span in self._spans(pattern, text, starts):
                    known = found.get(span)
                    if known is None or known.score < pattern.confidence:
                        found[span] = self._result(span, pattern)
        except TimeoutError:
            raise DetectionError(f"detector {self.name} took longer than it may") from None
        return list(found.values())

    def _spans(
        self, pattern: _Compiled, text: str, starts: Collection[int] | None
    ) -> Iterator[tuple[int, int]]:
        group = "value" if "value" in pattern.regex.groupindex else 0
        for match in self._matches(pattern, text, starts):
            start, end = match.span(group)
            if end <= start:
                continue
            if pattern.check is None or pattern.check(text[start:end]):
                yield start, end
            elif group == 0:
                yield from self._shorter(pattern, text, start, end)

    def _matches(
        self, pattern: _Compiled, text: str, starts: Collection[int] | None
    ) -> Iterator[Any]:
        """The matches that begin in `starts`, or wherever they do."""
        if starts is None:
            # Overlapped: what fails its check must not hide what begins inside it.
            yield from pattern.regex.finditer(text, overlapped=True, timeout=self._timeout_s)
            return
        deadline = time.perf_counter() + self._timeout_s
        for start in sorted(starts):
            if time.perf_counter() > deadline:
                raise TimeoutError
            match = pattern.regex.match(text, start, timeout=self._timeout_s)
            if match is not None:
                yield match

    def _shorter(
        self, pattern: _Compiled, text: str, start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        for _ in range(SHORTEN):
            end = max(text.rfind(mark, start, end) for mark in _SEPARATORS)
            if end <= start:
                return
            whole = pattern.regex.fullmatch(text, start, end, timeout=self._timeout_s)
            if whole and pattern.check is not None and pattern.check(text[start:end]):
                yield start, end
                return

    def _result(self, span: tuple[int, int], pattern: _Compiled) -> RecognizerResult:
        return RecognizerResult(
            entity_type=self.supported_entities[0],
            start=span[0],
            end=span[1],
            score=pattern.confidence,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                "context_required": pattern.context_required,
                "checked": pattern.check is not None,
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
        """Raise what has a context word near it; drop what needs one and has none."""
        del other_raw_recognizer_results, nlp_artifacts
        return weigh(self._words, text, raw_recognizer_results, context)


def weigh(
    words: ContextWords, text: str, results: list[RecognizerResult], names: list[str] | None
) -> list[RecognizerResult]:
    """Apply context to results: around the value, and in the names it stands under."""
    if not results:
        return results
    named = words.among(names or ())
    kept = []
    for result in results:
        metadata = result.recognition_metadata
        if named or words.near(text, result.start, result.end):
            result.score = min(EntityRecognizer.MAX_SCORE, round(result.score + BOOST, 3))
            metadata[RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY] = True
        elif metadata.get("context_required"):
            continue
        kept.append(result)
    return kept
