"""What must hold of every exchange, held against the bytes that arrived and the signed log alone.

A receipt is matched to its entry by the commitment that the entry holds to what was released, so
no word of the door itself is taken for it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from guard.dialects import parse
from guard.doors.circumstances import Circumstances
from guard.doors.reading import Read, to_a_provider
from guard.doors.wire import Sent
from guard.errors import VerificationError
from guard.gate.journal import content
from guard.log import DigestKey, Log, VerifierKey
from guard.log.record import timestamp
from guard.types import Segment
from tests.proofs.conversations import Call
from tests.proofs.doors import Heard
from tests.proofs.hearing import aligned, read, spoken
from tests.proofs.planted import Search, Value, compact
from tests.proofs.provider import (
    ECHO,
    GLUED,
    LIKE,
    LOOKALIKES,
    TOKEN,
    Answer,
    Receipt,
    last_text,
)

CALM = frozenset({"", "late", "packed", "bare", "odd"})
"""Faults after which an answer is what it would have been."""


@dataclass
class Count:
    """How much was looked at.

    Args:
        calls: Calls that were made.
        received: Requests that arrived.
        again: Of those, a call's second and later ones at the same place.
        elsewhere: A call's later ones that went to another place than the one before.
        refused: Calls of which nothing arrived.
        left: Calls whose caller did not wait for the end.
        treatments: Requests that arrived, by their treatment.
        restored: Answers that hold something that was turned back.
        twins: Answers that were compared with their streamed or whole twin.
        entries: Of the logs.
    """

    calls: int = 0
    received: int = 0
    again: int = 0
    elsewhere: int = 0
    refused: int = 0
    left: int = 0
    treatments: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    restored: int = 0
    twins: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a door promises.

    Args:
        wire: A request leaves with its query and its headers, which are read as well.
        hops: How often a call may leave, each time under a decision of its own.
        invented: What a provider invents comes back to whom it was told.
        answers: How many answers to a release may be written down.
    """

    wire: bool = True
    hops: int = 1
    invented: bool = False
    answers: int = 1


