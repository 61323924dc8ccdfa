"""A policy that an officer considers: Rego and tables that need not be those in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guard import data
from guard.config import Config
from guard.errors import ConfigError
from guard.policy import PolicySet
from guard.policy.in_force import in_force
from guard.policy.signing import BundleVerifier
from guard.policy.signing_bundle import load as load_bundle
from guard.regions import Regions

_WHOLE_POLICY = Path("guard/main.rego")
_WHOLE_TABLES = "INDEX.yaml"
_ALONE = "a bundle stands alone: it holds its own tables"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rego and tables under one revision, and the destinations that stand in the tables.

    Args:
        policy_set: What decides.
        regions: The tables as rows, for the names and facts of destinations.
    """

    policy_set: PolicySet
    regions: Regions

    @classmethod
    def load(
        cls,
        policies: Sequence[Path] = (),
        tables: Sequence[Path] = (),
        config: Config | None = None,
        *,
        verifier: BundleVerifier | None = None,
        scope: str = "",
    ) -> Candidate:
        """Read a policy: directories, or one signed bundle.

        A directory that holds ``guard/main.rego`` is a whole policy; any other adds to the shipped
        one. A directory of tables that holds ``INDEX.yaml`` is a whole set of tables likewise.

        Args:
            policies: Directories of Rego, or one ``.tar.gz``; none for the policy in force.
            tables: Directories of tables; none for those in force.
            config: The operator's configuration, for its own directories and destinations.
            verifier: Who must have signed a bundle.
            scope: What its signature must be valid for.

        Raises:
            ConfigError: If something is missing, contradictory, or does not hold together.
            VerificationError: If a bundle is not what was signed.
        """
        own = [config.path(d) for d in config.regions.directories] if config else []
        regions = Regions.load(
            _with_shipped("regions", tables or own, _WHOLE_TABLES),
            destinations=config.destination if config else (),
        )
        bundles = [path for path in policies if path.name.endswith(".tar.gz")]
        if bundles:
            return cls(_bundle(policies, tables, verifier, scope), regions)
        if not policies and config is not None and config.policy.bundle is not None:
            if tables:
                raise ConfigError(_ALONE, remedy="leave --regions out, or give --policy")
            return cls(in_force(config, regions), regions)
        mine = [config.path(d) for d in config.policy.directories] if config else []
        directories = _with_shipped("policies", policies or mine, str(_WHOLE_POLICY))
        return cls(PolicySet.load(directories, regions.tables()), regions)


def _bundle(
    policies: Sequence[Path],
    tables: Sequence[Path],
    verifier: BundleVerifier | None,
    scope: str,
) -> PolicySet:
    if len(policies) > 1 or tables:
        raise ConfigError(_ALONE, remedy="name the bundle only")
    if verifier is None:
        raise ConfigError(
            f"{policies[0]}: a bundle is read only with the key that signed it",
            remedy="give --verification-key and --verification-key-id",
        )
    return load_bundle(policies[0], verifier, scope=scope)


def _with_shipped(
    tree: Literal["policies", "regions"], given: Sequence[Path], mark: str
) -> list[Path]:
    for directory in given:
        if not directory.is_dir():
            raise ConfigError(f"{directory}: no such directory", remedy="check the path")
    whole = [directory for directory in given if (directory / mark).is_file()]
    if len(whole) > 1:
        raise ConfigError(f"{whole[1]}: a second whole set of {tree}", remedy="name one")
    first = whole or [data.verified(tree)]
    return [*first, *(directory for directory in given if directory not in whole)]
