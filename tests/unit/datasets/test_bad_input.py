"""Every bad input gives one clear line with file, line and remedy, and never content."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import random
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guard.datasets.options import ReadOptions
from guard.datasets.reader import read
from guard.datasets.rows import REASONS
from guard.datasets.source import describe
from guard.datasets.units import plan
from guard.errors import ConfigError, InputError

SECRET = "Zyxomma-4711-secret"
GOOD = b'{"a":"x"}\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a":"' + SECRET.encode(), "malformed"),
        (b'{"a":NaN}', "malformed"),
        (b'{"a":"x"} {"b":1}', "malformed"),
        (b'{"a":"\\ud800"}', "malformed"),
        (b'{"a":"\xff"}', "encoding"),
        (b'{"a":"\x00"}', "nul"),
        (b"[" * 5000 + b"]" * 5000, "too_deep"),
        (b"[" * 300 + b"]" * 300, "too_deep"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "too_deep"),
        (b'{"a":"' + SECRET.encode() + b'","a":"x"}', "duplicate_key"),
        (b'{"b":{"a" : 1,"a"\t:2}}', "duplicate_key"),
        (b'{"a":"x","\\u0061":"y"}', "duplicate_key"),
        (b'{"a":"' + b"x" * 5000 + b'"}', "too_long"),
    ],
)
def test_jsonl_rows(outcome, tmp_path, line, reason):
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD + line + b"\n" + GOOD)
    limit = 4096 if reason == "too_long" else 2**20
    good, bad, fault, total, _ = outcome(file, max_row_bytes=limit)
    assert (set(good), bad, fault) == ({1, 3}, {2: reason}, None)
    assert total == file.stat().st_size


@pytest.mark.parametrize(
    "line", [b'{"a":"\\":\\":"}', b'{"a":":","b":"\\"c\\": 1"}', b'{"a" :{"b": 1}}', b'{"":1}']
)
def test_what_only_looks_like_a_repeated_member_is_read(outcome, tmp_path, line):
    file = tmp_path / "a.jsonl"
    file.write_bytes(line)
    assert outcome(file)[1] == {}


@pytest.mark.parametrize(
    ("data", "bad", "rows"),
    [
        (b"a,b\n1,2\n1,2,3\n4,5\n", {3: "ragged"}, {2, 4}),
        (b"a,b\n1\n4,5\n", {2: "ragged"}, {3}),
        (b'a,b\n1,"x"y\n4,5\n', {2: "malformed"}, {3}),
        (b'a,b\n1,"open\n2,3\n4,5\n', {2: "unclosed_quote"}, {3, 4}),
        (b'a,b\n1,"open\n2,3\n4,"x"\n5,6\n', {2: "malformed"}, {3, 4, 5}),
        (b"a,b\n1,\xff\n4,5\n", {2: "encoding"}, {3}),
        (b"a,b\n1,\x00\n4,5\n", {2: "nul"}, {3}),
        (b"a,b\n1," + b"x" * 5000 + b"\n4,5\n", {2: "too_long"}, {3}),
        (b'a,b\n1,"' + b"x\n" * 3000 + b'"\n4,5\n', None, {3003}),
    ],
)
def test_csv_rows(outcome, tmp_path, data, bad, rows):
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    good, found, fault, total, _ = outcome(file, max_row_bytes=4096)
    assert (fault, total) == (None, len(data))
    if bad is None:
        assert found[2] == "unclosed_quote"
        assert rows <= set(good)
    else:
        assert (found, set(good)) == (bad, rows)


def test_reading_again_after_faults_is_bounded(outcome, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,b\n" + b'1,"""x""\n' * 20_000)
    good, bad, fault, total, _ = outcome(file, max_row_bytes=4096)
    assert fault is None
    assert good == {}
    assert len(bad) <= 20_000
    assert total == file.stat().st_size


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"\xffx", "encoding"), (b"x\x00y", "nul"), (b"x" * 5000, "too_long")],
)
def test_text_rows(outcome, tmp_path, line, reason):
    file = tmp_path / "a.txt"
    file.write_bytes(b"x\n" + line + b"\n\ny")
    good, bad, fault, _, blank = outcome(file, max_row_bytes=4096)
    assert (set(good), bad, fault, blank) == ({1, 4}, {2: reason}, None, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [('{"a":1,"a":"' + SECRET + '"}', "duplicate_key"), ('"\\ud800"', "surrogate")],
)
def test_json_array_rows(outcome, tmp_path, text, reason):
    file = tmp_path / "a.json"
    file.write_text(f'["x",{text},"y"]')
    good, bad, fault, _, _ = outcome(file)
    assert (set(good), bad, fault) == ({1, 3}, {2: reason}, None)


