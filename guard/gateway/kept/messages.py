"""Anthropic's message batches: begun, shown, cancelled, deleted, and their results.

Source: platform.claude.com/docs/en/api/messages-batches. They cannot be listed: their provider
keeps nothing with them that says whose they are.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from guard.dialects import Walked, named, parse
from guard.gateway.kept import files
from guard.gateway.kept.desk import Answer, Desk, on_lines, shown, staying
from guard.gateway.kept.errand import Body, Done, Errand, Release
from guard.gateway.kept.names import Kept
from guard.gateway.kept.tables import CONTENTS, MESSAGE_BATCH
from guard.gateway.kept.upload import only, unreferring
from guard.gateway.upstreams import Route

PATH = "/v1/messages/batches"
HOLDS = "anthropic.batches"


@dataclass(frozen=True, slots=True)
class _Taken:
    walked: Walked
    model: str
    routes: tuple[Route, ...]


async def create(desk: Desk, _: str) -> Answer:
    """Begin a batch, after a decision about all of its requests."""
    taken = await desk.taken(_taken)
    errand = Errand(
        "POST",
        PATH,
        taken.routes,
        Kept("messages", taken.model, secrets.token_hex(16)),
        MESSAGE_BATCH,
        content=staying(taken.walked),
        body=_body,
        keeps=True,
    )
    done = await desk.run(errand)
    return shown(done, _presented(desk, done))


def _taken(desk: Desk) -> _Taken:
    walked = named(HOLDS).request(parse(desk.raw))
    requests = walked.document["requests"]
    params = [_params(one) for one in requests] if isinstance(requests, list) else []
    model = only((one.get("model") for one in params), "model")
    unreferring(walked)
    return _Taken(walked, model, desk.takers(model, "anthropic.messages", HOLDS, walked.fields))


def _params(request: Any) -> Mapping[str, Any]:
    params = request.get("params") if isinstance(request, dict) else None
    return params if isinstance(params, dict) else {}


def _body(release: Release) -> Body:
    route = release.route
    own = {"model": route.model, **route.upstream.body}
    requests = [{**one, "params": {**one["params"], **own}} for one in release.document["requests"]]
    return "application/json", orjson.dumps({**release.document, "requests": requests})


async def retrieve(desk: Desk, name: str) -> Answer:
    """Show how far a batch is."""
    return await _about(desk, name, "GET")


async def delete(desk: Desk, name: str) -> Answer:
    """Have a batch deleted that has ended."""
    return await _about(desk, name, "DELETE")


async def cancel(desk: Desk, name: str) -> Answer:
    """Have a batch cancelled."""
    return await _about(desk, name, "POST", "/cancel")


async def _about(desk: Desk, name: str, method: str, ending: str = "") -> Answer:
    kept = desk.gateway.names.kept(desk.tenant, name, {"messages"})
    path = f"{PATH}/{kept.id}{ending}"
    done = await desk.run(Errand(method, path, desk.place(kept), kept, MESSAGE_BATCH))
    return shown(done, _presented(desk, done))


async def results(desk: Desk, name: str) -> Answer:
    """Fetch what became of each request, restored."""
    kept = desk.gateway.names.kept(desk.tenant, name, {"messages"})
    errand = Errand(
        "GET", f"{PATH}/{kept.id}/results", desk.place(kept), kept, CONTENTS["messages"],
        generated=True,
    )  # fmt: skip
    return await desk.in_thread(on_lines, await desk.run(errand))


def _presented(desk: Desk, done: Done) -> Mapping[str, Any]:
    """A batch under the name that it has here; its results are fetched here, too.

    Their address is said without a host, which kits put before it: what a caller calls this
    gateway is not known here.
    """
    found: Mapping[str, Any] = done.found
    if done.status >= 300:
        return found
    made = files.named(desk, done.kept, found)
    if made.get("results_url") is None:
        return made
    return {**made, "results_url": f"{PATH}/{made['id']}/results"}
