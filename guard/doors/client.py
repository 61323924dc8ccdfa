"""`wrap`: the client of a software development kit, the same class, guarded.

    client = guard.wrap(OpenAI())

Only its HTTP transports are replaced, proxies and mounts included, so whatever the kit sends, by
whichever resource, is decided before it leaves.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar

from guard.doors.circumstances import Circumstances
from guard.doors.transport import guarded
from guard.errors import ConfigError, Denied, GuardError, Refused, Undecided

if TYPE_CHECKING:
    from guard.gate.gate import Gate

C = TypeVar("C")


def wrap(client: C, guard: Gate, circumstances: Circumstances | None = None) -> C:
    """A copy of a client whose every request is decided by `guard`.

    What the policy refuses is raised as an exception that is both the kit's own for that status and
    `guard.Denied` or `guard.Undecided`, so ``except guard.Refused`` works, and so does what an
    application does about the kit's errors.

    Args:
        client: `OpenAI`, `AsyncOpenAI`, `Anthropic`, `AsyncAnthropic` and their Azure, Bedrock and
            Vertex kin, `Mistral`, or a client of `httpx` or `httpx2` itself.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If there is no HTTP client in it that can be guarded.
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
        remedy="give its HTTP client a transport of guard.doors.transport.guarded",
    )


def _http(client: Any, guard: Gate, circumstances: Circumstances, *, answers: bool) -> Any:
    """A copy of an HTTP client with guarded transports, mounts included."""
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
    return made


def _kit(client: Any, guard: Gate, circumstances: Circumstances) -> Any:
    """A copy of a client made by Stainless' generator: those of OpenAI and Anthropic."""
    http = _http(client._client, guard, circumstances, answers=True)  # noqa: SLF001
    made = client.with_options(http_client=http)
    if made._client is not http:  # noqa: SLF001
        raise ConfigError(f"{type(client).__name__} does not take an HTTP client")
    plain = made._make_status_error  # noqa: SLF001

    def status_error(message: str, *, body: object, response: Any) -> Exception:
        error: Exception = plain(message, body=body, response=response)
        refusal = response.extensions.get("guard")
        return _both(error, refusal) if isinstance(refusal, GuardError) else error

    made._make_status_error = status_error  # noqa: SLF001
    return made


def _speakeasy(client: Any, guard: Gate, circumstances: Circumstances) -> Any:
    """A copy of a client made by Speakeasy's generator: that of Mistral."""
    made = copy.copy(client)
    made.sdk_configuration = copy.copy(client.sdk_configuration)
    for name in ("client", "async_client"):
        inner = getattr(client.sdk_configuration, name, None)
        if inner is not None:
            http = _http(inner, guard, circumstances, answers=False)
            setattr(made.sdk_configuration, name, http)
    return made


def _both(error: Exception, refusal: GuardError) -> Exception:
    """The kit's error, which is a refusal of ours as well."""
    kind = next((k for k in (Denied, Undecided) if isinstance(refusal, k)), None)
    if kind is None:
        return error
    name, module = type(error).__name__, type(error).__module__
    both: Any = type(name, (type(error), kind), {"__module__": module})
    made = both.__new__(both)
    made.__dict__.update(error.__dict__)
    made.args = (str(refusal),)
    if isinstance(refusal, Refused):
        made.__dict__.update(refusal.__dict__)
    found: Exception = made
    return found
