"""Opening tables and policies from the command line's options, with or without a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.policy import Policy, PolicySet
    from guard.regions import Regions


def load_policies(config_file: str | None) -> tuple[Regions, PolicySet]:
    """The tables and the policy set: what is shipped, and the operator's own beside it.

    Raises:
        ConfigError: If a file is wrong. Having no configuration at all is not: rules can be read
            before anybody has said where they are established.
    """
    from guard import config, data  # noqa: PLC0415
    from guard.policy.in_force import in_force  # noqa: PLC0415
    from guard.regions import Regions  # noqa: PLC0415

    loaded = None
    try:
        loaded = config.Config.load(config_file or config.find())
    except ConfigError:
        if config_file is not None:
            raise
    own = [loaded.path(d) for d in loaded.regions.directories] if loaded else []
    overlays = loaded.destination if loaded else ()
    regions = Regions.load([data.verified("regions"), *own], destinations=overlays)
    return regions, in_force(loaded, regions)


def open_policy(config_file: str | None) -> tuple[Regions, Policy]:
    """The tables, and the policy set in the embedded engine; close it after use.

    Raises:
        ConfigError: If a file is wrong.
    """
    from guard.policy.compiled import embedded  # noqa: PLC0415

    regions, policies = load_policies(config_file)
    return regions, embedded(policies)
