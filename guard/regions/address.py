"""An address as a request states it, read strictly.

What browsers forgive is refused here: user names, encoded or non-ASCII host names, a trailing dot,
back slashes, white space, Punycode. Each of them has been used to make one host look like another
(RFC 3986 section 7.6; UTS #46; RFC 5890), and no endpoint in the tables needs any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guard.regions.refusals import Unresolved

_LONGEST = 4096
_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:[?#].*)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Scheme, host in lower case, port, and the path as it was written."""

    scheme: str
    host: str
    port: int
    path: str


def parse(url: str) -> Address:
    """Read a URL.

    Raises:
        Unresolved: It is not one that can be trusted to mean a single host.
    """
    if not 0 < len(url) <= _LONGEST:
        raise _malformed("an address is a text of at most 4096 characters")
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise _malformed("an address has visible ASCII characters only, and no back slash")
    match = _URL.fullmatch(url)
    if match is None:
        raise _malformed("an address begins with https:// (or http:// for a host of your own)")
    scheme, authority, path = match.group(1).lower(), match.group(2).lower(), match.group(3)
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise _malformed("the host is a plain name, without user name and encoded characters")
    host = parts.group(1)
    if not host.startswith("["):
        _check(host)
    port = int(parts.group(2)) if parts.group(2) else _PORTS[scheme]
    if not 0 < port < 65536 or (parts.group(2) or "").startswith("0"):
        raise _malformed("a port is a number from 1 to 65535")
    return Address(scheme, host, port, path)


def _check(host: str) -> None:
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _malformed("the host is not a host name, or ends with a dot")
    if any(label.startswith("xn--") for label in labels):
        # RFC 5890 section 2.3.2.1: such a label is shown as other letters than it is written in.
        raise _malformed("the host is written in Punycode")


def _malformed(why: str) -> Unresolved:
    return Unresolved(
        f"not an address that names one host: {why}",
        reason="malformed",
        remedy="write it as the provider's documentation does",
    )
