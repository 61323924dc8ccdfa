"""A decision about a document that a framework holds, and the way back for what answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guard.dialects import Walked, named
from guard.doors.circumstances import Circumstances
from guard.doors.screening import screening_of
from guard.errors import GuardError
from guard.payload import Content, copied
from guard.stream.passage import Passages

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict
    from guard.types import Destination


@dataclass(frozen=True, slots=True)
class Released:
    """What was decided about a document.

    Args:
        verdict: The decision, permitted or not.
        values: Value by token that stands in what may be released.
        own: The values that the document itself holds: no news in an answer.
    """

    verdict: Verdict
    values: Mapping[str, str] = field(repr=False)
    own: tuple[str, ...] = field(repr=False)

    @property
    def document(self) -> Any:
        """The document as it may go.

        Raises:
            Denied: If it may not.
        """
        return self.verdict.payload

    def passages(self, guard: Gate) -> Passages:
        """The treatment of an answer's texts: new personal data out, pseudonyms back."""
        return Passages(self.values, screening_of(guard, self.own))


def released(
    guard: Gate,
    dialect: str,
    document: Any,
    to: str | Sequence[str | Destination] | None,
    how: Circumstances,
) -> Released:
    """Decide about a document of a dialect, and write that down.

    Args:
        guard: Who decides.
        dialect: The name of what the document speaks (see `guard.dialects`).
        document: Plain JSON values.
        to: Where it would go, best first; None for the configured destinations.
        how: What holds beside the document.

    Raises:
        InputError: If it is none of that dialect's.
        Undecided: If there is no answer.
    """
    try:
        walked = named(dialect).request(copied(document))
    except GuardError as error:
        guard.unread(error)
        raise
    texts: dict[str, str] = {}

    def rebuilt(found: Mapping[str, str]) -> Any:
        texts.update(found)
        return walked.rebuilt(found)

    content = Content(walked.segments, rebuilt, _unscanned(walked))
    verdict = guard.decide(content, to=to, **how.stated())
    values: Mapping[str, str] = {}
    if verdict.permitted and verdict.conversation:
        values = guard.vault.live(verdict.conversation, texts.values())
    return Released(verdict, values, _own(walked, verdict))


def _unscanned(walked: Walked) -> tuple[str, ...]:
    """The kinds of content that nobody can scan; state at the provider is one."""
    kinds = {one.kind for one in walked.opaque}
    if walked.state:
        kinds.add("provider_state")
    return tuple(sorted(kinds))


def _own(walked: Walked, verdict: Verdict) -> tuple[str, ...]:
    texts = {segment.pointer: segment.text for segment in walked.segments}
    return tuple(texts[found.pointer][found.start : found.end] for found in verdict.findings)
