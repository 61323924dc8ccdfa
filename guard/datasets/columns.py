"""Which columns of a record are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from guard.datasets.rows import shown
from guard.errors import InputError
from guard.types import Segment


class MissingColumnError(InputError):
    """A chosen column is in none of the records: nothing that was wanted has been looked at."""


class Columns:
    """A choice of columns; an empty choice means every column.

    Args:
        names: Top-level names (``email``) or JSON pointers (``/messages/0/content``); ``*`` in a
            pointer stands for any one token (``/messages/*/content``). A name covers everything
            below it.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._tokens = tuple(_tokens(name) for name in names)
        self._missing = set(range(len(self.names)))
        self._found: dict[str, None] = {}
        self._covers = lru_cache(maxsize=8192)(self._match)

    def keep(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """The segments that stand in a chosen column."""
        if not self.names:
            return segments
        return tuple(segment for segment in segments if self._covers(segment.pointer))

    def see(self, record: Any) -> None:
        """Note which of the chosen columns `record` has."""
        if not self._missing:
            return
        if isinstance(record, dict) and len(self._found) < 100:
            self._found.update(dict.fromkeys(record))
        self._missing = {i for i in self._missing if not _has(record, self._tokens[i])}

    def require(self, file: str, line: int = 0) -> None:
        """Refuse when a chosen column was in none of the records seen.

        Raises:
            InputError: Naming the columns that are missing and those that are there.
        """
        if self._missing:
            names = ", ".join(self.names[i] for i in sorted(self._missing))
            there = shown(tuple(self._found)) or "none"
            raise MissingColumnError(
                f"no column {names}", file=file, line=line, remedy=f"columns found: {there}"
            )

    def top(self) -> tuple[str, ...]:
        """The top-level names of the chosen columns, without repetition."""
        return tuple(dict.fromkeys(tokens[0] for tokens in self._tokens if tokens))

    def _match(self, pointer: str) -> bool:
        place = tuple(map(_unescape, pointer.split("/")[1:]))
        return any(_under(place, tokens) for tokens in self._tokens)


def _tokens(name: str) -> tuple[str, ...]:
    if name.startswith("/"):
        return tuple(map(_unescape, name.split("/")[1:]))
    return (name,)


def _unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def _under(place: Sequence[str], tokens: Sequence[str]) -> bool:
    return len(place) >= len(tokens) and all(
        want in {"*", have} for have, want in zip(place, tokens, strict=False)
    )


def _has(value: Any, tokens: Sequence[str]) -> bool:
    if not tokens:
        return True
    first, rest = tokens[0], tokens[1:]
    below: Iterable[Any]
    if isinstance(value, dict):
        below = value.values() if first == "*" else [value[first]] if first in value else []
    elif isinstance(value, list | tuple):
        if first == "*":
            below = value
        else:
            below = value[int(first) : int(first) + 1] if first.isdecimal() else []
    else:
        below = []
    return any(_has(item, rest) for item in below)
