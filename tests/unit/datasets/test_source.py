"""From paths to files: nothing is dropped in silence."""

from __future__ import annotations

import os

import pytest

from guard.datasets.source import find
from guard.errors import InputError


def touch(path, data=b"x\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "kind", "compression"),
    [
        ("a.jsonl", "jsonl", "none"),
        ("a.ndjson.gz", "jsonl", "gzip"),
        ("a.json", "json", "none"),
        ("a.CSV", "csv", "none"),
        ("a.tsv.gz", "tsv", "gzip"),
        ("a.b.parquet", "parquet", "none"),
        ("a.txt", "text", "none"),
        ("a.md", "text", "none"),
        ("a.log", "text", "none"),
    ],
)
def test_formats_by_extension(tmp_path, name, kind, compression):
    (source,) = find([touch(tmp_path / name, b"abc")]).sources
    assert (source.format, source.compression, source.size) == (kind, compression, 3)


def test_directories_are_searched_sorted_and_hidden_files_are_counted(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/x.txt"):
        touch(tmp_path / name)
    found = find([tmp_path])
    names = [os.path.relpath(source.path, tmp_path) for source in found.sources]
    assert names == ["a.txt", "b.txt", "sub/c.txt"]
    assert found.hidden == 2
    assert found.bytes == 6


def test_a_file_named_twice_is_read_once(tmp_path):
    file = touch(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(file)
    assert len(find([file, tmp_path, str(tmp_path / "*.txt")]).sources) == 1


def test_globs_and_literal_names_that_look_like_globs(tmp_path):
    touch(tmp_path / "x" / "a.txt")
    literal = touch(tmp_path / "b[1].txt")
    assert len(find([str(tmp_path / "**" / "*.txt")]).sources) == 2
    assert find([literal]).sources[0].path == str(literal)


def test_an_unknown_file_in_a_directory_is_a_problem_and_not_a_gap(tmp_path):
    touch(tmp_path / "a.txt")
    touch(tmp_path / "model.bin")
    found = find([tmp_path])
    assert len(found.sources) == 1
    assert [problem.file for problem in found.problems] == [str(tmp_path / "model.bin")]
    assert find([tmp_path], format="text").problems == ()


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        (None, "gone.txt", "no such file"),
        (None, "*.txt", "matches no file"),
        ("empty/", "empty", "no data files found"),
        ("a.xyz", "a.xyz", "unknown format: .xyz"),
        ("noextension", "noextension", "no extension"),
        ("a.gz", "a.gz", "no extension"),
        ("fifo.txt|", "fifo.txt", "not a regular file"),
        (None, "nul\0.txt", "not a usable path"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path, make, path, message):
    if make and make.endswith("/"):
        (tmp_path / make).mkdir()
    elif make and make.endswith("|"):
        os.mkfifo(tmp_path / make[:-1])
    elif make:
        touch(tmp_path / make)
    with pytest.raises(InputError, match=message) as caught:
        find([str(tmp_path / path)])
    assert path in caught.value.file
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_an_unreadable_file_is_refused(tmp_path, monkeypatch):
    file = touch(tmp_path / "a.txt")
    file.chmod(0)
    # root reads everything; the system's answer is what matters
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputError, match="permission denied"):
        find([file])
