"""What guarded clients of kits do differently from their classes.

A kit retries under one id, so that the ledger counts a person once. It signs a request after it was
decided, since the signature covers the body (AWS Signature Version 4). Its copies stay guarded. And
what it would send around its HTTP client is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache, partial, partialmethod
from inspect import iscoroutinefunction
from typing import Any

from guard.doors.wire import OURS
from guard.errors import Denied, GuardError, Refused, Undecided

SIGN = "guard.sign"
"""Under which a request carries, to the transport, what signs it, and for which origin."""
REFUSAL = "guard"
"""Under which an answer carries, from the transport, the refusal that it is."""
_RETRY_ID = f"{OURS}request-id"
_SOCKETS = ("live", "realtime")


def origin(request: Any) -> tuple[str, str, int | None]:
    """Where a request goes (RFC 6454 §4): a redirect elsewhere is not signed for."""
    return request.url.scheme, request.url.host, request.url.port


class Closed:
    """A resource that cannot be used, since nothing it sends would be decided about.

    Args:
        name: Of the resource.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, _: str) -> Any:
        raise Denied(
            f"{self._name} of a guarded client would leave undecided",
            remedy="use requests over HTTP",
        )

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Not possible either."""
        return self.connect


def is_guarded(client: Any) -> bool:
    """Whether a kit's client is guarded."""
    return hasattr(client, "_guard_http")


def governed(client: Any, http: Callable[[Any], Any]) -> Any:
    """A kit's client, of a class that is derived from its own.

    Args:
        client: The client, whose HTTP client is guarded.
        http: Guards another HTTP client.
    """
    kind: Any = type(client)
    if "_guarded" not in vars(kind):
        client.__class__ = _derived(kind)
    client._guard_http = http  # noqa: SLF001  (ours, on an object of the kit's)
    if getattr(client, "_idempotency_header", None) is None:
        client._idempotency_header = _RETRY_ID  # noqa: SLF001
    return client


@cache
def _derived(kind: Any) -> Any:
    """The class of guarded clients of a kind; it has no other base, to be of the same layout."""
    copied = partial(_copied, kind)
    members: dict[str, Any] = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "_guarded": True,
        "copy": partialmethod(copied),
        "with_options": partialmethod(copied),
        "_make_status_error": partialmethod(partial(_status_error, kind)),
        "_prepare_request": _signed_later(kind),
    }
    for name in _SOCKETS:
        if hasattr(kind, name):
            members[name] = property(partial(_closed, name))
    for name in ("responses", "beta"):
        if hasattr(kind, name):
            members[name] = property(_without_sockets(kind, name))
    return type(kind.__name__, (kind,), members)


def _copied(kind: Any, client: Any, *, http_client: Any = None, **options: Any) -> Any:
    """The kit's own copy; a new HTTP client is guarded like the old one."""
    http = client._guard_http  # noqa: SLF001
    if http_client is not None:
        options["http_client"] = http(http_client)
    return governed(kind.copy(client, **options), http)


def _status_error(
    kind: Any, client: Any, message: str, *, body: object, response: Any
) -> Exception:
    plain: Exception = kind._make_status_error(client, message, body=body, response=response)  # noqa: SLF001
    refusal = response.extensions.get(REFUSAL)
    return both(plain, refusal) if isinstance(refusal, GuardError) else plain


def _signed_later(kind: Any) -> Any:
    """What leaves is signed, not what was asked for."""
    sign = kind._prepare_request  # noqa: SLF001

    def prepare(client: Any, request: Any) -> None:
        request.extensions[SIGN] = (partial(sign, client), origin(request))

    async def prepare_async(client: Any, request: Any) -> None:
        prepare(client, request)

    return prepare_async if iscoroutinefunction(sign) else prepare


def _closed(name: str, _: Any) -> Closed:
    return Closed(name)


def _without_sockets(kind: Any, name: str) -> Callable[[Any], Any]:
    """Reads a resource of a class, and closes what opens sockets in it."""

    def resource(client: Any) -> Any:
        found = client.__dict__.get(name)
        if found is None:
            found = getattr(kind, name).__get__(client, kind)
            _close(found)
            for inner in ("realtime", "responses"):
                if hasattr(type(found), inner):
                    _close(getattr(found, inner))
            client.__dict__[name] = found
        return found

    return resource


def _close(resource: Any) -> None:
    if hasattr(type(resource), "connect"):
        resource.connect = Closed("connect")


def reconfigured(client: Any, configuration: Any) -> Any:
    """A copy of a client of Speakeasy's generator with another configuration.

    The parts of such a client keep the configuration that they were made with, so they are left
    behind and made anew when they are used.
    """
    made = copy.copy(client)
    parts = [name for name, part in vars(made).items() if hasattr(part, "sdk_configuration")]
    for name in parts:
        delattr(made, name)
    made.sdk_configuration, made.parent_ref = configuration, made
    made.audio = Closed("audio")  # sends sound over web sockets
    made._guard_shares = client  # noqa: SLF001  (closes its connections when it is forgotten)
    return made


def both(error: Exception, refusal: GuardError) -> Exception:
    """The kit's error, which is a refusal of ours as well."""
    kind = next((k for k in (Denied, Undecided) if isinstance(refusal, k)), None)
    if kind is None:
        return error
    raised_by: Any = type(error)
    made = _class_of_both(raised_by, denied=kind is Denied)
    found = made.__new__(made)
    found.__dict__.update(error.__dict__)
    found.args = (str(refusal),)
    if isinstance(refusal, Refused):
        found.__dict__.update(refusal.__dict__)
    raised: Exception = found
    return raised


@cache
def _class_of_both(error: Any, *, denied: bool) -> Any:
    kind = Denied if denied else Undecided
    return type(error.__name__, (error, kind), {"__module__": error.__module__})
