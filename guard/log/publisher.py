"""From the journal to tiles: what auditors read and web servers serve.

Everything published is durable in the journal before, so a failure here loses nothing and is tried
again with the same bytes in new files. The checkpoint is replaced last.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guard.log import disk as disks
from guard.log import tiles
from guard.log.disk import Disk
from guard.log.merkle import leaf_hash


@dataclass(frozen=True, slots=True)
class Job:
    """Entries that are durable, the head that covers them, and journal files not needed after."""

    entries: Sequence[bytes]
    note: bytes
    retire: tuple[Path, ...] = ()


class Publisher:
    """Writes a log's tiles, entry bundles and checkpoint.

    Args:
        disk: The file system.
        directory: The log's directory.
        edge: The right edge of the tree that is published already.
        bundle: The entries of its last, partial bundle.
    """

    def __init__(
        self, disk: Disk, directory: Path, edge: tiles.Edge, bundle: Sequence[bytes]
    ) -> None:
        self._disk = disk
        self._directory = directory
        self._edge = edge
        self._bundle = list(bundle)

    def publish(self, job: Job) -> None:
        """Publish a job's entries, then its head, then retire what it no longer needs.

        Raises:
            OSError: If it could not be done; it can be tried again.
        """
        edge, bundle = self._edge.copy(), list(self._bundle)
        files: dict[str, bytes] = {}
        filled: list[str] = []
        for entry in job.entries:
            bundle.append(entry)
            for level, number, data in edge.append(leaf_hash(entry)):
                files[tiles.tile_path(level, number)] = data
                filled.append(tiles.tile_path(level, number, 1))
                if level == 0:
                    files[tiles.tile_path(None, number)] = tiles.encode_bundle(bundle)
                    filled.append(tiles.tile_path(None, number, 1))
                    bundle.clear()
        for level, number, data in edge.partial():
            width = len(edge.rows[level])
            files[tiles.tile_path(level, number, width)] = data
            if level == 0:
                files[tiles.tile_path(None, number, width)] = tiles.encode_bundle(bundle)
        self._write(files)
        disks.write_file(self._disk, self._directory / "checkpoint", job.note)
        self._disk.sync_directory(self._directory)
        self._edge, self._bundle = edge, bundle
        # The job is done: a file that stays is skipped by readers and cleared at the next opening.
        for path in job.retire:
            with contextlib.suppress(OSError):
                self._disk.unlink(path)
        self._forget([self._directory / path for path in filled])

    def _write(self, files: dict[str, bytes]) -> None:
        folders: set[Path] = set()
        for name, data in files.items():
            path = self._directory / name
            if path.is_file() and path.read_bytes() == data:
                folders.add(path.parent)
                continue
            disks.make_directories(self._disk, path.parent)
            disks.write_file(self._disk, path, data)
            folders.add(path.parent)
        for folder in sorted(folders):
            self._disk.sync_directory(folder)

    def _forget(self, partials: list[Path]) -> None:
        """Remove partial tiles whose full tile is there (tlog-tiles, "Partial Tiles")."""
        for path in partials:
            with contextlib.suppress(OSError):
                for file in path.parent.iterdir():
                    self._disk.unlink(file)
                path.parent.rmdir()
