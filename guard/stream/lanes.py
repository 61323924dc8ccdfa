"""The texts of one answer while they come: the lanes that are open, and whole texts."""

from __future__ import annotations

from typing import Any

from guard.stream.arguments import Text
from guard.stream.events import Kind, Lane, Reader, Slot, Step
from guard.stream.passage import Passages, once
from guard.stream.sse import framed

STRUCTURED = frozenset({"content", "text", "response.output_text"})
"""Lanes, and members, that are JSON when the request asked for JSON."""


class _Open:
    """A lane: its treatment, what came and went, and the event that carried its last part."""

    __slots__ = ("came", "document", "event", "kind", "slot", "step", "text", "went")

    def __init__(self, kind: Kind, text: Text) -> None:
        self.kind, self.text = kind, text
        self.came: list[str] = []
        self.went: list[str] = []
        self.document: Any
        self.event: str | None
        self.slot: Slot
        self.step: Step


class Lanes:
    """The texts of one answer.

    Args:
        reader: The dialect's events.
        passages: The treatment of texts.
        structured: The request asked for JSON as the answer's text.

    Attributes:
        shift: Events put in, less events left out.
    """

    def __init__(self, reader: Reader, passages: Passages, *, structured: bool) -> None:
        self._reader, self._passages, self._structured = reader, passages, structured
        self._open: dict[Lane, _Open] = {}
        self._altered: set[Lane] = set()  # ended, and not as the model wrote them
        self._whole: dict[tuple[Kind, str], str] = {}
        self.shift = 0

    def part(self, slot: Slot, lane: Lane, document: Any, step: Step, event: str | None) -> bool:
        """Treats the next part of a lane, in its place; returns whether it changed.

        Args:
            slot: Where the part is.
            lane: Which lane.
            document: The event's document.
            step: The event's step.
            event: The event's type.
        """
        before = slot.holder[slot.key]
        one = self._open.get(lane)
        if one is None:
            kind = self._kind(slot, lane[-1])
            one = self._open[lane] = _Open(kind, self._passages.of(kind))
        after = one.text.feed(before)
        one.came.append(before)
        one.went.append(after)
        one.document, one.slot, one.step, one.event = document, slot, step, event
        if after == before:
            return False
        slot.holder[slot.key] = after
        return True

    def whole(self, slot: Slot) -> bool:
        """Treats a whole text, in its place; returns whether it changed.

        The repeat of a lane becomes what the lane's parts became, because the treatment of a text
        does not depend on its parts; what is remembered only saves doing it again.
        """
        before = slot.holder[slot.key]
        kind = self._kind(slot, slot.key)
        after: Any
        if kind is Kind.OBJECT:
            after = self._passages.value(before)
        elif (kind, before) in self._whole:
            after = self._whole[kind, before]
        else:
            after = once(self._passages.of(kind), before)
            if self._reader.numbered:
                self._whole[kind, before] = after
        if after == before:
            return False
        slot.holder[slot.key] = after
        if isinstance(slot.holder, dict) and slot.holder.get("annotations"):
            slot.holder["annotations"] = []
        return True

    def offsets(self, slot: Slot, lane: Lane) -> bool:
        """Takes out what counts a lane's characters if they are others now; returns whether so."""
        if not self.differs(lane):
            return False
        if isinstance(slot.holder[slot.key], list):
            slot.holder[slot.key] = []
        else:
            del slot.holder[slot.key]
        return True

    def differs(self, lane: Lane) -> bool:
        """Whether what went out of a lane is not what came, or not yet."""
        one = self._open.get(lane)
        if one is None:
            return lane in self._altered
        return "".join(one.came) != "".join(one.went)

    def close(self, prefix: Lane, document: Any) -> tuple[list[bytes], bool]:
        """Ends the lanes whose key begins with `prefix`.

        What a lane held goes into `document` if that has the lane's last part, else into a new
        event.

        Returns:
            The frames of the new events, and whether `document` changed.
        """
        frames: list[bytes] = []
        grown = False
        for lane in [lane for lane in self._open if lane[: len(prefix)] == prefix]:
            one = self._open.pop(lane)
            rest = one.text.close()
            if rest and one.document is document:
                one.slot.holder[one.slot.key] += rest
                grown = True
            elif rest:
                frames.append(self._carried(lane, one, rest, document))
            came, went = "".join(one.came), "".join((*one.went, rest))
            if came != went:
                self._altered.add(lane)
            if self._reader.numbered:
                self._whole[one.kind, came] = went
        return frames, grown

    def drop(self) -> None:
        """Forgets what is held."""
        self._open.clear()

    def _carried(self, lane: Lane, one: _Open, rest: str, current: Any) -> bytes:
        """The last event of a lane once more, with nothing in it but `rest`."""
        for slot in one.step.slots:
            if isinstance(slot.holder.get(slot.key) if isinstance(slot.holder, dict) else "", str):
                slot.holder[slot.key] = ""
        document = self._reader.carrier(one.document, lane)
        slot = self._reader.slot(document, lane, one.slot)
        slot.holder[slot.key] = rest
        if self._reader.numbered and "sequence_number" in document:
            number = (current or document).get("sequence_number", 0)
            document["sequence_number"] = number + self.shift
            self.shift += 1
        return framed(self._reader.write(document), one.event)

    def _kind(self, slot: Slot, name: object) -> Kind:
        if self._structured and slot.kind is Kind.TEXT and name in STRUCTURED:
            return Kind.JSON
        return slot.kind
