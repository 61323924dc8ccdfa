"""What the proxy does with each message, without reading or writing anything.

line of the client → decided for the server's destination → line for the server
line of the server → decided for the client's destination → line for the client

A request that is refused is answered here; a notification that is refused goes nowhere. Nothing
that nobody has read is passed on, and nobody waits for an answer that could not be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from guard.dialects import mcp
from guard.doors.refusal import undecided
from guard.errors import Denied, GuardError, InputError, Refused
from guard.integrations.mcp import message as messages
from guard.integrations.mcp.crossing import Crossing
from guard.integrations.mcp.message import Message, Scrap
from guard.integrations.mcp.pending import Asked, Minted, Pending

Side = Literal["client", "server"]
_OTHER: dict[Side, Side] = {"client": "server", "server": "client"}
_META, _TOKEN, _LISTEN = "_meta", "progressToken", "subscriptions/listen"
_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"
_MINTED = (("nextCursor", "cursor"), ("requestState", "requestState"))
"""What a result of a server calls it, and what the parameters in which it comes back do."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A message that may go.

    Args:
        to: The side that it goes to.
        line: The message.
        number: The number of a request that is to be answered; None for all else.
        method: Of a request or a notification.
    """

    to: Side
    line: bytes = field(repr=False)
    number: int | None = None
    method: str = ""


class Relay:
    """Both directions of one session.

    One thread for each direction keeps the order of messages.

    Args:
        crossing: Decides.
        destinations: Id of the destination that each side is.
        unserved: Methods of the client that are answered as unknown.
        say: Told of what is dropped, in words without data.
    """

    def __init__(
        self,
        crossing: Crossing,
        destinations: dict[Side, str],
        *,
        say: Callable[[str], None],
        unserved: frozenset[str] = frozenset(),
    ) -> None:
        self._crossing, self._destinations = crossing, destinations
        self._say, self._unserved = say, unserved
        self._pending: dict[Side, Pending] = {"client": Pending(), "server": Pending()}
        self._minted = Minted()

    def passed(self, side: Side, line: bytes) -> list[Passed]:
        """What becomes of a line that a side has sent.

        Args:
            side: The side.
            line: Its message.

        Returns:
            What may go to the other side, or answers of ours.
        """
        try:
            message = messages.read(line)
        except InputError as error:
            return self.unread(side, error, line)
        try:
            passed = self._passed(side, message)
        except (Refused, InputError) as error:
            passed = self._refused(side, message, error)
        except Exception as error:  # noqa: BLE001 - a door: a bug is no answer, and no answer is a no
            refused = undecided(error)
            self._crossing.unread(refused)
            passed = self._refused(side, message, refused)
        return [] if passed is None else [passed]

    def unread(self, side: Side, error: InputError, line: bytes = b"") -> list[Passed]:
        """What becomes of a line that cannot be read: the client is told, a server is not.

        Args:
            side: Who sent it.
            error: Why it cannot be read.
            line: The line, if it was kept.
        """
        self._crossing.unread(error)
        self._say(f"the {side} sent what cannot be read: {error.message}")
        scrap, found = messages.scrap(line), []
        if side == "client":
            waits = self._pending[side].number_of(scrap.id) is not None
            told = scrap.id if scrap.asks and not waits else None
            failure = messages.failure(told, messages.PARSE_ERROR, error.message)
            found.append(Passed("client", failure))
        return found if scrap.asks else found + self._lost(side, scrap)

    def unanswered(self, number: int, why: str) -> list[Passed]:
        """The answer to a request of the client's that will have no other."""
        asked = self._pending["client"].pop(number)
        if asked is None:
            return []
        self._say(why)
        return [Passed("client", messages.failure(asked.id, messages.GONE, why))]

    def gone(self, why: str) -> list[Passed]:
        """The answers to all requests of the client's that wait, now that nobody will give any."""
        return [
            Passed("client", messages.failure(asked.id, messages.GONE, why))
            for asked in self._pending["client"].drain()
        ]

    def _lost(self, side: Side, scrap: Scrap) -> list[Passed]:
        """Answers for whoever waits for one that cannot be read; for all if it may be anybody's."""
        other, why = _OTHER[side], f"the {side}'s answer cannot be read"
        asked = self._pending[other].pop(scrap.id)
        if asked is not None:
            return [Passed(other, messages.failure(asked.id, messages.GONE, why))]
        return self.gone(why) if side == "server" and scrap.anybodys else []

    def _passed(self, side: Side, message: Message) -> Passed | None:
        match message.kind:
            case "request":
                return self._request(side, message)
            case "notification":
                return self._notification(side, message)
            case _:
                return self._answer(side, message)

    def _request(self, side: Side, message: Message) -> Passed:
        if side == "client" and message.method in self._unserved:
            said = "this method is not served here"
            return Passed(side, messages.failure(message.id, messages.METHOD_NOT_FOUND, said))
        pending, body = self._pending[side], message.body
        if pending.number_of(message.id) is not None:
            # Two answers under one id: nobody could tell which is which (JSON-RPC 2.0 §5).
            self._say(f"the {side} asks twice under one id")
            said = "a request with this id waits for its answer"
            return Passed(side, messages.failure(None, messages.INVALID_REQUEST, said))
        number = pending.number()
        token = messages.member(body, *messages.TOKEN)
        if token is not None:
            body[_META][_TOKEN] = number
        kept = self._given_back(side, body)
        body = self._crossed(side, message.method, mcp.asked, body)
        if kept:
            body = {**(body or {}), **kept}
        identity = message.id if message.id is not None else 0
        pending.put(number, Asked(identity, message.method, token))
        line = messages.asking(number, message.method, body)
        return Passed(_OTHER[side], line, number, message.method)

    def _notification(self, side: Side, message: Message) -> Passed | None:
        body = message.body
        if body is not None and not self._translated(side, message.method, body):
            return None
        body = self._crossed(side, message.method, mcp.asked, body)
        line = messages.telling(message.method, body)
        return Passed(_OTHER[side], line, method=message.method)

    def _answer(self, side: Side, message: Message) -> Passed | None:
        """A result or an error goes to whoever asked; what nobody asked for goes nowhere."""
        other = _OTHER[side]
        asked = self._pending[other].get(message.id)
        if asked is None:
            self._say(f"the {side} answered what nobody asks")
            return None
        body = message.body
        if message.kind == "error":
            body = self._crossing.crossed(mcp.failed, body, self._destinations[other])
            shown = {"error": body}
        else:
            self._subscribed(body)
            kept = self._kept(side, body)
            body = self._crossed(side, asked.method, mcp.answered, body)
            shown = {"result": {**body, **kept}}
        if self._pending[other].pop(message.id) is None:
            return None  # it was told meanwhile that there is no answer
        return Passed(other, messages.written(id=asked.id, **shown))

    def _crossed(self, side: Side, method: str, walk: Callable[..., Any], body: Any) -> Any:
        to, bare = self._destinations[_OTHER[side]], method in mcp.BARE
        return self._crossing.crossed(partial(walk, method), body, to, bare=bare)

    def _refused(self, side: Side, message: Message, error: GuardError) -> Passed | None:
        """Whoever asked is answered; why is told to the client, whose operator's rules they are."""
        reference = f", decision {error.reference}" if isinstance(error, Denied) else ""
        known = message.method if message.method in mcp.METHODS else "unknown"
        what = f"{message.kind} of the {side} ({known})" if message.method else f"answer of {side}"
        self._say(f"refused: {what}: {error.message}{reference}")
        if message.kind == "notification":
            return None
        if message.kind == "request":
            return Passed(side, messages.refusal(message.id, error, tell=side == "client"))
        other = _OTHER[side]
        asked = self._pending[other].pop(message.id)
        if asked is None:
            return None
        return Passed(other, messages.refusal(asked.id, error, tell=other == "client"))

    def _translated(self, side: Side, method: str, body: dict[str, Any]) -> bool:
        """Puts ids in the other side's words; False where the notification is about nothing."""
        self._subscribed(body)
        if method == "notifications/progress":
            asked = self._pending[_OTHER[side]].get(body.get(_TOKEN))
            if asked is None or asked.token is None:
                return False
            body[_TOKEN] = asked.token
        elif method == "notifications/cancelled" and "requestId" in body:
            number = self._pending[side].number_of(body["requestId"])
            asked = self._pending["client"].get(body["requestId"])
            if side == "server" and asked is not None and asked.method == _LISTEN:
                body["requestId"] = asked.id  # a server ends what a client listens to
            elif number is not None:
                body["requestId"] = number
                self._pending[side].pop(number)
            else:
                return False
        return True

    def _subscribed(self, body: dict[str, Any]) -> None:
        """Puts the id of the request that listens in the client's words."""
        number = messages.member(body, _META, _SUBSCRIPTION)
        if number is not None and (asked := self._pending["client"].get(number)) is not None:
            body[_META][_SUBSCRIPTION] = asked.id

    def _given_back(self, side: Side, body: Any) -> dict[str, str]:
        """Takes out of the client's parameters what a server minted, which goes back unread."""
        if side == "server" or body is None:
            return {}
        found = {name: self._minted.taken(body.get(name)) for _, name in _MINTED}
        kept = {name: minted for name, minted in found.items() if minted is not None}
        for name in kept:
            del body[name]
        return kept

    def _kept(self, side: Side, body: dict[str, Any]) -> dict[str, str]:
        """Takes out of a server's result what it wants back, for which there are words of ours."""
        if side == "client":
            return {}
        minted = [name for name, _ in _MINTED if type(body.get(name)) is str]
        return {name: self._minted.word(body.pop(name)) for name in minted}
