"""Where the weights of a named model come from.

A platform serves many makers' models. The model id says whose they are, by the beginning of one of
its words: ``meta-llama/Llama-3.3-70B`` and ``us.meta.llama3-3-70b-instruct-v1:0`` are Llama.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from guard.regions.rows import Row, Text
from guard.types import Identifier, Location

_WORDS = re.compile(r"[/:@.]|--")


class FamilyRow(Row):
    """A family of models.

    Args:
        prefixes: Beginnings, in lower case, of the words of a model id that belongs to it.
        weights: Jurisdiction of whoever made the weights.
    """

    id: Identifier
    title: Text
    prefixes: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")], ...], Field(min_length=1)
    ]
    weights: Location


def origin(model: str, families: Iterable[FamilyRow]) -> str:
    """Where the weights of a model come from; ``unknown`` when no family or several claim it.

    A model id is a label that whoever serves the model chose: it fills in what a row leaves open
    and never overrides what a row knows.
    """
    words = [word for word in _WORDS.split(model.lower()) if word]
    found = {
        row.weights for row in families for word in words if word.startswith(tuple(row.prefixes))
    }
    return found.pop() if len(found) == 1 else "unknown"
