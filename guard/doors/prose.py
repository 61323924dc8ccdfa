"""An answer that calls itself a text, treated as it comes: plain text, markup, and what it is else.

Kits read JSON as JSON and events as events whatever an answer calls itself, so both are treated as
what they begin like.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable

from guard.dialects import Dialect
from guard.dialects.plain import PLAIN
from guard.errors import InputError
from guard.stream import Answer, Screening
from guard.stream.arguments import Text
from guard.stream.counts import Counts
from guard.stream.events import Kind
from guard.stream.passage import Passages

LINES = frozenset({"application/jsonl", "application/x-ndjson", "application/x-jsonlines"})
"""A JSON document on each line."""
_MARKUP = frozenset({"text/html", "text/xml", "application/xml", "application/xhtml+xml"})
_SPACE = b"\xef\xbb\xbf \t\r\n"
_FIELDS = (b"data:", b"event:", b"id:", b"retry:", b":")
"""How a stream of events begins (WHATWG HTML, section 9.2.6)."""
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def is_text(kind: str) -> bool:
    """Whether a media type is one of texts; a stream of events is none."""
    if kind == "text/event-stream":
        return False
    return kind.startswith("text/") or kind in _MARKUP or kind.endswith("+xml")


def is_sealed(kind: str, dialect: Dialect) -> bool:
    """Whether an answer of that type passes as it is, since it is a file.

    Those of an application of one's own do. No dialect answers with one, and kits read what calls
    itself a picture as the JSON or the events that it is.
    """
    known = "json" in kind or kind in LINES or is_text(kind) or kind == "text/event-stream"
    return dialect is PLAIN and bool(kind) and not known


class Prose:
    """A text as it comes.

    Args:
        content_type: Its media type with parameters.
        values: Value by token that stands in it; escaped where the text is markup.
        screening: How new personal data are found; None to let them pass.
        events: How it is treated where it is a stream of events; None where none is known.

    Raises:
        InputError: If it is not in UTF-8.
    """

    def __init__(
        self,
        content_type: str,
        values: dict[str, str],
        screening: Screening | None,
        events: Callable[[], Answer] | None = None,
    ) -> None:
        charset = _CHARSET.search(content_type)
        if charset and charset[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise InputError("its texts are not in UTF-8")
        plain = json = Passages(values, screening)
        if content_type.partition(";")[0].strip().lower() in _MARKUP or "+xml" in content_type:
            escaped = {token: html.escape(value) for token, value in values.items()}
            plain = Passages(escaped, screening)
        self._kinds = {True: (json, Kind.JSON), False: (plain, Kind.TEXT)}
        self._text: Text | None = None
        self._events = events
        self._stream: Answer | None = None
        self._begin: bytes | None = None if events is None else b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._counts: Counts = plain.counts

    @property
    def counts(self) -> Counts:
        """What was restored and taken out so far."""
        return self._counts if self._stream is None else self._stream.counts

    @property
    def truncated(self) -> bool:
        """Whether it ended before its end, as far as it says where that is."""
        return self._stream is not None and self._stream.truncated

    def feed(self, data: bytes) -> bytes:
        """What can go out now that `data` has come.

        Raises:
            InputError: If it is not UTF-8.
            Undecided: If it begins like events, and is none.
        """
        if self._begin is not None:
            self._begin += data
            data = self._begun()
        if self._stream is not None:
            return self._stream.feed(data)
        return self._fed(self._decoded(data)).encode()

    def _begun(self) -> bytes:
        """What can be treated: nothing before it is clear whether these are events."""
        held = self._begin or b""
        first = held.lstrip(_SPACE)[:6]
        if not first or any(one != first and one.startswith(first) for one in _FIELDS):
            return b""
        if self._events is not None and first.startswith(_FIELDS):
            self._stream = self._events()
        self._begin = None
        return held

    def close(self) -> bytes:
        """The rest.

        Raises:
            InputError: As `feed`.
            Undecided: As `feed`.
        """
        held, self._begin = self._begin or b"", None
        if self._stream is not None:
            return self._stream.close()
        last = self._fed(self._decoded(held)) + self._fed(self._decoded(b"", final=True))
        return (last + (self._text.close() if self._text is not None else "")).encode()

    def _fed(self, text: str) -> str:
        """Treats a text as what it begins like."""
        if self._text is None:
            first = text.lstrip("\ufeff \t\r\n")[:1]
            if not first:
                return text
            passages, kind = self._kinds[first in "{["]
            self._text, self._counts = passages.of(kind), passages.counts
        return self._text.feed(text)

    def _decoded(self, data: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError:
            pass  # raised below, where it does not drag the bytes along
        raise InputError("it is not UTF-8")
