"""The rows of the region tables: closed, strict, and never without where a fact comes from.

A row without source, date of checking, confidence and validity does not load. Values are taken as
they are written: no coercion, no defaults for facts except ``unknown``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from guard.types import Confidence, Identifier, Location, Purpose, Trigger, Word

NONE = "none"


@lru_cache(maxsize=1024)  # thousands of rows, tens of dates
def _calendar(value: str) -> str:
    if date.fromisoformat(value).isoformat() != value:  # Python also reads 2026-W47-7
        raise ValueError("a date is written YYYY-MM-DD")
    return value


Day = Annotated[str, AfterValidator(_calendar)]
Text = Annotated[str, Field(min_length=1, max_length=300)]
Status = Literal["prohibited", "high_risk", "none", "unknown"]


class Row(BaseModel):
    """What every row has: an id and its provenance.

    Args:
        id: Unique in its table.
        source: Where the fact comes from; ``general knowledge, not checked …`` when that is so.
        checked: When it was last compared with its source.
        confidence: How sure we are.
        valid_from: First day on which the row may be relied on.
        valid_until: First day on which it may no longer be; ``9999-12-31`` when no end is set.
        replaces: The id of the row of an earlier directory that this one replaces.
        note: What an officer should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,95}$")]
    source: Annotated[str, Field(min_length=3, max_length=300)]
    checked: Day
    confidence: Confidence
    valid_from: Day
    valid_until: Day
    replaces: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Row:
        if self.valid_from >= self.valid_until:
            raise ValueError("valid_from is not before valid_until")
        return self

    def valid_on(self, day: str) -> bool:
        """Whether the row may be relied on that day (``YYYY-MM-DD``)."""
        return self.valid_from <= day < self.valid_until


class CountryRow(Row):
    """A country or territory of ISO 3166-1.

    Args:
        also: Codes of ISO 3166-2 for the same place under another country (``CN-HK``). They are
            refused, so that Hong Kong is never taken for mainland China.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: Text
    also: tuple[Location, ...] = ()


class SetRow(Row):
    """A set of countries.

    Args:
        kind: ``closed`` has exactly its members; ``open`` has no boundary (``GLOBAL``) and is
            inside no territory; ``organisation`` is an international one (GDPR Art. 4(26)).
    """

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,39}$")]
    title: Text
    kind: Literal["closed", "open", "organisation"]
    members: tuple[Location, ...]
    cites: Text

    @model_validator(mode="after")
    def _bounded(self) -> SetRow:
        if (self.kind == "closed") != bool(self.members):
            raise ValueError("a closed set has members, any other has none")
        return self


class InstrumentRow(Row):
    """One instrument of law; its validity is when it is in force."""

    id: Identifier
    title: Text
    cites: Text


class ClassRow(Row):
    """A class of sensitive data, ``health``."""

    id: Identifier
    title: Text


class CategoryRow(Row):
    """A kind of data that detectors find or operators declare.

    Args:
        personal: Relates to an identified or identifiable person (GDPR Art. 4(1)).
        direct: Identifies the person by itself (GDPR Rec. 26).
        classes: Sensitive classes it belongs to.
        placeholder: The word that stands for it in redacted text, ``EMAIL``.
        words: Words of a case of facts that mean it (`guard policy case`).
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z][a-z_]*)+$")]
    title: Text
    personal: bool
    direct: bool
    classes: tuple[Identifier, ...]
    placeholder: Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,19}$")]
    cites: Text
    words: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> CategoryRow:
        if self.direct and not self.personal:
            raise ValueError("what identifies a person directly is personal")
        return self


class SensitiveRow(Row):
    """The classes that one provision of an instrument treats as sensitive."""

    instrument: Identifier
    classes: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    cites: Text


