"""Whether every part works: tried, not assumed, and at most once a second."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson

from guard.errors import DetectionError, GuardError, ObligationError, RecordError
from guard.gate.facts import summarise
from guard.policy import Policy
from guard.policy.opa import OpaEngine
from guard.types import Destination, Segment, Transfer

if TYPE_CHECKING:
    from guard.gateway.gateway import Gateway

_FRESH_S = 1.0
_ROOM = 64 * 2**20
"""Bytes that must be free where the log is: a journal's segments and some tiles."""
_PROBE, _PROBED = "readiness@example.org", "contact.email"
_NAME = "guard\0readiness"
"""No caller can name this conversation: a header holds no NUL."""


class Health:
    """The readiness of a worker.

    Args:
        gateway: Its parts.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._record_failed = False
        self._tried_at = -_FRESH_S
        self._failed: dict[str, str] = {}
        self._trying = asyncio.Lock()

    def failed(self, error: GuardError) -> None:
        """Take note that a request failed, so that a log that cannot be written shows."""
        if isinstance(error, RecordError):
            self._record_failed = True

    def recorded(self) -> None:
        """Take note that a decision was recorded."""
        self._record_failed = False

    async def ready(self) -> tuple[int, bytes]:
        """Status and body: 200, or 503 with the parts that fail. No paths, names or secrets."""
        async with self._trying:
            if time.monotonic() - self._tried_at >= _FRESH_S:
                loop = asyncio.get_running_loop()
                self._failed = await loop.run_in_executor(self._gateway.threads, self._try_all)
                self._tried_at = time.monotonic()
        parts = {name: self._failed.get(name, "ok") for name, _ in self._checks()}
        status = "not ready" if self._failed else "ready"
        body = orjson.dumps({"status": status, "parts": parts})
        return (503 if self._failed else 200), body

    def _checks(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("detection", self._detection),
            ("policy", self._policy),
            ("log", self._log),
            ("vault", self._vault),
        )

    def _try_all(self) -> dict[str, str]:
        failed: dict[str, str] = {}
        for name, check in self._checks():
            try:
                check()
            except GuardError as error:
                failed[name] = type(error).__name__
            except Exception as error:  # noqa: BLE001  (a probe says what fails, whatever it is)
                failed[name] = type(error).__name__
        return failed

    def _detection(self) -> None:
        self._gateway.canary()
        detected = self._gateway.guard.detector.detect([Segment("", f"write to {_PROBE} now")])
        if not any(found.category == _PROBED for found in detected.findings):
            raise DetectionError("a planted address was not found")

    def _policy(self) -> None:
        """The policy says something about sending a harmless text to the first destination."""
        guard = self._gateway.guard
        detected = guard.screener.detect([Segment("", "ready?")])
        summary = summarise(
            ((f.category, f.evidence) for f in detected.findings), detected.detection
        )
        facts = guard.facts(summary, "inference", guard.clock(), ())
        destination = self._gateway.upstreams.all[0].destination
        self._asked(facts["none"], destination)

    def _asked(self, transfer: Transfer, destination: Destination) -> None:
        """Ask, and do not take an answer that was remembered: a server may have gone since."""
        guard = self._gateway.guard
        section = guard.config.policy
        if section.engine == "embedded":
            guard.policy.decide(transfer, destination)
            return
        token = guard.config.secret(section.token_file) if section.token_file else None
        engine = OpaEngine(section.url, guard.policies, timeout_s=section.timeout_s, token=token)
        with Policy(guard.policies, engine, memory=0) as policy:
            policy.decide(transfer, destination)

    def _log(self) -> None:
        guard = self._gateway.guard
        if self._record_failed:
            guard.reopen_log()
            self._record_failed = False
        _ = guard.journal
        try:
            room = os.statvfs(guard.log_directory)
        except OSError:
            raise RecordError("the log's directory is not there") from None
        if room.f_bavail * room.f_frsize < _ROOM or not os.access(guard.log_directory, os.W_OK):
            raise RecordError("the log cannot be written for long")

    def _vault(self) -> None:
        vault = self._gateway.guard.vault
        with vault.conversation(_NAME) as tokenise:
            token = tokenise("EMAIL", _PROBE)
        if vault.restore(token, _NAME) != _PROBE:
            raise ObligationError("a pseudonym did not come back")
