"""The gate: the line driven through the parts."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import time
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from guard.config import Config
from guard.errors import ConfigError, GuardError, InputError, Undecided
from guard.gate import facts
from guard.gate.conclusion import Conclusions
from guard.gate.ended import Ended
from guard.gate.journal import Journal, Stage, content, new_id
from guard.gate.line import Append, Conclude, Detect, Reserve, Step, Treat, Words, line
from guard.gate.request import (
    Request,
    destinations_of,
    language_of,
    purpose_of,
    subjects_of,
)
from guard.gate.verdict import Verdict
from guard.obligations import Known, Redactor, Tokenise, nowhere, treat
from guard.payload import Content, copied
from guard.types import Destination, Detected, Purpose, Segment

if TYPE_CHECKING:
    from guard.gate.tally import Tally

T = TypeVar("T")
log = logging.getLogger("guard")
_STAGES: dict[type[Step], Stage] = {Detect: "detect", Treat: "oblige"}


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Gate(Conclusions):
    """Detects, tags, plans, discharges, counts, records, and only then releases.

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
        subjects: Sequence[str] = (),
        request_id: str = "",
        facts: Mapping[str, Any] | None = None,
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
            subjects: Ids of all whom the payload is about, so that the ledger counts each once;
                kept there as keyed pseudonyms only.
            request_id: Your id of the request. The same payload under the same id is a retry,
                whose persons count once even if nobody named them.
            facts: Facts of this request by id of `guard region list --table facts`, beside those
                of the configuration and before them.

        Returns:
            The verdict, refused or permitted alike.

        Raises:
            ConfigError: For an unknown destination, purpose, category, language or fact.
            InputError: For a payload that cannot be walked, or a blank id of a person.
            Undecided: When detection, policy, a treatment, the ledger or the log gave no answer.
        """
        at = self.clock()
        return self.decide(
            self._read(lambda: Content.of(copied(payload)), at),
            to=to,
            purpose=purpose,
            principal=principal,
            conversation=conversation,
            language=language,
            categories=categories,
            subjects=subjects,
            request_id=request_id,
            facts=facts,
            at=at,
        )

    def decide(
        self,
        content: Content,
        *,
        to: str | Sequence[str | Destination] | None = None,
        purpose: Purpose | str = "inference",
        principal: str = "",
        conversation: str = "",
        session: str = "",
        language: str = "en",
        use_case: str = "",
        categories: Sequence[str] = (),
        subjects: Sequence[str] = (),
        request_id: str = "",
        facts: Mapping[str, Any] | None = None,
        follows: str = "",
        at: datetime | None = None,
    ) -> Verdict:
        """`check` for content that was taken apart already.

        Args:
            content: What is decided about.
            to: As for `check`, or destinations that an address was resolved to.
            purpose: As for `check`.
            principal: As for `check`.
            conversation: As for `check`.
            session: Names a session: laws that it met apply to all that follows in it.
            language: As for `check`.
            use_case: A use case instead of a configured ``general`` or ``unknown``.
            categories: As for `check`.
            subjects: As for `check`.
            request_id: As for `check`.
            facts: As for `check`.
            follows: Id of the decision that was made before this one for the same request, when
                its data are to be sent again or elsewhere.
            at: When it was asked, in UTC; now if not given.

        Raises:
            ConfigError: As `check`.
            InputError: For a blank id of a person.
            Undecided: As `check`.
        """
        at, began_ns = at or self.clock(), time.monotonic_ns()
        named, resolved = destinations_of(to)
        request = Request(
            id=new_id(at),
            at=at,
            began_ns=began_ns,
            candidates=self.candidates(named, resolved),
            resolved=resolved,
            purpose=purpose_of(purpose),
            principal=principal,
            conversation=conversation or secrets.token_hex(16),
            session=session,
            language=language_of(language),
            categories=self.stated(categories),
            context=self.context(facts or {}, use_case),
            retry_of=request_id,
            follows=follows,
            subjects=self._read(lambda: subjects_of(subjects, request_id), at),
            content=content,
        )
        steps = line(
            request.segments,
            self._words(request.id),
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

    def _tally(self, request: Request, detected: Detected) -> Tally | None:
        """The counting of a request.

        What makes a retry is the caller's id and the content: who uses one id for two contents
        counts both.
        """
        if self.books is None:
            return None
        texts = {segment.pointer: segment.text for segment in request.segments}
        same = request.id
        if request.retry_of:
            digest = hashlib.sha256(content(request.segments)).hexdigest()
            same = f"{request.retry_of}\0{digest}"
        return self.books.tally(
            at=request.at,
            request=same,
            named=request.subjects,
            found=lambda: (
                (f.category, texts[f.pointer][f.start : f.end]) for f in detected.findings
            ),
        )

    def _words(self, name: str) -> Words:
        return Words(
            id=name,
            revision=self.policies.revision,
            enforced=self.config.mode == "enforce",
            order=self.config.planner.order,
            reasons=self.reasons,
        )

    def _answer(self, step: Step, request: Request) -> Any:
        """Do what the line asks for."""
        match step:
            case Detect(found):
                detected = self.detector.detect(found, language=request.language)
                return facts.with_unscanned(
                    detected, request.content.unscanned, request.context.unscanned
                )
            case Conclude(detected):
                summary = facts.summarise(
                    ((f.category, f.evidence) for f in detected.findings), detected.detection
                )
                per = self.facts(
                    summary, request.purpose, request.at, request.categories, request.context
                )
                own = per["none"].tags
                if request.session:
                    per = self.met(request.session, per)
                tally = self._tally(request, detected)
                known = partial(self.place, request.resolved)
                concluded = self.conclude(per, request.candidates, tally, known)
                met = tuple(tag for tag in per["none"].tags if tag not in own)
                return replace(concluded, met=met) if met else concluded
            case Treat():
                return self._treat(step, request)
            case Reserve(counted):
                return self.books is None or self.books.reserve(counted)
            case Append():
                done = step.decision.destination, step.decision.treatment
                return self.journal.decision(
                    step,
                    took_us=(time.monotonic_ns() - request.began_ns) // 1000,
                    destination=step.concluded.counted[done].destination,
                    preference=self.preference(),
                    rows=self.rows(partial(self.place, request.resolved)),
                    principal=request.principal,
                    submitted=request.segments,
                    follows=request.follows,
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

    def _read(self, read: Callable[[], T], at: datetime) -> T:
        """What a caller submitted, read; what cannot be read is written down and refused."""
        try:
            return read()
        except InputError as error:
            self.unread(error, at)
            raise

    def ended(self, ended: Ended) -> None:
        """Write down what came back for a decision, and raise an alarm where it drifted.

        Nothing is raised: the answer has gone. If the log does not take it, the next decision waits
        for that (`guard.gate.arrears`). The logger ``guard`` tells of both, in ids and names alone.
        """
        if ended.drift:
            log.warning("drift: %s, decision %s", ", ".join(ended.drift), ended.decision)
        journal: Journal | None = self.__dict__.get("journal")
        if journal is None or not journal.answer(ended, self.clock()):
            log.error("the answer to decision %s is not in the log", ended.decision)

    def unread(self, error: GuardError, at: datetime | None = None) -> None:
        """Write down that something was refused because it could not be read or walked."""
        self._failed(error, "input", at or self.clock())

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
        except ConfigError as error:
            # The caller's own mistakes were refused before: this is a part that cannot be had.
            undecided = Undecided(error.message, remedy=error.remedy)
            self._failed(undecided, stage, request.at)
            raise undecided from None
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
