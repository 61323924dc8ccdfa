"""Bytes in text: base64 and ``data:`` URLs (RFC 4648, RFC 2397)."""

from __future__ import annotations

import re

_SHORT = 64  # characters; the smallest real image or signature is longer, so less is read as text
_HEAD = re.compile(
    r"data:([a-z]+)/[A-Za-z0-9.+-]{1,100}(?:;[A-Za-z0-9-]{1,40}=[A-Za-z0-9._-]{1,40}){0,4};base64,"
)
_KINDS = frozenset({"image", "audio", "video"})
_ALPHABETS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n"


def is_bytes(text: str) -> bool:
    """Whether `text` is spelled like base64, in either alphabet, and too long to be words.

    Only its letters are looked at: a tenth of what decoding would cost, and what is noted either
    way is that nobody can read it.
    """
    if len(text) < _SHORT or not text.isascii():
        return False
    return not text.encode().translate(None, _ALPHABETS)


def kind_of(url: str) -> str:
    """What a ``data:`` URL holds: ``image``, ``audio``, ``video``, ``file``; ``""`` if it is none.

    Only base64 counts; percent-encoded data are text.
    """
    head = _HEAD.match(url[:512])
    if head is None or not is_bytes(url[head.end() :]):
        return ""
    return head[1] if head[1] in _KINDS else "file"
