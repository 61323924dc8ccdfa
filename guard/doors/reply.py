"""What comes back: pseudonyms turned back, and personal data that are new taken out."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from guard.dialects import Dialect, Walked, parse
from guard.doors import eventstream, prose
from guard.doors.eventstream import EventStream
from guard.doors.prose import Prose
from guard.doors.wire import Header, kind_of, unpacking, without
from guard.errors import GuardError, InputError, Undecided
from guard.log.answered import Outcome
from guard.stream import Answer, Screening
from guard.stream.counts import Counts
from guard.stream.events import Kind
from guard.stream.lanes import STRUCTURED
from guard.stream.passage import Passages, once

_JSON = ("application/json", "application/problem+json")
_STREAM = "text/event-stream"
_DONE, _TAIL = b"data: [DONE]", 32
_BEGIN = 4096
"""Bytes in which an answer shows what it is."""
WHOLE = prose.WHOLE
"""Bytes of an answer that is read whole."""
_DIGESTS = ("content-digest", "content-md5", "digest", "etag", "repr-digest")
"""Headers that a rewritten body makes untrue (RFC 9530, RFC 9110 §8.8.3)."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """What an answer is treated with.

    Args:
        dialect: Of its body; None where nobody knows it.
        values: Value by token that the provider has seen.
        screening: How new personal data are found; None to let them pass.
        structured: The request asked for JSON as the answer's text.
    """

    dialect: Dialect | None
    values: Mapping[str, str] = field(repr=False)
    screening: Screening | None = field(repr=False)
    structured: bool = False

    @property
    def idle(self) -> bool:
        """Whether every byte passes as it is."""
        return not self.values and self.screening is None


class Reply:
    """One answer: bytes in, bytes out.

    Args:
        restoring: The treatment.
        headers: The answer's headers.
        ended: Called once, when the answer has ended, with whether it came whole.

    Attributes:
        headers: Those for the caller.
        outcome: How it ended: it came whole, was cut off, was abandoned, or could not be read;
            empty before that.
        received: Bytes that came.
        delivered: Bytes that went out.
    """

    def __init__(
        self,
        restoring: Restoring,
        headers: tuple[Header, ...],
        ended: Callable[[Reply, bool], None],
    ) -> None:
        self._restoring, self._ended = restoring, ended
        said = {name.lower(): value for name, value in headers}
        self.kind = kind_of(said)
        self.document: Any = None
        self._content_type = said.get("content-type", "")
        self._packed = unpacking(said.get("content-encoding", ""))
        untrue = () if restoring.idle else _DIGESTS
        self.headers = without(headers, (*untrue, "content-encoding") if self._packed else untrue)
        self.outcome: Outcome | Literal[""] = ""
        self.received = self.delivered = 0
        self._tail = b""
        self._parts: list[bytes] = []
        self._size = 0
        self._sealed = restoring.idle or self._is_sealed()
        self._stream = self._streamed()
        self._counts = Counts()

    @property
    def streamed(self) -> bool:
        """Whether parts of the answer go out before it has ended."""
        return self._stream is not None or self._sealed

    @property
    def counts(self) -> Counts:
        """What was restored and taken out so far."""
        return self._counts if self._stream is None else self._stream.counts

    def feed(self, data: bytes) -> bytes:
        """What can go out now that `data` has come.

        Raises:
            Undecided: If the answer cannot be read as what it claims to be.
        """
        self.received += len(data)
        out = self._fed(data)
        self.delivered += len(out)
        return out

    def _fed(self, data: bytes) -> bytes:
        try:
            plain = self._packed.decompress(data) if self._packed else data
            if self._sealed:
                self._tail = (self._tail + plain[-_TAIL:])[-_TAIL:]
                return bytes(plain)
            if self._stream is not None:
                return self._stream.feed(plain)
        except (InputError, zlib.error) as error:
            raise self._failed(error) from None
        except GuardError:
            self._end("unreadable")
            raise
        self._size += len(plain)
        if self._size > WHOLE:
            raise self._failed(InputError("the answer is too long to be read whole"))
        self._parts.append(plain)
        return b""

    def close(self) -> bytes:
        """The rest, now that everything has come.

        Raises:
            Undecided: As `feed`.
        """
        try:
            rest = self._unpacked()
            if self._stream is not None:
                out = self._stream.feed(rest) + self._stream.close()
            elif self._sealed:
                out = rest
            else:
                out = self._whole(b"".join((*self._parts, rest)))
        except (InputError, zlib.error) as error:
            raise self._failed(error) from None
        except GuardError:
            self._end("unreadable")
            raise
        self.delivered += len(out)
        cut = self._stream is not None and self._stream.truncated
        self._end("cut" if cut else "whole")
        return out

    def abandon(self, *, cut: bool = False) -> None:
        """There will be no rest, or nobody waits for it; nothing if it has ended.

        Clients hang up after the event that ends an answer: that answer came whole.

        Args:
            cut: The provider, or the way to it, broke off.
        """
        if self._complete():
            self._end("whole")
        else:
            self._end("cut" if cut else "abandoned")

    def _complete(self) -> bool:
        """Whether the last event has come."""
        if self._stream is None:
            return self.kind == _STREAM and self._tail.rstrip().endswith(_DONE)
        if not self.outcome and not isinstance(self._stream, Prose):  # a text does not say its end
            with suppress(GuardError):
                self._stream.close()
                return not self._stream.truncated
        return False

    def _end(self, outcome: Outcome) -> None:
        if not self.outcome:
            self.outcome = outcome
            self._parts.clear()
            self._ended(self, outcome == "whole")

    def _failed(self, error: Exception) -> Undecided:
        self._end("unreadable")
        message = error.message if isinstance(error, GuardError) else type(error).__name__
        return Undecided(f"the provider's answer cannot be read: {message}")

    def _unpacked(self) -> bytes:
        """What the packing still holds.

        Raises:
            InputError: If it ended too early, or something came after its end.
        """
        if self._packed is None:
            return b""
        rest: bytes = self._packed.flush()
        if self.received and (not self._packed.eof or self._packed.unused_data):
            raise InputError("it is packed wrongly or cut off")
        return rest

    def _is_sealed(self) -> bool:
        """Whether nobody reads it.

        Raises:
            Undecided: If it should be read, and nobody can.
        """
        kind, dialect = self.kind, self._restoring.dialect
        if dialect is None or prose.is_sealed(kind, dialect):
            return dialect is not None
        known = kind in {"", _STREAM, *prose.LINES} or _is_json(kind)
        known = known or (kind == eventstream.KIND and dialect.events in eventstream.DIALECTS)
        if not known and not prose.is_text(kind):
            raise Undecided("nobody can read an answer of that type", remedy="do not ask for it")
        return False

    def _streamed(self) -> Answer | EventStream | Prose | None:
        how = self._restoring
        if self._sealed:
            return None
        if prose.is_text(self.kind):
            try:
                events = self._events if how.dialect and how.dialect.events else None
                kind, values = self._content_type, dict(how.values)
                return Prose(kind, values, how.screening, self._json, events)
            except InputError as error:
                raise Undecided(f"the answer cannot be read: {error.message}") from None
        if self.kind not in {_STREAM, eventstream.KIND}:
            return None
        answer = self._events()
        return answer if self.kind == _STREAM else EventStream(answer)

    def _events(self) -> Answer:
        how = self._restoring
        if how.dialect is None or not how.dialect.events:
            raise Undecided("nobody knows the events of this answer", remedy="do not ask for them")
        name = how.dialect.events
        return Answer.of(name, how.values, how.screening, structured=how.structured)

    def _whole(self, raw: bytes) -> bytes:
        if not raw:
            return raw
        if prose.are_events(raw[:_BEGIN]):
            return self._at_once(raw)
        passages = Passages(self._restoring.values, self._restoring.screening)
        self._counts = passages.counts
        if self.kind in prose.LINES:
            lines = [self._json(line, passages) for line in raw.splitlines() if line.strip()]
            return b"".join(line + b"\n" for line in lines)
        return self._json(raw, passages)

    def _at_once(self, raw: bytes) -> bytes:
        """Events that do not call themselves a stream: kits that asked for one read them as one.

        Raises:
            InputError: If they were cut off: who reads them whole could not be told.
        """
        events = self._events()
        self._counts = events.counts
        out = events.feed(raw) + events.close()
        if events.truncated:
            raise InputError("it was cut off")
        return out

    def _json(self, raw: bytes, passages: Passages) -> bytes:
        self.document = parse(raw)
        if self._restoring.dialect is None:
            restored = passages.value(self.document)
        else:
            walked = self._restoring.dialect.answer(self.document)
            # Log-probabilities repeat the text token by token, where nobody has screened it.
            copies = self._restoring.screening is None
            texts = treated(walked, passages, structured=self._restoring.structured)
            restored = walked.rebuilt(texts, copies=copies)
        if restored is self.document:
            return raw
        return orjson.dumps(restored)


def _is_json(kind: str) -> bool:
    return kind in _JSON or kind.endswith("+json")


def treated(walked: Walked, passages: Passages, *, structured: bool = False) -> dict[str, str]:
    """The texts of an answer, treated; those that must not change are left out.

    Args:
        walked: The answer.
        passages: The treatment.
        structured: The request asked for JSON as the answer's text.
    """
    return {
        segment.pointer: once(passages.of(_kind(segment.pointer, structured)), segment.text)
        for segment in walked.segments
        if segment.pointer not in walked.fixed
    }


def _kind(pointer: str, structured: bool) -> Kind:
    """How a text is treated: as JSON where a streamed one is."""
    return Kind.JSON if structured and pointer.rpartition("/")[2] in STRUCTURED else Kind.TEXT
