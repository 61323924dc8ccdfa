"""The vault's statements, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from guard.vault.store import Kept, Met, Put

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS conversation (
        id {blob} PRIMARY KEY, sealed_key {blob} NOT NULL, expires {text} NOT NULL){compact}""",
    """CREATE TABLE IF NOT EXISTS pseudonym (
        conversation {blob} NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
        token {text} NOT NULL, sealed_value {blob} NOT NULL,
        PRIMARY KEY (conversation, token)){compact}""",
    """CREATE TABLE IF NOT EXISTS session (
        id {blob} PRIMARY KEY, expires {text} NOT NULL){compact}""",
    """CREATE TABLE IF NOT EXISTS met (
        session {blob} NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        tag {blob} NOT NULL, sealed_tag {blob} NOT NULL, PRIMARY KEY (session, tag)){compact}""",
    "CREATE INDEX IF NOT EXISTS conversation_expires ON conversation(expires)",
    "CREATE INDEX IF NOT EXISTS session_expires ON session(expires)",
)
_ASKED = 500  # tokens a query; SQLite takes 999 parameters wherever it is compiled
_BEGIN = (
    "INSERT INTO conversation VALUES (?,?,?)"
    " ON CONFLICT(id) DO UPDATE SET expires=excluded.expires RETURNING sealed_key"
)
# A session's end is only ever put off: of two that meet at once the later one counts.
_MEET = (
    "INSERT INTO session VALUES (?,?) ON CONFLICT(id) DO UPDATE SET expires=CASE"
    " WHEN excluded.expires>session.expires THEN excluded.expires ELSE session.expires END"
)


@dataclass(frozen=True, slots=True)
class Statements:
    """How statements are run in one transaction.

    Args:
        rows: Runs one and gives its rows.
        many: Runs one for each of several sets of values.
    """

    rows: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
    many: Callable[[str, Sequence[Sequence[Any]]], None]


class SqlStore(ABC):
    """A vault in tables (`guard.vault.store.Store`)."""

    _against_forgetting = ""
    """What keeps a selected row from being deleted until the transaction ends."""
    _sweeping = ""
    """What locks the selected rows, leaving out those that others have locked."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Statements]:
        """Single statements."""

    @abstractmethod
    def _writing(self, *, durable: bool = True) -> AbstractContextManager[Statements]:
        """One transaction: everything when the block ends, nothing when it fails.

        Args:
            durable: Whether it has to survive a crash from then on; otherwise it does when the
                next one that has to does.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

    def key(self, name: bytes) -> Kept | None:
        """The row of a conversation, expired or not."""
        with self._reading() as run:
            found = run.rows("SELECT sealed_key, expires FROM conversation WHERE id=?", (name,))
        return Kept(bytes(found[0][0]), datetime.fromisoformat(found[0][1])) if found else None

    def begin(self, name: bytes, sealed: bytes, now: datetime, until: datetime) -> bytes:
        """Keep a conversation, with the key it has or with `sealed`.

        Nothing is released under a key before values are put beside it, durably.
        """
        with self._writing(durable=False) as run:
            self._swept(run, "conversation", now)
            return bytes(run.rows(_BEGIN, (name, sealed, _text(until)))[0][0])

    def values(self, name: bytes, tokens: Collection[str]) -> dict[str, bytes]:
        """Those of `tokens` that a conversation holds, with their sealed values."""
        if not tokens:
            return {}
        with self._reading() as run:
            return _values(run, name, tokens)

    def tokens(self, name: bytes) -> set[str]:
        """Every token of a conversation."""
        with self._reading() as run:
            return {
                token
                for (token,) in run.rows(
                    "SELECT token FROM pseudonym WHERE conversation=?", (name,)
                )
            }

    def put(self, name: bytes, sealed: bytes, rows: Mapping[str, bytes]) -> Put:
        """Add sealed values by token, if the conversation's sealed key is still `sealed`."""
        with self._writing() as run:
            select = f"SELECT sealed_key FROM conversation WHERE id=?{self._against_forgetting}"  # noqa: S608 - a constant of the class
            found = run.rows(select, (name,))
            kept = bytes(found[0][0]) if found else None
            if kept != sealed:
                return Put(kept, {})
            # In one order, so that two who put the same tokens cannot wait for each other.
            run.many(
                "INSERT INTO pseudonym VALUES (?,?,?) ON CONFLICT DO NOTHING",
                [(name, token, rows[token]) for token in sorted(rows)],
            )
            there = _values(run, name, rows)
        return Put(kept, {token: row for token, row in there.items() if row != rows[token]})

    def forget(self, name: bytes) -> None:
        """Destroy a conversation."""
        with self._writing() as run:
            run.rows("DELETE FROM conversation WHERE id=?", (name,))

    def purge(self, now: datetime) -> int:
        """Destroy what expired before `now`; returns the number of conversations."""
        with self._writing() as run:
            self._swept(run, "session", now)
            return self._swept(run, "conversation", now)

    def met(self, name: bytes) -> Met | None:
        """The rows of a session, expired or not."""
        with self._reading() as run:
            found = run.rows(
                "SELECT expires, tag, sealed_tag FROM session LEFT JOIN met ON session=id"
                " WHERE id=?",
                (name,),
            )
        if not found:
            return None
        rows = {bytes(tag): bytes(sealed) for _, tag, sealed in found if tag is not None}
        return Met(rows, datetime.fromisoformat(found[0][0]))

    def meet(
        self, name: bytes, rows: Mapping[bytes, bytes], now: datetime, until: datetime
    ) -> None:
        """Add rows to a session and keep it until `until` at least."""
        with self._writing() as run:
            self._swept(run, "session", now)
            run.rows(_MEET, (name, _text(until)))
            run.many(
                "INSERT INTO met VALUES (?,?,?) ON CONFLICT DO NOTHING",
                [(name, tag, rows[tag]) for tag in sorted(rows)],
            )

    def leave(self, name: bytes) -> None:
        """Destroy a session."""
        with self._writing() as run:
            run.rows("DELETE FROM session WHERE id=?", (name,))

    def _swept(self, run: Statements, table: str, now: datetime) -> int:
        """Destroy what has expired.

        Rows that another transaction holds are left to it: two sweepers would wait for each other.
        """
        found = run.rows(
            f"DELETE FROM {table} WHERE id IN"  # noqa: S608 - one of two names, both above
            f" (SELECT id FROM {table} WHERE expires<? ORDER BY id{self._sweeping}) RETURNING id",
            (_text(now),),
        )
        return len(found)


def _values(run: Statements, name: bytes, tokens: Collection[str]) -> dict[str, bytes]:
    return {
        token: bytes(sealed)
        for some in _portions(list(tokens))
        for token, sealed in run.rows(
            "SELECT token, sealed_value FROM pseudonym WHERE conversation=? AND token IN"  # noqa: S608 - only question marks are put in
            f" ({','.join('?' * len(some))})",
            (name, *some),
        )
    }


def _portions(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(tokens), _ASKED):
        yield tokens[begin : begin + _ASKED]


def _text(at: datetime) -> str:
    """A time as text that sorts as the times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
