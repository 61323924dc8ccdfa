"""``python -m guard.preparation`` prepares the shipped files (`guard.prepared`).

``make prepared`` runs it in a checkout, and the build of a wheel in its tree of sources.
"""

from __future__ import annotations

from guard import data
from guard.errors import ConfigError
from guard.policy import PolicySet, compiled, parsed
from guard.policy.bundle import read_sources
from guard.policy.definite import Unfit
from guard.regions import Regions, tables


def prepare() -> None:
    """Work out what every start would work out of the shipped files, and write it down.

    Raises:
        ConfigError: If the files are not what their indexes say, or do not hold together.
    """
    regions, policies = data.verified("regions"), data.verified("policies")
    tables.prepare(regions)
    parsed.prepare(read_sources([policies])[0])
    try:
        compiled.prepare(PolicySet.load([policies], Regions.load([regions]).tables()))
    except Unfit as error:
        raise ConfigError(f"the shipped policies cannot be compiled: {error}") from None


if __name__ == "__main__":
    prepare()
