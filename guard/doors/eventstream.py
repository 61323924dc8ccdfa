"""Amazon's binary framing of streamed answers, around the events of a dialect.

A message is its length, the length of its headers and a checksum of both, then the headers, the
payload, and a checksum of all before it, big-endian, CRC-32 (Smithy, "Amazon Event Stream
Specification": https://smithy.io/2.0/aws/amazon-eventstream.html). Amazon Bedrock puts each event
of a model into ``{"bytes": base64}``
(https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html). The events
are treated as those of any stream are, and framed again; what holds none passes as it is.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from typing import Any

import orjson

from guard.errors import InputError
from guard.stream import Answer
from guard.stream.counts import Counts
from guard.stream.sse import Frames

KIND = "application/vnd.amazon.eventstream"
DIALECTS = frozenset({"anthropic.messages"})
"""Events that are known to come in it."""
_PRELUDE = struct.Struct(">III")
_CRC = struct.Struct(">I")
_LEAST = _PRELUDE.size + _CRC.size
_MEMBERS = frozenset({"bytes", "p"})
"""An event, and letters that hide how long it is."""
_LIMIT = 16 * 2**20
"""Bytes that one message may have (the specification's own limit is 24 MiB)."""


class EventStream:
    """A streamed answer in binary frames.

    Args:
        answer: Treats the events.

    Attributes:
        truncated: After `close`: the stream ended before the answer did.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer, self._events = answer, Frames()
        self._pending = bytearray()
        self._headers = b""
        self.truncated = False

    @property
    def counts(self) -> Counts:
        """What was restored and taken out so far."""
        return self._answer.counts

    def feed(self, data: bytes) -> bytes:
        """What can go out now that `data` has come.

        Raises:
            InputError: If it is no such stream, or an event cannot be read.
        """
        self._pending += data
        out: list[bytes] = []
        while (message := self._next()) is not None:
            out.append(self._treated(message))
        return b"".join(out)

    def close(self) -> bytes:
        """The rest; sets `truncated`.

        Raises:
            InputError: As `feed`.
        """
        out = self._framed(self._answer.close())
        self.truncated = self._answer.truncated or bool(self._pending)
        return out

    def _next(self) -> bytes | None:
        """The next message, once all of it has come."""
        if len(self._pending) < _LEAST:
            return None
        total, headers, checksum = _PRELUDE.unpack_from(self._pending)
        head = bytes(self._pending[: _PRELUDE.size - _CRC.size])
        if zlib.crc32(head) != checksum or not headers + _LEAST <= total <= _LIMIT:
            raise _unreadable()
        if len(self._pending) < total:
            return None
        message = bytes(self._pending[:total])
        del self._pending[:total]
        if zlib.crc32(message[: -_CRC.size]) != _CRC.unpack(message[-_CRC.size :])[0]:
            raise _unreadable()
        return message

    def _treated(self, message: bytes) -> bytes:
        end = _PRELUDE.size + _PRELUDE.unpack_from(message)[1]
        headers, payload = message[_PRELUDE.size : end], message[end : -_CRC.size]
        event = _event(payload)
        if headers != self._headers and self._answer.is_news(headers):
            raise _unreadable()
        if event is None:
            return self._error(message, headers, payload)
        self._headers = headers
        said = b"data: " + orjson.dumps(event) + b"\n\n"
        treated = self._answer.feed(_named(event) + said)
        return message if treated == _named(event) + said else self._framed(treated)

    def _error(self, message: bytes, headers: bytes, payload: bytes) -> bytes:
        """A message that ends the answer: an exception, or an error that its headers tell."""
        if b"exception" not in headers and b"error" not in headers:
            raise _unreadable()
        try:
            said = orjson.loads(payload) if payload else None
        except ValueError:
            raise _unreadable() from None
        treated = self._answer.aside(said)
        return message if treated == said else _message(headers, orjson.dumps(treated))

    def _framed(self, events: bytes) -> bytes:
        return b"".join(
            _message(self._headers, _part(frame.data))
            for frame in self._events.feed(events)
            if frame.data
        )


def _event(payload: bytes) -> Any:
    """The event in a payload; None if there is none.

    Raises:
        InputError: If there is one that nobody can read.
    """
    try:
        part = orjson.loads(payload) if payload else None
        if not isinstance(part, dict) or "bytes" not in part:
            return None
        if part.keys() <= _MEMBERS and str(part.get("p", "a")).isalnum():
            return orjson.loads(base64.b64decode(part["bytes"], validate=True))
    except (ValueError, TypeError, binascii.Error):
        pass  # raised below, where it does not drag the bytes along
    raise _unreadable()


def _named(event: Any) -> bytes:
    """The line that names an event, as the provider's own stream has it."""
    kind = event.get("type") if isinstance(event, dict) else None
    if isinstance(kind, str) and kind.replace("_", "").isalnum():
        return b"event: " + kind.encode() + b"\n"
    return b""


def _part(data: bytes) -> bytes:
    return orjson.dumps({"bytes": base64.b64encode(data).decode()})


def _message(headers: bytes, payload: bytes) -> bytes:
    head = struct.pack(">II", len(headers) + len(payload) + _LEAST, len(headers))
    begun = head + _CRC.pack(zlib.crc32(head)) + headers + payload
    return begun + _CRC.pack(zlib.crc32(begun))


def _unreadable() -> InputError:
    return InputError("it is no stream of events in Amazon's framing")
