"""`[gateway]` of `guard.toml`: upstreams, and how they are tried.

    [gateway]
    prefer = ["cost", "latency", "quality"]

    [[gateway.upstream]]
    name = "frankfurt"
    destination = "azure-openai-regional"
    url = "https://acme.openai.azure.com/openai"
    api_version = "2024-10-21"
    dialects = ["openai.chat"]
    fields = {"deployment.sku.name" = "Standard", "resource.location" = "germanywestcentral"}
    auth = {style = "api-key", key_file = "azure.key"}

    [gateway.upstream.models]
    assistant = {name = "gpt-prod", price_input = 2.5, price_output = 10.0, quality = 80}

No secret stands in the file, only the names of files that hold them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from guard.config import FILE, Section
from guard.errors import ConfigError
from guard.types import Identifier, Location

Criterion = Literal["cost", "latency", "quality"]
Style = Literal["none", "bearer", "x-api-key", "api-key", "entra", "google", "sigv4"]

_Alias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$")]
_Dialect = Annotated[
    str, Field(pattern=r"^(openai|anthropic|gemini|cohere|replicate)(\.[a-z_]{1,32})?$")
]
_Header = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
_Value = Annotated[str, Field(pattern=r"^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$")]
_RESERVED = frozenset(
    {"authorization", "api-key", "x-api-key", "host", "cookie", "content-length",
     "transfer-encoding", "connection", "proxy-authorization", "x-amz-security-token"}
)  # fmt: skip
_READ = frozenset({"region", "model", "modelId", "model_id", "path.location"})
_SENT = frozenset({"inference_geo"})
"""Fields of a body that decide where it is processed: a setting alone would prove nothing."""


class AuthSection(Section):
    """How an upstream knows us.

    Args:
        style: ``bearer``, Anthropic's ``x-api-key``, Azure's ``api-key``, an Entra ID or Google
            access token, AWS Signature Version 4, or ``none``.
        key_file: The key, for the first three.
        token_file: An access token that another process keeps fresh, for ``entra``/``google``.
        token_url: Where to get one instead: the tenant's token endpoint, or Google's metadata
            server. Nothing is fetched unless it stands here.
        client_id: The application, for a token endpoint.
        client_secret_file: Its secret.
        scope: What the token is for.
        credentials_file: AWS credentials in the form of ``~/.aws/credentials``, for ``sigv4``.
        profile: The section of it.
        region: The region that is signed for.
        service: The service that is signed for.
    """

    style: Style = "none"
    key_file: Path | None = None
    token_file: Path | None = None
    token_url: str = ""
    client_id: str = ""
    client_secret_file: Path | None = None
    scope: str = "https://cognitiveservices.azure.com/.default"
    credentials_file: Path | None = None
    profile: str = "default"
    region: str = ""
    service: str = "bedrock"

    @model_validator(mode="after")
    def _whole(self) -> AuthSection:
        wanted = {
            "none": set(),
            "entra": {"token_url", "client_id", "client_secret_file"}
            if self.token_url
            else {"token_file"},
            "google": {"token_url"} if self.token_url else {"token_file"},
            "sigv4": {"credentials_file", "region"},
        }.get(self.style, {"key_file"})
        if absent := sorted(name for name in wanted if not getattr(self, name)):
            raise ValueError(f"{self.style} needs {' and '.join(absent)}")
        taken = {
            "entra": wanted | {"scope"},
            "google": wanted,
            "sigv4": wanted | {"profile", "service"},
        }.get(self.style, wanted)
        if odd := sorted(self.model_fields_set - taken - {"style"}):
            raise ValueError(f"{self.style} has no use for {' and '.join(odd)}")
        if self.token_url and not _private(self.token_url, self.style):
            raise ValueError("token_url begins with https://")
        return self


def _private(url: str, style: str) -> bool:
    """Whether nobody on the way can read what is asked there.

    Google's metadata server speaks plain HTTP on a link-local address, and nothing is told to it.
    """
    own = ("https://", "http://127.0.0.1:", "http://localhost:")
    metadata = ("http://metadata.google.internal/", "http://169.254.169.254/")
    return url.startswith(own) or (style == "google" and url.startswith(metadata))


class ModelSection(Section):
    """A model or deployment at an upstream.

    Args:
        name: What the upstream calls it.
        price_input: Price of a million input tokens, in any one currency.
        price_output: Price of a million output tokens.
        latency_ms: Usual time to the first byte, until it has been measured.
        quality: How good its answers are, by your own measure; more is better.
    """

    name: _Alias
    price_input: float | None = Field(None, ge=0, allow_inf_nan=False)
    price_output: float | None = Field(None, ge=0, allow_inf_nan=False)
    latency_ms: float | None = Field(None, gt=0, allow_inf_nan=False)
    quality: float | None = Field(None, ge=0, allow_inf_nan=False)


class UpstreamSection(Section):
    """One upstream.

    Args:
        name: What you call it.
        destination: The row of the tables, or of your ``[[destination]]``, that it is. The address
            is resolved at load and has to be that row.
        url: Base URL, as the provider's documentation gives it to clients.
        dialects: What it speaks: ``openai``, or only ``openai.chat``.
        models: What it serves: the name callers use to the upstream's name.
        fields: Facts of your deployment that decide where data go, ``deployment.sku.name``.
        body: Members put into every body, ``inference_geo = "us"``.
        headers: Headers put on every request; no credentials.
        auth: How it knows us.
        api_version: Azure's ``api-version``; left out for its ``/openai/v1``.
        connect_s: Time to connect, in seconds.
        first_byte_s: Time to the first byte of an answer.
        idle_s: Time between two pieces of an answer.
    """

    name: Identifier
    destination: Identifier
    url: str = Field(min_length=8, max_length=300)
    dialects: tuple[_Dialect, ...] = Field(min_length=1)
    models: dict[_Alias, ModelSection] = Field(min_length=1)
    fields: dict[str, _Value] = Field(default_factory=dict)
    body: dict[str, _Value] = Field(default_factory=dict)
    headers: dict[_Header, _Value] = Field(default_factory=dict)
    auth: AuthSection
    api_version: str = Field("", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?)?$")
    connect_s: float = Field(5.0, gt=0, le=600)
    first_byte_s: float = Field(120.0, gt=0, le=3600)
    idle_s: float = Field(60.0, gt=0, le=3600)

    @field_validator("models", mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """``alias = "name"`` says the same as ``alias = {name = "name"}``."""
        if not isinstance(value, Mapping):
            return value
        return {k: {"name": v} if isinstance(v, str) else v for k, v in value.items()}

    @model_validator(mode="after")
    def _honest(self) -> UpstreamSection:
        if "?" in self.url or "#" in self.url:
            raise ValueError("url has no query; Azure's version is api_version")
        if held := sorted(_RESERVED.intersection(self.headers)):
            raise ValueError(f"headers: {held[0]} is not yours to set; credentials go into auth")
        if kept := sorted(_SENT.intersection(self.fields)):
            raise ValueError(f"fields: {kept[0]} is said in the request; put it into body")
        if free := sorted(set(self.body) - _SENT):
            raise ValueError(f"body: {free[0][:60]} does not decide where data go")
        if _READ.intersection(self.fields) or any(f.startswith("header.") for f in self.fields):
            raise ValueError("fields: what address, headers or model say is not said again")
        return self


class BreakerSection(Section):
    """When an upstream is left alone.

    Args:
        failures: So many failures within the window open the circuit,
        ratio: if they are at least this share of all attempts.
        window_s: The window, in seconds.
        open_s: How long nothing is sent before one request tries again.
    """

    failures: int = Field(5, ge=1, le=10_000)
    ratio: float = Field(0.5, gt=0, le=1)
    window_s: float = Field(30.0, gt=0, le=3600)
    open_s: float = Field(15.0, gt=0, le=3600)


class GatewaySection(Section):
    """All of `[gateway]`.

    Whether data are kept whole before any of `prefer` counts is said in ``[planner] prefer``.

    Args:
        prefer: By what lawful upstreams are ordered, most important first.
        residency: Places outside which nothing may be stored or processed, whatever the law says.
        hops: How many times a request is sent at most, to all upstreams together.
        retries: How many times it is sent to one upstream again.
        backoff_s: The first wait before that, doubled each time, in seconds.
        deadline_s: When to give up.
        hedge_after_s: When to ask a second lawful upstream beside a slow first; never if left out.
        breaker: When an upstream is left alone.
        upstream: The upstreams.
    """

    prefer: tuple[Criterion, ...] = ("cost", "latency", "quality")
    residency: tuple[Location, ...] = ()
    hops: int = Field(4, ge=1, le=20)
    retries: int = Field(1, ge=0, le=10)
    backoff_s: float = Field(0.25, gt=0, le=60)
    deadline_s: float = Field(600.0, gt=0, le=86_400)
    hedge_after_s: float | None = Field(None, gt=0, le=600)
    breaker: BreakerSection = BreakerSection()
    upstream: tuple[UpstreamSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [one.name for one in self.upstream]
        if len(set(names)) != len(names):
            raise ValueError("upstream: two have one name")
        if len(set(self.prefer)) != len(self.prefer):
            raise ValueError("prefer: a criterion is named twice")
        return self

    @classmethod
    def parse(cls, values: Mapping[str, Any], *, name: str = FILE) -> Self:
        """Check the table `gateway` of a configuration.

        Raises:
            ConfigError: Naming the first wrong key, and no value.
        """
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in ("gateway", *first["loc"]))
            said = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
            raise ConfigError(
                f"{name}: {where}: {said}", remedy="see guard/gateway/settings.py"
            ) from None
