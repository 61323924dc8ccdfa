"""The live tokens of an answer, and where a text holds them.

A token is any string. Of tokens that overlap, the one that begins first stands; of those that begin
together, the longest; what stands in a token's place is not looked at again. Letters and digits on
either side do not matter, because models glue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache

from guard.errors import ObligationError

Places = list[tuple[int, int]]
"""Starts and ends of tokens, in order and disjoint."""

_LONG = 1024
"""Code points beyond which looking for each token is faster than looking at each candidate."""


@lru_cache(maxsize=256)
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile("[" + "".join(f"\\U{ord(one):08x}" for one in characters) + "]")


class Tokens:
    """Live tokens and the values that they stand for.

    Args:
        values: Value by token.

    Raises:
        ObligationError: If a token is empty.
    """

    __slots__ = ("_candidates", "_lengths", "_reach", "_sorted", "values")

    def __init__(self, values: Mapping[str, str]) -> None:
        if "" in values:
            raise ObligationError("a live token is empty")
        self.values = dict(values)
        self._sorted = sorted(self.values)
        self._lengths = sorted({len(token) for token in self.values}, reverse=True)
        self._reach = self._lengths[0] - 1 if self._lengths else 0
        firsts = "".join(sorted({token[0] for token in self.values}))
        self._candidates = _any_of(firsts) if firsts else None

    def __repr__(self) -> str:
        return f"Tokens({len(self.values)})"

    def __bool__(self) -> bool:
        return bool(self.values)

    def scan(self, text: str, *, final: bool = False) -> tuple[Places, int]:
        """Where the tokens are, and from where on more text could still make one.

        Args:
            text: The text, from the end of the previous answer on.
            final: Nothing will follow.

        Returns:
            The tokens' places, all before the offset that comes with them. Behind that offset
            stands the longest suffix that is a proper prefix of a live token.
        """
        end = len(text)
        found: Places = []
        if self._candidates is None:
            return found, end
        done = 0
        values, lengths = self.values, self._lengths
        for start in self._starts(text):
            if start < done:
                continue
            if not final and end - start <= self._reach and self._begins(text[start:]):
                return found, start
            for length in lengths:
                if start + length <= end and text[start : start + length] in values:
                    done = start + length
                    found.append((start, done))
                    break
        return found, end

    def _starts(self, text: str) -> Iterable[int]:
        """Where a token may start, in order: everywhere that one does, and perhaps elsewhere."""
        assert self._candidates is not None  # noqa: S101 - for the type checker; `scan` asked
        if len(text) <= _LONG:
            return [match.start() for match in self._candidates.finditer(text)]
        starts = set(range(max(0, len(text) - self._reach), len(text)))
        for token in self._sorted:
            at = text.find(token)
            while at >= 0:
                starts.add(at)
                at = text.find(token, at + 1)
        return sorted(starts)

    def _begins(self, text: str) -> bool:
        """Whether `text` is a proper prefix of a token."""
        at = bisect_right(self._sorted, text)
        return at < len(self._sorted) and self._sorted[at].startswith(text)
