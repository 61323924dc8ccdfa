"""A supervised pool of worker processes that loses no unit.

`concurrent.futures.ProcessPoolExecutor` gives up the whole job when one worker is killed, and
`multiprocessing.Pool` waits for ever. Here every worker has a pipe of its own, so that a death in
the middle of a message harms nobody else: its unit is given to another worker once, and if that
dies too the unit is reported as failed, with the rest of the job unharmed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from guard.errors import GuardError

U = TypeVar("U")
R = TypeVar("R")
Advance = Callable[[int], None]
"""Called by a kernel with the bytes it has consumed since it last called."""
Kernel = Callable[[U, Advance], R]

_ATTEMPTS = 2
_AHEAD = 4  # units per worker that may be finished before their turn
_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Outcome(Generic[U, R]):
    """What became of a unit: exactly one of `value` and `failure` counts.

    Args:
        unit: The unit.
        value: What the kernel returned; None when it failed.
        failure: Why there is no value, or None.
        attempts: How often it was tried.
    """

    unit: U
    value: R | None
    failure: GuardError | None
    attempts: int


class Pool(Generic[U, R]):
    """Runs a kernel over units in worker processes; a context manager.

    Example:
        >>> with Pool(KernelFactory(config), workers=4) as pool:        # doctest: +SKIP
        ...     for outcome in pool.map(plan(sources)): ...

    Args:
        factory: Picklable; called once in each worker, returns the kernel ``(unit, advance) ->
            value``. Units and values are pickled; values should be small and hold no text.
        workers: Processes; 0 or 1 means none, the kernel runs in the caller's process.
        advance: Called in the caller's process with bytes consumed, also below zero when a unit
            is begun again.
    """

    def __init__(
        self,
        factory: Callable[[], Kernel[U, R]],
        workers: int,
        *,
        advance: Advance | None = None,
    ) -> None:
        self._factory = factory
        self._count = workers
        self._advance = advance or _nothing
        self._workers: list[_Worker[U]] = []
        self._stillborn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def map(self, units: Iterable[U]) -> Iterator[Outcome[U, R]]:
        """The outcomes of `units`, in their order, each as soon as its turn has come.

        Units are drawn as workers become free, so a plan may be longer than memory. Whoever stops
        early calls `close` (or leaves the ``with``).

        Raises:
            GuardError: What the factory raised, or that workers cannot be started.
        """
        if self._count <= 1:
            yield from self._map_here(units)
            return
        job = _Job[U, R](units, self._count)
        try:
            while job.more() or job.pending:
                self._assign(job)
                self._receive(job)
                yield from job.ready()
        finally:
            self.close()

    def close(self) -> None:
        """End all workers; units in work are abandoned."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_STOP_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()

    def _map_here(self, units: Iterable[U]) -> Iterator[Outcome[U, R]]:
        kernel = self._factory()
        for unit in units:
            try:
                yield Outcome(unit, kernel(unit, self._advance), None, 1)
            except Exception as error:  # noqa: BLE001 - a unit's failure must not end the others
                yield Outcome(unit, None, _described(error), 1)

    def _assign(self, job: _Job[U, R]) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None:
                task = job.take()
                if task is None:
                    return
                worker.give(task)
        while len(self._workers) < min(self._count, job.unfinished):
            self._workers.append(_start(self._factory))

    def _receive(self, job: _Job[U, R]) -> None:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index] # wait() returns what it was given
            try:
                kind, content = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, job)
                continue
            self._handle(worker, job, kind, content)

    def _handle(self, worker: _Worker[U], job: _Job[U, R], kind: str, content: Any) -> None:
        if kind == "advance":
            worker.bytes += content
            self._advance(content)
        elif kind == "ready":
            worker.ready, self._stillborn = True, 0
        elif kind == "broken":
            raise content
        else:
            task = worker.release()
            value, failure = (content, None) if kind == "value" else (None, content)
            job.finish(task, Outcome(task.unit, value, failure, task.attempts))

    def _bury(self, worker: _Worker[U], job: _Job[U, R]) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(_STOP_S)
        code = worker.process.exitcode
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn > self._count:
                raise GuardError(f"workers cannot be started: {_ended(code)}", remedy=_REMEDY)
        if worker.task is not None:
            self._advance(-worker.bytes)
            task = worker.release()
            if task.attempts < _ATTEMPTS:
                job.again(task)
            else:
                message = f"the worker process {_ended(code)}, {task.attempts} times"
                failure = GuardError(message, remedy=_REMEDY)
                job.finish(task, Outcome(task.unit, None, failure, task.attempts))


