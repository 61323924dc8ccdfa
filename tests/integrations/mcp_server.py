"""A real MCP server that keeps what it received, and how long the decision log was then.

python mcp_server.py GUARD_TOML FILE [--http PORT] [--guarded DESTINATION]
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from pathlib import Path

from mcp.server.mcpserver import Context, Image, MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from guard.log import Log

CONFIG, KEPT = Path(sys.argv[1]), Path(sys.argv[2])
MAIL, NUMBER = "otto.muster@beispiel.de", "11010519491231002X"
server = MCPServer("crm", instructions=f"Ask {MAIL} for help", log_level="CRITICAL")


def keep(text: str) -> None:
    """Keep what came, at once: whoever reads the file next must see it."""
    log = Log(CONFIG.parent / "decisions", (CONFIG.parent / "guard.pub").read_text())
    with KEPT.open("a", encoding="utf-8") as file:
        file.write(json.dumps([text, len(log)]) + "\n")


@server.tool()
def echo(text: str) -> str:
    """Say it again."""
    keep(text)
    return f"You said: {text}"


@server.tool()
def find(customer: str) -> dict[str, str]:
    """The record of a customer."""
    keep(customer)
    return {"name": customer, "mail": MAIL}


@server.tool()
def fail(text: str) -> str:
    """Fail with its words."""
    keep(text)
    raise ToolError(f"no {text} but {MAIL}")


@server.tool()
def chinese() -> str:
    """What Chinese law governs."""
    keep("chinese")
    return f"身份证号{NUMBER}，已核实"


@server.tool()
def picture() -> Image:
    """A picture."""
    keep("picture")
    return Image(data=base64.b64decode(b"iVBORw0KGgo=" * 9), format="png")


@server.tool()
async def work(text: str, ctx: Context) -> str:
    """Tell how far it is."""
    keep(text)
    await ctx.report_progress(1, 2, f"writing to {MAIL}")
    await ctx.session.send_log_message("info", f"wrote to {MAIL}")
    return "done"


@server.tool()
async def think(text: str, ctx: Context) -> str:
    """Ask the client's model."""
    from mcp_types import SamplingMessage, TextContent

    asked = SamplingMessage(role="user", content=TextContent(text=f"{text} or {MAIL}?"))
    said = await ctx.session.create_message([asked], max_tokens=9)
    keep(said.content.text)
    return said.content.text


@server.tool()
async def slow() -> str:
    """Take for ever."""
    keep("slow")
    try:
        await asyncio.sleep(600)
    finally:
        keep("stopped")
    return "never"


@server.tool()
def die() -> str:
    """End without a word."""
    keep("die")
    os._exit(7)


@server.resource(f"notes://{MAIL}")
def notes() -> str:
    """Notes."""
    keep("notes")
    return f"Notes of {MAIL}"


@server.prompt()
def letter(to: str) -> str:
    """A letter."""
    keep(to)
    return f"Write to {to}, copy to {MAIL}"


if __name__ == "__main__":
    print(f"the server's own words for {KEPT.name}", file=sys.stderr)
    if "--guarded" in sys.argv:
        from guard import Guard
        from guard.integrations.mcp import middleware

        to = sys.argv[sys.argv.index("--guarded") + 1]
        server.middleware.append(middleware(Guard.load(CONFIG), to))
    if "--http" in sys.argv:
        server.run("streamable-http", port=int(sys.argv[sys.argv.index("--http") + 1]))
    else:
        server.run("stdio")
