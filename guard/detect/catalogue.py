"""The detector catalogue: one YAML file, one kind of datum, checked before it is used.

A catalogue that loads has, for every detector, a source, a category, at least two examples of what
it finds and two of what it leaves alone, one of them next to Han characters (which are word
characters, so that a word boundary fails there), and no expression open to catastrophic
backtracking. That the examples hold is shown by `Detector.selftest`, through the real engine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

import regex
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from guard.detect.backtracking import weakness
from guard.detect.checks import CHECKS
from guard.errors import ConfigError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HAN = regex.compile(r"\p{Han}")

DetectorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(/[a-z0-9_]+)+$", max_length=96)]
CategoryId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+(_[a-z]+)*$", max_length=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Words = Annotated[
    tuple[Annotated[str, Field(min_length=2, max_length=60)], ...], Field(min_length=1)
]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PatternSpec(_Strict):
    """One expression.

    Args:
        regex: The expression. A group named ``value`` narrows the finding to that group.
        confidence: Confidence of a match that passed the check, without context.
        context_required: Overrides the detector's own setting.
        checked: False for a form that is taken without the detector's check (with its context).
    """

    regex: str = Field(min_length=2, max_length=2000)
    confidence: float = Field(gt=0, le=1)
    context_required: bool | None = None
    checked: bool = True


class EvidenceSpec(_Strict):
    """What a finding hints at: a jurisdiction (ISO 3166-1 alpha-2) and a weight of 1 to 100."""

    jurisdiction: str = Field(pattern=r"^[A-Z]{2}$")
    weight: int = Field(ge=1, le=100)


class Example(_Strict):
    """A text and the exact value that must be found in it; `column` is a column's name."""

    text: str = Field(min_length=1)
    value: str = Field(min_length=1)
    column: str = ""

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.text.count(self.value) != 1:
            raise ValueError("an example's value must stand in its text exactly once")
        return self

    @property
    def span(self) -> tuple[int, int]:
        """Start and end of the value in code points."""
        start = self.text.index(self.value)
        return start, start + len(self.value)

    @property
    def beside_han(self) -> bool:
        """Whether a Han character touches the value."""
        start, end = self.span
        return any(
            HAN.fullmatch(c) for c in (self.text[start - 1 : start], self.text[end : end + 1])
        )


class DetectorSpec(_Strict):
    """One kind of datum, as its YAML file says.

    Args:
        id: ``<area>/<name>``; the file is ``<area>/<name>.yaml``.
        title: Name by language; ``en`` always.
        category: Dotted category of `regions/categories.yaml`.
        sources: The standards or laws that define it.
        engine: ``pattern``; or code that is driven by the same file: ``phone``, ``ner``.
        patterns: Expressions, for the pattern engine.
        labels: Labels of the NER model, for the NER engine.
        ignore: Words that the model takes for entities and that are none: names of form fields.
        ignore_case: Whether letters match in either case.
        check: Name of a function in `guard.detect.checks`.
        context: Words by language whose presence nearby raises confidence.
        context_required: Whether a match without such a word is no finding.
        evidence: The hint for tagging, if every value points at one jurisdiction.
        evidence_from: What in the value says which jurisdiction: an IBAN's country (ISO 13616), the
            country domain of an address (RFC 1591).
        match: What must be found.
        no_match: What must not be found by this detector.
        replaces: Id of the shipped detector that this one stands in for.
    """

    id: DetectorId
    title: Mapping[Language, str]
    category: CategoryId
    sources: tuple[str, ...] = Field(min_length=1)
    engine: Literal["pattern", "phone", "ner"] = "pattern"
    patterns: tuple[PatternSpec, ...] = ()
    labels: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_case: bool = False
    check: str | None = None
    context: Mapping[Language, Words] = Field(default_factory=dict)
    context_required: bool = False
    evidence: EvidenceSpec | None = None
    evidence_from: Literal["iban", "domain"] | None = None
    match: tuple[Example, ...] = Field(min_length=2)
    no_match: tuple[str, ...] = Field(min_length=2)
    replaces: DetectorId | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if "en" not in self.title:
            raise ValueError("a title in English is missing")
        if bool(self.patterns) != (self.engine == "pattern"):
            raise ValueError("patterns belong to the pattern engine, and it needs some")
        if bool(self.labels) != (self.engine == "ner"):
            raise ValueError("labels belong to the ner engine, and it needs some")
        if self.ignore and self.engine != "ner":
            raise ValueError("words to ignore belong to the ner engine")
        if self.check is not None and self.check not in CHECKS:
            raise ValueError(f"unknown check {self.check}")
        if self.needs_context and not self.context:
            raise ValueError("context is required but no context words are given")
        if not any(example.beside_han for example in self.match):
            raise ValueError("no match example stands next to a Han character")
        for pattern in self.patterns:
            found = weakness(pattern.regex)
            if found:
                raise ValueError(f"pattern refused: {found}")
        return self

    @property
    def needs_context(self) -> bool:
        """Whether any pattern finds nothing without a context word."""
        return any(self.context_required_by(pattern) for pattern in self.patterns)

    def context_required_by(self, pattern: PatternSpec) -> bool:
        """Whether `pattern` finds nothing without a context word."""
        own = pattern.context_required
        return self.context_required if own is None else own

    @property
    def words(self) -> tuple[str, ...]:
        """All context words, in a fixed order."""
        return tuple(sorted({word for words in self.context.values() for word in words}))


@dataclass(frozen=True, slots=True)
class DetectorCatalogue:
    """The detectors by id, and one digest over what they say."""

    detectors: Mapping[str, DetectorSpec]
    revision: str

    @classmethod
    def load(cls, directories: Sequence[Path]) -> DetectorCatalogue:
        """Read, check and merge directories; later ones may replace what they name.

        Args:
            directories: The shipped tree first, then the operator's own.

        Raises:
            ConfigError: If a file is malformed, an id occurs twice without ``replaces``, what is
                replaced does not exist, or there is no detector at all.
        """
        found: dict[str, DetectorSpec] = {}
        for directory in directories:
            if not directory.is_dir():
                raise ConfigError(f"no detector directory {directory}")
            for path in _files(directory):
                _add(found, _read(path), path)
        if not found:
            raise ConfigError("there are no detectors", remedy="check the detector directories")
        return cls(MappingProxyType(dict(sorted(found.items()))), _revision(found))


def _files(directory: Path) -> Iterator[Path]:
    paths = (p for p in directory.rglob("*.yaml") if p.name != "INDEX.yaml")
    return iter(sorted(paths, key=lambda p: p.relative_to(directory).as_posix()))


def _read(path: Path) -> DetectorSpec:
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
        spec = DetectorSpec.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"detector {path}: {where}: {first['msg']}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"detector {path} cannot be read: {type(error).__name__}") from None
    if spec.id.rsplit("/", 1)[-1] != path.stem:
        raise ConfigError(f"detector {path}: the file's name and the id {spec.id} differ")
    return spec


def _add(found: dict[str, DetectorSpec], spec: DetectorSpec, path: Path) -> None:
    if spec.replaces is not None:
        if spec.replaces not in found:
            raise ConfigError(f"detector {path} replaces {spec.replaces}, which does not exist")
        del found[spec.replaces]
    if spec.id in found:
        raise ConfigError(
            f"detector {path}: the id {spec.id} occurs twice", remedy="say `replaces:` or rename"
        )
    found[spec.id] = spec


def _revision(found: Mapping[str, DetectorSpec]) -> str:
    specs = [found[key].model_dump(mode="json") for key in sorted(found)]
    text = json.dumps(specs, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
