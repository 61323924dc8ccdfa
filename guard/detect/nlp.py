"""Our own Presidio `NlpEngine`: spaCy models by name or path, and of them only the entity step.

Presidio's engine downloads a model that is missing and may end the process. This one raises. What
entities do not need (tagger, parser, attribute ruler, lemmatizer) is not even loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from thinc.api import NumpyOps

from guard.detect.catalogue import DetectorSpec
from guard.detect.greedy import GreedyEntities, Span
from guard.detect.starts import Hits
from guard.detect.textfold import latin
from guard.errors import ConfigError

CHUNK = 20_000
"""Code points that NER takes at once; longer texts are cut at white space."""
OVERLAP = 400
"""Code points that two chunks share, so that a name on the cut is whole in one of them."""
BATCH = 64
GROUP = 1024
"""Texts whose documents are in memory at once."""
PROBE = (
    "Dr. Maria Garcia of Goldman Sachs flew from New York to Berlin on 3 March 2021.",
    "  John Smith\n(CEO), 42, paid $3.5 million to the Bank of England in London last week",
    "nothing to see here",
)
"""Texts on which our decoder must agree with spaCy's before it is used."""
_STREET = re.compile(
    r"\b(?:Ave|Avenue|Blvd|Boulevard|Court|Ct|Dr|Drive|Highway|Hwy|Lane|Ln|Rd|Road|St|Street|Way)\.?$"
)
_STREET_LABELS = frozenset({"PERSON", "ORG"})
"""Labels under which the model files streets."""
_CALENDAR = re.compile(
    r"\b(?:19|20)\d\d\b|\d[/.-]\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_UNUSED = [
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "senter",
    "morphologizer",
    "textcat",
]


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that the model labelled, in code points of the text."""

    start: int
    end: int
    label: str


class _BlasOps(NumpyOps):  # type: ignore[misc]  # thinc ships no types
    """Matrix products by NumPy's BLAS: same results, and faster than the kernel thinc brings."""

    def gemm(
        self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """``x @ y``, each transposed on demand."""
        return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)


class Artifacts(NlpArtifacts):  # type: ignore[misc]  # Presidio ships no types
    """What Presidio's engine hands to recognizers: entities, and where patterns match.

    Args:
        entities: What the model labelled.
        language: The language under which recognizers are filed.
        hits: Where patterns match, or None where each has to look for itself.
    """

    def __init__(self, entities: Sequence[Entity], language: str, hits: Hits | None = None) -> None:
        super().__init__(
            entities=list(entities),
            tokens=(),
            tokens_indices=[],
            lemmas=[],
            nlp_engine=None,
            language=language,
        )
        self.hits = hits


