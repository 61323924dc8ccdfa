"""Before and at detection: where a string stands, and what was found there."""

from __future__ import annotations

from dataclasses import dataclass, field

from guard.types.vocabulary import Digest, Document, Identifier, Language


@dataclass(frozen=True, slots=True)
class Segment:
    """One string of a payload and where it stands.

    Args:
        pointer: JSON pointer (RFC 6901), ``""`` for a bare string.
        text: The string. Left out of ``repr``.
        context: Words that stand around the value without being part of it (a column's name).
    """

    pointer: str
    text: str = field(repr=False)
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hint that a jurisdiction is concerned.

    Args:
        jurisdiction: ISO 3166-1 alpha-2.
        weight: 0 to 100. A valid national identifier with check digits is 90, a dialling code 40.
    """

    jurisdiction: str
    weight: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal or regulated data at a place. There is no field for the matched text.

    Args:
        category: Dotted category of `regions/categories.yaml`.
        pointer: The segment's JSON pointer.
        start: Offset of the first character, in Unicode code points.
        end: Offset after the last character.
        confidence: 0 to 1.
        detector: Id of the detector that found it.
        evidence: Hints for tagging.
    """

    category: str
    pointer: str
    start: int
    end: int
    confidence: float
    detector: str
    evidence: tuple[Evidence, ...] = ()


class Detection(Document):
    """The honest coverage statement of one detection run.

    Args:
        complete: Everything that was submitted was scanned by everything that should scan it.
        ner: Whether names, places and organisations were looked for.
        languages: Languages that NER covered (BCP 47).
        skipped: Codes for what was not done: ``timeout``, ``too_long``, ``language:de``, ``ner``,
            ``script:han``.
        revision: Digest of detectors, models and their versions.
    """

    complete: bool
    ner: bool
    languages: tuple[Language, ...]
    skipped: tuple[Identifier, ...]
    revision: Digest


@dataclass(frozen=True, slots=True)
class Detected:
    """What detection found in one payload, in order of pointer and offset, without overlaps."""

    findings: tuple[Finding, ...]
    detection: Detection
