"""Which rows a host name reaches: exact names and templates, and nothing that only looks like them.

A template is a host name in which ``{name}`` stands for one label or a part of one:
``{resource}.openai.azure.com``, ``{region}-aiplatform.googleapis.com``. It has at least two labels
of its own at the end, so that no template reaches a whole top-level domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from guard.errors import ConfigError
from guard.regions.address import Address
from guard.regions.destination import DestinationRow

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_WORD = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ANY_PORT = "{port}"
_HTTPS = 443


class _Entry(NamedTuple):
    """A host template, parsed: its tail is fixed, its head has the placeholders."""

    row: str
    scheme: str
    head: str
    port: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that a host reaches.

    Args:
        row: The row's id.
        loose: How many placeholders the host fills; 0 is an exact name.
        filled: What they stand for.
    """

    row: str
    loose: int
    filled: Mapping[str, str]


class Hosts:
    """An index of the host names of rows.

    Args:
        rows: The destinations.

    Raises:
        ConfigError: A template has no fixed end.
    """

    def __init__(self, rows: Iterable[DestinationRow]) -> None:
        self._by_tail: dict[str, list[_Entry]] = {}
        for row in rows:
            for scheme, host, port in _named(row):
                head, tail = _split(host, row.id)
                entry = _Entry(row.id, scheme, head, port)
                self._by_tail.setdefault(tail, []).append(entry)

    def find(self, address: Address) -> tuple[Hit, ...]:
        """Every row that the address reaches; empty for a host that nobody has listed."""
        return tuple(dict.fromkeys(self._hits(address)))

    def lists(self, address: Address) -> bool:
        """Whether somebody has listed the host, if with another scheme or port."""
        return any(True for _ in self._hits(address, any_door=True))

    def _hits(self, address: Address, *, any_door: bool = False) -> Iterator[Hit]:
        labels = address.host.split(".")
        for cut in range(len(labels)):
            head, tail = ".".join(labels[:cut]), ".".join(labels[cut:])
            for entry in self._by_tail.get(tail, ()):
                filled = _filled(entry.head, head)
                if filled is None or not (any_door or _same_door(entry, address)):
                    continue
                yield Hit(entry.row, len(filled), _Filled(filled))


class _Filled(dict[str, str]):
    """What placeholders stand for; hashable, because nobody changes it."""

    def __hash__(self) -> int:  # type: ignore[override]  # dict says None; this one is not mutated
        return hash(tuple(sorted(self.items())))


def _named(row: DestinationRow) -> Iterator[tuple[str, str, int | None]]:
    for host in row.hosts:
        yield "https", host, _HTTPS
    if row.hosts or not row.url.startswith(("http://", "https://")):
        return
    parts = urlsplit(row.url)
    host, _, port = parts.netloc.lower().rpartition(":")
    if not host or port.endswith("]"):
        host, port = parts.netloc.lower(), "443" if parts.scheme == "https" else "80"
    if port == _ANY_PORT:
        yield parts.scheme, host, None
    elif port.isdigit():
        yield parts.scheme, host, int(port)


def _split(host: str, row: str) -> tuple[str, str]:
    labels = host.split(".")
    last = max((i for i, label in enumerate(labels) if "{" in label), default=-1)
    tail = labels[last + 1 :]
    if last >= 0 and len(tail) < 2:
        raise ConfigError(
            f"destinations: row {row}: the host template {host!r} has no fixed end",
            remedy="end it with at least two labels of the provider",
        )
    return ".".join(labels[: last + 1]), ".".join(tail)


@cache
def _pattern(head: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(head)
    text = [
        f"(?P<{part}>{_WORD})" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    ]
    return re.compile("".join(text))


def _filled(template: str, head: str) -> dict[str, str] | None:
    if not template or not head:
        return {} if template == head else None
    match = _pattern(template).fullmatch(head)
    return match.groupdict() if match else None


def _same_door(entry: _Entry, address: Address) -> bool:
    return entry.scheme == address.scheme and entry.port in {None, address.port}
