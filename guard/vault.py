"""The vault: pseudonyms by conversation, and the only way back (GDPR Art. 4(5)).

A token is ``KIND_`` and twelve characters of Crockford's base 32: a keyed digest of the value under
the conversation's own key, so that turn *n* gives a value the token of turn one, and nobody else's
token fits. Values are sealed with AES-256-GCM under the conversation's key, which is itself sealed
under the vault's key (envelope encryption): deleting one row makes a whole conversation unreadable.
Restoring replaces only tokens that this conversation's vault holds; look-alikes stay as they are.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guard.errors import ConfigError, ObligationError

T = TypeVar("T")
Place = tuple[int, int, bytes]
"""Start and end of a token in a text, and its sealed value."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY = re.compile(rf"_(?=([{_ALPHABET}]{{12}}))")
_LABEL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_LONGEST = 40  # characters of a label; the longest in use has eleven
_EXPIRED = "DELETE FROM conversation WHERE expires<?"
_BUSY_S = 10.0
"""How long to wait for another process's transaction."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
  id BLOB PRIMARY KEY, sealed_key BLOB NOT NULL, expires TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pseudonym (
  conversation BLOB NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  token TEXT NOT NULL, sealed_value BLOB NOT NULL, PRIMARY KEY (conversation, token)) WITHOUT ROWID;
"""


def new_key(path: Path) -> None:
    """Write a fresh 256-bit vault key, readable by its owner alone.

    Raises:
        ConfigError: If the file exists or cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigError(f"{path}: exists already", remedy="keep it, or move it away") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


class Conversation:
    """From label and value to the token of one conversation.

    Args:
        key: The conversation's key.
        stored: Where a text holds tokens that are in the vault.
    """

    def __init__(self, key: bytes, stored: Callable[[str], Iterator[Place]]) -> None:
        self._key, self._stored = key, stored
        self.fresh: dict[str, str] = {}

    def __call__(self, label: str, value: str) -> str:
        """The token that stands for `value`.

        Raises:
            ObligationError: If two values would get one token.
        """
        token = _token(self._key, label, value)
        if self.fresh.setdefault(token, value) != value:
            raise ObligationError("the vault found no free token")
        return token

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where `text` holds tokens that earlier turns were given.

        Raises:
            ObligationError: If the vault cannot be read.
        """
        return tuple((start, end) for start, end, _ in self._stored(text))