_REMEDY = "use fewer --workers, or give the machine more memory"


@dataclass(slots=True)
class _Task(Generic[U]):
    index: int
    unit: U
    attempts: int = 0


class _Job(Generic[U, R]):
    """The units of one `map`, from drawn to delivered."""

    def __init__(self, units: Iterable[U], workers: int) -> None:
        self._units = iter(units)
        self._workers, self._ahead = workers, workers * _AHEAD
        self._queue: deque[_Task[U]] = deque()
        self._done: dict[int, Outcome[U, R]] = {}
        self._drawn = self._delivered = 0
        self._ended = False

    @property
    def pending(self) -> int:
        """Units drawn and not delivered."""
        return self._drawn - self._delivered

    @property
    def unfinished(self) -> int:
        """Units drawn and not finished."""
        return self.pending - len(self._done)

    def more(self) -> bool:
        """Whether there are units to give out; draws one for each worker to know."""
        while not self._ended and len(self._queue) < self._workers and self.pending < self._ahead:
            try:
                self._queue.append(_Task(self._drawn, next(self._units)))
                self._drawn += 1
            except StopIteration:
                self._ended = True
        return bool(self._queue)

    def take(self) -> _Task[U] | None:
        """The next unit, or None when there is none or too many wait for their turn."""
        return self._queue.popleft() if self.more() else None

    def again(self, task: _Task[U]) -> None:
        """Put a unit back at the head."""
        self._queue.appendleft(task)

    def finish(self, task: _Task[U], outcome: Outcome[U, R]) -> None:
        """Note an outcome until its turn comes."""
        self._done[task.index] = outcome

    def ready(self) -> Iterator[Outcome[U, R]]:
        """Outcomes whose turn has come."""
        while self._delivered in self._done:
            outcome = self._done.pop(self._delivered)
            self._delivered += 1
            yield outcome


@dataclass(slots=True)
class _Worker(Generic[U]):
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: _Task[U] | None = None
    bytes: int = 0

    def give(self, task: _Task[U]) -> None:
        task.attempts += 1
        self.task, self.bytes = task, 0
        with suppress(OSError):  # it died; its pipe says so at the next `wait`
            self.pipe.send(task.unit)

    def release(self) -> _Task[U]:
        task, self.task = self.task, None
        if task is None:
            raise GuardError("a worker answered without a unit", remedy="report this")
        return task


def _start(factory: Callable[[], Kernel[Any, Any]]) -> _Worker[Any]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, factory), daemon=True)
    with _child_environment():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _child_environment() -> Iterator[None]:
    """One thread a worker, and Ctrl-C for the parent alone, from the child's first instruction.

    A child inherits the signal mask; a Ctrl-C that arrives meanwhile reaches the parent after it.
    """
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    masks = hasattr(signal, "pthread_sigmask")
    if masks:  # the first child starts the resource tracker, which would unblock SIGINT again
        resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _work(pipe: Connection, factory: Callable[[], Kernel[Any, Any]]) -> None:
    """The life of a worker; it ends when the parent closes the pipe or is gone."""
    try:
        try:
            kernel = factory()
        except Exception as error:  # noqa: BLE001 - crosses the process boundary as a GuardError
            pipe.send(("broken", _described(error)))
            return
        pipe.send(("ready", None))
        while True:
            unit = pipe.recv()
            try:
                value = kernel(unit, lambda size: pipe.send(("advance", size)))
                answer = ForkingPickler.dumps(("value", value))
            except Exception as error:  # noqa: BLE001 - see above
                answer = ForkingPickler.dumps(("failure", _described(error)))
            pipe.send_bytes(answer)
    except (EOFError, OSError):
        return


def _described(error: Exception) -> GuardError:
    """`error` if it is ours; else where it was raised, without its message, which may hold data."""
    if isinstance(error, GuardError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""  # noqa: PTH119 - a name in a message
    return GuardError(f"unexpected {type(error).__name__}{place}", remedy="report this as a bug")


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by signal {-code}"
    return f"ended with status {code}"


def _nothing(_: int) -> None:
    """Nobody watches."""
