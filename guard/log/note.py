"""Signed notes and their keys as text: c2sp.org/signed-note.

A note is a text, an empty line and at least one signature line::

    example.com/log
    15
    rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

    — example.com/log M9e0luh4jTG+UMBq…

A public key is ``<name>+<key id, 8 hex digits>+<base64 of type byte and key>``, a private one
``PRIVATE+KEY+`` followed by the same with the seed. Everything is parsed strictly: what does not
render again to the same characters is refused, with one flat error.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Protocol

from guard.errors import VerificationError

ED25519 = 0x01
"""The signature type of Ed25519 (signed-note, "Signature types")."""

_PREFIX = "\N{EM DASH} "
_MAX_BYTES = 1_000_000
_MAX_SIGNATURES = 100
_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and the signature itself."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, and the signatures beneath it."""

    text: str
    signatures: tuple[Signature, ...]

    def render(self) -> bytes:
        """The note's bytes."""
        lines = [
            f"{_PREFIX}{s.name} {base64.b64encode(s.key_id + s.value).decode()}\n"
            for s in self.signatures
        ]
        return f"{self.text}\n{''.join(lines)}".encode()


class Verifier(Protocol):
    """What can check a signature: a public key with its name."""

    @property
    def name(self) -> str:
        """The key's name."""
        ...

    @property
    def key_id(self) -> bytes:
        """The key's id, 4 bytes."""
        ...

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        ...


def parse(data: bytes) -> Note:
    """Read a note without checking its signatures.

    Raises:
        VerificationError: If it is not a well-formed note.
    """
    if len(data) > _MAX_BYTES:
        raise _malformed()
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed() from None
    if any(c < " " and c != "\n" for c in whole):
        raise _malformed()
    text, separator, tail = whole.rpartition("\n\n")
    if not separator or not tail.endswith("\n"):
        raise _malformed()
    lines = tail[:-1].split("\n")
    if len(lines) > _MAX_SIGNATURES:
        raise _malformed()
    note = Note(text + "\n", tuple(_signature(line) for line in lines))
    if note.render() != data:
        raise _malformed()
    return note


def open_note(data: bytes, verifier: Verifier) -> str:
    """The text of a note that `verifier` signed. Signatures by other keys are ignored.

    Raises:
        VerificationError: If the note is malformed, not signed by that key, or signed wrongly.
    """
    note = parse(data)
    ours = [s for s in note.signatures if (s.name, s.key_id) == (verifier.name, verifier.key_id)]
    if not ours:
        raise VerificationError(
            f"the note is not signed by {verifier.name}+{verifier.key_id.hex()}",
            remedy="check that this is the log's public key",
        )
    message = note.text.encode()
    if not all(verifier.verify(message, s.value) for s in ours):
        raise VerificationError(f"the signature of {verifier.name} does not verify")
    return note.text


def key_id(name: str, key: bytes) -> bytes:
    """The id of a key: ``SHA-256(name || LF || type byte and key)[:4]``."""
    return hashlib.sha256(f"{name}\n".encode() + key).digest()[:_ID_BYTES]


def valid_name(name: str) -> bool:
    """Whether a key may have this name: not empty, no ``+``, no space, no control character."""
    return bool(name) and not any(c == "+" or c.isspace() or not c.isprintable() for c in name)


def render_key(name: str, identifier: bytes, key: bytes) -> str:
    """A key as text: name, id, and base64 of the type byte and key."""
    return f"{name}+{identifier.hex()}+{base64.b64encode(key).decode()}"


def parse_key(text: str) -> tuple[str, bytes, bytes]:
    """The name, the id and the typed bytes of a key in text form; the id is not recomputed here.

    Raises:
        ValueError: If it is not a key.
    """
    # Base64 itself may hold "+", so only the first two are separators.
    name, _, rest = text.partition("+")
    identifier, _, encoded = rest.partition("+")
    key = decode_base64(encoded)
    try:
        number = bytes.fromhex(identifier)
    except ValueError:
        raise ValueError("not a key") from None
    if not valid_name(name) or len(number) != _ID_BYTES or not key:
        raise ValueError("not a key")
    if render_key(name, number, key) != text:
        raise ValueError("not a key")
    return name, number, key


def decode_base64(text: str) -> bytes:
    """Standard base64 that encodes again to the same characters.

    Raises:
        ValueError: If it does not.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if base64.b64encode(data).decode() != text:
        raise ValueError("not base64")
    return data


def _signature(line: str) -> Signature:
    if not line.startswith(_PREFIX):
        raise _malformed()
    name, _, encoded = line.removeprefix(_PREFIX).partition(" ")
    try:
        value = decode_base64(encoded)
    except ValueError:
        raise _malformed() from None
    if not valid_name(name) or len(value) <= _ID_BYTES:
        raise _malformed()
    return Signature(name, value[:_ID_BYTES], value[_ID_BYTES:])


def _malformed() -> VerificationError:
    return VerificationError("malformed note")
