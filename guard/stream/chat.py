"""Streamed chat completions and legacy completions, as everyone compatible sends them.

OpenAI API reference, "Chat Completions: streaming" and "Completions (legacy)"; Azure the same.

``logprobs`` and ``token_ids`` repeat the text as tokens, so they become null. Annotations count the
characters of the content: once the content is not what the model wrote, they are left out.
"""

from __future__ import annotations

from typing import Any

from guard.stream.events import JsonEvents, Kind, Lane, Slot, Step, lanes_below, whole_texts

_TOP = frozenset(
    {
        "choices", "created", "id", "model", "obfuscation", "object", "prompt_filter_results",
        "provider", "service_tier", "system_fingerprint", "usage", "timings", "x_groq",
    }
)  # fmt: skip
_CHOICE = frozenset(
    {
        "content_filter_offsets", "content_filter_results", "delta", "finish_reason", "index",
        "logprobs", "native_finish_reason", "stop_reason", "text", "token_ids",
    }
)  # fmt: skip
_REPEATS = ("logprobs", "token_ids")


class ChatEvents(JsonEvents):
    """Chunks of a chat completion or of a legacy completion."""

    def read(self, document: Any, event: str | None) -> Step:  # noqa: ARG002 - chunks have no type
        """What the chunk does."""
        step = Step()
        if not document.keys() <= _TOP:
            extra = {name: document[name] for name in document.keys() - _TOP}
            _others(document, extra, step)
        for choice in document.get("choices") or ():
            lane = (choice.get("index", 0),)
            step.opens.append(lane)
            for name in _REPEATS:
                if choice.get(name) is not None:
                    choice[name] = None
                    step.changed = True
            if type(choice.get("text")) is str:
                step.slots.append(Slot(choice, "text", (*lane, "text")))
            if delta := choice.get("delta"):
                _delta(delta, lane, step)
            if not choice.keys() <= _CHOICE:
                extra = {name: choice[name] for name in choice.keys() - _CHOICE}
                _others(choice, extra, step)
            if choice.get("finish_reason"):
                step.closes.append(lane)
        return step

    def carrier(self, document: Any, lane: Lane) -> Any:
        """A chunk of one choice, without what comes once in a message: role, ids, names."""
        document.pop("usage", None)
        choices = [c for c in document["choices"] if c.get("index", 0) == lane[0]]
        for choice in choices:
            delta = choice.get("delta") or {}
            for name in ("role", "annotations"):
                delta.pop(name, None)
            calls = delta.get("tool_calls") or ()
            for call in calls:
                for name in ("id", "type"):
                    call.pop(name, None)
            for function in (*(c.get("function") for c in calls), delta.get("function_call")):
                if function:
                    function.pop("name", None)
        document["choices"] = choices
        return document


def _others(holder: Any, extra: dict[str, Any], step: Step) -> None:
    """Members that are in no table: whole texts."""
    for name, value in extra.items():
        if isinstance(value, str):
            step.slots.append(Slot(holder, name))
        elif isinstance(value, dict | list):
            whole_texts(value, step)


def _delta(delta: dict[str, Any], lane: Lane, step: Step) -> None:
    for name, value in delta.items():
        if type(value) is str:
            if name != "role":
                step.slots.append(Slot(delta, name, (*lane, name)))
        elif not value:
            continue
        elif name == "tool_calls":
            for position, call in enumerate(value):
                _call(call, (*lane, name, call.get("index", position)), step)
        elif name == "function_call":
            _call({"function": value}, (*lane, name), step)
        elif name == "annotations":
            step.slots.append(Slot(delta, name, (*lane, "content"), Kind.OFFSETS))
        elif isinstance(value, dict | list):
            lanes_below(value, (*lane, name), step)


def _call(call: dict[str, Any], lane: Lane, step: Step) -> None:
    function, custom = call.get("function") or {}, call.get("custom") or {}
    if type(function.get("arguments")) is str:
        step.slots.append(Slot(function, "arguments", lane, Kind.JSON))
    if type(custom.get("input")) is str:
        step.slots.append(Slot(custom, "input", (*lane, "custom")))
