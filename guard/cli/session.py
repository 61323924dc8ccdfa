"""Opening a gate from the command line's options."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guard.api import Guard


def open_guard(config_file: str | None) -> Guard:
    """The guard that a configuration describes.

    Raises:
        ConfigError: If there is none or it is wrong.
    """
    from guard.api import Guard  # noqa: PLC0415

    return Guard.load(config_file) if config_file else Guard.default()
