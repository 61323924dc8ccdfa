"""Names of what a provider keeps: they say whose it is and where it lies, and cannot be made up.

A file lies at one upstream, in one account that all tenants share, and its id there does not say
whose it is. So callers are given a name that holds the upstream, the model that it was decided for,
the conversation whose pseudonyms stand in it, and the id, under a keyed digest that covers the
tenant as well. No table has to be kept or shared between workers, what another tenant was given is
no name, and the same file has the same name at every turn. A name can be read by whoever has it:
nothing in it is a secret, or a value. HMAC-SHA256, cut to 128 bits (RFC 2104 section 5).
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from guard.errors import GuardError
from guard.vault.seal import read_key

if TYPE_CHECKING:
    from guard.config import Config

What = Literal["input", "results", "training", "file", "batch", "messages"]
"""The requests of a batch, its results, examples, what nobody can read; batches of both APIs."""

FILES: frozenset[What] = frozenset({"input", "results", "training", "file"})
_LETTERS: dict[What, bytes] = {
    "input": b"i", "results": b"r", "training": b"t", "file": b"f", "batch": b"b", "messages": b"m",
}  # fmt: skip
_WHATS = {letter: what for what, letter in _LETTERS.items()}
_PREFIXES: dict[What, str] = {"batch": "batch_", "messages": "msgbatch_"}
_MARK = "guard-"
_TAG, _CONVERSATION = 16, 16
_LONGEST = 2048
_IDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,199}")


class NotKept(GuardError):  # noqa: N818  (a refusal is an answer, not an error)
    """Nothing of that name is kept for that tenant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that an upstream keeps.

    Args:
        what: What it is.
        model: The name of the model that it was decided for, ``""`` if for none.
        conversation: 32 hexadecimal digits that name its conversation within the tenant.
        sent: The token under which the vault has the values that it was sent with, or ``""``.
        upstream: Name of the upstream that has it.
        id: Its id there.
    """

    what: What
    model: str
    conversation: str
    sent: str = ""
    upstream: str = ""
    id: str = ""

    def named(self, tenant: str) -> str:
        """The name of its conversation in the vault; no caller can say it in a header."""
        return f"{tenant}\0kept\0{self.conversation}"


class Names:
    """Gives names, and knows its own again.

    Args:
        key: 32 bytes that all workers share.
    """

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"guard/gateway/kept", "sha256")

    @classmethod
    def of(cls, config: Config) -> Names:
        """Names under the key of a configuration's vault.

        Raises:
            ConfigError: If the key cannot be read.
        """
        return cls(read_key(config.path(config.vault.key_file)))

    def name(self, tenant: str, kept: Kept) -> str:
        """What a tenant calls it."""
        return _PREFIXES.get(kept.what, "file-") + self._sealed(b"name", tenant, kept)

    def mark(self, tenant: str, kept: Kept) -> str:
        """What is written on it before it has an id, so that a list shows whose it is."""
        return _MARK + self._sealed(b"mark", tenant, replace(kept, upstream="", id=""))

    def kept(self, tenant: str, name: str, whats: Collection[What]) -> Kept:
        """What a tenant means by a name.

        Args:
            tenant: The tenant.
            name: The name.
            whats: What it may be.

        Raises:
            NotKept: If it is the name of nothing of that kind that is this tenant's.
        """
        found = self._opened(b"name", tenant, name)
        if found is None or found.what not in whats or self.name(tenant, found) != name:
            raise NotKept("nothing of that id is kept for this key")
        return found

    def marked(self, tenant: str, mark: object) -> Kept | None:
        """What a mark says, None for any that is not this tenant's."""
        if not isinstance(mark, str) or not mark.startswith(_MARK):
            return None
        return self._opened(b"mark", tenant, mark)

    def _sealed(self, kind: bytes, tenant: str, kept: Kept) -> str:
        words = f"{kept.upstream}\0{kept.model}\0{kept.sent}\0{kept.id}".encode()
        held = _LETTERS[kept.what] + bytes.fromhex(kept.conversation) + words
        return base64.urlsafe_b64encode(self._tag(kind, tenant, held) + held).rstrip(b"=").decode()

    def _opened(self, kind: bytes, tenant: str, name: str) -> Kept | None:
        written = re.split("[-_]", name, maxsplit=1)[-1]
        if not written or len(name) > _LONGEST:
            return None
        try:
            raw = base64.b64decode(written + "=" * (-len(written) % 4), b"-_", validate=True)
        except ValueError:
            return None
        held = raw[_TAG:]
        if not hmac.compare_digest(raw[:_TAG], self._tag(kind, tenant, held)):
            return None
        upstream, model, sent, name = held[1 + _CONVERSATION :].decode().split("\0")
        return Kept(
            what=_WHATS[held[:1]],
            model=model,
            conversation=held[1 : 1 + _CONVERSATION].hex(),
            sent=sent,
            upstream=upstream,
            id=name,
        )

    def _tag(self, kind: bytes, tenant: str, held: bytes) -> bytes:
        said = b"\0".join((kind, tenant.encode(), held))
        return hmac.digest(self._key, said, "sha256")[:_TAG]


def is_id(value: object) -> bool:
    """Whether a provider's id can stand in a path, and in a name."""
    return isinstance(value, str) and _IDS.fullmatch(value) is not None
