"""Who asks, and what may be said of a request: from its headers, and before its body is read."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from guard.doors.circumstances import STATED, Circumstances
from guard.doors.wire import OURS
from guard.errors import InputError
from guard.gateway.asgi import Header, Incoming, Unacceptable
from guard.gateway.keys import Key, Keys, Scope, presented
from guard.gateway.question import NotAllowed

_CREDENTIALS = frozenset({"authorization", "x-api-key", "api-key", "proxy-authorization", "cookie"})
_JSON = frozenset({"application/json"})
_UTF8 = re.compile(r'\s*charset\s*=\s*"?utf-8"?\s*', re.IGNORECASE)


class Unknown(InputError):  # noqa: N818  (a refusal is an answer, not an error)
    """Nobody knows who asks."""


def caller(keys: Keys, incoming: Incoming, scope: Scope) -> Key:
    """The key of a request.

    Raises:
        Unknown: If it presents none that is good, or two.
        NotAllowed: If it is for something else.
        Undecided: If the keys cannot be read.
    """
    key = keys.find(presented(incoming.headers), datetime.now(UTC).date())
    if key is None:
        raise Unknown("no valid key", remedy="present one as Authorization: Bearer or x-api-key")
    if scope not in key.scopes:
        raise NotAllowed(f"this key has not the scope {scope}")
    return key


def json_only(incoming: Incoming) -> None:
    """See that a body is JSON that nobody has packed.

    Raises:
        Unacceptable: 415 if it is not.
    """
    said = incoming.headers
    kind, _, parameters = said.get("content-type", [""])[0].partition(";")
    if len(said.get("content-type", ())) != 1 or kind.strip().lower() not in _JSON:
        raise Unacceptable("the body is not application/json", status=415)
    if parameters.strip() and not _UTF8.fullmatch(parameters):
        raise Unacceptable("the body is not UTF-8 by its content-type", status=415)
    if any(value.strip().lower() != "identity" for value in said.get("content-encoding", ())):
        raise Unacceptable("a packed body cannot be scanned", status=415, remedy="send it as it is")


def circumstances(key: Key, headers: Mapping[str, list[str]]) -> Circumstances:
    """What holds of a request: its key's, and what it says itself where its key may.

    Names of conversations, sessions, requests and persons are the tenant's: what another tenant
    calls by the same name is something else, and nothing of it can be restored or repeated.

    Raises:
        NotAllowed: For what this key may not say.
        InputError: For a header of ours that nobody knows, or that is there twice.
    """
    base = Circumstances(principal=key.principal, purpose=key.purposes[0])
    told: dict[str, str] = {}
    for name, values in headers.items():
        if not name.startswith(OURS):
            continue
        if len(values) != 1:
            raise InputError(f"the header {name[:64]} is there twice", remedy="say it once")
        if name in STATED and name.removeprefix(OURS) not in key.states:
            raise NotAllowed(f"this key may not say {name}")
        told[name] = values[0]
    said = base.with_headers(told)
    if said.purpose not in key.purposes:
        raise NotAllowed("this key may not use data for this purpose")
    return replace(
        said,
        conversation=key.own(said.conversation),
        session=key.own(said.session),
        subjects=tuple(map(key.own, said.subjects)),
        # Every hop of a request is one request: whom its data are about is counted once.
        request_id=key.own(said.request_id) or secrets.token_hex(16),
    )


def passed_on(headers: Mapping[str, list[str]]) -> tuple[Header, ...]:
    """The headers of a request but for its credentials and those that speak to guard."""
    return tuple(
        (name, value)
        for name, values in headers.items()
        if name not in _CREDENTIALS and not name.startswith(OURS)
        for value in values
    )
