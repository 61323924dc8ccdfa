"""Cumulative thresholds of law: whose data left, counted once each, by keyed pseudonym.

The ledger holds no personal data in the clear, counts before anything is released, and where it
cannot be exact it counts too many, never too few. What is counted is data: the table `thresholds`.
"""

from __future__ import annotations

from guard.ledger.errors import (
    CountsChanged,
    FutureDated,
    LedgerBusy,
    LedgerCorrupt,
    LedgerError,
    LedgerFull,
)
from guard.ledger.ledger import EXACT, Ledger
from guard.ledger.rule import Export, Rule, rules
from guard.ledger.standing import Standing, standings
from guard.ledger.subjects import SubjectKey, devices, subjects

__all__ = [
    "EXACT",
    "CountsChanged",
    "Export",
    "FutureDated",
    "Ledger",
    "LedgerBusy",
    "LedgerCorrupt",
    "LedgerError",
    "LedgerFull",
    "Rule",
    "Standing",
    "SubjectKey",
    "devices",
    "rules",
    "standings",
    "subjects",
]
