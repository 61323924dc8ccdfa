"""Small logs to look at and to harm."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from guard.log import LogWriter, SigningKey, uuid7

RECORDS = json.loads((Path(__file__).parents[2] / "vectors" / "log" / "records.json").read_text())
NOON = 1_795_348_800_000_000_000


class Clock:
    """A clock that a test sets; each look at it takes a millisecond."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        self.now += 1_000_000
        return self.now


class Randomness:
    """Numbers that differ and are the same in every run."""

    def __init__(self) -> None:
        self.count = itertools.count(1)

    def __call__(self, size):
        return next(self.count).to_bytes(size, "big")


class World:
    """A key, a clock and a directory; `entry` makes records with ids of their own."""

    def __init__(self, root) -> None:
        self.key = SigningKey("acme.example/guard", bytes(range(32)))
        self.clock = Clock()
        self.randomness = Randomness()
        self.directory = root / "log"

    def open(self, **options):
        chosen = {"clock": self.clock, "randomness": self.randomness, "background": False}
        return LogWriter.open(self.directory, self.key, **{**chosen, **options})

    def entry(self, kind="policy", **changes):
        """A record that names no decision of another log."""
        plain = {name: value for name, value in RECORDS[kind].items() if name != "follows"}
        return {**plain, "id": uuid7(self.clock(), self.randomness), **changes}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)
