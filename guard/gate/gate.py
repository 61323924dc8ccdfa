"""The gate: the line driven through the parts."""

from __future__ import annotations

import asyncio
import secrets
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from guard import tagging
from guard.config import Config
from guard.errors import ConfigError, GuardError, InputError, Undecided
from guard.gate import facts, planner
from guard.gate.journal import Stage, new_id
from guard.gate.line import Append, Conclude, Concluded, Detect, Step, Treat, Words, line
from guard.gate.parts import Parts
from guard.gate.request import Request, language_of, purpose_of
from guard.gate.verdict import Verdict
from guard.obligations import Known, Redactor, Tokenise, nowhere, treat
from guard.payload import copied, segments
from guard.types import Detected, Evaluation, Purpose, Segment, Transfer, Treatment

_STAGES: dict[type[Step], Stage] = {Detect: "detect", Treat: "oblige"}


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Gate(Parts):
    """Detects, tags, plans, discharges, records, and only then releases.

    One gate may be used from several threads.

    Args:
        config: The configuration.
        clock: The time in UTC; read once a decision.
    """

    def __init__(self, config: Config, *, clock: Callable[[], datetime] = now) -> None:
        super().__init__(config, clock=clock)

    def check(
        self,
        payload: Any,
        *,
        to: str | Sequence[str] | None = None,
        purpose: Purpose = "inference",
        principal: str = "",
        conversation: str = "",
        language: str = "en",
        categories: Sequence[str] = (),
    ) -> Verdict:
        """Decide whether, how and where `payload` may go, and write that down.

        Args:
            payload: A string or a JSON document.
            to: A destination's id, several in order of preference, or None for the configured ones.
            purpose: What the data are used for.
            principal: Who asks; kept in the log as a keyed digest only.
            conversation: Names the conversation whose pseudonyms stay the same over its turns.
            language: Language of the text (ISO 639-1).
            categories: What the payload holds whatever detection says, ``health.condition``.

        Returns:
            The verdict, refused or permitted alike.

        Raises:
            ConfigError: For an unknown destination, purpose, category or language.
            InputError: For a payload that cannot be walked.
            Undecided: When detection, policy, a treatment or the log gave no answer.
        """
        at, began_ns = self.clock(), time.monotonic_ns()
        candidates, wanted = self.candidates(to), purpose_of(purpose)
        stated = self.stated(categories)
        document = self._copied(payload, at)
        request = Request(
            at=at,
            began_ns=began_ns,
            candidates=candidates,
            purpose=wanted,
            principal=principal,
            conversation=conversation or secrets.token_hex(16),
            language=language_of(language),
            categories=stated,
            document=document,
            segments=segments(document),
        )
        steps = line(
            request.segments,
            self._words(request.at),
            origin=self.journal.origin,
            conversation=request.conversation,
        )
        return self._drive(steps, request).released_as(request.rebuilt)

    async def acheck(self, payload: Any, **how: Any) -> Verdict:
        """`check` for an event loop: the work is done in a thread (see `check`)."""
        return await asyncio.to_thread(self.check, payload, **how)

    def restore(self, text: str, conversation: str) -> str:
        """`text` with the conversation's pseudonyms turned back.

        Raises:
            ObligationError: If the conversation is unknown or has expired.
        """
        return self.vault.restore(text, conversation)

    def candidates(self, to: str | Sequence[str] | None) -> tuple[str, ...]:
        """The destinations to try, best first.

        Raises:
            ConfigError: If one is unknown, or there is none.
        """
        chosen = self.config.planner.destinations if to is None else to
        named = (chosen,) if isinstance(chosen, str) else tuple(chosen)
        if not named:
            raise ConfigError(
                "no destination", remedy="name one, or set planner.destinations in guard.toml"
            )
        for name in named:
            self.regions.destination(name)
        return named

    def stated(self, categories: Sequence[str]) -> tuple[str, ...]:
        """The categories that the caller and the configuration declare.

        Raises:
            ConfigError: If one is unknown.
        """
        named = (categories,) if isinstance(categories, str) else tuple(categories)
        for name in named:
            if name not in self.regions.categories:
                raise ConfigError(
                    f"unknown category {name!r}",
                    remedy="see `guard region list --table categories`",
                )
        return tuple(sorted({*self.config.context.categories, *named}))

    def facts(
        self,
        summary: facts.Summary,
        purpose: Purpose,
        at: datetime,
        stated: tuple[str, ...],
    ) -> dict[Treatment, Transfer]:
        """The facts of a transfer under every treatment."""
        context = self.config.context
        tags = partial(
            tagging.tag,
            self.regions.jurisdictions,
            time=at.date().isoformat(),
            purpose=purpose,
            establishment=context.establishment,
            origin=context.origin,
            data_subjects=context.data_subjects,
            categories=(*stated, *(name for name, _ in summary.counts)),
            declared=facts.stated(context),
            threshold=self.config.tagging.threshold,
        )
        whole = facts.transfer(
            context,
            time=at.date().isoformat(),
            purpose=purpose,
            found=facts.categories(self.regions.categories, summary, stated),
            tags=tags(evidence=summary.evidence),
            detection=summary.detection,
        )
        per: dict[Treatment, Transfer] = {}
        for treatment in self.config.planner.order:
            changed = facts.treated(whole, treatment, self.labels, stated)
            evident, hinted = tags(evidence=facts.remaining(summary.evidence, changed))
            per[treatment] = changed.model_copy(update={"tags": evident, "hints": hinted})
        return per

    def evaluate(self, transfer: Transfer, destination: str) -> Evaluation:
        """What the policy says of the facts and one destination."""
        return self.policy.decide(transfer, self.regions.destination(destination))

    def preference(self) -> planner.Preference:
        """The operator's preference."""
        return planner.Preference(
            self.config.planner.order, self.config.planner.prefer, self.config.log.retention_days
        )

    def conclude(self, per: dict[Treatment, Transfer], candidates: tuple[str, ...]) -> Concluded:
        """The plan over facts, with the operator's other destinations as suggestions."""
        found = planner.plan(
            candidates,
            per.__getitem__,
            self.evaluate,
            self.preference(),
            suggestions=self.config.planner.destinations,
        )
        return Concluded(per, found, candidates)

    def _words(self, at: datetime) -> Words:
        return Words(
            id=new_id(at),
            revision=self.policies.revision,
            enforced=self.config.mode == "enforce",
            order=self.config.planner.order,
            reasons=self.reasons,
        )

    def _answer(self, step: Step, request: Request) -> Any:
        """Do what the line asks for."""
        match step:
            case Detect(found):
                return self.detector.detect(found, language=request.language)
            case Conclude(detected):
                summary = facts.summarise(
                    ((f.category, f.evidence) for f in detected.findings), detected.detection
                )
                per = self.facts(summary, request.purpose, request.at, request.categories)
                return self.conclude(per, request.candidates)
            case Treat():
                return self._treat(step, request)
            case Append():
                return self.journal.decision(
                    step,
                    took_us=(time.monotonic_ns() - request.began_ns) // 1000,
                    destination=self.regions.destination(step.decision.destination),
                    principal=request.principal,
                    submitted=request.segments,
                )

    def _treat(self, step: Treat, request: Request) -> tuple[Segment, ...]:
        def rewritten(tokenise: Tokenise, known: Known = nowhere) -> tuple[Segment, ...]:
            done = treat(
                step.segments,
                step.findings,
                labels=self.labels,
                tokenise=tokenise,
                detect=again,
                known=known,
            ).segments
            request.rebuilt(done)  # what cannot be put together again is no permit in the log
            return done

        def again(found: Sequence[Segment]) -> Detected:
            return self.detector.detect(found, language=request.language)

        if step.treatment == "redact":
            return rewritten(Redactor())
        with self.vault.conversation(request.conversation) as tokenise:
            return rewritten(tokenise, tokenise.spans)

    def _copied(self, payload: Any, at: datetime) -> Any:
        try:
            return copied(payload)
        except InputError as error:
            self._failed(error, "input", at)
            raise

    def _drive(self, steps: Generator[Step, Any, Verdict], request: Request) -> Verdict:
        """Drive the line. What fails gives no answer, is written down, and is a no."""
        stage: Stage = "detect"
        answer: Any = None
        try:
            while True:
                try:
                    step: Step = steps.send(answer)
                except StopIteration as end:
                    verdict: Verdict = end.value
                    return verdict
                stage = _STAGES.get(type(step), "policy")
                answer = self._answer(step, request)
        except GuardError as error:
            self._failed(error, stage, request.at)
            raise
        except Exception as error:  # noqa: BLE001 - a door: a bug is no answer, and no answer is a no
            undecided = Undecided(_unexpected(error), remedy="report this as a bug")
            self._failed(undecided, stage, request.at)
            raise undecided from None

    def _failed(self, error: GuardError, stage: Stage, at: datetime) -> None:
        self.journal.failure(error, stage, revision=self.policies.revision, at=at, point="prompt")


def _unexpected(error: Exception) -> str:
    """What and where, without the message, which may hold data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"unexpected {type(error).__name__} at {PurePath(place.filename).name}:{place.lineno}"
