"""What can go wrong, as a tree.

    GuardError
    ├── ConfigError              guard.toml, tables, detectors, bundles: at load, never at check
    ├── InputError               a file or row that cannot be read as what it claims to be
    ├── Refused                  the data do not go    .decision  .reference  .remedies
    │   ├── Denied               the policy says no
    │   └── Undecided            no answer is a no
    │       ├── DetectionError   not everything could be scanned
    │       ├── PolicyError      the policy gave no usable answer
    │       ├── ObligationError  an obligation is unknown or could not be discharged
    │       ├── LedgerError      not counted (its kinds: `guard.ledger.errors`)
    │       ├── Unresolved       an address leads to no one destination (`guard.regions`)
    │       └── RecordError      the decision could not be written down
    └── VerificationError        a log, proof, bundle or manifest is not what it says

``except guard.Refused`` is always sufficient and always safe. Messages never hold matched text:
they name rules, pointers, files and line numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guard.types import Decision


class GuardError(Exception):
    """The root of everything this package raises on purpose.

    Args:
        message: One line, without any of the data.
        remedy: One line that says what to do about it, or ``""``.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class ConfigError(GuardError):
    """Configuration, tables, detectors or policies are wrong; raised at load, never at check."""


class InputError(GuardError):
    """A file, row or document cannot be read as what it claims to be.

    Args:
        message: What is wrong, without the content.
        file: The file's name as the caller gave it.
        line: 1-based line (or row) number, 0 when it does not apply.
        remedy: What to do.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return where + super().__str__()


class Refused(GuardError):  # noqa: N818  (a refusal is an answer, not an error)
    """The data do not go.

    Args:
        message: Why, by rule and pointer.
        decision: The decision, when one was reached.
        reference: The record's id in the decision log, or ``""``.
        remedies: What would make the transfer lawful: ``redact``, ``pseudonymise``, ``relocate``,
            ``mechanism``, ``consent``, ``declare``, ``review``.
    """

    def __init__(
        self,
        message: str,
        *,
        decision: Decision | None = None,
        reference: str = "",
        remedies: tuple[str, ...] = (),
        remedy: str = "",
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.decision = decision
        self.reference = reference
        self.remedies = remedies


class Denied(Refused):
    """The policy says no."""


class Undecided(Refused):
    """There is no answer, and no answer is a no."""


class DetectionError(Undecided):
    """Not everything could be scanned, or a detector failed."""


class PolicyError(Undecided):
    """The policy engine was unreachable, undefined, malformed or late."""


class ObligationError(Undecided):
    """An obligation is not understood or could not be discharged (XACML 3.0 §7.18)."""


class LedgerError(Undecided):
    """The transfer could not be counted, so it is not made."""


class RecordError(Undecided):
    """The decision could not be written down durably, so nothing is released."""


class VerificationError(GuardError):
    """A log, proof, bundle or manifest is not what it says."""
