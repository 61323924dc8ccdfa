"""``python -m guard.policy [DIRECTORY]`` writes its ``dispatch.rego`` (``make index``)."""

import sys
from pathlib import Path

from guard.policy.bundle import read_modules, read_sources
from guard.policy.dispatch import FILE, render


def main(directory: Path) -> None:
    """Write the dispatcher that `directory`'s instruments need."""
    sources, _ = read_sources([directory])
    sources.pop(FILE, None)
    (directory / FILE).write_text(render(read_modules(sources)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "policies"))
