"""Server-sent events, on bytes (WHATWG HTML living standard, section 9.2 "Server-sent events").

    data: {"choices":[...]}          one frame: its lines, then a blank one
    (blank line)

Frames are cut from bytes, never from text: LF and CR cannot stand inside a UTF-8 sequence, so a
frame is whole before anyone decodes it. A frame keeps the bytes it came in, and who does not change
it writes those.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guard.errors import InputError

LIMIT = 16 * 2**20
"""Bytes that one frame may have. Terminal events of the Responses API repeat a whole answer."""

_BOM = b"\xef\xbb\xbf"
_BLANK = re.compile(rb"(?>\r\n|\n|\r)(?>\r\n|\n|\r)")
_LINE = re.compile(rb"([^\r\n]*)(\r\n|\n|\r|\Z)")
_WORD = re.compile(rb"(?:event: ?[a-z_.]{1,80}|(?:id|retry): ?[0-9]{1,5}|:)")
"""Lines beside the data that can hold no value."""
_OVERLAP = 3  # bytes of a blank line that may have come already: CR LF CR


class Frame:
    """One event, comment or blank line of a stream, as its bytes and as its fields.

    Attributes:
        raw: The bytes, line ends included.
        data: The lines of data, joined by LF; None when the frame has none.
        event: The event's type, or None.
        id: The event's id, or None.
        retry: Milliseconds before the client reconnects, or None.
        comment: The comments, joined by LF, or None.
        telling: Whether a line beside the data may hold more than a word.
    """

    __slots__ = ("_end", "_start", "comment", "data", "event", "id", "raw", "retry", "telling")

    def __init__(self, raw: bytes, data: bytes | None = None, start: int = -1) -> None:
        self.raw, self.data = raw, data
        self.event: str | None = None
        self.id: str | None = None
        self.retry: int | None = None
        self.comment: str | None = None
        self.telling = False
        self._start, self._end = start, start + len(data or b"")  # of data in one line

    def __repr__(self) -> str:
        return f"Frame({len(self.raw)} bytes, event={self.event!r})"

    @classmethod
    def of(cls, raw: bytes) -> Frame:
        """The frame whose bytes are `raw` (section 9.2.6, "Interpreting an event stream")."""
        if raw.startswith(b"data: ") and raw.endswith(b"\n\n"):  # what every provider sends
            data = raw[6:-2]
            if b"\n" not in data and b"\r" not in data:
                return cls(raw, data, 6)
        frame = cls(raw)
        frame._read()
        return frame

    def _read(self) -> None:
        data: list[bytes] = []
        comments: list[str] = []
        for match in _LINE.finditer(self.raw, len(_BOM) if self.raw.startswith(_BOM) else 0):
            name, value, start = _field(match[1], match.start())
            if name == b"data":
                data.append(value)
                self._start, self._end = start, match.end(1)
                continue
            self.telling |= bool(match[1]) and _WORD.fullmatch(match[1]) is None
            if name == b"event":
                self.event = value.decode("utf-8", "replace")
            elif name == b"id" and b"\0" not in value:
                self.id = value.decode("utf-8", "replace")
            elif name == b"retry" and value.isdigit():
                self.retry = int(value[:12])
            elif name == b"" and match[1]:
                comments.append(value.decode("utf-8", "replace"))
        self.data = b"\n".join(data) if data else None
        self.comment = "\n".join(comments) if comments else None
        if len(data) > 1 or self.raw[self._start - 1 : self._start] not in {b":", b" "}:
            self._start = -1

    def without(self, told: Callable[[bytes, bytes], bool]) -> Frame:
        """The frame without some lines beside the data.

        Args:
            told: Whether a line is left out, from its field's name and value.
        """
        parts: list[bytes] = []
        for match in _LINE.finditer(self.raw, len(_BOM) if self.raw.startswith(_BOM) else 0):
            name, value, _ = _field(match[1], 0)
            if name == b"data" or not match[1] or not told(name, value):
                parts.append(match[0])
        return Frame.of(b"".join(parts))

    def with_data(self, data: bytes) -> bytes:
        """The frame's bytes with other data in the same place; all other lines stay.

        Args:
            data: What to write, in lines that end in LF.
        """
        if self._start >= 0 and b"\n" not in data:
            gap = b" " if data.startswith(b" ") and self.raw[self._start - 1] == 0x3A else b""
            return b"".join((self.raw[: self._start], gap, data, self.raw[self._end :]))
        return self._with_lines(data.split(b"\n"))

    def _with_lines(self, lines: list[bytes]) -> bytes:
        parts: list[bytes] = []
        for match in _LINE.finditer(self.raw):
            line, end = match[1], match[2]
            bom = _BOM if match.start() == 0 and line.startswith(_BOM) else b""
            if _field(line[len(bom) :], 0)[0] != b"data":
                parts.append(line + end)
                continue
            parts.append(bom)
            parts += (b"data: " + one + (end or b"\n") for one in lines)
            lines = []
        return b"".join(parts)


def _by_line_feeds(data: bytes, frames: list[Frame]) -> bytes:
    """Adds the frames of `data`, in which only LF ends lines; returns what is left."""
    start = 0
    while not data.startswith(b"\n", start) and (end := data.find(b"\n\n", start)) >= 0:
        frames.append(Frame.of(data[start : end + 2]))
        start = end + 2
    return data[start:]


def _field(line: bytes, at: int) -> tuple[bytes, bytes, int]:
    """Name and value of a line that stands at offset `at`, and the value's own offset."""
    name, colon, value = line.partition(b":")
    start = at + len(name) + len(colon)
    if value.startswith(b" "):
        return name, value[1:], start + 1
    return name, value, start


