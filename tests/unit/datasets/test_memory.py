"""Memory does not grow with the file."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from guard.datasets.options import ReadOptions
from guard.datasets.reader import read
from guard.datasets.source import describe
from guard.datasets.units import plan

LINE = json.dumps({"name": "x" * 300, "note": ["y" * 500, "z"]})


def write(path, megabytes):
    count = megabytes * 2**20 // (len(LINE) + 1)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt") as file:
        match path.name.split(".")[1]:
            case "json":
                file.write("[" + LINE + ("," + LINE) * count + "]")
            case "csv":
                file.write("a,b\n" + f'{"x" * 300},"{"y" * 500}\n"\n' * count)
            case _:
                file.write((LINE + "\n") * count)


def peak(path):
    options = ReadOptions(buffer_bytes=2**16)
    tracemalloc.start()
    try:
        rows = sum(
            len(batch.rows)
            for unit in plan([describe(str(path))], unit_bytes=2**20)
            for batch in read(unit, options)
        )
        return rows, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json", "a.csv", "a.txt"])
def test_ten_times_the_file_is_the_same_memory(tmp_path, name):
    small, large = tmp_path / name, tmp_path / f"large.{name.split('.', 1)[1]}"
    write(small, 3)
    write(large, 30)
    (few, little), (many, much) = peak(small), peak(large)
    assert many > 9 * few
    assert much < 1.3 * little + 2**20
    assert much < 8 * 2**20


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv"])
def test_a_line_of_fifty_megabytes_is_not_held(tmp_path, name):
    file = tmp_path / name
    with file.open("wb") as out:
        out.write(b"a\n" + b"x" * (50 * 2**20) + b"\ny\n")
    options = ReadOptions(max_row_bytes=2**20, buffer_bytes=2**16)
    (unit,) = plan([describe(str(file))], unit_bytes=2**30)
    tracemalloc.start()
    try:
        rows = [row for batch in read(unit, options) for row in batch.rows]
        used = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "too_long" in {getattr(row, "reason", "") for row in rows}
    assert used < 6 * 2**20
