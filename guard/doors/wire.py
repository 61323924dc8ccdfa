"""A request and its answer as they are on the wire, whatever library carries them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from guard.errors import Undecided

Header = tuple[str, str]

OURS = "x-guard-"
"""Headers that speak to guard. They are read and taken away, and never reach a provider."""
_HOP = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers of one connection (RFC 9110 §7.6.1), and those that a rewritten body makes untrue."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request.

    Args:
        method: In capitals.
        url: Absolute; the truth about where it goes.
        headers: Name and value; names in any case.
        body: All of it.
    """

    method: str
    url: str = field(repr=False)
    headers: tuple[Header, ...] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """The path of the URL."""
        return urlsplit(self.url).path

    def said(self) -> dict[str, str]:
        """The headers by name in lower case; several with one name as one (RFC 9110 §5.2).

        Who reads the first and who reads the last would read two messages.
        """
        said: dict[str, str] = {}
        for name, value in self.headers:
            low = name.lower()
            said[low] = f"{said[low]}, {value}" if low in said else value
        return said

    def rewritten(self, body: bytes | None) -> Sent:
        """The request with another body, or with its own when `body` is None.

        Compression of the answer is not asked for: what cannot be read cannot be restored.
        """
        kept = without(self.headers, ("accept-encoding",))
        headers = (*kept, ("accept-encoding", "identity"))
        return replace(self, headers=headers, body=self.body if body is None else body)


def without(headers: Iterable[Header], names: Iterable[str] = ()) -> tuple[Header, ...]:
    """Headers less guard's own, those of the connection, and those that are named."""
    dropped = _HOP | {name.lower() for name in names}
    return tuple(
        (name, value)
        for name, value in headers
        if (low := name.lower()) not in dropped and not low.startswith(OURS)
    )


def kind_of(headers: Mapping[str, str]) -> str:
    """The media type of a message, in lower case and without parameters (RFC 9110 §8.3)."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def unpacking(coding: str) -> Any:
    """What unpacks a content coding (RFC 9110 §8.4.1), None for the identity.

    Raises:
        Undecided: For one that was not asked for and is not known.
    """
    match coding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        case "deflate":
            return zlib.decompressobj()
        case _:
            raise Undecided("the provider's answer is packed in a way that was not asked for")
