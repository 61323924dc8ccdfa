"""The models that a key may use, as the two families of kits list them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

_SINCE = 0
_SINCE_TEXT = "1970-01-01T00:00:00Z"
"""When a model was made is not known here, and both shapes want a time."""


def openai(names: Sequence[str]) -> bytes:
    """The list as developers.openai.com/api/reference (``GET /v1/models``) has it."""
    data = [
        {"id": name, "object": "model", "created": _SINCE, "owned_by": "guard"} for name in names
    ]
    return orjson.dumps({"object": "list", "data": data})


def anthropic(names: Sequence[str]) -> bytes:
    """The list as platform.claude.com/docs/en/api/models-list has it, on one page."""
    data = [
        {"type": "model", "id": name, "display_name": name, "created_at": _SINCE_TEXT}
        for name in names
    ]
    ends = {"first_id": names[0] if names else None, "last_id": names[-1] if names else None}
    return orjson.dumps({"data": data, "has_more": False, **ends})
