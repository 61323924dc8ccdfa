"""Entries that name a decision: an answer, and a decision that follows another for one request.

A decision is durable before anything is released, so in a whole log it stands before whatever
names it. What names one comes soon after it as a rule, so the newest decisions are kept in memory;
for what names an older one the log is read once more, for many of them at a time. So memory stays
bounded however long the log is, and nothing is taken on trust.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guard.errors import VerificationError
from guard.log import record
from guard.log.answered import AnswerRecord
from guard.log.decided import DecisionRecord
from guard.log.schema import AnyRecord

_KEPT = 1 << 18
_OLD = 1 << 16
_ID = re.compile(rb'"id":"([0-9a-f-]{36})"')

Entries = Callable[[int], Iterator[tuple[int, bytes]]]
"""Gives the entries before an index, each with its own, from the first on."""


class Links:
    """What was decided, and who names it.

    Args:
        entries: Reads the log again.
        kept: Half of how many of the newest decisions are kept in memory, 100 bytes each.
        old: For how many that name an older one the log is read once more.

    Attributes:
        count: Entries so far that name a decision.
    """

    def __init__(self, entries: Entries, *, kept: int = _KEPT, old: int = _OLD) -> None:
        self.count = 0
        self._entries, self._kept, self._old = entries, kept, old
        self._new: set[bytes] = set()
        self._newest: set[bytes] = set()
        self._sought: dict[bytes, int] = {}  # not among the newest: index of who names it first

    def follow(self, index: int, item: AnyRecord) -> None:
        """Take in the entry at `index`.

        Raises:
            VerificationError: If an entry names a decision that is not before it.
        """
        if isinstance(item, AnswerRecord):
            self._named(index, item.decision)
        elif isinstance(item, DecisionRecord):
            if item.follows is not None:
                self._named(index, item.follows)
            self._keep(item.id)

    def close(self) -> None:
        """Look for what names a decision that is not among the newest.

        Raises:
            VerificationError: If an entry names a decision that is not before it.
        """
        if not self._sought:
            return
        for index, entry in self._entries(max(self._sought.values())):
            for found in _ID.findall(entry):
                if index < self._sought.get(_packed(found.decode()), 0):
                    item = record.parse(entry)
                    if isinstance(item, DecisionRecord):
                        self._sought.pop(_packed(item.id), None)
            if not self._sought:
                return
        first = min(self._sought.values())
        raise VerificationError(f"entry {first}: the decision that it names is not before it")

    def _named(self, index: int, name: str) -> None:
        self.count += 1
        key = _packed(name)
        if key in self._newest or key in self._new:
            return
        self._sought.setdefault(key, index)
        if len(self._sought) >= self._old:
            self.close()

    def _keep(self, name: str) -> None:
        self._newest.add(_packed(name))
        if len(self._newest) >= self._kept:
            self._new, self._newest = self._newest, set()


def _packed(name: str) -> bytes:
    """A UUID in 16 bytes."""
    return bytes.fromhex(name.replace("-", ""))
