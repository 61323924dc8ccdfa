"""Runs conversations through a door, some at a time, and has them judged."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guard import Guard
from tests.proofs.conversations import Conversation
from tests.proofs.doors import PLACES, Door, Heard, InMemory, Sockets, begun, configured, serving
from tests.proofs.judge import Count, Judge
from tests.proofs.provider import GLUED, Provider, heard

THREADS = 8
BATCH = 250


@dataclass
class Done:
    """What a run found.

    Args:
        failures: What is wrong, without any value.
        count: How much was looked at.
    """

    failures: list[str]
    count: Count


class _Kept(logging.Handler):
    """Keeps what is logged, by anybody, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.lines.append(self.format(record))


def memory(
    seed: str,
    numbers: range,
    directory: str,
    door: Callable[[Guard, Provider], Door] | None = None,
    **sections: dict[str, Any],
) -> Done:
    """Conversations through the door in memory.

    Args:
        seed: Of the run.
        numbers: Of the conversations.
        directory: Where the guard's files are made.
        door: Another door, made of a guard and the provider.
        sections: Changes of the configuration; ``how`` is of the conversations.
    """
    how = sections.pop("how", {})
    home = begun(Path(directory) / "guard")
    urls = {name: f"https://{name}.example" for name in PLACES}
    provider = Provider()
    with Guard(configured(home, urls, **sections)) as guard:
        door = door or InMemory
        return run(door(guard, provider), provider, home, _some(seed, numbers, how))


def sockets(seed: str, numbers: range, directory: str, **sections: dict[str, Any]) -> Done:
    """The same through an HTTP client and servers on this machine."""
    how = sections.pop("how", {})
    home = begun(Path(directory) / "guard")
    provider = Provider()
    with serving(provider) as urls, Guard(configured(home, urls, **sections)) as guard:
        door = Sockets(guard, urls)
        try:
            return run(door, provider, home, _some(seed, numbers, how))
        finally:
            door.close()


def _some(seed: str, numbers: range, how: dict[str, Any]) -> Iterator[Conversation]:
    return (Conversation(seed, number, PLACES, **how) for number in numbers)


def run(
    door: Door,
    provider: Provider,
    home: Path,
    conversations: Iterator[Conversation],
) -> Done:
    """Have conversations, eight at a time, and judge them."""
    judge, kept = Judge(home), _Kept()
    scratch = home.parent / "tmp"
    scratch.mkdir(exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(scratch)
    root = logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            while batch := [one for _, one in zip(range(BATCH), conversations, strict=False)]:
                heards = [
                    h for part in pool.map(lambda c: had(door, provider, c), batch) for h in part
                ]
                judge.look(heards, provider.receipts, provider.answers)
                provider.receipts, provider.answers = [], {}
    finally:
        root.removeHandler(kept)
        root.setLevel(level)
        tempfile.tempdir = before
    judge.end()
    files = [path.read_bytes() for path in scratch.rglob("*") if path.is_file()]
    files.append("\n".join(kept.lines).encode("utf-8", "surrogatepass"))
    for _, value in judge.search.hits(files):
        judge.failures.append(f"a log record or a temporary file holds a {value.kind}")
    return Done(judge.failures, judge.count)


def had(door: Door, provider: Provider, conversation: Conversation) -> list[Heard]:
    """One conversation."""
    heards: list[Heard] = []
    calls = conversation.calls()
    answer: str | None = None
    while True:
        try:
            call = next(calls) if answer is None else calls.send(answer)
        except StopIteration:
            return heards
        provider.calls[call.name] = call
        one = door.ask(call)
        heards.append(one)
        answer = _text(one, glued=conversation.glued)


def _text(one: Heard, *, glued: bool) -> str:
    """What an application takes for the answer."""
    try:
        text = heard(one.call.dialect, streamed=one.call.streamed, data=one.data)[0]
    except (ValueError, KeyError, TypeError, IndexError):
        return ""
    return text if glued else re.sub(f"{re.escape(GLUED)}.*?xyz", "", text)
