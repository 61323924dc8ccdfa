"""`guard mcp-proxy`: between an MCP client and a server of somebody else."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from guard import config as configuration
from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guard.config import Config
    from guard.gate.gate import Gate
    from guard.integrations.mcp.proxy import Server
    from guard.integrations.mcp.settings import ServerSection

_TEXTS = {
    "destination": ("--to", "What the server is: id of a destination."),
    "client_destination": ("--client-to", "What the client's model is: id of a destination."),
    "url": ("--url", "Endpoint of a server that speaks streamable HTTP."),
    "principal": ("--principal", "Who asks."),
    "purpose": ("--purpose", render.PURPOSE_HELP),
    "language": ("--language", "Language of the texts (ISO 639)."),
    "conversation": ("--conversation", "Name of the pseudonyms, which then outlive the process."),
    "session": ("--session", "Name of the session in which what was met stays met."),
}


def _texts(function: Any) -> Any:
    for name, (flag, text) in reversed(_TEXTS.items()):
        function = click.option(flag, name, help=text)(function)
    return function


@click.command(
    name="mcp-proxy", short_help="stand between an MCP client and a server of somebody else"
)
@click.option("--server", "name", default="", help="A server of [mcp.servers] in guard.toml.")
@_texts
@click.option("--token-file", type=click.Path(path_type=Path), help="Bearer token for --url.")
@click.option(
    "--worker", type=click.IntRange(0, 9999), help="Number of the log, where processes share one."
)
@render.config_option
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def command(config_file: str | None, *, name: str, **told: Any) -> int:
    """Stand between an MCP client and the server COMMAND (after --) or --url.

    Arguments are a transfer to --to, results one to --client-to. Standard input and output carry
    messages alone. Exit code 3: the server has gone, or nothing could be decided.
    """
    config = configuration.Config.load(config_file or configuration.find())
    from guard.integrations.mcp.settings import server_of  # noqa: PLC0415

    given = {key: value for key, value in told.items() if value not in {None, ()}}
    server = server_of(config, name, given)
    with _wire() as wire, _gate(config, server.worker) as gate:
        return _run(gate, server, wire)


@contextlib.contextmanager
def _wire() -> Iterator[int]:
    """Standard output, for messages alone: whatever else is printed goes to standard error."""
    sys.stdout.flush()
    wire = os.dup(1)
    os.dup2(2, 1)
    try:
        yield wire
    finally:
        sys.stdout.flush()
        os.dup2(wire, 1)
        os.close(wire)


def _gate(config: Config, worker: int) -> Gate:
    from guard.gateway.worker_gate import WorkerGate  # noqa: PLC0415

    def untimed(_: str, __: float) -> None:
        """Nobody measures this one."""

    return WorkerGate(config, worker=worker, took=untimed)


def _run(gate: Gate, server: ServerSection, wire: int) -> int:
    from guard.integrations.mcp.crossing import Crossing  # noqa: PLC0415
    from guard.integrations.mcp.proxy import Proxy  # noqa: PLC0415
    from guard.integrations.mcp.relay import Relay  # noqa: PLC0415
    from guard.integrations.mcp.streamable import UNSERVED  # noqa: PLC0415

    gate.candidates((server.destination, server.client_destination))
    _agrees(gate, server)
    _ = gate.journal, gate.vault  # what cannot be opened shows before anything is started
    relay = Relay(
        Crossing(gate, server.circumstances()),
        {"server": server.destination, "client": server.client_destination},
        say=_say,
        unserved=UNSERVED if server.url else frozenset(),
    )
    other = _other(gate.config, server)
    signal.signal(signal.SIGTERM, _stop)
    # Not `sys.stdin`, which Python would close while a thread still reads; these are never closed.
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(wire), "wb")
    try:
        end = Proxy(relay, other, *pipes, limit=server.line_bytes, say=_say).run()
    finally:
        other.close()
    return 0 if end == "client" else 3


def _agrees(gate: Gate, server: ServerSection) -> None:
    """See that the URL is not that of another destination than the one that was told.

    Raises:
        ConfigError: If it is.
    """
    if not server.url:
        return
    from guard.regions import Unresolved  # noqa: PLC0415

    try:
        found = gate.resolver.resolve(server.url).destination.id
    except Unresolved:
        return
    if found != server.destination:
        raise ConfigError(
            f"the server's URL is the destination {found}, not {server.destination}",
            remedy="say --to what it is",
        )


def _other(config: Config, server: ServerSection) -> Server:
    if server.url:
        from guard.integrations.mcp.streamable import Streamable  # noqa: PLC0415

        token = config.secret(server.token_file) if server.token_file else ""
        return Streamable(server.url, token=token, limit=server.line_bytes, say=_say)
    from guard.integrations.mcp.process import Process  # noqa: PLC0415

    return Process(server.command, limit=server.line_bytes)


def _say(text: str) -> None:
    click.echo(f"guard: {text}", err=True)


def _stop(*_: object) -> NoReturn:
    sys.exit(0)
