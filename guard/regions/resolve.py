"""From the address of a request to the one destination that it is.

The same URL can be several destinations: the SKU of a deployment, the prefix of a model id or a
field of the body decides where the data go. So the host is looked up first, exactly, and then what
the request says is compared with the selectors of every row that the host reaches. One row is the
answer. None, or more than one, is a refusal that names what would decide: the laxest of several is
never picked, and neither is the likeliest.

    >>> Resolver.of(regions).resolve("https://api.anthropic.com", fields={"inference_geo": "us"})
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from guard.regions.address import Address, parse
from guard.regions.cloud_regions import CloudRegions, derived
from guard.regions.destination import DestinationRow
from guard.regions.families import FamilyRow, origin
from guard.regions.hosts import Hit, Hosts
from guard.regions.refusals import Unresolved, contradicted, unknown, unsaid
from guard.regions.selectors import canonical
from guard.types import Destination

if TYPE_CHECKING:
    from guard.regions.regions import Regions

_BEDROCK_MODEL = re.compile(r"/model/([^/]+)/(?:invoke|converse)")
_PORT = re.compile(r":[0-9]+$")
_LOCATION = re.compile(r"/locations/([^/]+)")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer.

    Args:
        row: The destination with all that is known of it. Where a cloud region filled it in, its id
            is ``<row>:<region>`` and its confidence that of the weaker part.
        base: The id of the table's row.
        by: What decided besides the host: field and value.
    """

    row: DestinationRow
    base: str
    by: Mapping[str, str]

    @property
    def destination(self) -> Destination:
        """The destination as a transfer is decided with."""
        return self.row.destination()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row that the host reaches, and how it fares with what was said."""

    row: DestinationRow
    loose: int
    region: str
    outcome: str
    asks: Mapping[str, tuple[str, ...]]


class Resolver:
    """Resolves addresses; one instance serves all threads.

    Args:
        rows: The destinations by id.
        families: Families of models.
        union: The member states of the Union, for what is decided by geography.
        own: Ids of rows that the operator declared: they go before shipped ones of the same host.
    """

    def __init__(
        self,
        rows: Mapping[str, DestinationRow],
        *,
        families: Iterable[FamilyRow] = (),
        union: Collection[str] = (),
        own: Collection[str] = (),
    ) -> None:
        self._rows = rows
        self._hosts = Hosts(rows.values())
        self._clouds = CloudRegions(rows.values(), union, own)
        self._families = tuple(families)
        self._own = frozenset(own)

    @classmethod
    def of(cls, regions: Regions) -> Resolver:
        """The resolver of loaded tables."""
        return cls(
            regions.destination_rows,
            families=regions.models.values(),
            union=regions.sets["EU"].members,
            own=regions.own_destinations,
        )

    def resolve(
        self,
        url: str,
        *,
        model: str = "",
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Resolution:
        """The destination of a request.

        Args:
            url: The URL of the request; only scheme, host, port and known parts of the path count.
            model: The model id, when the request names one.
            headers: The request's headers.
            fields: Properties of the body or the deployment, ``{"inference_geo": "us"}``.

        Raises:
            Unresolved: Nobody listed the host, a field decides and was not said, no row fits what
                was said, several do, or the region cannot be used.
        """
        address = parse(url)
        hits = self._hosts.find(address)
        if not hits:
            raise unknown(address, listed=self._hosts.lists(address))
        said = _said(address, model, headers or {}, fields or {})
        found = [self._judged(hit, said) for hit in hits]
        chosen = self._one(found, address)
        row = self._finished(chosen, said.get("model", ""))
        names = [one.name for one in chosen.row.selectors] + ["region"] * bool(chosen.region)
        known = {**said, "region": chosen.region}
        return Resolution(row, chosen.row.id, {n: known[n] for n in names if n in known})

    def by_region(self, provider: str, region: str) -> Resolution:
        """The destination that is a region of a cloud, for data that no URL names.

        Raises:
            Unresolved: The provider has no such region in the tables, or it cannot be used.
        """
        row = self._clouds.find(provider, region)
        if row is None:
            raise Unresolved(
                f"no region of that code is listed for {provider[:40]!r}",
                reason="unknown_host",
                remedy="see `guard region list --kind storage`",
            )
        return Resolution(_usable(row, row), row.id, {"region": row.region_code})

    def _judged(self, hit: Hit, said: Mapping[str, str]) -> _Candidate:
        row = self._rows[hit.row]
        known = dict(said)
        place = ""
        asks: dict[str, tuple[str, ...]] = {}
        if row.cloud:
            code = hit.filled.get("region") or said.get(row.region_field, "")
            found = self._clouds.find(row.cloud, code) if code else None
            if code and found is None:
                return _Candidate(row, hit.loose, "", "fails", {"region": ()})
            if not _agrees(code, hit, said):
                return _Candidate(row, hit.loose, "", "fails", {"path.location": (code,)})
            if found is not None:
                place = known["region"] = found.region_code
                known.update(self._clouds.geography(row.region_field, found))
            elif "processing" in row.regional:
                asks[row.region_field] = ("a region of " + row.cloud,)
        outcomes = [(one, one.judge(known)) for one in row.selectors]
        asks |= {one.name: one.choices for one, how in outcomes if how == "open"}
        if failed := {one.name: one.choices for one, how in outcomes if how == "fails"}:
            return _Candidate(row, hit.loose, place, "fails", failed)
        return _Candidate(row, hit.loose, place, "open" if asks else "holds", asks)

    def _one(self, found: Sequence[_Candidate], address: Address) -> _Candidate:
        """The one that fits, among the most particular that may."""
        ranks = sorted({self._rank(one) for one in found})
        for rank in ranks:
            peers = [one for one in found if self._rank(one) == rank and one.outcome != "fails"]
            holding = [one for one in peers if one.outcome == "holds"]
            assumed = {s.name for one in holding for s in one.row.selectors if s.default}
            asking = [one for one in peers if one.asks and not assumed.issuperset(one.asks)]
            if asking:
                raise unsaid(address, [one.asks for one in asking])
            if len(holding) > 1:
                names = ", ".join(sorted(one.row.id for one in holding)[:4])
                raise Unresolved(
                    f"{address.host} is several destinations: {names}",
                    reason="ambiguous",
                    remedy="give the rows selectors that tell them apart, or replace one",
                )
            if holding:
                return holding[0]
        raise contradicted(address, [one.asks for one in found])

    def _rank(self, candidate: _Candidate) -> tuple[bool, int]:
        return candidate.row.id not in self._own, candidate.loose

    def _finished(self, chosen: _Candidate, model: str) -> DestinationRow:
        row = chosen.row
        place = self._clouds.find(row.cloud, chosen.region) if chosen.region else None
        row = _usable(row, place or row)
        if place is not None:
            row = place if row.kind == "storage" else derived(row, place)
        if row.weights == "unknown" and model:
            row = row.model_copy(update={"weights": origin(model, self._families)})
        return row


def _said(
    address: Address, model: str, headers: Mapping[str, str], fields: Mapping[str, str]
) -> dict[str, str]:
    """Everything that the request says, under one name each; two answers to one question refuse."""
    said: dict[str, str] = {}
    stated = [(f"header.{name.strip()}", value) for name, value in headers.items()]
    stated += list(fields.items())
    stated += [("model", model)] if model else []
    stated += [("model", unquote(one)) for one in _BEDROCK_MODEL.findall(address.path)]
    stated += [("path.location", unquote(one)) for one in _LOCATION.findall(address.path)]
    for name, value in stated:
        key = canonical(name)
        if said.setdefault(key, value) != value:
            raise Unresolved(
                f"the request says {key[:60]!r} twice, differently",
                reason="contradicted",
                remedy="one request has one destination",
            )
    if _PORT.sub("", said.get("header.host", address.host).lower()) != address.host:
        raise Unresolved(
            "the header Host names another host than the URL",
            reason="contradicted",
            remedy="send the request to the host that it is for",
        )
    return said


def _agrees(code: str, hit: Hit, said: Mapping[str, str]) -> bool:
    """Whether the path names the region that the host names (Vertex AI states it in both)."""
    return "region" not in hit.filled or said.get("path.location", code).lower() == code.lower()


def _usable(row: DestinationRow, place: DestinationRow) -> DestinationRow:
    for one in (row, place):
        if not one.is_open:
            raise Unresolved(
                f"{one.id} is {one.status.replace('_', ' ')}, as far as the table knows",
                reason="unusable",
                remedy=f'if it is open to you, extend "{one.id}" in guard.toml '
                'with status = "active" and your source',
            )
    return row
