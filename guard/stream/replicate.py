"""Streamed predictions (Replicate, "Streaming output"): events whose data are the text itself.

    event: output
    data: Once upon a time

``done`` ends the stream. Server-sent events know one line end, so CR and CR LF in a restored value
go out as LF.
"""

from __future__ import annotations

import re
from typing import Any

from guard.stream.events import JsonEvents, Slot, Step

_LINE_END = re.compile(r"\r\n?")


class PredictionEvents(JsonEvents):
    """Events of a prediction."""

    self_delimiting = False

    def parse(self, data: bytes) -> Any:
        """The text, in a document of its own."""
        return {"text": data.decode("utf-8", "replace")}

    def read(self, document: Any, event: str | None) -> Step:
        """What the event does."""
        step = Step()
        if event == "output":
            step.slots.append(Slot(document, "text", ("output",)))
        elif event in {"done", "error"}:
            step.closes.append(())
            step.last = True
        if event != "output" and document["text"] not in {"", "{}"}:
            step.slots.append(Slot(document, "text"))
        return step

    def write(self, document: Any) -> bytes:
        """The text, its lines ended by LF."""
        text: str = _LINE_END.sub("\n", document["text"])
        return text.encode("utf-8", "replace")
