"""One governed request and its answer, whatever carries them: nothing here reads or writes.

sent = exchange.submit(request)      # decided, recorded, rewritten; or a refusal is raised
reply = exchange.reply(status, headers)
for chunk in answer: caller.write(reply.feed(chunk))
caller.write(reply.close())
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from guard.dialects import Dialect, Walked, find, parse
from guard.doors import marking
from guard.doors.circumstances import Circumstances
from guard.doors.reply import Reply, Restoring
from guard.doors.screening import screening_of
from guard.doors.wire import Header, Sent, kind_of
from guard.errors import Denied, GuardError, InputError
from guard.gate.ended import Ended, Served
from guard.log.answered import Outcome
from guard.payload import Content
from guard.types import Destination

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict

_JSON = frozenset({"application/json", "application/vnd.api+json"})


@dataclass(frozen=True, slots=True)
class Read:
    """A request that was read: its dialect, and its body taken apart.

    Args:
        dialect: What it speaks.
        walked: The body.
        circumstances: What holds beside the body, the request's own headers included.
    """

    dialect: Dialect
    walked: Walked
    circumstances: Circumstances


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

    Attributes:
        served: Where it was served, if somebody looked; to be set before the answer ends.
    """

    def __init__(self, guard: Gate, circumstances: Circumstances | None = None) -> None:
        self._guard = guard
        self._circumstances = circumstances or Circumstances()
        self.served: Served | None = None
        self._read: Read | None = None
        self._released: Released | None = None
        self._before = ""

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
        read = self.read(sent)
        destination = self.destination(sent, read.walked)
        released = self.decide(read, [destination])
        body = orjson.dumps(released.document) if released.changed else None
        return sent.rewritten(body)

    def read(self, sent: Sent) -> Read:
        """A request taken apart.

        Raises:
            InputError: If its address speaks no dialect that is known, or its body is none of it.
        """
        try:
            found = self._taken_apart(sent)
        except InputError as error:
            self._guard.unread(error)
            raise
        self._read = found
        return found

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

    def decide(self, read: Read, to: Sequence[str | Destination]) -> Released:
        """Decide, write down, and discharge what the decision obliges to.

        A request that is sent again or elsewhere is decided again; the records are linked.

        Raises:
            Refused: If nothing may leave.
        """
        walked, how = read.walked, read.circumstances
        texts: dict[str, str] = {}

        def rebuilt(found: Mapping[str, str]) -> Any:
            texts.update(found)
            return walked.rebuilt(found)

        verdict = self._guard.decide(
            Content(walked.segments, rebuilt, unscanned(walked)),
            to=to,
            purpose=how.purpose,
            principal=how.principal,
            conversation=how.conversation or begun(how.principal, walked),
            session=how.session,
            language=how.language,
            use_case=how.use_case,
            categories=how.categories,
            subjects=how.subjects,
            request_id=how.request_id,
            facts=how.facts,
            follows=self._before,
        )
        self._before = verdict.decision.id
        document = verdict.payload
        values: Mapping[str, str] = {}
        if verdict.conversation:
            values = self._guard.vault.live(verdict.conversation, texts.values())
        changed = document is not walked.document
        self._released = Released(verdict, document, changed, values)
        return self._released

    def reply(
        self, status: int, headers: tuple[Header, ...], released: Released | None = None
    ) -> Reply:
        """The answer to what was submitted.

        Args:
            status: Its status.
            headers: Its headers.
            released: What it answers, where several were; the last if not given.

        Raises:
            Undecided: If it cannot be restored as it comes.
        """
        read, released = self._read, released or self._released
        if read is None or released is None:
            raise Denied("nothing was submitted, so nothing can be answered")
        screening = screening_of(self._guard, self._sent_values(read, released))
        restoring = Restoring(
            read.dialect, released.values, screening, structured=structured(read.walked)
        )
        try:
            reply = Reply(restoring, headers, partial(self._ended, status, released))
        except GuardError:
            self.failed("unreadable", status, released)
            raise
        if marking.owed(released.verdict.decision, status):
            reply.headers = marking.marked(reply.headers)
        return reply

    def failed(self, outcome: Outcome, status: int = 0, released: Released | None = None) -> None:
        """Write down that there is no answer to what was submitted, or that it goes no further.

        Args:
            outcome: What there was instead.
            status: The status, if one came.
            released: What was sent, or would have been; the last if not given.
        """
        if released := released or self._released:
            self._tell(released, outcome=outcome, status=status)

    def _ended(self, status: int, released: Released, reply: Reply) -> None:
        """Called once, when an answer has ended."""
        labels = {label: category for category, label in self._guard.labels.items()}
        self._tell(
            released,
            outcome=reply.outcome,
            status=status,
            streamed=reply.streamed,
            received=reply.received,
            delivered=reply.delivered,
            restored=reply.counts.restored,
            found={labels[label]: count for label, count in reply.counts.labelled.items()},
            marked=marking.MARK in reply.headers,
        )

    def _tell(self, released: Released, **how: Any) -> None:
        read = self._read
        self._guard.ended(
            Ended(
                decision=released.verdict.decision.id,
                dialect=read.dialect.name if read else "unknown",
                served=self.served,
                secret=self._sent_values(read, released) if read and self.served else (),
                took_us=(time.monotonic_ns() - released.began_ns) // 1000,
                **how,
            )
        )

    def _sent_values(self, read: Read, released: Released) -> tuple[str, ...]:
        """The values that the caller itself sent: no news in an answer."""
        texts = {segment.pointer: segment.text for segment in read.walked.segments}
        return tuple(
            texts[found.pointer][found.start : found.end] for found in released.verdict.findings
        )

    def _taken_apart(self, sent: Sent) -> Read:
        said = sent.said()
        circumstances = self._circumstances.with_headers(said)
        dialect = find(sent.method, sent.path)
        if dialect is None:
            raise InputError(
                f"nobody knows what {sent.method[:16]} means at this address",
                remedy="send it by a client that guard does not stand before, if it holds no data",
            )
        if said.get("content-encoding", "identity") != "identity":
            raise InputError("a packed body cannot be scanned", remedy="send it as it is")
        if kind_of(said) not in _JSON:
            raise InputError("the body is not JSON by its content-type")
        return Read(dialect, dialect.request(parse(sent.body)), circumstances)


