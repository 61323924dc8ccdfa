"""A small world for policy tests: the shipped policies, the real tables, and plain transfers."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guard.policy import PolicySet
from guard.regions import Regions
from guard.types import (
    Category,
    Destination,
    Detection,
    Evaluation,
    Principal,
    Tag,
    Transfer,
)

ROOT = Path(__file__).resolve().parents[3]
POLICIES = ROOT / "policies"


@functools.cache
def regions() -> Regions:
    return Regions.load([ROOT / "regions"])


@functools.cache
def _tables() -> dict[str, Any]:
    return regions().tables()


def tables() -> dict[str, Any]:
    return copy.deepcopy(_tables())


@functools.cache
def policies() -> PolicySet:
    return PolicySet.load([POLICIES], tables())


def category(
    name: str = "contact.email",
    treatment: str = "none",
    *,
    direct: bool = False,
    classes: Iterable[str] = (),
    personal: bool = True,
) -> Category:
    return Category(
        id=name,
        at_most=10,
        personal=personal,
        direct=direct,
        classes=tuple(classes),
        treatment=treatment,
    )


def tag(instrument: str, trigger: str = "declared", jurisdiction: str = "DE") -> Tag:
    return Tag(
        instrument=instrument,
        trigger=trigger,
        jurisdiction=jurisdiction,
        strength=100,
        evidence="declared",
    )


DETECTION = Detection(complete=True, ner=True, languages=("en",), skipped=(), revision="0" * 64)


def transfer(*instruments: str, **changes: Any) -> Transfer:
    """A controller in Germany asks a model; the address is a pseudonym."""
    facts: dict[str, Any] = {
        "time": "2026-11-22",
        "principal": Principal(establishment=("DE",), role="controller"),
        "purpose": "inference",
        "use_case": "general",
        "origin": "DE",
        "data_subjects": ("DE",),
        "categories": (category(treatment="pseudonymise"),),
        "tags": tuple(tag(name) for name in instruments or ("eu_gdpr",)),
        "hints": (),
        "declared": (),
        "detection": DETECTION,
        "treatment": "none",
    }
    return Transfer(**{**facts, **changes})


def destination(country: str = "FR", **changes: Any) -> Destination:
    """A processor wholly in one country, with the terms of Art. 28 on file."""
    facts: dict[str, Any] = {
        "id": "example",
        "kind": "model",
        "provider": "example",
        "url": "unknown",
        "role": "processor",
        "storage": (country,),
        "processing": (country,),
        "operator": country,
        "parent": country,
        "access": (country,),
        "weights": "unknown",
        "assurance": (),
        "safeguards": ("dpa_art28",),
        "retention_days": 0,
        "training_use": "no",
        "valid_from": "2020-01-01",
        "valid_until": "9999-12-31",
        "confidence": "high",
        "source": "test",
        "checked": "2026-11-22",
    }
    return Destination(**{**facts, **changes})


def treated(subject: Transfer, treatment: str) -> Transfer:
    """The transfer as the planner states it under a treatment of all that a treatment replaces."""
    document = subject.model_dump(mode="json", by_alias=True)
    for item in document["categories"]:
        replaced = item["personal"] or item["classes"] or item["id"].startswith("credential.")
        if replaced and item["treatment"] != "redact":
            item["treatment"] = treatment
    document["treatment"] = treatment
    if treatment == "redact":
        document["tags"] = [item for item in document["tags"] if item["trigger"] != "finding"]
    return Transfer.model_validate(document)


def barriers(evaluation: Evaluation) -> set[str]:
    return {entry.rule for entry in evaluation.barriers}


def permits(evaluation: Evaluation) -> set[str]:
    return {entry.rule for entry in evaluation.permits}


def advice(evaluation: Evaluation) -> set[str]:
    return {entry.rule for entry in evaluation.advice}


def small_policies(folder: Path, files: Mapping[str, str]) -> Path:
    """A policy directory with these files, its dispatcher written."""
    from guard.policy.bundle import read_modules, read_sources
    from guard.policy.catalogue import Catalogue
    from guard.policy.dispatch import FILE, render

    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sources, _ = read_sources([folder])
    sources.pop(FILE, None)
    target = folder / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    modules = read_modules(sources)
    rules = Catalogue.read(modules, sources).rules.values()
    target.write_text(render(modules, rules), encoding="utf-8")
    return folder
