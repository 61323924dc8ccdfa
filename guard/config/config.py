"""`guard.toml`: one file, checked whole, unknown keys refused.

Secrets never stand in it, only the names of files that hold them. Relative paths are relative to
the file. There is no key that lets data pass when something fails; to roll out gradually, set
``mode = "observe"``: everything is decided and logged, nothing is enforced.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from guard.config.sections import (
    LEDGER_URLS,
    VAULT_URLS,
    AnswersSection,
    Context,
    Detection,
    LedgerSection,
    LogSection,
    Planner,
    PolicySection,
    RegionsSection,
    Section,
    Tagging,
    VaultSection,
)
from guard.errors import ConfigError

FILE = "guard.toml"


class Config(Section):
    """All of `guard.toml`."""

    mode: Literal["enforce", "observe"] = "enforce"
    context: Context
    detection: Detection = Detection()
    tagging: Tagging = Tagging()
    policy: PolicySection = PolicySection()
    regions: RegionsSection = RegionsSection()
    planner: Planner = Planner()
    log: LogSection = LogSection()
    vault: VaultSection = VaultSection()
    answers: AnswersSection = AnswersSection()
    ledger: LedgerSection | None = None
    destination: tuple[dict[str, Any], ...] = ()
    gateway: dict[str, Any] | None = None
    mcp: dict[str, Any] | None = None
    root: Path = Path()

    def path(self, relative: Path) -> Path:
        """`relative` as seen from the directory of the file."""
        return self.root / relative.expanduser()

    def secret(self, relative: Path) -> str:
        """What a file holds that is named where a secret must not stand.

        Raises:
            ConfigError: If it cannot be read.
        """
        path = self.path(relative)
        try:
            return path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from None

    def ledger_place(self) -> Path | str:
        """The ledger's file, or the URL of a shared one.

        Raises:
            ConfigError: If the file of the URL cannot be read or holds none.
        """
        return self._place(self.ledger or LedgerSection(), LEDGER_URLS, "postgresql:")

    def vault_place(self) -> Path | str:
        """The vault's file, or the URL of a shared one.

        Raises:
            ConfigError: If the file of the URL cannot be read or holds none.
        """
        return self._place(self.vault, VAULT_URLS, "redis: or postgresql:")

    def _place(
        self, section: LedgerSection | VaultSection, schemes: tuple[str, ...], named: str
    ) -> Path | str:
        if section.url_file is None:
            return self.path(section.path)
        url = self.secret(section.url_file)
        if not url.startswith(tuple(f"{scheme}//" for scheme in schemes)):
            raise ConfigError(
                f"{self.path(section.url_file)}: no {named} URL", remedy="write it on one line"
            )
        return url

    @classmethod
    def load(cls, path: str | Path) -> Config:
        """Read and check a file.

        Raises:
            ConfigError: Naming the file and the key or line.
        """
        file = Path(path)
        try:
            raw = file.read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise ConfigError(f"{file}: no such file", remedy="run `guard init`") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: cannot be read ({type(error).__name__})") from None
        try:
            values = tomllib.loads(raw)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{file}: not TOML: {error}") from None
        return cls.parse(values, root=file.resolve().parent, name=str(file))

    @classmethod
    def parse(cls, values: Mapping[str, Any], *, root: Path, name: str = FILE) -> Config:
        """Check values that were read elsewhere.

        Raises:
            ConfigError: Naming the first wrong key.
        """
        if "root" in values:
            raise ConfigError(f"{name}: root: unknown key", remedy="remove it")
        try:
            return cls.model_validate({**values, "root": root})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            said = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
            raise ConfigError(
                f"{name}: {where}: {said}", remedy="see `guard init --print`"
            ) from None


def find(start: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The configuration in force: ``GUARD_CONFIG``, else the nearest `guard.toml` upwards.

    Raises:
        ConfigError: If there is none: without one nobody has said where you are established.
    """
    if named := environment.get("GUARD_CONFIG"):
        return Path(named)
    here = (start or Path.cwd()).resolve()
    for directory in (here, *here.parents):
        if (directory / FILE).is_file():
            return directory / FILE
    raise ConfigError(f"no {FILE} here or above", remedy="run `guard init`")
