"""What a store must do, and which one an address names.

A store sees keyed names, tokens and sealed bytes, nothing else. Each call is one atomic step, and
repeating a call changes nothing. The time is the caller's; a store may sweep by its own clock, but
what has expired by the caller's is not given out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from guard.errors import ObligationError

_REDIS = ("redis://", "rediss://", "unix://")
_POSTGRES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation's row.

    Args:
        sealed: Its key, sealed.
        expires: Until when it is kept, in UTC.
    """

    sealed: bytes = field(repr=False)
    expires: datetime


@dataclass(frozen=True, slots=True)
class Met:
    """A session's rows.

    Args:
        rows: What it met, sealed, by keyed id.
        expires: Until when it is kept, in UTC.
    """

    rows: Mapping[bytes, bytes] = field(repr=False)
    expires: datetime


class Put(NamedTuple):
    """What became of rows that were to be put.

    Args:
        sealed: The conversation's sealed key as it is now, None if there is no such conversation.
            If it is not the one that was named, nothing was put.
        others: Tokens that were there already, with what stands there.
    """

    sealed: bytes | None
    others: Mapping[str, bytes]


class Store(Protocol):
    """Where pseudonyms and sessions are kept. Safe to use from several threads and processes.

    Every method raises `ObligationError` when the store does not do it in time.
    """

    def key(self, name: bytes) -> Kept | None:
        """The row of a conversation, expired or not."""

    def begin(self, name: bytes, sealed: bytes, now: datetime, until: datetime) -> bytes:
        """Keep a conversation until `until`, with the key it has, or with `sealed`.

        What expired before `now` is gone, also if it is this one. Returns the sealed key.
        """

    def values(self, name: bytes, tokens: Collection[str]) -> dict[str, bytes]:
        """Those of `tokens` that a conversation holds, with their sealed values."""

    def tokens(self, name: bytes) -> set[str]:
        """Every token of a conversation."""

    def put(self, name: bytes, sealed: bytes, rows: Mapping[str, bytes]) -> Put:
        """Add sealed values by token, if the conversation's sealed key is still `sealed`.

        A token that is there already stays as it is.
        """

    def forget(self, name: bytes) -> None:
        """Destroy a conversation."""

    def purge(self, now: datetime) -> int:
        """Destroy what expired before `now`; returns the number of conversations."""

    def met(self, name: bytes) -> Met | None:
        """The rows of a session, expired or not."""

    def meet(
        self, name: bytes, rows: Mapping[bytes, bytes], now: datetime, until: datetime
    ) -> None:
        """Add rows to a session and keep it until `until` at least.

        If it expired before `now`, what it had met is gone first.
        """

    def leave(self, name: bytes) -> None:
        """Destroy a session."""

    def close(self) -> None:
        """Let go of the store."""


def is_url(where: Path | str) -> bool:
    """Whether an address names a Redis or a PostgreSQL."""
    return str(where).startswith((*_REDIS, *_POSTGRES))


def opened(where: Path | str, *, wait_s: float) -> Store:
    """The store at an address.

    Args:
        where: A file, ``":memory:"`` or a URL.
        wait_s: Seconds to wait for a server or another process.

    Raises:
        ConfigError: It is no store, or an extra is not installed.
        ObligationError: It does not answer now.
    """
    if str(where).startswith(_REDIS):
        from guard.vault.redis import RedisStore  # noqa: PLC0415  (an extra)

        return RedisStore(str(where), wait_s=wait_s)
    if str(where).startswith(_POSTGRES):
        from guard.vault.postgres import PostgresStore  # noqa: PLC0415  (an extra)

        return PostgresStore(str(where), wait_s=wait_s)
    from guard.vault.sqlite import SqliteStore  # noqa: PLC0415  (only the store in use is loaded)

    return SqliteStore(where, wait_s=wait_s)


def failed(what: str, remedy: str) -> ObligationError:
    """The vault did not do it: no answer, which is a no.

    Args:
        what: The kind of error; never its text, which may hold data.
        remedy: What to do about it.
    """
    return ObligationError(f"the vault failed ({what})", remedy=remedy)
