"""Sovereign data governance for AI pipelines.

    from guard import Guard
    verdict = Guard.default().check("…", to="openai-us", purpose="inference")

    client = guard.wrap(OpenAI())

The public names are those in ``__all__``, and `guard.log` for auditors.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guard.api import Guard, governed, transport, wrap
    from guard.doors.asgi import GuardMiddleware
    from guard.doors.circumstances import Circumstances
    from guard.doors.wsgi import GuardWSGIMiddleware
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
    "Circumstances",
    "ConfigError",
    "Denied",
    "DetectionError",
    "Guard",
    "GuardError",
    "GuardMiddleware",
    "GuardWSGIMiddleware",
    "InputError",
    "LedgerError",
    "ObligationError",
    "PolicyError",
    "RecordError",
    "Refused",
    "Undecided",
    "Verdict",
    "VerificationError",
    "governed",
    "transport",
    "wrap",
]

_HOMES = {
    "Circumstances": "guard.doors.circumstances",
    "Guard": "guard.api",
    "GuardMiddleware": "guard.doors.asgi",
    "GuardWSGIMiddleware": "guard.doors.wsgi",
    "Verdict": "guard.gate.verdict",
    "governed": "guard.api",
    "transport": "guard.api",
    "wrap": "guard.api",
}
"""Where a public name is defined; errors are in `guard.errors`."""


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used, so that `guard --help` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module 'guard' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "guard.errors")), name)
