"""Which laws a session has met: set-valued, and sticky until the session ends.

Data of a jurisdiction that entered a session stay in it, through tool results, retrieval and
sub-agents, whether or not anybody finds them again. So what was met once is met until the session
expires or is left. Whatever several threads, processes and hosts add at once, nothing is lost:
rows are added, none is rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from guard.errors import InputError
from guard.types import Tag
from guard.vault.seal import Seal
from guard.vault.store import Met, Store

_SLACK = 100  # an end is put off when a hundredth of the time is over, not at every request


class Sessions:
    """What sessions met, sealed in the vault's store. Safe to use from several threads.

    Args:
        store: The store.
        seal: What it is sealed by.
        ttl: How long after its last use a session is remembered, at least.
        clock: The time, in UTC.
    """

    def __init__(
        self, store: Store, seal: Seal, *, ttl: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._seal, self._ttl, self._clock = store, seal, ttl, clock

    def met(self, session: str) -> frozenset[Tag]:
        """All that a session has met; nothing if it is not known or has expired.

        Args:
            session: The caller's name for it.

        Raises:
            InputError: The name is blank: all who name nothing would be one session.
            ObligationError: The store does not answer, or holds what the key does not open.
        """
        name = self._name(session)
        return frozenset(self._tags(name, self._alive(name, self._clock())).values())

    def meet(self, session: str, tags: Iterable[Tag]) -> frozenset[Tag]:
        """Add what a session meets, begin it if it is new, and put off its end.

        When this returns the tags are there for whoever asks. Call it for every request of a
        session, also with no tags: what is in use does not expire.

        Args:
            session: The caller's name for it.
            tags: The instruments that apply, with the facts that trigger them.

        Returns:
            All that the session has met, these included.

        Raises:
            InputError: The name is blank.
            ObligationError: The store does not answer, or holds what the key does not open.
        """
        name, now = self._name(session), self._clock()
        alive = self._alive(name, now)
        before = self._tags(name, alive)
        fresh = {id_: tag for tag in set(tags) if (id_ := self._id(name, tag)) not in before}
        if fresh or (alive is not None and alive.expires < now + self._ttl):
            rows = {id_: self._sealed(name, id_, tag) for id_, tag in fresh.items()}
            self._store.meet(name, rows, now, now + self._ttl + self._ttl / _SLACK)
        return frozenset((*before.values(), *fresh.values()))

    def leave(self, session: str) -> None:
        """Forget what a session met, because it is over.

        Raises:
            InputError: The name is blank.
            ObligationError: The store does not answer.
        """
        self._store.leave(self._name(session))

    def _name(self, session: str) -> bytes:
        if not session.strip():
            raise InputError("a blank id of a session", remedy="leave it out")
        return self._seal.name("session", session)

    def _alive(self, name: bytes, now: datetime) -> Met | None:
        kept = self._store.met(name)
        return kept if kept is not None and kept.expires >= now else None

    def _tags(self, name: bytes, kept: Met | None) -> dict[bytes, Tag]:
        if kept is None:
            return {}
        return {
            id_: Tag.model_validate_json(self._seal.tags.opened(sealed, name + id_))
            for id_, sealed in kept.rows.items()
        }

    def _sealed(self, name: bytes, id_: bytes, tag: Tag) -> bytes:
        return self._seal.tags.sealed(tag.model_dump_json().encode(), name + id_)

    def _id(self, name: bytes, tag: Tag) -> bytes:
        """What a tag is called in the store: equal tags of one session have one name."""
        return self._seal.tag(name, tag.model_dump_json().encode())
