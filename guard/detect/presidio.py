"""Presidio's analyzer, assembled from our recognizers. Imported only when a `Detector` is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer

from guard.detect.catalogue import DetectorCatalogue, DetectorSpec
from guard.detect.nlp import Artifacts, GuardNerRecognizer, SpacyModels
from guard.detect.phone import GuardPhoneRecognizer
from guard.detect.recognizer import GuardPatternRecognizer

__all__ = ["Artifacts", "engine", "models"]
LANGUAGE = "en"


class _Registry(RecognizerRegistry):  # type: ignore[misc]  # Presidio ships no types
    """A registry that looks recognizers up by entity instead of searching all of them."""

    def __init__(self, recognizers: list[EntityRecognizer]) -> None:
        super().__init__(recognizers=recognizers, supported_languages=[LANGUAGE])
        self._by_entity = {r.supported_entities[0]: r for r in recognizers}

    def get_recognizers(
        self,
        language: str,
        entities: list[str] | None = None,
        all_fields: bool = False,
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
    ) -> list[EntityRecognizer]:
        """The recognizers of `entities`; one that is unknown is an error, not a warning."""
        del language, ad_hoc_recognizers
        if all_fields or not entities:
            return list(self.recognizers)
        return [self._by_entity[entity] for entity in entities]


class _AsScored(ContextAwareEnhancer):  # type: ignore[misc]  # Presidio ships no types
    """Context has been weighed by each recognizer; Presidio's default wants lemmas."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[Any],
        nlp_artifacts: Any,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[Any]:
        """The results as they are."""
        del text, nlp_artifacts, recognizers, context
        return raw_results


def models(names: Mapping[str, str]) -> SpacyModels:
    """The NER models by language.

    Raises:
        ConfigError: If one is missing or recognises no entities.
    """
    return SpacyModels(names)


def engine(
    catalogue: DetectorCatalogue, nlp: SpacyModels, *, ner: bool, timeout_s: float
) -> AnalyzerEngine:
    """An analyzer with one recognizer for each detector, filed under the detector's id."""
    recognizers = [
        _recognizer(spec, timeout_s)
        for spec in catalogue.detectors.values()
        if ner or spec.engine != "ner"
    ]
    return AnalyzerEngine(
        registry=_Registry(recognizers),
        nlp_engine=nlp,
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_AsScored(),
    )


def _recognizer(spec: DetectorSpec, timeout_s: float) -> EntityRecognizer:
    if spec.engine == "ner":
        return GuardNerRecognizer(spec, language=LANGUAGE)
    if spec.engine == "phone":
        return GuardPhoneRecognizer(spec, language=LANGUAGE, timeout_s=timeout_s)
    return GuardPatternRecognizer(spec, language=LANGUAGE, timeout_s=timeout_s)
