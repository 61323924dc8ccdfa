"""What a token looks like, and where a text holds some.

A token is ``KIND_`` and twelve characters of Crockford's base 32: 60 bits of a keyed digest of the
value under the conversation's own key, so that turn *n* gives a value the token of turn one, and
nobody else's token fits. Its letters are ones that JSON, HTML and URLs never escape.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from guard.vault import surrogates

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY = re.compile(rf"_(?=([{_ALPHABET}]{{12}}))")
_LABEL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_LONGEST = 40  # characters of a label; the longest in use has fifteen


class Place(NamedTuple):
    """A token in a text.

    Args:
        start: Its first character.
        end: The character after its last.
        token: What stands there.
    """

    start: int
    end: int
    token: str


def token(key: bytes, label: str, value: str) -> str:
    """The token of a value under a conversation's key."""
    material = f"{label}\0{value}".encode("utf-8", "surrogatepass")
    bits = int.from_bytes(hmac.digest(key, material, "sha256")[:8], "big")
    return f"{label}_" + "".join(_ALPHABET[bits >> 5 * i & 31] for i in range(12))


def candidates(text: str) -> set[str]:
    """All that may be a token of some conversation, by its looks."""
    found = {token for body in _BODY.finditer(text) for token in _spellings(text, 0, body)}
    found.update(text[start:end] for start, end in surrogates.spans(text))
    return found


def places(text: str, held: Collection[str]) -> Iterator[Place]:
    """Where a text holds tokens, in order and without overlap, whatever they touch.

    Args:
        text: The text.
        held: The tokens of the conversation among `candidates(text)`.
    """
    if not held:
        return
    done = 0
    for place in sorted((*_tokens(text, held), *_surrogates(text, held))):
        if place.start >= done:
            yield place
            done = place.end


def _tokens(text: str, held: Collection[str]) -> Iterator[Place]:
    done = 0
    for body in _BODY.finditer(text):
        known = next((t for t in _spellings(text, done, body) if t in held), None)
        if known is not None:
            done = body.end(1)
            yield Place(done - len(known), done, known)


def _surrogates(text: str, held: Collection[str]) -> Iterator[Place]:
    for start, end in surrogates.spans(text):
        if text[start:end] in held:
            yield Place(start, end, text[start:end])


def _spellings(text: str, start: int, body: re.Match[str]) -> list[str]:
    """What may be a token that ends with `body`, by where its label may begin, longest first."""
    begin = body.start()
    found: list[str] = []
    while begin > max(start, body.start() - _LONGEST) and text[begin - 1] in _LABEL:
        begin -= 1
        found.append(text[begin : body.end(1)])
    return found[::-1]
