"""The ledger in one SQLite file: the default, for one or several processes of one host.

WAL with ``synchronous=FULL``: what `writing` returned from survives a crash of process and machine.
A writer that finds another waits; then the transfer is refused.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from guard.errors import ConfigError
from guard.ledger.errors import LedgerBusy, LedgerCorrupt, LedgerError, LedgerFull
from guard.ledger.session import SCHEMA, Session

_APPLICATION = 0x67_6C_64_67  # "gldg": marks the file as a ledger for file(1) and for us
_COLUMNS = {"serial": "INTEGER PRIMARY KEY", "blob": "BLOB", "compact": " WITHOUT ROWID"}


class SqliteStore:
    """A ledger's file. Safe to use from several threads and processes.

    Args:
        path: The file; it must be there (`create` makes one).
        kid: The key it should have been made with; None to look without a key.
        wait_s: Seconds to wait for another process.

    Raises:
        ConfigError: There is no ledger there, or one of another key or format.
        LedgerError: It cannot be read now.
    """

    def __init__(self, path: Path, *, kid: str | None, wait_s: float = 5.0) -> None:
        if not path.is_file():
            raise ConfigError(
                f"{path}: no ledger there, and without it every count would begin at zero",
                remedy="restore it, or begin one with `guard ledger init`",
            )
        self._path, self._lock = path, threading.Lock()
        self._db = _connected(path, wait_s)
        try:
            with self.reading() as session:
                session.check(kid, str(path))
        except (ConfigError, LedgerError):
            self._db.close()
            raise

    @classmethod
    def create(cls, path: Path, *, kid: str) -> None:
        """Begin a ledger.

        Raises:
            ConfigError: There is one already, or the file cannot be made.
        """
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise ConfigError(
                f"{path}: there is a ledger already", remedy="keep it: its counts bind you"
            ) from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be made ({error.strerror})") from None
        try:
            db = sqlite3.connect(path, isolation_level=None)
            try:
                _begun(db, kid)
            finally:
                db.close()
        except sqlite3.Error as error:
            path.unlink()
            raise _failed(path, error) from None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look.

        Raises:
            LedgerError: It cannot be read.
        """
        with self._transaction("BEGIN") as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: durable when the block ends, nothing when it fails.

        Raises:
            LedgerError: It cannot be written.
        """
        with self._transaction("BEGIN IMMEDIATE") as session:
            yield session

    def check(self) -> None:
        """Look at every page for damage.

        Raises:
            LedgerCorrupt: There is some.
        """
        with self._lock, self._guarded():
            if self._db.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise _corrupt(self._path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Session]:
        with self._lock, self._guarded():
            try:
                self._db.execute(begin)
                yield _session(self._db)
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _failed(self._path, error) from None


def _connected(path: Path, wait_s: float) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=wait_s,
            check_same_thread=False,
            isolation_level=None,
        )
        try:
            if db.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
                raise ConfigError(f"{path}: not a ledger", remedy="name the ledger's own file")
            db.execute("PRAGMA synchronous=FULL")
        except (sqlite3.Error, ConfigError):
            db.close()
            raise
    except sqlite3.Error as error:
        raise _failed(path, error) from None
    return db


def _begun(db: sqlite3.Connection, kid: str) -> None:
    if db.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
        raise ConfigError("the ledger's file system cannot share memory", remedy="use a local disk")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("BEGIN IMMEDIATE")
    db.execute(f"PRAGMA application_id={_APPLICATION}")
    for statement in SCHEMA:
        db.execute(statement.format(**_COLUMNS))
    _session(db).start(kid)
    db.execute("COMMIT")


def _session(db: sqlite3.Connection) -> Session:
    def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return db.execute(statement, values).fetchall()

    def many(statement: str, values: Sequence[Sequence[Any]]) -> None:
        db.executemany(statement, values)

    return Session(rows, many)


def _failed(path: Path, error: sqlite3.Error) -> LedgerError:
    """What an error of SQLite means for the caller; its text is not shown."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extension of the code
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LedgerBusy(
                f"{path}: another process holds the ledger",
                remedy="try again; let several hosts or busy processes share a PostgreSQL",
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return LedgerFull(
                f"{path}: the count could not be written ({_name(error)})",
                remedy="make room on the ledger's disk",
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _corrupt(path)
        case _:
            return LedgerError(
                f"{path}: the ledger failed ({_name(error)})", remedy="look at its file and mode"
            )


def _corrupt(path: Path) -> LedgerCorrupt:
    return LedgerCorrupt(f"{path}: the ledger is damaged", remedy="restore it from a copy")


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
