"""Tables that were prepared are the ones that their files make, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from guard import prepared
from guard.errors import ConfigError
from guard.regions import tables

SHIPPED = Path(__file__).resolve().parents[3] / "regions"


@pytest.fixture
def place(tmp_path, monkeypatch):
    target = tmp_path / "_prepared"
    monkeypatch.setattr(prepared, "DIRECTORY", target)
    tables.prepare(SHIPPED)
    return target


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "regions"))


@pytest.fixture
def parses(monkeypatch):
    """The texts that are parsed; parsing itself is as it was."""
    seen: list[str] = []
    parse = yaml.load_all

    def watched(text, Loader):  # noqa: N803 - PyYAML's own name
        seen.append(text)
        return parse(text, Loader=Loader)

    monkeypatch.setattr(yaml, "load_all", watched)
    return seen


def without(monkeypatch, directories):
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "DIRECTORY", prepared.DIRECTORY / "nothing")
        return tables.read(directories)


def same(one, other):
    assert one == other
    assert repr(one) == repr(other)  # types and order too, which equality does not see
    assert (one.places, one.own) == (other.places, other.own)


def test_prepared_tables_are_the_computed_ones(place, parses, monkeypatch):
    found = tables.read([SHIPPED])
    assert parses == []
    same(found, without(monkeypatch, [SHIPPED]))
    assert len(parses) == len(list(tables._files(SHIPPED)))


def test_a_changed_table_is_read_and_no_other(place, copied, parses, monkeypatch):
    path = next(copied.rglob("adequacy*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("valid_until: 9999-12-31", "valid_until: 2999-12-31"), "utf-8")
    changed = path.read_text(encoding="utf-8")
    assert changed != text
    found = tables.read([copied])
    assert parses == [changed]
    assert found["adequacy"] != tables.read([SHIPPED])["adequacy"]
    same(found, without(monkeypatch, [copied]))


def test_a_row_that_is_wrong_is_refused_although_the_rest_is_prepared(place, copied):
    path = next(copied.rglob("adequacy*.yaml"))
    path.write_text(path.read_text("utf-8").replace("confidence: ", "sureness: "), "utf-8")
    with pytest.raises(ConfigError, match="adequacy"):
        tables.read([copied])


def test_an_overlay_is_read(place, copied, parses, monkeypatch):
    own = copied.parent / "own"
    own.mkdir()
    (own / "own.yaml").write_text(
        "table: declarations\nrows:\n  - {id: own_word, title: A word, states: Something.,"
        " cites: GDPR Art. 6, source: a test, checked: 2026-11-22, confidence: high,"
        " valid_from: 2018-05-25, valid_until: 9999-12-31}\n",
        encoding="utf-8",
    )
    found = tables.read([SHIPPED, own])
    assert len(parses) == 1
    assert "own_word" in found["declarations"]
    same(found, without(monkeypatch, [SHIPPED, own]))


def test_a_damaged_file_is_not_used(place, parses, monkeypatch):
    path = place / tables.PREPARED
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"confidence":"low"', b'"confidence":"high"'))
    assert path.read_bytes() != raw
    found = tables.read([SHIPPED])
    assert parses
    same(found, without(monkeypatch, [SHIPPED]))


def test_preparing_again_changes_nothing(place, parses):
    before = (place / tables.PREPARED).stat().st_mtime_ns
    tables.prepare(SHIPPED)
    assert parses == []
    assert (place / tables.PREPARED).stat().st_mtime_ns == before


def test_a_file_that_is_no_table_is_not_prepared(place, copied):
    (copied / "broken.yaml").write_text("table: [", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"regions/broken\.yaml:\d+: not YAML"):
        tables.prepare(copied)
