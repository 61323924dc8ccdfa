"""Lists of what a tenant has handed in.

One account of a provider's serves all tenants, so its list is everybody's. What this tenant handed
in bears its mark: a file in its name there, a batch in its metadata. All else is left out.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import orjson

from guard.errors import InputError
from guard.gateway.kept import batches, files
from guard.gateway.kept.desk import JSON, Answer, Desk
from guard.gateway.kept.errand import Done, Errand, Unanswered
from guard.gateway.kept.names import FILES, Kept, NotKept, What, is_id
from guard.gateway.kept.tables import BATCH, FILE, MARK, PAGE, Reading
from guard.gateway.kept.treatment import Treatment
from guard.gateway.upstreams import Route

_PAGES = 20
"""Pages of providers that are read for one of ours."""
_NONE = frozenset({404, 405})
"""What servers say that speak a provider's dialect and keep nothing."""
_LIMIT = re.compile(r"[1-9][0-9]{0,4}")
_WORD = re.compile(r"[a-z_-]{1,32}")
_NOBODY = Kept("file", "", "0" * 32)


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of thing that is listed.

    Args:
        path: Where its list is.
        reading: How each of them is read.
        whats: What its names stand for.
        mark: From what a provider says of one to its mark.
        shown: From a thing and what is said of it to what the caller is shown.
        most: How many a provider shows at once.
        usual: How many are shown if nobody says.
    """

    path: str
    reading: Reading
    whats: frozenset[What]
    mark: Callable[[Mapping[str, Any]], object]
    shown: Callable[[Desk, Kept, Mapping[str, Any]], Mapping[str, Any]]
    most: int
    usual: int


def _file_mark(found: Mapping[str, Any]) -> object:
    name = found.get("filename")
    return name.removesuffix(files.SUFFIX) if isinstance(name, str) else None


def _batch_mark(found: Mapping[str, Any]) -> object:
    metadata = found.get("metadata")
    return metadata.get(MARK) if isinstance(metadata, Mapping) else None


_FILES = Listed("/files", FILE, FILES, _file_mark, files.named, 10_000, 10_000)
_BATCHES = Listed("/batches", BATCH, frozenset({"batch"}), _batch_mark, batches.shown_here, 100, 20)


async def of_files(desk: Desk, _: str) -> Answer:
    """The files of a tenant."""
    said = desk.query("limit", "after", "order", "purpose")
    for name in ("order", "purpose"):
        if not _WORD.fullmatch(said.get(name, "desc")):
            raise InputError(f"{name} has no form that is known")
    return await _Listing(desk, _FILES, said).answer()


async def of_batches(desk: Desk, _: str) -> Answer:
    """The batches of a tenant."""
    return await _Listing(desk, _BATCHES, desk.query("limit", "after")).answer()


class _Listing:
    """A page of ours, read from pages of the upstreams, one upstream after the other.

    Args:
        desk: Whose.
        of: What is listed.
        said: What the query says.
    """

    def __init__(self, desk: Desk, of: Listed, said: Mapping[str, str]) -> None:
        self._desk, self._of, self._said = desk, of, said
        self._pages = 0
        self._last: Done | None = None

    async def answer(self) -> Answer:
        """The page.

        Raises:
            InputError: Its length cannot be read.
            NotKept: What it begins after is not the tenant's.
            Unanswered: An upstream shows no list, or what is the tenant's lies too deep in it.
        """
        written = self._said.get("limit", str(self._of.usual))
        if not _LIMIT.fullmatch(written) or int(written) > self._of.most:
            raise InputError(f"limit is a number up to {self._of.most}")
        found: list[Mapping[str, Any]] = []
        more = False
        async with aclosing(self._own()) as own:
            async for one in own:
                more = one is None or len(found) == int(written)
                if one is None or more:
                    break
                found.append(one)
        if more and not found:
            raise Unanswered(502, "the list is too long to be searched")
        return self._shown(found, more=more)

    async def _own(self) -> AsyncGenerator[Mapping[str, Any] | None, None]:
        """What is the tenant's, and the key's, in order; None where nobody looked any further."""
        routes, after = self._beginning()
        for route in routes:
            more = True
            while more:
                if self._pages >= _PAGES:
                    yield None
                    return
                items, more = await self._page(route, after)
                for item in items:
                    kept = self._kept(route, item)
                    if kept is not None:
                        yield await self._desk.in_thread(self._treated, kept, item)
                after = str(items[-1]["id"]) if more else ""
            after = ""

    def _beginning(self) -> tuple[Sequence[Route], str]:
        routes = self._desk.holders(files.HOLDS)
        name = self._said.get("after")
        if name is None:
            return routes, ""
        kept = self._desk.gateway.names.kept(self._desk.tenant, name, self._of.whats)
        (first,) = self._desk.place(kept)
        names = [route.upstream.name for route in routes]
        if first.upstream.name not in names:
            raise NotKept("nothing of that id is kept for this key")
        return routes[names.index(first.upstream.name) :], kept.id

    async def _page(self, route: Route, after: str) -> tuple[Sequence[Mapping[str, Any]], bool]:
        """A page of an upstream's, and whether there is another."""
        self._pages += 1
        asked = {name: self._said[name] for name in ("order", "purpose") if name in self._said}
        asked["limit"] = str(min(self._of.most, 1000))
        if after:
            asked["after"] = after
        errand = Errand("GET", self._of.path, (route,), _NOBODY, PAGE, query=urlencode(asked))
        self._last = done = await self._desk.run(errand)
        if done.status in _NONE and not after:
            return (), False
        found = done.found if done.status < 300 and isinstance(done.found, dict) else {}
        items = found.get("data")
        if not isinstance(items, list) or not all(
            isinstance(one, dict) and is_id(one.get("id")) for one in items
        ):
            raise Unanswered(502, "an upstream's answer is no list")
        return items, bool(items) and found.get("has_more") is True

    def _kept(self, route: Route, item: Mapping[str, Any]) -> Kept | None:
        """What an entry is, None if it is not the tenant's or the key may not use its model."""
        desk = self._desk
        kept = desk.gateway.names.marked(desk.tenant, self._of.mark(item))
        if kept is None or kept.what not in self._of.whats:
            return None
        if kept.model and not desk.key.serves(kept.model):
            return None
        return replace(kept, upstream=route.upstream.name, id=str(item["id"]))

    def _treated(self, kept: Kept, item: Mapping[str, Any]) -> Mapping[str, Any]:
        desk = self._desk
        treatment = Treatment(desk.gateway.guard, kept.named(desk.tenant), kept.sent)
        (found,) = treatment.documents([item], self._of.reading)
        return self._of.shown(desk, kept, found)

    def _shown(self, found: Sequence[Mapping[str, Any]], *, more: bool) -> Answer:
        ends = (found[0]["id"], found[-1]["id"]) if found else (None, None)
        document = {
            "object": "list", "data": found, "first_id": ends[0], "last_id": ends[1],
            "has_more": more,
        }  # fmt: skip
        last = self._last
        said = () if last is None else last.said
        where = "none" if last is None else last.route.destination.id
        return Answer(200, (*JSON, *said), orjson.dumps(document), where)
