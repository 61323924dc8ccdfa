"""The words that documents are made of: closed sets and patterns, never free text."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.:/-]{0,95}$")]
"""A name of ours: rule, category, destination, instrument. Never free text."""

Location = Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|[A-Z][A-Z_]{2,39}|unknown)$")]
"""ISO 3166-1 alpha-2, a sub-entity (``US-CA``), a set (``EEA``, ``GLOBAL``) or ``unknown``."""

Date = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:/()%-]{0,63}$")]
"""A value of a stated fact: a word of the table of facts or a location, never free text."""

Statement = (
    Annotated[bool, Field(strict=True)]
    | Annotated[int, Field(strict=True, ge=-(2**53 - 1), le=2**53 - 1)]
    | Word
    | tuple[Word, ...]
)
"""What is stated about a transfer: yes or no, a number, a word, or several words."""

Counted = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)]
"""How many, as every reader of JSON reads it."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Purpose = Literal[
    "inference",
    "training",
    "evaluation",
    "embedding",
    "storage",
    "analytics",
    "telemetry",
    "support",
]
Treatment = Literal["none", "pseudonymise", "redact"]
Effect = Literal["permit", "deny", "review", "conflict"]
Remedy = Literal["redact", "pseudonymise", "relocate", "mechanism", "consent", "declare", "review"]
Confidence = Literal["high", "medium", "low"]
Trigger = Literal["declared", "establishment", "data_subject", "origin", "finding"]

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


class Document(BaseModel):
    """Frozen, closed and total."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)
