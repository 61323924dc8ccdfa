"""Questions to the policy drawn by a seeded generator, many and fast, over the real tables.

Hypothesis shrinks, this does not: it is for proofs over tens of thousands of transfers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from guard.regions.rows import FactRow
from guard.types import PURPOSES
from tests.unit.policy.generated import (
    BOUNDS,
    COUNTS,
    DATES,
    DECLARATIONS,
    INSTRUMENTS,
    KINDS,
    PLACES,
    SAFEGUARDS,
    TABLES,
    facts_of,
)
from tests.unit.policy.world import DETECTION, destination, regions, transfer


def questions(count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """So many input documents, the same for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        yield {"transfer": _transfer(dice), "destination": _destination(dice)}


def _some(dice: random.Random, values: list[str], most: int) -> list[str]:
    return sorted(dice.sample(values, min(dice.randint(0, most), len(values))))


def _transfer(dice: random.Random) -> dict[str, Any]:
    names = dice.sample(INSTRUMENTS, dice.randint(1, 3))
    own = facts_of(names)
    facts = {name: _value(dice, regions().facts[name]) for name in _some(dice, own, 10)}
    document = transfer(*names).model_dump(mode="json", by_alias=True)
    related = [one for one in DECLARATIONS if one.split(".")[0] in names] or DECLARATIONS
    document |= {
        "time": dice.choice(["2026-11-22", "2026-11-22", "2027-12-02", *DATES]),
        "purpose": dice.choice(PURPOSES),
        "use_case": dice.choice(["general", "general", *TABLES["use_cases"]]),
        "origin": dice.choice(["DE", "CN", "US", "unknown"]),
        "categories": [_category(dice) for _ in range(dice.randint(0, 4))],
        "declared": _some(dice, related, 6),
        "detection": {**DETECTION.model_dump(mode="json"), "complete": dice.random() < 0.95},
        "treatment": dice.choice(["none", "pseudonymise", "redact"]),
        "facts": facts,
    }
    return document


def _category(dice: random.Random) -> dict[str, Any]:
    row = regions().categories[dice.choice(KINDS)]
    return {
        "id": row.id,
        "at_most": dice.choice([1, 10, 100]),
        "personal": row.personal,
        "direct": row.direct,
        "classes": list(row.classes),
        "treatment": dice.choice(["none", "none", "pseudonymise", "redact"]),
        "found": dice.random() < 0.5,
    }


def _value(dice: random.Random, row: FactRow) -> Any:
    kind = dice.choice(row.kinds)
    words = list(row.values) or ["CN", "US", "DE", "SG"]
    if kind == "bool":
        return dice.random() < 0.5
    if kind == "number":
        return dice.choice([0, 1, 250, 333, 334, 1_000, row.per // 3, row.per])
    return _some(dice, words, 2) if kind == "words" else dice.choice(words)


def _destination(dice: random.Random) -> dict[str, Any]:
    home = dice.choice(["FR", "CN", "SG", "US", "IN", "KR", "mixed"])
    facts = destination("FR" if home == "mixed" else home).facts()
    if home == "mixed":
        for name in ("storage", "processing", "access"):
            facts[name] = _some(dice, PLACES, 2) or ["unknown"]
        facts |= {"operator": dice.choice(PLACES), "parent": dice.choice(PLACES)}
    counts = {name: dice.choice(BOUNDS) for name in _some(dice, COUNTS, 4)}
    return {
        **facts,
        "kind": dice.choice(["model", "storage", "device"]),
        "role": dice.choice(["processor", "controller", "self", "unknown"]),
        "safeguards": _some(dice, SAFEGUARDS, 8),
        "retention_days": dice.choice([-1, 0, 30]),
        "training_use": dice.choice(["no", "no", "yes", "unknown"]),
        "assurance": _some(dice, ["c5", "secnumcloud", "seal-2"], 2),
        "confidence": dice.choice(["high", "medium", "low"]),
        "counts": counts,
    }
