"""Runs conversations through a door, some at a time, and has them judged."""

from __future__ import annotations

import contextlib
import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guard import Guard
from tests.proofs.conversations import PATHS, Conversation
from tests.proofs.doors import PLACES, Door, Heard, InMemory, Sockets, begun, configured, serving
from tests.proofs.gateway import serve
from tests.proofs.hearing import heard
from tests.proofs.judge import Count, Judge, Terms
from tests.proofs.provider import GLUED, Provider

SERVED = tuple(dialect for dialect in PATHS if not dialect.startswith("gemini"))
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
    terms = Terms(invented=_told(sections), answers=2)
    provider = Provider()
    with watched(home, terms) as found, Guard(configured(home, urls, **sections)) as guard:
        door = door or InMemory
        have(door(guard, provider), provider, found.judge, _some(seed, numbers, how))
    return found.done


def sockets(seed: str, numbers: range, directory: str, **sections: dict[str, Any]) -> Done:
    """The same through an HTTP client and servers on this machine."""
    how = sections.pop("how", {})
    home = begun(Path(directory) / "guard")
    provider = Provider()
    with (
        watched(home, Terms(invented=_told(sections))) as found,
        serving(provider) as urls,
        Guard(configured(home, urls, **sections)) as guard,
        contextlib.closing(Sockets(guard, urls)) as door,
    ):
        have(door, provider, found.judge, _some(seed, numbers, how))
    return found.done


def gateway(
    seed: str, numbers: range, directory: str, workers: int = 1, **sections: dict[str, Any]
) -> Done:
    """The same through the process of `guard serve` and servers on this machine."""
    how = {"dialects": SERVED, "routed": True, **sections.pop("how", {})}
    home = begun(Path(directory) / "guard")
    terms = Terms(wire=False, hops=4, invented=_told(sections))
    provider = Provider()
    with (
        watched(home, terms) as found,
        serving(provider) as urls,
        serve(home, provider, urls, workers, **sections) as door,
    ):
        have(door, provider, found.judge, _some(seed, numbers, how))
    return found.done


def _told(sections: dict[str, Any]) -> bool:
    """Whether callers are told what a provider invents."""
    return bool(sections.get("answers", {}).get("new") == "pass")


def _some(seed: str, numbers: range, how: dict[str, Any]) -> Iterator[Conversation]:
    return (Conversation(seed, number, PLACES, **how) for number in numbers)


class Watched:
    """A run that is judged.

    Args:
        home: The guard's directory.
        terms: What the door promises.

    Attributes:
        done: What the run found, after it.
    """

    done: Done

    def __init__(self, home: Path, terms: Terms) -> None:
        self.judge, self.kept = Judge(home, terms), _Kept()
        self.scratch = home.parent / "tmp"
        self.scratch.mkdir(exist_ok=True)

    def end(self) -> None:
        """Judge what is left when everything is closed: logs, files and what was logged."""
        self.judge.end()
        files = [path.read_bytes() for path in self.scratch.rglob("*") if path.is_file()]
        files.append("\n".join(self.kept.lines).encode("utf-8", "surrogatepass"))
        for _, value in self.judge.search.hits(files):
            self.judge.failures.append(f"a log record or a temporary file holds a {value.kind}")
        self.done = Done(self.judge.failures, self.judge.count)


@contextlib.contextmanager
def watched(home: Path, terms: Terms) -> Iterator[Watched]:
    """Keep what is logged and what files are made while the block runs, and judge them after."""
    made = Watched(home, terms)
    before, tempfile.tempdir = tempfile.tempdir, str(made.scratch)
    root = logging.getLogger()
    level = root.level
    root.addHandler(made.kept)
    root.setLevel(logging.DEBUG)
    try:
        yield made
    finally:
        root.removeHandler(made.kept)
        root.setLevel(level)
        tempfile.tempdir = before
    made.end()


def have(
    door: Door, provider: Provider, judge: Judge, conversations: Iterator[Conversation]
) -> None:
    """Have conversations, eight at a time, and have them judged."""
    with ThreadPoolExecutor(THREADS) as pool:
        while batch := [one for _, one in zip(range(BATCH), conversations, strict=False)]:
            heards = [h for part in pool.map(lambda c: had(door, provider, c), batch) for h in part]
            judge.look(heards, provider.receipts, provider.answers)
            provider.receipts, provider.answers = [], {}


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
