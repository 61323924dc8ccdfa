"""What each format yields."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guard.datasets.reader import read
from guard.datasets.source import describe
from guard.datasets.units import plan
from guard.payload import segments_of


@pytest.mark.parametrize(
    ("record", "segments"),
    [
        (
            {"a": "x", "b": {"c": ["y", {"d/e~": "z"}]}},
            {"/a": "x", "/b/c/0": "y", "/b/c/1/d~1e~0": "z"},
        ),
        ("bare", {"": "bare"}),
        (["x", ""], {"/0": "x"}),
        ({"n": 1234567, "m": 999999, "t": True, "z": None}, {"/n": "1234567"}),
        ({"pandas": 4917612345678.0, "ratio": 12345678.5}, {"/pandas": "4917612345678"}),
        ({"anna@example.org": "x"}, {"/~k0": "anna@example.org", "/~v0": "x"}),
        ({"a": 1, "30123456789": {"k": "x"}}, {"/~k1": "30123456789", "/~v1/k": "x"}),
        ({"born": dt.date(1990, 2, 3)}, {"/born": "1990-02-03"}),
        ({"at": dt.datetime(1990, 2, 3, 4, tzinfo=dt.UTC)}, {"/at": "1990-02-03 04:00:00+00:00"}),
        ({"id": Decimal(12345678901)}, {"/id": "12345678901"}),
        ({"raw": "ü".encode()}, {"/raw": "ü"}),
        ({"blank": " \n"}, {}),
    ],
)
def test_segments_of_a_record(record, segments):
    assert {s.pointer: s.text for s in segments_of(record)} == segments


@pytest.mark.parametrize(
    ("record", "context"),
    [
        ({"customer_email": "x"}, ("customer", "email")),
        ({"customerEmail": ["x"]}, ("customer", "email")),
        ({"passport": {"no": "x"}}, ("passport", "no")),
        ({"IBANNumber": "x"}, ("iban", "number")),
        ({"身份证号": "x"}, ("身份证号",)),
        ({"a": {"b": {"c": "x"}}}, ("b", "c")),
    ],
)
def test_context_is_the_column_name_in_words(record, context):
    assert segments_of(record)[0].context == context


def test_jsonl_numbers_lines_counts_blanks_and_drops_the_byte_order_mark(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a":"x"}\r\n\n  \n"y"\n{"n":123456789012345678901}')
    good, bad, fault, total, blank = outcome(file)
    assert good == {1: {"/a": "x"}, 4: {"": "y"}, 5: {"/n": "123456789012345678901"}}
    assert (bad, fault, total, blank) == ({}, None, file.stat().st_size, 2)


def test_json_array_elements_have_a_prefix(tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"a": "x"}, "y", ["z"]], indent=2))
    (unit,) = plan([describe(str(file))])
    rows = [row for batch in read(unit) for row in batch.rows]
    assert [(row.number, row.pointer_prefix) for row in rows] == [(1, "/0"), (2, "/1"), (3, "/2")]
    assert rows[2].segments[0].pointer == "/0"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_json_array_is_the_same_whatever_the_buffer(outcome, tmp_path, size):
    file = tmp_path / "a.json"
    value = [{"a": "ü\\u12\n", "n": 12345678901}, 98765432109, "x" * 200, True, {}, [], "身份"]
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    good, bad, fault, total, _ = outcome(file, buffer_bytes=size)
    assert (bad, fault, total) == ({}, None, file.stat().st_size)
    assert good[1] == {"/a": "ü\\u12\n", "/n": "12345678901"}
    assert good[2] == {"": "98765432109"}
    assert len(good) == 7


def test_a_single_object_is_one_row(outcome, tmp_path):
    file = tmp_path / "a.json"
    file.write_text('\n{"a": "x",\n "b": ["y"]}\n')
    assert outcome(file)[0] == {1: {"/a": "x", "/b/0": "y"}}


def test_csv_numbers_records_by_their_first_line(outcome, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes('\ufeffid,note\n1,"two\nlines"\n\n2,"a ""b"", c"\r\n'.encode())
    good, bad, fault, total, blank = outcome(file)
    assert good == {2: {"/id": "1", "/note": "two\nlines"}, 5: {"/id": "2", "/note": 'a "b", c'}}
    assert (bad, fault, total, blank) == ({}, None, file.stat().st_size, 1)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-32-be", "gb18030"])
def test_csv_and_text_in_other_encodings(outcome, tmp_path, encoding):
    word = "身份" if encoding == "gb18030" else "Müller"
    for name, first in (("a.csv", 2), ("a.txt", 1)):
        file = tmp_path / name
        file.write_bytes(("name\n" * (first - 1) + f"{word}\n").encode(encoding))
        good = outcome(file, encoding=encoding)[0]
        assert list(good) == [first]
        assert list(good[first].values()) == [word]


def test_tsv_and_another_delimiter(outcome, tmp_path):
    (tmp_path / "a.tsv").write_text("a\tb\n1,5\tx\n")
    (tmp_path / "a.csv").write_text("a;b\n1,5;x\n")
    assert outcome(tmp_path / "a.tsv")[0] == {2: {"/a": "1,5", "/b": "x"}}
    assert outcome(tmp_path / "a.csv", delimiter=";")[0] == {2: {"/a": "1,5", "/b": "x"}}


def test_a_field_longer_than_the_csv_modules_limit(outcome, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(f"a\n{'x' * 200_000}\n")
    assert len(outcome(file)[0][2]["/a"]) == 200_000


def test_parquet_types(outcome, tmp_path):
    file = tmp_path / "a.parquet"
    table = pa.table(
        {
            "text": ["x", None],
            "large": pa.array(["l", "l"], pa.large_string()),
            "kind": pa.array(["k", "k"]).dictionary_encode(),
            "id": pa.array([12345678901, 5]),
            "born": [dt.date(1990, 1, 2), None],
            "at": pa.array([1, None], pa.timestamp("ns", "Europe/Berlin")),
            "raw": [b"\xc3\xbc", b"r"],
            "flag": [True, False],
            "nested": [{"mail": ["a", "b"]}, None],
            "map": pa.array([[("key", "value")], []], pa.map_(pa.string(), pa.string())),
        }
    )
    pq.write_table(table, file, row_group_size=1)
    good, bad, fault, total, _ = outcome(file)
    assert (bad, fault, total) == ({}, None, file.stat().st_size)
    at = good[1].pop("/at")
    assert at.startswith("1970-01-01")
    assert good[1] == {
        "/text": "x", "/large": "l", "/kind": "k", "/id": "12345678901", "/born": "1990-01-02",
        "/raw": "ü", "/nested/mail/0": "a", "/nested/mail/1": "b",
        "/map/0/0": "key", "/map/0/1": "value",
    }  # fmt: skip
    assert good[2] == {"/large": "l", "/kind": "k", "/raw": "r"}


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.json.gz", "a.txt.gz"])
def test_gzip_of_several_members_with_padding(outcome, tmp_path, name):
    file = tmp_path / name
    parts = {"a.jsonl.gz": ('{"a":"x"}\n', '{"a":"y"}\n'), "a.json.gz": ('["x",', '"y"]')}
    first, second = parts.get(name, ("a\nx\n", "y\n"))
    file.write_bytes(gzip.compress(first.encode()) + gzip.compress(second.encode()) + b"\0" * 512)
    good, bad, fault, total, _ = outcome(file, buffer_bytes=3)
    assert (bad, fault, total) == ({}, None, file.stat().st_size)
    assert [text for row in good.values() for text in row.values()][-2:] == ["x", "y"]


COLUMNS = {
    "a.jsonl": b'{"name":"n","mail":"m","chat":[{"text":"t"}]}\n{"mail":"o"}\n',
    "a.json": b'[{"name":"n","mail":"m","chat":[{"text":"t"}]},{"mail":"o"}]',
    "a.csv": b"name,mail,chat\nn,m,t\n,o,\n",
}


@pytest.mark.parametrize("name", [*COLUMNS, "a.parquet"])
def test_columns_are_chosen_by_name_or_pointer(outcome, tmp_path, name):
    file = tmp_path / name
    if name in COLUMNS:
        file.write_bytes(COLUMNS[name])
    else:
        chat = [[{"text": "t"}], None]
        pq.write_table(pa.table({"name": ["n", None], "mail": ["m", "o"], "chat": chat}), file)
    rows = outcome(file, columns=("mail",))[0].values()
    assert list(rows) == [{"/mail": "m"}, {"/mail": "o"}]
    if name != "a.csv":
        rows = outcome(file, columns=("/chat/*/text",))[0].values()
        assert list(rows) == [{"/chat/0/text": "t"}, {}]
    fault = outcome(file, columns=("mail", "phone"))[2]
    assert "no column phone" in str(fault)
    assert "columns found: name, mail, chat" in str(fault)


def test_a_missing_column_is_named_even_when_it_is_a_pointer(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"a":{"b":"x"}}\n')
    assert "no column /a/c" in str(outcome(file, columns=("/a/c",))[2])


def test_column_names_that_may_be_data_are_not_shown(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"a":"x","anna@example.org":"y"}\n')
    message = str(outcome(file, columns=("b",))[2])
    assert "columns found: a, …" in message
    assert "anna" not in message