class Vault:
    """A SQLite file of sealed pseudonyms. Safe to use from several threads and processes.

    Args:
        path: The database file, or ``":memory:"``.
        key: 32 bytes that seal the conversations' keys.
        ttl: How long after its last use a conversation can be restored.
        clock: The time, in UTC.

    Raises:
        ConfigError: If the file cannot be opened as a vault.
        ObligationError: If another process keeps it.
    """

    def __init__(
        self, path: Path | str, key: bytes, *, ttl: timedelta, clock: Callable[[], datetime]
    ) -> None:
        if len(key) != 32:
            raise ConfigError("a vault key is 32 bytes", remedy="make one with `guard init`")
        self._seal = AESGCM(key)
        self._name_key = hmac.digest(key, b"guard/vault/conversation", "sha256")
        self._ttl, self._clock, self._lock = ttl, clock, threading.Lock()
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, timeout=_BUSY_S)
            self._db.executescript("PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;" + _SCHEMA)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
                raise _failed(error) from None
            raise ConfigError(f"{path}: not a vault ({type(error).__name__})") from None

    @classmethod
    def open(
        cls, path: Path, key_file: Path, *, ttl: timedelta, clock: Callable[[], datetime]
    ) -> Vault:
        """Open the vault at `path` with the hexadecimal key in `key_file`.

        Raises:
            ConfigError: If the key is missing, malformed or readable by others.
        """
        try:
            text = key_file.read_text("ascii").strip()
            exposed = key_file.stat().st_mode & 0o077
        except (OSError, UnicodeDecodeError):
            message = f"{key_file}: cannot be read as a vault key"
            raise ConfigError(message, remedy="run `guard init`") from None
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise ConfigError(f"{key_file}: not a vault key", remedy="run `guard init`")
        if exposed:
            raise ConfigError(f"{key_file}: readable by others", remedy=f"chmod 600 {key_file}")
        return cls(path, bytes.fromhex(text), ttl=ttl, clock=clock)

    @contextmanager
    def conversation(self, conversation: str) -> Iterator[Conversation]:
        """The tokens of a conversation, begun if there is none of that name.

        What it handed out is written in one transaction when the block ends; if the block fails,
        nothing is.

        Raises:
            ObligationError: If the vault cannot be read or written.
        """
        name = self._name(conversation)
        key = self._guarded(lambda: self._key(name, create=True))
        tokens = Conversation(key, partial(self._tokens, name))
        yield tokens
        self._guarded(lambda: self._store(name, key, tokens.fresh))

    def restore(self, text: str, conversation: str) -> str:
        """`text` with this conversation's tokens, whatever they touch, turned back into values.

        Raises:
            ObligationError: If the conversation is unknown or expired, or the vault unreadable.
        """
        name = self._name(conversation)
        key = self._guarded(lambda: self._key(name, create=False))

        parts: list[str] = []
        done = 0
        for start, end, sealed in self._tokens(name, text):
            parts += (text[done:start], self._guarded(partial(_open, key, sealed, text[start:end])))
            done = end
        return "".join((*parts, text[done:]))

    def forget(self, conversation: str) -> None:
        """Destroy a conversation's key and values; its tokens stay tokens for ever.

        Raises:
            ObligationError: If the vault cannot be written.
        """
        self._guarded(
            partial(self._delete, "DELETE FROM conversation WHERE id=?", self._name(conversation))
        )

    def purge(self) -> int:
        """Destroy what has expired; returns the number of conversations.

        Raises:
            ObligationError: If the vault cannot be written.
        """
        return self._guarded(partial(self._delete, _EXPIRED, self._clock().isoformat()))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _delete(self, statement: str, value: bytes | str) -> int:
        with self._lock, self._db:
            return self._db.execute(statement, (value,)).rowcount

    def _tokens(self, name: bytes, text: str) -> Iterator[Place]:
        """Where tokens of the conversation stand, each with its sealed value."""
        done = 0
        for body in _BODY.finditer(text):
            known = self._guarded(partial(self._known, name, _spellings(text, done, body)))
            if known is not None:
                token, sealed = known
                done = body.end(1)
                yield done - len(token), done, sealed

    def _known(self, name: bytes, tokens: Sequence[str]) -> tuple[str, bytes] | None:
        """The first of `tokens` that the conversation holds, with its sealed value."""
        with self._lock:
            for token in tokens:
                row = self._db.execute(
                    "SELECT sealed_value FROM pseudonym WHERE conversation=? AND token=?",
                    (name, token),
                ).fetchone()
                if row is not None:
                    return token, row[0]
        return None

    def _name(self, conversation: str) -> bytes:
        return hmac.digest(self._name_key, conversation.encode("utf-8", "surrogatepass"), "sha256")

    def _key(self, name: bytes, *, create: bool) -> bytes:
        """The conversation's key, made anew when there is none and `create` allows it."""
        now = self._clock()
        with self._lock, self._db:
            self._db.execute(_EXPIRED, (now.isoformat(),))
            if create:
                nonce = secrets.token_bytes(12)
                sealed = nonce + self._seal.encrypt(nonce, secrets.token_bytes(32), name)
                self._db.execute(
                    "INSERT INTO conversation VALUES (?,?,?)"
                    " ON CONFLICT(id) DO UPDATE SET expires=excluded.expires",
                    (name, sealed, (now + self._ttl).isoformat()),
                )
            row = self._db.execute(
                "SELECT sealed_key FROM conversation WHERE id=?", (name,)
            ).fetchone()
        if row is None:
            raise ObligationError("no such conversation in the vault, or it has expired")
        return self._opened(row[0], name)

    def _opened(self, sealed: bytes, name: bytes) -> bytes:
        return self._seal.decrypt(sealed[:12], sealed[12:], name)

    def _store(self, name: bytes, key: bytes, fresh: dict[str, str]) -> None:
        rows = []
        for token, value in fresh.items():
            nonce = secrets.token_bytes(12)
            plain = value.encode("utf-8", "surrogatepass")
            sealed = nonce + AESGCM(key).encrypt(nonce, plain, token.encode())
            rows.append((name, token, sealed))
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            row = self._db.execute(
                "SELECT sealed_key FROM conversation WHERE id=?", (name,)
            ).fetchone()
            if row is None or self._opened(row[0], name) != key:
                raise ObligationError("the conversation was forgotten meanwhile")
            self._db.executemany("INSERT OR IGNORE INTO pseudonym VALUES (?,?,?)", rows)

    @staticmethod
    def _guarded(step: Callable[[], T]) -> T:
        try:
            return step()
        except InvalidTag:
            raise ObligationError("the vault's key does not open it") from None
        except sqlite3.Error as error:
            raise _failed(error) from None


def _failed(error: sqlite3.Error) -> ObligationError:
    return ObligationError(f"the vault failed ({type(error).__name__})")


def _spellings(text: str, start: int, body: re.Match[str]) -> list[str]:
    """What may be a token that ends with `body`, by where its label may begin, longest first."""
    begin = body.start()
    tokens: list[str] = []
    while begin > max(start, body.start() - _LONGEST) and text[begin - 1] in _LABEL:
        begin -= 1
        tokens.append(text[begin : body.end(1)])
    return tokens[::-1]


def _token(key: bytes, label: str, value: str) -> str:
    material = f"{label}\0{value}".encode("utf-8", "surrogatepass")
    bits = int.from_bytes(hmac.digest(key, material, "sha256")[:8], "big")
    return f"{label}_" + "".join(_ALPHABET[bits >> 5 * i & 31] for i in range(12))


def _open(key: bytes, sealed: bytes, token: str) -> str:
    plain = AESGCM(key).decrypt(sealed[:12], sealed[12:], token.encode())
    return plain.decode("utf-8", "surrogatepass")