def parquet(**columns):
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


NOISE = random.Random(1).randbytes(20_000)
FILES = {
    "empty.jsonl": (b"", "is empty", 0),
    "blank.jsonl": (b"\n \n", "no rows", 0),
    "utf16.jsonl": ('{"a":1}'.encode("utf-16"), "UTF-16", 0),
    "empty.json": (b"", "is empty", 0),
    "none.json": (b"[]", "no rows", 0),
    "cut.json": (b'["x",\n{"a":"' + SECRET.encode(), "a.json:2: not valid JSON", 1),
    "open.json": (b'["x","y"', "not closed", 2),
    "after.json": (b'["x"]\n["y"]', "a.json:2: something follows", 1),
    "comma.json": (b'["x",]', "not valid JSON", 1),
    "nan.json": (b'["x",NaN]', "not valid JSON", 1),
    "lines.json": (b'{"a":"x"}\n{"a":"y"}\n', "--format jsonl", 0),
    "latin.json": (b'["x",\n"\xfc"]', "a.json:2: not valid UTF-8", 1),
    "deep.json": (b'["x",' + b"[" * 100_000, "nested too deeply", 1),
    "long.json": (b'["x","' + b"y" * 20_000 + b'"]', "longer than 4096 bytes", 1),
    "empty.csv": (b"", "is empty", 0),
    "header.csv": (b"a,b\n", "no rows", 0),
    "data.csv": (b"Anna,anna@example.org\n1,2\n", "looks like data", 0),
    "twice.csv": (b"a,b,a\n1,2,3\n", "named twice: a", 0),
    "semicolon.csv": (b"a;b\n1;2\n", "delimiter seems to be ';'", 0),
    "utf16.csv": ("a,b\n1,2\n".encode("utf-16"), "--encoding utf-16", 0),
    "latin.csv": (b"name,gr\xfc\xdfe\n1,2\n", "a.csv:1: header: not valid utf-8", 0),
    "empty.txt": (b"", "is empty", 0),
    "noise.parquet": (NOISE, "not a whole Parquet file", 0),
    "empty.parquet": (b"", "is empty", 0),
    "cut.parquet": (parquet(a=["x"] * 100)[:-20], "not a whole Parquet file", 0),
    "norows.parquet": (parquet(a=pa.array([], pa.string())), "no rows", 0),
    "nothing.parquet": (parquet(a=[True]), "no column that can hold text", 0),
    "plain.jsonl.gz": (GOOD * 5, "gzip data are corrupt", 0),
    "cut.jsonl.gz": (gzip.compress(GOOD * 5)[:-4], "gzip data end too early", 5),
    "tail.jsonl.gz": (gzip.compress(GOOD * 5) + b"junk" * 9, "gzip data are corrupt", 5),
    "packed.parquet.gz": (gzip.compress(parquet(a=["x"])), "compressed Parquet", 0),
}


@pytest.mark.parametrize("name", FILES)
def test_files(outcome, tmp_path, name):
    data, message, rows = FILES[name]
    file = tmp_path / f"a.{name.split('.', 1)[1]}"
    file.write_bytes(data)
    good, _, fault, _, _ = outcome(file, max_row_bytes=4096, buffer_bytes=4096)
    assert isinstance(fault, InputError)
    assert message in str(fault)
    assert fault.file == str(file)
    assert fault.remedy or fault.line
    assert "\n" not in str(fault)
    assert SECRET not in str(fault)
    assert len(good) == rows  # what was whole counts
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)  # it crosses processes


