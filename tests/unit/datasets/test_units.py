"""Units cover every file without gap or overlap, and do not change what is read."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guard.datasets.source import describe
from guard.datasets.units import plan


def covers(units, size):
    edges = [(unit.start, unit.stop) for unit in units]
    assert edges[0][0] == 0
    assert edges[-1][1] == size
    assert all(a[1] == b[0] for a, b in itertools.pairwise(edges))


@pytest.mark.parametrize("unit_bytes", [1, 7, 100, 10**6])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_lines_are_the_same_split_or_not(outcome, tmp_path, unit_bytes, ending):
    file = tmp_path / "a.jsonl"
    lines = [f'{{"n":"{"x" * (i % 40)}{i}"}}' if i % 7 else "" for i in range(200)]
    file.write_text("\n".join(lines) + ending)
    source = describe(str(file))
    units = list(plan([source], unit_bytes=unit_bytes))
    covers(units, source.size)
    assert len(units) > 1 or unit_bytes == 10**6
    assert outcome(file, unit_bytes=unit_bytes) == outcome(file)


def test_line_numbers_of_later_units_name_the_right_line(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"a":"x"}\n' * 500 + "broken\n" + '{"a":"x"}\n' * 500)
    assert outcome(file, unit_bytes=300)[1] == {501: "malformed"}


def test_units_longer_than_a_block(tmp_path, outcome):
    file = tmp_path / "a.txt"
    file.write_text(("x" * 3_000_000 + "\n") * 2 + "y\n" * 10)
    units = list(plan([describe(str(file))], unit_bytes=2**20))
    covers(units, file.stat().st_size)
    assert [unit.first_row for unit in units][:2] == [1, 2]
    assert outcome(file, unit_bytes=2**20)[0][3] == {"": "y"}


@pytest.mark.parametrize("unit_bytes", [1, 3000, 10**6])
def test_parquet_is_the_same_split_or_not(outcome, tmp_path, unit_bytes):
    file = tmp_path / "a.parquet"
    table = pa.table({"a": [f"value {i}" for i in range(1000)]})
    pq.write_table(table, file, row_group_size=100)
    units = list(plan([describe(str(file))], unit_bytes=unit_bytes))
    covers(units, file.stat().st_size)
    assert (len(units) > 1) == (unit_bytes < 10**6)
    good, bad, fault, total, _ = outcome(file, unit_bytes=unit_bytes)
    assert (bad, fault, total) == ({}, None, file.stat().st_size)
    assert good == {i + 1: {"/a": f"value {i}"} for i in range(1000)}


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl.gz", "a.parquet"])
def test_what_cannot_be_split_or_read_is_one_unit(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(b"x\n" * 1000)
    (unit,) = plan([describe(str(file))], unit_bytes=10)
    assert unit.whole


def test_a_file_that_vanishes_while_planning_is_one_unit(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"{}\n" * 1000)
    source = describe(str(file))
    file.unlink()
    (unit,) = plan([source], unit_bytes=10)
    assert unit.whole


def test_utf16_text_is_not_split_at_bytes(outcome, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(("ਊ\n" * 100).encode("utf-16"))  # U+0A0A is two bytes 0A
    good, bad, fault, _, _ = outcome(file, unit_bytes=10, encoding="utf-16")
    assert (len(good), bad, fault) == (100, {}, None)


def test_the_plan_is_deterministic_and_lazy(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("x\n" * 10_000)
    source = describe(str(file))
    assert list(plan([source], unit_bytes=100)) == list(plan([source], unit_bytes=100))
    endless = plan(itertools.repeat(source), unit_bytes=100)
    assert next(endless).start == 0


def test_a_missing_column_in_a_later_unit_names_its_line(outcome, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"a":"x"}\n' * 10 + '{"b":"x"}\n' * 90)
    fault = outcome(file, unit_bytes=100, columns=("a",))[2]
    assert "no column a" in str(fault)
    assert fault.line > 1
