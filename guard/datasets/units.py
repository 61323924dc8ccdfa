"""Units of work: which bytes of which file one worker reads at a time.

The plan is deterministic: the same files give the same units. JSON Lines and text are split at
line feeds, Parquet between row groups; everything else (CSV with its quoted line feeds, JSON
arrays, gzip) is read whole. The planner counts line feeds as it goes, so that every unit knows the
number of its first line and every message can name the right one; it runs ahead of the workers, and
what it has read they find in the page cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guard.datasets.source import Source

UNIT_BYTES = 8 * 2**20
_BLOCK = 2**20
_WHOLE_ENCODINGS = ("utf-16", "utf-32", "utf-7")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one file.

    Args:
        source: The file.
        start: First byte; the units of a file cover it without gap or overlap.
        stop: Byte after the last.
        first_row: Number of the first line or row in it, 1-based.
        row_groups: For Parquet: first row group and the one after the last; else ``(0, 0)``.
    """

    source: Source
    start: int
    stop: int
    first_row: int = 1
    row_groups: tuple[int, int] = (0, 0)

    @property
    def bytes(self) -> int:
        """Raw bytes on disk."""
        return self.stop - self.start

    @property
    def whole(self) -> bool:
        """Whether the unit is the whole file."""
        return self.start == 0 and self.stop == self.source.size


def plan(
    sources: Iterable[Source], *, unit_bytes: int = UNIT_BYTES, encoding: str = "utf-8"
) -> Iterator[Unit]:
    """The units of `sources`, in order, made lazily.

    A file that cannot be read becomes one unit, whose reading raises the error: planning never
    loses the other files.

    Args:
        sources: Files, from `find`.
        unit_bytes: Size of a unit in bytes; a unit ends at the first row boundary after it.
        encoding: Normal name of the encoding of text files; UTF-16 and the like are not split.
    """
    for source in sources:
        splits = source.size > unit_bytes and source.compression == "none"
        if splits and source.format == "parquet":
            from guard.datasets.parquet import row_groups  # noqa: PLC0415 - pyarrow takes 0.2 s

            yield from row_groups(source, unit_bytes)
        elif splits and _by_lines(source, encoding):
            yield from _lines(source, unit_bytes)
        else:
            yield Unit(source, 0, source.size)


def _by_lines(source: Source, encoding: str) -> bool:
    if source.format == "text":
        return not encoding.startswith(_WHOLE_ENCODINGS)
    return source.format == "jsonl"


def _lines(source: Source, unit_bytes: int) -> Iterator[Unit]:
    start, first = 0, 1
    try:
        for stop, lines in _cuts(source, unit_bytes):
            yield Unit(source, start, stop, first)
            start, first = stop, first + lines
    except OSError:
        pass  # the reader of the rest meets the same error and names it
    if start < source.size:
        yield Unit(source, start, source.size, first)


def _cuts(source: Source, unit_bytes: int) -> Iterator[tuple[int, int]]:
    """Where units end before the end of the file, and how many line feeds each holds."""
    start = position = lines = 0
    with open(source.path, "rb") as file:  # noqa: PTH123 - path kept as spelled
        while block := file.read(_BLOCK):
            base, position, seen = position, position + len(block), 0
            while start + unit_bytes <= position:
                cut = block.find(b"\n", max(seen, start + unit_bytes - 1 - base)) + 1
                if not cut or base + cut >= source.size:
                    break
                yield base + cut, lines + block.count(b"\n", seen, cut)
                start, seen, lines = base + cut, cut, 0
            lines += block.count(b"\n", seen)
