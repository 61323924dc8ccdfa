"""`[mcp.servers.NAME]` of `guard.toml`: servers that the proxy stands before.

[mcp.servers.crm]
command = ["crm-server", "--read-only"]   # or url = "https://crm.example.com/mcp"
destination = "crm-us"                    # what the server is
client_destination = "anthropic-us"       # what the client's model is
worker = 1                                # its own log, where several processes share this file
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from guard.config import FILE, Config, Section
from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError
from guard.integrations.mcp.lines import LIMIT
from guard.types import Identifier, Purpose

S = TypeVar("S", bound=Section)
_REMEDY = "see docs/integrations.md"
_FLAGS = {"destination": "--to", "client_destination": "--client-to"}
"""What the command line calls keys of a server that no file describes."""
_SAID = {"extra_forbidden": "unknown key", "missing": "missing"}


class ServerSection(Section):
    """One server.

    Args:
        command: The program that is the server, and its arguments.
        url: Or the endpoint of one that speaks streamable HTTP.
        token_file: A file that holds what such a server knows us by, sent as a bearer token.
        destination: What the server is: arguments are a transfer to there.
        client_destination: What the client's model is: results are a transfer to there.
        principal: Who asks.
        purpose: What the data are used for, in both directions.
        language: Language of the texts (ISO 639).
        use_case: A use case of the tables, ``""`` for the configured one.
        categories: What every message holds whatever detection says.
        conversation: Names the pseudonyms, which then outlive the process; without it nobody turns
            them back after it.
        session: Names the session, in which what was met stays met; without it that of the process.
        worker: Number of the log that is written, 0 for the configured one itself. A log has one
            writer, so processes that run at once each have a number.
        line_bytes: Bytes that a message may have.
    """

    command: tuple[str, ...] = ()
    url: str = ""
    token_file: Path | None = None
    destination: Identifier
    client_destination: Identifier
    principal: str = ""
    purpose: Purpose = "inference"
    language: str = "en"
    use_case: str = ""
    categories: tuple[Identifier, ...] = ()
    conversation: str = ""
    session: str = ""
    worker: Annotated[int, Field(ge=0, le=9999)] = 0
    line_bytes: Annotated[int, Field(ge=1024, le=2**30)] = LIMIT

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.command) == bool(self.url):
            raise ValueError("either command or url")
        if self.token_file is not None and not self.url:
            raise ValueError("token_file is of a url")
        return self

    def circumstances(self) -> Circumstances:
        """What holds for every message."""
        return Circumstances(
            principal=self.principal,
            conversation=self.conversation,
            session=self.session,
            purpose=self.purpose,
            language=self.language,
            use_case=self.use_case,
            categories=self.categories,
        )


class McpSection(Section):
    """All of `[mcp]`: servers by name."""

    servers: dict[Identifier, ServerSection] = Field(default_factory=dict)


def server_of(config: Config, name: str, told: dict[str, Any]) -> ServerSection:
    """A server as the configuration describes it, and as it is told beside that.

    Args:
        config: The configuration.
        name: The server's name there, or ``""`` where everything is told.
        told: Keys of `ServerSection`, which stand before those of the configuration.

    Raises:
        ConfigError: If there is none of that name, or something is wrong with it; naming the first
            wrong key, and no value.
    """
    servers = _parsed(McpSection, config.mcp or {}, "mcp").servers
    if name and name not in servers:
        raise ConfigError(f"{FILE}: there is no [mcp.servers.{name[:96]}]", remedy=_REMEDY)
    known = servers[name].model_dump(exclude_unset=True) if name else {}
    for one, other in (("command", "url"), ("url", "command")):
        if one in told:
            known.pop(other, None)
    return _parsed(ServerSection, known | told, f"mcp.servers.{name}" if name else "")


def _parsed(kind: type[S], values: dict[str, Any], where: str) -> S:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        said = _SAID.get(first["type"], first["msg"])
        parts = [str(part) for part in first["loc"]]
        if where:
            said = f"{FILE}: {'.'.join((where, *parts))}: {said}"
        elif parts:
            said = f"{_FLAGS.get(parts[0], parts[0])}: {said}"
        raise ConfigError(said, remedy=_REMEDY) from None
