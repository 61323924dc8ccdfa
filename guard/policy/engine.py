"""What every Rego engine offers, and how a file of policy is loaded into one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from guard.canonical import Json

DECISION = "data.guard.decision"
"""The entry point: one transfer to one destination is one decision."""


class RegoEngine(Protocol):
    """An engine that holds one policy set and answers questions about it."""

    def evaluate(self, entrypoint: str, document: Mapping[str, Json]) -> Json:
        """The value of `entrypoint` for an input.

        Args:
            entrypoint: A full path such as ``data.guard.decision``.
            document: The input document.

        Raises:
            PolicyError: If there is no usable value.
        """
        ...

    def close(self) -> None:
        """Let go of engines and connections."""
        ...
