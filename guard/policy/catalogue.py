"""What the rules are called, what they cite and since when: read from METADATA in the Rego itself.

Engines ignore METADATA when they run, so the rule id that a rule emits is the key by which an
answer finds its words. An id without METADATA, or METADATA whose id no rule emits, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from guard.errors import ConfigError
from guard.policy.metadata import Metadata, blocks
from guard.policy.syntax import ANY, Module
from guard.types import Confidence, Date, Document, Identifier

Kind = Literal["permit", "exemption", "barrier", "obligation", "advice"]
_EXPORTS: Mapping[str, Kind] = {
    "permits": "permit",
    "own_permits": "permit",
    "barriers": "barrier",
    "own_barriers": "barrier",
    "obligations": "obligation",
    "own_obligations": "obligation",
    "advice": "advice",
    "own_advice": "advice",
}
FOREVER = "9999-12-31"
ALWAYS = "0001-01-01"
"""Since when the tool's own rules apply."""
ANNOUNCED_DAYS = 90
"""A rule that starts within so many days is announced."""
_UNCHECKED = re.compile(r"\bnot (?:been )?(?:checked|read|re-read|verified)\b")
"""What a source says of itself where nobody held the reading against the text."""


class Rule(Document):
    """One rule in an officer's words.

    Args:
        id: ``<instrument>.<name>``, as the rule emits it.
        instrument: The package it belongs to, ``guard`` for the tool's own.
        kind: What the rule adds to the answer.
        title: One line.
        description: What it says and why, in plain words.
        cites: The clauses it rests on, at least one.
        since: First day on which it applies.
        until: First day on which it no longer applies.
        confidence: How sure the reading is.
        source: Where the fact comes from.
        file: The file, relative to the bundle's root.
        row: The line at which the rule begins.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    instrument: Identifier
    kind: Kind
    title: str = Field(min_length=4, max_length=120)
    description: str = Field(min_length=20, max_length=800)
    cites: tuple[Annotated[str, Field(min_length=3, max_length=120)], ...] = Field(min_length=1)
    since: Date
    until: Date
    confidence: Confidence
    source: str = Field(min_length=4, max_length=300)
    file: str
    row: int

    @property
    def entry(self) -> str:
        """What it adds to an answer: an exemption is a permit that says the law asks nothing."""
        return "permit" if self.kind == "exemption" else self.kind

    @property
    def unverified(self) -> bool:
        """Whether nobody compared the reading with the law's text, or it is an unsure one."""
        return self.confidence == "low" or _UNCHECKED.search(self.source) is not None

    @property
    def citation(self) -> str:
        """The clauses in one line."""
        return "; ".join(self.cites)


