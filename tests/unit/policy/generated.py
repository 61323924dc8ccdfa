"""Hypothesis strategies for transfers and destinations over the real tables."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from guard.regions.rows import FactRow
from guard.types import PURPOSES, Category, Destination, Tag, Transfer
from tests.unit.policy.world import DETECTION, destination, policies, regions, tables, transfer

TABLES = tables()
DECLARATIONS = sorted(TABLES["declarations"])
SAFEGUARDS = sorted(TABLES["safeguards"])
INSTRUMENTS = sorted({rule.instrument for rule in policies().catalogue.rules.values()} - {"guard"})
COUNTS = sorted(TABLES["counts"])
FACTS = sorted(TABLES["facts"])
BOUNDS = [0, 1, 9, 100, 101, 1_000, 1_001, 9_999, 10_000, 10_001, 99_999, 100_000, 100_001, 10**6]
PLACES = [
    *("DE", "FR", "NO", "CH", "BR", "US", "US-CA", "CA", "GB", "CN", "CN-HK", "HK", "SG", "IN"),
    *("KR", "JP", "AE", "SA", "VN", "ID", "RU", "AU", "TR", "ZA", "TW", "MO", "CA-QC", "IR"),
    *("EU", "EEA", "GLOBAL", "GLOBAL_EXCEPT_CN_MAINLAND", "unknown"),
]
DATES = [
    *("2018-05-24", "2018-05-25", "2021-06-26", "2021-10-31", "2023-07-10", "2024-03-21"),
    *("2025-02-02", "2025-12-31", "2026-01-26", "2026-11-22", "2026-12-02", "2027-12-02"),
    *("2031-12-27", "2040-01-01"),
]
KINDS = sorted(regions().categories)


def some(values: list[str], *, least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)
    return chosen.map(lambda items: tuple(sorted(items)))


def mostly(usual: Any, others: list[Any]) -> st.SearchStrategy[Any]:
    """The usual value nine times in ten, so that one unusual fact does not hide all others."""
    return st.integers(0, 9).flatmap(
        lambda number: st.sampled_from(others) if number == 7 else st.just(usual)
    )


@st.composite
def categories(draw: st.DrawFn) -> Category:
    row = regions().categories[draw(st.sampled_from(KINDS))]
    return Category(
        id=row.id,
        at_most=draw(st.sampled_from([1, 10, 100])),
        personal=row.personal,
        direct=row.direct,
        classes=row.classes,
        treatment=draw(st.sampled_from(["none", "none", "pseudonymise", "redact"])),
        found=draw(st.booleans()),
    )


def values(row: FactRow) -> st.SearchStrategy[Any]:
    """Every value that a fact may have."""
    ways: list[st.SearchStrategy[Any]] = []
    words = st.sampled_from(row.values) if row.values else st.sampled_from(["CN", "US", "DE", "SG"])
    for kind in row.kinds:
        if kind == "bool":
            ways.append(st.booleans())
        elif kind == "number":
            ways.append(st.sampled_from([0, 1, 250, 333, 334, 1_000]))
        elif kind == "words":
            ways.append(st.lists(words, max_size=2, unique=True).map(tuple))
        else:
            ways.append(words)
    return st.one_of(ways)


@st.composite
def stated(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Some facts, each with a value that it may have."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=8, unique=True))
    return {name: draw(values(regions().facts[name])) for name in sorted(chosen)}


def facts_of(instruments: list[str]) -> list[str]:
    """The facts that the rules of some instruments read: those of others would only be noise."""
    mine = [
        name
        for name, row in regions().facts.items()
        if not instruments or set(row.instruments) & set(instruments)
    ]
    return mine or FACTS


tags = st.builds(
    Tag,
    instrument=st.sampled_from(INSTRUMENTS),
    trigger=st.sampled_from(["declared", "establishment", "finding"]),
    jurisdiction=st.sampled_from(["DE", "CN"]),
    strength=st.sampled_from([40, 90, 100]),
    evidence=st.just("contact.email"),
)


@st.composite
def transfers(draw: st.DrawFn, *, least_tags: int = 0) -> Transfer:
    facts: dict[str, Any] = {
        "time": draw(mostly("2026-11-22", DATES)),
        "purpose": draw(st.sampled_from(PURPOSES)),
        "use_case": draw(mostly("general", sorted(TABLES["use_cases"]))),
        "origin": draw(st.sampled_from(["DE", "CN", "unknown"])),
        "categories": tuple(draw(st.lists(categories(), max_size=4))),
        "tags": tuple(draw(st.lists(tags, min_size=least_tags, max_size=4))),
        "hints": tuple(draw(st.lists(tags, max_size=1))),
        "declared": draw(some(DECLARATIONS, most=6)),
        "detection": DETECTION.model_copy(update={"complete": draw(mostly(True, [False]))}),
        "treatment": draw(st.sampled_from(["none", "pseudonymise", "redact"])),
    }
    facts["facts"] = draw(stated(facts_of([one.instrument for one in facts["tags"]])))
    if draw(mostly(False, [True])):
        facts["tags"] = (*facts["tags"], Tag(**_UNKNOWN))
    return transfer(**facts)


_UNKNOWN: dict[str, Any] = {
    "instrument": "zz_law",
    "trigger": "declared",
    "jurisdiction": "DE",
    "strength": 100,
    "evidence": "declared",
}


@st.composite
def destinations(draw: st.DrawFn) -> Destination:
    home = draw(st.sampled_from(["FR", "CN", "SG", "US", "mixed"]))
    facts: dict[str, Any] = {}
    if home == "mixed":
        facts = {
            "storage": draw(some(PLACES, least=1)),
            "processing": draw(some(PLACES, least=1)),
            "access": draw(some(PLACES, least=1)),
            "operator": draw(st.sampled_from(PLACES)),
            "parent": draw(st.sampled_from(PLACES)),
        }
    return destination(
        "FR" if home == "mixed" else home,
        **facts,
        kind=draw(st.sampled_from(["model", "storage", "device"])),
        role=draw(st.sampled_from(["processor", "controller", "self", "unknown"])),
        safeguards=draw(some(SAFEGUARDS, most=6)),
        retention_days=draw(st.sampled_from([-1, 0, 30])),
        training_use=draw(mostly("no", ["yes", "unknown"])),
        confidence=draw(st.sampled_from(["high", "medium", "low"])),
        valid_until=draw(mostly("9999-12-31", ["2026-12-02", "2026-11-22"])),
        counts=draw(st.dictionaries(st.sampled_from(COUNTS), st.sampled_from(BOUNDS), max_size=4)),
    )
