"""An answer that calls itself a text, treated as it comes: plain text, markup, and what it is else.

Kits read JSON as JSON and events as events whatever an answer calls itself, so both are treated as
what they are: events as they come, a document at its end.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Callable

from guard.dialects import Dialect
from guard.dialects.plain import PLAIN
from guard.errors import InputError
from guard.stream import Answer, Screening
from guard.stream.arguments import Text
from guard.stream.counts import Counts
from guard.stream.events import Kind
from guard.stream.passage import Passages, once

LINES = frozenset({"application/jsonl", "application/x-ndjson", "application/x-jsonlines"})
"""A JSON document on each line."""
_MARKUP = frozenset({"text/html", "text/xml", "application/xml", "application/xhtml+xml"})
_SPACE = b"\xef\xbb\xbf \t\r\n"
_FIELDS = (b"data:", b"event:", b"id:", b"retry:", b":")
"""How a stream of events begins (WHATWG HTML, section 9.2.6)."""
_BLANK = "\ufeff \t\r\n"
_VALUE = re.compile(r"\s*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[]\[{\"\-0-9tfn]|$))")
"""How an object or an array begins (RFC 8259), as far as it has come."""
_CLEAR = 64
"""Characters in which that is looked at."""
WHOLE = 64 * 2**20
"""Characters or bytes of an answer that is read whole."""
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


def are_events(begin: bytes) -> bool | None:
    """Whether an answer that begins like this is a stream of events; None while that is not clear.

    Nothing that begins like one is JSON.
    """
    first = begin.lstrip(_SPACE)[:6]
    if not first or any(one != first and one.startswith(first) for one in _FIELDS):
        return None
    return first.startswith(_FIELDS)


class Prose:
    """A text as it comes.

    Args:
        content_type: Its media type with parameters.
        values: Value by token that stands in it; escaped where the text is markup.
        screening: How new personal data are found; None to let them pass.
        whole: How it is treated where it is a JSON document.
        events: How it is treated where it is a stream of events; None where none is known.

    Raises:
        InputError: If it is not in UTF-8.
    """

    def __init__(
        self,
        content_type: str,
        values: dict[str, str],
        screening: Screening | None,
        whole: Callable[[bytes, Passages], bytes],
        events: Callable[[], Answer] | None = None,
    ) -> None:
        charset = _CHARSET.search(content_type)
        if charset and charset[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise InputError("its texts are not in UTF-8")
        self._plain = self._json = Passages(values, screening)
        if content_type.partition(";")[0].strip().lower() in _MARKUP or "+xml" in content_type:
            escaped = {token: html.escape(value) for token, value in values.items()}
            self._plain = Passages(escaped, screening)
        self._text: Text | None = None
        self._whole, self._events = whole, events
        self._stream: Answer | None = None
        self._begin: bytes | None = None if events is None else b""
        self._held: list[str] = []
        self._size = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._counts: Counts = self._plain.counts

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
            InputError: If it is not UTF-8, or a document that is too long.
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
        events = are_events(held)
        if events is None:
            return b""
        if events and self._events is not None:
            self._stream = self._events()
        self._begin = None
        return held

    def close(self) -> bytes:
        """The rest.

        Raises:
            InputError: As `feed`, or it is a document that nobody can read.
            Undecided: As `feed`.
        """
        held, self._begin = self._begin or b"", None
        if self._stream is not None:
            return self._stream.close()
        last = (self._fed(self._decoded(held)) + self._fed(self._decoded(b"", final=True))).encode()
        if self._held:
            return last + self._documents("".join(self._held))
        return last + (self._text.close() if self._text is not None else "").encode()

    def _fed(self, text: str) -> str:
        """Treats a text as what it begins like; what may be a document is held to its end."""
        if self._text is None and not self._held:
            first = text.lstrip(_BLANK)[:1]
            if not first:
                return text
            if first not in "{[":
                self._text = self._plain.of(Kind.TEXT)
        if self._text is not None:
            return self._text.feed(text)
        self._held.append(text)
        before, self._size = self._size, self._size + len(text)
        if self._size > WHOLE:
            raise InputError("it is too long to be read whole")
        begin = "".join(self._held).lstrip(_BLANK) if before < _CLEAR else ""
        if not begin or _VALUE.match(begin):
            return ""
        self._text, self._counts = self._json.of(Kind.JSON), self._json.counts
        held, self._held = "".join(self._held), []
        return self._text.feed(held)

    def _documents(self, text: str) -> bytes:
        """A document, or one on each line; anything else is a text after all."""
        self._counts = self._json.counts
        lines = [text] if _is_json(text) else text.splitlines(keepends=True)
        if not all(_is_json(line) for line in lines if line.strip(_BLANK)):
            return once(self._json.of(Kind.JSON), text).encode()
        return b"".join(map(self._document, lines))

    def _document(self, text: str) -> bytes:
        inner = text.strip(_BLANK)
        if not inner:
            return text.encode()
        before, _, after = text.partition(inner)
        return before.encode() + self._whole(inner.encode(), self._json) + after.encode()

    def _decoded(self, data: bytes, *, final: bool = False) -> str:
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError:
            text = "\0"  # raised below, where it does not drag the bytes along
        if "\0" in text:  # as in UTF-16, which some readers of JSON know by it
            raise InputError("it is not UTF-8")
        return text


def _is_json(text: str) -> bool:
    """Whether somebody reads it as JSON: more do than read it as `guard.dialects.parse` does."""
    try:
        json.loads(text.strip(_BLANK))
    except RecursionError:
        return True
    except ValueError:
        return False
    return True
