"""The one way out: requests to upstreams, and their answers as they come.

Nothing decides here. A request goes to the address it was decided for or nowhere: redirects are not
followed, proxies only taken from the configuration, cookies not kept, and an answer is not unpacked
on the way, since identity was asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

import aiohttp
from yarl import URL

from guard.gateway.auth import Auth, Outgoing, TokenRequest
from guard.gateway.credentials import NoCredential
from guard.gateway.steps import Failure
from guard.gateway.upstreams import Upstream

Header = tuple[str, str]
_LONGEST_TOKEN = 2**17
_LONGEST_HEAD = 32 * 2**10


class Lost(Exception):  # noqa: N818  (what became of a hop, for `Attempts`)
    """A request brought no answer, or only part of one.

    Args:
        kind: What happened.
    """

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(slots=True)
class Arrived:
    """An answer whose first bytes are there.

    Args:
        status: Its status.
        headers: Its headers.
        first: The first piece of its body, empty if it has none.
        response: Where the rest comes from.
        idle_s: How long a piece may take, in seconds.
    """

    status: int
    headers: tuple[Header, ...] = field(repr=False)
    first: bytes = field(repr=False)
    response: aiohttp.ClientResponse = field(repr=False)
    idle_s: float

    async def more(self) -> bytes:
        """The next piece, empty at the end.

        Raises:
            Lost: If it does not come.
        """
        content = self.response.content
        try:
            if not content.is_eof() and not content._buffer:  # noqa: SLF001 - spares a timer
                async with asyncio.timeout(self.idle_s):
                    return await content.readany()
            return await content.readany()
        except TimeoutError:
            raise Lost("timeout") from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise Lost("cut") from None

    async def whole(self, limit: int) -> bytes:
        """All of it, and the connection given back.

        Args:
            limit: Bytes that it may have.

        Raises:
            Lost: It was cut off, or is longer.
        """
        parts, size = [self.first], len(self.first)
        try:
            while piece := await self.more():
                size += len(piece)
                if size > limit:
                    raise Lost("cut")
                parts.append(piece)
        finally:
            self.end()
        return b"".join(parts)

    def end(self) -> None:
        """Give the connection back if the answer is whole, else close it."""
        if self.response.content.at_eof():
            self.response.release()
        else:
            self.response.close()


class UpstreamClient:
    """A pool of connections to upstreams; of one event loop.

    Args:
        proxy: An HTTP proxy, or empty.
    """

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy or None
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=("User-Agent", "Accept-Encoding", "Accept", "Content-Type"),
            timeout=aiohttp.ClientTimeout(total=None),
            max_field_size=_LONGEST_HEAD,
            max_line_size=_LONGEST_HEAD,
        )

    async def send(self, upstream: Upstream, outgoing: Outgoing) -> Arrived:
        """Send a request, and wait for the first piece of its answer.

        Raises:
            Lost: If there is none.
        """
        response: aiohttp.ClientResponse | None = None
        try:
            async with asyncio.timeout(upstream.first_byte_s):
                response = await self._session.request(
                    outgoing.method,
                    URL(outgoing.url, encoded=True),
                    data=outgoing.body,
                    headers=outgoing.headers,
                    allow_redirects=False,
                    proxy=self._proxy,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=upstream.connect_s),
                )
                first = await response.content.readany()
        except BaseException as error:  # noqa: BLE001  (raised again, as what it is to attempts)
            if response is not None:
                response.close()
            raise _lost(error) from None
        headers = tuple(response.headers.items())
        return Arrived(response.status, headers, first, response, upstream.idle_s)

    async def credentialed(self, auth: Auth, outgoing: Outgoing, limit_s: float) -> Outgoing:
        """A request with our credential, which is fetched where none is fresh.

        Args:
            auth: How the upstream knows us.
            outgoing: The request without it.
            limit_s: Seconds that a token endpoint may take.

        Raises:
            NoCredential: There is none that is valid now.
        """
        at = datetime.now(UTC)
        asked = auth.wanted(at)
        if asked is not None:
            status, body = await self.token(asked, limit_s)
            # One that is still valid stays in use; without one the next line raises.
            with contextlib.suppress(NoCredential):
                auth.obtained(status, body, at)
        return replace(outgoing, headers=(*outgoing.headers, *auth.headers(outgoing, at)))

    async def token(self, asked: TokenRequest, limit_s: float) -> tuple[int, bytes]:
        """Ask a token endpoint.

        Returns:
            Status and body; 0 and nothing where there was no answer.
        """
        try:
            async with (
                asyncio.timeout(limit_s),
                self._session.request(
                    asked.method,
                    asked.url,
                    data=asked.body or None,
                    headers=asked.headers,
                    allow_redirects=False,
                    proxy=self._proxy,
                ) as response,
            ):
                return response.status, await response.content.read(_LONGEST_TOKEN)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return 0, b""

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _lost(error: BaseException) -> BaseException:
    """What a failure is to `Attempts`; a cancellation stays one."""
    match error:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Lost("connect")
        case TimeoutError():
            return Lost("timeout")
        case aiohttp.ClientError() | OSError() | ValueError():
            return Lost("cut")
        case _:
            return error
