"""From the words of a case of facts to the facts that rules read.

The words are those of `regions/`: `words` of categories, safeguards and declarations, and the table
`facts`. A word that no table knows is an error, because a fact that is silently dropped may be the
one on which the law turns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, get_args

from guard import tagging
from guard.errors import ConfigError
from guard.officer import shares
from guard.types import (
    PURPOSES,
    Category,
    Destination,
    Detection,
    Principal,
    Purpose,
    Tag,
    Transfer,
)

if TYPE_CHECKING:
    from guard.regions import Regions
    from guard.regions.rows import FactRow

_FIELDS = {
    "principal",
    "data_subject_countries",
    "categories",
    "counts",
    "treatment",
    "origin_country",
    "destination",
    "safeguards",
    "purpose",
    "use_case",
    "time",
    "other",
}
_PURPOSES: dict[str, Purpose] = {
    "prompt": "inference",
    "training_data": "training",
    "storage_write": "storage",
    "telemetry": "telemetry",
    "model_weights": "storage",
}
_TREATMENTS = ("none", "anonymised", "pseudonymised", "encrypted_no_key")
_SELF = {"employee_of_controller", "own_branch", "own_laboratory", "own_repository"}
_PROCESSORS = {
    "ai_provider",
    "cloud_host",
    "consultant",
    "contractor",
    "data_intermediary",
    "processor",
    "sub_processor",
    "transit_host",
    "vendor",
}
_NOTHING = ("", "~", "null")
"""How YAML writes that there is none, which the tables read as the words that they are."""
_ODD = re.compile(r"[^A-Za-z0-9_.:/()%-]+")
_WORD = 64
_ALWAYS = ("0001-01-01", "9999-12-31")


def translate(
    name: str, instrument: str, facts: Mapping[str, Any], regions: Regions
) -> tuple[Transfer, Destination]:
    """The transfer and the destination that a case describes, tagged for its instrument alone.

    Args:
        name: The case, for messages.
        instrument: The law it is judged for.
        facts: ``principal``, ``data_subject_countries``, ``categories``, ``counts``, ``treatment``,
            ``origin_country``, ``destination``, ``safeguards``, ``purpose``, ``use_case``, ``time``
            and ``other``.
        regions: The tables.

    Raises:
        ConfigError: A field or word is unknown, or has a value that it cannot have.
    """
    return _Reader(name, instrument, facts, regions).read()


class _Reader:
    """One case while it is read."""

    def __init__(
        self, name: str, instrument: str, facts: Mapping[str, Any], regions: Regions
    ) -> None:
        self._name, self._instrument, self._regions = name, instrument, regions
        self._case = self._mapping(facts, "facts", _FIELDS)
        self._principal = self._mapping(
            facts.get("principal", {}), "principal", {"establishment", "role", "detail"}
        )
        self._place = self._mapping(
            facts.get("destination", {}),
            "destination",
            {"country", "operator_country", "parent_country", "role"},
        )

    def read(self) -> tuple[Transfer, Destination]:
        stated = self._stated()
        transfer = self._transfer(stated)
        return transfer, self._destination(stated)

    def _stated(self) -> dict[str, Any]:
        """Every fact by its id, checked against the table."""
        given: dict[str, Any] = dict(self._mapping(self._case.get("other") or {}, "other", None))
        roles = {"principal_role": self._principal, "recipient_role": self._place}
        given.update({fact: one["role"] for fact, one in roles.items() if "role" in one})
        treatment = self._case.get("treatment", "none")
        if treatment not in _TREATMENTS:
            raise self._error(f"treatment is one of {', '.join(_TREATMENTS)}")
        if treatment != "none":
            given["prior_treatment"] = treatment
        return {fact: self._value(fact, given[fact]) for fact in sorted(given)}

    def _value(self, fact: str, value: Any) -> Any:
        row = self._regions.facts.get(fact)
        if row is None:
            raise self._error(f"no table knows the fact `{fact}`")
        read = self._number(row, value) if "number" in row.kinds else value
        if read in _NOTHING and "None" in row.values:
            read = "None"
        if isinstance(read, str) and "words" in row.kinds:
            read = tuple(part.strip() for part in read.split(","))
        if isinstance(read, list):
            read = tuple(self._word(one) for one in read)
        if not self._regions.takes(fact, read):
            raise self._error(f"the fact `{fact}` cannot have that value")
        return read

    def _number(self, row: FactRow, value: Any) -> Any:
        """A number in the table's unit; a share may have decimals, its unit then does not."""
        try:
            scaled = Decimal(value) * row.per if isinstance(value, int | str) else None
        except InvalidOperation:
            return value
        if scaled is None or isinstance(value, bool):
            return value
        if scaled != scaled.to_integral_value():
            raise self._error(f"the fact `{row.id}` is given in more detail than it is used")
        return int(scaled)

    def _word(self, value: Any) -> str:
        """An element of a list as one word, a share of a company as who holds it and how much.

        ``{owner: CN, share: 50}``, ``{CN: 50}``, ``CN 50%`` and ``50 % CN`` are all ``CN:50``.
        """
        parts = shares.parts(value)
        share = max(_WORD // max(len(parts), 1) - 1, 1)  # each part keeps its place
        word = ":".join(_ODD.sub("_", part).strip("_")[:share] for part in parts)
        if not word:
            raise self._error("a list has an element without a word")
        return word

    def _transfer(self, stated: Mapping[str, Any]) -> Transfer:
        establishment = self._places(self._principal.get("establishment"), "establishment")
        subjects = self._places(self._case.get("data_subject_countries"), "data_subject_countries")
        origin = self._places(self._case.get("origin_country"), "origin_country") or ("unknown",)
        use = self._case.get("use_case")
        if use is not None and use not in _PURPOSES:
            raise self._error(f"use_case is one of {', '.join(_PURPOSES)}")
        role = self._principal.get("role")
        known = get_args(Principal.model_fields["role"].annotation)
        time = self._case.get("time", "")
        if not _day(time):
            raise self._error("a case has a `time`, YYYY-MM-DD")
        return Transfer(
            time=time,
            principal=Principal(
                establishment=establishment, role=role if role in known else "unknown"
            ),
            purpose=_PURPOSES[use] if use else "inference",
            use_case="general",
            origin=origin[0],
            data_subjects=subjects,
            categories=self._categories(use),
            tags=self._tags(time, establishment, origin[0], subjects, stated),
            hints=(),
            declared=self._statements(self._regions.declarations),
            detection=Detection(
                complete=True, ner=True, languages=("en",), skipped=(), revision="0" * 64
            ),
            treatment="none",
            facts=dict(stated),
        )

    def _tags(
        self,
        time: str,
        establishment: Sequence[str],
        origin: str,
        subjects: Sequence[str],
        stated: Mapping[str, Any],
    ) -> tuple[Tag, ...]:
        """The tags of the case's instrument, for whatever purpose."""
        declared = (
            *self._statements(self._regions.declarations),
            *(fact for fact, value in stated.items() if value is not False and value != ()),
        )
        found: dict[Tag, None] = {}
        for purpose in PURPOSES:
            tags, _ = tagging.tag(
                self._regions.jurisdictions,
                time=time,
                purpose=purpose,
                establishment=establishment,
                origin=origin,
                data_subjects=subjects,
                evidence=(),
                categories=tuple(self._regions.categories),
                declared=declared,
            )
            found.update(dict.fromkeys(one for one in tags if one.instrument == self._instrument))
        return tuple(found)

    def _categories(self, use: str | None) -> tuple[Category, ...]:
        wanted = [*self._list(self._case.get("categories"), "categories")]
        if use == "model_weights" and "model" not in wanted:
            wanted.append("model")
        rows = self._regions.categories
        names = {
            word: [key for key, row in rows.items() if word in row.words or word == key]
            for word in wanted
        }
        for word, found in names.items():
            if not found:
                raise self._error(f"no category is called `{word}`")
        return tuple(
            Category(
                id=key,
                at_most=1,
                personal=rows[key].personal,
                direct=rows[key].direct,
                classes=rows[key].classes,
                treatment="none",
                found=False,
            )
            for key in sorted({key for found in names.values() for key in found})
        )

    def _statements(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        """The rows that the case's safeguards name, and those in order under the instrument."""
        named = set(self._list(self._case.get("safeguards"), "safeguards"))
        known = {
            word
            for rows in (self._regions.declarations, self._regions.safeguards)
            for key, row in rows.items()
            for word in (*row.words, key)
        }
        for word in sorted(named - known):
            raise self._error(f"no safeguard is called `{word}`")
        return tuple(
            key
            for key, row in table.items()
            if key in named or named.intersection(row.words) or self._instrument in row.in_order
        )

    def _destination(self, stated: Mapping[str, Any]) -> Destination:
        country = self._places(self._place.get("country"), "destination.country") or ("unknown",)
        rest = tuple(stated.get("data_location", country))
        role = self._place.get("role")
        counts = self._mapping(self._case.get("counts") or {}, "counts", set(self._regions.counts))
        if not all(type(value) is int and value >= 0 for value in counts.values()):
            raise self._error("a count is a whole number")
        return Destination(
            id="case",
            kind="storage" if self._case.get("use_case") == "storage_write" else "model",
            provider="case",
            url="unknown",
            role="self" if role in _SELF else "processor" if role in _PROCESSORS else "controller",
            storage=rest,
            processing=rest,
            operator=self._one(self._place.get("operator_country"), "operator_country"),
            parent=self._one(self._place.get("parent_country"), "parent_country"),
            access=country,
            weights="unknown",
            assurance=(),
            safeguards=self._statements(self._regions.safeguards),
            retention_days=0,
            training_use="yes" if stated.get("provider_trains_on_inputs") is True else "no",
            valid_from=_ALWAYS[0],
            valid_until=_ALWAYS[1],
            confidence="high",
            source="a case of facts",
            checked=_ALWAYS[0],
            counts=dict(sorted(counts.items())),
        )

    def _one(self, value: Any, field: str) -> str:
        return next(iter(self._places(value, field)), "unknown")

    def _places(self, value: Any, field: str) -> tuple[str, ...]:
        places = self._list(value if isinstance(value, list) else [value] if value else [], field)
        for place in places:
            if not self._regions.is_location(place):
                raise self._error(f"{field} names no location that the tables know")
        return tuple(places)

    def _list(self, value: Any, field: str) -> list[str]:
        given = value if value is not None else []
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise self._error(f"`{field}` is a list of words")
        return given

    def _mapping(self, value: Any, field: str, known: set[str] | None) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._error(f"`{field}` is a mapping")
        for key in value if known is not None else ():
            if known is not None and key not in known:
                raise self._error(f"{field} has no field `{key}`")
        return value

    def _error(self, what: str) -> ConfigError:
        return ConfigError(
            f"case {self._name}: {what}", remedy="see `guard region list --table facts`"
        )


def _day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
