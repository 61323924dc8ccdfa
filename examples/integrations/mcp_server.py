"""An MCP server whose client's model is abroad: the model sees pseudonyms, the tools do not.

pip install mcp && python examples/integrations/mcp_server.py
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from house import house
from mcp import Client
from mcp.server.mcpserver import MCPServer

from guard import Circumstances
from guard.integrations.mcp import middleware

if TYPE_CHECKING:
    from guard import Guard

written: list[str] = []


def served(guard: Guard) -> MCPServer:
    """A server with two tools; what it tells its clients is a transfer to where their model is.

    In one process there is no connection that a conversation could be told by, so it has a name.
    """
    told = middleware(guard, "abroad", Circumstances(conversation="example"))
    server = MCPServer("crm", log_level="WARNING", middleware=[told])

    @server.tool()
    def address(customer: str) -> str:
        """The address of a customer."""
        return f"{customer}: anna.schmidt@beispiel.de"

    @server.tool()
    def write(to: str) -> str:
        """Write a letter."""
        written.append(to)
        return "written"

    return server


async def session(server: MCPServer) -> str:
    """What a client does for a model: ask one tool, and give its answer to another."""
    async with Client(server) as client:
        found = (await client.call_tool("address", {"customer": "number 7"})).content[0].text
        await client.call_tool("write", {"to": found})
        return str(found)


with house() as (guard, _, _):
    text = asyncio.run(session(served(guard)))
    print("the provider saw: ", text)
    print("you got:          ", *written)
