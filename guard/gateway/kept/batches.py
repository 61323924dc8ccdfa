"""OpenAI's batches: begun where their file lies, shown, and cancelled.

Source: developers.openai.com/api/reference (Batch).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from guard.dialects import parse
from guard.errors import InputError
from guard.gateway.kept.desk import Answer, Desk, shown, staying
from guard.gateway.kept.errand import Body, Done, Errand, Release
from guard.gateway.kept.files import name_of, named
from guard.gateway.kept.names import Kept, What
from guard.gateway.kept.tables import BATCH, BATCH_OBJECT, MARK
from guard.gateway.kept.upload import ENDPOINTS

_FILES: Mapping[str, What] = {
    "input_file_id": "input", "output_file_id": "results", "error_file_id": "results",
}  # fmt: skip
_NEEDED = frozenset({"input_file_id", "endpoint", "completion_window"})
_TAKEN = _NEEDED | {"metadata", "output_expires_after"}
PAIRS = 15
"""The sixteenth is ours."""


async def create(desk: Desk, _: str) -> Answer:
    """Begin a batch, at the upstream that has its file and nowhere else."""
    asked = await desk.taken(lambda one: _asked(parse(one.raw)))
    kept = desk.gateway.names.kept(desk.tenant, asked["input_file_id"], {"input"})
    walked = BATCH_OBJECT.request({**asked, "input_file_id": ""})
    errand = Errand(
        "POST",
        "/batches",
        desk.place(kept),
        kept,
        BATCH,
        content=staying(walked),
        body=partial(_body, desk),
    )
    done = await desk.run(errand)
    return shown(done, _presented(desk, done))


def _asked(document: Any) -> Mapping[str, Any]:
    """The members of a request, as far as they are known.

    Raises:
        InputError: It lacks one, or has one that nobody knows.
    """
    if not isinstance(document, dict) or not _NEEDED <= document.keys() <= _TAKEN:
        raise InputError("a batch has " + ", ".join(sorted(_NEEDED)), remedy="see POST /v1/batches")
    if any(not isinstance(document[name], str) for name in _NEEDED):
        raise InputError("a member of the batch is no text")
    if document["endpoint"] not in ENDPOINTS:
        raise InputError("no batches for that endpoint", remedy=" or ".join(sorted(ENDPOINTS)))
    metadata = {} if document.get("metadata") is None else document["metadata"]
    if not isinstance(metadata, dict) or len(metadata) > PAIRS or MARK in metadata:
        raise InputError(f"metadata is an object of {PAIRS} texts, none of them named {MARK}")
    if any(not isinstance(value, str) for value in metadata.values()):
        raise InputError("metadata holds texts")
    return document


def _body(desk: Desk, release: Release) -> Body:
    mark = desk.gateway.names.mark(desk.tenant, replace(release.kept, what="batch"))
    metadata = {**(release.document.get("metadata") or {}), MARK: mark}
    made = {**release.document, "input_file_id": release.kept.id, "metadata": metadata}
    return "application/json", orjson.dumps(made)


async def retrieve(desk: Desk, name: str) -> Answer:
    """Show how far a batch is."""
    kept = desk.gateway.names.kept(desk.tenant, name, {"batch"})
    done = await desk.run(Errand("GET", f"/batches/{kept.id}", desk.place(kept), kept, BATCH))
    return shown(done, _presented(desk, done))


async def cancel(desk: Desk, name: str) -> Answer:
    """Have a batch cancelled."""
    kept = desk.gateway.names.kept(desk.tenant, name, {"batch"})
    path = f"/batches/{kept.id}/cancel"
    done = await desk.run(Errand("POST", path, desk.place(kept), kept, BATCH))
    return shown(done, _presented(desk, done))


def _presented(desk: Desk, done: Done) -> Mapping[str, Any]:
    found: Mapping[str, Any] = done.found
    return found if done.status >= 300 else shown_here(desk, done.kept, found)


def shown_here(desk: Desk, kept: Kept, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """A batch under the names that it and its files have here.

    Raises:
        Unanswered: It is no description of one.
    """
    made = named(desk, replace(kept, what="batch"), found)
    files = {
        member: name_of(desk, replace(kept, what=what), made[member])
        for member, what in _FILES.items()
        if made.get(member) is not None
    }
    return {**{name: value for name, value in made.items() if name != MARK}, **files}
