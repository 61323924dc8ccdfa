"""The public face: a gate, and the doors in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from guard import config as configuration
from guard.gate.gate import Gate
from guard.types import Purpose

if TYPE_CHECKING:
    from guard.datasets.report import Report


class Guard(Gate):
    """Sovereign data governance in one object.

    Example:
        >>> from guard import Guard
        >>> with Guard.load("guard.toml") as g:
        ...     verdict = g.check("Write to anna@beispiel.de", to="openai-us", purpose="inference")
        ...     verdict.decision.effect, verdict.text
        ('permit', 'Write to [EMAIL_1]')
    """

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """A guard as `guard.toml` describes it.

        Raises:
            ConfigError: If the file, a table, a detector or a policy is wrong.
        """
        return cls(configuration.Config.load(path))

    @classmethod
    def default(cls) -> Self:
        """A guard as the configuration in force describes it (see `guard.config.find`).

        Raises:
            ConfigError: If there is none: nobody has said where you are established.
        """
        return cls.load(configuration.find())

    def scan(
        self,
        paths: str | Path | Sequence[str | Path],
        *,
        purpose: Purpose = "training",
        to: str | Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        workers: int = 1,
        **options: Any,
    ) -> Report:
        """Find and decide in data sets (see `guard.datasets.scan.scan`)."""
        from guard.datasets.scan import scan  # noqa: PLC0415

        named = [paths] if isinstance(paths, str | Path) else list(paths)
        return scan(
            self, named, purpose=purpose, to=to, columns=columns, workers=workers, **options
        )
