"""Middleware for servers of the official Python SDK (`mcp` 2): `MCPServer` and the `Server` below.

Whatever a handler gives to a client is decided before it leaves: results, errors, and all that it
sends while it works by `ctx.session` (log messages, progress, sampling, elicitation). The SDK calls
middleware around every message, inside the sealing of request states.
"""

from __future__ import annotations

import copy
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pydantic import ValidationError

from guard.dialects import mcp
from guard.doors.circumstances import Circumstances
from guard.doors.refusal import undecided
from guard.errors import Denied, GuardError, InputError, Refused
from guard.integrations.frameworks import framework
from guard.integrations.mcp.crossing import Crossing, Walk
from guard.integrations.mcp.message import error_of
from guard.payload import copied

if TYPE_CHECKING:
    from guard.gate.gate import Gate

How = Circumstances | Callable[[Any], Circumstances]
log = logging.getLogger("guard")


def middleware(guard: Gate, to: str, circumstances: How | None = None) -> Any:
    """Middleware that decides about all that a server tells its clients.

    Example:
        >>> server = MCPServer("crm", middleware=[middleware(guard, "the-clients-model")])

    Args:
        guard: Who decides.
        to: Id of the destination that the client's model is.
        circumstances: What holds for every message, or a function that is given the SDK's context
            of a message. Where they name no conversation, a connection is one; over HTTP that is
            the transport's session, and without one each request stands for itself.

    Raises:
        ConfigError: If the SDK is missing, or the destination is unknown.
    """
    framework("mcp.server.context", "mcp")
    guard.candidates(to)
    return _Middleware(guard, to, circumstances or Circumstances())


class _Middleware:
    """See `middleware`."""

    def __init__(self, guard: Gate, to: str, how: How) -> None:
        self._guard, self._to, self._how = guard, to, how
        self._names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    async def __call__(self, ctx: Any, call_next: Callable[[Any], Awaitable[Any]]) -> Any:
        """Handle one message of a client (`mcp.server.context.ServerMiddleware`).

        Raises:
            MCPError: If the answer may not leave, or the handler has failed.
        """
        threads = framework("anyio.to_thread", "mcp")
        crossing = Crossing(self._guard, await self._stated(ctx, threads))
        border = _Border(crossing, self._to, threads)
        walk = partial(mcp.asked, ctx.method)
        try:
            params = None if ctx.params is None else copied(dict(ctx.params))
            params = await threads.run_sync(border.crossing.arrived, walk, params)
            real = replace(ctx, params=params, session=border.session(ctx.session))
            return await border.answered(ctx.method, await call_next(real))
        except Exception as error:  # noqa: BLE001 - the SDK would show the client its words
            raise await border.error(error) from None

    async def _stated(self, ctx: Any, threads: Any) -> Circumstances:
        """See `_circumstances`; the words of an error of the operator's function stay here.

        Raises:
            MCPError: If there are none, which is written down.
        """
        try:
            return self._circumstances(ctx)
        except Exception as error:  # noqa: BLE001 - the SDK would show the client its words
            refused = error if isinstance(error, GuardError) else undecided(error)
            await threads.run_sync(self._guard.unread, refused)
            kind = framework("mcp.shared.exceptions", "mcp").MCPError
            raise _refusal(kind, refused) from None

    def _circumstances(self, ctx: Any) -> Circumstances:
        """What holds for a message; a connection that nobody names gets a name of its own."""
        how = self._how if isinstance(self._how, Circumstances) else self._how(ctx)
        if how.conversation:
            return how
        connection = ctx.session._connection  # noqa: SLF001  (the SDK shows it nowhere else)
        named = connection.session_id
        if not named:
            # Since 2026-07-28 each request has a connection of its own; its channel is that of the
            # stream, if there is a stream.
            channel = connection.outbound if connection.has_standalone_channel else connection
            named = self._names.setdefault(channel, secrets.token_hex(16))
        return replace(how, conversation=f"mcp/{named}")


