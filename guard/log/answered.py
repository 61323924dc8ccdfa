"""The record of an answer: what came back for a decision, where it was served, how it ended.

What a provider says of itself is somebody else's text. It enters as technical words alone, under
names from a closed list.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from guard.log.fields import Count, Record, Uuid7
from guard.types import Document, Identifier

Outcome = Literal[
    "whole",
    "cut",
    "abandoned",
    "unreadable",
    "status",
    "connect",
    "timeout",
    "credential",
]
"""How an answer ended. It came to its end; the provider cut it off; nobody waited for it any more;
it was not what it claimed to be; it came and went no further, for its status. Or there was none: no
connection, no first byte in time, no valid credential, so that nothing was sent."""
_WITH_STATUS = frozenset({"whole", "unreadable", "status"})
_WITHOUT_STATUS = frozenset({"connect", "timeout", "credential"})

Reported = Literal[
    "model",
    "provider",
    "service_tier",
    "inference_geo",
    "openai-model",
    "x-ms-region",
    "x-ms-deployment-name",
    "x-ms-served-model",
]
"""Headers and members in which a provider says what served a request, and where."""
Reference = Literal[
    "apim-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-goog-request-id",
    "x-request-id",
]
"""Headers that name a request in the provider's own logs."""
_DIGITS = re.compile(r"[0-9]{7,}")
_DATE = re.compile(r"20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


_WORD = r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,95}"
_REQUEST = (
    r"(req_[A-Za-z0-9]{8,64}|[0-9a-f]{32}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)


def is_technical(word: str) -> bool:
    """Whether a provider's word can stand in a record: no space, no long number but a date."""
    # The shortest national numbers have seven digits; dates of models have eight.
    return re.fullmatch(_WORD, word) is not None and all(
        _DATE.fullmatch(run) for run in _DIGITS.findall(word)
    )


def is_reference(word: str) -> bool:
    """Whether it is a name that a provider gives to a request: ``req_…``, or a UUID."""
    return re.fullmatch(_REQUEST, word) is not None


def _technical(word: str) -> str:
    if not is_technical(word):
        raise ValueError("no technical word")
    return word


Said = Annotated[str, Field(pattern=f"^{_WORD}$"), AfterValidator(_technical)]
"""A technical word, as the names of models and regions are."""
RequestId = Annotated[str, Field(pattern=f"^{_REQUEST}$")]
"""A name that a provider gives to a request."""


class ServedFacts(Document):
    """What is known of where a request was served.

    Args:
        requested: What was sent of that: host, model, and fields that decide.
        reported: What the provider says; a word that is no technical word is left out.
        references: The request's names in the provider's logs.
        drift: What of it contradicts the destination that was decided on.
    """

    requested: dict[Identifier, Said]
    reported: dict[Reported, Said]
    references: dict[Reference, RequestId]
    drift: tuple[Reported, ...]


class AnswerRecord(Record):
    """What came back for one decision, after the release. Numbers of values are upper bounds.

    Args:
        decision: The decision's id.
        outcome: How it ended.
        status: Of HTTP, 0 where none came.
        dialect: What it was read as.
        streamed: Whether parts went out before it had ended.
        received: Bytes that came, at most: a power of ten.
        delivered: Bytes that went to the caller, likewise.
        restored: Stand-ins that were turned back, likewise.
        found: New values that were taken out, by category, likewise.
        marked: Whether it was marked as generated.
        served: Where it was served; None where nobody looked.
        dur_us: Microseconds from release to end.
    """

    kind: Literal["answer"]
    decision: Uuid7
    outcome: Outcome
    status: Annotated[int, Field(ge=0, le=999)]
    dialect: Identifier
    streamed: bool
    received: Count
    delivered: Count
    restored: Count
    found: dict[Identifier, Count]
    marked: bool
    served: ServedFacts | None
    dur_us: Count

    @model_validator(mode="after")
    def _whole(self) -> AnswerRecord:
        if self.outcome in (_WITHOUT_STATUS if self.status else _WITH_STATUS):
            raise ValueError("the status does not fit the outcome")
        return self