def framed(data: bytes, event: str | None) -> bytes:
    """A new frame of one line of data."""
    head = b"" if event is None else b"event: " + event.encode() + b"\n"
    return head + b"data: " + data + b"\n\n"


class Frames:
    """Cuts a stream into frames, wherever the transport cut it.

    The frames' bytes, joined, are the stream's bytes. A LF whose CR has already ended a frame is a
    frame of its own, so that no frame waits for a byte that may never come.

    Args:
        limit: Bytes that may wait for their frame's end.
    """

    def __init__(self, *, limit: int = LIMIT) -> None:
        self._pending = bytearray()
        self._searched = 0
        self._after_cr = False
        self._limit = limit
        self._first = True

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are whole now.

        Raises:
            InputError: If a frame does not end within `limit` bytes.
        """
        frames: list[Frame] = []
        pending = self._pending
        if not (pending or self._after_cr or self._first or b"\r" in data):
            data = _by_line_feeds(data, frames)
        if not data:
            return frames
        pending += data
        start = 0
        if self._after_cr:
            self._after_cr = False
            if pending.startswith(b"\n"):
                frames.append(Frame(b"\n"))
                start = 1
                self._searched = 0
        while (end := self._ends(start)) >= 0:
            frames.append(Frame.of(bytes(pending[start:end])))
            self._first = False
            start = self._searched = end
        if start:
            # Only what ended with the bytes at hand can be followed by the LF of its CR.
            self._after_cr = start == len(pending) and pending.endswith(b"\r")
            del pending[:start]
            self._searched = 0
        else:
            self._searched = max(0, len(pending) - _OVERLAP)
        if len(pending) > self._limit:
            raise InputError(f"an event is longer than {self._limit} bytes")
        return frames

    def _ends(self, start: int) -> int:
        """The offset after the frame that begins at `start`, or -1."""
        pending = self._pending
        at = start + len(_BOM) if self._first and pending.startswith(_BOM, start) else start
        if at < len(pending) and pending[at] in b"\r\n":  # a blank line without an event
            return at + (2 if pending.startswith(b"\r\n", at) else 1)
        blank = _BLANK.search(pending, max(at, self._searched))
        return blank.end() if blank else -1

    def close(self) -> Frame | None:
        """What came after the last whole frame, if anything: an event that was cut."""
        rest = bytes(self._pending)
        self._pending.clear()
        return Frame.of(rest) if rest else None
