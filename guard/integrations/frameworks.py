"""What integrations share: finding their framework, and saying which conversation a call is of."""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from typing import Any

from guard.errors import ConfigError

_PLAIN = re.compile(r"[!-~](?:[ -~]{0,198}[!-~])?")


def framework(module: str, package: str) -> Any:
    """A module of a framework.

    Args:
        module: Its dotted name.
        package: What is installed to have it.

    Raises:
        ConfigError: If it is not installed, or another version of it has no such module.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigError(
            f"{module} cannot be imported ({type(error).__name__})",
            remedy=f"install {package}, in a version that docs/integrations.md lists",
        ) from None


def thread_headers(thread: str) -> dict[str, str]:
    """The headers that say which conversation a request is of, and which session (see `doors`).

    Args:
        thread: The framework's id of it, ``""`` for none. One that is no header's value (RFC 9110
            §5.5) stands as its digest.
    """
    if not thread:
        return {}
    name = conversation(thread)
    return {"x-guard-conversation": name, "x-guard-session": name}


def conversation(thread: str) -> str:
    """The conversation of a thread, as the vault is told of it: the same in header and call."""
    if not thread or _PLAIN.fullmatch(thread):
        return thread
    return hashlib.sha256(thread.encode("utf-8", "surrogatepass")).hexdigest()
