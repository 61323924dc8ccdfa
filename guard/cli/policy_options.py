"""Options that the officer's commands share: which policy, which tables, whose key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guard.config import Config
    from guard.officer.candidate import Candidate


def policy_options(function: Any) -> Any:
    """Adds ``--policy``, ``--regions``, the verification key of a bundle, and ``--config``."""
    for option in (
        click.option("--scope", default="", help="The scope that the bundle was signed for."),
        click.option("--verification-key-id", "keyid", help="What the bundle calls its key."),
        click.option("--verification-key", "key", help="PEM of who signed the bundle."),
        click.option(
            "--regions",
            "tables",
            multiple=True,
            type=click.Path(),
            help="Directory of tables: whole (INDEX.yaml), or rows of your own. Repeatable.",
        ),
        click.option(
            "--policy",
            "policies",
            multiple=True,
            type=click.Path(),
            help="Directory of Rego: whole (guard/main.rego), or instruments of your own; or a "
            "signed bundle. Default: the policy in force. Repeatable.",
        ),
    ):
        function = option(function)
    return render.config_option(function)


def load(
    policies: Sequence[str],
    tables: Sequence[str] = (),
    *,
    config_file: str | None,
    key: str | None = None,
    keyid: str | None = None,
    scope: str = "",
) -> Candidate:
    """The policy that the options name.

    Raises:
        ConfigError: If they contradict each other, or the policy does not hold together.
    """
    from guard.officer.candidate import Candidate  # noqa: PLC0415
    from guard.policy.signing import BundleVerifier  # noqa: PLC0415

    if (key is None) != (keyid is None):
        raise ConfigError("--verification-key and --verification-key-id go together")
    verifier = BundleVerifier.load(Path(key), keyid) if key and keyid else None
    return Candidate.load(
        [Path(p) for p in policies],
        [Path(t) for t in tables],
        configuration(config_file),
        verifier=verifier,
        scope=scope,
    )


def configuration(config_file: str | None) -> Config | None:
    """The configuration in force, or none where there is none and none was named.

    Raises:
        ConfigError: If the one that was named, or that is in force, is wrong.
    """
    from guard import config  # noqa: PLC0415

    try:
        path = Path(config_file) if config_file else config.find()
    except ConfigError:
        return None
    return config.Config.load(path)
