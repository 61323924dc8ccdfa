"""The ledger in PostgreSQL, for several hosts: the same statements in the schema `guard_ledger`.

A transfer locks the counters it adds to, so that what was decided on holds when it is counted;
transfers that share no counter do not wait for each other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from guard.errors import ConfigError
from guard.ledger.errors import LedgerBusy, LedgerCorrupt, LedgerError, LedgerFull
from guard.ledger.session import SCHEMA, Session

if TYPE_CHECKING:
    import psycopg

_SCHEMA = "guard_ledger"
_COLUMNS = {
    "serial": "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    "blob": "BYTEA",
    "compact": "",
}
_BUSY = {"55P03", "57014", "40P01", "40001", "53300"}
_FULL = {"53100", "53200", "58030"}
_CORRUPT = {"XX001", "XX002"}
_WHERE = "the ledger's database"


class PostgresStore:
    """A ledger's schema in a database. Safe to use from several threads, processes and hosts.

    Args:
        url: ``postgresql://user@host/database``; the password belongs in ``PGPASSFILE``.
        kid: The key it should have been made with; None to look without a key.
        wait_s: Seconds to wait for the server and for others' locks.

    Raises:
        ConfigError: There is no ledger there, or one of another key; or psycopg is missing.
        LedgerError: The server does not answer.
    """

    def __init__(self, url: str, *, kid: str | None, wait_s: float = 5.0) -> None:
        self._driver = _psycopg()
        self._url, self._wait_s, self._lock = url, wait_s, threading.Lock()
        self._db: psycopg.Connection[Any] | None = None
        try:
            with self.reading() as session:
                session.check(kid, _WHERE)
        except (ConfigError, LedgerError):
            self.close()
            raise

    @classmethod
    def create(cls, url: str, *, kid: str) -> None:
        """Begin a ledger.

        Raises:
            ConfigError: There is one already.
            LedgerError: The server does not answer.
        """
        driver = _psycopg()
        try:
            with driver.connect(url, connect_timeout=10) as db, db.cursor() as cursor:
                cursor.execute("SET search_path = guard_ledger")
                cursor.execute("CREATE SCHEMA guard_ledger")
                for statement in SCHEMA:
                    cursor.execute(statement.format(**_COLUMNS).encode())
                _session(cursor).start(kid)
        except driver.Error as error:
            if error.sqlstate in {"42P06", "23505"}:
                raise ConfigError(
                    f"{_WHERE} holds one already", remedy="keep it: its counts bind you"
                ) from None
            raise _failed(error) from None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look.

        Raises:
            LedgerError: It cannot be read.
        """
        with self._transaction("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY") as db:
            yield _session(db)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: durable when the block ends, nothing when it fails.

        Raises:
            LedgerError: It cannot be written.
        """
        with self._transaction("SET LOCAL synchronous_commit = on") as db:
            yield _session(db, lock=" FOR UPDATE")

    def check(self) -> None:
        """PostgreSQL looks for damage itself (``pg_amcheck``); here only that it answers.

        Raises:
            LedgerError: It does not.
        """
        with self.reading() as session:
            session.check(None, _WHERE)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    @contextmanager
    def _transaction(self, first: str) -> Iterator[psycopg.Cursor[Any]]:
        with self._lock:
            try:
                db = self._connected()
                with db.transaction(), db.cursor() as cursor:
                    cursor.execute(first.encode())
                    yield cursor
            except self._driver.Error as error:
                # The next transfer asks a fresh connection; this one is refused.
                if self._db is not None and (self._db.closed or self._db.broken):
                    self._drop()
                if error.sqlstate == "42P01":
                    raise ConfigError(
                        f"{_WHERE} holds no ledger, and without it every count would begin at zero",
                        remedy="restore it, or begin one with `guard ledger init`",
                    ) from None
                raise _failed(error) from None

    def _connected(self) -> psycopg.Connection[Any]:
        if self._db is None:
            wait_ms = max(1, round(self._wait_s * 1000))
            self._db = self._driver.connect(
                self._url,
                autocommit=True,
                connect_timeout=max(2, round(self._wait_s)),  # libpq's least
                options=f"-c search_path={_SCHEMA} -c lock_timeout={wait_ms}"
                f" -c statement_timeout={4 * wait_ms}"
                f" -c idle_in_transaction_session_timeout={4 * wait_ms}",
            )
        return self._db

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None


def _psycopg() -> Any:
    try:
        import psycopg  # noqa: PLC0415  (an extra: only who shares a ledger needs it)
    except ImportError:
        raise ConfigError(
            "a ledger in PostgreSQL needs psycopg",
            remedy="pip install 'sovereign-guard[postgres]'",
        ) from None
    return psycopg


def _session(cursor: psycopg.Cursor[Any], *, lock: str = "") -> Session:
    def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor.execute(statement.replace("?", "%s").encode(), values)
        return cursor.fetchall() if cursor.description else []

    def many(statement: str, values: Sequence[Sequence[Any]]) -> None:
        cursor.executemany(statement.replace("?", "%s").encode(), values)

    return Session(rows, many, lock=lock)


def _failed(error: Any) -> LedgerError:
    """What an error of the server means for the caller; its text is not shown."""
    what = f"{type(error).__name__} {error.sqlstate or ''}".strip()
    if error.sqlstate in _BUSY:
        return LedgerBusy(
            f"{_WHERE} is held by another process ({what})", remedy="try again, or wait longer"
        )
    if error.sqlstate in _FULL:
        return LedgerFull(
            f"the count could not be written ({what})", remedy="make room on the database's disk"
        )
    if error.sqlstate in _CORRUPT:
        return LedgerCorrupt(f"{_WHERE} is damaged ({what})", remedy="restore it from a copy")
    return LedgerError(f"{_WHERE} failed ({what})", remedy="see that it runs and lets us in")
