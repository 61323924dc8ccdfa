"""Several workers: each a process of its own with a log of its own, started again when it dies.

Processes are spawned, not forked: a log, a vault and the engines are opened by who uses them, and
no lock or thread of another is inherited.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guard.config import Config
from guard.errors import ConfigError, GuardError
from guard.gateway.server import listening, metrics_socket, run
from guard.gateway.serving import sections

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_STEADY_S = 60.0
"""A worker that lived so long did not die of how it begins."""
_GRACE_S = 15.0
"""What a worker may take beyond ``shutdown_s`` before it is killed."""
_READY = "ready"


class Worker:
    """One worker, through all its lives.

    Args:
        path: The configuration's file.
        number: Its number, from 1.
        sockets: Where it listens.
    """

    def __init__(self, path: Path, number: int, sockets: list[socket.socket]) -> None:
        self._path, self.number, self._sockets = path, number, sockets
        self._wait_s = _FIRST_WAIT_S
        self._began = 0.0
        self.due = 0.0
        self.process: SpawnProcess | None = None
        self.said: Connection | None = None

    def start(self) -> None:
        """Start it."""
        context = multiprocessing.get_context("spawn")
        self.said, theirs = context.Pipe(duplex=False)
        self.process = context.Process(
            target=_work, args=(self._path, self.number, self._sockets, theirs), daemon=False
        )
        self.process.start()
        theirs.close()
        self._began = time.monotonic()

    def ended(self) -> None:
        """Plan its next life: the later, the sooner it died."""
        lived = time.monotonic() - self._began
        self._wait_s = (
            _FIRST_WAIT_S if lived >= _STEADY_S else min(2 * self._wait_s, _LONGEST_WAIT_S)
        )
        self.process = None
        self.due = time.monotonic() + self._wait_s


def _work(path: Path, number: int, sockets: list[socket.socket], said: Connection) -> None:
    """The life of a worker; what stops it from beginning is told, in words without data."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's goes to all; the first one decides
    try:
        config = Config.load(path)
        run(config, sockets, worker=number, ready=lambda _: said.send(_READY), alone=True)
    except GuardError as error:
        said.send(str(error))
        sys.exit(3)
    except BrokenPipeError:
        sys.exit(3)


class Supervisor:
    """The process that starts workers, and ends with them.

    Args:
        path: The configuration's file.
        config: What it says.
    """

    def __init__(self, path: Path, config: Config) -> None:
        _, self._section = sections(config)
        (shared, *_), count = (
            listening(self._section.model_copy(update={"metrics_host": ""})),
            (self._section.workers),
        )
        self.address: tuple[Any, ...] = shared.getsockname()
        self._workers = []
        for number in range(1, count + 1):
            own = [metrics_socket(self._section, number)] if self._section.metrics_host else []
            self._workers.append(Worker(path, number, [shared, *own]))
        self._stopping = False

    def run(self, ready: Callable[[], None]) -> None:
        """Start every worker, start again those that die, and stop all when told to.

        Args:
            ready: Told when all listen.

        Raises:
            ConfigError: If one cannot begin.
        """
        before = {n: signal.signal(n, self._stop) for n in (signal.SIGTERM, signal.SIGINT)}
        try:
            for worker in self._workers:
                worker.start()
            for worker in self._workers:
                self._await(worker)
            if not self._stopping:
                ready()
            while not self._stopping:
                self._look()
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _await(self, worker: Worker) -> None:
        while not self._stopping:
            if worker.said is not None and worker.said.poll(0.1):
                try:
                    said = worker.said.recv()
                except EOFError:
                    said = "it died without a word"
                if said != _READY:
                    raise ConfigError(f"worker {worker.number} cannot begin: {said}")
                return

    def _look(self) -> None:
        """Wait a moment for something to happen, and start what is due."""
        alive = [one.process.sentinel for one in self._workers if one.process is not None]
        wait(alive, timeout=0.2) if alive else time.sleep(0.2)
        for worker in self._workers:
            if worker.process is not None and worker.process.exitcode is not None:
                code = worker.process.exitcode
                worker.ended()
                _say(f"worker {worker.number} ended ({code}); it is started again")
            if worker.process is None and time.monotonic() >= worker.due and not self._stopping:
                worker.start()

    def _end(self) -> None:
        processes = [one.process for one in self._workers if one.process is not None]
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + self._section.shutdown_s + _GRACE_S
        for process in processes:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.exitcode is None:
                _say(f"worker process {process.pid} did not end in time and is killed")
                process.kill()
                process.join()


def _say(message: str) -> None:
    print(f"guard: {message}", file=sys.stderr, flush=True)  # noqa: T201
