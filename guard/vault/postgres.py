"""The vault in PostgreSQL, for several hosts: the same statements in the schema `guard_vault`."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from guard.errors import ConfigError, ObligationError
from guard.vault.sql import SCHEMA, SqlStore, Statements
from guard.vault.store import failed

if TYPE_CHECKING:
    import psycopg

_SCHEMA = "guard_vault"
_COLUMNS = {"blob": "BYTEA", "text": 'TEXT COLLATE "C"', "compact": ""}
_ONE_BEGINS = 0x67_76_6C_74  # "gvlt": the advisory lock under which the schema is made


class PostgresStore(SqlStore):
    """A vault's schema in a database. Safe to use from several threads, processes and hosts.

    Args:
        url: ``postgresql://user@host/database``; the password belongs in ``PGPASSFILE``.
        wait_s: Seconds to wait for the server, for others' locks and for other threads.

    Raises:
        ConfigError: psycopg is missing.
        ObligationError: The server does not answer, or lets us make no tables where there are none.
    """

    # A foreign key's own lock: others may put off the conversation's end meanwhile.
    _against_forgetting = " FOR KEY SHARE"
    _sweeping = " FOR UPDATE SKIP LOCKED"

    def __init__(self, url: str, *, wait_s: float) -> None:
        self._driver = _psycopg()
        self._url, self._wait_s, self._lock = url, wait_s, threading.Lock()
        self._db: psycopg.Connection[Any] | None = None
        try:
            with self._writing() as run:
                self._made(run)
        except (ConfigError, ObligationError):
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _made(self, run: Statements) -> None:
        """Make the tables, unless they are there: then no right to make any is needed."""
        there = "SELECT to_regclass('guard_vault.session_expires') IS NOT NULL"
        if run.rows(there, ())[0][0]:
            return
        run.rows("SELECT pg_advisory_xact_lock(?)", (_ONE_BEGINS,))
        run.rows("CREATE SCHEMA IF NOT EXISTS guard_vault", ())
        for statement in SCHEMA:
            run.rows(statement.format(**_COLUMNS), ())

    @contextmanager
    def _reading(self) -> Iterator[Statements]:
        with self._connected() as db, db.cursor() as cursor:
            yield _statements(cursor)

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[Statements]:
        with self._connected() as db, db.transaction(), db.cursor() as cursor:
            if not durable:
                cursor.execute("SET LOCAL synchronous_commit = off")
            yield _statements(cursor)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        if not self._lock.acquire(timeout=self._wait_s):
            raise failed("other threads wait for the server", "see that it answers")
        try:
            if self._db is None:
                self._db = self._connection()
            yield self._db
        except self._driver.Error as error:
            # Late or broken, nobody knows what comes next on that connection: the next call asks a
            # fresh one; this one is refused.
            if self._db is not None and (error.sqlstate is None or self._db.broken):
                self._drop()
            raise _failed(error) from None
        finally:
            self._lock.release()

    def _connection(self) -> psycopg.Connection[Any]:
        wait_s, wait_ms = self._wait_s, max(1, round(self._wait_s * 1000))

        class Bounded(self._driver.Connection):  # type: ignore[misc, name-defined]  # loaded late
            """A connection that does not wait for ever for a server that has gone silent."""

            def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
                """Drive `gen` until it is done or `wait_s` is over."""
                bound = wait_s + 1 if timeout is None else timeout  # the server's own comes first
                return super().wait(gen, interval=interval, timeout=bound)

        connection: psycopg.Connection[Any] = Bounded.connect(
            self._url,
            autocommit=True,
            connect_timeout=max(2, round(wait_s)),  # libpq's least
            options=f"-c search_path={_SCHEMA} -c lock_timeout={wait_ms}"
            f" -c statement_timeout={wait_ms} -c synchronous_commit=on"
            f" -c idle_in_transaction_session_timeout={4 * wait_ms}",
        )
        return connection

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None


def _psycopg() -> Any:
    try:
        import psycopg  # noqa: PLC0415  (an extra: only who shares a vault needs it)
    except ImportError:
        raise ConfigError(
            "a vault in PostgreSQL needs psycopg",
            remedy="pip install 'sovereign-guard[postgres]'",
        ) from None
    return psycopg


def _statements(cursor: psycopg.Cursor[Any]) -> Statements:
    def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor.execute(statement.replace("?", "%s").encode(), values)
        return cursor.fetchall() if cursor.description else []

    def many(statement: str, values: Sequence[Sequence[Any]]) -> None:
        cursor.executemany(statement.replace("?", "%s").encode(), values)

    return Statements(rows, many)


def _failed(error: Any) -> ObligationError:
    """What an error of the server means for the caller; its text is not shown."""
    what = f"{type(error).__name__.lstrip('_')} {error.sqlstate or ''}".strip()
    return failed(what, "try again; see that the vault's database runs and lets us in")
