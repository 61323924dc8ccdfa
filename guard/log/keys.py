"""The log's keys: one that signs, its public half, and one for keyed digests.

Key files hold one line: a note key (c2sp.org/signed-note) or ``PRIVATE+DIGEST+<kid>+<base64>``.
Private ones are made with mode 0600 and are refused when group or world can read them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guard.errors import ConfigError
from guard.log import ed25519_keys, note

_SIGNING = "PRIVATE+KEY+"
_DIGEST = "PRIVATE+DIGEST+"
_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{0,127}")
_SEED_BYTES = 32
Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A log's public key.

    Args:
        name: The log's name, its checkpoint's origin.
        public: 32 bytes (RFC 8032).
    """

    name: str
    public: bytes
    key_id: bytes = field(init=False)
    _key: Ed25519PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not note.valid_name(self.name):
            raise ConfigError("a key's name holds no space and no +")
        if not ed25519_keys.acceptable(self.public):
            raise ConfigError(
                "this is not a usable Ed25519 public key: not canonical, or of low order"
            )
        typed = bytes([note.ED25519]) + self.public
        object.__setattr__(self, "key_id", note.key_id(self.name, typed))
        object.__setattr__(self, "_key", Ed25519PublicKey.from_public_bytes(self.public))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``name+id+base64``.

        Raises:
            ConfigError: If it is not an Ed25519 note key, or its id is not that of its bytes.
        """
        text = text.strip()
        if text.startswith("PRIVATE+"):
            raise ConfigError(
                "this is a private key where a public one is expected",
                remedy="give the line name+id+base64, not the private key",
            )
        try:
            name, identifier, typed = note.parse_key(text)
        except ValueError:
            raise ConfigError("this is not a log's public key (name+id+base64)") from None
        if typed[0] != note.ED25519:
            raise ConfigError("the key is not of type Ed25519 (0x01)")
        if note.key_id(name, typed) != identifier:
            raise ConfigError("the key's id is not that of its bytes: it was changed or cut")
        return cls(name, typed[1:])

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a public key from a file.

        Raises:
            ConfigError: If there is none.
        """
        return cls.parse(_read(path, private=False))

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        typed = bytes([note.ED25519]) + self.public
        return note.render_key(self.name, self.key_id, typed)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that signs a log's heads. One key, one log.

    Args:
        name: The log's name.
        seed: 32 secret bytes (RFC 8032).
    """

    name: str
    seed: bytes = field(repr=False)
    verifier: VerifierKey = field(init=False)
    _key: Ed25519PrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ConfigError(
                "a log's name is lower case: letters, digits, dots, slashes and hyphens",
                remedy="for example acme.example/guard",
            )
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        object.__setattr__(self, "_key", key)
        object.__setattr__(
            self, "verifier", VerifierKey(self.name, key.public_key().public_bytes_raw())
        )

    @classmethod
    def generate(cls, name: str, *, randomness: Randomness = os.urandom) -> Self:
        """A new key.

        Raises:
            ConfigError: If no log may be called `name`.
        """
        return cls(name, randomness(_SEED_BYTES))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a private key in the note format.

        Raises:
            ConfigError: If it is missing, of another kind, or readable by others.
        """
        text = _read(path, private=True)
        wrong = ConfigError(
            f"{path}: {_kind(text)}, not a log's signing key", remedy="make one with `guard init`"
        )
        if not text.startswith(_SIGNING):
            raise wrong
        try:
            name, identifier, typed = note.parse_key(text.removeprefix(_SIGNING))
        except ValueError:
            raise wrong from None
        if typed[0] != note.ED25519 or len(typed) != 1 + _SEED_BYTES:
            raise wrong
        key = cls(name, typed[1:])
        if key.verifier.key_id != identifier:
            raise ConfigError(f"{path}: the key's id is not that of its bytes")
        return key

    def save(self, path: Path) -> None:
        """Write the key with mode 0600; an existing file is never replaced.

        Raises:
            ConfigError: If the file exists or cannot be written.
        """
        typed = bytes([note.ED25519]) + self.seed
        _write(path, _SIGNING + note.render_key(self.name, self.verifier.key_id, typed))

    def sign_note(self, text: str) -> bytes:
        """`text` as a note with this key's signature."""
        value = self._key.sign(text.encode())
        signature = note.Signature(self.name, self.verifier.key_id, value)
        return note.Note(text, (signature,)).render()


