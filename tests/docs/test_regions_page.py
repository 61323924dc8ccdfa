"""Every command of the page on regions runs, and every block of it loads."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from guard.cli.main import run
from guard.regions import DestinationRow, Regions
from guard.regions.resolve import Resolver

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "regions.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    found: list[str] = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found


COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in blocks("sh")
    for line in block.splitlines()
    if line.strip()
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_runs(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUARD_CONFIG", raising=False)
    day = ["--on", "2026-12-01"] if "check" in words else []  # so that the page does not rot
    assert run([*words, *day]) == 0
    assert capsys.readouterr().out


def test_every_destination_of_the_page_loads_and_is_reached():
    rows = [row for block in blocks("toml") for row in tomllib.loads(block)["destination"]]
    regions = Regions.load([ROOT / "regions"], rows)
    resolver = Resolver.of(regions)
    assert resolver.resolve("https://acme.openai.azure.com/openai").base == "acme-azure"
    assert resolver.resolve("http://10.1.2.3:8000/v1/chat").base == "acme-vllm"
    assert "sov-2.seal-2" in regions.destination("scw-fr-par").assurance


def test_the_kill_switch_of_the_page_closes_the_framework(tmp_path):
    (block,) = blocks("yaml")
    (tmp_path / "own.yaml").write_text(block, "utf-8")
    table = Regions.load([ROOT / "regions", tmp_path]).tables()["adequacy"]["eu_gdpr"]
    assert [row["revoked"] for row in table["US"]] == [True]


def test_the_page_names_every_column_that_people_need():
    addressing = {"url", "hosts", "cloud", "region_field", "regional", "selectors", "aliases"}
    plain = {"id", "title", "kind", "role", "aggregator", "source", "checked", "confidence",
             "valid_from", "valid_until", "replaces"}  # fmt: skip
    for column in set(DestinationRow.model_fields) - addressing - plain:
        assert f"`{column}`" in PAGE, column
