"""Where a request was served: what was asked for, what the provider says, and what does not fit.

No provider proves where it computes. What some say in headers and bodies is kept as evidence beside
the decision, and where it contradicts the facts that the decision rests on, that is drift: an alarm
for people, since the data have gone. Silence is no drift. Amazon Bedrock reports no region in its
answers (the region of an inference profile stands in CloudTrail, ``inferenceRegion``), nor does
Vertex AI.

Sources: learn.microsoft.com/azure/ai-foundry (headers of its API gateway, ``x-ms-served-model``
as in openai-python issue 3271); platform.claude.com/docs/en/manage-claude/data-residency
(``usage.inference_geo``); developers.openai.com/api/reference (debugging headers,
``system_fingerprint``); docs.aws.amazon.com/bedrock (``x-amzn-requestid``);
cloud.google.com/vertex-ai/docs/reference (``X-Vertex-AI-Endpoint-Id``);
developers.cloudflare.com (``cf-ray``: the data centre that took the connection, not the one that
computes, hence a hint only).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from guard.gateway.residency import Residency
from guard.gateway.upstreams import Route
from guard.regions import Resolver, Unresolved
from guard.regions.families import origin

if TYPE_CHECKING:
    from guard.regions import Regions

_HEADERS = frozenset(
    {"x-ms-region", "x-ms-deployment-name", "x-ms-served-model", "apim-request-id",
     "azureml-model-session", "x-request-id", "openai-organization", "openai-version",
     "openai-processing-ms", "openai-model", "request-id", "anthropic-organization-id",
     "x-amzn-requestid", "x-amzn-bedrock-invocation-latency", "x-vertex-ai-endpoint-id",
     "x-vertex-ai-deployed-model-id", "x-goog-request-id"}
)  # fmt: skip
_MEMBERS = (
    ("model", ("model",)),
    ("model", ("modelVersion",)),
    ("provider", ("provider",)),  # OpenRouter: who really answered
    ("system_fingerprint", ("system_fingerprint",)),
    ("service_tier", ("service_tier",)),
    ("inference_geo", ("usage", "inference_geo")),
)
_WRAPPED = ("message", "response")
"""The answer inside a streamed event: Anthropic's ``message_start``, OpenAI's ``response.*``."""

_COMPARED = ("x-ms-region", "inference_geo", "x-ms-deployment-name", "x-ms-served-model", "model")
_KEPT = 512

_SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:/@+-]{0,119}")
_COLO = re.compile(r"[0-9a-f]{8,32}-([A-Z]{3})")
_NOTHING = frozenset({"not_available", "unknown", "none"})
_GEOS = {"us": "US", "eu": "EU", "global": "GLOBAL"}
_ANYWHERE = frozenset({"GLOBAL", "unknown"})
_AZURE = ("azure", "azure-us-government", "azure-china")
_BUT_CHINA = "GLOBAL_EXCEPT_CN_MAINLAND"
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_VENDORS = re.compile(r"^(?:[a-z-]+\.)+(?=[a-z])")  # eu.anthropic.claude-…
_REVISION = re.compile(r"-(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|v[0-9]+)$")
_DATED = re.compile(r"latest|0|00[0-9]|[0-9]{4}|[0-9]{6,8}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of where a request was served.

    Args:
        requested: Destination, host, model and the fields that decided, as they were sent.
        reported: What the provider said, by header or member; nothing that is not a plain word.
        hints: What points somewhere and proves nothing.
        drift: What contradicts the destination that was decided on, one sentence each.
    """

    requested: Mapping[str, str]
    reported: Mapping[str, str]
    hints: Mapping[str, str]
    drift: tuple[str, ...]


