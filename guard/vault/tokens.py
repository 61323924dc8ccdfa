"""What a token looks like, and where a text holds some.

A token is ``KIND_`` and twelve characters of Crockford's base 32: 60 bits of a keyed digest of the
value under the conversation's own key, so that turn *n* gives a value the token of turn one, and
nobody else's token fits. Its letters are ones that JSON, HTML and URLs never escape.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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


def candidates(texts: Iterable[str], most: int) -> set[str] | None:
    """All that may be a token of some conversation, by its looks.

    Args:
        texts: The texts.
        most: How many there may be, each as often as it occurs.

    Returns:
        None if there are more: then ask `among` which of a conversation's own tokens occur.
    """
    found: list[str] = []
    for text in texts:
        for some in _lookalikes(text):
            found += some
            if len(found) > most:
                return None
    return set(found)


def any_in(text: str) -> bool:
    """Whether a text holds anything that may be a token."""
    return candidates((text,), 0) is None


def among(texts: Iterable[str], own: Collection[str]) -> set[str]:
    """Those of a conversation's own tokens that may occur in some texts, however long these are."""
    by_body = _by_body(own)
    found: set[str] = set()
    for text in texts:
        for body in _BODY.finditer(text):
            found.update(by_body.get(body[1], ()))
        found.update(
            one for start, end in surrogates.spans(text) if (one := text[start:end]) in own
        )
    return found


def places(text: str, held: Collection[str]) -> Iterator[Place]:
    """Where a text holds tokens, in order and without overlap, whatever they touch.

    Args:
        text: The text.
        held: The tokens of the conversation among its candidates.
    """
    if not held:
        return
    done = 0
    for place in sorted((*_tokens(text, held), *_surrogates(text, held))):
        if place.start >= done:
            yield place
            done = place.end


def _tokens(text: str, held: Collection[str]) -> Iterator[Place]:
    done, by_body = 0, _by_body(held)
    for body in _BODY.finditer(text):
        if body[1] not in by_body:
            continue
        known = next((t for t in _spellings(text, done, body) if t in held), None)
        if known is not None:
            done = body.end(1)
            yield Place(done - len(known), done, known)


def _surrogates(text: str, held: Collection[str]) -> Iterator[Place]:
    for start, end in surrogates.spans(text):
        if text[start:end] in held:
            yield Place(start, end, text[start:end])


def _lookalikes(text: str) -> Iterator[Sequence[str]]:
    for body in _BODY.finditer(text):
        yield _spellings(text, 0, body)
    for start, end in surrogates.spans(text):
        yield (text[start:end],)


def _by_body(tokens: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in tokens:
        found.setdefault(one[-12:], []).append(one)
    return found


def _spellings(text: str, start: int, body: re.Match[str]) -> list[str]:
    """What may be a token that ends with `body`, by where its label may begin, longest first."""
    begin = body.start()
    found: list[str] = []
    while begin > max(start, body.start() - _LONGEST) and text[begin - 1] in _LABEL:
        begin -= 1
        found.append(text[begin : body.end(1)])
    return found[::-1]
