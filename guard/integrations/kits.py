"""Guarded copies of providers' kits that may be dropped at any time."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any

from guard.doors.circumstances import Circumstances
from guard.doors.client import wrap
from guard.doors.transport import GuardTransport, guarded

if TYPE_CHECKING:
    from guard.gate.gate import Gate


def guarded_kit(kit: Any, guard: Gate, circumstances: Circumstances | None = None) -> Any:
    """A guarded copy of a kit's client (see `guard.doors.client.wrap`).

    Kits close their HTTP client when it is collected. A copy shares its connections with the
    original, and frameworks share one HTTP client among many kits, so a copy that is dropped must
    not close them under the others.

    Raises:
        ConfigError: If there is no HTTP client in it that can be guarded.
    """
    made: Any = wrap(kit, guard, circumstances)
    http = made._client  # noqa: SLF001  (kits of Stainless' generator keep it there)
    kind: Any = type(http)
    http.__class__ = _kept_open(kind)
    return made


def is_guarded(kit: Any) -> bool:
    """Whether every request of a kit's client is decided already."""
    return isinstance(kit._client._transport, GuardTransport)  # noqa: SLF001


@cache
def _kept_open(kind: Hashable) -> Any:
    client: Any = kind
    body = {"__del__": lambda _: None, "__module__": client.__module__}
    return type(client.__name__, (client,), body)


def guarded_http(client: Any, guard: Gate, circumstances: Circumstances | None = None) -> Any:
    """An HTTP client of `httpx` or `httpx2`, guarded itself and not a copy, to be given to a kit.

    A refusal is an answer with status 403 or 503 (RFC 9457): a kit takes an exception for a failure
    of the network, and asks again.

    Args:
        client: The client; nobody else may have it yet.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If its transports cannot be guarded.
    """
    client._transport = guarded(client._transport, guard, circumstances, answers=True)  # noqa: SLF001
    client._mounts = {  # noqa: SLF001  (proxies of the environment stand here)
        pattern: None if inner is None else guarded(inner, guard, circumstances, answers=True)
        for pattern, inner in client._mounts.items()  # noqa: SLF001
    }
    return client
