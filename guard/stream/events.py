"""What a streamed event says: which of its strings are text, and of which text they are a part.

    lane     one text that comes in parts: a choice's content, a tool call's arguments, a block.
             Its key is a tuple that begins with what it belongs to, so a prefix names several.
    slot     a string in an event's document: a part of a lane, or a whole text
    step     all slots of one event, which lanes end with it, whether the stream does

Each dialect has one reader, in a module of its own. What a reader does not know is read as text:
an unknown string member is a whole text, an unknown delta a lane.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Hashable
from typing import Any, Protocol

import orjson

from guard.errors import InputError

Lane = tuple[Hashable, ...]
MAX_DEPTH = 100
"""Nesting beyond which an event is refused."""

_WORDS = frozenset(
    {
        "background", "call_id", "container_id", "created_by", "detail", "event",
        "event_id", "file_id", "finishReason", "format", "id", "index", "item_id", "language",
        "mime_type", "mimeType", "model", "modelVersion", "name", "object", "outcome", "phase",
        "previous_response_id", "provider", "quality", "responseId", "response_id", "role",
        "server_label", "service_tier", "size", "status", "stop_reason", "strict",
        "system_fingerprint", "tool_call_id", "tool_use_id", "truncation", "type",
    }
)  # fmt: skip
_WORD = re.compile(r"(?!.*\d{7})[A-Za-z0-9_./:|-]{1,128}|[a-z]{2,16}_[A-Za-z0-9_-]{8,128}")
_OPAQUE = frozenset(
    {
        "b64_json", "data", "encrypted_content", "encrypted_index", "obfuscation",
        "partial_image_b64", "result", "signature", "thoughtSignature",
    }
)  # fmt: skip
_BASE64 = re.compile(r"[A-Za-z0-9+/_=-]*")
_WIDE = re.compile(rb"[0-9]{19}")
_SAMPLED = re.compile(rb"[0-9]{3}")  # what 19 digits in a row look like at every sixth byte


class Kind(enum.Enum):
    """How a slot's text is treated."""

    TEXT = enum.auto()  # screened and restored
    JSON = enum.auto()  # the same in each string of a JSON text
    OBJECT = enum.auto()  # the same in each string of a JSON value, names included
    ECHO = enum.auto()  # what the caller sent, coming back: restored
    SIGNED = enum.auto()  # goes back to the provider as it is, with a signature: screened
    OFFSETS = enum.auto()  # counts characters of a lane: left out once they are not the same


class Slot:
    """A string in an event's document.

    Args:
        holder: The object or array that has it.
        key: Its name or index there.
        lane: The lane of which it is a part; None for a whole text.
        kind: How it is treated.
    """

    __slots__ = ("holder", "key", "kind", "lane")

    def __init__(
        self, holder: Any, key: str | int, lane: Lane | None = None, kind: Kind = Kind.TEXT
    ) -> None:
        self.holder, self.key, self.lane, self.kind = holder, key, lane, kind


class Step:
    """What one event does.

    Attributes:
        slots: Its texts, in order.
        closes: Lanes that end with it, by prefix; ``()`` is every lane.
        opens: What must end before the answer is complete.
        last: Nothing that matters comes after it.
        changed: The reader took something out of the document.
        unless: The event is dropped if this lane's text is not what the model wrote.
    """

    __slots__ = ("changed", "closes", "last", "opens", "slots", "unless")

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.closes: list[Lane] = []
        self.opens: list[Lane] = []
        self.last = self.changed = False
        self.unless: Lane | None = None


class Reader(Protocol):
    """The events of one dialect."""

    numbered: bool
    """Events count themselves in ``sequence_number``, and later ones repeat earlier texts."""
    self_delimiting: bool
    """Data that were cut cannot be taken for whole ones."""

    def parse(self, data: bytes) -> Any:
        """The document that an event's data are; None when they are no document.

        Raises:
            InputError: If they claim to be one and are not.
        """
        ...

    def read(self, document: Any, event: str | None) -> Step:
        """What the event does. Members that repeat the text in other forms are taken out."""
        ...

    def carrier(self, document: Any, lane: Lane) -> Any:
        """`document`, an event that carried `lane`, made one that carries nothing else.

        All its texts are empty already.
        """
        ...

    def slot(self, document: Any, lane: Lane, slot: Slot) -> Slot:
        """Where the text of `lane` goes in what `carrier` made."""
        ...

    def write(self, document: Any) -> bytes:
        """The data that say `document`."""
        ...


class JsonEvents:
    """Events whose data are JSON."""

    numbered = False
    self_delimiting = True

    def parse(self, data: bytes) -> Any:
        """The parsed data; None for ``[DONE]`` and empty data.

        Raises:
            InputError: If they are not JSON.
        """
        try:
            if not (_SAMPLED.search(data[::6]) and _WIDE.search(data)):
                return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass
        if data.strip() in {b"", b"[DONE]"}:
            return None
        try:  # integers of any width, lone surrogates, and UTF-8 as the standard decodes it
            return json.loads(data.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise InputError("an event's data are not JSON") from None

    def carrier(self, document: Any, lane: Lane) -> Any:  # noqa: ARG002 - a reader's method
        """`document` as it is."""
        return document

    def slot(self, document: Any, lane: Lane, slot: Slot) -> Slot:  # noqa: ARG002 - the same
        """The slot as it was."""
        return slot

    def write(self, document: Any) -> bytes:
        """The document as JSON."""
        return written(document)


def written(document: Any) -> bytes:
    """JSON, also of what UTF-8 cannot say (a lone surrogate) and of wide integers."""
    try:
        return orjson.dumps(document)
    except TypeError:
        return json.dumps(document, separators=(",", ":")).encode()


def whole_texts(value: Any, step: Step, kind: Kind = Kind.TEXT, depth: int = 0) -> None:
    """Adds every string below `value` that may be text, as a whole text.

    Raises:
        InputError: If it is nested too deeply.
    """
    if depth > MAX_DEPTH:
        raise InputError(f"an event is nested deeper than {MAX_DEPTH} levels")
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, str):
            if item and not technical(key, item):
                inner = Kind.JSON if key == "arguments" else kind
                step.slots.append(Slot(value, key, None, inner))
        elif isinstance(item, dict) and key in {"args", "input"} and kind is Kind.TEXT:
            step.slots.append(Slot(value, key, None, Kind.OBJECT))
        elif isinstance(item, dict | list):
            whole_texts(item, step, kind, depth + 1)


def technical(name: str | int, value: str) -> bool:
    """Whether a member is a word of the protocol or something that has no characters to read."""
    if name in _WORDS:
        return _WORD.fullmatch(value) is not None
    return name in _OPAQUE and _BASE64.fullmatch(value) is not None


def lanes_below(value: Any, prefix: Lane, step: Step, depth: int = 0) -> None:
    """Adds every string below `value` that may be text, each as a part of a lane of its own.

    Raises:
        InputError: If it is nested too deeply.
    """
    if depth > MAX_DEPTH:
        raise InputError(f"an event is nested deeper than {MAX_DEPTH} levels")
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, str):
            if not technical(key, item):
                step.slots.append(Slot(value, key, (*prefix, key), Kind.TEXT))
        elif isinstance(item, dict | list):
            place = item.get("index", key) if isinstance(item, dict) else key
            lanes_below(item, (*prefix, place), step, depth + 1)
