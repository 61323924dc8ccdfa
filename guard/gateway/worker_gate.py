"""The gate of one worker: a decision log of its own, and the times of its stages.

One directory has one writer, and one name one tree: two processes that signed two trees under one
name would look like a log that tells different people different things. So worker *n* of several
writes ``<directory>/worker-<n>`` under the name ``<name>/worker-<n>``, signed with the same key:
whoever has the public key knows the name of each worker's (`worker_name`).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guard.config import Config
from guard.errors import RecordError, VerificationError
from guard.gate.gate import Gate
from guard.gate.journal import Journal, nanoseconds
from guard.gate.line import Step
from guard.gate.parts import part
from guard.gate.request import Request
from guard.log import DigestKey, LogWriter, SigningKey

Took = Callable[[str, float], None]
LAG_S = 0.05
"""Seconds that the end of an answer may wait to be written in one commit with a decision."""


def worker_name(number: int) -> str:
    """What is added to a log's directory and name for a worker."""
    return f"worker-{number}"


class WorkerGate(Gate):
    """A gate that is one of several on a machine.

    Args:
        config: The configuration.
        worker: Its number, from 1; 0 if it is the only one and writes the configured log itself.
        took: Told the name of each stage of a decision, and its seconds.
    """

    def __init__(self, config: Config, *, worker: int, took: Took) -> None:
        super().__init__(config)
        self._worker, self._took = worker, took

    @part
    def journal(self) -> Journal:
        """The decision log of this worker, opened for writing.

        Raises:
            RecordError: If it cannot be written, or another process keeps it.
        """
        return self._opened()

    def _opened(self) -> Journal:
        if not self._worker:
            return Journal.open(self.config, self.clock, lag_s=LAG_S)
        section, name = self.config.log, worker_name(self._worker)
        key = SigningKey.load(self.config.path(section.key_file))
        digests = DigestKey.load(self.config.path(section.digest_key_file))
        try:
            writer = LogWriter.open(
                self.log_directory,
                SigningKey(f"{key.name}/{name}", key.seed),
                clock=lambda: nanoseconds(self.clock()),
            )
        except VerificationError as error:
            raise RecordError(f"the log cannot be continued: {error}") from None
        return Journal(writer, digests, self.config.mode, lag_s=LAG_S)

    @property
    def log_directory(self) -> Path:
        """Where this worker's log is."""
        directory = self.config.path(self.config.log.directory)
        return directory / worker_name(self._worker) if self._worker else directory

    def reopen_log(self) -> None:
        """Open the log anew: after a failed write a writer refuses everything.

        Answers that the former one could not write down are due in the new one. The former stays in
        its place until then, so that answers that end meanwhile are due as well.

        Raises:
            RecordError: If it still cannot be written; then nothing is lost and nothing is decided.
        """
        with self.building:
            held: Journal | None = self.__dict__.get("journal")
            if held is None:
                _ = self.journal
                return
            with contextlib.suppress(RecordError):  # what is due stays due; it lets the lock go
                held.close()
            opened = self._opened()
            opened.inherit(held)
            self.__dict__["journal"] = opened
            opened.inherit(held)  # what ended between the two lines above

    def _answer(self, step: Step, request: Request) -> Any:
        began = time.perf_counter()
        try:
            return super()._answer(step, request)
        finally:
            self._took(type(step).__name__.lower(), time.perf_counter() - began)
