"""What loading does not refuse and an officer would still not sign."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guard.errors import ConfigError
from guard.policy.catalogue import FOREVER

if TYPE_CHECKING:
    from guard.policy import PolicySet

_TIMEOUT_S = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend.

    Args:
        where: ``file:row``, or the tool that found it.
        what: What is wrong and what to do.
    """

    where: str
    what: str


def lint(policies: PolicySet) -> Iterator[Problem]:
    """The problems of a policy set that loads.

    Each rule is named in a test, each instrument introduces itself, and a rule that ends says so in
    order. That a reading was not checked needs no lint: `guard.unverified` says it of every answer.
    """
    tests = "\n".join(policies.tests.values())
    tested = set(re.findall(r'"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)"', tests))
    for rule in policies.catalogue.ordered():
        where = f"{rule.file}:{rule.row}"
        if policies.tests and rule.id not in tested:
            yield Problem(where, f"{rule.id}: no test names it; write one where it is the reason")
        if rule.until != FOREVER and rule.until <= rule.since:
            yield Problem(where, f"{rule.id}: ends before it begins")
    named = {rule.instrument for rule in policies.catalogue.rules.values()} - {"guard"}
    for name in sorted(named - set(policies.catalogue.instruments)):
        yield Problem(name, "the instrument does not introduce itself: METADATA of scope package")


def opa(policies: PolicySet, binary: str | None = None) -> Iterator[Problem]:
    """What ``opa check --strict`` says, where there is an OPA.

    Raises:
        ConfigError: OPA cannot be run.
    """
    binary = binary or shutil.which("opa")
    if binary is None:
        return
    with tempfile.TemporaryDirectory(prefix="guard-policy-") as folder:
        root = policies.write_bundle(Path(folder) / "policies", tests=True)
        try:
            done = subprocess.run(  # noqa: S603 - the binary is the operator's own, no shell
                [binary, "check", "--strict", "--bundle", str(root)],
                capture_output=True,
                text=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ConfigError(f"{binary} cannot be run: {type(error).__name__}") from None
        if done.returncode:
            said = (done.stdout + done.stderr).replace(f"{root}/", "").strip().splitlines()
            for line in said[:40]:
                yield Problem(Path(binary).name, line.strip()[:300])
