"""Reading a file in tests."""

from __future__ import annotations

import pytest

from guard.datasets.options import ReadOptions
from guard.datasets.reader import read
from guard.datasets.rows import Row
from guard.datasets.source import describe
from guard.datasets.units import plan
from guard.errors import GuardError


def _outcome(path, *, unit_bytes=2**23, **options):
    """Good rows {number: {pointer: text}}, bad rows {number: reason}, error, bytes, blanks."""
    good, bad, fault, total, blank = {}, {}, None, 0, 0
    reading = ReadOptions(**options)
    for unit in plan([describe(str(path))], unit_bytes=unit_bytes, encoding=reading.codec):
        try:
            for batch in read(unit, reading):
                total, blank = total + batch.bytes, blank + batch.blank
                for row in batch.rows:
                    if isinstance(row, Row):
                        good[row.number] = {s.pointer: s.text for s in row.segments}
                    else:
                        bad[row.number] = row.reason
                        assert "\n" not in row.message
                        assert "{" not in row.message
        except GuardError as error:
            fault = error
    return good, bad, fault, total, blank


@pytest.fixture
def outcome():
    """The function that reads a file to the end; see `_outcome`."""
    return _outcome
