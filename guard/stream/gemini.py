"""Streamed answers of Gemini (Google AI and Vertex AI, ``streamGenerateContent?alt=sse``).

Each event is a whole response with the next parts of each candidate; a function call comes in one
piece. Citations and grounding count the bytes of the text: once that is not what the model wrote,
they are left out. ``logprobsResult`` repeats the text as tokens and is taken out.
"""

from __future__ import annotations

from typing import Any

from guard.stream.events import JsonEvents, Kind, Lane, Slot, Step, whole_texts

_OFFSETS = ("citationMetadata", "groundingMetadata")
_HEAD = frozenset({"usageMetadata", "modelVersion", "responseId", "createTime", "candidates"})
_PARTS = frozenset({"content", "finishReason", "index", "logprobsResult", "avgLogprobs"})


class GeminiEvents(JsonEvents):
    """Events of ``streamGenerateContent``."""

    def read(self, document: Any, event: str | None) -> Step:  # noqa: ARG002 - they have no type
        """What the event does."""
        step = Step()
        extra = {name: document[name] for name in document.keys() - _HEAD}
        whole_texts(extra, step)
        for candidate in document.get("candidates") or ():
            lane = (candidate.get("index", 0),)
            step.opens.append(lane)
            if candidate.pop("logprobsResult", None) is not None:
                step.changed = True
            for part in (candidate.get("content") or {}).get("parts") or ():
                _part(part, lane, step)
            for name in candidate.keys() - _PARTS:
                if name in _OFFSETS:
                    step.slots.append(Slot(candidate, name, (*lane, "text"), Kind.OFFSETS))
                value = candidate[name]
                if isinstance(value, str):
                    step.slots.append(Slot(candidate, name))
                elif isinstance(value, dict | list):
                    whole_texts(value, step)
            if candidate.get("finishReason"):
                step.closes.append(lane)
        return step

    def carrier(self, document: Any, lane: Lane) -> Any:
        """A response with the one part that carries the lane."""
        (candidate,) = [c for c in document["candidates"] if c.get("index", 0) == lane[0]]
        part: dict[str, Any] = {"text": ""}
        if lane[1] == "thought":
            part["thought"] = True
        content = {"role": "model", "parts": [part]}
        kept = {name: document[name] for name in ("modelVersion", "responseId") if name in document}
        index = {"index": candidate["index"]} if "index" in candidate else {}
        return {"candidates": [{"content": content, **index}], **kept}

    def slot(self, document: Any, lane: Lane, slot: Slot) -> Slot:
        """The text of that part."""
        part = document["candidates"][0]["content"]["parts"][0]
        return Slot(part, "text", lane, slot.kind)


def _part(part: dict[str, Any], lane: Lane, step: Step) -> None:
    inner = Step()
    whole_texts(part, inner)
    for slot in inner.slots:
        if slot.holder is part and slot.key == "text":
            slot.lane = (*lane, "thought" if part.get("thought") else "text")
    step.slots += inner.slots
