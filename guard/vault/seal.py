"""What a store gets to see: sealed values under keyed names.

Names are HMAC-SHA256 digests, values AES-256-GCM with a random nonce of 96 bits, bound to the name
they are kept under, so that a row that is moved to another name does not open (NIST SP 800-38D).
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guard.errors import ConfigError, ObligationError

KEY_BYTES = 32
_NONCE_BYTES = 12
Kind = Literal["conversation", "session"]


class Box:
    """Seals and opens under one key.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def sealed(self, plain: bytes, name: bytes) -> bytes:
        """`plain`, unreadable and bound to `name`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, name)

    def opened(self, sealed: bytes, name: bytes) -> bytes:
        """What was sealed under `name`.

        Raises:
            ObligationError: It was sealed under another key or name, or changed since.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name)
        except (InvalidTag, ValueError):
            raise ObligationError(
                "the vault's key does not open it", remedy="name the key file it was made with"
            ) from None


class Seal:
    """All that is derived from the vault's key.

    Args:
        key: 32 bytes.

    Raises:
        ConfigError: If they are not 32.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ConfigError("a vault key is 32 bytes", remedy="make one with `guard init`")
        self.keys = Box(key)
        """Seals the conversations' keys."""
        self.tags = Box(_derived(key, b"guard/vault/session/tag"))
        """Seals what sessions met."""
        self._tag_names = _derived(key, b"guard/vault/session/tag/name")
        self._names: dict[Kind, bytes] = {
            "conversation": _derived(key, b"guard/vault/conversation"),
            "session": _derived(key, b"guard/vault/session"),
        }

    def name(self, kind: Kind, said: str) -> bytes:
        """What a conversation or session is called in a store."""
        return _derived(self._names[kind], said.encode("utf-8", "surrogatepass"))

    def tag(self, session: bytes, tag: bytes) -> bytes:
        """What a tag of a session is called in a store; in another session it has another name."""
        return _derived(self._tag_names, session + tag)[:16]


def new_key(path: Path) -> None:
    """Write a fresh 256-bit vault key, readable by its owner alone.

    Raises:
        ConfigError: If the file exists or cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigError(f"{path}: exists already", remedy="keep it, or move it away") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")


def read_key(path: Path) -> bytes:
    """The hexadecimal key in a file.

    Raises:
        ConfigError: If it is missing, malformed or readable by others.
    """
    try:
        text = path.read_text("ascii").strip()
        exposed = path.stat().st_mode & 0o077
    except (OSError, UnicodeDecodeError):
        message = f"{path}: cannot be read as a vault key"
        raise ConfigError(message, remedy="run `guard init`") from None
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ConfigError(f"{path}: not a vault key", remedy="run `guard init`")
    if exposed:
        raise ConfigError(f"{path}: readable by others", remedy=f"chmod 600 {path}")
    return bytes.fromhex(text)


def _derived(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
