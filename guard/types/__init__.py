"""The nouns: a transfer of data, what was found in it, and what the policy says of it.

Every use of data is a *transfer*: some data, from here, to a destination, for a purpose. Nothing
in this module has a field for the text itself except `Segment`, which lives before detection, so
policy, log and replay can be shown to an auditor.

Documents that cross the process boundary are frozen, total and closed (`"unknown"` instead of
absence); what is made by the million is a slotted dataclass.
"""

from __future__ import annotations

from guard.types.answers import (
    Advice,
    Barrier,
    Decision,
    Evaluation,
    Obligation,
    Option,
    Permit,
    Plan,
    Reason,
)
from guard.types.facts import (
    Category,
    Destination,
    Principal,
    Tag,
    Transfer,
)
from guard.types.findings import (
    Detected,
    Detection,
    Evidence,
    Finding,
    Segment,
)
from guard.types.vocabulary import (
    PURPOSES,
    Confidence,
    Date,
    Digest,
    Document,
    Effect,
    Identifier,
    Language,
    Location,
    Purpose,
    Remedy,
    Statement,
    Treatment,
    Trigger,
    Word,
)

__all__ = [
    "PURPOSES",
    "Advice",
    "Barrier",
    "Category",
    "Confidence",
    "Date",
    "Decision",
    "Destination",
    "Detected",
    "Detection",
    "Digest",
    "Document",
    "Effect",
    "Evaluation",
    "Evidence",
    "Finding",
    "Identifier",
    "Language",
    "Location",
    "Obligation",
    "Option",
    "Permit",
    "Plan",
    "Principal",
    "Purpose",
    "Reason",
    "Remedy",
    "Segment",
    "Statement",
    "Tag",
    "Transfer",
    "Treatment",
    "Trigger",
    "Word",
]