class Served:
    """Compares what providers report with the tables; one instance serves all.

    Args:
        regions: The tables.
    """

    def __init__(self, regions: Regions) -> None:
        self._resolver = Resolver.of(regions)
        self._families = tuple(regions.models.values())
        self._known: dict[object, tuple[str, ...]] = {}
        self._closed = {
            name: frozenset(row.members)
            for name, row in regions.sets.items()
            if row.kind == "closed"
        }

    def evidence(
        self, route: Route, headers: Iterable[tuple[str, str]], body: Any = None
    ) -> Evidence:
        """The evidence of one answer.

        Args:
            route: The way that the request took.
            headers: The answer's headers.
            body: The answer as plain JSON, or the first event of a streamed one.
        """
        said = {name.lower(): value for name, value in headers}
        reported = {n: v for n, v in said.items() if n in _HEADERS and _SHOWN.fullmatch(v)}
        reported |= members(body)
        colo = _COLO.fullmatch(said.get("cf-ray", ""))
        pop = said.get("x-amz-cf-pop", "")
        hints = {"cf-ray": colo.group(1)} if colo else {}
        if _SHOWN.fullmatch(pop):
            hints["x-amz-cf-pop"] = pop
        return Evidence(
            requested=MappingProxyType(_requested(route)),
            reported=MappingProxyType(reported),
            hints=MappingProxyType(hints),
            drift=self._compared(route, reported),
        )

    def _compared(self, route: Route, reported: Mapping[str, str]) -> tuple[str, ...]:
        """The drift; providers say the same in every answer, so it is found out once."""
        said = tuple(reported.get(name) for name in _COMPARED)
        key = (route.key, route.model, route.destination.id, said)
        found = self._known.get(key)
        if found is None:
            found = tuple(self._drift(route, reported))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = found
        return found

    def _drift(self, route: Route, reported: Mapping[str, str]) -> Iterable[str]:
        if region := reported.get("x-ms-region"):
            yield from self._place(route, "x-ms-region", region, self._azure(region))
        geo = reported.get("inference_geo", "").lower()
        if geo and geo not in _NOTHING:
            yield from self._place(route, "inference_geo", geo, (_GEOS.get(geo, "unknown"),))
        deployment = reported.get("x-ms-deployment-name")
        if deployment and deployment.lower() != route.model.lower():
            yield f"x-ms-deployment-name is {deployment}, sent to {route.model}"
        for name in ("x-ms-served-model", "model"):
            if model := reported.get(name):
                yield from self._model(route, name, model)

    def _azure(self, region: str) -> tuple[str, ...]:
        """The places of a region of Azure, written ``East US 2`` or ``eastus2``."""
        for cloud in _AZURE:
            with suppress(Unresolved):
                found = self._resolver.by_region(cloud, region.replace(" ", "").lower())
                return found.destination.processing
        return ("unknown",)

    def _place(self, route: Route, name: str, said: str, places: tuple[str, ...]) -> Iterable[str]:
        decided = route.destination.processing
        if _ANYWHERE.intersection(decided):
            return
        if _BUT_CHINA in decided and not {"CN", "unknown"}.intersection(places):
            return
        if not Residency(decided, self._closed).inside(places):
            yield f"{name} is {said} ({', '.join(places)}), decided for {', '.join(decided)}"

    def _model(self, route: Route, name: str, model: str) -> Iterable[str]:
        weights, decided = origin(model, self._families), route.destination.weights
        if "unknown" not in {weights, decided} and weights != decided:
            yield f"{name} is {model} ({weights}), decided for weights of {decided}"
            return
        azure = route.upstream.provider.startswith("azure")
        if not azure and not alike(model, route.model):  # an Azure deployment has any name
            yield f"{name} is {model}, asked for {route.model}"


def members(body: Any) -> dict[str, str]:
    """What an answer's body says of who served it; plain words only.

    Args:
        body: Plain JSON: a whole answer, or a streamed event.
    """
    found: dict[str, str] = {}
    if not isinstance(body, Mapping):
        return found
    for document in (body, *(body.get(name) for name in _WRAPPED)):
        for name, path in _MEMBERS:
            value: Any = document
            for step in path:
                value = value.get(step) if isinstance(value, Mapping) else None
            if isinstance(value, str) and _SHOWN.fullmatch(value):
                found.setdefault(name, value)
    return found


def alike(reported: str, asked: str) -> bool:
    """Whether a reported model can be the one asked for.

    Providers answer with a dated snapshot of an alias, and clouds put vendor, region and revision
    around the name. Those do not count; every other word does, so that a smaller model is another.
    """
    core = _core(asked)
    return bool(core) and _core(reported) == core


def _core(model: str) -> list[str]:
    name = model.lower().rpartition("/")[2].partition("@")[0].partition(":")[0]
    name = _VENDORS.sub("", name)
    return [word for word in _WORDS.findall(_REVISION.sub("", name)) if not _DATED.fullmatch(word)]


def _requested(route: Route) -> dict[str, str]:
    upstream = route.upstream
    return {
        "destination": route.destination.id,
        "host": urlsplit(upstream.url).hostname or "",
        "model": route.model,
        **upstream.fields,
        **upstream.body,
    }