class _Border:
    """What leaves the server while one message is handled."""

    def __init__(self, crossing: Crossing, to: str, threads: Any) -> None:
        self.crossing, self._to, self._threads = crossing, to, threads

    async def released(self, walk: Walk, part: Any, *, bare: bool = False) -> Any:
        """What may go of a part of a message.

        Raises:
            Refused: If nothing may.
        """
        plain = None if part is None else copied(part)
        decided = partial(self.crossing.released, walk, plain, self._to, bare=bare)
        return await self._threads.run_sync(decided)

    async def arrived(self, walk: Walk, part: Any) -> Any:
        """A part of a message with its pseudonyms turned back."""
        return await self._threads.run_sync(self.crossing.arrived, walk, copied(part))

    async def answered(self, method: str, result: Any) -> Any:
        """What may go of a handler's result.

        Raises:
            Refused: If nothing may.
        """
        if result is None:
            return None
        if not isinstance(result, dict):  # a middleware below has answered itself
            result = result.model_dump(by_alias=True, mode="json", exclude_none=True)
        return await self.released(partial(mcp.answered, method), result, bare=method in mcp.BARE)

    async def error(self, error: Exception) -> Exception:
        """What the SDK may tell the client of an error.

        It would show the words of any exception; of one of pydantic's it shows none.
        """
        kind = framework("mcp.shared.exceptions", "mcp").MCPError
        if isinstance(error, GuardError):
            return _refusal(kind, error)
        if isinstance(error, ValidationError):
            return error
        shown = {"code": -32603, "message": str(error) or "Internal error"}
        if isinstance(error, kind):
            told: Any = error
            shown = told.error.model_dump(mode="json", exclude_none=True)
        try:
            shown = await self.released(mcp.failed, shown)
        except GuardError as refused:
            return _refusal(kind, refused)
        return _made(kind, shown)

    def session(self, session: Any) -> Any:
        """The session of a message, whose every message is decided."""
        made = copy.copy(session)
        connection = copy.copy(session._connection)  # noqa: SLF001  (the SDK shows it nowhere else)
        if connection.has_standalone_channel:
            connection.outbound = _Outbound(self, connection.outbound)
        made._connection = connection  # noqa: SLF001
        made._request_outbound = _Outbound(self, session._request_outbound)  # noqa: SLF001
        return made


class _Outbound:
    """A way to the client (`mcp.shared.dispatcher.DispatchContext`), guarded."""

    def __init__(self, border: _Border, inner: Any) -> None:
        self._border, self._inner = border, inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def send_raw_request(
        self, method: str, params: Mapping[str, Any] | None, opts: Any = None
    ) -> Any:
        """Ask the client.

        Raises:
            MCPError: If what is asked may not leave, or the client refuses.
        """
        try:
            body = await self._asked(method, params)
        except GuardError as error:
            raise _refusal(framework("mcp.shared.exceptions", "mcp").MCPError, error) from None
        result = await self._inner.send_raw_request(method, body, opts)
        return await self._border.arrived(partial(mcp.answered, method), result)

    async def notify(self, method: str, params: Mapping[str, Any] | None, opts: Any = None) -> None:
        """Tell the client. What may not leave is dropped: a notification has no answer."""
        try:
            body = await self._asked(method, params)
        except (Refused, InputError) as error:
            _dropped(method, error)
        else:
            await self._inner.notify(method, body, opts)

    async def progress(
        self, progress: float, total: float | None = None, message: str | None = None
    ) -> None:
        """Tell how far the work is; words that may not leave are left out."""
        method, said = "notifications/progress", message
        if message:
            try:
                body = await self._asked(method, {"message": message})
                said = body["message"]
            except (Refused, InputError) as error:
                _dropped(method, error)
                said = None
        await self._inner.progress(progress, total, said)

    async def _asked(self, method: str, params: Mapping[str, Any] | None) -> Any:
        walk = partial(mcp.asked, method)
        return await self._border.released(walk, params, bare=method in mcp.BARE)


def _refusal(kind: Any, error: GuardError) -> Exception:
    """A refusal as an error of the SDK's."""
    return _made(kind, error_of(error))


def _made(kind: Any, shown: dict[str, Any]) -> Exception:
    made: Exception = kind(shown["code"], shown["message"], shown.get("data"))
    return made


def _dropped(method: str, error: GuardError) -> None:
    reference = error.reference if isinstance(error, Denied) else ""
    log.warning("not sent: %s, decision %s", method, reference or "none")
