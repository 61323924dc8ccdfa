"""What a provider keeps of a request after its answer.

OpenAI's Responses API stores every request for thirty days unless it says otherwise
(https://platform.openai.com/docs/api-reference/responses/create, ``store``). Whoever has not stated
that data may stay there (``provider_state`` in ``[context] unscanned``) stores nothing: the field
is set to false where it is left out, and a request that asks to be stored is one that refers to
state at the provider.
"""

from __future__ import annotations

from typing import Any

from guard.dialects import Dialect

STATE = "provider_state"


def unstored(dialect: Dialect, path: str, document: Any) -> Any:
    """The document, saying that it is not to be stored where saying nothing would store it.

    Args:
        dialect: What it speaks.
        path: Where it goes; what only counts tokens or compacts takes no such field.
        document: The body.
    """
    if dialect.name != "openai.responses" or not path.rstrip("/").endswith("/responses"):
        return document
    if not isinstance(document, dict) or document.get("store") is not None:
        return document
    if document.get("background"):  # an answer in the background is fetched from there
        return document
    return {**document, "store": False}


def asks_to_be_stored(document: Any) -> bool:
    """Whether a body asks for a state of it at the provider."""
    if not isinstance(document, dict):
        return False
    return bool(document.get("store")) or bool(document.get("background"))
