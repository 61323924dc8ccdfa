"""One governed request and its answer, whatever carries them: nothing here reads or writes.

sent = exchange.submit(request)      # decided, recorded, rewritten; or a refusal is raised
reply = exchange.reply(status, headers)
for chunk in answer: caller.write(reply.feed(chunk))
caller.write(reply.close())
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from guard.dialects import Dialect, Walked
from guard.doors import marking, unnamed
from guard.doors.circumstances import Circumstances
from guard.doors.reading import Read, structured, to_a_provider, to_an_application
from guard.doors.refusal import undecided
from guard.doors.reply import Reply, Restoring
from guard.doors.screening import screening_of
from guard.doors.wire import Header, Sent
from guard.errors import Denied, GuardError, ObligationError
from guard.gate.ended import Ended, Served
from guard.log.answered import Outcome
from guard.payload import Content
from guard.stream import Screening
from guard.types import Destination, Segment

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict

__all__ = ["Exchange", "Read", "Released"]


@dataclass(frozen=True, slots=True)
class Released:
    """What may leave.

    Args:
        verdict: The decision, which is written down.
        document: The body as it may go.
        changed: Whether it differs from what was submitted.
        values: Value by token that stands in it.
        began_ns: When that was, in nanoseconds of a clock that only grows.
    """

    verdict: Verdict
    document: Any = field(repr=False)
    changed: bool
    values: Mapping[str, str] = field(repr=False)
    began_ns: int = field(default_factory=time.monotonic_ns, compare=False)


class Exchange:
    """One request and its answer.

    Args:
        guard: Who decides.
        circumstances: What holds of the request beside its body.
        follows: Id of the decision that was made for the same request before, by another exchange.

    Attributes:
        decided: Id of the last decision, refusals included; empty before there is one.
        served: Where it was served, if somebody looked; to be set before the answer ends.
    """

    def __init__(
        self, guard: Gate, circumstances: Circumstances | None = None, *, follows: str = ""
    ) -> None:
        self._guard, self._follows = guard, follows
        self.decided = ""
        self._circumstances = circumstances or Circumstances()
        self.served: Served | None = None
        self._read: Read | None = None
        self._released: Released | None = None
        self._told = False

    @property
    def verdict(self) -> Verdict | None:
        """The decision, once there is one."""
        return self._released.verdict if self._released else None

    def submit(self, sent: Sent) -> Sent:
        """Decide about a request by where it goes.

        Returns:
            What may leave in its place.

        Raises:
            Refused: If it may not, or nobody can tell.
            InputError: If it cannot be read.
        """
        read = self.read(sent, headers=True)
        destination = self.destination(sent, read.walked)
        released = self.decide(read, [destination])
        return sent.rewritten(self.written(read, released))

    def read(self, sent: Sent, *, headers: bool = False) -> Read:
        """A request to a provider taken apart.

        Args:
            sent: The request.
            headers: Whether its headers will leave with it, so that they are read, too.

        Raises:
            InputError: If its address speaks no dialect that is known, or its body is none of it.
        """
        how, may = self._circumstances, self._guard.config.context.unscanned
        return self._taken(lambda: to_a_provider(sent, how, may, headers=headers))

    def plain(self, sent: Sent) -> Read:
        """A request to an application of one's own taken apart, whatever it speaks.

        Raises:
            InputError: If its body is not what it says that it is.
        """
        return self._taken(lambda: to_an_application(sent, self._circumstances))

    def written(self, read: Read, released: Released) -> bytes | None:
        """The body that may leave; None where that is the one that was submitted.

        Raises:
            Undecided: If it cannot be written.
        """
        if not released.changed:
            return None
        try:
            return read.written(released.document)
        except GuardError:
            raise
        except Exception as error:  # noqa: BLE001 - a door: what cannot be written does not leave
            raise undecided(error) from None

    def destination(self, sent: Sent, walked: Walked) -> Destination:
        """What a request goes to, by its address and by what it says.

        Raises:
            Unresolved: If that is nothing known, or not one thing.
        """
        try:
            resolution = self._guard.resolver.resolve(
                sent.url, model=walked.model, headers=sent.said(), fields=walked.fields
            )
        except GuardError as error:
            self._guard.unread(error)
            raise
        return resolution.destination

    def decide(self, read: Read, to: str | Sequence[str | Destination] | None) -> Released:
        """Decide, write down, and discharge what the decision obliges to.

        A request that is sent again or elsewhere is decided again; the records are linked.

        Args:
            read: The request.
            to: Where it goes; None for the configured destinations.

        Raises:
            Refused: If nothing may leave.
        """
        walked, how = read.walked, read.circumstances
        texts: dict[str, str] = {}

        def rebuilt(found: Mapping[str, str]) -> Any:
            texts.update(found)
            return walked.rebuilt(_of_the_body(found, read.beside))

        named = how.conversation or unnamed.conversation(self._guard.config, how.principal, walked)
        verdict = self._guard.decide(
            Content(read.texts, rebuilt, read.unscanned),
            to=to,
            **replace(how, conversation=named).stated(),
            follows=self.decided or self._follows,
        )
        self.decided, self._told = verdict.decision.id, False
        document = verdict.payload
        values: Mapping[str, str] = {}
        if verdict.conversation:
            values = self._guard.vault.live(verdict.conversation, texts.values())
            if not how.conversation:
                values = unnamed.own(values, walked)
        changed = document is not walked.document or read.amended
        self._released = Released(verdict, document, changed, values)
        return self._released

    def reply(self, status: int, headers: tuple[Header, ...]) -> Reply:
        """The answer to what was submitted.

        Args:
            status: Its status.
            headers: Its headers.

        Raises:
            Undecided: If it cannot be restored as it comes.
        """
        read, released = self._read, self._released
        if read is None or released is None:
            raise Denied("nothing was submitted, so nothing can be answered")
        how = (read.dialect, {}, None) if read.passes else self._treatment(read, released)
        restoring = Restoring(*how, structured=structured(read.walked))
        try:
            reply = Reply(restoring, headers, partial(self._ended, status))
        except GuardError:
            self.failed("unreadable", status)
            raise
        if marking.owed(released.verdict.decision, status):
            reply.headers = marking.marked(reply.headers)
        return reply

    def failed(self, outcome: Outcome, status: int = 0) -> None:
        """Write down that there is no answer to what was released, or that it goes no further.

        Args:
            outcome: What there was instead.
            status: The status, if one came.
        """
        self._tell(outcome=outcome, status=status)

    def _ended(self, status: int, reply: Reply, whole: bool) -> None:  # noqa: ARG002 - a hook
        """Called once, when an answer has ended."""
        labels = {label: category for category, label in self._guard.labels.items()}
        self._tell(
            outcome=reply.outcome,
            status=status,
            streamed=reply.streamed,
            received=reply.received,
            delivered=reply.delivered,
            restored=reply.counts.restored,
            found={labels[label]: count for label, count in reply.counts.labelled.items()},
            marked=marking.MARK in reply.headers,
        )

    def _tell(self, **how: Any) -> None:
        read, released = self._read, self._released
        if read is None or released is None or self._told:
            return
        self._told = True
        self._guard.ended(
            Ended(
                decision=released.verdict.decision.id,
                dialect=read.dialect.name,
                served=self.served,
                secret=self._sent_values(read, released) if self.served else (),
                took_us=(time.monotonic_ns() - released.began_ns) // 1000,
                **how,
            )
        )

    def _treatment(
        self, read: Read, released: Released
    ) -> tuple[Dialect, Mapping[str, str], Screening | None]:
        screening = screening_of(self._guard, self._sent_values(read, released))
        return read.dialect, released.values, screening

    def _sent_values(self, read: Read, released: Released) -> tuple[str, ...]:
        """The values that the caller itself sent: no news in an answer."""
        texts = {segment.pointer: segment.text for segment in read.texts}
        return tuple(
            texts[found.pointer][found.start : found.end] for found in released.verdict.findings
        )

    def _taken(self, read: Callable[[], Read]) -> Read:
        """What is read; what cannot be is written down and refused."""
        try:
            self._read = read()
        except GuardError as error:
            self._guard.unread(error)
            raise
        except Exception as error:  # noqa: BLE001 - a door: a bug is no answer, and no answer is a no
            refused = undecided(error)
            self._guard.unread(refused)
            raise refused from None
        return self._read


def _of_the_body(found: Mapping[str, str], beside: tuple[Segment, ...]) -> Mapping[str, str]:
    """The texts that stand in the body.

    Raises:
        ObligationError: If one beside it would have to change.
    """
    if not beside:
        return found
    for segment in beside:
        if found.get(segment.pointer, segment.text) != segment.text:
            raise ObligationError(
                "what would have to be taken out stands in an address or a header",
                remedy="send it in the body",
            )
    outside = {segment.pointer for segment in beside}
    return {pointer: text for pointer, text in found.items() if pointer not in outside}
