"""How an upstream knows us. What a caller presents to us is never what we present upstream.

A client's key is for this gateway; forwarded, it would be given to somebody else. So headers go
upstream by an allow-list (`forwarded`), and credentials come from files only (`Auth.headers`).
Tokens are fetched by whoever owns the connections: `Auth.wanted` says what to ask for, and
`Auth.obtained` takes the answer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Protocol
from urllib.parse import urlencode

from guard.errors import ConfigError
from guard.gateway.credentials import AwsFile, NoCredential, SecretFile
from guard.gateway.settings import AuthSection
from guard.gateway.sigv4 import Scope, sign

Header = tuple[str, str]

_EARLY_S = 300.0
"""How long before its end a token is asked for anew."""
_MARGIN_S = 30.0
"""A token with less left is not used: the request has to arrive, and clocks differ."""
_LONGEST_S = 86_400.0
_TOKEN = re.compile(r"[\x21-\x7e]{1,16000}")
_FORWARDED = {
    "accept": re.compile(r"[a-z0-9*/+., ;=-]{1,120}"),
    "content-type": re.compile(r"[a-z0-9/+. ;=-]{1,120}"),
    "anthropic-version": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "anthropic-beta": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:, ?[a-z0-9]+(?:-[a-z0-9]+)*)*"),
    "openai-beta": re.compile(r"[a-z0-9=_, -]{1,200}"),
}
_LONG_NUMBER = re.compile(r"[0-9]{7}")
_LONGEST_VALUE = 600


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as it will be sent, which a signature may cover."""

    method: str
    url: str
    headers: tuple[Header, ...] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What to ask a token endpoint; its body holds a secret."""

    method: str
    url: str
    headers: tuple[Header, ...]
    body: bytes = field(repr=False)


class Auth(Protocol):
    """One way in which an upstream knows us; one instance serves all threads and tasks."""

    def headers(self, outgoing: Outgoing, at: datetime) -> tuple[Header, ...]:
        """The headers to add.

        Raises:
            NoCredential: There is none that is valid now.
        """

    def wanted(self, at: datetime) -> TokenRequest | None:
        """What to ask before `headers`, or None. Only one caller at a time is told to ask."""

    def obtained(self, status: int, body: bytes, at: datetime) -> None:
        """Take the answer to `wanted`; status 0 where there was none.

        Raises:
            NoCredential: It holds no token; one that is still valid stays in use.
        """

    def check(self) -> None:
        """See at load that the files are there.

        Raises:
            NoCredential: One cannot be used.
        """


class Static:
    """A header whose value stands in a file, or nothing.

    Args:
        name: The header, in lower case; empty for none.
        file: What holds the secret.
        prefix: What stands before it.
    """

    def __init__(self, name: str = "", file: SecretFile | None = None, prefix: str = "") -> None:
        self._name = name
        self._file = file
        self._prefix = prefix

    def headers(self, outgoing: Outgoing, at: datetime) -> tuple[Header, ...]:  # noqa: ARG002
        """See `Auth.headers`."""
        if self._file is None:
            return ()
        return ((self._name, self._prefix + self._file.read()),)

    def wanted(self, at: datetime) -> TokenRequest | None:  # noqa: ARG002
        """Nothing: another process refreshes the file."""
        return None

    def obtained(self, status: int, body: bytes, at: datetime) -> None:
        """Nothing was asked for."""

    def check(self) -> None:
        """See `Auth.check`."""
        if self._file is not None:
            self._file.read()


class Fetched:
    """An access token of a token endpoint (RFC 6749 section 4.4), kept until it is about to end.

    Args:
        asked: Makes the request, reading its secret when it is made.
    """

    def __init__(self, asked: Callable[[], TokenRequest]) -> None:
        self._asked = asked
        self._lock = Lock()
        self._token = ""
        self._ends = 0.0
        self._asked_until = 0.0

    def headers(self, outgoing: Outgoing, at: datetime) -> tuple[Header, ...]:  # noqa: ARG002
        """See `Auth.headers`."""
        with self._lock:
            token, ends = self._token, self._ends
        if not token or at.timestamp() >= ends - _MARGIN_S:
            raise NoCredential("no access token, or it has ended", remedy="see the token endpoint")
        return (("authorization", f"Bearer {token}"),)

    def wanted(self, at: datetime) -> TokenRequest | None:
        """See `Auth.wanted`; without a usable token everybody asks, with one only the first."""
        now = at.timestamp()
        with self._lock:
            usable = bool(self._token) and now < self._ends - _MARGIN_S
            if usable and (now < self._ends - _EARLY_S or now < self._asked_until):
                return None
            self._asked_until = now + _MARGIN_S
        return self._asked()

    def obtained(self, status: int, body: bytes, at: datetime) -> None:
        """See `Auth.obtained`."""
        token, lasts = _granted(body) if status == 200 else ("", 0.0)
        if not token or lasts <= _MARGIN_S:
            raise NoCredential(f"the token endpoint answered {status} without a usable token")
        with self._lock:
            self._token, self._ends = token, at.timestamp() + min(lasts, _LONGEST_S)

    def check(self) -> None:
        """See `Auth.check`."""
        self._asked()


def _granted(body: bytes) -> tuple[str, float]:
    """Token and lifetime in seconds; nothing of a body that is not of that form is shown."""
    try:
        answer = json.loads(body)
        token, lasts = answer["access_token"], float(answer["expires_in"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", 0.0
    if not isinstance(token, str) or not _TOKEN.fullmatch(token) or math.isnan(lasts):
        return "", 0.0
    return token, lasts


class Signed:
    """AWS Signature Version 4.

    Args:
        file: The key pair.
        scope: Region and service.
    """

    def __init__(self, file: AwsFile, scope: Scope) -> None:
        self._file = file
        self._scope = scope

    def headers(self, outgoing: Outgoing, at: datetime) -> tuple[Header, ...]:
        """See `Auth.headers`. Only headers that no transport changes are signed."""
        stable = [h for h in outgoing.headers if h[0].lower() in {"accept", "content-type"}]
        return sign(
            outgoing.method,
            outgoing.url,
            stable,
            outgoing.body,
            credentials=self._file.read(),
            scope=self._scope,
            at=at,
        )

    def wanted(self, at: datetime) -> TokenRequest | None:  # noqa: ARG002
        """Nothing: another process refreshes the file."""
        return None

    def obtained(self, status: int, body: bytes, at: datetime) -> None:
        """Nothing was asked for."""

    def check(self) -> None:
        """See `Auth.check`."""
        self._file.read()


def auth(section: AuthSection, path: Callable[[Path], Path]) -> Auth:
    """The auth that a configuration describes; its files are read once.

    Args:
        section: The configuration.
        path: From a path of the file to a real one (`Config.path`).

    Raises:
        ConfigError: A file cannot be used.
    """
    made = _made(section, path)
    try:
        made.check()
    except NoCredential as error:
        raise ConfigError(error.message, remedy=error.remedy) from None
    return made


def _made(section: AuthSection, path: Callable[[Path], Path]) -> Auth:
    if section.token_url:
        return Fetched(_endpoint(section, path))
    if section.credentials_file is not None:
        file = AwsFile(path(section.credentials_file), section.profile)
        return Signed(file, Scope(section.region, section.service))
    named = section.key_file or section.token_file
    if named is None:
        return Static()
    secret = SecretFile(path(named))
    if section.style in {"x-api-key", "api-key"}:
        return Static(section.style, secret)
    return Static("authorization", secret, "Bearer ")


def _endpoint(section: AuthSection, path: Callable[[Path], Path]) -> Callable[[], TokenRequest]:
    """What to ask: Entra ID's client credentials flow, or Google's metadata server."""
    if section.client_secret_file is None:
        google = TokenRequest("GET", section.token_url, (("metadata-flavor", "Google"),), b"")
        return lambda: google
    secret = SecretFile(path(section.client_secret_file))

    def entra() -> TokenRequest:
        form = {
            "grant_type": "client_credentials",
            "client_id": section.client_id,
            "client_secret": secret.read(),
            "scope": section.scope,
        }
        kind = ("content-type", "application/x-www-form-urlencoded")
        return TokenRequest("POST", section.token_url, (kind,), urlencode(form).encode())

    return entra


def forwarded(headers: Iterable[Header]) -> tuple[Header, ...]:
    """What of a caller's headers goes upstream: versions and media types, in their known forms.

    Everything else stays here: keys of every kind, cookies, organisations, addresses of proxies,
    and whatever text somebody put into a header, which nobody has scanned.
    """
    return tuple((name.lower(), value) for name, value in headers if _known(name.lower(), value))


def _known(name: str, value: str) -> bool:
    form = _FORWARDED.get(name)
    return (
        form is not None
        and len(value) <= _LONGEST_VALUE
        and form.fullmatch(value.lower()) is not None
        and not _LONG_NUMBER.search(value)
    )
