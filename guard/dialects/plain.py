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

    answer = request
    """An answer's body, likewise."""


PLAIN = Plain()