class Ruling(BaseModel):
    """What an instrument says of a use case, from a date on."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    status: Status
    article: Text
    since: Annotated[Day, Field(alias="from")]


class UseCaseRow(Row):
    """A use that an operator declares, with what each instrument says of it."""

    id: Identifier
    title: Text
    instruments: dict[Identifier, Ruling]
    cites: Text


class StatementRow(Row):
    """A declaration or a safeguard.

    Args:
        states: What the operator states by declaring it.
        words: Words of a case of facts that say the same (`guard policy case`).
        in_order: Instruments under which a case that does not mention it takes it to be so.
    """

    id: Identifier
    title: Text
    states: Text
    cites: Text
    words: tuple[Identifier, ...] = ()
    in_order: tuple[Identifier, ...] = ()


class FactRow(Row):
    """A fact that an operator may state, with the values it can have.

    Args:
        states: What is stated by it, so that yes and no mean something.
        kinds: ``bool``, ``number`` (an integer in `unit`), ``word`` (of `values`), ``words``
            (a list; of `values`, or of locations where `values` is empty), ``location``.
        values: The words it may be.
        open: Whether it may be any word, because the law describes what it lists and names none.
        per: What one unit of a case's number is in ours: a share of 0.25 is 250 with ``per: 1000``.
        instruments: Instruments whose rules read it.
    """

    id: Identifier
    title: Text
    states: Text
    kinds: Annotated[
        tuple[Literal["bool", "number", "word", "words", "location"], ...], Field(min_length=1)
    ]
    values: tuple[Word, ...] = ()
    open: bool = False
    per: Annotated[int, Field(ge=1)] = 1
    instruments: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    cites: Text

    def takes(self, value: object) -> bool:
        """Whether the fact can have that value; locations are checked by the caller."""
        match value:
            case bool():
                return "bool" in self.kinds
            case int():
                return "number" in self.kinds
            case str():
                return ("word" in self.kinds and value in self.values) or "location" in self.kinds
            case tuple() | list():
                named = all(isinstance(one, str) for one in value)
                return (
                    "words" in self.kinds
                    and named
                    and (not self.values or self.open or set(value) <= set(self.values))
                )
            case _:
                return False


class AdequacyRow(Row):
    """A dated, revocable authority to transfer to a place (GDPR Art. 45(3)).

    Args:
        requires: The safeguard that shows a recipient to be in scope, or ``none``.
        revoked: Struck down or suspended: never relied on, whatever its dates.
        partial: Covers some recipients only; then `requires` must not be ``none``.
        scope: The scope in words.
    """

    id: Identifier
    instrument: Identifier
    to: Location
    authority: Annotated[str, Field(min_length=1, max_length=120)]
    revoked: bool
    partial: bool
    requires: Identifier
    scope: str

    @model_validator(mode="after")
    def _scoped(self) -> AdequacyRow:
        if self.partial and self.requires == NONE:
            raise ValueError("a partial decision names the safeguard it requires")
        return self


class TerritoryRow(Row):
    """The home territory of the instrument whose id it bears."""

    id: Identifier
    locations: Annotated[tuple[Location, ...], Field(min_length=1)]
    cites: Text


class ScopeRow(BaseModel):
    """The facts about a jurisdiction that make an instrument apply.

    Args:
        triggers: Kinds of fact, each sufficient by itself.
        purposes: Purposes to which the scope is limited; empty for all.
        categories: Categories of data to which it is limited; empty for all.
        declarations: For the trigger ``declared``: any of these declarations or stated facts
            suffices (a fact that is false or empty is not stated).
        valid_from: First day on which the scope applies; the instrument's own when not said.
        valid_until: First day on which it no longer applies; the instrument's own when not said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    instrument: Identifier
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    purposes: tuple[Purpose, ...] = ()
    categories: tuple[Identifier, ...] = ()
    declarations: tuple[Identifier, ...] = ()
    valid_from: Day | None = None
    valid_until: Day | None = None
    cites: Text
    confidence: Confidence

    def within(self, instrument: Row) -> ScopeRow:
        """The scope with the dates of its instrument where it says none itself."""
        return self.model_copy(
            update={
                "valid_from": self.valid_from or instrument.valid_from,
                "valid_until": self.valid_until or instrument.valid_until,
            }
        )

    def valid_on(self, day: str) -> bool:
        """Whether the scope applies that day; one without dates always does."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day < self.valid_until)

    @model_validator(mode="after")
    def _declared(self) -> ScopeRow:
        if ("declared" in self.triggers) != bool(self.declarations):
            raise ValueError("the trigger `declared` and `declarations` go together")
        return self


class JurisdictionRow(Row):
    """A law's territory and the instruments that facts about it trigger.

    Args:
        member_of: Sets it belongs to; filled in from the sets at load.
    """

    id: Location
    title: Text
    scopes: Annotated[tuple[ScopeRow, ...], Field(min_length=1)]
    member_of: tuple[Location, ...] = ()

    @model_validator(mode="after")
    def _membership_stands_in_the_sets(self) -> JurisdictionRow:
        if self.member_of:
            raise ValueError("membership is said in the table `sets`")
        return self
