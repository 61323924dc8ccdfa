"""The row of a destination: several facts of location, never one "region"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from guard.regions.rows import Row, Text
from guard.regions.selectors import Selector
from guard.types import Destination, Identifier, Location

Status = Literal["active", "restricted", "announced", "announced_or_new", "multi_region", "retired"]
OPEN: tuple[Status, ...] = ("active", "multi_region")
"""What a customer can use without a contract of its own with the provider."""

_REGION = "{region}"


class DestinationRow(Row):
    """What data would go to. What is not known is said to be ``unknown``.

    See `guard.types.Destination` for the fields that a policy sees. The others are for people and
    for `guard.regions.resolve`.

    Args:
        region_code: The provider's code of a cloud region; unique only within the provider.
            ``{region}`` in `url` and `hosts` stands for it.
        partition: The provider's separate cloud of that name (``aws-us-gov``, ``oc19``).
        aliases: Other codes of the same region, for example of its zones.
        status: Whether one can use it. A row that is not `OPEN` has low confidence, and no URL
            resolves to it.
        operator_entity: The operating company in words.
        technology: Jurisdiction of the maker of the technology, where it is not the operator's.
        key_custody: Who holds the keys of data at rest.
        aggregator: Requests are handed on to providers that the row does not know.
        hosts: Host names that reach it; ``{name}`` stands for one label or a part of one. Taken
            from `url` when empty.
        cloud: The provider in whose regions ``{region}`` of a host or `region_field` is looked up.
        region_field: The field that names the region where the host does not.
        regional: The facts that are the region's country rather than what the row says.
        residency: What the provider promises, in words.
        selectors: What else must hold; all of them.
    """

    id: Identifier
    title: Text
    kind: Literal["model", "storage", "device"]
    provider: Identifier
    url: Annotated[str, Field(min_length=1, max_length=300)] = "unknown"
    role: Literal["processor", "controller", "self", "unknown"]
    storage: Annotated[tuple[Location, ...], Field(min_length=1)]
    processing: Annotated[tuple[Location, ...], Field(min_length=1)]
    operator: Location
    parent: Location
    access: Annotated[tuple[Location, ...], Field(min_length=1)] = ("unknown",)
    weights: Location = "unknown"
    assurance: tuple[Identifier, ...] = ()
    safeguards: tuple[Identifier, ...] = ()
    retention_days: Annotated[int, Field(ge=-1)] = -1
    training_use: Literal["yes", "no", "unknown"] = "unknown"
    region_code: str = ""
    partition: str = ""
    aliases: tuple[Text, ...] = ()
    status: Status = "active"
    operator_entity: str = ""
    technology: Location = "unknown"
    key_custody: Literal["customer", "provider", "unknown"] = "unknown"
    aggregator: bool = False
    hosts: tuple[Text, ...] = ()
    cloud: str = ""
    region_field: str = ""
    regional: tuple[Literal["storage", "processing"], ...] = ()
    residency: str = ""
    selectors: tuple[Selector, ...] = ()

    @model_validator(mode="after")
    def _with_its_region(self) -> DestinationRow:
        if (
            self.region_code and not self.cloud
        ):  # the row is frozen for everybody else, from here on
            object.__setattr__(self, "url", self.url.replace(_REGION, self.region_code))
            hosts = tuple(host.replace(_REGION, self.region_code) for host in self.hosts)
            object.__setattr__(self, "hosts", hosts)
        return self

    @model_validator(mode="after")
    def _looked_up(self) -> DestinationRow:
        templated = any(_REGION in host for host in (*self.hosts, self.url))
        if bool(self.cloud) != bool(self.regional or templated or self.region_field):
            raise ValueError("`cloud` and what is looked up there go together")
        return self

    @property
    def is_open(self) -> bool:
        """Whether a customer can use it, as far as the table knows."""
        return self.status in OPEN

    def having(self, assurance: tuple[str, ...]) -> DestinationRow:
        """The row with these assurances; itself when it has exactly them."""
        if assurance == self.assurance:
            return self
        return self.model_copy(update={"assurance": assurance})

    def destination(self) -> Destination:
        """The row as the type that transfers are decided with; sets of facts in sorted order.

        A region that is announced, closed to most or gone has low confidence, and so has one that
        is no single place; an operator who uses it says so by extending the row.
        """
        facts = self.model_dump(mode="python", include=_SEEN)
        for name in ("storage", "processing", "access", "assurance", "safeguards"):
            facts[name] = tuple(sorted(set(facts[name])))
        if self.status != "active":
            facts["confidence"] = "low"
        return Destination(**facts)


_SEEN = set(Destination.model_fields) & set(DestinationRow.model_fields)
