"""Upstreams: what serves a model, where that is, and the proof that it is there.

One base URL can be several destinations: the SKU of a deployment, the prefix of a model id or a
field of the body decides. So an upstream's address is *resolved*, with every model that it serves,
to the row that the configuration names; a file that says api.openai.com is in Frankfurt does not
load. What a request says in its body is resolved again before it is a candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guard.errors import ConfigError
from guard.gateway.residency import Residency
from guard.gateway.settings import AuthSection, GatewaySection, ModelSection, UpstreamSection
from guard.regions import Resolution, Resolver, Unresolved
from guard.types import Destination

if TYPE_CHECKING:
    from guard.regions import Regions

DECIDING = ("inference_geo",)
"""What a body may say about where it is processed.

Facts of a deployment (``model.listed``, ``resource.location``) are the operator's to state: taken
from a body they would let a caller choose where his data are thought to go.
"""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where requests can be sent.

    Args:
        name: The operator's name for it.
        base: Id of the row of the tables.
        url: Base URL without a trailing slash.
        dialects: What it speaks, families or single dialects.
        provider: The row's provider, which decides the form of paths.
        auth: How it knows us; names files, holds no secret.
        fields: Facts of the deployment.
        body: Members put into every body.
        headers: Headers put on every request.
        api_version: Azure's, or empty.
        connect_s: Time to connect, in seconds.
        first_byte_s: Time to the first byte, in seconds.
        idle_s: Time between two pieces, in seconds.
    """

    name: str
    base: str
    url: str
    dialects: tuple[str, ...]
    provider: str
    auth: AuthSection = field(repr=False)
    fields: Mapping[str, str]
    body: Mapping[str, str]
    headers: Mapping[str, str]
    api_version: str
    connect_s: float
    first_byte_s: float
    idle_s: float

    def speaks(self, dialect: str) -> bool:
        """Whether it answers a dialect, named as in `guard.dialects` (``openai.chat``)."""
        return self._native(dialect) or self.adapts(dialect)

    def adapts(self, dialect: str) -> bool:
        """Whether it answers a dialect only through `guard.gateway.replicate`."""
        if dialect != "openai.chat" or self._native(dialect):
            return False
        return self._native("replicate.predictions")

    def _native(self, dialect: str) -> bool:
        return dialect in self.dialects or dialect.partition(".")[0] in self.dialects


@dataclass(frozen=True, slots=True)
class Route:
    """A model at an upstream: one way to have a request answered.

    Args:
        upstream: The upstream.
        alias: The name callers use.
        model: The upstream's name of it.
        destination: Where a request that takes this way goes, as it was resolved.
        price: Price of a million input and of a million output tokens; None where not said.
        latency_s: Time to the first byte before it was measured, in seconds, or None.
        quality: The operator's measure, or None.
    """

    upstream: Upstream
    alias: str
    model: str
    destination: Destination
    price: tuple[float, float] | None = None
    latency_s: float | None = None
    quality: float | None = None

    @property
    def key(self) -> str:
        """A name of its own: the upstream's and the model's."""
        return f"{self.upstream.name}/{self.alias}"