def unscanned(walked: Walked) -> tuple[str, ...]:
    """The kinds of content that nobody can scan; what refers to state at the provider is one."""
    kinds = {one.kind for one in walked.opaque}
    if walked.state:
        kinds.add("provider_state")
    return tuple(sorted(kinds))


def begun(principal: str, walked: Walked) -> str:
    """The conversation of a request that names none.

    Clients send the whole conversation at every turn, so the first message of a user says which it
    is. The vault keeps a keyed digest of this.
    """
    place = _first_user(walked.document)
    first = [
        s.text for s in walked.segments if s.pointer == place or s.pointer.startswith(f"{place}/")
    ]
    return "\0".join(("begun", principal, *first)) if first else ""


def _first_user(document: Any) -> str:
    """Where the first message of a user stands."""
    if not isinstance(document, dict):
        return ""
    for name in ("messages", "input", "contents"):
        turns = document.get(name)
        if isinstance(turns, str):
            return f"/{name}"
        for index, turn in enumerate(turns if isinstance(turns, list) else ()):
            if isinstance(turn, dict) and turn.get("role", "user") == "user":
                return f"/{name}/{index}"
    return "/prompt"


def structured(walked: Walked) -> bool:
    """Whether a request asks for JSON as the answer's text."""
    body = walked.document
    if not isinstance(body, dict):
        return False
    wanted = body.get("response_format") or (body.get("text") or {}).get("format")
    return isinstance(wanted, dict) and wanted.get("type") in {"json_object", "json_schema"}
