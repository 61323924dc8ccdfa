"""What was found in texts that were seen before: the next turn of a conversation scans what is new.

A client sends all earlier turns again with each turn. Detection gives the same answer for the same
text, so the answer is kept: under a keyed digest (BLAKE2b, RFC 7693 section 2.9) whose key is drawn
in each process and never leaves it. Neither text nor place in a payload is kept, and offsets tell
nothing without the text.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guard.detect.script import Measured
    from guard.detect.spans import Candidate
    from guard.types import Segment

MOST = 65_536
"""Findings that are kept, each text counted as one more: some 20 MB."""
IDLE_S = 1800.0
"""Seconds after which a text that nobody submitted again is forgotten."""
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan of one text said, without the text.

    Args:
        candidates: What was found.
        scripts: The scripts beside Latin that it holds.
    """

    candidates: tuple[Candidate, ...]
    scripts: Measured


class Memory:
    """The scans of texts that were seen lately. May be used from several threads.

    Args:
        revision: Of the detectors whose answers are kept.
        most: Findings and texts that are kept, counted together.
        idle_s: Seconds after which a text that was not seen again is forgotten.
    """

    def __init__(self, revision: str, *, most: int = MOST, idle_s: float = IDLE_S) -> None:
        self._keyed = blake2b(
            revision.encode("utf-8"), digest_size=_DIGEST, key=secrets.token_bytes(32)
        )
        self._most, self._idle_s = most, idle_s
        self._lock = threading.Lock()
        self._held = 0
        self._scans: OrderedDict[bytes, tuple[float, Scanned]] = OrderedDict()

    def key(self, text: str, context: Sequence[str], language: str) -> bytes:
        """The keyed digest of all on which an answer depends.

        Args:
            text: A text.
            context: Words that stand around it.
            language: The language whose model read it, or ``""`` if none did.
        """
        found = self._keyed.copy()
        for part in (language, *context, text):
            raw = part.encode("utf-8", "surrogatepass")
            found.update(len(raw).to_bytes(8, "big"))
            found.update(raw)
        # How many parts there are, so that none can be taken for another.
        found.update(len(context).to_bytes(8, "big"))
        return found.digest()

    def recall(self, keys: Sequence[bytes], now: float) -> dict[bytes, Scanned]:
        """What is known of `keys`.

        Args:
            keys: As `key` gives them.
            now: The time, in seconds of a clock that only goes forward.
        """
        found: dict[bytes, Scanned] = {}
        with self._lock:
            self._forget(now)
            for key in keys:
                held = self._scans.get(key)
                if held is not None:
                    found[key] = held[1]
                    self._scans[key] = (now, held[1])
                    self._scans.move_to_end(key)
        return found

    def keep(self, key: bytes, scanned: Scanned, now: float) -> None:
        """Remember a scan; what is larger than all that may be kept is not.

        Args:
            key: As `key` gives it.
            scanned: A whole scan: one that failed or ran out of time is never kept.
            now: As for `recall`.
        """
        weight = _weight(scanned)
        if weight > self._most:
            return
        with self._lock:
            known = self._scans.pop(key, None)
            if known is not None:
                self._held -= _weight(known[1])
            self._scans[key] = (now, scanned)
            self._held += weight
            while self._held > self._most:
                self._drop()

    def _forget(self, now: float) -> None:
        """Drop what nobody asked for in the time; the oldest come first."""
        while self._scans:
            at, _ = next(iter(self._scans.values()))
            if now - at <= self._idle_s:
                return
            self._drop()

    def _drop(self) -> None:
        _, (_, scanned) = self._scans.popitem(last=False)
        self._held -= _weight(scanned)

    def __len__(self) -> int:
        """How many texts are remembered."""
        return len(self._scans)


def _weight(scanned: Scanned) -> int:
    return 1 + len(scanned.candidates)


class Scans:
    """The scans of one call: of each distinct text one, those that are remembered among them.

    Args:
        memory: Of earlier calls, or None.
        language: The language whose model reads the texts, or ``""`` if none does.
        payloads: What is scanned.
        now: As for `Memory.recall`.
    """

    def __init__(
        self,
        memory: Memory | None,
        language: str,
        payloads: Sequence[Sequence[Segment]],
        now: float,
    ) -> None:
        self._memory, self._now = memory, now
        self._keys: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._scans: dict[tuple[str, tuple[str, ...]], Scanned] = {}
        if memory is None:
            return
        self._keys = {
            (s.text, s.context): memory.key(s.text, s.context, language)
            for payload in payloads
            for s in payload
        }
        known = memory.recall(list(self._keys.values()), now)
        self._scans = {one: known[key] for one, key in self._keys.items() if key in known}

    def get(self, segment: Segment) -> Scanned | None:
        """The scan of a segment's text, if it was made."""
        return self._scans.get((segment.text, segment.context))

    def keep(self, segment: Segment, scanned: Scanned) -> None:
        """Take a scan that was made; one that failed never comes here."""
        one = (segment.text, segment.context)
        self._scans[one] = scanned
        if self._memory is not None:
            self._memory.keep(self._keys[one], scanned, self._now)

    def unknown(self, payloads: Sequence[Sequence[Segment]]) -> list[str]:
        """The distinct texts that were not scanned yet, in order."""
        texts = (s.text for payload in payloads for s in payload if s.text and not self.get(s))
        return list(dict.fromkeys(texts))
