"""The keys of callers: who may ask for what, by a file that holds no key.

    [[key]]
    id = "shop"
    sha256 = "…"                 # of the key, which was shown once
    tenant = "retail"
    models = ["assistant"]
    per_minute = 600

A key is 256 bits from the system's generator, so its plain SHA-256 cannot be turned back by trying
keys; a slow hash protects what people choose, and would only let callers slow the gateway down.
Looking a digest up in a table tells by its time nothing that helps to find a key with a digest
close to it; the comparison that decides is of constant time nevertheless.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from guard.config import Section
from guard.errors import ConfigError, Undecided
from guard.types import Purpose

PREFIX = "gk_"
_BYTES = 32
_LONGEST = 200
"""Characters of a key that is looked at; ours have 46."""
ALL = "*"

Scope = Literal["generate", "evaluate", "metrics"]
Statement = Literal[
    "categories",
    "conversation",
    "language",
    "purpose",
    "request-id",
    "session",
    "subjects",
    "use-case",
]
"""What a caller may say of its request in a header ``X-Guard-…``."""
_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


class Key(Section):
    """What is known of a key.

    Args:
        id: A name for it.
        sha256: SHA-256 of the key, hexadecimal.
        tenant: Whose conversations and sessions it sees; those of other tenants it does not.
        scopes: ``generate`` to send requests to models, ``evaluate`` for AuthZEN, ``metrics``.
        models: The names of models it may use; ``*`` for all.
        purposes: What it may use data for; the first one is meant where a request says nothing.
        states: What it may say in headers ``X-Guard-…``. What is not stated here is refused.
        per_minute: Requests a minute.
        concurrent: Requests at once.
        until: The last day on which it is good.
    """

    id: _Name
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", repr=False)
    tenant: _Name = "default"
    scopes: tuple[Scope, ...] = ("generate",)
    models: tuple[str, ...] = (ALL,)
    purposes: tuple[Purpose, ...] = Field(("inference",), min_length=1)
    states: tuple[Statement, ...] = ("categories", "conversation", "request-id", "session")
    per_minute: int = Field(600, ge=1, le=1_000_000)
    concurrent: int = Field(32, ge=1, le=100_000)
    until: date | None = None

    @property
    def principal(self) -> str:
        """Who asks, as the decision log's keyed digest has it."""
        return f"{self.tenant}/{self.id}"

    def serves(self, model: str) -> bool:
        """Whether it may use a model."""
        return ALL in self.models or model in self.models

    def own(self, name: str) -> str:
        """A name of the caller's, as this tenant's: no header holds the separator."""
        return f"{self.tenant}\0{name}" if name else ""


class Keys:
    """The keys of a file, read again when it changes, so that a key can be taken away at once.

    Args:
        path: The file.

    Raises:
        ConfigError: If it cannot be used, or holds no key.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._stat()
        self._keys = _read(path)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, presented: str, today: date) -> Key | None:
        """The key that a caller presents, if there is one of it that is still good.

        Raises:
            Undecided: If the file has become unusable: then nobody knows who is who.
        """
        try:
            stamp = self._stat()
            if stamp != self._stamp:
                self._keys, self._stamp = _read(self._path), stamp
        except ConfigError as error:
            raise Undecided(f"the keys cannot be read: {error.message}") from None
        if not presented or len(presented) > _LONGEST:
            return None
        digest = digested(presented)
        key = self._keys.get(digest)
        if key is None or not hmac.compare_digest(key.sha256, digest):
            return None
        return None if key.until is not None and key.until < today else key

    def _stat(self) -> tuple[int, int, int]:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - half the time of Path.stat, every request
        except OSError as error:
            raise ConfigError(
                f"{self._path}: cannot be read ({type(error).__name__})",
                remedy="make a key: `guard serve --new-key NAME`",
            ) from None
        if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise ConfigError(f"{self._path}: others may write it", remedy="chmod 600")
        return found.st_mtime_ns, found.st_size, found.st_ino


def digested(key: str) -> str:
    """SHA-256 of a key, hexadecimal."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def presented(headers: Mapping[str, Iterable[str]]) -> str:
    """The key that a request presents, ``""`` if none or more than one.

    Args:
        headers: Values by name in lower case.
    """
    found = {value.strip() for name in ("x-api-key", "api-key") for value in headers.get(name, ())}
    for value in headers.get("authorization", ()):
        scheme, _, credentials = value.strip().partition(" ")
        found.add(credentials.strip() if scheme.lower() == "bearer" else "")
    return found.pop() if len(found) == 1 else ""


def new(path: Path, name: str, *, tenant: str = "default", scopes: Iterable[str] = ()) -> str:
    """Make a key, write down its digest, and return it: it cannot be read anywhere again.

    Args:
        path: The file, made if it is not there.
        name: The key's id.
        tenant: Its tenant.
        scopes: Its scopes; ``generate`` if none is named.

    Raises:
        ConfigError: If there is one of that name, or the file cannot be written.
    """
    secret = PREFIX + base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).rstrip(b"=").decode()
    wanted = {
        "id": name,
        "sha256": digested(secret),
        "tenant": tenant,
        "scopes": tuple(scopes) or ("generate",),
    }
    key = _key(wanted, path, "the new key")
    existing = _read(path) if path.exists() else {}
    if any(one.id == key.id for one in existing.values()):
        raise ConfigError(f"{path}: there is a key {key.id!r}", remedy="choose another name")
    listed = ", ".join(f'"{scope}"' for scope in key.scopes)
    table = (
        f'[[key]]\nid = "{key.id}"\nsha256 = "{key.sha256}"\n'
        f'tenant = "{key.tenant}"\nscopes = [{listed}]\n\n'
    )
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            file.write(table)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({type(error).__name__})") from None
    return secret


def _read(path: Path) -> dict[str, Key]:
    """The keys of a file by their digests."""
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    tables = values.pop("key", [])
    if values or not isinstance(tables, list) or not tables:
        raise ConfigError(
            f"{path}: it holds tables [[key]], at least one, and nothing else",
            remedy="make a key: `guard serve --new-key NAME`",
        )
    keys = [_key(table, path, f"key {number}") for number, table in enumerate(tables, 1)]
    if len({key.id for key in keys}) != len(keys) or len({k.sha256 for k in keys}) != len(keys):
        raise ConfigError(f"{path}: two keys have one id or one digest")
    return {key.sha256: key for key in keys}


def _key(table: Any, path: Path, where: str) -> Key:
    try:
        return Key.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        said = "unknown" if first["type"] == "extra_forbidden" else first["msg"]
        raise ConfigError(
            f"{path}: {where}: {place}: {said}", remedy="see docs/gateway.md"
        ) from None
