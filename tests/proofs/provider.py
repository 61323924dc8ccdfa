"""Providers that keep every byte, echo it, make things up, and fail.

An answer consists of sentences, one a line, in an order of the call's own: what was asked, all
stand-ins of it without a space between them, a stand-in that another conversation was given, words
that look like stand-ins, and personal data that nobody sent.

Faults: ``500`` and ``429`` with what was asked in the message; ``cut`` breaks the connection within
the answer; ``torn`` ends it there as if it were whole; ``bare`` says no media type, ``odd`` one
that is not its own, ``plain`` is text, ``wrong`` is JSON that is none; ``packed`` is compressed
without being asked for; ``late`` says more after the end.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.integration.recording_upstream import (
    _chat,
    _chat_events,
    _message_events,
    _messages,
    _response,
    _response_events,
    pieces,
)
from tests.proofs.conversations import Call

TOKEN = re.compile(r"[A-Z]+(?:_[A-Z]+)*_[0-9A-HJKMNP-TV-Z]{12}")
ECHO, GLUED, FOREIGN, NEWS, LIKE = "You wrote: ", "All: ", "Others: ", "News: ", "Like: "
LOOKALIKES = "EMAIL_ABCDEFGHJKM and EMAIL_ and [EMAIL_1] and Email_ABCDEFGHJKMN"
_KEPT = 50
CASE = "openai-beta"
"""The header in which the gateway, which passes few on, passes the name of a call on."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One request as it came in.

    Args:
        place: The region.
        call: Whose it is, by the header that every call has.
        at: When, in nanoseconds since 1970.
        target: Path and query.
        headers: As they came.
        body: The bytes.
    """

    place: str
    call: str
    at: int
    target: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def bytes(self) -> bytes:
        """All of it."""
        lines = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{self.target}\n{lines}\n\n".encode("utf-8", "surrogateescape") + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider sends.

    Args:
        status: The status.
        headers: The headers.
        data: The body.
        whole: Whether it ends as it should; else the connection breaks after the data.
        said: The sentences, as the provider wrote them.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    data: bytes = field(repr=False)
    whole: bool
    said: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Departure:
    """A caller who hangs up before there is an answer.

    Args:
        came: The request has come in.
        gone: The caller has hung up.
    """

    came: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)


class Provider:
    """All regions of a run: one memory, so that one can repeat what another was sent."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self.receipts: list[Receipt] = []
        self.answers: dict[str, Answer] = {}
        self.tokens: list[tuple[str, Call]] = []
        self._asked: dict[str, str] = {}
        self._departures: dict[str, Departure] = {}
        self._lock = threading.Lock()

    def receive(
        self, place: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> Answer:
        """Keep a request, and answer it."""
        at = time.time_ns()
        call = self.call(headers)
        first = self._asked.setdefault(call.name, "")
        self._asked[call.name] = first or place
        # What fails is asked once more, or another is: half of those that fail go on to do so.
        if first and (first != place or call.script.order % 2):
            call = replace(call, script=replace(call.script, fault=""))
        receipt = Receipt(place, call.name, at, target, headers, body)
        document = json.loads(body)
        said = self._sentences(call, last_text(call.dialect, document))
        answer = _answer(call, document, said)
        with self._lock:
            self.receipts.append(receipt)
            self.answers[call.name] = answer
        return answer

    def call(self, headers: tuple[tuple[str, str], ...]) -> Call:
        """The call that a request makes, by the header that names it."""
        named = {name.lower(): value for name, value in headers}
        return self.calls[named.get("x-case") or named[CASE].removeprefix("case=")]

    def departs(self, call: Call) -> Departure:
        """Let nobody answer a call before its caller has hung up."""
        return self._departures.setdefault(call.name, Departure())

    def hold(self, call: Call) -> None:
        """Wait until the caller has hung up, if it is one who does."""
        if departure := self._departures.get(call.name):
            departure.came.set()
            departure.gone.wait(60)

    def otherwise(self, call: Call) -> Answer:
        """The same answer, streamed if it was whole and whole if it was streamed."""
        return _answer(
            replace(call, streamed=not call.streamed), {"model": "m"}, self.answers[call.name].said
        )

    def _sentences(self, call: Call, last: str) -> str:
        own = TOKEN.findall(last)
        with self._lock:
            others = [
                (token, bool(call.named) and owner.named == call.named)
                for token, owner in self.tokens
                if owner.conversation != call.conversation
            ]
            self.tokens = [*self.tokens, *((token, call) for token in own)][-_KEPT:]
        # Rather those of another tenant's conversation of the same name.
        others = [one for one in others if one[1]] or others
        rng = random.Random(call.script.order)
        said = [f"{ECHO}{last}", f"{LIKE}{LOOKALIKES}"]
        if own:
            said.append(GLUED + "".join(own) + "xyz")
        if others:
            said.append(f"{FOREIGN}{rng.choice(others)[0]}")
        if call.script.invented:
            said.append(NEWS + " or ".join(value.text for value in call.script.invented))
        rng.shuffle(said)
        return "\n".join([*said, "Bye."])


def last_text(dialect: str, body: Any) -> str:
    """The text of the last message of a body."""
    match dialect:
        case "openai.completions":
            return str(body["prompt"])
        case "openai.embeddings":
            return str(body["input"][-1])
        case "gemini.generate":
            return str(body["contents"][-1]["parts"][0].get("text", ""))
        case "openai.responses" if isinstance(body["input"], str):
            return str(body["input"])
        case _:
            turns = body["input" if dialect == "openai.responses" else "messages"]
            content = turns[-1]["content"]
            return str(content if isinstance(content, str) else content[0].get("text", ""))


def _answer(call: Call, body: Any, said: str) -> Answer:
    script, fault = call.script, call.script.fault
    text = json.dumps({"said": said}) if script.structured else said
    if fault in {"500", "429"}:
        error = {"error": {"message": f"cannot: {said}", "type": "server_error", "code": "x"}}
        if call.dialect == "anthropic.messages":
            error = {"type": "error", "error": {"type": "api_error", "message": said}}
        return Answer(int(fault), _JSON, json.dumps(error).encode(), whole=True, said=said)
    model = {**body, "model": body.get("model", "m")}
    if call.streamed:
        data = _stream(call, model, text)
        kind = "text/event-stream; charset=utf-8"
    else:
        data = json.dumps(_whole(call, model, text), ensure_ascii=script.piece % 2 == 0).encode()
        kind = "application/json"
    return _faulty(call, fault, said, data, kind)


_JSON = (("content-type", "application/json"),)


def _faulty(call: Call, fault: str, said: str, data: bytes, kind: str) -> Answer:
    rng = random.Random(call.script.order + 1)
    headers: tuple[tuple[str, str], ...] = (("content-type", kind), ("x-request-id", "abc"))
    whole = True
    match fault:
        case "cut" | "torn":
            data, whole = data[: rng.randrange(1, len(data))], fault == "torn"
        case "bare":
            headers = headers[1:]
        case "odd":
            headers = (("content-type", rng.choice(_ODD)),)
        case "plain":
            data, headers = said.encode(), (("content-type", "text/plain"),)
        case "wrong":
            at = rng.randrange(len(data))
            data = data[:at] + b'"\xff{' + data[at:]
        case "packed":
            data, headers = gzip.compress(data), (*headers, ("content-encoding", "gzip"))
        case "late":
            data += data if call.streamed else b"  \n"
    return Answer(200, headers, data, whole=whole, said=said)


_ODD = ("application/octet-stream", "application/x-ndjson", "application/jsonl", "text/html",
        "binary/octet-stream", "application/json; charset=utf-16", "multipart/mixed", "image/png",
        "text/plain")  # fmt: skip


def _whole(call: Call, body: Any, text: str) -> Any:
    tool = call.script.tool
    match call.dialect:
        case "openai.chat":
            return _chat(body, text, tool)
        case "openai.responses":
            return _response(body, text)
        case "anthropic.messages":
            return _messages(body, text, tool)
        case "openai.embeddings":
            return {"object": "list", "model": "m", "usage": {"prompt_tokens": 1},
                    "data": [{"object": "embedding", "index": 0, "embedding": [0.5]}]}  # fmt: skip
        case "openai.completions":
            return {"id": "c", "object": "text_completion", "created": 1, "model": "m",
                    "choices": [{"index": 0, "text": text, "finish_reason": "stop",
                                 "logprobs": None}]}  # fmt: skip
        case _:
            content = {"role": "model", "parts": [{"text": text}]}
            return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}],
                    "modelVersion": "gem-1"}  # fmt: skip


