"""From the paths a user names to the files that will be read.

Nothing is left out in silence: hidden files are counted, and a file of an unknown format inside a
directory is a problem the caller must stop on or report.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from guard.errors import InputError

Format = Literal["jsonl", "json", "csv", "tsv", "parquet", "text"]
Compression = Literal["none", "gzip"]

EXTENSIONS: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".txt": "text",
    ".md": "text",
    ".log": "text",
}
FORMATS: tuple[Format, ...] = Format.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Args:
        path: The file as the user named it, or below the directory the user named.
        format: What it claims to be.
        compression: How its bytes are wrapped.
        size: Bytes on disk.
        modified_ns: Time of the last change, so that a change during the run is noticed.
    """

    path: str
    format: Format
    compression: Compression
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the user's paths stand for.

    Args:
        sources: Files to read, each once, in order of path.
        hidden: Files and directories left out because their name begins with a dot.
        problems: Files inside directories or globs that cannot be read as data. Each is to be
            raised or reported; none may be dropped.
    """

    sources: tuple[Source, ...]
    hidden: int
    problems: tuple[InputError, ...]

    @property
    def bytes(self) -> int:
        """Bytes on disk of all sources."""
        return sum(source.size for source in self.sources)


@dataclass(slots=True)
class _Search:
    """State of one search."""

    format: Format | None
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)
    hidden: int = 0


def find(paths: Sequence[str | Path], *, format: Format | None = None) -> Found:  # noqa: A002 - the option is called --format
    """Find the files that `paths` (files, directories, globs) stand for.

    Args:
        paths: Files, directories (searched recursively) or glob patterns (``**`` allowed).
        format: Read every file as this, whatever its extension; ``.gz`` still means gzip.

    Raises:
        InputError: If a path does not exist, a glob matches nothing, a named file has an unknown
            format or cannot be read, or nothing at all was found.
    """
    search = _Search(format)
    for path in map(str, paths):
        _search(path, search)
    if not search.sources and not search.problems:
        raise InputError(
            "no data files found",
            file=", ".join(map(str, paths)),
            remedy=f"name files that end in {_known()}, or a directory that holds some",
        )
    ordered = sorted(search.sources.values(), key=lambda source: source.path)
    return Found(tuple(ordered), search.hidden, tuple(search.problems))


def describe(path: str, format: Format | None = None) -> Source:  # noqa: A002 - the option is called --format
    """The source that a single file is.

    Raises:
        InputError: If it is missing, not a regular file, unreadable or of an unknown format.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - the path is kept as the user spelled it
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        raise InputError("not a regular file", file=path, remedy="name a file or a directory")
    compression, extension = _split(path)
    kind = format or EXTENSIONS.get(extension)
    if kind is None:
        raise InputError(
            f"unknown format: {extension or 'no extension'}",
            file=path,
            remedy=f"known are {_known()}, each with .gz; or say --format {'|'.join(FORMATS)}",
        )
    if not os.access(path, os.R_OK):
        raise unreadable(path, PermissionError())
    return Source(path, kind, compression, status.st_size, status.st_mtime_ns)


def unreadable(path: str, error: Exception) -> InputError:
    """One clear line for an operating system's refusal."""
    match error:
        case FileNotFoundError():
            return InputError("no such file or directory", file=path, remedy="check the path")
        case PermissionError():
            return InputError("permission denied", file=path, remedy="make the file readable")
        case IsADirectoryError():
            return InputError("is a directory", file=path, remedy="name a file")
        case OSError():
            reason = error.strerror or type(error).__name__
            return InputError(f"cannot be read: {reason}", file=path, remedy="check the disk")
        case _:
            return InputError("not a usable path", file=path, remedy="check the path")


def _search(path: str, search: _Search) -> None:
    if os.path.isdir(path):  # noqa: PTH112 - the path is kept as the user spelled it
        _walk(path, search)
    elif os.path.lexists(path) or not glob.has_magic(path):
        _add(describe(path, search.format), search)
    else:
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - keeps relative spelling
        if not matches:
            raise InputError("the pattern matches no file", file=path, remedy="check the pattern")
        for match in matches:
            if not os.path.isdir(match):  # noqa: PTH112 - see above
                _try(match, search)


def _walk(directory: str, search: _Search) -> None:
    for parent, directories, names in os.walk(directory, onerror=_failing(search)):
        visible = sorted(name for name in directories if not name.startswith("."))
        search.hidden += len(directories) - len(visible)
        directories[:] = visible
        for name in sorted(names):
            if name.startswith("."):
                search.hidden += 1
            else:
                _try(os.path.join(parent, name), search)  # noqa: PTH118 - see above


def _failing(search: _Search) -> Callable[[OSError], None]:
    def fail(error: OSError) -> None:
        search.problems.append(unreadable(str(error.filename), error))

    return fail


def _try(path: str, search: _Search) -> None:
    try:
        _add(describe(path, search.format), search)
    except InputError as error:
        search.problems.append(error)


def _add(source: Source, search: _Search) -> None:
    search.sources.setdefault(os.path.realpath(source.path), source)


def _split(path: str) -> tuple[Compression, str]:
    suffixes = [suffix.lower() for suffix in _suffixes(path)]
    if suffixes and suffixes[0] == ".gz":
        return "gzip", suffixes[1] if len(suffixes) > 1 else ""
    return "none", suffixes[0] if suffixes else ""


def _suffixes(path: str) -> Iterator[str]:
    return reversed(Path(path).suffixes)


def _known() -> str:
    return " ".join(EXTENSIONS)
