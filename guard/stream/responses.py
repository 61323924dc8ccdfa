"""Streamed responses (OpenAI API reference, "Responses: streaming events").

``*.delta`` carries a lane, ``*.done`` repeats it whole; content parts, output items and the final
response repeat it again. Repeats are treated as whole texts, which gives what the deltas gave.
Events count themselves: where one is put in or left out, all that follow count on from there.
"""

from __future__ import annotations

from typing import Any

from guard.stream.events import JsonEvents, Kind, Lane, Slot, Step, lanes_below, whole_texts

_JSON = frozenset({"response.function_call_arguments", "response.mcp_call_arguments"})
_BINARY = frozenset({"response.audio", "response.output_audio"})
_PARTS = frozenset({"response.content_part", "response.reasoning_summary_part"})
_LAST = frozenset({"response.completed", "response.incomplete", "response.failed", "error"})
_ECHOED = frozenset(
    {
        "input", "instructions", "metadata", "prompt", "prompt_cache_key", "reasoning",
        "safety_identifier", "text", "tool_choice", "tools", "user",
    }
)  # fmt: skip
_SCALAR = frozenset({"type", "sequence_number", "item_id", "obfuscation", "response_id"})


class ResponseEvents(JsonEvents):
    """Events of a response."""

    numbered = True

    def read(self, document: Any, event: str | None) -> Step:
        """What the event does."""
        step = Step()
        kind = document.get("type") or event or ""
        stem, _, suffix = kind.rpartition(".")
        if document.get("logprobs"):
            document["logprobs"] = []
            step.changed = True
        if suffix == "delta":
            self._delta(document, stem, step)
            return step
        if kind == "response.output_text.annotation.added":
            step.unless = (*_place(document), "response.output_text")
        _without_logprobs(document.get("part"), step)
        item = document.get("item")
        _without_logprobs(item, step)
        response = document.get("response")
        if isinstance(response, dict):
            _response(response, step)
        for name, value in document.items():
            if name == "response" and isinstance(value, dict):
                continue
            if isinstance(value, dict | list):
                whole_texts(value, step)
            elif isinstance(value, str) and value and name not in _SCALAR:
                mode = Kind.JSON if stem in _JSON and name == "arguments" else Kind.TEXT
                if stem not in _BINARY:
                    step.slots.append(Slot(document, name, None, mode))
        self._ends(document, kind, stem, suffix, step)
        return step

    def _delta(self, document: Any, stem: str, step: Step) -> None:
        delta = document.get("delta")
        lane = (*_place(document), stem)
        if isinstance(delta, dict | list):
            lanes_below(delta, lane, step)
        elif isinstance(delta, str) and stem not in _BINARY:
            mode = Kind.JSON if stem in _JSON else Kind.TEXT
            step.slots.append(Slot(document, "delta", lane, mode))

    def _ends(self, document: Any, kind: str, stem: str, suffix: str, step: Step) -> None:
        if kind in _LAST:
            step.closes.append(())
            step.last = True
        elif kind == "response.output_item.done":
            step.closes.append((document.get("output_index"),))
        elif suffix == "done":
            step.closes.append(_place(document) if stem in _PARTS else (*_place(document), stem))


def _place(document: Any) -> Lane:
    """The output item, then the part or summary in it."""
    part = document.get("content_index", document.get("summary_index"))
    return (document.get("output_index"), part)


def _without_logprobs(value: Any, step: Step) -> None:
    """Empties ``logprobs`` in a content part, or in the parts of an item."""
    if not isinstance(value, dict):
        return
    if value.get("logprobs"):
        value["logprobs"] = []
        step.changed = True
    for part in value.get("content") or ():
        _without_logprobs(part, step)


def _response(response: dict[str, Any], step: Step) -> None:
    """The answer's items are the model's; what repeats the request is the caller's."""
    for name, value in response.items():
        if name in _ECHOED:
            if isinstance(value, str):
                step.slots.append(Slot(response, name, None, Kind.ECHO))
            elif isinstance(value, dict | list):
                whole_texts(value, step, Kind.ECHO)
        elif isinstance(value, dict | list):
            if name == "output":
                for item in value:
                    _without_logprobs(item, step)
            whole_texts(value, step)
