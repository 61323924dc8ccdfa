"""Files of places: one line of JSON for each finding or bad row, never the value.

Workers write theirs to spools in a directory that the scan removes; the scan appends a unit's spool
when its turn has come. So neither side holds what a large file yields in memory.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from guard.errors import ConfigError


class Spool:
    """A worker's file of places for one unit; made when the first line comes.

    Args:
        directory: Where to make it; None throws every line away.
    """

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        self._file: Any = None

    @property
    def name(self) -> str:
        """The file's path, ``""`` when there is none."""
        return self._file.name if self._file else ""

    @property
    def wanted(self) -> bool:
        """Whether lines are kept."""
        return self._directory is not None

    def add(self, value: dict[str, object]) -> None:
        """Add a line.

        Raises:
            ConfigError: If it cannot be written.
        """
        if self._directory is None:
            return
        try:
            if self._file is None:
                self._file = tempfile.NamedTemporaryFile(dir=self._directory, delete=False)  # noqa: SIM115 - closed by `close`; the scan reads it
            self._file.write(_line(value))
        except OSError as error:
            raise _unwritable(self._directory, error) from None

    def close(self) -> None:
        """Finish the file.

        Raises:
            ConfigError: If it cannot be written.
        """
        try:
            if self._file is not None:
                self._file.close()
        except OSError as error:
            raise _unwritable(self._directory, error) from None


class Sink:
    """A file that the user asked for; a context manager.

    Args:
        path: The file, or None for nowhere. It is written anew.

    Raises:
        ConfigError: If it cannot be written.
    """

    def __init__(self, path: str | Path | None) -> None:
        self._path = path
        try:
            self._file = None if path is None else Path(path).open("wb", buffering=0)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise _unwritable(path, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def line(self, value: dict[str, object]) -> None:
        """Add a line.

        Raises:
            ConfigError: If it cannot be written.
        """
        if self._file is not None:
            try:
                self._file.write(_line(value))
            except OSError as error:
                raise _unwritable(self._path, error) from None

    def take(self, spool: str) -> None:
        """Append a worker's spool and remove it.

        Raises:
            ConfigError: If it cannot be written.
        """
        if not spool or self._file is None:
            return
        try:
            with open(spool, "rb") as lines:  # noqa: PTH123 - a name of ours
                shutil.copyfileobj(lines, self._file)
            os.unlink(spool)  # noqa: PTH108 - see above
        except OSError as error:
            raise _unwritable(self._path, error) from None


def separate(sinks: Iterable[str | Path | None], sources: Iterable[str]) -> None:
    """Refuse to write over what is read, or two outputs over each other.

    Raises:
        ConfigError: Naming the output.
    """
    taken = {os.path.realpath(path) for path in sources}
    for sink in sinks:
        if sink is None:
            continue
        real = os.path.realpath(sink)
        if real in taken:
            raise ConfigError(f"{sink}: is in use by this scan", remedy="name another file")
        taken.add(real)


def _line(value: dict[str, object]) -> bytes:
    # A file's name may hold bytes that are not UTF-8: lone surrogates, which JSON can spell.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _unwritable(path: object, error: OSError) -> ConfigError:
    return ConfigError(f"{path}: cannot be written ({error.strerror})", remedy="check the disk")
