"""The policy in force, as a configuration names it: directories of Rego, or one signed bundle.

Facts are stated in the words of this installation's tables; a bundle brings tables of its own. A
word that only one of them knows would be stated to rules that cannot hear it, or asked for by rules
to which nobody can say it. So where words differ, the bundle is refused. What the law makes of the
words (adequacy, dates, articles) comes from the bundle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guard import data
from guard.errors import ConfigError
from guard.policy.bundle import PolicySet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guard.config import Config
    from guard.regions import Regions

WORDS = ("counts", "declarations", "facts", "safeguards", "use_cases")
"""Tables whose words a transfer or a destination is described in."""
_REMEDY = "build the bundle with the tables of this installation: `guard policy build`"


def in_force(config: Config | None, regions: Regions) -> PolicySet:
    """The policy set that a configuration names.

    Args:
        config: The configuration; None for what is shipped.
        regions: The tables of this installation.

    Raises:
        ConfigError: If the policies do not hold together, or speak in other words.
        VerificationError: If a bundle is not what was signed with the key that is named.
    """
    if config is not None and config.policy.bundle is not None:
        return _bundle(config, config.policy.bundle, regions)
    own = [config.path(d) for d in config.policy.directories] if config else []
    return PolicySet.load([data.verified("policies"), *own], regions.tables())


def _bundle(config: Config, bundle: Path, regions: Regions) -> PolicySet:
    # The signature's cryptography is loaded only where something is signed.
    from guard.policy.signing import BundleVerifier  # noqa: PLC0415
    from guard.policy.signing_bundle import load  # noqa: PLC0415

    section = config.policy
    if section.verification_key is None or section.verification_key_id is None:
        raise ConfigError("policy.bundle needs verification_key and verification_key_id")
    key = BundleVerifier.load(config.path(section.verification_key), section.verification_key_id)
    path = config.path(bundle)
    found = load(path, key, scope=section.scope)
    problem = disagreement(found, regions)
    if problem:
        raise ConfigError(f"{path}: {problem}", remedy=_REMEDY)
    return found


def disagreement(policy_set: PolicySet, regions: Regions) -> str:
    """Which word only one of two sets of tables knows, or ``""``.

    Args:
        policy_set: The bundle's rules and tables.
        regions: The tables of this installation.
    """
    laws = {rule.instrument for rule in policy_set.catalogue.rules.values()} - {"guard"}
    for law in sorted(laws - regions.instruments.keys()):
        return f"the bundle has rules of {law}, an instrument that this installation does not know"
    tables: Mapping[str, Any] = regions.tables()
    for name in WORDS:
        there, here = policy_set.tables.get(name, {}).keys(), tables.get(name, {}).keys()
        for word in sorted(here - there):
            return f"the bundle's table {name} lacks {word}, which this installation can state"
        for word in sorted(there - here):
            return f"the bundle's table {name} has {word}, which this installation cannot state"
    # The ledger counts persons whose data are sensitive by the tables of this installation.
    if policy_set.tables.get("sensitive") != tables.get("sensitive"):
        return "the bundle's table sensitive is not that of this installation"
    return ""
