"""The build of a wheel: what every start would work out of the shipped files goes in ready."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``python -m guard.preparation`` in the tree that is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare the files and put them into the wheel, although git ignores them.

        An editable installation runs from a checkout, where ``make prepared`` makes them.
        """
        if version == "editable":
            return
        for old in Path(self.root, "guard", "_prepared").glob("*"):
            old.unlink()  # a wheel holds what this tree's code makes of this tree's files
        path = os.pathsep.join(filter(None, [self.root, os.environ.get("PYTHONPATH")]))
        subprocess.run(
            [sys.executable, "-m", "guard.preparation"],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path},
            check=True,
        )
        build_data["artifacts"] += ["guard/_prepared/*.json", "guard/_prepared/*.bin"]
