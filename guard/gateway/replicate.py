"""Replicate's own dialect: an OpenAI chat request as the prediction that it asks for.

Text in, text out: what a prediction cannot say (tools, images, several choices) is refused, never
dropped. The request that comes in here was decided on and treated already; nothing is added to its
text but the names of the speakers. Answers are read by `guard.gateway.prediction`. Source:
replicate.com/docs/reference/http.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from guard.errors import InputError

LONGEST_WAIT_S = 60
"""As long as ``Prefer: wait`` may hold a request open."""

_OWNED = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_VERSION = re.compile(r"(?:[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*:)?([0-9a-f]{64})")
_PARAMETERS = {
    "max_tokens": "max_tokens",
    "max_completion_tokens": "max_tokens",
    "temperature": "temperature",
    "top_p": "top_p",
    "seed": "seed",
    "presence_penalty": "presence_penalty",
    "frequency_penalty": "frequency_penalty",
}
_HARMLESS = frozenset({"model", "messages", "stream", "stream_options", "stop"})
_NAMED = frozenset(
    {"tools", "tool_choice", "functions", "response_format", "n", "logprobs", "top_logprobs",
     "user", "metadata", "store", "service_tier", "logit_bias", "prediction", "modalities"}
)  # fmt: skip
_ROLES = {"user": "User", "assistant": "Assistant"}
_SYSTEM = frozenset({"system", "developer"})


@dataclass(frozen=True, slots=True)
class PredictionRequest:
    """A request to create a prediction.

    Args:
        url: The address.
        headers: Headers beside the credential.
        body: The body as JSON.
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


def request(document: Mapping[str, Any], base: str, model: str) -> PredictionRequest:
    """The prediction that a released chat request asks for.

    Args:
        document: An OpenAI chat request.
        base: The upstream's base URL, ``https://api.replicate.com/v1``.
        model: ``owner/name`` of an official model, ``deployments/owner/name``, or a version.

    Raises:
        InputError: It asks for what a prediction cannot give, or the model has another form.
    """
    asked: dict[str, Any] = {"input": _input(document)}
    path = address(model)
    if version := version_of(model):
        asked["version"] = version
    headers = [("content-type", "application/json"), ("accept", "application/json")]
    if document.get("stream") is True:
        asked["stream"] = True
    else:
        headers.append(("prefer", f"wait={LONGEST_WAIT_S}"))
    return PredictionRequest(base.rstrip("/") + path, tuple(headers), orjson.dumps(asked))


def address(model: str) -> str:
    """The path below the base URL where predictions of a model are created.

    Raises:
        InputError: The model has no form that Replicate knows.
    """
    if version_of(model):
        return "/predictions"
    if not _OWNED.fullmatch(model.removeprefix("deployments/")):
        raise InputError("no model of that form", remedy="owner/name, or a version of 64 digits")
    kind = "" if model.startswith("deployments/") else "models/"
    return f"/{kind}{model}/predictions"


def version_of(model: str) -> str:
    """The version that a model's name says, ``""`` where it says none."""
    found = _VERSION.fullmatch(model)
    return found.group(1) if found else ""


def _input(document: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in document.items():
        if (
            value is None
            or name in _HARMLESS
            or (name == "n" and type(value) is int and value == 1)
        ):
            continue
        if name not in _PARAMETERS or isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(
                "a prediction cannot take a member of the request",
                remedy=f"leave out {name}" if name in _NAMED else "leave it out",
            )
        given[_PARAMETERS[name]] = value
    stop = document.get("stop")
    if stop is not None:
        several: list[Any] = stop if isinstance(stop, list) else [stop]
        if any(not isinstance(one, str) or "," in one for one in several):
            raise InputError("a prediction takes stop sequences without commas")
        given["stop_sequences"] = ",".join(several)
    system, turns = _turns(document.get("messages"))
    if system:
        given["system_prompt"] = system
    given["prompt"] = _prompt(turns)
    return given


def _turns(messages: Any) -> tuple[str, list[tuple[str, str]]]:
    """What the system says, and who says what in turn."""
    system: list[str] = []
    turns: list[tuple[str, str]] = []
    if not isinstance(messages, list) or not messages:
        raise InputError("a chat request has messages")
    for message in messages:
        if not isinstance(message, Mapping):
            raise InputError("a message is an object")
        if set(message) - {"role", "content"}:
            raise InputError("a prediction takes text only", remedy="leave out tools and names")
        role, text = message.get("role"), _text(message.get("content"))
        if not isinstance(role, str):
            raise InputError("a role is a word")
        if role in _SYSTEM:
            system.append(text)
        elif role in _ROLES:
            turns.append((role, text))
        else:
            raise InputError("a prediction knows system, user and assistant only")
    if not turns or turns[-1][0] != "user":
        raise InputError("the last message is the user's")
    return "\n\n".join(system), turns


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts: Sequence[Any] = content if isinstance(content, list) and content else [None]
    texts = []
    for part in parts:
        if not isinstance(part, Mapping) or set(part) != {"type", "text"}:
            raise InputError("a prediction takes text only")
        if part["type"] != "text" or not isinstance(part["text"], str):
            raise InputError("a prediction takes text only")
        texts.append(part["text"])
    return "\n".join(texts)


def _prompt(turns: Sequence[tuple[str, str]]) -> str:
    if len(turns) == 1:
        return turns[0][1]
    return "\n\n".join([*(f"{_ROLES[role]}: {text}" for role, text in turns), "Assistant:"])
