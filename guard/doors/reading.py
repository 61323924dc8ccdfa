"""A request, read: its dialect, its texts, and what nobody can scan of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from guard.dialects import Dialect, Walked, find
from guard.dialects.plain import PLAIN
from guard.doors import body, envelope, retention
from guard.doors.circumstances import Circumstances
from guard.doors.routes import route
from guard.doors.wire import Sent
from guard.errors import InputError
from guard.types import Segment


@dataclass(frozen=True, slots=True)
class Read:
    """A request that was read: its dialect, and its body taken apart.

    Args:
        dialect: What it speaks.
        walked: The body.
        circumstances: What holds beside the body, the request's own headers included.
        beside: The texts of its address and headers, which are not rewritten.
        written: From a document to the bytes of a body.
        amended: The document is not quite what was submitted: it says not to be stored.
        stored: It refers to state at the provider, or makes some.
        passes: Its answer holds nothing to treat.
    """

    dialect: Dialect
    walked: Walked
    circumstances: Circumstances
    beside: tuple[Segment, ...] = field(default=(), repr=False)
    written: Callable[[Any], bytes] = field(default=orjson.dumps, repr=False)
    amended: bool = False
    stored: bool = False
    passes: bool = False

    @property
    def texts(self) -> tuple[Segment, ...]:
        """Every text of the request."""
        return (*self.walked.segments, *self.beside) if self.beside else self.walked.segments

    @property
    def unscanned(self) -> tuple[str, ...]:
        """The kinds of content that nobody can scan; state at the provider is one."""
        kinds = {one.kind for one in self.walked.opaque}
        if self.stored or self.walked.state:
            kinds.add(retention.STATE)
        return tuple(sorted(kinds))


def to_a_provider(
    sent: Sent, circumstances: Circumstances, unscanned: Collection[str], *, headers: bool
) -> Read:
    """A request to a provider's API.

    Args:
        sent: The request.
        circumstances: What holds of it whatever its headers say.
        unscanned: The kinds of content that may go although nobody can scan them.
        headers: Whether its headers will leave with it, so that they are read, too.

    Raises:
        InputError: If its address speaks no dialect that is known, or its body is none of it.
    """
    said = _headers(sent)
    how = circumstances.with_headers(said)
    beside = envelope.of(sent, words=False, headers=headers)
    dialect = find(sent.method, sent.path)
    if dialect is not None:
        walked = body.spoken(dialect, said, sent.body).walked
        document = walked.document
        if retention.STATE not in unscanned:
            document = retention.unstored(dialect, sent.path, document)
        amended = document is not walked.document
        return Read(
            dialect,
            replace(walked, document=document) if amended else walked,
            how,
            beside,
            amended=amended,
            stored=retention.asks_to_be_stored(document),
        )
    match route(sent.method, sent.path):
        case "upload":
            found = body.uploaded(said, sent.body)
            return Read(PLAIN, found.walked, how, beside, found.written, stored=True)
        case "state":
            found = body.plain(said, sent.body)
            return Read(PLAIN, found.walked, how, beside, found.written, stored=True)
        case "listing" if not sent.body:
            return Read(PLAIN, body.plain(said, b"").walked, how, beside, passes=True)
    raise InputError(
        f"nobody knows what {sent.method[:16]} means at this address",
        remedy="send it by a client that guard does not stand before, if it holds no data",
    )


def to_an_application(sent: Sent, circumstances: Circumstances) -> Read:
    """A request to an application of one's own, whatever it speaks.

    Its address is read as well; its headers are not, and say nothing of the circumstances: whoever
    calls it is not believed.

    Raises:
        InputError: If its body is not what it says that it is.
    """
    said = _headers(sent)
    beside = envelope.of(sent, words=True, headers=False)
    dialect = find(sent.method, sent.path)
    if dialect is not None:
        return Read(dialect, body.spoken(dialect, said, sent.body).walked, circumstances, beside)
    found = body.plain(said, sent.body)
    return Read(PLAIN, found.walked, circumstances, beside, found.written)


def _headers(sent: Sent) -> dict[str, str]:
    said = sent.said()
    if said.get("content-encoding", "identity").strip().lower() != "identity":
        raise InputError("a packed body cannot be scanned", remedy="send it as it is")
    return said


def structured(walked: Walked) -> bool:
    """Whether a request asks for JSON as the answer's text."""
    asked = walked.document
    if not isinstance(asked, dict):
        return False
    wanted = (
        asked.get("response_format"),
        _member(asked.get("text"), "format"),
        _member(asked.get("output_config"), "format"),
        asked.get("output_format"),
    )
    if any(_member(one, "type") in {"json_object", "json_schema"} for one in wanted):
        return True
    settings = asked.get("generationConfig", asked.get("generation_config"))
    kind = _member(settings, "responseMimeType") or _member(settings, "response_mime_type")
    return bool(kind == "application/json")


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
