"""The body of a request taken apart by its media type, and written again.

What speaks a known dialect is read by its tables. In front of an application of one's own every
other JSON is a tree of texts, a form holds texts and files, and what is neither text nor JSON is a
file that nobody can scan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson

from guard.dialects import Dialect, Opaque, Walked, named, parse
from guard.dialects.plain import PLAIN
from guard.dialects.walk import Walk
from guard.dialects.words import context, is_name
from guard.doors import multipart
from guard.doors.multipart import Part
from guard.doors.wire import kind_of
from guard.errors import InputError

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_FIELDS = 1000
_FILES: Mapping[str, str] = {"batch": "openai.batch_file", "fine-tune": "openai.training_file"}
"""The dialect of a file by what it is uploaded for."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body.

    Args:
        walked: Its texts, and what nobody can scan.
        written: From a document of `walked` to bytes.
    """

    walked: Walked
    written: Callable[[Any], bytes] = field(default=orjson.dumps, repr=False)


def is_json(kind: str) -> bool:
    """Whether a media type is JSON's."""
    return kind == "application/json" or kind.endswith("+json")


def spoken(dialect: Dialect, said: Mapping[str, str], raw: bytes) -> Body:
    """The body of a request that speaks a dialect.

    Raises:
        InputError: If it does not.
    """
    if not is_json(kind_of(said)):
        raise InputError("the body is not JSON by its content-type")
    return Body(dialect.request(parse(raw)))


def plain(said: Mapping[str, str], raw: bytes) -> Body:
    """The body of a request to an application that nobody knows.

    Raises:
        InputError: If it is not what it says that it is.
    """
    kind = kind_of(said)
    if not raw:
        return Body(Walk().walked(None), _nothing)
    if is_json(kind):
        return Body(PLAIN.request(parse(raw)))
    if kind == _FORM:
        return _form(raw)
    if kind == _MULTIPART:
        return _parts(said["content-type"], raw, _of_part)
    return _guessed(kind, raw)


def uploaded(said: Mapping[str, str], raw: bytes) -> Body:
    """A file that is sent to a provider: the lines of a batch or of training data, else unread.

    Raises:
        InputError: If it is no form.
    """
    if kind_of(said) != _MULTIPART:
        raise InputError("a file is uploaded as multipart/form-data")
    return _parts(said["content-type"], raw, _of_upload)


def _guessed(kind: str, raw: bytes) -> Body:
    """Many applications read JSON whatever the content type says, escapes included."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Body(_hidden(), _nothing)
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return Body(PLAIN.request(parse(raw)))
        except InputError:
            if not kind.startswith("text/"):
                raise
    if not kind.startswith("text/"):
        return Body(_hidden(), _nothing)
    return Body(PLAIN.request(text), str.encode)


def _hidden() -> Walked:
    walk = Walk()
    walk.hide("", "file")
    return walk.walked(None)


def _nothing(_: Any) -> bytes:
    raise InputError("what nobody can read is not rewritten")


def _form(raw: bytes) -> Body:
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict",
            max_num_fields=_FIELDS,
        )  # fmt: skip
    except ValueError:
        pairs = None
    if pairs is None:
        raise InputError("the body is no form of UTF-8 texts")
    walk = Walk()
    for index, (name, value) in enumerate(pairs):
        field_name = is_name(name)
        if not field_name:
            walk.text(name, f"/{index}/0")
        walk.text(value, f"/{index}/1", context((name,)) if field_name else ())
    return Body(walk.walked([list(pair) for pair in pairs]), _urlencoded)


def _urlencoded(document: Any) -> bytes:
    return urlencode([(name, value) for name, value in document]).encode()


def _parts(
    content_type: str, raw: bytes, of: Callable[[Part, Mapping[str, str]], Body | None]
) -> Body:
    """A form in parts; each is a body of its own, None for one that nobody can scan."""
    boundary = multipart.boundary_of(content_type)
    parts = multipart.parse(raw, boundary)
    short = {
        part.name: part.content.decode(errors="replace")
        for part in parts
        if part.filename is None and len(part.content) < 64
    }
    bodies = [of(part, short) for part in parts]
    walks = [_labelled(part, index) for index, part in enumerate(parts)]
    walks += [
        _hidden_at(index) if body is None else _moved(body.walked, f"/{index}")
        for index, body in enumerate(bodies)
    ]
    documents = [None if body is None else body.walked.document for body in bodies]
    walked = _joined(documents, walks)
    return Body(walked, partial(_rewritten, parts, bodies, boundary, documents))


def _rewritten(
    parts: tuple[Part, ...],
    bodies: list[Body | None],
    boundary: bytes,
    before: list[Any],
    document: list[Any],
) -> bytes:
    return multipart.written(
        [
            (part, part.content if body is None or now is was else body.written(now))
            for part, body, was, now in zip(parts, bodies, before, document, strict=True)
        ],
        boundary,
    )


def _labelled(part: Part, index: int) -> Walked:
    """The names of a field and of a file are texts that are not rewritten."""
    walk = Walk()
    if not is_name(part.name):
        walk.hold(part.name, f"/{index}/~k0")
    if part.filename:
        walk.hold(part.filename, f"/{index}/~k1")
    return walk.walked(None)


def _hidden_at(index: int) -> Walked:
    walk = Walk()
    walk.hide(f"/{index}", "file")
    return walk.walked(None)


def _of_part(part: Part, _: Mapping[str, str]) -> Body | None:
    if part.filename is not None:
        return None
    if is_json(part.kind):
        return Body(PLAIN.request(parse(part.content)))
    if part.kind in {"", "text/plain"}:
        try:
            text = part.content.decode()
        except UnicodeDecodeError:
            return None
        walk = Walk()
        walk.text(text, "", context((part.name,)) if is_name(part.name) else ())
        return Body(walk.walked(text), str.encode)
    return None


def _of_upload(part: Part, short: Mapping[str, str]) -> Body | None:
    dialect = _FILES.get(short.get("purpose", ""))
    if part.filename is None or part.name != "file" or dialect is None:
        return _of_part(part, short)
    lines = [parse(line) for line in part.content.splitlines() if line.strip()]
    return Body(named(dialect).request(lines), _lines)


def _lines(document: Any) -> bytes:
    return b"".join(orjson.dumps(line) + b"\n" for line in document)


def _moved(walked: Walked, above: str) -> Walked:
    """The same with every place below another."""
    return replace(
        walked,
        segments=tuple(replace(s, pointer=above + s.pointer) for s in walked.segments),
        opaque=tuple(Opaque(above + one.pointer, one.kind) for one in walked.opaque),
        fixed=frozenset(above + pointer for pointer in walked.fixed),
        copies=tuple(replace(c, pointer=above + c.pointer, of=above + c.of) for c in walked.copies),
    )


def _joined(document: Any, walks: list[Walked]) -> Walked:
    return Walked(
        document=document,
        segments=tuple(segment for one in walks for segment in one.segments),
        opaque=tuple(opaque for one in walks for opaque in one.opaque),
        model=next((one.model for one in walks if one.model), ""),
        fields={name: value for one in walks for name, value in one.fields.items()},
        state=tuple(dict.fromkeys(name for one in walks for name in one.state)),
        fixed=frozenset().union(*(one.fixed for one in walks)),
        copies=tuple(copy for one in walks for copy in one.copies),
    )
