"""`guard.toml`: its tables (`guard.config.sections`), the file (`guard.config.config`).

Imported by name where it is used: ``from guard.config import Config``.
"""

from guard.config.config import FILE, Config, find
from guard.config.sections import (
    AnswersSection,
    Context,
    Detection,
    LedgerSection,
    LogSection,
    Planner,
    PolicySection,
    RegionsSection,
    Section,
    Tagging,
    Unscanned,
    VaultSection,
)

__all__ = [
    "FILE",
    "AnswersSection",
    "Config",
    "Context",
    "Detection",
    "LedgerSection",
    "LogSection",
    "Planner",
    "PolicySection",
    "RegionsSection",
    "Section",
    "Tagging",
    "Unscanned",
    "VaultSection",
    "find",
]
