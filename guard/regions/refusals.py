"""Why an address leads to no one destination, and what would decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from guard.errors import Undecided

if TYPE_CHECKING:
    from guard.regions.address import Address

Asks = Mapping[str, tuple[str, ...]]
"""Fields that a row depends on, each with the values for which it holds."""

_SHOWN = 6


class Unresolved(Undecided):
    """An address that leads to no one row of the tables; nothing may be sent there.

    Args:
        message: What is wrong, without anything of the path or query.
        reason: ``malformed``, ``unknown_host``, ``unsaid`` (a field decides and was not said),
            ``contradicted`` (said, but no row has that value), ``ambiguous`` (several rows fit) or
            ``unusable`` (a region that is announced, closed or gone).
        fields: The fields that would decide, each with the values that rows have.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        remedy: str = "",
        fields: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy, remedies=("declare",))
        self.reason = reason
        self.fields = fields or {}


def unknown(address: Address, *, listed: bool) -> Unresolved:
    """Nobody has listed the host, or not with that scheme and port."""
    if listed:
        return Unresolved(
            f"{address.host} is listed with another scheme or port than {address.scheme} and "
            f"{address.port}",
            reason="unknown_host",
            remedy="use the address of the provider's documentation",
        )
    return Unresolved(
        f"nobody has listed the host {address.host[:96]}",
        reason="unknown_host",
        remedy="list it as a [[destination]] of guard.toml, with where it really is",
    )


def unsaid(address: Address, asks: Sequence[Asks]) -> Unresolved:
    """What decides is asked in turn: first what every candidate depends on."""
    fields = _merged(asks)
    common = {name for name in fields if all(name in one for one in asks)}
    fields = {name: values for name, values in fields.items() if name in (common or fields)}
    verb = "decides" if len(fields) == 1 else "decide"
    return Unresolved(
        f"{address.host} is known, but {' and '.join(sorted(fields))} {verb} where the data go",
        reason="unsaid",
        remedy=_say(fields, " and "),
        fields=fields,
    )


def contradicted(address: Address, asks: Sequence[Asks]) -> Unresolved:
    """What was said, of the rows that came nearest to it."""
    fewest = min(map(len, asks))
    fields = _merged([one for one in asks if len(one) == fewest])
    return Unresolved(
        f"{address.host} is known, but no row has the {' or '.join(sorted(fields))} that was said",
        reason="contradicted",
        remedy=_say({name: values for name, values in fields.items() if values}, " or ")
        or "no such region is in the tables: declare the destination in guard.toml",
        fields=fields,
    )


def _merged(asks: Sequence[Asks]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for one in asks:
        for name, values in one.items():
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *values)))
    return fields


def _say(fields: Mapping[str, tuple[str, ...]], between: str) -> str:
    said = []
    for name, values in sorted(fields.items()):
        shown = ", ".join(values[:_SHOWN]) + (", …" if len(values) > _SHOWN else "")
        said.append(f"{_option(name)} ({shown})")
    return "say " + between.join(said) if said else ""


def _option(name: str) -> str:
    if name == "model":
        return "--model"
    if name.startswith("header."):
        return f"--header {name.removeprefix('header.')}:…"
    return f"--field {name}=…"
