"""Streamed messages (Anthropic API reference, "Streaming messages").

A block begins with ``content_block_start``, whose text may already be part of it, goes on in deltas
and ends with ``content_block_stop``. Thinking is signed and goes back to the provider in the next
turn, so its tokens stay tokens. The offsets of a citation count the characters of the document that
was sent, not of the answer, and stay as they are.
"""

from __future__ import annotations

from typing import Any

from guard.stream.events import JsonEvents, Kind, Lane, Slot, Step, lanes_below, whole_texts

_DELTAS = {
    "text_delta": "text",
    "input_json_delta": "partial_json",
    "thinking_delta": "thinking",
    "compaction_delta": "content",
}
_KINDS = {"partial_json": Kind.JSON, "thinking": Kind.SIGNED}


class MessageEvents(JsonEvents):
    """Events of a message."""

    def read(self, document: Any, event: str | None) -> Step:
        """What the event does."""
        step = Step()
        kind = document.get("type") or event
        block = (document.get("index"),)
        if kind == "content_block_delta":
            _delta(document.get("delta"), block, step)
        elif kind == "content_block_start":
            _start(document.get("content_block"), block, step)
        elif kind == "content_block_stop":
            step.closes.append(block)
        elif kind == "message_stop":
            step.closes.append(())
            step.last = True
        elif kind != "ping":
            whole_texts(document, step)
            if kind == "error":
                step.last = True
                step.closes.append(())
        return step

    def carrier(self, document: Any, lane: Lane) -> Any:
        """A delta of the block."""
        if document.get("type") == "content_block_delta":
            return document
        (name,) = lane[1:]
        kind = next((kind for kind, member in _DELTAS.items() if member == name), "text_delta")
        return {
            "type": "content_block_delta",
            "index": lane[0],
            "delta": {"type": kind, str(name): ""},
        }

    def slot(self, document: Any, lane: Lane, slot: Slot) -> Slot:
        """The member of the delta that carries the lane's text."""
        if slot.holder is document.get("delta"):
            return slot
        return Slot(document["delta"], str(lane[1]), lane, slot.kind)


def _start(block: Any, lane: Lane, step: Step) -> None:
    """What the block begins with: its own text goes on in deltas, all else is whole."""
    for name in ("text", "thinking"):
        if block.get("type") == name and block.get(name):
            kind = _KINDS.get(name, Kind.TEXT)
            step.slots.append(Slot(block, name, (*lane, name), kind))
    rest: list[Slot] = []
    inner = Step()
    whole_texts(block, inner)
    own = {(id(slot.holder), slot.key) for slot in step.slots}
    rest += (slot for slot in inner.slots if (id(slot.holder), slot.key) not in own)
    step.slots += rest


def _delta(delta: Any, lane: Lane, step: Step) -> None:
    kind = delta.get("type")
    name = _DELTAS.get(kind)
    if name is not None:
        if type(delta.get(name)) is str:
            step.slots.append(Slot(delta, name, (*lane, name), _KINDS.get(name, Kind.TEXT)))
    elif kind == "citations_delta":
        whole_texts(delta, step)
    elif kind != "signature_delta":
        lanes_below(delta, lane, step)
