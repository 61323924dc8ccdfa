"""Tiles and entry bundles: c2sp.org/tlog-tiles.

A tile holds up to 256 neighbouring hashes of one level: at level 0 the leaves', above that the
roots of the full tiles below. A bundle holds the entries under a level-0 tile, each behind its
length as a big-endian uint16. A partial one, ``<N>.p/<W>``, holds the first W of them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from guard.errors import VerificationError
from guard.log.merkle import HASH_BYTES, complete_root, fold, peaks_of

WIDTH = 256
MAX_ENTRY = 65_535
"""Bytes of the longest entry: a bundle writes its length as a uint16."""

_HEIGHT = 8
_UINT16 = struct.Struct(">H")


def tile_path(level: int | None, number: int, width: int = WIDTH) -> str:
    """The path of a tile, or of an entry bundle when `level` is None; partial below 256."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    parts = [f"x{group}" for group in groups[:-1]] + [groups[-1]]
    stem = "/".join(["tile", "entries" if level is None else str(level), *parts])
    return stem if width == WIDTH else f"{stem}.p/{width}"


def partials(directory: Path) -> Iterator[tuple[Path, int | None, int, int]]:
    """Every partial tile and bundle on disk, as (path, level or None, number, width)."""
    for path in sorted((directory / "tile").glob("**/*.p/*")):
        level, *groups = path.parent.relative_to(directory / "tile").parts
        digits = "".join(groups).removesuffix(".p").replace("x", "")
        if path.name.isdecimal() and digits.isdecimal():
            yield path, None if level == "entries" else int(level), int(digits), int(path.name)


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """The bundle of `entries`.

    Raises:
        ValueError: If one is longer than 65,535 bytes.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise ValueError("an entry is longer than 65,535 bytes")
        parts += (_UINT16.pack(len(entry)), entry)
    return b"".join(parts)


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        ValueError: If it does not end with an entry.
    """
    entries: list[bytes] = []
    position, end = 0, len(data)
    while position < end:
        if position + 2 > end:
            raise ValueError("a bundle is cut")
        start = position + 2
        position = start + _UINT16.unpack_from(data, position)[0]
        if position > end:
            raise ValueError("a bundle is cut")
        entries.append(data[start:position])
    return entries


def split_hashes(data: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def count_at(size: int, level: int, number: int) -> int:
    """How many hashes tile `number` at `level` has in a tree of `size` leaves."""
    return max(0, min(WIDTH, (size >> (_HEIGHT * level)) - WIDTH * number))


def levels_of(size: int) -> int:
    """How many levels of tiles a tree of `size` leaves has."""
    return -(-size.bit_length() // _HEIGHT)


class Edge:
    """The partial tiles at a tree's right edge, one row of hashes a level.

    Args:
        size: Number of leaves.
        rows: For each level, the hashes of its last, partial tile; may be empty.
    """

    def __init__(self, size: int = 0, rows: Sequence[Sequence[bytes]] = ()) -> None:
        self.size = size
        self.rows = [list(row) for row in rows]

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash; the tiles that it fills, as (level, number, bytes)."""
        self.size += 1
        full: list[tuple[int, int, bytes]] = []
        level, digest = 0, leaf
        while True:
            if level == len(self.rows):
                self.rows.append([])
            row = self.rows[level]
            row.append(digest)
            if len(row) < WIDTH:
                return full
            number = (self.size >> (_HEIGHT * (level + 1))) - 1
            full.append((level, number, b"".join(row)))
            digest = complete_root(row)
            row.clear()
            level += 1

    def partial(self) -> list[tuple[int, int, bytes]]:
        """The partial tiles, as (level, number, bytes)."""
        return [
            (level, self.size >> (_HEIGHT * (level + 1)), b"".join(row))
            for level, row in enumerate(self.rows)
            if row
        ]

    def peaks(self) -> list[bytes]:
        """The roots of the complete subtrees, largest first."""
        return [peak for row in reversed(self.rows) for peak in peaks_of(row)]

    def root(self) -> bytes:
        """The tree's root."""
        return fold(self.peaks())

    def copy(self) -> Edge:
        """An independent edge of the same tree."""
        return Edge(self.size, self.rows)


def read_tile(directory: Path, level: int | None, number: int, count: int) -> list[bytes]:
    """The first `count` hashes of a tile, or entries of a bundle when `level` is None.

    Where the partial file is gone, a wider one is read: tiles only ever grow to the right.

    Raises:
        VerificationError: If no file holds that many, or it is damaged.
    """
    path = directory / tile_path(level, number, count)
    data = _bytes(path) if count < WIDTH else None
    exact = data is not None
    if data is None:
        data = _bytes(directory / tile_path(level, number))
        exact = data is not None and count == WIDTH
    if data is None and count < WIDTH:
        data = _wider(directory, level, number, count)
    name = tile_path(level, number, count)
    if data is None:
        raise VerificationError(f"{name} is missing")
    if level is None:
        try:
            items = decode_bundle(data)
        except ValueError:
            raise VerificationError(f"{name} is damaged") from None
    else:
        items = split_hashes(data)
        if items and len(items[-1]) != HASH_BYTES:
            raise VerificationError(f"{name} is damaged")
    if len(items) < count or (exact and len(items) != count):
        raise VerificationError(f"{name} is damaged: it holds {len(items)} items, not {count}")
    return items[:count]


def _wider(directory: Path, level: int | None, number: int, count: int) -> bytes | None:
    folder = (directory / tile_path(level, number, count)).parent
    if not folder.is_dir():
        return None
    widths = [int(p.name) for p in folder.iterdir() if p.name.isdecimal()]
    wider = sorted(width for width in widths if count < width < WIDTH)
    return _bytes(folder / str(wider[0])) if wider else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise VerificationError(f"{path.name} cannot be read: {error.strerror}") from None
