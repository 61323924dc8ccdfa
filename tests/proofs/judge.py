"""What must hold of every exchange, held against the bytes that arrived and the signed log alone.

A receipt is matched to its entry by the commitment that the entry holds to what was released, so
no word of the door itself is taken for it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from guard.dialects import parse
from guard.doors.circumstances import Circumstances
from guard.doors.reading import Read, to_a_provider
from guard.doors.wire import Sent
from guard.gate.journal import content
from guard.log import DigestKey, Log
from guard.log.record import timestamp
from guard.types import Segment
from tests.proofs.conversations import Call
from tests.proofs.doors import Heard
from tests.proofs.planted import Search, compact
from tests.proofs.provider import (
    ECHO,
    GLUED,
    LIKE,
    LOOKALIKES,
    TOKEN,
    Answer,
    Receipt,
    heard,
    last_text,
)

CALM = frozenset({"", "late", "packed"})
"""Faults after which an answer is what it would have been."""


@dataclass
class Count:
    """How much was looked at."""

    calls: int = 0
    received: int = 0
    refused: int = 0
    treatments: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    restored: int = 0
    twins: int = 0
    entries: int = 0


class Judge:
    """Looks at batches of exchanges.

    Args:
        home: The guard's directory.
    """

    def __init__(self, home: Path) -> None:
        self._home, self._at = home, 0
        self._verifier = (home / "guard.pub").read_text().strip()
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
        found: dict[str, tuple[Receipt, Any]] = {}
        for receipt in sorted(receipts, key=lambda r: r.at):
            entry = self._entry(receipt, calls[receipt.call], entries)
            if entry is None:
                self._failed(
                    calls[receipt.call], "was received and no entry of the log releases it"
                )
            elif receipt.call in found:
                self._failed(calls[receipt.call], "was received twice")
            else:
                found[receipt.call] = receipt, entry
        self._refusals(heards, {receipt.call for receipt in receipts})
        self._sent(found, calls)
        self._came(heards, found, answers)

    def end(self) -> None:
        """The log as a whole, and every file that the guard has written."""
        self.count.entries = Log(self._home / "decisions", self._verifier).verify().entries
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
        log = Log(self._home / "decisions", self._verifier)
        for entry in log.entries(self._at):
            if entry.kind == "decision" and entry.output is not None:
                assert entry.effect == "permit"
                entries[entry.destination.id, entry.output.bytes].append(entry)
        self._at = len(log)
        return entries

    def _entry(
        self, receipt: Receipt, call: Call, entries: dict[tuple[str, int], list[Any]]
    ) -> Any:
        received = _read(receipt.place, receipt.target, receipt.headers, receipt.body)
        asked = _read(call.place, call.target, call.headers, call.body)
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

    def _refusals(self, heards: Sequence[Heard], received: set[str]) -> None:
        for one in heards:
            self.count.calls += 1
            if one.call.name not in received:
                self.count.refused += 1
                if not one.refused:
                    self._failed(one.call, "neither arrived nor was refused")
            elif one.call.unscannable:
                self._failed(one.call, "holds what nobody can scan and was sent")
        shown = [one.shown.encode("utf-8", "surrogatepass") for one in heards]
        for at, value in self.search.hits(shown):
            self._failed(heards[at].call, f"an error or a repr shows a {value.kind}")

    def _sent(self, found: dict[str, tuple[Receipt, Any]], calls: dict[str, Call]) -> None:
        pairs = list(found.values())
        self.count.received += len(pairs)
        for at, value in self.search.hits([receipt.bytes for receipt, _ in pairs]):
            receipt, entry = pairs[at]
            call = calls[receipt.call]
            if value.owner != call.conversation:
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
        found: dict[str, tuple[Receipt, Any]],
        answers: dict[str, Answer],
    ) -> None:
        for at, value in self.search.hits([one.data for one in heards]):
            call = heards[at].call
            if value.owner != call.conversation:
                what = "invented" if value.owner.startswith("!") else "another's"
                self._failed(call, f"a {value.kind} came back that is {what}")
        for one in heards:
            if not one.whole or one.refused or one.call.script.fault not in CALM:
                continue
            if one.call.name in found and one.call.dialect != "openai.embeddings":
                receipt, entry = found[one.call.name]
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


def _read(place: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes) -> Read:
    """What a request says, in its body and beside it."""
    sent = Sent("POST", f"https://{place}.example{target}", headers, body)
    return to_a_provider(sent, Circumstances(), (), headers=True)


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


def aligned(last: str, mine: str) -> dict[str, str]:
    """What the stand-ins of a text stand for, by the text that it was made of; {} if unsure."""
    one, other = (_aligned(last, mine, some) for some in (".+?", ".+"))
    return one if one == other else {}


def _aligned(last: str, mine: str, some: str) -> dict[str, str]:
    groups: dict[str, str] = {}
    pattern = re.escape(TOKEN.split(last)[0])
    for token, after in zip(TOKEN.findall(last), TOKEN.split(last)[1:], strict=True):
        name = groups.get(token)
        groups.setdefault(token, f"t{len(groups)}")
        pattern += (f"(?P={name})" if name else f"(?P<{groups[token]}>{some})") + re.escape(after)
    made = re.fullmatch(pattern, mine, re.DOTALL)
    if made is None:  # other stand-ins stand there besides
        return {}
    return {token: made[name] for token, name in groups.items()}


def spoken(call: Call, data: bytes) -> str:
    """The text of an answer, wherever the provider has put it."""
    text, calls = heard(call.dialect, streamed=call.streamed, data=data)
    if call.script.tool:
        return str(calls[0]["to"])
    return str(json.loads(text)["said"]) if call.script.structured else text
