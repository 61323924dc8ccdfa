"""Sovereign data governance for AI pipelines.

    from guard import Guard
    verdict = Guard.default().check("…", to="openai-us", purpose="inference")

The public names are those in ``__all__``, and `guard.log` for auditors.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guard.api import Guard
    from guard.errors import (
        ConfigError,
        Denied,
        DetectionError,
        GuardError,
        InputError,
        LedgerError,
        ObligationError,
        PolicyError,
        RecordError,
        Refused,
        Undecided,
        VerificationError,
    )
    from guard.gate.verdict import Verdict

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "Denied",
    "DetectionError",
    "Guard",
    "GuardError",
    "InputError",
    "LedgerError",
    "ObligationError",
    "PolicyError",
    "RecordError",
    "Refused",
    "Undecided",
    "Verdict",
    "VerificationError",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used, so that `guard --help` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module 'guard' has no attribute {name!r}")
    home = {"Guard": "guard.api", "Verdict": "guard.gate.verdict"}.get(name, "guard.errors")
    return getattr(import_module(home), name)
