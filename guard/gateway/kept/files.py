"""OpenAI's files: handed in, shown, fetched, taken away.

Source: developers.openai.com/api/reference (Files).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from guard.gateway.kept import upload
from guard.gateway.kept.desk import Answer, Desk, on_lines, shown, staying
from guard.gateway.kept.errand import Body, Done, Errand, Release, Unanswered
from guard.gateway.kept.names import FILES, Kept, is_id
from guard.gateway.kept.tables import CONTENTS, FILE
from guard.gateway.kept.upload import Upload
from guard.gateway.question import NotAllowed
from guard.gateway.upstreams import Route

HOLDS = "openai.batch_file"
SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class _Taken:
    upload: Upload
    model: str
    routes: tuple[Route, ...]


async def create(desk: Desk, _: str) -> Answer:
    """Take a file, decide about every line of it, and hand it to the one who will keep it."""
    taken = await desk.taken(_taken)
    given = taken.upload
    errand = Errand(
        "POST",
        "/files",
        taken.routes,
        Kept(given.what, taken.model, secrets.token_hex(16)),
        FILE,
        content=staying(given.walked),
        body=partial(_form, desk, given),
        keeps=True,
    )
    done = await desk.run(errand, training=given.what == "training")
    return shown(done, _presented(desk, done))


def _taken(desk: Desk) -> _Taken:
    given = upload.read(desk.headers["content-type"][0], desk.raw)
    if given.what != "input":
        return _Taken(given, "", desk.holders(HOLDS))
    model, dialect = given.asks()
    return _Taken(given, model, desk.takers(model, dialect, HOLDS, given.walked.fields))


def _form(desk: Desk, given: Upload, release: Release) -> Body:
    document = release.document
    if given.what == "input":
        route = release.route
        document = [upload.addressed(one, route.model, route.upstream.body) for one in document]
    return given.form(document, desk.gateway.names.mark(desk.tenant, release.kept) + SUFFIX)


async def retrieve(desk: Desk, name: str) -> Answer:
    """Show what is known of a file."""
    return await _about(desk, name, "GET")


async def delete(desk: Desk, name: str) -> Answer:
    """Have a file deleted."""
    return await _about(desk, name, "DELETE")


async def _about(desk: Desk, name: str, method: str) -> Answer:
    kept = desk.gateway.names.kept(desk.tenant, name, FILES)
    done = await desk.run(Errand(method, f"/files/{kept.id}", desk.place(kept), kept, FILE))
    return shown(done, _presented(desk, done))


async def content(desk: Desk, name: str) -> Answer:
    """Fetch the lines of a file, restored."""
    kept = desk.gateway.names.kept(desk.tenant, name, FILES)
    reading = CONTENTS.get(kept.what)
    if reading is None:
        raise NotAllowed("nobody here can read that file", remedy="fetch it where it is kept")
    errand = Errand(
        "GET", f"/files/{kept.id}/content", desk.place(kept), kept, reading,
        generated=kept.what == "results",
    )  # fmt: skip
    return await desk.in_thread(on_lines, await desk.run(errand))


def _presented(desk: Desk, done: Done) -> Mapping[str, Any]:
    """What a provider says of a file, under the name that it has here."""
    found: Mapping[str, Any] = done.found
    return found if done.status >= 300 else named(desk, done.kept, found)


def named(desk: Desk, kept: Kept, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """A description with its name here in the place of its id.

    Raises:
        Unanswered: It has no id.
    """
    if not isinstance(found, dict):
        raise Unanswered(502, "the upstream's answer is no description")
    return {**found, "id": name_of(desk, kept, found.get("id"))}


def name_of(desk: Desk, kept: Kept, found: object) -> str:
    """The name here of what has an id there.

    Raises:
        Unanswered: It is no id.
    """
    if not isinstance(found, str) or not is_id(found):
        raise Unanswered(502, "the upstream's answer has no id")
    return desk.gateway.names.name(desk.tenant, replace(kept, id=found))
