"""``python -m guard.policy [DIRECTORY]`` writes its ``dispatch.rego`` (``make index``)."""

import sys
from pathlib import Path

from guard.policy.bundle import read_modules, read_sources
from guard.policy.catalogue import Catalogue
from guard.policy.dispatch import FILE, render


def main(directory: Path) -> None:
    """Write the dispatcher that `directory`'s instruments need."""
    sources, _ = read_sources([directory])
    sources.pop(FILE, None)
    modules = read_modules(sources)
    rules = Catalogue.read(modules, sources).rules.values()
    (directory / FILE).write_text(render(modules, rules), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "policies"))