@dataclass(frozen=True, slots=True)
class DigestKey:
    """The key under which persons, paths and contents appear in the log: HMAC-SHA256, never a hash.

    A plain hash of a number that a person has is found by trying all numbers; a keyed one is not,
    and destroying the key makes every digest under it unlinkable.

    Args:
        secret: 32 secret bytes.
    """

    secret: bytes = field(repr=False)
    kid: str = field(init=False)

    def __post_init__(self) -> None:
        if len(self.secret) != _SEED_BYTES:
            raise ConfigError("a digest key has 32 bytes")
        named = hashlib.sha256(b"guard digest key\n" + self.secret).hexdigest()[:8]
        object.__setattr__(self, "kid", named)

    @classmethod
    def generate(cls, *, randomness: Randomness = os.urandom) -> Self:
        """A new key."""
        return cls(randomness(_SEED_BYTES))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a digest key.

        Raises:
            ConfigError: If it is missing, of another kind, or readable by others.
        """
        text = _read(path, private=True)
        wrong = ConfigError(
            f"{path}: {_kind(text)}, not a digest key", remedy="make one with `guard init`"
        )
        kid, _, encoded = text.removeprefix(_DIGEST).partition("+")
        if not text.startswith(_DIGEST):
            raise wrong
        try:
            key = cls(note.decode_base64(encoded))
        except ValueError:
            raise wrong from None
        if key.kid != kid:
            raise ConfigError(f"{path}: the key's id is not that of its bytes")
        return key

    def save(self, path: Path) -> None:
        """Write the key with mode 0600; an existing file is never replaced.

        Raises:
            ConfigError: If the file exists or cannot be written.
        """
        _write(path, f"{_DIGEST}{self.kid}+{base64.b64encode(self.secret).decode()}")

    def name(self, domain: str, value: str) -> dict[str, str]:
        """The keyed digest of a name (a principal's id, a file's path) as ``{kid, h}``.

        Args:
            domain: What is named, ``actor`` or ``source``: equal values of two domains differ.
            value: The name.
        """
        return {"kid": self.kid, "h": self._mac(f"{domain}\x00{value}".encode()).hex()}

    def commit(self, record: str, part: str, content: bytes) -> dict[str, str | int]:
        """A commitment to content as ``{kid, c, bytes}``: equal contents do not look equal.

        Args:
            record: The record's id.
            part: ``input`` or ``output``.
            content: What is committed to.
        """
        opening = self.opening(record, part)
        mac = hmac.new(opening, content, hashlib.sha256).hexdigest()
        return {"kid": self.kid, "c": mac, "bytes": len(content)}

    def opening(self, record: str, part: str) -> bytes:
        """The key of one commitment; whoever holds it can check that one and no other."""
        return self._mac(f"commit\x00{record}\x00{part}".encode())

    def _mac(self, message: bytes) -> bytes:
        return hmac.new(self.secret, message, hashlib.sha256).digest()


def _kind(text: str) -> str:
    known = {
        _SIGNING: "a signing key",
        _DIGEST: "a digest key",
        "-----BEGIN OPENSSH": "an OpenSSH key",
        "-----BEGIN": "a PEM key",
        "ssh-": "an SSH public key",
    }
    for prefix, kind in known.items():
        if text.startswith(prefix):
            return kind
    try:
        note.parse_key(text)
    except ValueError:
        return "an unknown kind of file"
    return "a public key"


_REMEDIES: dict[type[OSError], str] = {
    FileNotFoundError: "name the right file, or make one with `guard init`"
}


def _read(path: Path, *, private: bool) -> str:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(16_384).decode("ascii").strip()
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: this is not a key file") from None
    except OSError as error:
        raise ConfigError(
            f"{path}: the key cannot be read: {error.strerror}",
            remedy=_REMEDIES.get(type(error), "check the file's owner and mode"),
        ) from None
    # Only a secret has to be kept from others; what is no private key is told by its kind.
    if private and text.startswith("PRIVATE+") and stat.S_IMODE(mode) & 0o077:
        raise ConfigError(f"{path}: the key can be read by others", remedy=f"chmod 600 {path}")
    return text


def _write(path: Path, line: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise ConfigError(
            f"{path}: there is a key already", remedy="move it away first; logs depend on it"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: the key cannot be written: {error.strerror}") from None
