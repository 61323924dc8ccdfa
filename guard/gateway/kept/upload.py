"""An upload, read: what it is for, its lines, and what nobody can scan.

Nothing of the form leaves but its purpose, its end and the file. The file's name stays here: it is
a text of the caller's own, and a provider needs none. Source: developers.openai.com/api/reference
(``POST /v1/files``).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from guard.dialects import Walked, named, parse
from guard.dialects.walk import Walk
from guard.doors import multipart
from guard.doors.multipart import Part
from guard.errors import InputError
from guard.gateway.asgi import Incoming, Unacceptable
from guard.gateway.kept.names import What

PURPOSE = "[a-z][a-z_-]{0,31}"
ANCHOR, SECONDS = "expires_after[anchor]", "expires_after[seconds]"
_FORMS: Mapping[str, re.Pattern[str]] = {
    "purpose": re.compile(PURPOSE),
    ANCHOR: re.compile(r"created_at"),
    SECONDS: re.compile(r"[0-9]{1,8}"),
}
_WHATS: Mapping[str, tuple[What, str]] = {
    "batch": ("input", "openai.batch_file"),
    "fine-tune": ("training", "openai.training_file"),
}
_DIALECTS = {
    "/v1/chat/completions": "openai.chat",
    "/v1/responses": "openai.responses",
    "/v1/completions": "openai.completions",
    "/v1/embeddings": "openai.embeddings",
    "/v1/moderations": "openai.moderations",
}
ENDPOINTS = frozenset(_DIALECTS)
"""What the requests of a batch may be for."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a caller sends.

    Args:
        what: What it is.
        fields: The fields of the form but for the file, each in its known form.
        walked: The file taken apart; its document is the list of its lines, None where nobody can
            read it.
        kind: Its media type.
        content: Its bytes.
    """

    what: What
    fields: Mapping[str, str]
    walked: Walked = field(repr=False)
    kind: str
    content: bytes = field(repr=False)

    def asks(self) -> tuple[str, str]:
        """The model that all requests of a batch name, and the dialect that they speak.

        Raises:
            InputError: As `only` and `unreferring`; or they are for an endpoint without batches.
        """
        lines = self.walked.document
        url = only((_member(line, "url") for line in lines), "endpoint")
        model = only((_member(_member(line, "body"), "model") for line in lines), "model")
        path = url if url.startswith("/v1/") else f"/v1{url}"
        if path not in _DIALECTS or any(_member(line, "method") != "POST" for line in lines):
            raise InputError("a request of a batch is a POST to an endpoint that takes batches")
        unreferring(self.walked)
        return model, _DIALECTS[path]

    def form(self, lines: Sequence[Any] | None, name: str) -> tuple[str, bytes]:
        """The form that goes to the provider.

        Args:
            lines: The lines as they go; None where nobody can read them.
            name: What the file is called there.
        """
        content, kind = self.content, self.kind
        if lines is not None:
            content = b"".join(orjson.dumps(line) + b"\n" for line in lines)
            kind = "application/jsonl"
        parts = [(_field(name, value), value.encode()) for name, value in self.fields.items()]
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += f"Content-Type: {kind}"
        parts.append((Part(head.encode(), "file", name, kind, b""), content))
        boundary = secrets.token_hex(24).encode()
        body = multipart.written(parts, boundary)
        return f"multipart/form-data; boundary={boundary.decode()}", body


def form_only(incoming: Incoming) -> str:
    """See that a body is a form that nobody has packed, and return its content type.

    Raises:
        Unacceptable: 415 if it is not.
    """
    said = incoming.headers.get("content-type", [])
    if len(said) != 1 or not said[0].lower().startswith("multipart/form-data"):
        raise Unacceptable("a file is uploaded as multipart/form-data", status=415)
    packed = incoming.headers.get("content-encoding", ())
    if any(value.strip().lower() != "identity" for value in packed):
        raise Unacceptable("a packed body cannot be scanned", status=415, remedy="send it as it is")
    return said[0]


def read(content_type: str, raw: bytes) -> Upload:
    """An upload taken apart.

    Raises:
        InputError: It is none: another form, a field that nobody knows, or lines that are not what
            its purpose says.
    """
    parts = multipart.parse(raw, multipart.boundary_of(content_type))
    fields: dict[str, str] = {}
    files: list[Part] = []
    for part in parts:
        if part.name == "file" and part.filename is not None:
            files.append(part)
            continue
        form = _FORMS.get(part.name)
        value = part.content.decode("ascii", "replace")
        if form is None or part.filename is not None or part.name in fields:
            raise InputError("the form has a field that nobody knows, or has twice")
        if not form.fullmatch(value):
            raise InputError(f"{part.name} has no form that is known")
        fields[part.name] = value
    if len(files) != 1 or "purpose" not in fields or (ANCHOR in fields) != (SECONDS in fields):
        raise InputError("an upload has one file, and a purpose")
    return _read(files[0], fields)


def _read(file: Part, fields: Mapping[str, str]) -> Upload:
    what, dialect = _WHATS.get(fields["purpose"], ("file", ""))
    if not dialect:
        walk = Walk()
        walk.hide("", "file")
        kind = file.kind if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", file.kind) else ""
        kind = kind or "application/octet-stream"
        return Upload("file", fields, walk.walked(None), kind, file.content)
    lines = [parse(line) for line in file.content.splitlines() if line.strip()]
    return Upload(what, fields, named(dialect).request(lines), file.kind, b"")


def addressed(line: Any, model: str, more: Mapping[str, str]) -> Any:
    """A request of a batch for the upstream's own name of the model.

    Args:
        line: The request.
        model: That name.
        more: Members that the operator puts into every body.
    """
    return {**line, "body": {**line["body"], "model": model, **more}}


def only(found: Iterable[object], what: str) -> str:
    """The one string that all requests of a batch name.

    Raises:
        InputError: They do not name one, or not the same one: a batch lies with one provider, and
            what is lawful there depends on the model.
    """
    several = list(found)
    first = several[0] if several else None
    if not isinstance(first, str) or not first:
        raise InputError(f"each request of a batch names its {what}", remedy="see GET /v1/models")
    if any(one != first for one in several):
        raise InputError(
            f"the requests of one batch name more than one {what}",
            remedy="put what is for another one into a batch of its own",
        )
    return first


def unreferring(walked: Walked) -> None:
    """See that the requests of a batch refer to nothing that a provider holds.

    Its account is everybody's, and its own ids are nobody's here.

    Raises:
        InputError: If one does.
    """
    if walked.state:
        raise InputError(
            f"a request of a batch refers to {walked.state[0]}, which the provider holds",
            remedy="put what it needs into the request",
        )


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _field(name: str, value: str) -> Part:
    head = f'Content-Disposition: form-data; name="{name}"'.encode()
    return Part(head, name, None, "", value.encode())
