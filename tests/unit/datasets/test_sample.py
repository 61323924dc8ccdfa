"""The bundled sample is small, whole, and says where it comes from."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from stdnum import iban
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.gb import nhs

from guard.datasets.reader import read
from guard.datasets.rows import Row
from guard.datasets.source import find
from guard.datasets.units import plan

SAMPLE = Path(__file__).parents[3] / "examples" / "sample"
FOUND = find([SAMPLE / "data"])


def rows(source):
    return [row for unit in plan([source]) for batch in read(unit) for row in batch.rows]


def test_it_is_small_and_nothing_in_it_is_unknown():
    assert FOUND.bytes < 400_000
    assert (FOUND.problems, FOUND.hidden) == ((), 0)
    assert {source.format for source in FOUND.sources} == {
        "jsonl",
        "json",
        "csv",
        "parquet",
        "text",
    }
    assert {source.compression for source in FOUND.sources} == {"none", "gzip"}


@pytest.mark.parametrize("source", FOUND.sources, ids=lambda source: Path(source.path).name)
def test_every_row_can_be_read_and_the_file_is_licensed(source):
    found = rows(source)
    assert len(found) >= 70
    assert all(isinstance(row, Row) and row.segments for row in found)
    assert f"`data/{Path(source.path).name}`" in (SAMPLE / "LICENSES.md").read_text("utf-8")


def test_numbers_of_records_are_those_that_the_licences_state():
    count = {Path(source.path).name: len(rows(source)) for source in FOUND.sources}
    assert count == {
        "access.log": 82,
        "clinical.jsonl.gz": 4 + 158,
        "customers.csv": 78,
        "instructions.json": 74 + 20,
        "legislators.parquet": 120,
        "messages.jsonl": 189,
    }


def test_every_language_is_there():
    text = json.dumps([s.text for f in FOUND.sources for r in rows(f) for s in r.segments])
    assert all(json.dumps(word)[1:-1] in text for word in ("你", "courriel", "Müller", "patient"))


def test_numbers_of_customers_hold_and_belong_to_nobody():
    with (SAMPLE / "data" / "customers.csv").open(encoding="utf-8", newline="") as file:
        customers = list(csv.DictReader(file))
    check = {"DE": idnr, "FR": nir, "CN": ric, "GB": nhs}
    for customer in customers:
        number, country = customer["national_id"], customer["country"]
        assert check[country].is_valid(number)
        assert not customer["iban"] or iban.is_valid(customer["iban"])
        assert country != "CN" or number[14:17] >= "996"
        assert country != "GB" or number.startswith("999")
        assert country != "FR" or number[5:10] == "99990"
