"""What was worked out of the shipped files beforehand, so that no process works it out again.

Parsing a file gives the same result as long as the file and the parser are the same. So results are
kept under the digest of what they were made from, and whoever asks has that input at hand: a file
that changed, an operator's own file, a bundle's file has another digest and is parsed. The sources
stay the truth, and what only holds for all files together is still checked at every start.

The files of results stand inside the package (``guard/_prepared``), where whoever could change them
could change the code as well. They are made when the wheel is built and, in a checkout, by ``make
prepared``; where one is missing, damaged, or made by other code, everything is parsed as if there
had never been one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
DIRECTORY = _PACKAGE / "_prepared"
_FORMAT = 1


def digest(*parts: str | bytes) -> str:
    """The key of a result: SHA-256 over the inputs it was made from, in hexadecimal."""
    found = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8") if isinstance(part, str) else part
        found.update(b"%d:" % len(raw))
        found.update(raw)
    return found.hexdigest()


@cache
def maker(room: str, *packages: str) -> str:
    """What makes results: the code of a room of the package, and versions of what it uses.

    Args:
        room: A directory below ``guard``: ``policy``.
        packages: Distributions whose versions make a difference.

    Returns:
        A digest, or ``""`` where code or version cannot be told; then nothing is prepared.
    """
    paths = [Path(__file__), *sorted((_PACKAGE / room).glob("*.py"))]
    try:
        code = [part for path in paths for part in (path.name, path.read_bytes())]
        versions = [f"{name}=={version(name)}" for name in packages]
    except (OSError, PackageNotFoundError):
        return ""
    return digest(*code, *versions) if len(paths) > 1 else ""


def read(name: str, key: str) -> bytes | None:
    """The content of a prepared file, or None unless it is whole and has this key.

    Args:
        name: The file's name.
        key: A digest of what makes it (`maker`) and, if all of it is one result, of the inputs.
    """
    try:
        head, found, body = (DIRECTORY / name).read_bytes().partition(b"\n")
        said = json.loads(head)
    except (OSError, ValueError, RecursionError):
        return None
    if not found or not key or said != _head(key, body):
        return None
    return body


def entries(name: str, key: str) -> Mapping[str, Any]:
    """The results of a prepared file, by digest of their inputs; none where `read` gives None."""
    body = read(name, key)
    found = json.loads(body) if body else None
    return found if isinstance(found, dict) else {}


def write(name: str, key: str, body: bytes) -> None:
    """Write a prepared file, whole or not at all.

    Args:
        name: The file's name.
        key: As it will be asked for.
        body: The content.

    Raises:
        OSError: If it cannot be written.
        ValueError: If it is not known what makes it.
    """
    if not key:
        raise ValueError(f"{name}: the code that makes it has no digest here")
    DIRECTORY.mkdir(exist_ok=True)
    target = DIRECTORY / name
    draft = target.with_name(f".{name}.{os.getpid()}")
    draft.write_bytes(json.dumps(_head(key, body)).encode() + b"\n" + body)
    draft.replace(target)


def write_entries(name: str, key: str, results: Mapping[str, Any]) -> None:
    """Write results by digest of their inputs, if they come back from JSON as they went in.

    Raises:
        OSError: If the file cannot be written.
        ValueError: If a result is not the same after it was written and read.
    """
    # The order of keys is kept as it is: rows and fields are listed in it.
    text = json.dumps(results, ensure_ascii=False, separators=(",", ":"))
    if json.loads(text) != results:
        raise ValueError(f"{name}: a result is not the same when it is read back")
    write(name, key, text.encode("utf-8"))


def _head(key: str, body: bytes) -> dict[str, Any]:
    return {"format": _FORMAT, "key": key, "sha256": hashlib.sha256(body).hexdigest()}
