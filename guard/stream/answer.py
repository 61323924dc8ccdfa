"""One streamed answer: the provider's bytes in, the caller's bytes out.

What goes out does not depend on how the transport cut what came in, byte for byte; and each text in
it is what one look at the whole text would have made, however it was spread over events. An event
that needs no change goes out as the bytes that it was. With no live token and no screening nothing
is even parsed. Where new data are looked for, comments, ids and names of events that hold some are
left out, and lines that no reader reads.

What is held back at the end of a lane goes out in an event of its own before the event that ends
the lane. A stream that is cut never gets there, and so releases no part of what it held.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from guard.errors import ConfigError, InputError
from guard.stream.chat import ChatEvents
from guard.stream.events import Kind, Lane, Reader, Step
from guard.stream.gemini import GeminiEvents
from guard.stream.lanes import Lanes
from guard.stream.messages import MessageEvents
from guard.stream.passage import Passages, once
from guard.stream.replicate import PredictionEvents
from guard.stream.responses import ResponseEvents
from guard.stream.screen import Screening
from guard.stream.sse import LIMIT, Frame, Frames

_OFFSETS = Kind.OFFSETS
_FIELDS = frozenset({b"", b"event", b"id", b"retry"})
"""Lines of a frame beside its data; the standard has readers ignore all others."""
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "anthropic.messages": MessageEvents(),
        "gemini.generate": GeminiEvents(),
        "openai.chat": ChatEvents(),
        "openai.completions": ChatEvents(),
        "openai.responses": ResponseEvents(),
        "replicate.predictions": PredictionEvents(),
    }
)
"""The reader of each dialect's streamed events."""


class Answer:
    """One streamed answer.

    Args:
        reader: The dialect's events; None to pass everything untouched.
        passages: The treatment of its texts.
        structured: The request asked for JSON as the answer's text.
        limit: Bytes that one event may have.

    Attributes:
        truncated: After `close`: the stream ended before the answer did. False when nothing is
            read.
        counts: What was restored and taken out so far.
    """

    def __init__(
        self, reader: Reader | None, passages: Passages, *, structured: bool, limit: int
    ) -> None:
        self._reader, self._passages = reader, passages
        self._screened = passages.screened
        self.counts = passages.counts
        self._frames = Frames(limit=limit)
        self._lanes = Lanes(reader, passages, structured=structured) if reader else None
        self._open: set[Lane] = set()
        self._ended: set[Lane] = set()
        self._begun = self._last = False
        self.truncated = False

    @classmethod
    def of(
        cls,
        dialect: str,
        values: Mapping[str, str],
        screening: Screening | None = None,
        *,
        structured: bool = False,
        limit: int = LIMIT,
    ) -> Answer:
        """The answer to a request of `dialect`.

        Args:
            dialect: A name in `READERS`.
            values: Value by live token.
            screening: How new personal data are found; None to let them pass.
            structured: The request asked for JSON as the answer's text.
            limit: Bytes that one event may have.

        Raises:
            ConfigError: If the dialect has no streamed events.
            ObligationError: If a token is empty.
        """
        if dialect not in READERS:
            raise ConfigError(f"no streamed events are known of {dialect}")
        reader = READERS[dialect] if values or screening is not None else None
        return cls(reader, Passages(values, screening), structured=structured, limit=limit)

    def feed(self, data: bytes) -> bytes:
        """What can go out now that `data` has come.

        Raises:
            InputError: If an event is longer than the limit, or is to be screened and cannot be
                read.
            DetectionError: If the detector answers nonsense; and whatever else it raises.
        """
        if self._reader is None or self._lanes is None:
            return data
        reader, lanes = self._reader, self._lanes
        return b"".join([self._frame(one, reader, lanes) for one in self._frames.feed(data)])

    def close(self) -> bytes:
        """What remains now that nothing will come; sets `truncated`.

        An event without its blank line goes out if its data are whole. Nothing that was held does.

        Raises:
            InputError: As `feed`.
        """
        if self._reader is None or self._lanes is None:
            return b""
        rest = self._frames.close()
        out = b""
        if rest is not None and rest.data and self._whole(rest.data, self._reader):
            out = self._frame(rest, self._reader, self._lanes)
        self.truncated = not (self._last or (self._begun and not self._open))
        self._lanes.drop()
        return out

    def aside(self, document: Any) -> Any:
        """A JSON value that comes beside the events, such as an error, treated.

        Raises:
            InputError: If it is nested too deeply.
        """
        return self._passages.value(document)

    def is_news(self, data: bytes) -> bool:
        """Whether what stands around the events, and is passed on as it is, holds what is new."""
        if not self._screened:
            return False
        text = data.decode("utf-8", "replace")
        return once(self._passages.of(Kind.SIGNED), text) != text

    def _whole(self, data: bytes, reader: Reader) -> bool:
        """Whether data that nothing follows say themselves that they are whole."""
        try:
            return reader.parse(data) is None or reader.self_delimiting
        except InputError:
            return False

    def _frame(self, frame: Frame, reader: Reader, lanes: Lanes) -> bytes:
        if frame.telling and self._screened:
            frame = frame.without(self._told)
        if not frame.data:
            return frame.raw
        try:
            document = reader.parse(frame.data)
            if document is None:  # [DONE]
                self._last = True
                return b"".join((*lanes.close((), None)[0], frame.raw))
            step = reader.read(document, frame.event)
        except (AttributeError, KeyError, TypeError, InputError):
            if self._screened:
                raise InputError("an event is not of its dialect's shape") from None
            return frame.raw
        return self._event(frame, document, step, reader, lanes)

    def _told(self, name: bytes, value: bytes) -> bool:
        """Whether a line beside the data holds what is new, or is none that anybody reads."""
        return name not in _FIELDS or self.is_news(value)

    def _event(
        self, frame: Frame, document: Any, step: Step, reader: Reader, lanes: Lanes
    ) -> bytes:
        """Parts of lanes, then the lanes that end, then the repeats of what they said."""
        changed = step.changed
        for slot in step.slots:
            if slot.lane is not None and slot.kind is not _OFFSETS:
                changed |= lanes.part(slot, slot.lane, document, step, frame.event)
        inserted: list[bytes] = []
        for prefix in step.closes:
            frames, grown = lanes.close(prefix, document)
            inserted += frames
            changed |= grown
        self._progress(step)
        for slot in step.slots:
            if slot.lane is None:
                changed |= lanes.whole(slot)
            elif slot.kind is _OFFSETS:
                changed |= lanes.offsets(slot, slot.lane)
        if step.unless is not None and lanes.differs(step.unless):
            lanes.shift -= 1
            return b"".join(inserted)
        if lanes.shift and "sequence_number" in document:
            document["sequence_number"] += lanes.shift
            changed = True
        own = frame.with_data(reader.write(document)) if changed else frame.raw
        return b"".join((*inserted, own)) if inserted else own

    def _progress(self, step: Step) -> None:
        """What must end before the answer is complete, and what has."""
        if step.opens:
            self._begun = True
            for lane in step.opens:
                if lane not in self._ended:
                    self._open.add(lane)
        if step.closes:
            self._ended.update(step.closes)
            self._open -= self._ended
        self._last |= step.last
