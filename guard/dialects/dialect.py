"""A dialect: what the bodies of one API's requests and answers are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from guard.dialects.shapes import Shape
from guard.dialects.walk import Walk
from guard.dialects.walked import Walked
from guard.errors import InputError


class Dialect(Protocol):
    """What a door needs to know of an API.

    Args:
        name: ``openai.chat``, ``anthropic.messages`` …
        events: Name of the kind of streamed events, ``""`` when the API streams none.
    """

    @property
    def name(self) -> str:
        """The dialect's name."""

    @property
    def events(self) -> str:
        """The name of its streamed events."""

    def request(self, body: Any) -> Walked:
        """A request's body taken apart.

        Args:
            body: Plain JSON values, of `guard.dialects.parse` or `guard.payload.copied`.

        Raises:
            InputError: If it is not of this dialect's shape, or not JSON.
        """

    def answer(self, body: Any) -> Walked:
        """A whole answer's body taken apart, that of an error included.

        Raises:
            InputError: If it is not JSON.
        """


@dataclass(frozen=True, slots=True)
class Tables:
    """A dialect that two tables describe.

    Args:
        name: Its name.
        asks: The shape of a request.
        answers: The shape of an answer.
        needs: Fields without which a body is none of this dialect's.
        events: The name of its streamed events.
        lines: A body may be the list of a file's lines.
    """

    name: str
    asks: Shape = field(repr=False)
    answers: Shape = field(repr=False)
    needs: tuple[str, ...] = ()
    events: str = ""
    lines: bool = False

    def request(self, body: Any) -> Walked:
        """A request's body taken apart: see `Dialect.request`."""
        if not body or (type(body) is not dict and not (self.lines and type(body) is list)):
            raise InputError(f"this is no body of {self.name}", remedy="send a JSON object")
        if type(body) is dict:
            for name in self.needs:
                if body.get(name) is None:
                    raise InputError(f"a body of {self.name} has a field {name}")
        return _walked(self.asks, body, Walk(unescapes=True))

    def answer(self, body: Any) -> Walked:
        """A whole answer's body taken apart: see `Dialect.answer`."""
        return _walked(self.answers, body, Walk())


def _walked(shape: Shape, body: Any, walk: Walk) -> Walked:
    try:
        if body is not None:
            shape.visit(body, "", walk)
        return walk.walked(body)
    except RecursionError:
        pass  # raised below, where it does not drag the frames and their texts along
    raise InputError("nested too deeply to be walked", remedy="send a flatter document")
