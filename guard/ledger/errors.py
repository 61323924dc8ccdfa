"""What can go wrong when a transfer is counted.

    Undecided
    └── LedgerError              not counted, so not released
        ├── LedgerBusy           another process holds the ledger
        ├── LedgerFull           there is no room, or the disk fails
        ├── LedgerCorrupt        the ledger's file is damaged
        ├── FutureDated          the decision is dated later than now
        └── CountsChanged        the policy decided on counts that have changed since   .counts

A ledger that cannot be opened at all (missing, another key, another file) is a `ConfigError`.
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.errors import LedgerError

__all__ = [
    "CountsChanged",
    "FutureDated",
    "LedgerBusy",
    "LedgerCorrupt",
    "LedgerError",
    "LedgerFull",
]


class LedgerBusy(LedgerError):  # noqa: N818 - a state that ends, not an error
    """Another process holds the ledger longer than we wait."""


class LedgerFull(LedgerError):  # noqa: N818 - a state that ends, not an error
    """The count could not be written: no room, or the disk fails."""


class LedgerCorrupt(LedgerError):  # noqa: N818 - a state of the file
    """The ledger is damaged."""


class FutureDated(LedgerError):  # noqa: N818 - a refusal is an answer
    """A decision dated in the future would count in no window that is open today."""


class CountsChanged(LedgerError):  # noqa: N818 - a refusal is an answer
    """Others were counted meanwhile, and a boundary was passed: decide again.

    Args:
        message: Which counts changed.
        counts: The counts as they would be now, for the next decision.
    """

    def __init__(self, message: str, *, counts: Mapping[str, int]) -> None:
        super().__init__(message, remedy="decide again on the new counts")
        self.counts = dict(counts)
