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
LOCKED = dict(re.findall(r"^([a-z0-9_.-]+)==([^ \\;]+)", LOCK, re.MULTILINE))
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|CC0|0BSD)\b",
    re.IGNORECASE,
)
# Lesser GPL: used as it comes, imported and not changed (LGPL-2.1, section 6).
LESSER = {"python-stdnum"}
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


@pytest.mark.parametrize("name", sorted(set(LOCKED) - PLATFORM))
def test_every_locked_package_may_be_shipped_with(name):
    said = licence(name)
    if name in LESSER:
        assert "LGPL" in said or "Lesser" in said
    else:
        assert ALLOWED.search(said), f"{name}: {said or 'no licence said'}"
        assert not re.search(r"\bA?GPL", said)


def test_every_dependency_is_locked_with_hashes():
    for requirement in PROJECT["dependencies"]:
        assert re.split(r"[<>=]", requirement)[0].lower() in LOCKED
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert "://" not in LOCK


def test_nothing_undeclared_is_imported():
    declared = {re.split(r"[<>=]", r)[0].lower() for r in PROJECT["dependencies"]}
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
