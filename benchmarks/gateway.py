"""CPU and latency of a governed request through the gateway, beside a bare forwarder and peers.

    python benchmarks/gateway.py [--rounds 6] [--shield PYTHON] [--litellm PYTHON]

Every server is a process of its own before one dummy upstream; requests are unique 1 KB messages
with an e-mail address and a card number, sent in turns to all of them, plain and as streams of 65
events. The gateway detects patterns only (no names), pseudonymises, restores, screens the answer,
and writes its signed log durably. Peers: `--shield` and `--litellm` are interpreters of
environments that have llm-shield-proxy 1.7 and litellm[proxy]. CPU is that of the server's process
and its children. At last 64 connections ask guard at once, and the gateway's own metrics tell what
each stage of a decision took; `conclude` is the policy, `append` the log.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 64
KEY = "sk-benchmark-benchmark-benchmark"
EVENTS = 65
PROSE = (
    "please review the attached quarterly summary and prepare a short reply for the customer. she"
    " asked whether the delivery could be moved, and the invoice of last month is still open. "
)

UPSTREAM = """
import asyncio, json, sys
TEXT = "thank you, the delivery has been moved and the invoice is on its way to you now. "
def chunk(text, finish=None):
    c = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
    return b"data: " + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1,
        "model": "m", "choices": [c]}).encode() + b"\\n\\n"
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            m = await receive()
            await send({"type": m["type"] + ".complete"})
            if m["type"].endswith("shutdown"): return
    raw = b""
    while True:
        m = await receive(); raw += m.get("body", b"")
        if not m.get("more_body"): break
    body = json.loads(raw)
    said = body["messages"][-1]["content"].split()
    mail = next((w for w in said if "@" in w or w.startswith(("EMAIL", "["))), "you")
    if body.get("stream"):
        await send({"type": "http.response.start", "status": 200,
                    "headers": [(b"content-type", b"text/event-stream")]})
        words = (TEXT + mail + " ").split(" ")
        for i in range(EVENTS):
            await send({"type": "http.response.body", "body": chunk(words[i % len(words)] + " "),
                        "more_body": True})
        last = chunk("", "stop") + b"data: [DONE]\\n\\n"
        await send({"type": "http.response.body", "body": last})
        return
    message = {"role": "assistant", "content": TEXT * 4 + mail}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    out = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [choice], "usage": {"prompt_tokens": 1, "completion_tokens": 1,
        "total_tokens": 2}}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [
        (b"content-type", b"application/json"), (b"content-length", str(len(out)).encode())]})
    await send({"type": "http.response.body", "body": out})
""".replace("EVENTS", str(EVENTS))

FORWARDER = """
import aiohttp, sys
TARGET = "UPSTREAM"
session = None
async def app(scope, receive, send):
    global session
    if scope["type"] == "lifespan":
        while True:
            m = await receive()
            if m["type"].endswith("startup"): session = aiohttp.ClientSession()
            else: await session.close()
            await send({"type": m["type"] + ".complete"})
            if m["type"].endswith("shutdown"): return
    raw = b""
    while True:
        m = await receive(); raw += m.get("body", b"")
        if not m.get("more_body"): break
    async with session.post(TARGET + scope["path"], data=raw,
                            headers={"content-type": "application/json"}) as answer:
        kind = answer.headers["content-type"].encode()
        await send({"type": "http.response.start", "status": answer.status,
                    "headers": [(b"content-type", kind)]})
        async for part in answer.content.iter_any():
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
"""


@dataclass
class Server:
    """One way of getting to the upstream."""

    name: str
    url: str
    pids: Callable[[], list[int]]
    cpu: dict[str, list[float]] = field(default_factory=lambda: {"plain": [], "stream": []})
    wall: dict[str, list[float]] = field(default_factory=lambda: {"plain": [], "stream": []})
    first: list[float] = field(default_factory=list)


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        try:
            tasks = Path(f"/proc/{one}/task").iterdir()
            below = [int(c) for t in tasks for c in (t / "children").read_text().split()]
        except OSError:
            continue
        found += [c for c in below if c not in found]
    return found


def cpu_of(pids: list[int]) -> float:
    """Processor seconds of processes, user and system."""
    total = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


@contextmanager
def process(command: list[str], port: int, log: Path, **environment: str) -> Iterator[Server]:
    """A server in a process of its own, once it listens."""
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=log.parent, env={**os.environ, **environment}
        )
        try:
            _wait(port, running, log)
            yield Server(log.stem, f"http://127.0.0.1:{port}", lambda: children(running.pid))
        finally:
            running.terminate()
            running.wait(30)


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if running.poll() is not None:
            sys.exit(f"{log.stem} ended:\n{log.read_text()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{log.stem} does not listen")


def uvicorn(source: str, name: str, folder: Path) -> tuple[list[str], int]:
    """The command that serves an application of this text, and its port."""
    (folder / f"{name}_app.py").write_text(source)
    port = free()
    options = ["--port", str(port), "--log-level", "warning", "--http", "httptools", "--loop"]
    return [sys.executable, "-m", "uvicorn", f"{name}_app:app", *options, "uvloop"], port


def guard_home(folder: Path, upstream: str, metrics: int) -> tuple[list[str], int, str]:
    """A gateway's directory; its command, port and a key of a caller."""
    home = folder / "guard"
    guard = [sys.executable, "-m", "guard"]
    _said([*guard, "init", str(home), "--name", "bench.example/gateway"])
    port = free()
    config = home / "guard.toml"
    text = config.read_text().replace("names = true", "names = false")
    config.write_text(text + _GATEWAY.format(upstream=upstream, port=port, metrics=metrics))
    said = _said([*guard, "serve", "--config", str(config), "--new-key", "bench"])
    key = max(said.split(), key=len)
    with (home / "keys.toml").open("a") as keys:
        keys.write("per_minute = 1000000\nconcurrent = 256\n")
    return [*guard, "serve", "--config", str(config)], port, key


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