class SpacyModels(NlpEngine):  # type: ignore[misc]  # Presidio ships no types
    """spaCy models by language.

    Args:
        models: Language to a package's name or a directory. Nothing is ever downloaded.

    Raises:
        ConfigError: If a model is missing, cannot be loaded or recognises no entities.
    """

    def __init__(self, models: Mapping[str, str]) -> None:
        self._pipelines = {language: _load(name) for language, name in models.items()}
        self._greedy = {language: _greedy(p) for language, p in self._pipelines.items()}

    def load(self) -> None:
        """Models are loaded when the engine is made."""

    def is_loaded(self) -> bool:
        """True: see `load`."""
        return True

    def versions(self) -> dict[str, str]:
        """Language to the model's name and version."""
        return {
            language: f"{p.meta['lang']}_{p.meta['name']}-{p.meta['version']}"
            for language, p in self._pipelines.items()
        }

    def entities(self, texts: Sequence[str], language: str) -> list[list[Entity]]:
        """The entities of many texts, through one pipe; a text without Latin letters has none."""
        pieces: list[tuple[int, int, int, str]] = []
        for index, text in enumerate(texts):
            plain = latin(text)
            pieces += [(index, *piece, plain[piece[0] : piece[1]]) for piece in chunks(plain)]
        found: list[list[Entity]] = [[] for _ in texts]
        spans = self._spans([piece[3] for piece in pieces], language)
        for (index, offset, end, _), ents in zip(pieces, spans, strict=True):
            whole = len(texts[index])
            low = offset + OVERLAP // 2 if offset else 0
            high = end - OVERLAP // 2 if end < whole else whole + 1
            for first, after, label in ents:
                # Of two chunks that see a name, the one in whose inner part it begins says so.
                if low <= offset + first < high:
                    found[index].append(Entity(offset + first, offset + after, label))
        return found

    def _spans(self, texts: list[str], language: str) -> Iterator[list[Span]]:
        pipeline, greedy = self._pipelines[language], self._greedy[language]
        for i in range(0, len(texts), GROUP):
            group = texts[i : i + GROUP]
            if greedy is None:
                yield from map(_entities, pipeline.pipe(group, batch_size=BATCH))
            else:
                yield from greedy([pipeline.make_doc(text) for text in group])

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """One text, for callers that drive Presidio's engine themselves."""
        return Artifacts(self.entities([text], language)[0], language)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = BATCH,
        n_process: int = 1,
        **kw: Any,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Many texts, for callers that drive Presidio's engine themselves."""
        del batch_size, n_process, kw
        given = list(texts)
        for text, found in zip(given, self.entities(given, language), strict=True):
            yield text, Artifacts(found, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Whether the language's vocabulary calls `word` a stop word."""
        return bool(self._pipelines[language].vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Whether `word` is punctuation."""
        return bool(self._pipelines[language].vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """The models' labels."""
        labels = {label for p in self._pipelines.values() for label in p.get_pipe("ner").labels}
        return sorted(labels)

    def get_supported_languages(self) -> list[str]:
        """The languages that have a model."""
        return sorted(self._pipelines)


def chunks(text: str) -> list[tuple[int, int]]:
    """The pieces of `text` as start and end: cut at white space, overlapping, at most CHUNK."""
    if not text:
        return []
    pieces, start = [], 0
    while len(text) - start > CHUNK:
        end = start + CHUNK
        cut = max(text.rfind(mark, end - OVERLAP, end) for mark in (" ", "\n"))
        end = cut if cut > start else end
        pieces.append((start, end))
        start = end - OVERLAP
    pieces.append((start, len(text)))
    return pieces


def _load(name: str) -> Any:
    excluded = list(_UNUSED)
    try:
        pipeline = spacy.load(Path(name) if "/" in name else name, exclude=excluded)
    except (OSError, ImportError, ValueError, SystemExit):
        raise ConfigError(
            f"the NER model {name} is not installed or cannot be loaded",
            remedy="install it, or name a directory; nothing is downloaded",
        ) from None
    if "ner" not in pipeline.pipe_names:
        raise ConfigError(f"the model {name} recognises no entities", remedy="use one with `ner`")
    if not _listens(pipeline):
        for unused in [n for n in pipeline.pipe_names if n != "ner"]:
            pipeline.remove_pipe(unused)
    ops = _BlasOps()
    for _, component in pipeline.pipeline:
        for node in component.model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops
    return pipeline


def _greedy(pipeline: Any) -> GreedyEntities | None:
    """The lock-step decoder, if the model has its shape and both answer the same on the probe."""
    if pipeline.pipe_names != ["ner"]:
        return None
    try:
        greedy = GreedyEntities(pipeline.get_pipe("ner"))
    except (ValueError, KeyError):
        return None
    theirs = [_entities(doc) for doc in pipeline.pipe(PROBE)]
    return greedy if greedy([pipeline.make_doc(text) for text in PROBE]) == theirs else None


def _entities(doc: Any) -> list[Span]:
    return [(e.start_char, e.end_char, e.label_) for e in doc.ents]


def _listens(pipeline: Any) -> bool:
    """Whether the entity step takes its vectors from a shared ``tok2vec``."""
    return any(node.name.endswith("listener") for node in pipeline.get_pipe("ner").model.walk())


class GuardNerRecognizer(LocalRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """The entities of the labels that one detector names.

    Args:
        spec: The detector.
        language: The language of the model.
    """

    CONFIDENCE = 0.75
    """The model gives no probability; this stands for its measured precision on English text."""

    def __init__(self, spec: DetectorSpec, *, language: str) -> None:
        self.spec = spec
        self._ignored = frozenset(spec.ignore)
        super().__init__(supported_entities=[spec.id], name=spec.id, supported_language=language)

    def load(self) -> None:
        """There is nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The model's entities as offsets, without what cannot be one."""
        del entities
        if nlp_artifacts is None:
            raise ConfigError("the ner engine needs the model's output")
        concerned = set(self.spec.labels)
        if "STREET" in concerned:
            concerned |= _STREET_LABELS
        spans = (self._span(text, e) for e in nlp_artifacts.entities if e.label in concerned)
        return [self._result(*span) for span in spans if span]

    def _span(self, text: str, entity: Entity) -> tuple[int, int] | None:
        span = tidy(text, entity)
        if span is None:
            return None
        value = text[span[0] : span[1]]
        label = entity.label
        if label == "DATE" and not _CALENDAR.search(value):
            return None
        if label in _STREET_LABELS and _STREET.search(value):
            label = "STREET"
        if label not in self.spec.labels or not self._ignored.isdisjoint(value.casefold().split()):
            return None
        return span

    def _result(self, start: int, end: int) -> RecognizerResult:
        return RecognizerResult(
            entity_type=self.spec.id,
            start=start,
            end=end,
            score=self.CONFIDENCE,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                "divisible": True,
            },
        )


def tidy(text: str, entity: Entity) -> tuple[int, int] | None:
    """The entity's span up to its first line break, or nothing when it holds too few letters."""
    start, end = entity.start, entity.end
    while start < end and not text[start].isalnum():
        start += 1
    stop = min(
        (i for i in (text.find("\n", start, end), text.find("\r", start, end)) if i >= 0),
        default=end,
    )
    end = stop
    while start < end and text[end - 1].isspace():
        end -= 1
    letters = sum(map(str.isalpha, text[start:end]))
    if letters < (1 if entity.label == "DATE" else 2):
        return None
    return start, end
