"""Two authorities for one place at one time would leave open which of them is relied on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from guard.errors import ConfigError
from guard.regions.rows import AdequacyRow, Row


def check_disjoint(rows: Mapping[str, Row], where: Callable[[str], str]) -> None:
    """Refuse rows of the same instrument and place whose validity overlaps.

    They may overlap when they require different safeguards: two lists of recipients can stand side
    by side, as a framework for listed companies beside a decision for all the others.

    Args:
        rows: The table `adequacy`.
        where: The file of a row, by its id.

    Raises:
        ConfigError: Two overlap; the message names both.
    """
    groups: dict[tuple[str, str, str], list[AdequacyRow]] = {}
    for row in rows.values():
        if isinstance(row, AdequacyRow):
            groups.setdefault((row.instrument, row.to, row.requires), []).append(row)
    for group in groups.values():
        for one, other in combinations(sorted(group, key=lambda row: row.valid_from), 2):
            if other.valid_from < one.valid_until:
                raise ConfigError(
                    f"{where(other.id)}: row {other.id} overlaps row {one.id} "
                    f"from {other.valid_from} on",
                    remedy="end the earlier one with valid_until, or replace it by name",
                )