_GATEWAY = """
[[destination]]
id = "bench-us"
title = "The benchmark's upstream"
kind = "model"
provider = "acme"
url = "{upstream}"
role = "processor"
storage = ["US"]
processing = ["US"]
operator = "US"
parent = "US"
access = ["US"]
weights = "US"
retention_days = 0
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
training_use = "no"
source = "made for a benchmark"
checked = "2026-11-22"
valid_from = "2020-01-01"
valid_until = "9999-12-31"
confidence = "high"

[gateway.server]
port = {port}
keys_file = "keys.toml"
metrics_host = "127.0.0.1"
metrics_port = {metrics}

[[gateway.upstream]]
name = "bench"
destination = "bench-us"
url = "{upstream}/v1"
dialects = ["openai"]
models = {{ m = "m" }}
auth = {{ style = "none" }}
"""


def message(number: int) -> str:
    """A unique message of 1 KB with two values in it."""
    value = f"anna{number}.b{number % 97}@example{number % 13}.org card 4111 1111 1111 1111 "
    return (f"case {number}: {value}" + PROSE * 8)[:1024]


def ask(server: Server, key: str, number: int, mode: str) -> tuple[float, float]:
    """Seconds until the first byte of the body and until the end."""
    body = {"model": "m", "messages": [{"role": "user", "content": message(number)}]}
    if mode == "stream":
        body["stream"] = True
    where = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    begun = time.perf_counter()
    connection.request(
        "POST",
        "/v1/chat/completions",
        json.dumps(body),
        {"content-type": "application/json", "authorization": f"Bearer {key}"},
    )
    answer = connection.getresponse()
    first = answer.read(1)
    early = time.perf_counter() - begun
    rest = answer.read()
    whole = time.perf_counter() - begun
    connection.close()
    if answer.status != 200 or not first or (mode == "stream" and b"[DONE]" not in rest):
        sys.exit(f"{server.name} answered {answer.status}: {(first + rest)[:300]!r}")
    return early, whole


def measure(servers: list[tuple[Server, str]], rounds: int, each: int) -> None:
    """All servers in turns, on the same unique messages."""
    number = 0
    for server, key in servers:
        for mode in ("plain", "stream"):
            for _ in range(10):
                number += 1
                ask(server, key, number, mode)
    for _ in range(rounds):
        for mode in ("plain", "stream"):
            for server, key in servers:
                before = cpu_of(server.pids())
                for _ in range(each):
                    number += 1
                    early, whole = ask(server, key, number, mode)
                    server.wall[mode].append(whole * 1e3)
                    if mode == "stream":
                        server.first.append(early * 1e3)
                server.cpu[mode].append((cpu_of(server.pids()) - before) / each * 1e3)


