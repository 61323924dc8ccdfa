"""The vault in one SQLite file: the default, for one or several processes of one host.

WAL with ``synchronous=FULL``: what was handed out survives a crash, and who reads waits for nobody.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from guard.errors import ConfigError, ObligationError
from guard.vault.sql import SCHEMA, SqlStore, Statements
from guard.vault.store import failed

_COLUMNS = {"blob": "BLOB", "text": "TEXT", "compact": " WITHOUT ROWID"}


class SqliteStore(SqlStore):
    """A vault's file. Safe to use from several threads and processes.

    Args:
        path: The file, made if there is none, or ``":memory:"``.
        wait_s: Seconds to wait for another process's transaction.

    Raises:
        ConfigError: If the file cannot be opened as a vault.
        ObligationError: If another process keeps it.
    """

    def __init__(self, path: Path | str, *, wait_s: float) -> None:
        self._lock, self._wait_s = threading.Lock(), wait_s
        try:
            self._db = sqlite3.connect(
                path, check_same_thread=False, timeout=wait_s, isolation_level=None
            )
        except sqlite3.Error as error:
            raise ConfigError(f"{path}: not a vault ({_name(error)})") from None
        try:
            _begun(self._db)
        except sqlite3.Error as error:
            self._db.close()
            if _busy(error):
                raise _failed(error) from None
            raise ConfigError(f"{path}: not a vault ({_name(error)})") from None

    def forget(self, name: bytes) -> None:
        """Destroy a conversation."""
        super().forget(name)
        self._emptied()

    def purge(self, now: datetime) -> int:
        """Destroy what expired before `now`; returns the number of conversations."""
        gone = super().purge(now)
        self._emptied()
        return gone

    def leave(self, name: bytes) -> None:
        """Destroy a session."""
        super().leave(name)
        self._emptied()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _reading(self) -> Iterator[Statements]:
        with self._guarded():
            yield _statements(self._db)

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[Statements]:
        # One file is the log of all transactions, so who syncs it for one has synced those before.
        with self._guarded():
            if not durable:
                self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield _statements(self._db)
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if not durable:
                    self._db.execute("PRAGMA synchronous=FULL")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """One thread at a time, and no thread for ever behind others that wait for the file."""
        if not self._lock.acquire(timeout=self._wait_s):
            raise failed("other threads wait for the file", "see which process keeps it")
        try:
            yield
        except sqlite3.Error as error:
            raise _failed(error) from None
        finally:
            self._lock.release()

    def _emptied(self) -> None:
        """Empty the write-ahead log, where what was destroyed stands still."""
        with self._reading() as run:
            run.rows("PRAGMA wal_checkpoint(TRUNCATE)", ())


def _begun(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten: a forgotten conversation's key is not to be found.
    db.execute("PRAGMA secure_delete=ON")
    try:
        db.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if not _busy(error):
            raise
        # Another process begins the file now; what it makes of it holds for us too.
    db.execute("PRAGMA synchronous=FULL")
    there = "SELECT 1 FROM sqlite_master WHERE name='session_expires'"
    if db.execute(there).fetchone() is None:
        db.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA:
            db.execute(statement.format(**_COLUMNS))
        db.execute("COMMIT")


def _statements(db: sqlite3.Connection) -> Statements:
    def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return db.execute(statement, values).fetchall()

    def many(statement: str, values: Sequence[Sequence[Any]]) -> None:
        db.executemany(statement, values)

    return Statements(rows, many)


def _failed(error: sqlite3.Error) -> ObligationError:
    return failed(_name(error), "try again; look at the vault's file, its mode and its disk")


def _busy(error: sqlite3.Error) -> bool:
    # Without the extension of the code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
