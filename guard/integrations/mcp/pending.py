"""What is remembered between messages: who asked what under which id, and what servers minted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from guard.errors import InputError
from guard.integrations.mcp.message import Id

MOST = 4096
"""Requests of one side that wait at once, and what servers minted that is kept."""
ROOM = 64 * 2**20
"""Characters of what servers minted that are kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that waits for its answer.

    Args:
        id: Its id as the side that asked chose it.
        method: Its method.
        token: What that side called its progress; None if it does not ask for it.
    """

    id: Id = field(repr=False)
    method: str
    token: Id | None = field(default=None, repr=False)


class Pending:
    """The requests of one side, under numbers of ours.

    Ids and progress tokens are chosen by whoever asks and read by nobody, so they could carry
    anything. The other side sees numbers that count from one instead.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0
        self._asked: dict[int, Asked] = {}
        self._numbers: dict[tuple[type, Id], int] = {}

    def number(self) -> int:
        """The next number.

        Raises:
            InputError: If too many requests wait.
        """
        with self._lock:
            if len(self._asked) >= MOST:
                raise InputError("too many requests wait for an answer")
            self._next += 1
            return self._next

    def put(self, number: int, asked: Asked) -> None:
        """Remember a request that is about to be sent under a number."""
        with self._lock:
            self._asked[number] = asked
            self._numbers[type(asked.id), asked.id] = number

    def pop(self, number: Id | None) -> Asked | None:
        """Forget the request of a number, which is answered; None if there is none."""
        with self._lock:
            asked = self._asked.pop(number, None) if type(number) is int else None
            if asked is not None and self._numbers.get((type(asked.id), asked.id)) == number:
                del self._numbers[type(asked.id), asked.id]
            return asked

    def get(self, number: object) -> Asked | None:
        """The request of a number."""
        with self._lock:
            return self._asked.get(number) if type(number) is int else None

    def number_of(self, identity: object) -> int | None:
        """The number of a request, by its id: the last one of that id."""
        if type(identity) is not int and type(identity) is not str:
            return None
        with self._lock:
            return self._numbers.get((type(identity), identity))

    def drain(self) -> list[Asked]:
        """Forget all requests, and give them out."""
        with self._lock:
            asked = list(self._asked.values())
            self._asked.clear()
            self._numbers.clear()
            return asked


class Minted:
    """Cursors and states that a server wants back as they are; the client gets words for them.

    Nobody else can read them, so nobody can scan them. Here they do not leave: the client sees a
    word of ours, and the server gets back what it made.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = self._long = 0
        self._held: OrderedDict[str, str] = OrderedDict()

    def word(self, minted: str) -> str:
        """A word for what a server minted; the oldest are forgotten."""
        with self._lock:
            self._next += 1
            word = f"guard-{self._next}"
            self._held[word] = minted
            self._long += len(minted)
            while len(self._held) > MOST or self._long > ROOM:
                self._long -= len(self._held.popitem(last=False)[1])
            return word

    def taken(self, word: object) -> str | None:
        """What a word stands for; None if it is none of ours."""
        with self._lock:
            return self._held.get(word) if type(word) is str else None