def test_parquet_page_damage_is_found(outcome, tmp_path):
    file = tmp_path / "a.parquet"
    table = pa.table({"a": [random.Random(i).randbytes(40).hex() for i in range(5000)]})
    pq.write_table(table, file, write_page_checksum=True, compression="zstd")
    data = bytearray(file.read_bytes())
    data[200:5000] = NOISE[:4800]
    file.write_bytes(data)
    assert "not a whole Parquet file" in str(outcome(file)[2])


def test_parquet_bytes_that_are_no_text_are_a_bad_row(outcome, tmp_path):
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"t": ["x", "y"], "image": [b"\xff\xd8", b"ok"]}), file)
    good, bad, _, _, _ = outcome(file)
    assert (set(good), bad) == ({2}, {1: "binary"})
    assert outcome(file, columns=("t",))[1] == {}


def test_a_bomb_is_refused(outcome, tmp_path):
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"x" * (80 * 2**20)))
    assert "expand more than" in str(outcome(file)[2])


@pytest.mark.parametrize("change", ["shrink", "grow", "remove"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.json"])
def test_a_file_that_changes_after_planning_is_refused(tmp_path, name, change):
    file = tmp_path / name
    content = {
        "a.jsonl": GOOD * 9,
        "a.csv": b"a\nx\ny\n",
        "a.json": json.dumps(["x"] * 9).encode(),
        "a.parquet": parquet(a=["x"]),
    }
    file.write_bytes(content[name])
    (unit,) = plan([describe(str(file))])
    if change == "remove":
        file.unlink()
    else:
        file.write_bytes(content[name][:-1] if change == "shrink" else content[name] + b" ")
    with pytest.raises(InputError, match="no such file" if change == "remove" else "changed"):
        list(read(unit))


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD * 1000)
    (unit,) = plan([describe(str(file))])
    batches = read(unit, ReadOptions(buffer_bytes=100, batch_rows=5))
    assert len(next(batches).rows) == 5
    file.write_bytes(GOOD * 5)
    with pytest.raises(InputError, match="changed while it was being read"):
        list(batches)


def test_a_file_that_is_overwritten_in_place_while_it_is_read_is_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD * 1000)
    (unit,) = plan([describe(str(file))])
    batches = read(unit, ReadOptions(buffer_bytes=100, batch_rows=5))
    next(batches)
    with file.open("r+b") as other:
        other.write(GOOD)
    os.utime(file, ns=(0, unit.source.modified_ns + 1))
    with pytest.raises(InputError, match="changed while it was being read"):
        list(batches)


@pytest.mark.parametrize("end", [b"\xff", b"\xc3"])
def test_a_json_array_is_read_up_to_a_byte_that_is_not_utf8(tmp_path, outcome, end):
    file = tmp_path / "a.json"
    file.write_bytes(b'["x","y",\n"z' + end)
    good, _, fault, _, _ = outcome(file, buffer_bytes=8)
    assert (set(good), fault.line) == ({1, 2}, 2)


def test_a_json_array_in_a_truncated_gzip_is_read_up_to_the_fault(tmp_path, outcome):
    file = tmp_path / "a.json.gz"
    words = [random.Random(i).randbytes(40).hex() for i in range(2000)]
    packed = gzip.compress(json.dumps(words).encode())[:-200]
    file.write_bytes(packed)
    good, _, fault, _, _ = outcome(file, buffer_bytes=200_000)
    assert "gzip data end too early" in str(fault)
    assert len(good) == zlib.decompressobj(31).decompress(packed).count(b'",')


def test_every_reason_has_a_message_with_a_remedy():
    assert all(";" in message for message in REASONS.values())


@pytest.mark.parametrize(
    "options",
    [
        {"encoding": "klingon"},
        {"encoding": "hex"},
        {"delimiter": "::"},
        {"delimiter": '"'},
        {"max_row_bytes": 0},
        {"columns": ("",)},
    ],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ConfigError):
        ReadOptions(**options)


def test_text_has_no_columns(outcome, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("x\n")
    assert isinstance(outcome(file, columns=("a",))[2], ConfigError)


def test_utf16_with_a_wrong_byte_names_the_line(outcome, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("x\ny\n".encode("utf-16") + b"\x00\xd8\x00\x00z\x00")
    fault = outcome(file, encoding="utf-16")[2]
    assert str(fault).startswith(f"{file}:3: not valid utf-16")
