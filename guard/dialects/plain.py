"""Bodies of no API that is known: every string, odd name and long number is a text.

What an application of one's own speaks needs no table of fields: nothing in it is taken for a
technical word, and nothing is unknown.
"""

from __future__ import annotations

from typing import Any

from guard.dialects.walk import Walk
from guard.dialects.walked import Walked


class Plain:
    """JSON without a shape."""

    name = "plain"
    events = ""

    def request(self, body: Any) -> Walked:
        """A request's body taken apart: see `guard.dialects.Dialect.request`.

        Raises:
            InputError: If it is not JSON.
        """
        walk = Walk()
        walk.free(body, "")
        return walk.walked(body)

    def answer(self, body: Any) -> Walked:
        """An answer's body taken apart, every name as a text: a token is spelled like one.

        Raises:
            InputError: If it is not JSON.
        """
        walk = _Names()
        walk.free(body, "")
        return walk.walked(body)


class _Names(Walk):
    """A walk for which every name of a member is a text."""

    __slots__ = ()

    def free(
        self, value: Any, pointer: str, above: tuple[str, ...] = (), *, urls: bool = False
    ) -> None:
        """JSON without a shape: see `Walk.free`."""
        if type(value) is dict:
            for ordinal, (name, item) in enumerate(value.items()):
                self.text(name, f"{pointer}/~k{ordinal}")
                self.free(item, f"{pointer}/~v{ordinal}", (*above[-1:], name), urls=urls)
        else:
            super().free(value, pointer, above, urls=urls)


PLAIN = Plain()
