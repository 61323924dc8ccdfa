"""`wrap`: the client of a software development kit, the same class, guarded.

    client = guard.wrap(OpenAI())

Only its HTTP transports are replaced, proxies and mounts included, so whatever the kit sends, by
whichever resource, is decided before it leaves. What a kit would send around them, over web
sockets, is refused.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar

from guard.doors import kits
from guard.doors.circumstances import Circumstances
from guard.doors.transport import guarded
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.gate.gate import Gate

C = TypeVar("C")


def wrap(client: C, guard: Gate, circumstances: Circumstances | None = None) -> C:
    """A copy of a client whose every request is decided by `guard`.

    What the policy refuses is raised as an exception that is both the kit's own for that status and
    `guard.Denied` or `guard.Undecided`, so ``except guard.Refused`` works, and so does what an
    application does about the kit's errors. The copy shares its connections with the client that
    was given: close either, and both are closed.

    Args:
        client: `OpenAI`, `AsyncOpenAI`, `Anthropic`, `AsyncAnthropic` and their Azure, Bedrock and
            Vertex kin, `Mistral`, or a client of `httpx` or `httpx2` itself.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If there is no HTTP client in it that can be guarded, or it is guarded already.
    """
    circumstances = circumstances or Circumstances()
    made: C
    if hasattr(client, "_transport"):
        made = _http(client, guard, circumstances, answers=False)
        return made
    if hasattr(client, "with_options") and hasattr(client, "_client"):
        made = _kit(client, guard, circumstances)
        return made
    if hasattr(client, "sdk_configuration"):
        made = _speakeasy(client, guard, circumstances)
        return made
    raise ConfigError(
        f"{type(client).__name__} cannot be guarded",
        remedy="give its HTTP client a transport of guard.transport",
    )


def _http(client: Any, guard: Gate, circumstances: Circumstances, *, answers: bool) -> Any:
    """A copy of an HTTP client with guarded transports, mounts included."""
    if getattr(getattr(client, "_auth", None), "requires_request_body", False):
        raise ConfigError(
            "the client signs bodies before they are decided about",
            remedy="sign in a transport, and guard that one: guard.transport(signing)",
        )
    made = copy.copy(client)
    try:
        made._transport = guarded(client._transport, guard, circumstances, answers=answers)  # noqa: SLF001
        made._mounts = {  # noqa: SLF001  (the only place where a client keeps them)
            pattern: None
            if inner is None
            else guarded(inner, guard, circumstances, answers=answers)
            for pattern, inner in client._mounts.items()  # noqa: SLF001
        }
    except AttributeError:
        raise ConfigError(
            f"{type(client).__name__} keeps its transports elsewhere",
            remedy="use a version of it that is listed in the documentation",
        ) from None
    # A client of a kit closes its connections when nobody refers to it any more.
    made._guard_shares = client  # noqa: SLF001
    return made


def _kit(client: Any, guard: Gate, circumstances: Circumstances) -> Any:
    """A copy of a client made by Stainless' generator: those of OpenAI and Anthropic."""
    if kits.is_guarded(client):
        raise ConfigError("this client is guarded already", remedy="wrap it once")

    def http(inner: Any) -> Any:
        return _http(inner, guard, circumstances, answers=True)

    made = client.with_options(http_client=http(client._client))  # noqa: SLF001
    if not hasattr(made._client, "_guard_shares"):  # noqa: SLF001
        raise ConfigError(f"{type(client).__name__} does not take an HTTP client")
    return kits.governed(made, http)


def _speakeasy(client: Any, guard: Gate, circumstances: Circumstances) -> Any:
    """A copy of a client made by Speakeasy's generator: that of Mistral."""
    configuration = copy.copy(client.sdk_configuration)
    found = False
    for name in ("client", "async_client"):
        inner = getattr(configuration, name, None)
        if inner is not None:
            found = True
            setattr(configuration, name, _http(inner, guard, circumstances, answers=False))
    if not found:
        raise ConfigError(f"{type(client).__name__} has no HTTP client", remedy="wrap an open one")
    return kits.reconfigured(client, configuration)
