"""Golden decisions: reasoned by hand in ``cases.json``, in full in ``evaluations.json``.

``cases.json`` says for each case why the law has it so, and names effect, permits and barriers: it
is written by hand and never generated. ``evaluations.json`` holds the complete evaluations, so that
any change of an obligation, a remedy or a date shows as a diff. Regenerate it with
``python -m tests.golden.policy.golden`` and review the diff against the law.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guard.types import Category, Destination, Evaluation, Transfer
from tests.unit.policy.world import ROOT, destination, policies, tag, transfer

FOLDER = Path(__file__).resolve().parent
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))


def subject(case: dict[str, Any]) -> tuple[Transfer, Destination]:
    """The transfer and the destination of a case."""
    facts = transfer().model_dump(mode="json", by_alias=True)
    facts["tags"] = [tag(name).model_dump(mode="json") for name in case["instruments"]]
    facts["categories"] = [_category(text) for text in case["categories"]]
    facts.update(case["transfer"])
    place = {**destination(case["country"]).model_dump(mode="json"), **case["destination"]}
    return Transfer.model_validate(facts), Destination.model_validate(place)


def _category(text: str) -> dict[str, Any]:
    name, _, treatment = text.partition("=")
    row = _categories()[name]
    return Category(
        id=name,
        at_most=10,
        personal=row.personal,
        direct=row.direct,
        classes=tuple(row.classes),
        treatment=treatment,
    ).model_dump(mode="json")


def _categories() -> Any:
    from guard.regions import Regions

    if not _CATEGORIES:
        _CATEGORIES.update(Regions.load([ROOT / "regions"]).categories)
    return _CATEGORIES


_CATEGORIES: dict[str, Any] = {}


def evaluations() -> dict[str, Any]:
    """Every case through the embedded engine."""
    from guard.policy import Policy
    from guard.policy.regorus import RegorusEngine

    policy = Policy(policies(), RegorusEngine(policies()))
    return {case["name"]: plain(policy.decide(*subject(case))) for case in CASES}


def plain(evaluation: Evaluation) -> dict[str, Any]:
    """JSON of an evaluation; long lists of places as their number and ends, to keep diffs short."""
    document = evaluation.model_dump(mode="json")
    for barrier in document["barriers"]:
        places = barrier["confine"]
        if len(places) > 8:
            barrier["confine"] = [places[0], f"{len(places)} places", places[-1]]
    return document


if __name__ == "__main__":
    text = json.dumps(evaluations(), indent=1, sort_keys=True, ensure_ascii=False)
    (FOLDER / "evaluations.json").write_text(text + "\n", encoding="utf-8")
