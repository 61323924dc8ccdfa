"""What was asked for, as a record holds it: enough to make the plan again under another policy.

A plan ends at its first permit. Under a stricter policy the data would go to a destination that
nobody tried, so the record holds the facts of those too, as long as they are few. Each fact stands
in a record once: what the decided option already says is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guard.gate import planner
from guard.gate.line import Concluded
from guard.log.asked import PLACES
from guard.types import Destination, Transfer, Treatment


@dataclass(frozen=True, slots=True)
class Rows:
    """Where a record finds what the plan did not need.

    Args:
        destination: The row of a destination, with the counts that the operator states.
        counts: Whether the ledger is asked about such facts; None where there is no ledger. The
            counts of what was not tried are then not known: nobody asked for them.
    """

    destination: Callable[[str], Destination]
    counts: Callable[[Transfer], bool] | None = None


def asked(
    concluded: Concluded,
    destination: Destination,
    treatment: Treatment,
    preference: planner.Preference,
    rows: Rows,
) -> dict[str, Any]:
    """The field ``asked`` of a record (see `guard.log.asked.Asked`).

    Args:
        concluded: The facts and the plan.
        destination: The destination as it was decided on.
        treatment: The treatment that was decided on.
        preference: The operator's preference.
        rows: The destinations that were asked for.
    """
    names = dict.fromkeys(concluded.candidates)
    order = planner.useful(preference.order, concluded.facts.__getitem__)
    base = concluded.facts[treatment]
    return {
        "destinations": len(names),
        "places": [
            _place(
                destination if name == destination.id else rows.destination(name),
                {t: _counts(concluded, name, t, rows) for t in order},
                decided=name == destination.id,
            )
            for name in list(names)[:PLACES]
        ],
        "order": order,
        "prefer": preference.prefer,
        "retention_days": preference.retention_days,
        "under": {t: _variant(concluded.facts[t], base) for t in order if t != treatment},
    }


def _counts(
    concluded: Concluded, name: str, treatment: Treatment, rows: Rows
) -> Mapping[str, int] | None:
    """The counts that an option was, or would have been, decided on; None where nobody knows."""
    tried = concluded.counted.get((name, treatment))
    if tried is not None:
        return tried.destination.counts
    if rows.counts is not None and rows.counts(concluded.facts[treatment]):
        return None
    return rows.destination(name).counts


def _place(
    seen: Destination, counts: Mapping[Treatment, Mapping[str, int] | None], *, decided: bool
) -> dict[str, Any]:
    return {
        "id": seen.id,
        "facts": None if decided else seen.facts(),
        "counts": {t: found for t, found in counts.items() if found != seen.counts},
    }


def _variant(facts: Transfer, base: Transfer) -> dict[str, Any]:
    """What differs: only the treatment, what it was done to, and what the text still points at."""
    return {
        "categories": [c.id for c in facts.categories if c.treatment != "none"],
        "tags": None if facts.tags == base.tags else [t.model_dump() for t in facts.tags],
        "hints": None if facts.hints == base.hints else [t.model_dump() for t in facts.hints],
    }
