"""Where the data trees are: in the wheel under ``guard/_data``, in a checkout beside the package.

Each tree has an ``INDEX.yaml`` with its version, the number of its files and one digest over them.
It is compared at load: a tree that lost files in packaging is an error, not a smaller tree.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import yaml

from guard.errors import ConfigError

Tree = Literal["detectors", "policies", "regions"]
TREES: tuple[Tree, ...] = ("detectors", "policies", "regions")
_SUFFIXES = {"detectors": (".yaml",), "regions": (".yaml",), "policies": (".rego", ".manifest")}


def root(tree: Tree) -> Path:
    """The directory of a shipped data tree.

    Raises:
        ConfigError: If there is none.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / tree, package.parent / tree):
        if (candidate / "INDEX.yaml").is_file():
            return candidate
    raise ConfigError(f"the {tree} data are missing", remedy="reinstall sovereign-guard")


def files(tree: Tree, directory: Path) -> list[Path]:
    """The tree's files in the order of their relative POSIX paths, without its index.

    Policies are counted without their tests, which the wheel leaves out.
    """
    found = [
        p
        for p in directory.rglob("*")
        if p.is_file()
        and p.name != "INDEX.yaml"
        and p.name.endswith(_SUFFIXES[tree])
        and not p.name.endswith("_test.rego")
    ]
    return sorted(found, key=lambda p: p.relative_to(directory).as_posix())


def index(tree: Tree, directory: Path) -> dict[str, object]:
    """What ``INDEX.yaml`` must say of `directory` today."""
    digest = hashlib.sha256()
    paths = files(tree, directory)
    for path in paths:
        body = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{body}  {path.relative_to(directory).as_posix()}\n".encode())
    return {"id": tree, "version": 1, "files": len(paths), "digest": digest.hexdigest()}


def verified(tree: Tree) -> Path:
    """The shipped tree's directory, after its index has been compared with what is there.

    Raises:
        ConfigError: If the tree is missing, empty or not what its index says.
    """
    directory = root(tree)
    said = yaml.safe_load((directory / "INDEX.yaml").read_text(encoding="utf-8"))
    found = index(tree, directory)
    if not found["files"]:
        raise ConfigError(f"the {tree} data are empty", remedy="reinstall sovereign-guard")
    if said != found:
        raise ConfigError(
            f"the {tree} data differ from their index",
            remedy="in a checkout run `make index`; otherwise reinstall sovereign-guard",
        )
    return directory


def write_indexes() -> None:
    """Write every tree's index (``make index``)."""
    for tree in TREES:
        directory = Path(__file__).resolve().parent.parent / tree
        text = yaml.safe_dump(index(tree, directory), sort_keys=False)
        (directory / "INDEX.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_indexes()
