"""The rows of the table `thresholds`: numbers of persons, devices or days from which a law changes.

What is counted, over which window and for whom is data; `guard.ledger` counts by it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guard.regions.rows import NONE, Row, Text
from guard.types import Identifier, Location

WINDOW = r"^(calendar_year|rolling_months:[1-9][0-9]?|since_first_days:[1-9][0-9]{0,2})$"


class Boundary(BaseModel):
    """A number from which something else is due.

    Args:
        number: Persons, devices or days: the boundary is reached at this number, so that "more
            than 100" is written 101.
        means: What is due from there on, in words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1, le=10**12)]
    means: Text


class CompanyRow(Row):
    """A provider that belongs to a company with several: they are one counterparty.

    Args:
        company: The company, as the ledger calls it.
    """

    id: Identifier
    company: Identifier
    cites: Text


class ThresholdRow(Row):
    """A cumulative threshold of one provision.

    Args:
        instrument: The instrument whose provision it is.
        applies_with: Further instruments whose application makes a transfer count (the law to which
            the instrument is a regulation).
        count: What the policy calls the number; of the table `counts`.
        counted: ``persons`` and ``devices`` are counted once each in a window; ``days`` are those
            since the first transfer.
        data: Which categories make a transfer count: every ``personal`` one, ``sensitive`` ones or
            ``ordinary`` ones (personal, not sensitive) under `sensitive_under`, or those that
            `classes` and `categories` list.
        sensitive_under: The instrument whose rows of the table `sensitive` say what is sensitive.
        never_alone: Categories that do not count unless another listed one goes with them.
        window: ``calendar_year``, ``rolling_months:12`` or ``since_first_days:60``.
        utc_offset_hours: Whose days these are: hours that the law's clock is ahead of UTC.
        per: Whether all recipients count together or each counterparty apart.
        outside: Places within which a transfer does not count; empty when it counts everywhere.
        combined: Whether data of several of the instrument's kinds count together against the
            lowest of their thresholds (28 CFR 202.205, combined data).
        at_least: The boundaries, rising.
    """

    id: Identifier
    title: Text
    instrument: Identifier
    applies_with: tuple[Identifier, ...] = ()
    count: Identifier
    counted: Literal["persons", "devices", "days"]
    data: Literal["personal", "ordinary", "sensitive", "listed"]
    sensitive_under: Identifier = NONE
    classes: tuple[Identifier, ...] = ()
    categories: tuple[Identifier, ...] = ()
    never_alone: tuple[Identifier, ...] = ()
    window: Annotated[str, Field(pattern=WINDOW)]
    utc_offset_hours: Annotated[int, Field(ge=-12, le=14)]
    per: Literal["instrument", "counterparty"]
    outside: tuple[Location, ...] = ()
    combined: bool = False
    at_least: Annotated[tuple[Boundary, ...], Field(min_length=1)]
    cites: Text

    @property
    def numbers(self) -> tuple[int, ...]:
        """The boundaries as numbers, rising."""
        return tuple(boundary.number for boundary in self.at_least)

    @model_validator(mode="after")
    def _rising(self) -> ThresholdRow:
        if any(a >= b for a, b in zip(self.numbers, self.numbers[1:], strict=False)):
            raise ValueError("the boundaries do not rise")
        return self

    @model_validator(mode="after")
    def _selected(self) -> ThresholdRow:
        if (self.data == "listed") != bool(self.classes or self.categories):
            raise ValueError("`data: listed` and `classes` or `categories` go together")
        if (self.data in {"ordinary", "sensitive"}) != (self.sensitive_under != NONE):
            raise ValueError("`sensitive_under` says what is sensitive, and what is ordinary")
        if self.never_alone and self.data != "listed":
            raise ValueError("`never_alone` belongs to `data: listed`")
        return self

    @model_validator(mode="after")
    def _timed(self) -> ThresholdRow:
        if (self.counted == "days") != self.window.startswith("since_first_days:"):
            raise ValueError("`counted: days` and the window `since_first_days` go together")
        if self.combined and self.counted == "days":
            raise ValueError("days are not combined")
        return self
