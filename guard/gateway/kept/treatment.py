"""What an upstream has kept, on its way back: pseudonyms turned back, and new data taken out.

The request that fetches it holds none of its tokens, so those of the answer are looked up; and what
was sent with it is remembered in the vault, beside the pseudonyms, since it is no news when it
comes back. Everything here may block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from guard.dialects import Walked, parse
from guard.doors.reply import treated
from guard.doors.screening import screening_of
from guard.gateway.kept.tables import Reading
from guard.stream.counts import Counts
from guard.stream.events import Kind
from guard.stream.lanes import STRUCTURED
from guard.stream.passage import Passages, once

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict
    from guard.types import Segment

_SENT = "SENT"
"""The label under which the vault holds the values that were sent."""


def remembered(
    guard: Gate, conversation: str, verdict: Verdict, segments: Iterable[Segment]
) -> str:
    """Remember the values that a verdict found, and return the token under which they are.

    Args:
        guard: Whose vault.
        conversation: The conversation's name there.
        verdict: The verdict.
        segments: What it was about.

    Raises:
        ObligationError: If the vault does not take them.
    """
    texts = {segment.pointer: segment.text for segment in segments}
    values = sorted({texts[f.pointer][f.start : f.end] for f in verdict.findings})
    if not values or guard.config.answers.new == "pass":
        return ""
    with guard.vault.conversation(conversation) as tokenise:
        return tokenise(_SENT, orjson.dumps(values).decode())


class Treatment:
    """The treatment of what is kept of one conversation.

    Args:
        guard: Whose vault and detectors.
        conversation: The conversation's name in the vault.
        sent: What `remembered` returned, or ``""``.

    Attributes:
        counts: What was done.
        values: What was sent, and what was turned back.
    """

    def __init__(self, guard: Gate, conversation: str, sent: str) -> None:
        self._guard, self._conversation, self._sent = guard, conversation, sent
        self.counts = Counts()
        self.values: tuple[str, ...] = ()

    def document(self, raw: bytes, reading: Reading) -> Any:
        """A document, treated.

        Raises:
            InputError: If it is none.
            ObligationError: If the vault cannot be read.
        """
        return self.documents([parse(raw)], reading)[0]

    def lines(self, raw: bytes, reading: Reading) -> list[Any]:
        """A document on each line, treated.

        Raises:
            InputError: If a line is none.
            ObligationError: If the vault cannot be read.
        """
        return self.documents([parse(line) for line in raw.splitlines() if line.strip()], reading)

    def documents(self, found: Iterable[Any], reading: Reading) -> list[Any]:
        """Documents, treated."""
        taken = [_apart(reading.prepared(one), reading) for one in found]
        walks = [reading.dialect.answer(one) for one, _ in taken]
        texts = [segment.text for walked in walks for segment in walked.segments]
        texts += [text for _, outside in taken for text in outside.values()]
        values = self._live(texts)
        screening = screening_of(self._guard, self.values)
        self.values = (*self.values, *values.values())
        passages, names = Passages(values, screening), Passages(values)
        self.counts = passages.counts
        done = []
        for walked, (_, outside) in zip(walks, taken, strict=True):
            restored = treated(walked, passages, structured=_structured(walked))
            made = walked.rebuilt(restored, copies=screening is None)
            back = {n: once(names.of(Kind.TEXT), text) for n, text in outside.items()}
            done.append({**made, **back} if back else made)
        return done

    def _live(self, texts: list[str]) -> dict[str, str]:
        """The tokens in some texts with their values; what was sent goes into `values`."""
        if not self._conversation:
            return {}
        asked = [*texts, self._sent] if self._sent else texts
        values = self._guard.vault.live(self._conversation, asked)
        if self._sent in values:
            self.values = tuple(orjson.loads(values.pop(self._sent)))
        return values


def _structured(walked: Walked) -> bool:
    """Whether all that a model said is JSON: whether it was asked for is no longer known."""
    texts = [s.text for s in walked.segments if s.pointer.rpartition("/")[2] in STRUCTURED]
    return bool(texts) and all(map(_is_json, texts))


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _apart(found: Any, reading: Reading) -> tuple[Any, Mapping[str, str]]:
    """A document without the names for machines in it, and those; each keeps its place."""
    if not isinstance(found, dict):
        return found, {}
    outside = {n: v for n in reading.outside if isinstance(v := found.get(n), str)}
    return ({**found, **dict.fromkeys(outside, "")} if outside else found), outside