class Upstreams:
    """The upstreams of a configuration, each resolved to its destination.

    Args:
        section: The configuration.
        regions: The tables, with the operator's own destinations.

    Raises:
        ConfigError: An address is not the destination that it claims to be, leads nowhere or to
            several places, or lies outside the required residency.
    """

    def __init__(self, section: GatewaySection, regions: Regions) -> None:
        self._resolver = Resolver.of(regions)
        self._residency = Residency.of(section.residency, regions)
        routes = [
            self._route(one, alias, model, regions)
            for one in section.upstream
            for alias, model in one.models.items()
        ]
        self._by_alias: dict[str, list[Route]] = {}
        for route in routes:
            self._by_alias.setdefault(route.alias, []).append(route)
        self.all: tuple[Route, ...] = tuple(routes)

    @property
    def models(self) -> tuple[str, ...]:
        """The names that callers may use, in the configuration's order."""
        return tuple(self._by_alias)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of secrets that are named, as they are named."""
        sections = {id(r.upstream): r.upstream.auth for r in self.all}.values()
        named = ("key_file", "token_file", "client_secret_file", "credentials_file")
        found = (getattr(one, name) for one in sections for name in named)
        return tuple(dict.fromkeys(path for path in found if path is not None))

    def routes(
        self, alias: str, dialect: str, said: Mapping[str, str] | None = None
    ) -> tuple[Route, ...]:
        """The ways to have a request answered, in the configuration's order.

        Args:
            alias: The model that the caller names.
            dialect: The dialect of the request, ``openai.chat``.
            said: Fields of its body (`Walked.fields`); those of `DECIDING` are heeded.

        Returns:
            Routes with the destination that *this* request would have; empty if nobody serves the
            model in that dialect.

        Raises:
            Unresolved: Somebody serves it, but what the body says contradicts each of them.
        """
        heeded = {k: v for k, v in (said or {}).items() if k in DECIDING}
        found = [r for r in self._by_alias.get(alias, ()) if r.upstream.speaks(dialect)]
        if not heeded:
            return tuple(found)
        kept: list[Route] = []
        last: Unresolved | None = None
        for route in found:
            try:
                asked = replace(route, destination=self._asked(route, heeded).destination)
            except Unresolved as error:
                last = error
                continue
            if self._residency.holds(asked.destination):
                kept.append(asked)
            else:
                last = _outside(asked)
        if last is not None and not kept:
            raise last
        return tuple(kept)

    def _asked(self, route: Route, heeded: Mapping[str, str]) -> Resolution:
        """Where the request would go.

        A field that the upstream's provider does not know would be forwarded to somebody who does
        nothing about it, so that it is refused there.
        """
        fixed = route.upstream.body
        for name, value in heeded.items():
            if fixed.get(name, value).lower() != value.lower():
                raise Unresolved(
                    f"the upstream {route.upstream.name} is for another {name}",
                    reason="contradicted",
                    remedy=f"leave {name} out, or use a model that is served there",
                )
        found = self._resolve(route.upstream, route.model, heeded)
        if unheard := sorted(name for name in heeded if name not in found.by):
            raise Unresolved(
                f"the upstream {route.upstream.name} does not know {unheard[0]}",
                reason="contradicted",
                remedy=f"leave {unheard[0]} out",
            )
        return found

    def _resolve(
        self, upstream: Upstream, model: str, heeded: Mapping[str, str] | None = None
    ) -> Resolution:
        return self._resolver.resolve(
            upstream.url,
            model=model,
            headers=upstream.headers,
            fields={**upstream.fields, **upstream.body, **(heeded or {})},
        )

    def _route(
        self, section: UpstreamSection, alias: str, model: ModelSection, regions: Regions
    ) -> Route:
        where = f"gateway.upstream {section.name}"
        if section.destination not in regions.destinations:
            claimed = section.destination.rpartition(":")[0]
            if claimed not in regions.destinations:
                regions.destination(section.destination)  # says which ids look like it
        upstream = _upstream(section)
        try:
            found = self._resolve(upstream, model.name)
        except Unresolved as error:
            raise ConfigError(f"{where}: {error.message}", remedy=_remedy(error)) from None
        if section.destination not in {found.row.id, found.base}:
            raise ConfigError(
                f"{where}: {alias} at that address is {found.row.id}, not {section.destination}",
                remedy=f'say destination = "{found.row.id}", or correct url, fields or models',
            )
        route = Route(
            upstream=replace(upstream, base=found.base, provider=found.row.provider),
            alias=alias,
            model=model.name,
            destination=found.destination,
            price=_price(model),
            latency_s=None if model.latency_ms is None else model.latency_ms / 1000,
            quality=model.quality,
        )
        if not self._residency.holds(route.destination):
            raise ConfigError(f"{where}: {_outside(route).message}", remedy=_outside(route).remedy)
        return route


def _upstream(section: UpstreamSection) -> Upstream:
    return Upstream(
        name=section.name,
        base=section.destination,
        url=section.url.rstrip("/"),
        dialects=section.dialects,
        provider="",
        auth=section.auth,
        fields=section.fields,
        body=section.body,
        headers=section.headers,
        api_version=section.api_version,
        connect_s=section.connect_s,
        first_byte_s=section.first_byte_s,
        idle_s=section.idle_s,
    )


def _price(model: ModelSection) -> tuple[float, float] | None:
    if model.price_input is None or model.price_output is None:
        return None
    return model.price_input, model.price_output


def _outside(route: Route) -> Unresolved:
    where = route.destination
    places = ", ".join(sorted({*where.processing, *where.storage}))
    return Unresolved(
        f"{route.alias} at {route.upstream.name} is stored or processed outside the required "
        f"residency ({places})",
        reason="contradicted",
        remedy="name a destination inside, or widen gateway.residency",
    )


def _remedy(error: Unresolved) -> str:
    """What to write into the file; the resolver speaks of a command line's options."""
    names = sorted(name for name in error.fields if name != "model")
    if error.reason == "unsaid" and names:
        said = []
        for name in names:
            table = "body" if name in DECIDING else "fields"
            said.append(f'{table} = {{"{name}" = "{" | ".join(error.fields[name][:6])}"}}')
        return f"add {' and '.join(said)}"
    return error.remedy


def serving(routes: Sequence[Route]) -> tuple[Destination, ...]:
    """The destinations of routes, each id once and in order: what a decision is asked about.

    Two routes of one destination id may differ in whose weights the model has; the first one
    speaks, and the other is asked about when it is its turn.
    """
    seen: dict[str, Destination] = {}
    for route in routes:
        seen.setdefault(route.destination.id, route.destination)
    return tuple(seen.values())
