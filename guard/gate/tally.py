"""Counting one request: before the policy is asked, and again before anything is released.

The policy decides on the counts as they would be *after* the transfer. They are of a person's data
leaving for one destination under one treatment, so every option of a plan has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property

from guard.gate.facts import CategoryRow
from guard.gate.line import Counted
from guard.ledger import CountsChanged, Export, Ledger, SubjectKey, devices, subjects
from guard.types import Destination, Transfer

Found = Callable[[], Iterable[tuple[str, str]]]
"""Gives pairs of category and value, in memory only."""


class Books:
    """The ledger as a gate keeps it.

    Args:
        ledger: The ledger.
        key: The key of its pseudonyms.
        categories: The table of categories, which knows who is identified by what.
    """

    def __init__(
        self, ledger: Ledger, key: SubjectKey, categories: Mapping[str, CategoryRow]
    ) -> None:
        self.ledger, self.key = ledger, key
        self.direct = frozenset(name for name, row in categories.items() if row.direct)
        self.instruments = frozenset(
            name for rule in ledger.rules for name in (rule.row.instrument, *rule.row.applies_with)
        )

    def tally(self, *, at: datetime, request: str, named: tuple[str, ...], found: Found) -> Tally:
        """The counting of one request.

        Args:
            at: Its time.
            request: What a retry of it shares and no other request does.
            named: The persons as the caller knows them.
            found: What was found in it; asked only if somebody counts it.
        """
        return Tally(self, at, request, named, found)

    def looks_at(self, transfer: Transfer) -> bool:
        """Whether a law with thresholds applies, so that the ledger is asked for counts."""
        return not self.instruments.isdisjoint(tag.instrument for tag in transfer.tags)

    def reserve(self, counted: Counted) -> bool:
        """Count what is about to leave; durable when this returns.

        Returns:
            False if others passed a boundary since the decision, and nothing was counted.

        Raises:
            LedgerError: It could not be counted, so it must not leave.
        """
        if counted.export is None:
            return True
        try:
            self.ledger.reserve(counted.export, counted.counts)
        except CountsChanged:
            return False
        return True

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()


class Tally:
    """What the ledger says of one request. Persons become pseudonyms only if a threshold looks."""

    def __init__(
        self, books: Books, at: datetime, request: str, named: tuple[str, ...], found: Found
    ) -> None:
        self._books, self._at = books, at
        self._request, self._named, self._found = request, named, found

    def counted(self, transfer: Transfer, destination: Destination) -> Counted:
        """The destination with the counts that a transfer would make.

        Where an operator states the same count, the higher one holds.

        Raises:
            LedgerError: They cannot be had, so nothing can be decided on them.
        """
        if not self._books.looks_at(transfer):
            return Counted(destination)
        export = Export.of(
            transfer, destination, at=self._at, subjects=self._subjects, devices=self._devices
        )
        counts = self._books.ledger.counts(export)
        if not counts:
            return Counted(destination)
        stated = destination.counts
        highest = {name: max(n, stated.get(name, 0)) for name, n in counts.items()}
        seen = destination.model_copy(update={"counts": {**stated, **highest}})
        return Counted(seen, export, counts)

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._found())

    @cached_property
    def _subjects(self) -> tuple[bytes, ...]:
        return subjects(
            self._books.key,
            request=self._request,
            named=self._named,
            found=self._pairs,
            direct=self._books.direct,
        )

    @cached_property
    def _devices(self) -> tuple[bytes, ...]:
        return devices(self._books.key, self._pairs)
