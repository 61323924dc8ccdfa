"""A real MCP server and a real client of the official SDK, with guard between them. Run there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.mcpserver import MCPServer
from mcp_types import CreateMessageResult, TextContent

from guard import ConfigError, Guard
from guard.cli.main import run
from guard.config import FILE
from guard.doors.circumstances import Circumstances
from guard.integrations.mcp import middleware
from guard.log import Log
from tests.integrations.house import MAIL, TEXT, place

HERE = Path(__file__).parent
SERVER = str(HERE / "mcp_server.py")
OTTO, NUMBER = "otto.muster@beispiel.de", "11010519491231002X"
TOKEN = re.compile(r"EMAIL_[A-Z0-9]+")
MODES = ("legacy", "auto")
TOKENLESS = "[EMAIL_1]"


def row(name, country, **more):
    """A destination as a table of guard.toml."""
    fields = (place(f"https://{name}.example.com", name, country) | more).items()
    return "\n[[destination]]\n" + "\n".join(f"{key} = {json.dumps(one)}" for key, one in fields)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/mcp"]) == 0
    file = directory / FILE
    text = file.read_text().replace("names = true ", "names = false ")
    file.write_text(text + row("abroad", "US") + row("at-home", "DE", role="self"))
    return directory


@pytest.fixture
def kept(tmp_path):
    """What the server has received, and how long the log was each time."""
    file = tmp_path / "kept"

    def read():
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    read.file = file
    return read


def texts(kept):
    return [text for text, _ in kept()]


def entries(home):
    log = Log(home / "decisions", (home / "guard.pub").read_text())
    log.verify()
    return list(log.entries())


def through(home, kept, *flags, to="abroad", client_to="abroad", command=None):
    """How a client starts the proxy, and the proxy the server."""
    served = ("--", sys.executable, SERVER, str(home / FILE), str(kept.file))
    told = ("--config", str(home / FILE), "--to", to, "--client-to", client_to)
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "guard", "mcp-proxy", *told, *flags, *(served if command is None else command)],
        cwd=HERE.parents[1],
    )


def guarded(home, kept, to="abroad"):
    """How a client starts a server that has the middleware."""
    arguments = [SERVER, str(home / FILE), str(kept.file), "--guarded", to]
    return StdioServerParameters(command=sys.executable, args=arguments, cwd=HERE.parents[1])


def talk(parameters, session, mode="auto", **how):
    """A session of the official client with a server that is a process."""

    async def talked():
        transport = stdio_client(parameters, errlog=sys.__stderr__)
        async with Client(transport, mode=mode, read_timeout_seconds=60, **how) as client:
            return await session(client)

    return asyncio.run(talked())


def said(result):
    return result.content[0].text


def test_what_a_server_abroad_gets_is_pseudonymous_and_what_the_client_gets_is_real(home, kept):
    async def session(client):
        one = await client.call_tool("echo", {"text": TEXT})
        other = await client.call_tool("find", {"customer": MAIL})
        return said(one), one.structured_content, other.structured_content

    echoed, structured, found = talk(through(home, kept, client_to="at-home"), session)
    assert echoed == f"You said: {TEXT}"
    assert structured == {"result": f"You said: {TEXT}"}
    assert found == {"name": MAIL, "mail": OTTO}
    first, second = texts(kept)
    assert TOKEN.fullmatch(second)
    assert first == f"Write to {second} now"


def test_what_a_client_abroad_gets_is_pseudonymous_and_what_the_server_gets_is_real(home, kept):
    async def session(client):
        found = (await client.call_tool("find", {"customer": "a"})).structured_content["mail"]
        again = await client.call_tool("echo", {"text": f"Write to {found}"})
        return found, said(again), client.instructions

    found, again, instructions = talk(through(home, kept, to="at-home"), session, "legacy")
    assert TOKEN.fullmatch(found)
    assert again == f"You said: Write to {found}"
    assert instructions == f"Ask {found} for help"
    assert texts(kept) == ["a", f"Write to {OTTO}"]


def test_every_message_is_written_down_before_it_goes_and_a_cancelled_call_stops(home, kept):
    before = len(entries(home)) if (home / "decisions").exists() else 0
    lengths = []

    async def session(client):
        for text in ("Write to a@example.com", "Write to b@example.com"):
            await client.call_tool("echo", {"text": text})
            lengths.append(len(entries(home)))
        with pytest.raises(MCPError):
            await client.session.call_tool("slow", {}, read_timeout_seconds=0.5)
        for _ in range(600):
            if "stopped" in texts(kept):
                break
            await asyncio.sleep(0.05)
        await client.call_tool("echo", {"text": "after"})

    talk(through(home, kept), session, "legacy")
    received = [length for _, length in kept()]
    assert before < received[0] < lengths[0] < received[1] < lengths[1]
    assert texts(kept)[2:] == ["slow", "stopped", "after"]
    assert not [one for one in entries(home) if OTTO in one.model_dump_json()]


def test_what_is_refused_is_not_sent_and_many_calls_at_once_are_answered_each(home, kept):
    async def session(client):
        picture = "data:image/png;base64," + "iVBORw0KGgo" * 9
        with pytest.raises(MCPError) as out:
            await client.call_tool("echo", {"text": picture})
        with pytest.raises(MCPError) as back:
            await client.call_tool("picture", {})
        calls = [client.call_tool("echo", {"text": f"n {n}"}) for n in range(20)]
        return out.value, back.value, [said(one) for one in await asyncio.gather(*calls)]

    out, back, after = talk(through(home, kept), session)
    decided = {one.id: one for one in entries(home) if one.kind == "decision"}
    for refused in (out, back):
        assert refused.code == -32010
        assert decided[refused.data["decision"]].effect == "deny"
        assert refused.data["reasons"][0]["rule"] == "guard.content_not_scanned"
    assert texts(kept)[0] == "picture"
    assert sorted(texts(kept)[1:]) == sorted(f"n {n}" for n in range(20))
    assert after == [f"You said: n {n}" for n in range(20)]


def test_laws_that_a_result_met_stay_met(home, kept):
    async def session(client):
        before = said(await client.call_tool("echo", {"text": TEXT}))
        with pytest.raises(MCPError) as refused:
            await client.call_tool("chinese", {})
        assert "cn_pipl" in refused.value.message
        return before, said(await client.call_tool("echo", {"text": TEXT}))

    before, after = talk(through(home, kept), session)
    assert TOKEN.search(before)
    assert after == f"You said: Write to {TOKENLESS} now"
    assert texts(kept)[-1] == f"Write to {TOKENLESS} now"


@pytest.mark.parametrize("mode", MODES)
def test_errors_logs_and_progress_are_read_too(home, kept, mode):
    told = []

    async def logged(params):
        told.append(str(params.data))

    async def progressed(progress, total, message):
        told.append(message)

    async def session(client):
        failed = await client.call_tool("fail", {"text": "Anna"})
        await client.call_tool("work", {"text": "a"}, progress_callback=progressed)
        read = await client.read_resource(f"notes://{OTTO}")
        letter = await client.get_prompt("letter", {"to": MAIL})
        listed = await client.list_resources()
        tools = await client.list_tools()
        return [failed, *told, read, letter, listed, tools]

    how = {"logging_callback": logged, "log_level": "debug"}
    got = talk(through(home, kept, to="at-home"), session, mode, **how)
    assert OTTO not in str(got)
    assert MAIL not in str(got)
    assert len(told) == 2
    assert all(TOKEN.search(str(one)) for one in got[:-1])


def test_what_a_server_asks_the_clients_model_is_a_transfer(home, kept):
    asked = []

    async def sampled(context, params):
        asked.append(params.messages[0].content.text)
        return CreateMessageResult(
            role="assistant", content=TextContent(text=f"{asked[0]} No: {MAIL}"), model="m"
        )

    async def session(client):
        return said(await client.call_tool("think", {"text": "Anna"}))

    back = talk(through(home, kept), session, "legacy", sampling_callback=sampled)
    assert TOKEN.search(asked[0])
    assert OTTO not in asked[0]
    assert MAIL not in str(kept())
    assert MAIL not in back


def test_a_server_that_dies_is_no_answer(home, kept):
    async def session(client):
        slow = asyncio.create_task(client.call_tool("slow", {}))
        await asyncio.sleep(0.5)
        died = await asyncio.gather(slow, client.call_tool("die", {}), return_exceptions=True)
        return [one.code for one in died]

    assert talk(through(home, kept), session) == [-32012, -32012]


def test_only_messages_are_on_standard_output(home, kept):
    parameters = through(home, kept)
    asks = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {
        "name": "c", "version": "1"}}  # fmt: skip
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": asks}).encode(),
        b"no json", b"[]", b'{"jsonrpc":"2.0","id":2,"id":3,"method":"ping"}', b"\xff",
    ]  # fmt: skip
    done = subprocess.run(
        [parameters.command, *parameters.args],
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        cwd=parameters.cwd,
        check=False,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert sorted(str(one["id"]) for one in answers) == ["1", "3", "None", "None", "None"]
    assert b"the server's own words" in done.stderr
    assert OTTO.encode() not in done.stdout + done.stderr


@pytest.mark.parametrize("mode", MODES)
def test_a_guarded_server_tells_its_clients_what_may_leave(home, kept, mode):
    told = []

    async def logged(params):
        told.append(str(params.data))

    async def progressed(progress, total, message):
        told.append(message)

    async def session(client):
        found = (await client.call_tool("find", {"customer": "a"})).structured_content["mail"]
        echoed = await client.call_tool("echo", {"text": f"Write to {found}"})
        failed = await client.call_tool("fail", {"text": "Anna"})
        await client.call_tool("work", {"text": found}, progress_callback=progressed)
        read = await client.read_resource(f"notes://{found}")
        letter = await client.get_prompt("letter", {"to": MAIL})
        listed = await client.list_resources()
        with pytest.raises(MCPError) as unknown:
            await client.read_resource(f"notes://nobody/{MAIL}")
        with pytest.raises(MCPError) as refused:
            await client.call_tool("picture", {})
        assert refused.value.data["reasons"][0]["rule"] == "guard.content_not_scanned"
        shown = [found, echoed, failed, *told, read, letter, listed, unknown.value.error]
        return refused.value.data["decision"], shown, client.instructions

    how = {"logging_callback": logged, "log_level": "debug"}
    decision, shown, instructions = talk(guarded(home, kept), session, mode, **how)
    found = shown[0]
    assert instructions == f"Ask {found} for help"
    assert len(told) == 2
    assert all(TOKEN.search(str(one)) for one in shown)
    assert OTTO not in str(shown)
    assert MAIL not in str(shown)
    assert texts(kept)[:4] == ["a", f"Write to {OTTO}", "Anna", OTTO]
    assert {"notes", MAIL, "picture"} <= set(texts(kept))
    assert next(one for one in entries(home) if one.id == decision).effect == "deny"


def test_what_a_guarded_server_asks_leaves_as_decided(home, kept):
    asked = []

    async def sampled(context, params):
        asked.append(params.messages[0].content.text)
        return CreateMessageResult(
            role="assistant", content=TextContent(text=f"{asked[0]} Yes"), model="m"
        )

    async def session(client):
        return said(await client.call_tool("think", {"text": "Anna"}))

    back = talk(guarded(home, kept), session, "legacy", sampling_callback=sampled)
    assert TOKEN.search(asked[0])
    assert OTTO not in asked[0]
    assert texts(kept) == [f"Anna or {OTTO}? Yes"]
    assert back == f"{asked[0]} Yes"


def test_laws_stay_met_in_a_session_of_a_guarded_server(home, kept):
    async def session(client):
        before = said(await client.call_tool("echo", {"text": TEXT}))
        with pytest.raises(MCPError):
            await client.call_tool("chinese", {})
        return before, said(await client.call_tool("echo", {"text": TEXT}))

    before, after = talk(guarded(home, kept), session, "legacy")
    assert TOKEN.search(before)
    assert after == f"You said: Write to {TOKENLESS} now"


def test_a_guarded_server_over_http_knows_its_sessions(home, kept):
    async def session(client):
        found = (await client.call_tool("find", {"customer": "a"})).structured_content["mail"]
        await client.call_tool("echo", {"text": found})
        return found

    async def talked(url, mode):
        transport = streamable_http_client(url)
        async with Client(transport, mode=mode, read_timeout_seconds=60) as client:
            return await session(client)

    with over_http(home, kept, "--guarded", "abroad") as url:
        first = asyncio.run(talked(url, "legacy"))
        second = asyncio.run(talked(url, "legacy"))
        third = asyncio.run(talked(url, "auto"))
    assert len({first, second, third}) == 3
    # Since 2026-07-28 there is no session over HTTP: nobody knows whose pseudonym it is.
    assert texts(kept) == ["a", OTTO, "a", OTTO, "a", third]


def test_destinations_that_nobody_knows_are_refused(home):
    with Guard.load(home / FILE) as guard, pytest.raises(ConfigError):
        middleware(guard, "nowhere")


@pytest.mark.parametrize("mode", MODES)
def test_what_a_guarded_server_cannot_decide_about_is_not_told(home, mode):
    def how(ctx):
        if ctx.method == "tools/call" and ctx.params["name"] == "unknown":
            raise RuntimeError(MAIL)
        scoring = ctx.method == "tools/call" and ctx.params["name"] == "scored"
        return Circumstances(use_case="social_scoring" if scoring else "")

    async def talked(guard):
        server = MCPServer(
            "crm", log_level="CRITICAL", middleware=[middleware(guard, "abroad", how)]
        )
        for name in ("unknown", "scored", "known"):
            server.tool(name)(lambda: 43)
        async with Client(server, mode=mode) as client:
            told = []
            for name in ("unknown", "scored"):
                with pytest.raises(MCPError) as refused:
                    await client.call_tool(name, {})
                told.append(refused.value)
            return told, await client.call_tool("known", {})

    with Guard.load(home / FILE) as guard:
        (unknown, scored), known = asyncio.run(talked(guard))
    assert unknown.code == -32011
    assert MAIL not in str(unknown.error)
    assert scored.code == -32010
    assert said(known) == "43"
    found = entries(home)
    denied = next(n for n, one in enumerate(found) if one.id == scored.data["decision"])
    assert found[denied].effect == "deny"
    assert "error" in {one.kind for one in found[denied - 2 : denied]}


@contextlib.contextmanager
def over_http(home, kept, *flags):
    """The server behind a URL."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = [SERVER, str(home / FILE), str(kept.file), "--http", str(port), *flags]
    with subprocess.Popen([sys.executable, *arguments], cwd=HERE.parents[1]) as process:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            process.terminate()


def test_a_server_behind_a_url(home, kept):
    told = []

    async def progressed(progress, total, message):
        told.append(message)

    async def session(client):
        echoed = said(await client.call_tool("echo", {"text": TEXT}))
        await client.call_tool("work", {"text": "a"}, progress_callback=progressed)
        with pytest.raises(MCPError) as refused:
            await client.call_tool("picture", {})
        calls = [client.call_tool("echo", {"text": f"n {n}"}) for n in range(5)]
        many = [said(one) for one in await asyncio.gather(*calls)]
        return echoed, refused.value.code, many, client.protocol_version

    with over_http(home, kept) as url:
        own = home / "http.toml"
        behind = row("behind", "US", url=url.removesuffix("/mcp"))
        own.write_text((home / FILE).read_text() + behind)
        flags = ("--url", url, "--config", str(own))
        parameters = through(home, kept, *flags, to="behind", client_to="at-home", command=())
        echoed, code, many, version = talk(parameters, session)
    assert echoed == f"You said: {TEXT}"
    assert TOKEN.search(texts(kept)[0])
    assert told == [f"writing to {OTTO}"]
    assert (code, version) == (-32010, "2025-11-25")
    assert many == [f"You said: n {n}" for n in range(5)]
