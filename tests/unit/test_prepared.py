"""What was prepared is used for the very files it was made from, or not at all."""

from __future__ import annotations

import json

import pytest

from guard import prepared

KEY = prepared.digest("a key")


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "DIRECTORY", tmp_path / "_prepared")
    return tmp_path / "_prepared"


def test_what_was_written_is_read_under_its_key(place):
    prepared.write("x.bin", KEY, b"one\ntwo\n")
    assert prepared.read("x.bin", KEY) == b"one\ntwo\n"
    assert prepared.read("x.bin", prepared.digest("another")) is None
    assert prepared.read("y.bin", KEY) is None
    assert [one.name for one in place.iterdir()] == ["x.bin"]


def resealed(raw):
    """Another format whose digest is right."""
    head, _, body = raw.partition(b"\n")
    return json.dumps({**json.loads(head), "format": 0}).encode() + b"\n" + body


DAMAGES = {
    "empty": lambda raw: b"",
    "only its head": lambda raw: raw.partition(b"\n")[0],
    "a byte short": lambda raw: raw[:-1],
    "half": lambda raw: raw[: len(raw) // 2],
    "longer": lambda raw: raw + b" ",
    "one bit": lambda raw: raw[:-2] + bytes([raw[-2] ^ 1]) + raw[-1:],
    "an edit": lambda raw: raw.replace(b"true", b"null"),
    "no head": lambda raw: raw.partition(b"\n")[2],
    "a head of another kind": lambda raw: b"[]\n" + raw.partition(b"\n")[2],
    "a deep head": lambda raw: b"[" * 100_000 + b"\n" + raw.partition(b"\n")[2],
    "another format": resealed,
    "not text": lambda raw: b"\xff\xfe\n" + raw,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_no_file(place, damage):
    prepared.write_entries("x.json", KEY, {"a": [True, "b"]})
    assert prepared.entries("x.json", KEY) == {"a": [True, "b"]}
    raw = (place / "x.json").read_bytes()
    changed = damage(raw)
    assert changed != raw
    (place / "x.json").write_bytes(changed)
    assert prepared.read("x.json", KEY) is None
    assert prepared.entries("x.json", KEY) == {}


@pytest.mark.parametrize(
    "value", [(1, 2), {1: 2}, float("nan")], ids=["a tuple", "a number as key", "no number"]
)
def test_what_json_would_change_is_not_written(place, value):
    with pytest.raises(ValueError, match="not the same when it is read back"):
        prepared.write_entries("x.json", KEY, {"a": value})
    assert not place.exists()


def test_the_order_of_fields_is_kept(place):
    prepared.write_entries("x.json", KEY, {"b": {"z": 1, "a": 2}, "a": 3})
    read = prepared.entries("x.json", KEY)
    assert list(read) == ["b", "a"]
    assert list(read["b"]) == ["z", "a"]


def test_inputs_that_run_together_have_different_keys():
    assert prepared.digest("ab", "c") != prepared.digest("a", "bc")
    assert prepared.digest("ab") != prepared.digest("a", "b") != prepared.digest("a", "b", "")
    assert prepared.digest("a") == prepared.digest(b"a")


def test_other_code_makes_something_else(tmp_path, monkeypatch):
    """Whoever changes the code that prepares need not remember to raise a number."""
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(prepared, "_PACKAGE", tmp_path)
    seen = set()
    for name, text in [("a.py", "x = 1\n"), ("a.py", "x = 2\n"), ("b.py", "")]:
        (room / name).write_text(text, encoding="utf-8")
        prepared.maker.cache_clear()
        seen.add(prepared.maker("room"))
        seen.add(prepared.maker("room", "gordon-to-regorus"))
    prepared.maker.cache_clear()
    assert len(seen) == 6
    assert "" not in seen


def test_where_it_is_not_known_what_makes_it_nothing_is_prepared(place, tmp_path, monkeypatch):
    assert prepared.maker("policy", "no-distribution-of-this-name") == ""
    assert prepared.maker("no_room_of_this_name") == ""
    with pytest.raises(ValueError, match="no digest"):
        prepared.write("x.bin", "", b"x")
    prepared.write("x.bin", KEY, b"x")
    raw = (place / "x.bin").read_bytes().replace(KEY.encode(), b"")
    (place / "x.bin").write_bytes(raw)
    assert prepared.read("x.bin", "") is None
