"""The house: imports point downwards, parts do not know each other, heavy things stay in a room."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import guard

PACKAGE = Path(guard.__file__).parent
LAYERS = {
    "types": 0, "errors": 0, "canonical": 0,
    "config": 1, "data": 1, "payload": 1, "prepared": 1,
    "detect": 2, "regions": 2, "tagging": 2, "policy": 2, "obligations": 2, "log": 2, "vault": 2,
    "ledger": 2, "dialects": 2, "stream": 2,
    "gate": 3, "preparation": 3,
    "datasets": 4, "officer": 4, "doors": 4, "integrations": 5,
    "api": 5, "gateway": 5, "cli": 6, "": 6, "__main__": 7,
}  # fmt: skip
ROOMS = {
    "presidio_analyzer": {"detect"},
    "spacy": {"detect"},
    "thinc": {"detect"},
    "phonenumbers": {"detect"},
    "opa_client": {"policy"},
    "requests": {"policy"},
    "regorus": {"policy"},
    "cryptography": {"log", "vault", "policy"},
    "psycopg": {"ledger", "vault"},
    "redis": {"vault"},
    "pyarrow": {"datasets"},
    "aiohttp": {"gateway", "cli"},
    "uvicorn": {"gateway", "cli"},
    "uvloop": {"gateway", "cli"},
    "rich": {"cli"},
    "click": {"cli"},
}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts[0] == "__init__" else parts[0]


def imports(path: Path):
    """Module and whether the import is only for the type checker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            assert not isinstance(node, ast.ImportFrom), f"{path}: relative import"
            continue
        for name in names:
            yield name, node in typing_only


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_downwards(path):
    here = room(path)
    for name, typing_only in imports(path):
        top, *rest = name.split(".")
        if top == "guard" and rest and rest[0] in LAYERS:
            there = rest[0]
            if there == here or (typing_only and (here == "" or LAYERS[there] == LAYERS[here])):
                continue
            assert LAYERS[there] < LAYERS[here], f"{here} imports {name}"
        elif top in ROOMS:
            assert here in ROOMS[top], f"{here} imports {top}"


def test_the_log_needs_only_layer_zero():
    """An auditor verifies with neither Presidio nor a policy loaded."""
    for path in FILES:
        if room(path) == "log":
            for name, _ in imports(path):
                if name.startswith("guard.") and name != "guard.__version__":
                    assert name.split(".")[1] in {"log", "types", "errors", "canonical"}, name


def test_every_module_is_on_a_layer():
    assert {room(p) for p in FILES} <= set(LAYERS)


def test_modules_are_small_and_named_after_nouns():
    for path in FILES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        assert path.stem not in {"utils", "helpers", "manager", "base", "common"}, path


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import sys; from guard.cli.main import run; "
        f"code = run({list(arguments)!r}); print(); print(*sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"presidio_analyzer", "spacy", "pyarrow", "regorus", "opa_client", "numpy", "phonenumbers",
         "psycopg", "redis"}  # fmt: skip


def test_help_imports_nothing_heavy():
    loaded = loaded_by("--help")
    assert not loaded & (HEAVY | {"pydantic", "rich", "cryptography", "yaml"})


@pytest.mark.parametrize("verb", ["check", "scan", "log", "policy", "detector", "region", "ledger"])
def test_the_help_of_a_verb_imports_nothing_heavy(verb):
    assert not loaded_by(verb, "--help") & HEAVY


def test_public_names_are_what_can_be_imported():
    for name in guard.__all__:
        assert getattr(guard, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = guard.nothing_of_that_name
