"""AWS Signature Version 4, over headers (AWS General Reference, "Signing AWS API requests").

Written here because it is a hundred lines of HMAC over strings, with vectors published by AWS, on
the path of every request. botocore's signer brings 31 MB, reads the clock by itself, changes the
request in place, and writes the canonical request with its session token to its debug log.

    Authorization: AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/bedrock/aws4_request,
                   SignedHeaders=host;x-amz-date, Signature=…
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

from guard.errors import ConfigError

ALGORITHM = "AWS4-HMAC-SHA256"
_TERMINATOR = "aws4_request"
_SPACES = re.compile(r" +")
_UNRESERVED = "-_.~"  # RFC 3986 section 2.3, beside letters and digits

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Credentials:
    """An AWS key pair, and the session's token where the pair is temporary."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a signature is good for: one region and one service, for one day."""

    region: str
    service: str


def sign(
    method: str,
    url: str,
    headers: Headers,
    body: bytes,
    *,
    credentials: Credentials,
    scope: Scope,
    at: datetime,
) -> tuple[tuple[str, str], ...]:
    """The headers that sign a request.

    Every header given is signed, so give only those that nobody on the way changes (``host`` is
    added from the URL).

    Args:
        method: The method, in capitals.
        url: The URL exactly as it will be sent; its path is encoded once more, as every service
            but S3 wants it.
        headers: Headers to sign.
        body: The body as it will be sent.
        credentials: The key pair.
        scope: Region and service.
        at: The time; AWS takes it for five minutes.

    Returns:
        ``x-amz-date``, ``x-amz-security-token`` with temporary credentials, and ``authorization``.

    Raises:
        ConfigError: The URL has no host.
    """
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    added = [("x-amz-date", stamp)]
    if credentials.token:
        added.append(("x-amz-security-token", credentials.token))
    canonical = request(method, url, [*headers, *added], hashlib.sha256(body).hexdigest())
    return (*added, ("authorization", _authorization(canonical, credentials, scope, stamp)))


def _authorization(
    canonical: tuple[str, str], credentials: Credentials, scope: Scope, stamp: str
) -> str:
    text, signed = canonical
    span = f"{stamp[:8]}/{scope.region}/{scope.service}/{_TERMINATOR}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = _key(credentials.secret_key, stamp[:8], scope)
    to_sign = f"{ALGORITHM}\n{stamp}\n{span}\n{digest}"
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return (
        f"{ALGORITHM} Credential={credentials.access_key}/{span}, "
        f"SignedHeaders={signed}, Signature={signature}"
    )


def request(method: str, url: str, headers: Headers, digest: str) -> tuple[str, str]:
    """The canonical request and the names of its signed headers.

    Args:
        method: The method, in capitals.
        url: The URL as it will be sent.
        headers: The headers; ``host`` is added if it is not among them.
        digest: SHA-256 of the body in hexadecimal.

    Raises:
        ConfigError: The URL has no host.
    """
    parts = urlsplit(url)
    host = parts.netloc.lower()
    if not host:
        raise ConfigError("an address without a host cannot be signed")
    said: dict[str, list[str]] = {}
    for name, value in headers:
        said.setdefault(name.lower(), []).append(_SPACES.sub(" ", value.strip()))
    said.setdefault("host", [_without_default_port(host, parts.scheme)])
    names = sorted(said)
    lines = "".join(f"{name}:{','.join(said[name])}\n" for name in names)
    signed = ";".join(names)
    fields = (method, _path(parts.path), _query(parts.query), lines, signed, digest)
    return "\n".join(fields), signed


def _without_default_port(host: str, scheme: str) -> str:
    """The header Host as clients send it (RFC 9110 section 7.2)."""
    name, _, port = host.rpartition(":")
    return name if name and port == {"https": "443", "http": "80"}.get(scheme) else host


def _path(path: str) -> str:
    """The path normalised (RFC 3986 section 6.2.2) and encoded once more."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    plain = "/" + "/".join(kept)
    if kept and path.endswith(("/", "/.", "/..")):
        plain += "/"
    return quote(plain, safe="/" + _UNRESERVED)


def _query(query: str) -> str:
    """The parameters encoded and sorted by name, then by value."""
    pairs = [one.partition("=") for one in query.split("&") if one]
    coded: Iterable[tuple[str, str]] = (
        (quote(unquote(name), safe=_UNRESERVED), quote(unquote(value), safe=_UNRESERVED))
        for name, _, value in pairs
    )
    return "&".join(f"{name}={value}" for name, value in sorted(coded))


def _key(secret: str, day: str, scope: Scope) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, scope.region, scope.service, _TERMINATOR):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