class Judge:
    """Looks at batches of exchanges.

    Args:
        home: The guard's directory.
        terms: What the door promises.
    """

    def __init__(self, home: Path, terms: Terms | None = None) -> None:
        self._home = home
        self._at: dict[str, int] = defaultdict(int)
        self._terms = terms or Terms()
        self._verifier = VerifierKey.load(home / "guard.pub")
        self._key = DigestKey.load(home / "digest.key")
        self.count, self.search = Count(), Search()
        self.failures: list[str] = []

    def look(self, heards: Sequence[Heard], receipts: Sequence[Receipt],
             answers: dict[str, Answer]) -> None:  # fmt: skip
        """Judge a batch: all that was asked, received and said in it."""
        calls = {one.call.name: one.call for one in heards}
        for call in calls.values():
            for value in (*call.values, *call.script.invented):
                self.search.add(value)
        entries = self._entries()
        found: dict[str, list[tuple[Receipt, Any]]] = defaultdict(list)
        for receipt in sorted(receipts, key=lambda r: r.at):
            entry = self._entry(receipt, calls[receipt.call], entries)
            if entry is None:
                self._failed(
                    calls[receipt.call], "was received and no entry of the log releases it"
                )
            elif len(found[receipt.call]) == self._terms.hops:
                self._failed(calls[receipt.call], "was received too often")
            else:
                found[receipt.call].append((receipt, entry))
        self._refusals(heards, {receipt.call for receipt in receipts})
        self._sent(found, calls)
        self._came(heards, found, answers)

    def end(self) -> None:
        """The logs as a whole once they are closed, and every file that the guard has written."""
        for name, log in self._logs():
            try:
                self.count.entries += log.verify().entries
            except VerificationError as error:
                self.failures.append(f"{name}: {error.message}")
            self._ended(name, log)
        files = [path for path in sorted(self._home.rglob("*")) if path.is_file()]
        for at, value in self.search.hits([path.read_bytes() for path in files]):
            self.failures.append(f"{files[at].name} holds a {value.kind} of {value.owner}")

    def _failed(self, call: Call, what: str) -> None:
        self.failures.append(
            f"{call.name} ({call.dialect} to {call.place}, {call.script.fault or 'calm'},"
            f" {'streamed' if call.streamed else 'whole'}): {what}"
        )

    def _entries(self) -> dict[tuple[str, int], list[Any]]:
        """New releases of the log, by destination and by how long the released content is."""
        entries: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for name, log in self._logs():
            for entry in log.entries(self._at[name]):
                self._at[name] += 1
                if entry.kind == "decision" and entry.output is not None:
                    assert entry.effect == "permit"
                    entries[entry.destination.id, entry.output.bytes].append(entry)
        return entries

    def _logs(self) -> Iterator[tuple[str, Log]]:
        """The log, or that of each worker."""
        directory, own = self._home / "decisions", self._verifier
        workers = [one.name for one in sorted(directory.glob("worker-*"))]
        if not workers:
            yield "", Log(directory, own)
        for name in workers:
            yield name, Log(directory / name, VerifierKey(f"{own.name}/{name}", own.public))

    def _ended(self, name: str, log: Log) -> None:
        """Whether it is written down of each release, and after it, what came back."""
        ends: dict[str, int] = {}
        for entry in log.entries():
            if entry.kind == "decision" and entry.output is not None:
                ends[entry.id] = 0
            elif entry.kind == "answer":
                if ends.get(entry.decision, self._terms.answers) == self._terms.answers:
                    self.failures.append(f"{name}: an answer to nothing, or one too many")
                else:
                    ends[entry.decision] += 1
        if silent := sum(not many for many in ends.values()):
            self.failures.append(f"{name}: {silent} releases and no word of what came back")

    def _entry(
        self, receipt: Receipt, call: Call, entries: dict[tuple[str, int], list[Any]]
    ) -> Any:
        received = self._read(receipt.place, receipt.target, receipt.headers, receipt.body)
        asked = self._read(call.place, call.target, call.headers, call.body)
        document = parse(receipt.body)
        body = received.walked.segments
        # Without the escapes that it had, JSON in a text may be a plain text now.
        same = [replace(one, text=str(at(document, one.pointer))) for one in asked.walked.segments]
        if [one.text for one in asked.beside] != [one.text for one in received.beside]:
            return None
        for segments in (
            (*texts, *beside) for beside in _moved(asked.beside) for texts in (body, same)
        ):
            released = content(segments)
            among = entries.get((receipt.place, len(released)), [])
            for number, entry in enumerate(among):
                made = self._key.commit(entry.id, "output", released)
                if made["c"] == entry.output.c and entry.ts <= timestamp(receipt.at):
                    return among.pop(number)
        return None

    def _read(
        self, place: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> Read:
        """What a request says, in its body and beside it."""
        wire = self._terms.wire
        url = f"https://{place}.example{target if wire else target.partition('?')[0]}"
        return to_a_provider(Sent("POST", url, headers, body), Circumstances(), (), headers=wire)

    def _its(self, value: Value, call: Call) -> bool:
        """Whether a value is of a call's conversation, or equal by chance to one that is."""
        owners = self.search.owners[value.text]
        if self._terms.invented:
            owners = {owner.removeprefix("!") for owner in owners}
        return call.conversation in owners

    def _refusals(self, heards: Sequence[Heard], received: set[str]) -> None:
        for one in heards:
            self.count.calls += 1
            self.count.left += not one.whole and not one.refused and bool(one.call.leave)
            if one.call.name not in received:
                self.count.refused += 1
                if not one.refused:
                    self._failed(one.call, "neither arrived nor was refused")
            elif one.call.unscannable:
                self._failed(one.call, "holds what nobody can scan and was sent")
        shown = [one.shown.encode("utf-8", "surrogatepass") for one in heards]
        for at, value in self.search.hits(shown):
            self._failed(heards[at].call, f"an error or a repr shows a {value.kind}")

    def _hops(self, found: dict[str, list[tuple[Receipt, Any]]]) -> None:
        for hops in found.values():
            self.count.received += len(hops)
            for (one, _), (other, _) in pairwise(hops):
                self.count.again += one.place == other.place
                self.count.elsewhere += one.place != other.place

    def _sent(self, found: dict[str, list[tuple[Receipt, Any]]], calls: dict[str, Call]) -> None:
        pairs = [pair for hops in found.values() for pair in hops]
        self._hops(found)
        for at, value in self.search.hits([receipt.bytes for receipt, _ in pairs]):
            receipt, entry = pairs[at]
            call = calls[receipt.call]
            if not self._its(value, call):
                self._failed(call, f"a {value.kind} of {value.owner} was sent")
            elif entry.treatment != "none":
                self._failed(call, f"a {value.kind} was sent although it was to {entry.treatment}")
        for receipt, entry in pairs:
            call = calls[receipt.call]
            self.count.treatments[entry.treatment] += 1
            if any(name.lower().startswith("x-guard") for name, _ in receipt.headers):
                self._failed(call, "a header of ours was sent")
            if entry.treatment != "none":
                seen = compact(receipt.bytes.decode("utf-8", "replace"))
                for value in call.values:
                    if compact(value.text) in seen:
                        self._failed(call, f"a {value.kind} was sent in disguise")

    def _came(
        self,
        heards: Sequence[Heard],
        found: dict[str, list[tuple[Receipt, Any]]],
        answers: dict[str, Answer],
    ) -> None:
        came = [one.data + b"\n" + read(one).encode("utf-8", "replace") for one in heards]
        for at, value in self.search.hits(came):
            call = heards[at].call
            if not self._its(value, call):
                what = "invented" if value.owner.startswith("!") else "another's"
                self._failed(call, f"a {value.kind} came back that is {what}")
        for one in heards:
            hops = found.get(one.call.name, ())
            calm = one.call.script.fault in CALM or len(hops) > 1
            if not one.whole or one.refused or not calm:
                continue
            if hops and one.call.dialect != "openai.embeddings":
                receipt, entry = hops[-1]
                for what in self._said(one, receipt, entry.treatment, answers[one.call.name]):
                    self._failed(one.call, what)

    def _said(self, one: Heard, receipt: Receipt, treatment: str, answer: Answer) -> Iterator[str]:
        """What is wrong with the text of an answer that went well."""
        call = one.call
        twice = call.script.tool or call.script.structured or not call.streamed
        if call.script.fault == "late" and twice:
            return  # two JSON texts in a row
        try:
            text = spoken(call, one.data)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            yield f"the answer is none of its dialect: {type(error).__name__}"
            return
        if one.twin:
            self.count.twins += 1
            other = replace(call, streamed=not call.streamed)
            if spoken(other, one.twin) != text:
                yield "it says something else when it is streamed than when it is whole"
        last = last_text(call.dialect, json.loads(receipt.body))
        mine = last if treatment == "redact" else call.last
        self.count.restored += mine != last
        if f"{ECHO}{mine}\n" not in text:
            yield "the text did not come back as it was"
        if f"{LIKE}{LOOKALIKES}\n" not in text:
            yield "words that look like stand-ins were changed"
        for line in answer.said.split("\n"):
            if line.startswith(GLUED):
                values = aligned(last, mine)
                wanted = "".join(values.get(token, token) for token in TOKEN.findall(last))
                if values and f"{GLUED}{wanted}xyz\n" not in text:
                    yield "stand-ins without a space between them did not come back"


def _moved(beside: tuple[Segment, ...]) -> Iterator[tuple[Segment, ...]]:
    """Texts beside a body, counted among other headers: clients put some before them."""
    yield beside
    numbers = [one.pointer.rpartition("/") for one in beside]
    if any(place.startswith("~header") for place, _, _ in numbers):
        for by in (n for n in range(-9, 10) if n):
            yield tuple(
                replace(one, pointer=f"{place}/{int(number) + by}")
                if place.startswith("~header")
                else one
                for one, (place, _, number) in zip(beside, numbers, strict=True)
            )


def at(document: Any, pointer: str) -> Any:
    """What stands at a pointer of a walked body."""
    value = document
    for token in pointer.replace("~j", "/~j").split("/")[1:]:
        if token == "~j":
            value = parse(value.encode())
        elif token.startswith(("~k", "~v")):
            value = list(value.items())[int(token[2:])][token[1] == "v"]
        else:
            value = value[int(token)] if isinstance(value, list) else value[token]
    return value
