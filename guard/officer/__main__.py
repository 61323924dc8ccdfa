"""``python -m guard.officer POLICIES REGIONS FOLDER`` writes the pages (``make index``)."""

import sys
from pathlib import Path

from guard.officer import pages
from guard.policy import PolicySet
from guard.regions import Regions


def main(policies: Path, tables: Path, folder: Path) -> None:
    """Write a page for each instrument, and remove those of instruments that are gone."""
    regions = Regions.load([tables])
    made = pages.render(PolicySet.load([policies], regions.tables()).catalogue, regions)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
