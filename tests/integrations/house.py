"""A guard in a directory of its own that knows the upstreams of a test."""

from __future__ import annotations

from pathlib import Path

from guard import Guard
from guard.cli.main import run
from guard.config import Config

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"


def place(url, name="abroad", country="US", **more):
    """A destination at an address."""
    return {
        "id": name, "title": name, "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": [country], "processing": [country], "operator": country,
        "parent": country, "access": [country], "weights": country, "retention_days": 0,
        "safeguards": ["dpa_art28", "scc_2021_914", "tia"], "training_use": "no",
        "source": "made for a test", "checked": "2026-11-22", "valid_from": "2020-01-01",
        "valid_until": "9999-12-31", "confidence": "high", **more,
    }  # fmt: skip


def make(directory: Path, *places, **changes) -> Guard:
    """A guard that knows these destinations."""
    if not directory.exists():
        assert run(["init", str(directory), "--name", "test.example/integrations"]) == 0
    loaded = Config.load(directory / "guard.toml")
    return Guard(loaded.model_copy(update={"destination": places, **changes}))