class Instrument(Document):
    """An instrument of law as its package introduces it (METADATA of scope ``package``).

    Args:
        id: The package, ``eu_gdpr``.
        title: Its name.
        description: When it applies and what the package covers of it, in plain words.
        cites: The instrument itself.
        omits: What of it the package does not cover, each in a few words.
        file: The file in which it is introduced.
        row: The line of the package's name.
    """

    id: Identifier
    title: str = Field(min_length=4, max_length=160)
    description: str = Field(min_length=20, max_length=1500)
    cites: tuple[Annotated[str, Field(min_length=3, max_length=160)], ...] = Field(min_length=1)
    omits: tuple[Annotated[str, Field(min_length=3, max_length=160)], ...] = ()
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule of a policy set by id, and the instruments that introduce themselves."""

    rules: Mapping[str, Rule]
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    def in_force(self, day: str) -> list[Rule]:
        """The rules that apply on a day (``YYYY-MM-DD``), by instrument and id."""
        return [rule for rule in self.ordered() if rule.since <= day < rule.until]

    def starting(self, day: str, days: int = ANNOUNCED_DAYS) -> list[Rule]:
        """The rules that begin to apply after a day and within so many days of it."""
        last = (date.fromisoformat(day) + timedelta(days=days)).isoformat()
        soon = [rule for rule in self.rules.values() if day < rule.since <= last]
        return sorted(soon, key=lambda rule: (rule.since, rule.instrument, rule.id))

    def ordered(self) -> list[Rule]:
        """Every rule by instrument and id."""
        return sorted(self.rules.values(), key=lambda rule: (rule.instrument, rule.id))

    def dates(self) -> dict[str, dict[str, str]]:
        """``{rule: {since, until}}``, which the rules themselves read as ``data.tables.rules``."""
        return {
            id_: {"since": rule.since, "until": rule.until}
            for id_, rule in sorted(self.rules.items())
        }

    @classmethod
    def read(
        cls,
        modules: Iterable[Module],
        sources: Mapping[str, str],
        metadata: Mapping[str, Metadata] | None = None,
    ) -> Catalogue:
        """Read the annotations of every module and hold them against what the rules emit.

        Args:
            modules: The policy set.
            sources: Its text by file.
            metadata: The blocks of a file, where they were read already.

        Raises:
            ConfigError: Naming file and line, if they do not agree or an annotation is incomplete.
        """
        rules: dict[str, Rule] = {}
        instruments: dict[str, Instrument] = {}
        for module in modules:
            found = (metadata or {}).get(module.file)
            if found is None:
                found = blocks(module.file, sources[module.file])
            for one in _introductions(module, found):
                if one.id in instruments:
                    raise ConfigError(
                        f"{one.file}:{one.row}: {one.id} is introduced in "
                        f"{instruments[one.id].file} already",
                        remedy="keep METADATA of scope package in one file",
                    )
                instruments[one.id] = one
            for rule in _module_rules(module, found):
                if rule.id in rules:
                    first = rules[rule.id]
                    other = f"{first.file}:{first.row}"
                    raise ConfigError(
                        f"{rule.file}:{rule.row}: rule {rule.id} is also in {other}",
                        remedy="give each rule one id",
                    )
                rules[rule.id] = rule
        if not rules:
            raise ConfigError("the policies hold no rule", remedy="check the policy directories")
        return cls(rules, instruments)


def _module_rules(module: Module, found: Metadata) -> Iterator[Rule]:
    rest = {row: one for row, one in found.items() if one.get("scope") != "package"}
    for head in module.heads:
        where = f"{module.file}:{head.row}"
        kind = _EXPORTS.get(head.name)
        block = rest.pop(head.row, None)
        if kind is None:
            if block is not None and "custom" in block:
                raise ConfigError(f"{where}: METADATA on a rule that emits nothing")
            continue
        if head.emits in {"", ANY}:
            if head.emits == ANY or module.package.startswith("guard.instruments."):
                raise ConfigError(
                    f"{where}: {head.name} must emit an object whose rule is a literal id"
                )
            continue
        if block is None:
            raise ConfigError(
                f"{where}: rule {head.emits} has no METADATA",
                remedy="write title, description and custom id, kind, cites, since above it",
            )
        yield _rule(module, head.row, head.emits, kind, block)
    for row in rest:
        raise ConfigError(f"{module.file}:{row}: METADATA that no rule follows")


def _introductions(module: Module, found: Metadata) -> Iterator[Instrument]:
    """METADATA of scope ``package``, which stands above the package's name."""
    for row, block in found.items():
        if block.get("scope") != "package":
            continue
        custom = block.get("custom")
        fields = custom if isinstance(custom, dict) else {}
        document = {
            **fields,
            "id": module.package.removeprefix("guard.instruments."),
            "title": block.get("title"),
            "description": block.get("description"),
            "file": module.file,
            "row": row,
        }
        try:
            yield Instrument.model_validate(document)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(str(step) for step in first["loc"])
            raise ConfigError(
                f"{module.file}:{row}: METADATA of the package: {field}: {first['msg']}",
                remedy="title, description, custom.cites, and custom.omits where there is more",
            ) from None


def _rule(module: Module, row: int, emits: str, kind: Kind, block: dict[str, Any]) -> Rule:
    where = f"{module.file}:{row}"
    custom = block.get("custom")
    if not isinstance(custom, dict):
        raise ConfigError(f"{where}: rule {emits}: METADATA without custom")
    instrument = module.package.removeprefix("guard.instruments.").split(".")[0]
    if custom.get("id") != emits:
        raise ConfigError(f"{where}: METADATA is for {custom.get('id')}, the rule emits {emits}")
    if kind == "permit" and custom.get("kind") == "exemption":
        kind = "exemption"
    if custom.get("kind") != kind:
        raise ConfigError(f"{where}: rule {emits} is a {kind}, its METADATA says otherwise")
    if emits.split(".", maxsplit=1)[0] != instrument:
        raise ConfigError(f"{where}: rule {emits} stands in the package of {instrument}")
    document = {
        "until": FOREVER,
        **custom,
        "instrument": instrument,
        "title": block.get("title"),
        "description": block.get("description"),
        "file": module.file,
        "row": row,
    }
    try:
        return Rule.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise ConfigError(
            f"{where}: rule {emits}: METADATA {field}: {first['msg']}",
            remedy="see another rule of the same directory",
        ) from None
