"""Whose data leave: keyed pseudonyms of data subjects, never a name or a number in the clear.

A pseudonym is the first 16 bytes of an HMAC-SHA256 under a key of the deployment: without the key
nobody can try all telephone numbers, and two of ten million persons share one with a probability of
one in 10^24. What is counted is never less than the number of persons:

* the caller names the persons: exact;
* otherwise every distinct value of a direct identifier is a person, one who has two counts twice,
  and a name or an address, which several persons may share, is another person in every request;
* otherwise the request is about one person whom nobody else's request is about.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from guard.errors import ConfigError, InputError

PSEUDONYM_BYTES = 16
DEVICES = frozenset({"network.device_id", "network.mac_address"})
"""Categories whose values tell devices apart."""
_SHARED = frozenset({"identity.name", "contact.address"})
_SPACE = re.compile(r"\s+")
Found = Iterable[tuple[str, str]]
"""Pairs of category and value, in memory only."""


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """The key under which persons stand in the ledger.

    Args:
        secret: 32 secret bytes. With another key every person would count anew, so a ledger
            remembers which key it was made with.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ConfigError(
                "a ledger key is 32 bytes", remedy="make one with `guard ledger init`"
            )

    @classmethod
    def generate(cls, *, randomness: Callable[[int], bytes] = secrets.token_bytes) -> Self:
        """A new key."""
        return cls(randomness(32))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the hexadecimal key in `path`.

        Raises:
            ConfigError: It is missing, malformed or readable by others.
        """
        try:
            text = path.read_text("ascii").strip()
            exposed = path.stat().st_mode & 0o077
        except (OSError, UnicodeDecodeError):
            raise ConfigError(
                f"{path}: cannot be read as a ledger key", remedy="run `guard ledger init`"
            ) from None
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise ConfigError(f"{path}: not a ledger key", remedy="run `guard ledger init`")
        if exposed:
            raise ConfigError(f"{path}: readable by others", remedy=f"chmod 600 {path}")
        return cls(bytes.fromhex(text))

    def save(self, path: Path) -> None:
        """Write the key with mode 0600; an existing file is never replaced.

        Raises:
            ConfigError: The file exists or cannot be written.
        """
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(self.secret.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            raise ConfigError(
                f"{path}: there is a key already", remedy="keep it: the counts depend on it"
            ) from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be written ({error.strerror})") from None

    @property
    def kid(self) -> str:
        """Which key this is, without telling the key."""
        return self._mac("kid", "")[:8].hex()

    def pseudonym(self, kind: str, value: str) -> bytes:
        """The pseudonym of the person or device of that kind and value.

        Args:
            kind: ``subject``, or the category of the identifier: equal values of two kinds differ.
            value: The value; upper and lower case, width and spaces do not matter.
        """
        return self._mac(f"subject\0{kind}", _normal(value))[:PSEUDONYM_BYTES]

    def _mac(self, domain: str, value: str) -> bytes:
        message = f"guard/ledger/{domain}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.secret, message, "sha256")


def subjects(
    key: SubjectKey,
    *,
    request: str,
    named: Collection[str] = (),
    found: Found = (),
    direct: Collection[str] = (),
) -> tuple[bytes, ...]:
    """The pseudonyms of all whom a payload is about: at least as many as there are persons.

    Args:
        key: The deployment's key.
        request: Id of the request. A retry bears the same one, any other request another.
        named: The persons' ids as the caller knows them; what was found is then not looked at.
        found: Category and value of what was found, in memory only.
        direct: The categories that identify a person by themselves (`CategoryRow.direct`).

    Raises:
        InputError: A person's id or the request's is blank: two persons could pass for one.
    """
    if not request.strip() or any(not one.strip() for one in named):
        raise InputError("a blank id of a request or a data subject", remedy="leave it out")
    if named:
        return _distinct(key.pseudonym("subject", one) for one in named)
    identifiers = _distinct(
        key.pseudonym(category, f"{value}\0{request}" if category in _SHARED else value)
        for category, value in found
        if category in direct
    )
    return identifiers or (key.pseudonym("request", request),)


def devices(key: SubjectKey, found: Found) -> tuple[bytes, ...]:
    """The pseudonyms of the devices that were found."""
    return _distinct(key.pseudonym(kind, value) for kind, value in found if kind in DEVICES)


def _distinct(pseudonyms: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(sorted(set(pseudonyms)))


def _normal(value: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", value).casefold())
