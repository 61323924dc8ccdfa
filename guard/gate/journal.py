"""Writing decisions down: records for the log, made of facts and keyed digests only."""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

from guard.config import Config, Context
from guard.errors import (
    DetectionError,
    GuardError,
    InputError,
    LedgerError,
    ObligationError,
    PolicyError,
    RecordError,
    VerificationError,
)
from guard.gate.arrears import Arrears
from guard.gate.asked import Rows, asked
from guard.gate.ended import Ended
from guard.gate.line import Append
from guard.gate.planner import Preference
from guard.log import DigestKey, Held, LogWriter, SigningKey, uuid7
from guard.types import Destination, Option, Purpose, Segment

Stage: TypeAlias = Literal["detect", "policy", "oblige", "count", "input"]
Point: TypeAlias = Literal["prompt", "batch"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ERRORS: tuple[tuple[type[GuardError], Stage | None, str], ...] = (
    (DetectionError, "detect", "detection_error"),
    (PolicyError, "policy", "policy_error"),
    (LedgerError, "count", "ledger_error"),
    (ObligationError, "oblige", "obligation_error"),
    (InputError, "input", "input_error"),
    (GuardError, None, "internal_error"),
)
"""What the log calls an error, and where it happened when its kind says so."""
_RETRY_S = 0.05


def nanoseconds(at: datetime) -> int:
    """Nanoseconds since 1970 of a moment."""
    return (at - _EPOCH) // timedelta(microseconds=1) * 1000


def new_id(at: datetime) -> str:
    """A UUIDv7 for a decision made at `at`."""
    return uuid7(nanoseconds(at), os.urandom)


class Journal:
    """The decision log, opened for writing, and the key under which names appear in it.

    Args:
        writer: The log.
        key: The key of all digests.
        mode: ``enforce`` or ``observe``.
        lag_s: Seconds that the end of an answer may wait for the next decision, to be written in
            one commit with it.
    """

    def __init__(self, writer: LogWriter, key: DigestKey, mode: str, *, lag_s: float = 0.0) -> None:
        self._writer, self._key, self._mode = writer, key, mode
        self._arrears = Arrears(writer, lag_s=lag_s)

    @classmethod
    def open(cls, config: Config, clock: Callable[[], datetime], *, lag_s: float = 0.0) -> Journal:
        """Open the log that a configuration names, waiting a while for another writer.

        Args:
            config: The configuration.
            clock: The time in UTC.
            lag_s: As for the class.

        Raises:
            ConfigError: If a key is missing or of the wrong kind.
            RecordError: If the log cannot be written, or another process keeps it.
        """
        section = config.log
        signing = SigningKey.load(config.path(section.key_file))
        digests = DigestKey.load(config.path(section.digest_key_file))
        deadline = time.monotonic() + section.wait_s
        while True:
            try:
                writer = LogWriter.open(
                    config.path(section.directory), signing, clock=lambda: nanoseconds(clock())
                )
            except Held:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_RETRY_S)
            except VerificationError as error:
                raise RecordError(f"the log cannot be continued: {error}") from None
            else:
                return cls(writer, digests, config.mode, lag_s=lag_s)

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._writer.origin

    @property
    def row_secret(self) -> bytes:
        """The key of row digests, derived from the digest key."""
        return hmac.digest(self._key.secret, b"guard/scan/row", "sha256")

    def decision(
        self,
        step: Append,
        *,
        took_us: int,
        destination: Destination,
        preference: Preference,
        rows: Rows,
        principal: str,
        submitted: Sequence[Segment],
        follows: str = "",
    ) -> int:
        """Write one decision; returns its index once it is durable and signed.

        Args:
            step: What was decided.
            took_us: Microseconds since it was asked for.
            destination: The destination as it was decided on.
            preference: The operator's preference.
            rows: The destinations that were asked for, also those that were not tried.
            principal: Who asked.
            submitted: What was asked about.
            follows: Id of the decision made before for the same request, or ``""``.

        Raises:
            RecordError: If it could not be written, or answers before it could not: then nothing
                may be released.
        """
        decision = step.decision
        chosen = step.concluded.facts[decision.treatment]
        output = None
        linked: dict[str, Any] = {"follows": follows} if follows else {}
        if step.concluded.met:
            linked["met"] = [tag.model_dump(mode="json") for tag in step.concluded.met]
        if step.released is not None:
            output = self._key.commit(decision.id, "output", content(step.released))
        return self._append(
            {
                "kind": "decision",
                "id": decision.id,
                "point": "prompt",
                "mode": self._mode,
                "enforced": decision.enforced,
                "effect": decision.effect,
                "treatment": decision.treatment,
                "destination": {"id": destination.id, "facts": destination.facts()},
                "candidates": [_candidate(o) for o in step.concluded.plan.options],
                "transfer": chosen.model_dump(mode="json", by_alias=True),
                "rules": [reason.rule for reason in decision.reasons],
                "obligations": [
                    {"do": o.do, "rule": o.rule, "days": o.days} for o in decision.obligations
                ],
                "advice": [advice.rule for advice in decision.advice],
                "policy": {"revision": decision.revision},
                "actor": self._key.name("actor", _encodable(principal)),
                "input": self._key.commit(decision.id, "input", content(submitted)),
                "output": output,
                "dur_us": took_us,
                "asked": asked(step.concluded, destination, decision.treatment, preference, rows),
                **linked,
            }
        )

    def answer(self, ended: Ended, at: datetime) -> bool:
        """Write down what came back for a decision; returns whether it is written.

        What was decided has been done, so this raises nothing: an answer that cannot be written now
        is written before the next decision, and until then there is none.

        Args:
            ended: How the answer ended.
            at: When it did.
        """
        return self._arrears.append_late(ended.record(new_id(at)))

    def batch(
        self,
        *,
        at: datetime,
        took_us: int,
        path: str,
        purpose: Purpose,
        candidates: Sequence[str],
        stated: Sequence[str],
        context: Context,
        counts: Mapping[str, int],
        root: str,
        complete: bool,
        effects: Mapping[str, int],
        categories: Mapping[str, int],
        rules: Mapping[str, int],
        destinations: Mapping[str, Mapping[str, int]],
        revision: str,
        detection: str,
    ) -> int:
        """Write what one file held and where it may go; returns the record's index.

        Args:
            at: When the scan began.
            took_us: Microseconds since the record of the file before.
            path: The file.
            purpose: What its rows would be used for.
            candidates: The destinations that were asked for, best first.
            stated: Categories that were declared whatever detection says.
            context: The operator's facts.
            counts: Rows, bad rows and bytes.
            root: Root of the tree over the rows' digests.
            complete: Whether the file was read to its end.
            effects: Rows by what was decided for the destinations that were asked for.
            categories: Findings by category.
            rules: Rows by rule that decided.
            destinations: Rows by effect, for each destination alone.
            revision: Digest of the policy.
            detection: Digest of the detectors.

        Raises:
            RecordError: If it could not be written.
        """
        return self._append(
            {
                "kind": "batch",
                "id": new_id(at),
                "mode": self._mode,
                "source": self._key.name("source", _encodable(path)),
                **counts,
                "root": root,
                "complete": complete,
                "purpose": purpose,
                "use_case": context.use_case,
                "origin": context.origin,
                "candidates": list(candidates),
                "stated": list(stated),
                "effects": _counted(effects),
                "categories": _counted(categories),
                "rules": _counted(rules),
                "destinations": [
                    {"destination": name, "effects": _counted(reached)}
                    for name, reached in sorted(destinations.items())
                ],
                "policy": {"revision": revision},
                "detection": detection,
                "dur_us": took_us,
            }
        )

    def failure(
        self, error: GuardError, stage: Stage, *, revision: str, at: datetime, point: Point
    ) -> None:
        """Write down that there was no answer. If even that fails, the caller's error stands.

        Args:
            error: Why there is none.
            stage: Where on the line it happened, unless the error's kind says more.
            revision: Digest of the policy in force.
            at: The time of the request.
            point: What was asked for.
        """
        if isinstance(error, RecordError):
            return
        place, name = next((p, n) for kind, p, n in _ERRORS if isinstance(error, kind))
        with suppress(RecordError):
            self._append(
                {
                    "kind": "error",
                    "id": new_id(at),
                    "point": point,
                    "stage": place or stage,
                    "error": name,
                    "policy": {"revision": revision},
                    "input": None,
                }
            )

    def inherit(self, former: Journal) -> None:
        """Take over what another journal, in whose place this one comes, could not write."""
        self._arrears.inherit(former._arrears)

    def close(self) -> None:
        """Close the log.

        Raises:
            RecordError: If that failed, or answers could not be written down.
        """
        try:
            self._arrears.close()
        finally:
            self._writer.close()

    def _append(self, entry: dict[str, Any]) -> int:
        return self._arrears.append(entry)


def _encodable(name: str) -> str:
    """`name` with what UTF-8 cannot say, as in a file's name of another encoding, spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _candidate(option: Option) -> dict[str, Any]:
    evaluation = option.evaluation
    return {
        "destination": option.destination,
        "treatment": option.treatment,
        "effect": evaluation.effect,
        "barriers": [b.rule for b in evaluation.barriers],
        "permits": [p.rule for p in evaluation.permits],
    }


def content(segments: Sequence[Segment]) -> bytes:
    """What a commitment is to: pointers and texts, unambiguously."""
    parts = []
    for segment in segments:
        for text in (segment.pointer, segment.text):
            encoded = text.encode("utf-8", "surrogatepass")
            parts += [len(encoded).to_bytes(8, "big"), encoded]
    return b"".join(parts)


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: n for name, n in sorted(counts.items()) if n}
