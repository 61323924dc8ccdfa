"""A body taken apart, and put together again with other texts in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from guard.errors import ObligationError
from guard.types import Segment

_LEAF = object()  # the key, in a tree of edits, under which a leaf's new value stands


@dataclass(frozen=True, slots=True)
class Opaque:
    """Content that nobody here can scan.

    Args:
        pointer: Where it stands; places as in `Walked.segments`.
        kind: ``image``, ``audio``, ``video``, ``file``, ``token_ids``, ``encrypted``,
            ``remote_url`` (the provider would fetch it), ``unknown_field`` or ``unknown_type``.
    """

    pointer: str
    kind: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A member that repeats another text in pieces, or counts characters in it.

    Log-probabilities hold the text token by token, annotations hold offsets into it: neither can
    be rewritten with the text, so both are emptied when it changes.

    Args:
        pointer: The member.
        of: The place whose text it repeats, or below which that text stands.
        empty: What stands there when it is dropped: ``None`` or an empty list.
    """

    pointer: str
    of: str
    empty: tuple[()] | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """A body taken apart: its text, what nobody can scan, and what decides about the destination.

    Args:
        document: The body. It belongs to this object: whoever changes it breaks the pointers.
        segments: Every text leaf, in document order. Pointers are RFC 6901; JSON inside a string
            continues after ``~j``; names that may be data stand at ``~k<n>`` and what they name
            below ``~v<n>``, as in `guard.payload`.
        opaque: What cannot be scanned.
        model: The model that the body names, ``""`` if none.
        streamed: Whether the body asks for a streamed answer.
        fields: Scalars of the body that may decide the destination, or say where an answer was
            made: ``inference_geo``, ``service_tier``, ``region``.
        state: Names of fields that refer to state at the provider, each once.
        fixed: Places whose text must not change: it is signed, or decides about the destination.
        copies: What repeats a text of the body.
    """

    document: Any = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    opaque: tuple[Opaque, ...]
    model: str = field(default="", repr=False)
    streamed: bool = False
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    state: tuple[str, ...] = ()
    fixed: frozenset[str] = frozenset()
    copies: tuple[Copy, ...] = ()

    def rebuilt(self, texts: Mapping[str, str], *, copies: bool = True) -> Any:
        """The document with other texts in their places.

        Containers without a change are shared with `document`; JSON inside a string is encoded
        again only if a text within it changed.

        Args:
            texts: Text by pointer of a segment; places that are not named stay as they are.
            copies: Keep what repeats an unchanged text. If not, every copy is dropped.

        Raises:
            ObligationError: If a text is fixed, a pointer is none of a segment's, two members of an
                object would get one name, or the document is nested too deeply.
        """
        changed = self._changed(texts)
        dropped = [
            copy for copy in self.copies if not copies or any(_within(p, copy.of) for p in changed)
        ]
        if not changed and not dropped:
            return self.document
        edits: dict[Any, Any] = {}
        for pointer, text in changed.items():
            _node(edits, pointer)[_LEAF] = text
        for copy in dropped:
            _node(edits, copy.pointer)[_LEAF] = None if copy.empty is None else list(copy.empty)
        try:
            return _edited(self.document, edits)
        except RecursionError:
            pass  # raised below, where it does not drag the frames and their texts along
        raise ObligationError("nested too deeply to be rewritten")

    def _changed(self, texts: Mapping[str, str]) -> dict[str, str]:
        if not texts:
            return {}
        before = {segment.pointer: segment.text for segment in self.segments}
        if not before.keys() >= texts.keys():
            raise ObligationError("a text is meant for a place that has none")
        changed = {pointer: text for pointer, text in texts.items() if before[pointer] != text}
        if not self.fixed.isdisjoint(changed):
            raise ObligationError("a text that is signed or names the destination cannot change")
        return changed


def _within(pointer: str, above: str) -> bool:
    return pointer.startswith(above) and pointer[len(above) : len(above) + 1] in {"", "/", "~"}


def _node(edits: dict[Any, Any], pointer: str) -> dict[Any, Any]:
    """The node of a place in the tree of edits; ``~j`` is a step of its own."""
    for token in pointer.replace("~j", "/~j").split("/")[1:]:
        edits = edits.setdefault(token, {})
    return edits


def _edited(value: Any, edits: dict[Any, Any]) -> Any:
    if _LEAF in edits:
        return edits[_LEAF]
    if isinstance(value, list):
        items = list(value)
        for token, below in edits.items():
            items[int(token)] = _edited(items[int(token)], below)
        return items
    if isinstance(value, dict):
        return _members(value, edits)
    try:
        return orjson.dumps(_edited(orjson.loads(value), edits["~j"])).decode()
    except orjson.JSONEncodeError:
        pass
    raise ObligationError("a text cannot be written as JSON")


def _members(value: dict[str, Any], edits: dict[Any, Any]) -> dict[str, Any]:
    members = dict(value)
    names = list(value)
    renamed: dict[str, str] = {}
    for token, below in edits.items():
        if token.startswith("~k"):
            renamed[names[int(token[2:])]] = below[_LEAF]
            continue
        name = names[int(token[2:])] if token.startswith("~v") else token
        members[name] = _edited(members[name], below)
    if not renamed:
        return members
    after = {renamed.get(name, name): item for name, item in members.items()}
    if len(after) != len(members):
        raise ObligationError("two members would get one name")
    return after
