"""One worker: an event loop that listens, and its orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import multiprocessing
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
import uvloop

from guard.errors import ConfigError
from guard.gateway.app import App
from guard.gateway.asgi import Incoming, Outlet, Receive, Scope, Send
from guard.gateway.gateway import Gateway
from guard.gateway.metrics import MEDIA_TYPE
from guard.gateway.predicting import PredictingClient
from guard.gateway.protocol import limited
from guard.gateway.serving import ServerSection

if TYPE_CHECKING:
    from guard.config import Config

_BACKLOG = 2048
_LAST_S = 5.0
"""How long cut answers may take to say so and to be written down."""
_COLLECT = (20_000, 20, 20)
"""Objects between collections: a request makes thousands and leaves hardly a cycle behind."""


class Server(uvicorn.Server):
    """uvicorn's server. Signals stop it and do no more: what is open is closed after that."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGTERM and SIGINT while the block runs; in a thread there are no signals."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def stop(self) -> None:
        """Accept nothing more, finish what has begun, and end; at once when told twice."""
        self.force_exit = self.should_exit
        self.should_exit = True


def run(
    config: Config,
    sockets: list[socket.socket],
    *,
    worker: int = 0,
    ready: Callable[[Callable[[], None]], None] = lambda _: None,
    alone: bool = False,
) -> None:
    """Serve until told to stop; then finish or cut what is open, and close the log.

    Args:
        config: The configuration.
        sockets: Where to listen: the gateway's, and the one of ``/metrics`` if there is one.
        worker: Its number, from 1; 0 if it is the only one.
        ready: Told once it listens, with what stops it.
        alone: Whether the process is there for nothing else, so that what it has built by now
            stays for as long as it runs.

    Raises:
        GuardError: If it cannot begin.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # its tracebacks may hold data
    try:
        gateway = Gateway(config, worker=worker)
        try:
            gateway.warm()
            if alone:  # a collection then looks at requests only, not at models and tables
                gc.collect()
                gc.freeze()
                gc.set_threshold(*_COLLECT)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(_serve(gateway, sockets, ready))
        finally:
            gateway.close()
    finally:
        for one in sockets:
            one.close()


async def _serve(
    gateway: Gateway,
    sockets: list[socket.socket],
    ready: Callable[[Callable[[], None]], None],
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unhandled)
    async with PredictingClient(gateway.server.proxy) as client:
        server = _server(App(gateway, client), gateway)
        with _orphaned(loop, server.stop):
            serving = loop.create_task(server.serve(sockets=sockets[:1]))
            shown = [_server(_Shown(gateway), gateway, public=False) for _ in sockets[1:]]
            beside = [
                loop.create_task(_unsignalled(one, sock))
                for one, sock in zip(shown, sockets[1:], strict=True)
            ]
            while not server.started and not serving.done():  # noqa: ASYNC110  (it has a flag only)
                await asyncio.sleep(0.01)
            ready(partial(_call, loop, server.stop))
            await serving
            for one in shown:
                one.stop()
            await asyncio.gather(*beside)
        if server.server_state.tasks:
            await asyncio.wait(server.server_state.tasks, timeout=_LAST_S)


def _call(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    loop.call_soon_threadsafe(stop)


def _server(app: Any, gateway: Gateway, *, public: bool = True) -> Server:
    section, path = gateway.server, gateway.config.path
    secured: dict[str, Any] = {}
    if public and section.certificate_file and section.private_key_file:
        secured = {
            "ssl_certfile": path(section.certificate_file),
            "ssl_keyfile": path(section.private_key_file),
            "ssl_context_factory": _context,
        }
    return Server(
        uvicorn.Config(
            app,
            http=limited(section),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=max(1, round(section.keep_alive_s)),
            timeout_graceful_shutdown=max(1, round(section.shutdown_s)),
            backlog=_BACKLOG,
            **secured,
        )
    )


def _context(_: uvicorn.Config, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def _unsignalled(server: Server, sock: socket.socket) -> None:
    """A second server in the loop; the first one hears the signals."""
    await server._serve([sock])  # noqa: SLF001 - `serve` but for the signals


class _Shown:
    """``/metrics`` at an address of its own, which nobody has to have a key for."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming = Incoming(scope, receive)
        outlet = Outlet(incoming, send)
        if (incoming.method, incoming.path) != ("GET", "/metrics"):
            await outlet.whole(404, (), b"", close=True)
            return
        kind = ("content-type", MEDIA_TYPE)
        await outlet.whole(200, (kind,), self._gateway.metrics.render())


@contextlib.contextmanager
def _orphaned(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> Iterator[None]:
    """Stop when the process that started this one has gone, so that no worker is left over."""
    parent = multiprocessing.parent_process()
    if parent is None:
        yield
        return

    def ended() -> None:
        loop.remove_reader(parent.sentinel)
        stop()

    loop.add_reader(parent.sentinel, ended)
    try:
        yield
    finally:
        loop.remove_reader(parent.sentinel)


def _unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody waited for: its kind alone, since its message may hold data."""
    error = context.get("exception")
    kind = type(error).__name__ if error is not None else "no exception"
    print(f"guard: in the event loop: {kind} (please report it)", file=sys.stderr, flush=True)  # noqa: T201


def listening(section: ServerSection, *, worker: int = 0) -> list[socket.socket]:
    """Sockets that are bound: the gateway's, and that of ``/metrics`` if it has one.

    Args:
        section: Where to.
        worker: For which worker the latter is.

    Raises:
        ConfigError: If an address cannot be had.
    """
    found = [_bound(section.host, section.port)]
    if section.metrics_host:
        found.append(metrics_socket(section, worker))
    return found


def metrics_socket(section: ServerSection, worker: int) -> socket.socket:
    """The socket of a worker's ``/metrics``.

    Raises:
        ConfigError: If its address cannot be had.
    """
    port = section.metrics_port
    return _bound(section.metrics_host, port + max(worker - 1, 0) if port else 0)


def _bound(host: str, port: int) -> socket.socket:
    try:
        (family, kind, _, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        made = socket.socket(family, kind)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
            made.listen(_BACKLOG)
        except OSError:
            made.close()
            raise
    except OSError as error:
        raise ConfigError(
            f"cannot listen on {host} port {port} ({error.strerror})",
            remedy="stop what listens there, or set host and port in [gateway.server]",
        ) from None
    return made
