"""Laws of reading: what is read does not depend on how it is cut."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guard.datasets.options import ReadOptions
from guard.datasets.reader import read
from guard.datasets.rows import Row
from guard.datasets.source import describe
from guard.datasets.units import plan
from guard.errors import InputError
from guard.payload import resolve, segments_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**25), 10**25) | st.floats(-1e6, 1e6) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
CUTS = st.tuples(st.integers(1, 40), st.integers(1, 5), st.integers(1, 60), st.integers(1, 200))


def outcome(name, data, options=None, unit_bytes=2**23):
    """Rows, total of bytes, total of blanks; a fault stands as its message."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        rows, size, blank = [], 0, 0
        try:
            for unit in plan([describe(str(path))], unit_bytes=unit_bytes):
                for batch in read(unit, options):
                    rows.extend(batch.rows)
                    size, blank = size + batch.bytes, blank + batch.blank
        except InputError as error:
            return rows, error.message, error.line
        assert size == len(data)
        return rows, size, blank


def cut(name, data, cuts, *, split):
    buffer, batch_rows, batch_bytes, unit_bytes = cuts
    options = ReadOptions(buffer_bytes=buffer, batch_rows=batch_rows, batch_bytes=batch_bytes)
    return outcome(name, data, options, unit_bytes if split else 2**23)


@given(st.lists(JSON, min_size=1, max_size=8), st.booleans(), CUTS)
def test_jsonl_does_not_depend_on_buffers_batches_or_units(records, compact, cuts):
    separators = (",", ":") if compact else (", ", " : ")
    lines = [json.dumps(r, ensure_ascii=compact, separators=separators) for r in records]
    data = "\n".join(lines).encode()
    whole = outcome("a.jsonl", data)
    assert whole[1] == len(data)
    assert whole == cut("a.jsonl", data, cuts, split=True)
    assert [row.number for row in whole[0]] == list(range(1, len(records) + 1))
    assert [row.segments for row in whole[0]] == [segments_of(record) for record in records]


@given(st.lists(st.binary(max_size=30) | st.sampled_from([b"", b'{"a":"b"}', b"{"])), CUTS)
def test_any_bytes_as_jsonl_or_text_are_all_accounted_for(lines, cuts):
    data = b"\n".join([*lines, b'"end"'])
    for name in ("a.jsonl", "a.txt"):
        rows, size, blank = outcome(name, data)
        if size == "the file is UTF-16":
            continue
        assert size == len(data)
        assert len(rows) + blank == data.count(b"\n") + 1
        assert (rows, size, blank) == cut(name, data, cuts, split=True)


@given(st.lists(JSON, min_size=1, max_size=6), st.sampled_from([None, 1]), CUTS)
@example([0.0, None], None, (1, 1, 1, 1))
@example([1.5e300, -2.5e-7, 12.25], None, (1, 1, 1, 1))
def test_json_arrays_read_as_json_lines_do(records, indent, cuts):
    data = json.dumps(records, ensure_ascii=False, indent=indent).encode()
    rows = cut("a.json", data, cuts, split=False)[0]
    assert [row.segments for row in rows] == [segments_of(record) for record in records]


@given(st.binary(max_size=60), CUTS)
def test_any_bytes_as_a_json_array_never_crash_and_never_depend_on_buffers(noise, cuts):
    data = b'["a",' + noise
    rows, *rest = outcome("a.json", data)
    again, *other = cut("a.json", data, cuts, split=False)
    assert [row.number for row in rows] == [row.number for row in again]
    assert type(rest[0]) is type(other[0])


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")),
                 min_size=3, max_size=3),
        min_size=1, max_size=6,
    ),
    CUTS,
)  # fmt: skip
def test_csv_gives_back_every_field(table, cuts):
    quoted = [["x" if not f.strip() else f for f in row] for row in table]
    text = "a,b,c\n" + "".join(
        ",".join('"' + field.replace('"', '""') + '"' for field in row) + "\n" for row in quoted
    )
    rows, size, _ = cut("a.csv", text.encode(), cuts, split=False)
    assert size == len(text.encode())
    assert [[s.text for s in row.segments] for row in rows] == quoted


@given(st.text(st.sampled_from('ab,"\n'), max_size=60), CUTS)
def test_any_csv_is_read_to_its_end(text, cuts):
    data = ("a,b\nx,y\n" + text).encode()
    whole = outcome("a.csv", data)
    assert whole[1] == len(data)
    assert whole == cut("a.csv", data, cuts, split=False)
    lines = data.count(b"\n") + 1
    assert all(2 <= row.number <= lines for row in whole[0])


@given(st.lists(JSON, min_size=1, max_size=5), CUTS)
def test_gzip_changes_nothing(records, cuts):
    data = "\n".join(map(json.dumps, records)).encode()
    packed = gzip.compress(data, mtime=0)
    assert cut("a.jsonl.gz", packed, cuts, split=False)[0] == outcome("a.jsonl", data)[0]


@given(st.lists(st.text("ab", min_size=1), min_size=1, max_size=9), st.integers(1, 200))
def test_a_truncated_gzip_keeps_only_whole_rows_and_says_so(words, short):
    data = "".join(f'"{word}"\n' for word in words).encode()
    packed = gzip.compress(data)[: -min(short, 8)]
    rows, fault, _ = outcome("a.jsonl.gz", packed)
    assert fault == "the gzip data end too early"
    assert [row.segments[0].text for row in rows] == words[: len(rows)]


@given(JSON)
@settings(max_examples=300)
def test_pointers_lead_to_the_text(record):
    segments = segments_of(record)
    assert len({segment.pointer for segment in segments}) == len(segments)
    for segment in segments:
        value = resolve(record, segment.pointer)
        assert segment.text == (value if isinstance(value, str) else f"{int(value)}")


@given(st.dictionaries(TEXT | st.emails() | st.from_regex(r"\d{7,12}", fullmatch=True), TEXT))
def test_names_that_may_be_data_never_stand_in_a_pointer(record):
    for segment in segments_of(record):
        assert "@" not in segment.pointer
        assert sum(character.isdigit() for character in segment.pointer) < 8


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=5))
def test_a_repeated_member_is_always_noticed(names):
    line = "{" + ",".join(f'"{name}":"{i}"' for i, name in enumerate(names)) + "}"
    (row,) = outcome("a.jsonl", line.encode())[0]
    repeated = len(set(names)) < len(names)
    assert isinstance(row, Row) != repeated
