"""What is counted: the rows of the table `thresholds`, joined with categories and windows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from guard.errors import ConfigError
from guard.ledger.window import Window
from guard.types import Destination, Transfer

if TYPE_CHECKING:
    from guard.regions import Regions
    from guard.regions.thresholds import ThresholdRow


@dataclass(frozen=True, slots=True)
class Export:
    """Data about to leave, as far as the ledger must know: no text, no name.

    Args:
        at: When, with a time zone; not later than now.
        instruments: The instruments of law that apply (the tags).
        counterparty: Who gets them: the recipient's company, so that data split over its endpoints
            count together.
        places: Where they may be stored, processed or seen.
        categories: The categories that leave, after treatment.
        subjects: Pseudonyms of the persons (`guard.ledger.subjects`).
        devices: Pseudonyms of the devices that were found; they count beside the persons where a
            law counts devices.
    """

    at: datetime
    instruments: Collection[str]
    counterparty: str
    places: Collection[str]
    categories: Collection[str]
    subjects: tuple[bytes, ...] = field(repr=False)
    devices: tuple[bytes, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        transfer: Transfer,
        destination: Destination,
        *,
        at: datetime,
        subjects: tuple[bytes, ...],
        devices: tuple[bytes, ...] = (),
    ) -> Self:
        """What leaves when a transfer is made, under the treatment that its facts state.

        What is redacted does not leave. What is pseudonymised does, and counts (28 CFR 202.206; the
        persons of PIPL Art. 4 remain identifiable for whoever has the vault).
        """
        return cls(
            at=at,
            instruments=frozenset(tag.instrument for tag in transfer.tags),
            counterparty=destination.provider,
            places=(*destination.storage, *destination.processing, *destination.access),
            categories=frozenset(c.id for c in transfer.categories if c.treatment != "redact"),
            subjects=subjects,
            devices=devices,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One threshold, ready to count.

    Args:
        row: The row.
        window: Its window.
        categories: The categories that count.
        companies: The company of providers that belong to one with several.
    """

    row: ThresholdRow
    window: Window
    categories: frozenset[str]
    companies: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The row's id, under which the ledger counts."""
        return self.row.id

    @property
    def family(self) -> str:
        """The name under which combined data of the instrument are counted."""
        return f"{self.row.instrument}+"

    def party(self, export: Export) -> str:
        """Whose count it is: the counterparty's, or everybody's (``""``)."""
        if self.row.per != "counterparty":
            return ""
        return self.companies.get(export.counterparty, export.counterparty)

    def governs(self, export: Export) -> bool:
        """Whether the law looks at this transfer at all."""
        day = date.fromordinal(self.window.day(export.at)).isoformat()
        applies = {self.row.instrument, *self.row.applies_with}.intersection(export.instruments)
        return bool(applies) and self.row.valid_on(day) and self._abroad(export.places)

    def takes(self, export: Export) -> bool:
        """Whether the transfer adds to the count."""
        counted = self.categories.intersection(export.categories)
        return bool(counted.difference(self.row.never_alone))

    def subjects(self, export: Export) -> tuple[bytes, ...]:
        """The pseudonyms that it adds."""
        if self.row.counted == "devices":
            return tuple(sorted({*export.subjects, *export.devices}))
        return tuple(sorted(set(export.subjects)))

    def reduced(self, number: int) -> int:
        """The greatest boundary that `number` reaches, or 0."""
        numbers = self.row.numbers
        reached = bisect_right(numbers, number)
        return numbers[reached - 1] if reached else 0

    def _abroad(self, places: Collection[str]) -> bool:
        """Whether any place is outside; an unknown one and a set of places are."""
        home = self.row.outside
        if not home or not places:
            return True
        return any(p not in home and p.partition("-")[0] not in home for p in places)


def raised(numbers: Mapping[str, int], rules: Sequence[Rule]) -> dict[str, int]:
    """The numbers by rule, where combined data count against the lowest threshold among them.

    Args:
        numbers: Numbers of one counterparty by rule and family (28 CFR 202.205, combined data).
        rules: The rules that look.
    """
    result = {rule.id: numbers.get(rule.id, 0) for rule in rules}
    for family in {rule.family for rule in rules if rule.row.combined}:
        present = [r for r in rules if r.row.combined and r.family == family and result[r.id]]
        if len(present) > 1:
            lowest = min(rule.row.numbers[0] for rule in present)
            for rule in present:
                if rule.row.numbers[0] == lowest:
                    result[rule.id] = max(result[rule.id], numbers.get(family, 0))
    return result


def rules(regions: Regions) -> tuple[Rule, ...]:
    """The thresholds of the tables, in order of id.

    Raises:
        ConfigError: A threshold counts no category: it would never be reached.
    """
    companies = {name: row.company for name, row in regions.companies.items()}
    found = tuple(
        Rule(
            row,
            Window.parse(row.window, row.utc_offset_hours),
            _categories(regions, row),
            companies,
        )
        for _, row in sorted(regions.thresholds.items())
    )
    for rule in found:
        if not rule.categories:
            raise ConfigError(
                f"thresholds: row {rule.id} counts no category", remedy="correct its `classes`"
            )
    return found


def _categories(regions: Regions, row: ThresholdRow) -> frozenset[str]:
    sensitive = {
        one
        for entry in regions.sensitive.values()
        if entry.instrument == row.sensitive_under
        for one in entry.classes
    }
    rows = regions.categories.values()
    match row.data:
        case "personal":
            return frozenset(c.id for c in rows if c.personal)
        case "ordinary":
            return frozenset(c.id for c in rows if c.personal and not sensitive & {*c.classes})
        case "sensitive":
            return frozenset(c.id for c in rows if sensitive & {*c.classes})
        case "listed":
            classes = {*row.classes}
            return frozenset(c.id for c in rows if classes & {*c.classes}) | {*row.categories}
