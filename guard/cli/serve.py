"""`guard serve`: the gateway."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard import config as configuration
from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guard.config import Config
    from guard.gateway.serving import ServerSection
    from guard.gateway.upstreams import Upstreams


@click.command(name="serve", short_help="the gateway: models behind decisions")
@click.option("--check", "only_check", is_flag=True, help="Check the configuration and exit.")
@click.option("--new-key", metavar="NAME", help="Make a key for a caller, print it once, and exit.")
@click.option("--tenant", default="default", show_default=True, help="Tenant of the new key.")
@click.option(
    "--scope",
    multiple=True,
    type=click.Choice(["generate", "evaluate", "metrics"]),
    help="What the new key is for; repeat. Default: generate.",
)
@render.config_option
def command(
    config_file: str | None,
    *,
    only_check: bool,
    new_key: str | None,
    tenant: str,
    scope: tuple[str, ...],
) -> None:
    """Serve models to callers with a key, as [gateway] of the configuration describes it.

    Every request is decided, written down, and sent only where it may go.
    """
    path = Path(config_file) if config_file else configuration.find()
    config = configuration.Config.load(path)
    if new_key is not None:
        _make_key(config, new_key, tenant, scope)
        return
    _installed()
    upstreams, server = _checked(config)
    if only_check:
        render.line(f"{path}: it could be served", style="green")
        _show(config, upstreams)
        return
    _serve(path, config, upstreams, server)


def _make_key(config: Config, name: str, tenant: str, scopes: tuple[str, ...]) -> None:
    from guard.gateway import keys  # noqa: PLC0415
    from guard.gateway.serving import sections  # noqa: PLC0415

    _, server = sections(config)
    file = config.path(server.keys_file)
    secret = keys.new(file, name, tenant=tenant, scopes=scopes)
    render.line(f"wrote the digest of a key {name!r} to {file}. The key, shown only now:")
    click.echo(secret)


def _installed() -> None:
    """See that what the gateway stands on is there."""
    try:
        import aiohttp  # noqa: F401, PLC0415
        import uvicorn  # noqa: F401, PLC0415
        import uvloop  # noqa: F401, PLC0415
    except ImportError as error:
        raise ConfigError(
            f"{error.name} is not installed", remedy="pip install 'sovereign-guard[gateway]'"
        ) from None


def _checked(config: Config) -> tuple[Upstreams, ServerSection]:
    """Everything that can be seen to be wrong before anything is opened."""
    from guard.gateway.gateway import checked  # noqa: PLC0415

    return checked(config)


def _serve(path: Path, config: Config, upstreams: Upstreams, server: ServerSection) -> None:
    if server.workers > 1:
        from guard.gateway.supervisor import Supervisor  # noqa: PLC0415

        supervisor = Supervisor(path.resolve(), config)
        supervisor.run(lambda: _listens(config, upstreams, server, supervisor.address))
        return
    from guard.gateway.server import listening, run  # noqa: PLC0415

    sockets: list[socket.socket] = listening(server)
    address = sockets[0].getsockname()

    def ready(_: Callable[[], None]) -> None:
        _listens(config, upstreams, server, address)

    run(config, sockets, ready=ready, alone=True)


def _listens(
    config: Config, upstreams: Upstreams, server: ServerSection, address: tuple[Any, ...]
) -> None:
    scheme = "https" if server.tls else "http"
    host = f"[{address[0]}]" if ":" in str(address[0]) else address[0]
    click.echo(f"guard: serving on {scheme}://{host}:{address[1]} ({server.workers} workers)")
    if server.metrics_host:
        click.echo(f"guard: metrics from {server.metrics_host}:{server.metrics_port}")
    _show(config, upstreams)


def _show(config: Config, upstreams: Upstreams) -> None:
    if config.mode == "observe":
        click.echo("guard: mode observe: everything is decided and logged, nothing is enforced")
    for route in upstreams.all:
        click.echo(
            f"guard: model {route.alias}: {route.model} at {route.upstream.name}, "
            f"{route.destination.id}"
        )
