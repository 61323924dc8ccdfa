"""Tile paths, bundles and edges: c2sp.org/tlog-tiles."""

from __future__ import annotations

import pytest

from guard.errors import VerificationError
from guard.log import tiles
from guard.log.merkle import Frontier, leaf_hash


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        (3, 255, 7, "tile/3/255.p/7"),
        (None, 1000, 256, "tile/entries/x001/000"),
        (None, 999, 255, "tile/entries/999.p/255"),
        (63, 10**9, 1, "tile/63/x001/x000/x000/000.p/1"),
    ],
)
def test_paths(level, number, width, path):
    assert tiles.tile_path(level, number, width) == path


def test_the_example_of_the_specification():
    size = 70_000
    assert [tiles.count_at(size, 0, n) for n in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert [tiles.count_at(size, 1, n) for n in (0, 1, 2)] == [256, 17, 0]
    assert tiles.count_at(size, 2, 0) == 1
    assert tiles.levels_of(size) == 3
    assert [tiles.levels_of(n) for n in (0, 1, 255, 256, 65_535, 65_536)] == [0, 1, 1, 2, 2, 3]


def test_an_edge_follows_a_frontier_over_two_levels():
    edge, frontier, full = tiles.Edge(), Frontier(), []
    for number in range(65_536 + 300):
        leaf = leaf_hash(number.to_bytes(4, "big"))
        full += edge.append(leaf)
        frontier.append(leaf)
        if number % 4999 == 0 or number > 65_530:
            assert edge.root() == frontier.root()
            assert edge.peaks() == frontier.peaks
    assert [(level, number) for level, number, _ in full if level] == [(1, 0)]
    assert [(level, number) for level, number, _ in edge.partial()] == [(0, 257), (1, 1), (2, 0)]
    assert len([1 for level, *_ in full if level == 0]) == 257


def test_a_bundle_is_read_as_it_is_written():
    entries = [b"", b"x", b"y" * 65_535]
    assert tiles.decode_bundle(tiles.encode_bundle(entries)) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x01", b"\x00\x00\x00\x02x"])
def test_a_cut_bundle_is_refused(data):
    with pytest.raises(ValueError, match="cut"):
        tiles.decode_bundle(data)


def test_an_entry_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="65,535"):
        tiles.encode_bundle([b"y" * 65_536])


def put(directory, path, data):
    (directory / path).parent.mkdir(parents=True, exist_ok=True)
    (directory / path).write_bytes(data)


def test_a_partial_tile_that_is_gone_is_read_from_a_wider_one(tmp_path):
    hashes = [bytes([n]) * 32 for n in range(256)]
    with pytest.raises(VerificationError, match="missing"):
        tiles.read_tile(tmp_path, 0, 0, 3)
    put(tmp_path, "tile/0/000.p/9", b"".join(hashes[:9]))
    with pytest.raises(VerificationError, match="missing"):
        tiles.read_tile(tmp_path, 0, 0, 10)
    assert tiles.read_tile(tmp_path, 0, 0, 3) == hashes[:3]
    put(tmp_path, "tile/0/000", b"".join(hashes))
    assert tiles.read_tile(tmp_path, 0, 0, 10) == hashes[:10]
    assert tiles.read_tile(tmp_path, 0, 0, 256) == hashes


@pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 32, b"x" * 96, b"x" * 65])
def test_a_tile_of_another_length_is_damaged(tmp_path, data):
    put(tmp_path, "tile/0/000.p/2", data)
    with pytest.raises(VerificationError, match="damaged"):
        tiles.read_tile(tmp_path, 0, 0, 2)


def test_a_bundle_of_another_length_is_damaged(tmp_path):
    for data in (b"\x00", tiles.encode_bundle([b"x"]), tiles.encode_bundle([b"x"] * 3)):
        put(tmp_path, "tile/entries/000.p/2", data)
        with pytest.raises(VerificationError, match="damaged"):
            tiles.read_tile(tmp_path, None, 0, 2)


def test_a_directory_in_a_tiles_place_is_an_error_and_not_a_traceback(tmp_path):
    (tmp_path / "tile/0/000").mkdir(parents=True)
    with pytest.raises(VerificationError, match="cannot be read"):
        tiles.read_tile(tmp_path, 0, 0, 256)
