"""A prediction's answer on its way back, as an answer of OpenAI's chat dialect."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from guard.errors import InputError
from guard.gateway import replicate
from guard.gateway.prediction import Chunks, Prediction, completion
from guard.gateway.upstream_client import Arrived, Lost
from guard.stream.sse import Frames

STREAM = "text/event-stream"


def served(found: Prediction, asked: str) -> str:
    """The model that a prediction says to be of, in the form in which it was asked for.

    A deployment hides its model, and a version says more than the model's name.
    """
    version = replicate.version_of(asked)
    if version and "/" not in asked:
        return found.version or asked
    return asked if asked.startswith("deployments/") else found.model or asked


@dataclass(slots=True)
class Translated(Arrived):
    """A prediction that has ended, as an answer in one piece; its connection is given back."""

    async def more(self) -> bytes:
        """See `Arrived.more`."""
        return b""

    def end(self) -> None:
        """See `Arrived.end`."""


@dataclass(slots=True)
class Listening(Arrived):
    """A prediction's stream as the events of a chat completion.

    Args:
        chunks: The translation.
        drop: Called when nobody listens any more and it has not ended.
    """

    chunks: Chunks = field(kw_only=True)
    drop: Callable[[], None] = field(kw_only=True, repr=False)
    _frames: Frames = field(default_factory=Frames, kw_only=True, repr=False)

    async def more(self) -> bytes:
        """See `Arrived.more`; what ends without saying that it is whole was cut off."""
        while not self.chunks.finished:
            piece = await Arrived.more(self)
            if not piece:
                raise Lost("cut")
            if out := self.translated(piece):
                return out
        return b""

    def translated(self, piece: bytes) -> bytes:
        """What a piece of the stream becomes.

        Raises:
            Lost: It says that the answer will never be whole, or cannot be read.
        """
        try:
            frames = self._frames.feed(piece)
            out = [self.chunks.event(one.event, one.data) for one in frames if one.data is not None]
        except InputError:
            raise Lost("cut") from None
        if self.chunks.failed:
            raise Lost("cut")
        return b"".join(out)

    def end(self) -> None:
        """See `Arrived.end`."""
        if not (self.chunks.finished or self.chunks.failed):
            self.drop()
        Arrived.end(self)


def at_once(arrived: Arrived, found: Prediction, model: str, *, streamed: bool) -> Arrived:
    """An answer that came as a whole, for whoever wants a stream as one of a single piece.

    Args:
        arrived: The answer that it stands in.
        found: The prediction, which has succeeded.
        model: The model that served it (`served`).
        streamed: Whether a stream is wanted.
    """
    created = int(time.time())
    kind, body = "application/json", b""
    if streamed:
        chunks = Chunks(found.id, model, created)
        kind = STREAM
        body = chunks.event("output", found.text.encode()) + chunks.event("done", b"{}")
    else:
        body = orjson.dumps(completion(found, model, created))
    return Translated(200, (("content-type", kind),), body, arrived.response, arrived.idle_s)
