"""Random access to a log's entries and hashes: tiles on disk, and the journal's tail in memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from guard.errors import VerificationError
from guard.log import tiles
from guard.log.merkle import complete_root, leaf_hash
from guard.log.snapshot import Snapshot

_HEIGHT = 8
_CACHED_TILES = 1024


class View:
    """A snapshot's tree.

    Args:
        directory: The log's directory.
        snapshot: What it held.
    """

    def __init__(self, directory: Path, snapshot: Snapshot) -> None:
        self._directory = directory
        self._published = snapshot.published
        self._tail = snapshot.tail
        self.size = snapshot.head.size
        self._hashes = lru_cache(_CACHED_TILES)(self._read_hashes)

    def bundles(self, start: int, stop: int) -> Iterator[tuple[int, list[bytes]]]:
        """The entries from `start` to `stop`, as (index of the first, entries), bundle by bundle.

        Raises:
            VerificationError: If a bundle is missing or damaged.
        """
        while start < stop:
            number, place = divmod(start, tiles.WIDTH)
            end = min(stop, (number + 1) * tiles.WIDTH)
            yield start, self._entries(number)[place : end - number * tiles.WIDTH]
            start = end

    def node(self, level: int, index: int) -> bytes:
        """The root of a complete subtree of 2**level leaves, as `guard.log.merkle` wants it.

        Raises:
            VerificationError: If a tile is missing or damaged.
        """
        row, height = divmod(level, _HEIGHT)
        width = 1 << height
        number, start = divmod(index * width, tiles.WIDTH)
        return complete_root(self.hashes(row, number)[start : start + width])

    def hashes(self, level: int, number: int) -> list[bytes]:
        """The hashes of a tile in this tree.

        Raises:
            VerificationError: If a tile is missing or damaged.
        """
        return self._hashes(level, number)

    def strays(self) -> Iterator[Path]:
        """Partial tiles of earlier heads that are not the beginning of what this head covers.

        Raises:
            VerificationError: If a tile of this head is missing or damaged.
        """
        for path, level, number, width in tiles.partials(self._directory):
            if width > tiles.count_at(self.size, level or 0, number):
                continue  # of a head that is later than this one, or was never signed
            if level is None:
                expected = tiles.encode_bundle(self._entries(number)[:width])
            else:
                expected = b"".join(self.hashes(level, number)[:width])
            if path.read_bytes() != expected:
                yield path

    def _read_hashes(self, level: int, number: int) -> list[bytes]:
        count = tiles.count_at(self.size, level, number)
        on_disk = tiles.count_at(self._published, level, number)
        found = tiles.read_tile(self._directory, level, number, on_disk) if on_disk else []
        first = number * tiles.WIDTH
        for index in range(first + on_disk, first + count):
            if level == 0:
                found.append(leaf_hash(self._tail[index - self._published]))
            else:
                found.append(complete_root(self.hashes(level - 1, index)))
        return found

    def _entries(self, number: int) -> list[bytes]:
        on_disk = tiles.count_at(self._published, 0, number)
        found = tiles.read_tile(self._directory, None, number, on_disk) if on_disk else []
        start = number * tiles.WIDTH + on_disk - self._published
        return found + list(self._tail[start : start + tiles.WIDTH - on_disk])

    def entry(self, index: int) -> bytes:
        """One entry.

        Raises:
            VerificationError: If there is none, or its bundle is missing or damaged.
        """
        if not 0 <= index < self.size:
            raise VerificationError(f"the log has {self.size} entries, none with index {index}")
        number, place = divmod(index, tiles.WIDTH)
        return self._entries(number)[place]