def _stream(call: Call, body: Any, text: str) -> bytes:
    script = call.script
    match call.dialect:
        case "openai.chat":
            events = _chat_events(body, text, script.tool, script.piece)
        case "openai.responses":
            events = _response_events(body, text, script.piece)
        case "anthropic.messages":
            events = _message_events(body, text, script.tool, script.piece)
        case "openai.completions":
            events = _completion_events(text, script.piece)
        case _:
            events = _gemini_events(text, script.piece)
    end = script.newline
    return b"".join(
        ((f"event: {name}{end}" if name else "") + f"data: {_data(data)}{end}{end}").encode()
        for name, data in events
    )


def _data(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _completion_events(text: str, piece: int) -> Iterator[tuple[str | None, Any]]:
    def chunk(part: str, finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "text": part, "finish_reason": finish, "logprobs": None}
        return {"id": "c", "object": "text_completion", "created": 1, "model": "m",
                "choices": [choice]}  # fmt: skip

    for part in pieces(text, piece):
        yield None, chunk(part)
    yield None, chunk("", "stop")
    yield None, "[DONE]"


def _gemini_events(text: str, piece: int) -> Iterator[tuple[str | None, Any]]:
    parts = list(pieces(text, piece))
    for number, part in enumerate(parts):
        candidate: dict[str, Any] = {
            "content": {"role": "model", "parts": [{"text": part}]},
            "index": 0,
        }
        if number == len(parts) - 1:
            candidate["finishReason"] = "STOP"
        yield None, {"candidates": [candidate], "modelVersion": "gem-1"}
