"""What a scan found and where the rows may lawfully go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from guard.types import Detection, Effect, Reason

EFFECTS: tuple[str, ...] = get_args(Effect)
OUTCOMES = ("none", "pseudonymise", "redact", "refused")
"""What must be done to a row before it may go somewhere; ``none`` is whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: a row, or a file from there on."""

    file: str
    row: int
    reason: str
    message: str


@dataclass
class Report:
    """The result of a scan; counts only.

    Args:
        purpose: What the data would be used for.
        columns: The columns that were looked at; empty means all.
        candidates: The destinations that were asked for.
        files: Files read.
        hidden: Files left out because their names begin with a dot.
        counts: By threshold of law, how many persons or devices the rows could add at most if all
            of them left; the same person in two rows is two.
    """

    purpose: str
    columns: tuple[str, ...]
    candidates: tuple[str, ...]
    revision: str
    mode: str
    files: int = 0
    hidden: int = 0
    rows: int = 0
    bytes: int = 0
    blank: int = 0
    rows_with_findings: int = 0
    by_category: Counter[str] = field(default_factory=Counter)
    by_jurisdiction: Counter[str] = field(default_factory=Counter)
    by_column: Counter[tuple[str, str]] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    treatments: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    matrix: dict[str, Counter[str]] = field(default_factory=dict)
    instruments: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    bad_rows: int = 0
    bad_files: int = 0
    detection: Detection | None = None
    reasons: dict[str, Reason] = field(default_factory=dict)
    origin: str = ""
    first_index: int = -1
    last_index: int = -1

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.by_category.total()

    @property
    def undecided(self) -> bool:
        """Whether anything was left without a decision."""
        return bool(self.bad_rows or self.bad_files)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings or refusals, 3 when something could not be read."""
        if self.undecided:
            return 3
        refused = self.rows - self.effects["permit"]
        return 1 if self.findings or refused else 0

    def to_json(self) -> dict[str, Any]:
        """The report as the document ``guard/scan/1``."""
        return {
            "schema": "guard/scan/1",
            "purpose": self.purpose,
            "to": list(self.candidates),
            "columns": list(self.columns),
            "mode": self.mode,
            "files": self.files,
            "hidden_files": self.hidden,
            "rows": self.rows,
            "bytes": self.bytes,
            "blank_lines": self.blank,
            "rows_with_findings": self.rows_with_findings,
            "bad_rows": self.bad_rows,
            "bad_files": self.bad_files,
            "problems": [
                {"file": p.file, "row": p.row, "reason": p.reason, "message": p.message}
                for p in self.problems
            ],
            "findings": {
                "total": self.findings,
                "by_category": dict(sorted(self.by_category.items())),
                "by_jurisdiction": dict(sorted(self.by_jurisdiction.items())),
                "by_column": _nested(self.by_column),
            },
            "decisions": {effect: self.effects[effect] for effect in EFFECTS},
            "treatments": {name: self.treatments[name] for name in OUTCOMES[:3]},
            "instruments": dict(sorted(self.instruments.items())),
            "counts_at_most": dict(sorted(self.counts.items())),
            "by_rule": [
                {"rule": rule, "cites": self.reasons[rule].cites, "rows": rows}
                for rule, rows in ordered(self.rules)
            ],
            "destinations": {
                name: {outcome: counts[outcome] for outcome in OUTCOMES}
                for name, counts in self.matrix.items()
            },
            "detection": self.detection.model_dump() if self.detection else None,
            "revision": self.revision,
            "log": {
                "origin": self.origin,
                "first_index": self.first_index,
                "last_index": self.last_index,
            },
        }


def covered(before: Detection | None, now: Detection) -> Detection:
    """One coverage statement for all rows: complete only if each was, with every gap of any."""
    if before is None or before == now:
        return now
    return Detection(
        complete=before.complete and now.complete,
        ner=before.ner and now.ner,
        languages=tuple(sorted(set(before.languages) & set(now.languages))),
        skipped=tuple(sorted({*before.skipped, *now.skipped})),
        revision=now.revision,
    )


def ordered(counts: Counter[str]) -> Sequence[tuple[str, int]]:
    """Most frequent first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _nested(columns: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (column, category), count in sorted(columns.items()):
        nested.setdefault(column, {})[category] = count
    return nested
