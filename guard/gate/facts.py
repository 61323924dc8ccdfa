"""From findings and context to the facts of a transfer, and what a treatment does to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from guard.config import Context
from guard.types import (
    Category,
    Detected,
    Detection,
    Evidence,
    Principal,
    Purpose,
    Tag,
    Transfer,
    Treatment,
)


class CategoryRow(Protocol):
    """What the gate needs of a row of `regions/categories.yaml`."""

    @property
    def personal(self) -> bool:
        """Relates to a natural person."""

    @property
    def direct(self) -> bool:
        """Identifies the person by itself."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Sensitive classes."""

    @property
    def placeholder(self) -> str:
        """The label that stands in a value's place."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What detection found in one payload, small and repeatable: the key under which rows meet.

    Args:
        counts: Category and the upper bound of its number (see `bucket`), sorted.
        evidence: Category and its hint, sorted, without duplicates.
        detection: The coverage statement.
    """

    counts: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, Evidence], ...]
    detection: Detection


UNSCANNED = "identity.unscanned"
"""Text in a script in which nobody looked for names: personal until shown otherwise."""


_UNREAD = ("script:", "content:", "unscanned:")


def bucket(count: int) -> int:
    """The smallest power of ten that is not below `count`, so that equal transfers repeat."""
    bound = 1
    while bound < count:
        bound *= 10
    return bound


def summarise(
    findings: Iterable[tuple[str, tuple[Evidence, ...]]], detection: Detection
) -> Summary:
    """Summarise findings given as category and evidence."""
    counts: Counter[str] = Counter()
    evidence: set[tuple[str, Evidence]] = set()
    for category, hints in findings:
        counts[category] += 1
        evidence.update((category, hint) for hint in hints)
    return Summary(
        tuple(sorted((name, bucket(n)) for name, n in counts.items())),
        tuple(sorted(evidence, key=lambda e: (e[0], e[1].jurisdiction, e[1].weight))),
        detection,
    )


def with_unscanned(
    detected: Detected, kinds: Iterable[str], accepted: Collection[str] = ()
) -> Detected:
    """What was found, with the kinds of content that nobody can scan in the coverage statement.

    Args:
        detected: What was found in the rest.
        kinds: The kinds: ``content:<kind>`` stands in the way of every transfer.
        accepted: Those that may go by the operator's word: ``unscanned:<kind>`` does not.
    """
    codes = {f"{'unscanned' if kind in accepted else 'content'}:{kind}" for kind in kinds}
    if not codes:
        return detected
    skipped = tuple(sorted({*detected.detection.skipped, *codes}))
    return replace(detected, detection=detected.detection.model_copy(update={"skipped": skipped}))


def categories(
    rows: Mapping[str, CategoryRow], summary: Summary, declared: Iterable[str]
) -> tuple[Category, ...]:
    """The categories of a transfer. What is declared stands whatever detection says.

    Text that the models could not read (``script:…`` in the coverage statement) and content that
    nobody can (``content:…``, ``unscanned:…``) count as personal data that no treatment can take
    out: not having looked is not having found nothing.
    """
    bounds = dict.fromkeys(declared, 1)
    found = {name for name, _ in summary.counts} | {UNSCANNED}
    if any(code.startswith(_UNREAD) for code in summary.detection.skipped):
        bounds[UNSCANNED] = 1
    for name, bound in summary.counts:
        bounds[name] = max(bound, bounds.get(name, 1))
    return tuple(
        Category(
            id=name,
            at_most=bound,
            personal=rows[name].personal,
            direct=rows[name].direct,
            classes=rows[name].classes,
            treatment="none",
            found=name in found,
        )
        for name, bound in sorted(bounds.items())
    )


def transfer(
    context: Context,
    *,
    time: str,
    purpose: Purpose,
    found: tuple[Category, ...],
    tags: tuple[tuple[Tag, ...], tuple[Tag, ...]],
    detection: Detection,
) -> Transfer:
    """All facts together, untreated."""
    return Transfer(
        time=time,
        principal=Principal(
            establishment=tuple(sorted(set(context.establishment))), role=context.role
        ),
        purpose=purpose,
        use_case=context.use_case,
        origin=context.origin,
        data_subjects=tuple(sorted(set(context.data_subjects))),
        categories=found,
        tags=tags[0],
        hints=tags[1],
        declared=tuple(sorted(set(context.declarations))),
        detection=detection,
        treatment="none",
        facts=dict(sorted(context.facts.items())),
    )


def stated(context: Context) -> tuple[str, ...]:
    """Declarations and facts that hold: what is false or empty is not stated."""
    held = (name for name, value in context.facts.items() if value is not False and value != ())
    return (*context.declarations, *held)


def labels(rows: Mapping[str, CategoryRow]) -> dict[str, str]:
    """Label by category of everything that a treatment replaces: personal, secret or sensitive."""
    return {
        name: row.placeholder
        for name, row in rows.items()
        if row.personal or row.direct or row.classes or name.startswith("credential.")
    }


def treated(
    facts: Transfer,
    treatment: Treatment,
    treatable: Mapping[str, str],
    declared: Iterable[str],
) -> Transfer:
    """The facts as they will be once `treatment` has been discharged.

    Found categories change; declared ones do not, because nobody knows where in the text they are.
    """
    if treatment == "none":
        return facts
    fixed = {*declared, UNSCANNED}
    changed = tuple(
        c.model_copy(update={"treatment": treatment})
        if c.id in treatable and c.id not in fixed
        else c
        for c in facts.categories
    )
    return facts.model_copy(update={"categories": changed, "treatment": treatment})


def remaining(
    evidence: Iterable[tuple[str, Evidence]], facts: Transfer
) -> tuple[tuple[str, Evidence], ...]:
    """The evidence that the text still gives once the treatment of `facts` is discharged.

    Only what is redacted takes its evidence with it: a company's number stays in the text, and so
    does all of it when part of the text was not scanned. A pseudonym leaves the evidence, since the
    data still relate to the same person (GDPR Art. 4(5)).
    """
    if any(c.id == UNSCANNED for c in facts.categories):
        return tuple(evidence)
    gone = {c.id for c in facts.categories if c.treatment == "redact"}
    return tuple((category, hint) for category, hint in evidence if category not in gone)
