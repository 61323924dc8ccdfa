"""What of a message crosses the border between a client and a server.

Either side is shown what the decision about it allows: whoever gets pseudonyms gets those of one
conversation, so what one side says in pseudonyms is real here, and is decided anew for the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from guard.dialects import Walked
from guard.doors.circumstances import Circumstances
from guard.doors.refusal import undecided
from guard.errors import GuardError
from guard.payload import Content
from guard.stream.restore import restored

if TYPE_CHECKING:
    from guard.gate.gate import Gate

Walk = Callable[[Any], Walked]
"""Takes a part of a message apart: see `guard.dialects.mcp`."""


class Crossing:
    """Decides about the messages of one session.

    May be used from several threads.

    Args:
        guard: Who decides.
        circumstances: What holds for every message. Without a conversation or a session in it they
            are this object's own, which nobody can name.
    """

    def __init__(self, guard: Gate, circumstances: Circumstances | None = None) -> None:
        how, own = circumstances or Circumstances(), secrets.token_hex(16)
        named = how.conversation or f"mcp/{own}"
        self._guard = guard
        self._how = replace(how, conversation=named, session=how.session or named)

    def crossed(self, walk: Walk, document: Any, to: str, *, bare: bool = False) -> Any:
        """What may go of a part that one side has sent to the other.

        Args:
            walk: Takes it apart.
            document: Plain JSON; it is not changed.
            to: Id of the destination that the other side is.
            bare: It is of the protocol itself (`guard.dialects.mcp.BARE`), so that there is nothing
                to decide about where it holds neither text nor what nobody can scan.

        Raises:
            Refused: If it may not go, or nobody can tell.
            InputError: If it is not what it claims to be.
        """
        if not document:
            return document
        walked = self._read(walk, document)
        real = self._real(walked)
        walked = walked if real is document else self._read(walk, real)
        return self._decided(walked, to, bare=bare)

    def arrived(self, walk: Walk, document: Any) -> Any:
        """A part that one side has sent, with the pseudonyms that it was shown turned back.

        Raises:
            InputError: If it is not what it claims to be.
            Undecided: If the vault gives no answer.
        """
        return self._real(self._read(walk, document)) if document else document

    def released(self, walk: Walk, document: Any, to: str, *, bare: bool = False) -> Any:
        """What may go of a part that is real, which is decided and written down (see `crossed`).

        Raises:
            Refused: If it may not go, or nobody can tell.
            InputError: If it is not what it claims to be.
        """
        if not document:
            return document
        return self._decided(self._read(walk, document), to, bare=bare)

    def _real(self, walked: Walked) -> Any:
        texts = {segment.pointer: segment.text for segment in walked.segments}
        try:
            values = self._guard.vault.live(self._how.conversation, texts.values())
            return walked.rebuilt(restored(texts, values)) if values else walked.document
        except GuardError as error:
            self._guard.unread(error)
            raise

    def _decided(self, walked: Walked, to: str, *, bare: bool) -> Any:
        if bare and not walked.segments and not walked.opaque:
            return walked.rebuilt({}, copies=False)

        def rebuilt(texts: Mapping[str, str]) -> Any:
            return walked.rebuilt(texts, copies=False)

        kinds = tuple(sorted({one.kind for one in walked.opaque}))
        content = Content(walked.segments, rebuilt, kinds)
        return self._guard.decide(content, to=to, **self._how.stated()).payload

    def unread(self, error: GuardError) -> None:
        """Write down that a message could not be read."""
        self._guard.unread(error)

    def _read(self, walk: Walk, document: Any) -> Walked:
        """A part taken apart; what cannot be is written down and refused."""
        try:
            return walk(document)
        except GuardError as error:
            self._guard.unread(error)
            raise
        except Exception as error:  # noqa: BLE001 - a door: a bug is no answer, and no answer is a no
            refused = undecided(error)
            self._guard.unread(refused)
            raise refused from None
