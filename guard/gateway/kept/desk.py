"""One caller at the desk where files and batches are handed in and out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

import orjson

from guard.doors.circumstances import Circumstances
from guard.doors.retention import STATE
from guard.errors import InputError, Undecided
from guard.gateway.asgi import Header, Incoming
from guard.gateway.callers import passed_on
from guard.gateway.gateway import NotServed
from guard.gateway.kept.errand import Done, Errand, Errands
from guard.gateway.kept.names import Kept, NotKept
from guard.gateway.kept.sending import Sending
from guard.gateway.keys import Key
from guard.gateway.question import NotAllowed
from guard.gateway.upstreams import Route
from guard.payload import Content

if TYPE_CHECKING:
    from guard.dialects import Walked
    from guard.gateway.gateway import Gateway

T = TypeVar("T")
JSON: tuple[Header, ...] = (("content-type", "application/json"), ("cache-control", "no-store"))
_LINES: tuple[Header, ...] = (("content-type", "application/x-ndjson"), *JSON[1:])
_QUERY = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller is handed.

    Args:
        status: The status.
        headers: The headers.
        body: The body.
        destination: Where the request went, for the counts.
    """

    status: int
    headers: tuple[Header, ...]
    body: bytes = field(repr=False)
    destination: str = "none"


class Desk:
    """A request about what is kept, and what it may reach.

    Args:
        gateway: The worker's parts.
        sending: The way out.
        key: Whose request it is.
        circumstances: What holds of it.
        incoming: The request.
        raw: Its body.

    Raises:
        InputError: It names a conversation.
    """

    def __init__(
        self,
        gateway: Gateway,
        sending: Sending,
        key: Key,
        circumstances: Circumstances,
        *,
        incoming: Incoming,
        raw: bytes,
    ) -> None:
        if circumstances.conversation:
            raise InputError(
                "what is kept is a conversation of its own", remedy="leave X-Guard-Conversation out"
            )
        self.gateway, self.key, self.raw = gateway, key, raw
        self.headers, self._query = incoming.headers, incoming.query
        self._sending, self._circumstances = sending, circumstances

    @property
    def tenant(self) -> str:
        """Whose things it may reach."""
        return self.key.tenant

    async def in_thread(self, do: Callable[..., T], *arguments: Any) -> T:
        """Do what blocks, or what takes long."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.gateway.threads, do, *arguments)

    async def taken(self, read: Callable[[Desk], T]) -> T:
        """What a caller hands in, read; what cannot be read or placed is written down.

        Raises:
            InputError: It cannot be read.
            Undecided: Nobody can take it.
        """

        def reading() -> T:
            try:
                return read(self)
            except (InputError, Undecided) as error:
                self.gateway.guard.unread(error)
                raise

        return await self.in_thread(reading)

    async def run(self, errand: Errand, *, training: bool = False) -> Done:
        """Run an errand.

        Args:
            errand: The errand.
            training: What leaves will train a model, whatever the caller says that it is for.

        Raises:
            NotAllowed: The key may not use data for training.
        """
        how = self._circumstances
        if training and how.purpose != "training":
            if "training" not in self.key.purposes:
                raise NotAllowed("this key may not use data for training")
            how = replace(how, purpose="training")
        headers = passed_on(self.headers)
        return await Errands(self.gateway, self._sending, self.tenant, how, headers).run(errand)

    def place(self, kept: Kept) -> tuple[Route]:
        """The one way to what is kept.

        Raises:
            NotKept: Its upstream is no longer configured, or has no such model.
            NotAllowed: The key may not use the model that it was handed in for.
        """
        for route in self.gateway.upstreams.all:
            if route.upstream.name == kept.upstream and kept.model in {"", route.alias}:
                if not kept.model or self.key.serves(kept.model):
                    return (route,)
                raise NotAllowed("this key may not use the model that it was handed in for")
        raise NotKept("nothing of that id is kept for this key")

    def takers(
        self, model: str, dialect: str, holds: str, said: Mapping[str, str]
    ) -> tuple[Route, ...]:
        """Who could take what is for a model, best first.

        Args:
            model: The model.
            dialect: What its requests speak.
            holds: The dialect of what is to be kept.
            said: Fields that decide about the destination.

        Raises:
            NotAllowed: The key may not use the model.
            NotServed: Nobody takes such things for it.
            Unresolved: As `Upstreams.routes`.
            Unavailable: Nobody who does may be asked now.
        """
        if not self.key.serves(model):
            raise NotAllowed("this key may not use this model", remedy="see GET /v1/models")
        return self.gateway.keepers(model, dialect, holds, said)

    def holders(self, holds: str) -> tuple[Route, ...]:
        """A way to each upstream that keeps such things and has a model that the key may use.

        Raises:
            NotServed: There is none.
        """
        found: dict[str, Route] = {}
        for route in self.gateway.upstreams.all:
            if route.upstream.speaks(holds) and self.key.serves(route.alias):
                found.setdefault(route.upstream.name, route)
        if not found:
            raise NotServed("no upstream keeps files", remedy="see docs/gateway.md")
        return tuple(found.values())

    def query(self, *known: str) -> dict[str, str]:
        """The query of the address.

        Raises:
            InputError: It says something that is not known here, or twice.
        """
        if not self._query:
            return {}
        try:
            pairs = parse_qsl(
                self._query, keep_blank_values=True, strict_parsing=True, max_num_fields=_QUERY
            )
        except ValueError:
            raise InputError("the query cannot be read") from None
        said = dict(pairs)
        if len(said) != len(pairs) or not said.keys() <= set(known):
            raise InputError("the query says something that nobody knows, or says it twice")
        return said


def staying(walked: Walked) -> Content:
    """What leaves to stay: its texts, and as what nobody can scan its state at the provider."""
    kinds = {STATE, *(one.kind for one in walked.opaque)}
    return Content(walked.segments, walked.rebuilt, tuple(sorted(kinds)))


def shown(done: Done, document: Any) -> Answer:
    """An answer that is a JSON document."""
    where = done.route.destination.id
    return Answer(done.status, (*JSON, *done.said), orjson.dumps(document), where)


def on_lines(done: Done) -> Answer:
    """An answer that is a document on each line, or an error."""
    if done.status >= 300:
        return shown(done, done.found)
    body = b"".join(orjson.dumps(line) + b"\n" for line in done.found)
    return Answer(done.status, (*_LINES, *done.said), body, done.route.destination.id)