def stages(port: int) -> dict[str, dict[float, int]]:
    """How many times each stage took at most so many seconds, as the gateway counts them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    found: dict[str, dict[float, int]] = {}
    for stage, bound, count in re.findall(
        r'guard_stage_seconds_bucket\{.*stage="(\w+)",le="([^"]+)"\} (\d+)', text
    ):
        found.setdefault(stage, {})[float(bound)] = int(count)
    return found


def crowd(server: Server, key: str, metrics: int, requests: int) -> None:
    """All at once: 64 connections, each asking again as soon as it is answered."""
    before, numbers = stages(metrics), iter(range(10**6, 10**6 + requests))
    cpu, begun = cpu_of(server.pids()), time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        wall = [w * 1e3 for _, w in threads.map(lambda n: ask(server, key, n, "plain"), numbers)]
    rate = requests / (time.perf_counter() - begun)
    cpu = (cpu_of(server.pids()) - cpu) / requests * 1e3
    print(
        f"\n{server.name}, plain, {CONNECTIONS} connections at once: {rate:.0f} a second,", end=""
    )
    print(f" CPU {cpu:.2f} ms, wall p50 {median(wall):.0f}, p99 {quantiles(wall, n=100)[-1]:.0f}")
    for stage, counts in stages(metrics).items():
        some = {bound: n - before.get(stage, {}).get(bound, 0) for bound, n in counts.items()}
        if some[math.inf]:
            p50, p99 = (at_most(some, share) * 1e3 for share in (0.5, 0.99))
            print(f"  {stage:<10}p50 up to {p50:g} ms, p99 up to {p99:g} ms")


def at_most(counts: dict[float, int], share: float) -> float:
    """The bound of the bucket in which a quantile lies."""
    wanted = share * counts[math.inf]
    return min(bound for bound, count in counts.items() if count >= wanted)


def show(servers: list[Server]) -> None:
    bare = servers[0]
    for mode in ("plain", "stream"):
        base = median(bare.cpu[mode])
        print(f"\n{mode}: milliseconds a request, one connection at a time, interleaved")
        print(f"{'server':<12}{'CPU p50':>9}{'of bare':>9}{'wall p50':>10}{'p99':>8}", end="")
        print(f"{'first p50':>11}" if mode == "stream" else "")
        for one in servers:
            cpu, wall = median(one.cpu[mode]), one.wall[mode]
            line = f"{one.name:<12}{cpu:>9.2f}{cpu / base:>8.1f}x{median(wall):>10.2f}"
            line += f"{quantiles(wall, n=100)[-1]:>8.1f}"
            print(line + (f"{median(one.first):>11.2f}" if mode == "stream" else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--each", type=int, default=50, help="requests a round and server")
    parser.add_argument("--shield", help="interpreter of an environment with llm-shield-proxy")
    parser.add_argument("--litellm", help="interpreter of an environment with litellm[proxy]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        command, port = uvicorn(UPSTREAM, "upstream", folder)
        upstream = stack.enter_context(process(command, port, folder / "upstream.log")).url
        command, port = uvicorn(FORWARDER.replace("UPSTREAM", upstream), "bare", folder)
        servers = [(stack.enter_context(process(command, port, folder / "bare.log")), KEY)]
        metrics = free()
        command, port, key = guard_home(folder, upstream, metrics)
        guard = stack.enter_context(process(command, port, folder / "guard.log"))
        servers.append((guard, key))
        if arguments.shield:
            servers.append((stack.enter_context(shield(arguments.shield, upstream, folder)), KEY))
        if arguments.litellm:
            servers.append((stack.enter_context(litellm(arguments.litellm, upstream, folder)), KEY))
        measure(servers, arguments.rounds, arguments.each)
        show([server for server, _ in servers])
        crowd(guard, key, metrics, arguments.rounds * arguments.each)


def shield(python: str, upstream: str, folder: Path) -> AbstractContextManager[Server]:
    """LLM-Shield-Proxy: patterns, restore, no scan of answers, its default log."""
    port = free()
    command = [str(Path(python).with_name("llm-shield-proxy")), "--host", "127.0.0.1"]
    return process(
        [*command, "--port", str(port), "--log-level", "warning"],
        port,
        folder / "shield.log",
        UPSTREAM_BASE_URL=f"{upstream}/v1",
        UPSTREAM_API_KEY="none",
        VALID_VIRTUAL_KEYS=KEY,
        ENABLE_EXT_PROC="false",
    )


_LITELLM = """
model_list:
  - model_name: m
    litellm_params: {{model: openai/m, api_base: "{upstream}/v1", api_key: none}}
guardrails:
  - guardrail_name: filter
    litellm_params:
      guardrail: litellm_content_filter
      mode: pre_call
      default_on: true
      patterns:
        - {{pattern_type: prebuilt, pattern_name: email, action: MASK}}
        - {{pattern_type: prebuilt, pattern_name: credit_card, action: MASK}}
general_settings: {{master_key: {key}}}
"""


def litellm(python: str, upstream: str, folder: Path) -> AbstractContextManager[Server]:
    """LiteLLM's proxy with its content filter."""
    port = free()
    (folder / "litellm.yaml").write_text(_LITELLM.format(upstream=upstream, key=KEY))
    command = [str(Path(python).with_name("litellm")), "--config", str(folder / "litellm.yaml")]
    return process(
        [*command, "--port", str(port), "--host", "127.0.0.1"],
        port,
        folder / "litellm.log",
        LITELLM_LOCAL_MODEL_COST_MAP="True",
        LITELLM_TELEMETRY="False",
    )


if __name__ == "__main__":
    main()
