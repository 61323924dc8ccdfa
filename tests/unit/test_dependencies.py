"""What we stand on: licences that allow shipping, locked by hash, nothing undeclared."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")
DEV = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
LOCKED, LOCKED_DEV = (
    dict(re.findall(r"^([a-z0-9_.-]+)==([^ \\;]+)", text, re.MULTILINE)) for text in (LOCK, DEV)
)
EXTRAS = [r for extra in PROJECT["optional-dependencies"].values() for r in extra]
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|CC0|0BSD)\b",
    re.IGNORECASE,
)
# Lesser GPL: used as it comes, imported and not changed (LGPL-2.1, section 6; LGPL-3.0, section 4).
LESSER = {"python-stdnum", "psycopg", "psycopg-binary"}
PLATFORM = {"colorama"}  # locked for Windows; not installed here
# Import names that are not the distribution's.
NAMES = {
    "yaml": "pyyaml",
    "stdnum": "python-stdnum",
    "regorus": "gordon-to-regorus",
    "opa_client": "opa-python-client",
    "presidio_analyzer": "presidio-analyzer",
    "thinc": "spacy",
    "numpy": "spacy",
}


def licence(name):
    said = metadata.metadata(name)
    parts = [said.get("License-Expression"), said.get("License")]
    parts += [c for c in said.get_all("Classifier") or () if c.startswith("License")]
    return " ".join(p[:200] for p in parts if p)


BROUGHT = {"aiohttp", "yarl"}
"""Of an extra, and needed by a dependency as well: opa-python-client asks by it."""


def named(requirement):
    return re.split(r"[\[<>=]", requirement)[0].lower()


@pytest.mark.parametrize(
    "name", sorted({*LOCKED, *map(named, EXTRAS), "psycopg-binary"} - PLATFORM)
)
def test_every_locked_package_may_be_shipped_with(name):
    said = licence(name)
    if name in LESSER:
        assert "LGPL" in said or "Lesser" in said
    else:
        assert ALLOWED.search(said), f"{name}: {said or 'no licence said'}"
        assert not re.search(r"\bA?GPL", said)


def test_every_dependency_is_locked_with_hashes():
    for requirement in PROJECT["dependencies"]:
        assert named(requirement) in LOCKED
    for requirement in EXTRAS:
        assert requirement.endswith(f"=={LOCKED_DEV[named(requirement)]}")
        if named(requirement) not in BROUGHT:
            assert named(requirement) not in LOCKED, "who wants no extra gets none"
    for lock in (LOCK, DEV):
        for block in re.split(r"\n(?=\S)", lock.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]
        assert "://" not in lock


def test_nothing_undeclared_is_imported():
    declared = {named(r) for r in [*PROJECT["dependencies"], *EXTRAS]}
    for path in (ROOT / "guard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module]
            for name in {n.split(".")[0] for n in names}:
                if name not in STANDARD | {"guard"}:
                    assert NAMES.get(name, name) in declared, f"{path.name}: {name}"


STANDARD = set(sys.stdlib_module_names)
