"""Replicate's predictions, and their streams, as answers of OpenAI's chat dialect.

Sources: replicate.com/docs/reference/http and replicate.com/docs/topics/predictions/streaming.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import orjson

from guard.errors import InputError

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")

Status = Literal["pending", "succeeded", "failed"]
_STATUSES: dict[str, Status] = {
    "starting": "pending",
    "processing": "pending",
    "queued": "pending",
    "succeeded": "succeeded",
}


@dataclass(frozen=True, slots=True)
class Prediction:
    """A prediction as Replicate describes it.

    Args:
        status: Whether there is an answer: ``pending``, ``succeeded``, ``failed``.
        id: Its id.
        text: The answer so far.
        poll: Where to ask again.
        stream: Where the answer is streamed, if it is.
        usage: Tokens in and out; None where they are not counted.
        model: The model that it says to be of, if it does.
        version: The version of that, if it says one.
    """

    status: Status
    id: str
    text: str = field(repr=False)
    poll: str
    stream: str
    usage: tuple[int, int] | None
    model: str = ""
    version: str = ""


def prediction(body: bytes, base: str) -> Prediction:
    """Read a prediction.

    Addresses in it are followed only to the host that the request went to or to Replicate's own
    streaming hosts: whoever answers must not choose whom this gateway talks to.

    Args:
        body: The answer's body.
        base: The upstream's base URL.

    Raises:
        InputError: It is no prediction, or one with output that is no text.
    """
    try:
        found = orjson.loads(body)
        status, name, output = found["status"], found["id"], found.get("output")
        urls, counted = found.get("urls") or {}, found.get("metrics") or {}
        poll, stream = urls.get("get") or "", urls.get("stream") or ""
        usage = counted.get("input_token_count"), counted.get("output_token_count")
        model, version = found.get("model") or "", found.get("version") or ""
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise InputError("the upstream's answer is no prediction") from None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError("the upstream's prediction has no id")
    text = "".join(output) if _pieces(output) else output or ""
    if not all(isinstance(one, str) for one in (status, text, poll, stream, model, version)):
        raise InputError("the upstream's answer is no prediction of text")
    return Prediction(
        status=_STATUSES.get(status, "failed"),
        id=name,
        text=text,
        poll=_own(poll, base),
        stream=_own(stream, base),
        usage=_counts(*usage),
        model=model,
        version=version,
    )


def _pieces(output: Any) -> bool:
    return isinstance(output, list) and all(isinstance(one, str) for one in output)


def _counts(into: Any, out: Any) -> tuple[int, int] | None:
    if type(into) is int and type(out) is int and into >= 0 and out >= 0:
        return into, out
    return None


def _own(url: str, base: str) -> str:
    if not url:
        return ""
    there, here = urlsplit(url), urlsplit(base)
    host = there.hostname or ""
    same = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    theirs = (here.hostname or "").endswith(".replicate.com") and host.endswith(".replicate.com")
    if same or (theirs and there.scheme == "https" and there.netloc == host):
        return url
    raise InputError("the upstream's answer points at another host")


def completion(found: Prediction, alias: str, created: int) -> dict[str, Any]:
    """A prediction that succeeded, as an OpenAI chat completion.

    Args:
        found: The prediction.
        alias: The model's name as the caller knows it.
        created: The time, in whole seconds since 1970.

    Raises:
        InputError: It has not succeeded.
    """
    if found.status != "succeeded":
        raise InputError("the prediction has not succeeded")
    made: dict[str, Any] = {
        "id": f"chatcmpl-{found.id}",
        "object": "chat.completion",
        "created": created,
        "model": alias,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": found.text},
                "finish_reason": "stop",
                "logprobs": None,
            }
        ],
    }
    if found.usage is not None:
        into, out = found.usage
        total = {"total_tokens": into + out}
        made["usage"] = {"prompt_tokens": into, "completion_tokens": out, **total}
    return made


class Chunks:
    """A prediction's stream of events, as the events of an OpenAI chat completion.

    Args:
        name: The prediction's id.
        alias: The model's name as the caller knows it.
        created: The time, in whole seconds since 1970.
    """

    def __init__(self, name: str, alias: str, created: int) -> None:
        self._fixed = {
            "id": f"chatcmpl-{name}",
            "object": "chat.completion.chunk",
            "created": created,
            "model": alias,
        }
        self._begun = False
        self.finished = False
        self.failed = False

    def event(self, kind: str | None, data: bytes) -> bytes:
        """What a frame of the stream becomes.

        `finished` is true once the answer is whole, `failed` once it is known that it never will
        be. A stream that ends with neither was cut off.

        Args:
            kind: The frame's event.
            data: Its data, lines joined.

        Raises:
            InputError: The data are not UTF-8.
        """
        if self.finished or self.failed:
            return b""
        if kind == "output":
            return self._text(data)
        if kind == "done":
            self.finished = _succeeded(data)
            self.failed = not self.finished
        elif kind == "error":
            self.failed = True
        return self._last() if self.finished else b""

    def _text(self, data: bytes) -> bytes:
        try:
            delta = {"content": data.decode("utf-8")}
        except UnicodeDecodeError:
            raise InputError("the upstream's stream is not UTF-8") from None
        if not self._begun:
            self._begun = True
            delta = {"role": "assistant", **delta}
        return self._chunk(delta, None)

    def _last(self) -> bytes:
        return self._chunk({}, "stop") + b"data: [DONE]\n\n"

    def _chunk(self, delta: Mapping[str, str], finish: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return b"data: " + orjson.dumps({**self._fixed, "choices": [choice]}) + b"\n\n"


def _succeeded(data: bytes) -> bool:
    """Whether the data of ``done`` give no reason: success; else ``canceled`` or ``error``."""
    try:
        return not orjson.loads(data).get("reason")
    except (orjson.JSONDecodeError, AttributeError):
        return False
