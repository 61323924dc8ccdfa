"""A payload as segments with JSON pointers (RFC 6901), and back again.

Strings are segments; so are integers of seven digits and more (identifiers and card numbers are
often kept as numbers) and object keys that are not plain names. A key's segment has the pointer of
its member with ``#`` behind it, as in Relative JSON Pointer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guard.errors import InputError
from guard.types import Segment

_PLAIN_KEY = re.compile(r"(?!(?:\D*\d){7})[A-Za-z_$][A-Za-z0-9_$-]{0,39}")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_DEPTH = 64
_IDENTIFIER = 10**6


def segments(payload: Any) -> tuple[Segment, ...]:
    """Every string of `payload`, in document order.

    Args:
        payload: A string, or a JSON document of dicts, lists, strings, numbers, booleans and None.

    Raises:
        InputError: If it is anything else, or nested deeper than 64 levels: what cannot be walked
            cannot be scanned, and is refused rather than forwarded.
    """
    return tuple(_walk(payload, "", (), 0))


def rebuild(payload: Any, rewritten: Sequence[Segment]) -> Any:
    """`payload` with the texts of `rewritten` in their places; untouched parts stay as they are."""
    texts = {s.pointer: s.text for s in rewritten}
    return _replace(payload, "", texts)


def _walk(value: Any, pointer: str, context: tuple[str, ...], depth: int) -> Iterator[Segment]:
    if depth > _DEPTH:
        raise InputError(f"nested deeper than {_DEPTH} levels", remedy="send a flatter document")
    if isinstance(value, str):
        yield Segment(pointer, value, context)
    elif isinstance(value, bool) or value is None or isinstance(value, float):
        return
    elif isinstance(value, int):
        if abs(value) >= _IDENTIFIER:
            yield Segment(pointer, str(value), context)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise InputError("a JSON object's keys are strings")
            inner = f"{pointer}/{_escape(key)}"
            if not _PLAIN_KEY.fullmatch(key):
                yield Segment(inner + "#", key, context)
            yield from _walk(item, inner, _words(key), depth + 1)
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            yield from _walk(item, f"{pointer}/{position}", context, depth + 1)
    else:
        raise InputError(f"{type(value).__name__} cannot be scanned", remedy="send JSON or text")


def _replace(value: Any, pointer: str, texts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return texts[pointer]
    if isinstance(value, int) and not isinstance(value, bool) and pointer in texts:
        return value if texts[pointer] == str(value) else texts[pointer]
    if isinstance(value, Mapping):
        return {
            texts.get(f"{pointer}/{_escape(k)}#", k): _replace(v, f"{pointer}/{_escape(k)}", texts)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [_replace(item, f"{pointer}/{i}", texts) for i, item in enumerate(value)]
    return value


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _words(key: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORDS.findall(key))
