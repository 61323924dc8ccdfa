"""Decisions for other enforcement points: OpenID AuthZEN Authorization API 1.0.

    POST /access/v1/evaluation
    {"subject": {"type": "service", "id": "billing"},
     "action": {"name": "transfer", "properties": {"purpose": "inference"}},
     "resource": {"type": "destination", "id": "openai-us"},
     "context": {"text": "Write to anna@beispiel.de"}}

    {"decision": false, "context": {"id": "…", "effect": "permit", "treatment": "pseudonymise", …}}

How it is read. The subject is who asks, within the key's tenant. The action is ``transfer``, for
the purpose that it names. The resource is the destination. The context holds the ``text`` or the
JSON ``document`` that would be sent, or the ``categories`` of what it holds, and may name the
``conversation``, ``language``, ``subjects`` and ``request_id`` as ``X-Guard-…`` headers do.

An answer is true or false, and this decision has a third way: the data may go once they are
treated. Who only asks cannot treat them, so that is false, unless the context says
``"treat": true``: then it is true, and what may be sent instead stands in ``context.content``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import orjson
from pydantic import Field, ValidationError, model_validator

from guard.config import Section
from guard.dialects import parse
from guard.errors import GuardError, InputError
from guard.gateway.keys import Key
from guard.gateway.question import NotAllowed
from guard.payload import Content, copied
from guard.types import Identifier

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict

PATH = "/access/v1/evaluation"
_REQUEST_ID = "x-request-id"
_WORD = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_STATES = ("categories", "conversation", "language", "subjects", "request_id")


class Entity(Section):
    """A subject. Its properties decide nothing here."""

    type: str = Field(min_length=1, max_length=128)
    id: str = Field(min_length=1, max_length=512, repr=False)
    properties: dict[str, Any] = Field(default_factory=dict, repr=False)


class Resource(Section):
    """A destination."""

    type: Literal["destination"]
    id: Identifier
    properties: dict[str, Any] = Field(default_factory=dict, max_length=0)


class ActionProperties(Section):
    """What the data are used for."""

    purpose: str = "inference"


class Action(Section):
    """What would be done."""

    name: Literal["transfer"]
    properties: ActionProperties = ActionProperties()


class Context(Section):
    """What would be sent, and what is said of it."""

    text: str | None = Field(None, repr=False)
    document: Any = Field(None, repr=False)
    categories: tuple[Identifier, ...] = ()
    conversation: str = Field("", max_length=4096, repr=False)
    language: str = ""
    subjects: tuple[str, ...] = Field((), repr=False)
    request_id: str = Field("", max_length=4096, repr=False)
    treat: bool = False

    @model_validator(mode="after")
    def _something(self) -> Context:
        if self.text is not None and self.document is not None:
            raise ValueError("text or document")
        if self.text is None and self.document is None and not self.categories:
            raise ValueError("text, document or categories are needed")
        return self


class Evaluation(Section):
    """A request. Members that nobody knows are refused: they might be what matters."""

    subject: Entity
    action: Action
    resource: Resource
    context: Context


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer.

    Args:
        body: The document.
        effect: The decision's effect.
        destination: Its destination.
    """

    body: bytes = field(repr=False)
    effect: str
    destination: str


def evaluated(guard: Gate, key: Key, body: bytes) -> Answered:
    """Decide, and write that down. Blocks.

    Raises:
        InputError: For what is no such request.
        NotAllowed: For what the key may not say.
        ConfigError: For an unknown destination, purpose or category.
        Undecided: If there is no answer.
    """
    try:
        asked = _parsed(parse(body))
        content = _content(asked.context)
    except GuardError as error:
        guard.unread(error)
        raise
    context, purpose = asked.context, asked.action.properties.purpose
    for name in _STATES:
        if getattr(context, name) and name.replace("_", "-") not in key.states:
            raise NotAllowed(f"this key may not say {name}")
    if purpose not in key.purposes:
        raise NotAllowed("this key may not use data for this purpose")
    verdict = guard.decide(
        content,
        to=[asked.resource.id],
        purpose=purpose,
        principal=f"{key.principal}\0{asked.subject.type}\0{asked.subject.id}",
        conversation=key.own(context.conversation),
        language=context.language or "en",
        categories=context.categories,
        subjects=tuple(map(key.own, context.subjects)),
        request_id=key.own(context.request_id),
    )
    decision = verdict.decision
    return Answered(_document(verdict, treat=context.treat), decision.effect, decision.destination)


def _parsed(document: Any) -> Evaluation:
    try:
        return Evaluation.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        known = [str(part) for part in first["loc"] if str(part) in _MEMBERS]
        said = "unknown member" if first["type"] == "extra_forbidden" else first["msg"]
        where = ".".join(known)
    raise InputError(f"{where or 'the request'}: {said}", remedy="see docs/gateway.md")


_MEMBERS = frozenset(
    {*Evaluation.model_fields, *Entity.model_fields, *Context.model_fields, "purpose", "name"}
)


def _content(context: Context) -> Content:
    sent = context.text if context.text is not None else context.document
    return Content.of(copied({} if sent is None else sent))


def _document(verdict: Verdict, *, treat: bool) -> bytes:
    decision = verdict.decision
    whole = decision.treatment == "none" or not decision.enforced
    told: dict[str, Any] = {
        "id": decision.id,
        "effect": decision.effect,
        "enforced": decision.enforced,
        "destination": decision.destination,
        "treatment": decision.treatment,
        "obligations": [one.model_dump(mode="json") for one in decision.obligations],
        "remedies": list(decision.remedies),
        "reasons": [
            {"rule": one.rule, "cites": one.cites, "message": one.message}
            for one in decision.reasons
        ],
    }
    if treat and verdict.permitted:
        told["content"] = verdict.payload
    return orjson.dumps({"decision": verdict.permitted and (whole or treat), "context": told})


def echoed(headers: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """The request's id, which its answer repeats (section 10.1.4 of the specification)."""
    said = headers.get(_REQUEST_ID, [])
    return ((_REQUEST_ID, said[0]),) if len(said) == 1 and _WORD.fullmatch(said[0]) else ()
