"""``multipart/form-data`` (RFC 7578), read strictly.

What two readers would cut differently is refused. A part that nobody changes is
written with its own bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from guard.errors import InputError

_BOUNDARY = re.compile(
    r'multipart/form-data\s*;\s*boundary=(?:"([^"\\]{1,70})"|([A-Za-z0-9\'()+_,./:=?-]{1,70}))\s*',
    re.IGNORECASE,
)
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\x00]*)")
_DISPOSITION = re.compile(
    r'form-data;\s*name="((?:[^"\\\r\n]|\\.)*)"(?:;\s*filename="((?:[^"\\\r\n]|\\.)*)")?',
    re.IGNORECASE,
)
_PARTS = 1000
_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Args:
        head: Its header fields as they were written.
        name: The form's field.
        filename: As the sender calls it; None where the part is no file.
        kind: Its media type, ``""`` if it names none.
        content: Its bytes.
    """

    head: bytes = field(repr=False)
    name: str = field(repr=False)
    filename: str | None = field(repr=False)
    kind: str
    content: bytes = field(repr=False)


def boundary_of(content_type: str) -> bytes:
    """The boundary that a content type names.

    Raises:
        InputError: If it names none, or something beside it.
    """
    found = _BOUNDARY.fullmatch(content_type.strip())
    if found is None:
        raise _unreadable()
    return (found[1] or found[2]).encode()


def parse(body: bytes, boundary: bytes) -> tuple[Part, ...]:
    """The parts of a body.

    Raises:
        InputError: If it is cut in any way but the standard's.
    """
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 3 or pieces[0] or pieces[-1] not in {b"--", b"--\r\n"}:
        raise _unreadable()
    if len(pieces) > _PARTS + 2:
        raise InputError("the form has too many parts")
    return tuple(_part(piece) for piece in pieces[1:-1])


def written(parts: Sequence[tuple[Part, bytes]], boundary: bytes) -> bytes:
    """A body of parts with their contents.

    Raises:
        InputError: If the boundary stands within one of them.
    """
    line = b"--" + boundary
    if any(line in content for _, content in parts):
        raise _unreadable()
    out = [b"%s\r\n%s\r\n\r\n%s\r\n" % (line, part.head, content) for part, content in parts]
    return b"".join(out) + line + b"--\r\n"


def _part(piece: bytes) -> Part:
    head, blank, content = piece.partition(b"\r\n\r\n")
    if not head.startswith(b"\r\n") or not blank or len(head) > _HEAD:
        raise _unreadable()
    said: dict[str, str] = {}
    for line in head[2:].split(b"\r\n"):
        found = _FIELD.fullmatch(line)
        if found is None:
            raise _unreadable()
        try:
            name, value = found[1].decode().lower(), found[2].decode().strip()
        except UnicodeDecodeError:
            raise _unreadable() from None
        if name in said or name not in {"content-disposition", "content-type", "content-length"}:
            raise _unreadable()
        said[name] = value
    how = _DISPOSITION.fullmatch(said.get("content-disposition", ""))
    if how is None:
        raise _unreadable()
    kind = said.get("content-type", "").partition(";")[0].strip().lower()
    return Part(head[2:], how[1], how[2], kind, content)


def _unreadable() -> InputError:
    return InputError("the form cannot be read as multipart/form-data", remedy="see RFC 7578")
