"""The Model Context Protocol: servers of one's own by middleware, all others by a proxy.

    from guard.integrations.mcp import middleware
    server = MCPServer("crm", middleware=[middleware(guard, "the-clients-model")])

What a server returns leaves towards its client and the client's model, so it is a transfer to
there. What a tool receives is an arrival: pseudonyms that the client was shown are real again.
For a server of somebody else there is ``guard mcp-proxy``, where arguments are a transfer, too.
"""

from __future__ import annotations

from guard.integrations.mcp.server import middleware

__all__ = ["middleware"]
