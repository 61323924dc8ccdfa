"""The vault: pseudonyms by conversation, sealed, and the only way back.

Values are sealed under the conversation's key, which is itself sealed under the vault's key
(envelope encryption): deleting one row makes a whole conversation unreadable. Restoring replaces
only tokens that this conversation's vault holds; look-alikes stay as they are.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from guard.errors import ObligationError
from guard.vault.conversation import Conversation, Shelf
from guard.vault.seal import KEY_BYTES, Seal, read_key
from guard.vault.sessions import Sessions
from guard.vault.store import opened
from guard.vault.tokens import any_in, places

WAIT_S = 10.0
"""How long to wait for a server, or for another process's transaction."""
_SLACK = 100  # an end is put off when a hundredth of the time is over, not at every turn


class Vault:
    """Sealed pseudonyms in a store. Safe to use from several threads and processes.

    Args:
        path: The database file, ``":memory:"``, or the URL of a Redis or PostgreSQL.
        key: 32 bytes that seal the conversations' keys.
        ttl: How long after its last use a conversation can be restored; up to a hundredth less.
        clock: The time, in UTC.
        preserve: Whether stand-ins keep the format of their value where there is one to keep.
        wait_s: Seconds to wait for a server or another process.

    Raises:
        ConfigError: If it cannot be opened as a vault.
        ObligationError: If another process keeps it, or the server does not answer.
    """

    def __init__(
        self,
        path: Path | str,
        key: bytes,
        *,
        ttl: timedelta,
        clock: Callable[[], datetime],
        preserve: bool = False,
        wait_s: float = WAIT_S,
    ) -> None:
        self._seal = Seal(key)
        self._ttl, self._clock, self._preserve = ttl, clock, preserve
        self._store = opened(path, wait_s=wait_s)
        self.sessions = Sessions(self._store, self._seal, ttl=ttl, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path | str,
        key_file: Path,
        *,
        ttl: timedelta,
        clock: Callable[[], datetime],
        preserve: bool = False,
        wait_s: float = WAIT_S,
    ) -> Vault:
        """Open the vault at `path` with the hexadecimal key in `key_file`.

        Raises:
            ConfigError: If the key is missing, malformed or readable by others.
            ObligationError: If another process keeps it, or the server does not answer.
        """
        key = read_key(key_file)
        return cls(path, key, ttl=ttl, clock=clock, preserve=preserve, wait_s=wait_s)

    @contextmanager
    def conversation(self, conversation: str) -> Iterator[Conversation]:
        """The tokens of a conversation, begun if there is none of that name.

        What it handed out is written in one transaction when the block ends; if the block fails,
        nothing is.

        Raises:
            ObligationError: If the vault cannot be read or written.
        """
        name = self._seal.name("conversation", conversation)
        sealed = self._begun(name)
        shelf = Shelf(self._store, name, self._seal.keys.opened(sealed, name))
        tokens = Conversation(shelf, preserve=self._preserve)
        yield tokens
        self._keep(shelf, sealed, tokens.fresh)

    def restore(self, text: str, conversation: str) -> str:
        """`text` with this conversation's tokens, whatever they touch, turned back into values.

        Raises:
            ObligationError: If the conversation is unknown or expired, or the vault unreadable.
        """
        shelf = self._shelf(conversation)
        if shelf is None:
            raise ObligationError("no such conversation in the vault, or it has expired")
        parts: list[str] = []
        done = 0
        for start, end, token in shelf.places(text):
            parts += (text[done:start], shelf.value(token))
            done = end
        return "".join((*parts, text[done:]))

    def live(self, conversation: str, texts: Iterable[str]) -> dict[str, str]:
        """The tokens of a conversation that occur in some texts, with their values.

        Args:
            conversation: The conversation.
            texts: The texts; all are looked up at once.

        Returns:
            Values by token; none if the conversation is unknown or has expired, for then nothing
            can be turned back.

        Raises:
            ObligationError: If the vault is unreadable.
        """
        looked = [text for text in texts if any_in(text)]
        shelf = self._shelf(conversation) if looked else None
        if shelf is None:
            return {}
        held = shelf.held_in(looked)
        there = {place.token for text in looked for place in places(text, held)}
        return {token: shelf.value(token) for token in sorted(there)}

    def forget(self, conversation: str) -> None:
        """Destroy a conversation's key and values; its tokens stay tokens for ever.

        Raises:
            ObligationError: If the vault cannot be written.
        """
        self._store.forget(self._seal.name("conversation", conversation))

    def purge(self) -> int:
        """Destroy what has expired; returns the number of conversations.

        Raises:
            ObligationError: If the vault cannot be written.
        """
        return self._store.purge(self._clock())

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _begun(self, name: bytes) -> bytes:
        """The sealed key of a conversation, made anew when there is none."""
        now = self._clock()
        until = now + self._ttl
        kept = self._store.key(name)
        if kept is not None and kept.expires >= max(now, until - self._ttl / _SLACK):
            return kept.sealed
        fresh = self._seal.keys.sealed(secrets.token_bytes(KEY_BYTES), name)
        return self._store.begin(name, fresh, now, until)

    def _shelf(self, conversation: str) -> Shelf | None:
        name = self._seal.name("conversation", conversation)
        kept = self._store.key(name)
        if kept is None or kept.expires < self._clock():
            return None
        return Shelf(self._store, name, self._seal.keys.opened(kept.sealed, name))

    def _keep(self, shelf: Shelf, sealed: bytes, fresh: dict[str, str]) -> None:
        """Write what was handed out, where it is not there yet.

        What is there was there a moment ago or is put there by another process now; either way it
        must stand for the same value.
        """
        held = self._store.values(shelf.name, fresh)
        rows = {
            token: shelf.sealed(token, value) for token, value in fresh.items() if token not in held
        }
        if rows:
            kept, others = self._store.put(shelf.name, sealed, rows)
            if kept != sealed:
                raise ObligationError(
                    "the conversation was forgotten meanwhile", remedy="try again"
                )
            held.update(others)
        if any(shelf.opened(token, there) != fresh[token] for token, there in held.items()):
            raise ObligationError("two values have one token", remedy="try again")
