"""The conversation of a request that names none.

Clients send the whole conversation at every turn, so the first message of a user says which it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from guard.config import Config
from guard.dialects import Walked
from guard.errors import ConfigError
from guard.vault.seal import Seal, read_key


def conversation(config: Config, principal: str, walked: Walked) -> str:
    """What it is called; ``""`` where the request begins none.

    A keyed digest, because verdicts show it; of the vault's key, so that all processes that share a
    vault agree.

    Args:
        config: Whose vault.
        principal: Who asks.
        walked: The request.
    """
    first = _begun(principal, walked)
    if not first:
        return ""
    try:
        return _seal(config.path(config.vault.key_file)).name("conversation", first).hex()
    except ConfigError:
        return ""  # a vault that does not open says so itself, where it is needed


def own(values: Mapping[str, str], walked: Walked) -> dict[str, str]:
    """Of the tokens in a request those whose values it brought itself.

    Requests that name no conversation may be two people's that begin alike. Callers who get their
    values back never send a token, so one that they do send is somebody else's.
    """
    if not values:
        return {}
    said = "\0".join(segment.text for segment in walked.segments)
    return {token: value for token, value in values.items() if value in said}


@lru_cache(maxsize=16)
def _seal(key_file: Path) -> Seal:
    return Seal(read_key(key_file))


def _begun(principal: str, walked: Walked) -> str:
    place = _first_user(walked.document)
    first = [
        s.text for s in walked.segments if s.pointer == place or s.pointer.startswith(f"{place}/")
    ]
    return "\0".join(("begun", principal, *first)) if first else ""


def _first_user(document: Any) -> str:
    """Where the first message of a user stands."""
    if not isinstance(document, dict):
        return ""
    for name in ("messages", "input", "contents"):
        turns = document.get(name)
        if isinstance(turns, str):
            return f"/{name}"
        for index, turn in enumerate(turns if isinstance(turns, list) else ()):
            if isinstance(turn, dict) and turn.get("role", "user") == "user":
                return f"/{name}/{index}"
    return "/prompt"
