"""`[gateway.server]` of `guard.toml`: where the gateway listens, and what it takes upon itself.

    [gateway.server]
    host = "127.0.0.1"
    port = 8080
    keys_file = "keys.toml"
    certificate_file = "tls.crt"
    private_key_file = "tls.key"

The keys of callers stand in a file of their own (see `guard.gateway.keys`), since that file changes
while the gateway runs and its owner may be somebody else.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from guard.config import FILE, Config, Section
from guard.errors import ConfigError
from guard.gateway.settings import GatewaySection

_Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]{1,253}$")]
TABLE = "server"


class ServerSection(Section):
    """All of `[gateway.server]`.

    Args:
        host: The address to listen on. Beyond this machine only with a certificate, unless
            `plain_http` says that something else encrypts.
        port: The port; 0 for any that is free.
        plain_http: Listen beyond this machine without TLS, because a proxy before it has it.
        workers: Processes. Each has a decision log of its own, ``worker-<n>``, and counts limits
            for itself.
        threads: Threads of a worker in which decisions are made.
        keys_file: The keys of callers.
        certificate_file: Certificate chain (PEM).
        private_key_file: Its key (PEM).
        body_bytes: Longest body that is read.
        head_bytes: Longest request line and headers.
        head_s: Time for them to arrive, in seconds.
        body_s: Time for a body to arrive, in seconds.
        keep_alive_s: How long a connection without a request is kept, in seconds.
        concurrent: Requests in a worker at once.
        shutdown_s: How long answers that have begun may take when it is told to stop, in seconds.
        metrics_host: Where ``/metrics`` is served without a key; nowhere if empty.
        metrics_port: The port there; worker ``n`` takes the ``n - 1``-th after it.
        proxy: An HTTP proxy on the way to upstreams. What the environment says is not heeded.
    """

    host: _Host = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    plain_http: bool = False
    workers: int = Field(1, ge=1, le=256)
    threads: int = Field(8, ge=1, le=256)
    keys_file: Path = Path("keys.toml")
    certificate_file: Path | None = None
    private_key_file: Path | None = None
    body_bytes: int = Field(16 * 2**20, ge=1024, le=2**30)
    head_bytes: int = Field(64 * 2**10, ge=1024, le=2**20)
    head_s: float = Field(10.0, gt=0, le=600)
    body_s: float = Field(30.0, gt=0, le=3600)
    keep_alive_s: float = Field(30.0, gt=0, le=3600)
    concurrent: int = Field(256, ge=1, le=100_000)
    shutdown_s: float = Field(30.0, gt=0, le=3600)
    metrics_host: str = Field("", pattern=r"^[A-Za-z0-9.:_-]{0,253}$")
    metrics_port: int = Field(9464, ge=0, le=65535)
    proxy: str = Field("", pattern=r"^(https?://[A-Za-z0-9.:\[\]_-]{1,253}/?)?$")

    @field_validator("host")
    @classmethod
    def _address(cls, value: str) -> str:
        return "127.0.0.1" if value == "localhost" else value

    @model_validator(mode="after")
    def _private(self) -> Self:
        if (self.certificate_file is None) != (self.private_key_file is None):
            raise ValueError("certificate_file and private_key_file belong together")
        if not (self.tls or self.plain_http or self.local):
            raise ValueError(
                "beyond this machine it needs certificate_file and private_key_file, or "
                "plain_http = true where a proxy before it encrypts"
            )
        return self

    @property
    def tls(self) -> bool:
        """Whether it speaks TLS."""
        return self.certificate_file is not None

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def sections(config: Config) -> tuple[GatewaySection, ServerSection]:
    """The gateway's configuration: upstreams, and the server.

    Raises:
        ConfigError: If there is none, or it is wrong; naming the first wrong key, and no value.
    """
    if config.gateway is None:
        raise ConfigError(
            f"{FILE}: there is no [gateway], so there is nothing to serve",
            remedy="see docs/gateway.md and examples/gateway",
        )
    values = dict(config.gateway)
    server = _server(values.pop(TABLE, {}))
    return GatewaySection.parse(values), server


def _server(values: Any) -> ServerSection:
    if not isinstance(values, Mapping):
        raise ConfigError(f"{FILE}: gateway.{TABLE}: not a table")
    try:
        return ServerSection.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in ("gateway", TABLE, *first["loc"]))
        said = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        raise ConfigError(f"{FILE}: {where}: {said}", remedy="see docs/gateway.md") from None
