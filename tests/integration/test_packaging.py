"""The wheel holds its data and works from anywhere, without the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from the source archive, unpacked elsewhere: a build writes into its tree."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), "."],
        cwd=ROOT, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.parametrize("tree", ["detectors", "policies", "regions"])
def test_every_data_file_is_in_the_wheel(wheel, tree):
    said = yaml.safe_load((ROOT / tree / "INDEX.yaml").read_text())
    inside = [n for n in zipfile.ZipFile(wheel).namelist() if n.startswith(f"guard/_data/{tree}/")]
    assert len(inside) == said["files"] + 1
    assert said["files"] >= 8


def test_nothing_else_is_in_the_wheel(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {n.split("/")[0] for n in names}
    assert tops == {"guard", "sovereign_guard-0.1.0.dist-info"}
    assert not [n for n in names if n.endswith("_test.rego") or n == "cli.py"]


def works(python, directory, **environment):
    """init, doctor and a check, from a directory that knows nothing of the checkout."""
    code = (
        "import sys, guard, pathlib; from guard.cli.main import run;"
        "print(pathlib.Path(guard.__file__).resolve());"
        "sys.exit(run(['init', '.']) or run(['doctor']) or run(['scan', 'x.jsonl']) - 1)"
    )
    (directory / "x.jsonl").write_text('{"a": "anna@beispiel.de"}\n')
    kept = {k: v for k, v in os.environ.items() if k not in {"GUARD_CONFIG", "PYTHONPATH"}}
    done = subprocess.run(
        [python, "-P", "-c", code], cwd=directory, env={**kept, **environment},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[0]


STARTS = """
import sys
from guard.cli.main import run
from guard.policy import compiled, in_force, parsed
from guard.policy.compiled import embedded
from guard.regions import Regions, tables
from guard import data, prepared
assert prepared.DIRECTORY.is_dir(), "nothing was prepared"
parsed.syntax_trees = compiled._compiled = tables._Loader = None  # who needs them fails
regions = Regions.load([data.verified("regions")])
policy = embedded(in_force.in_force(None, regions))
assert policy.policy_set.shipped and policy._engine.prepared
sys.exit(run(["policy", "show", "eu_gdpr.adequacy"]))
"""


def starts_prepared(python, directory, **environment):
    """A start that neither parses nor compiles what the wheel holds."""
    kept = {k: v for k, v in os.environ.items() if k not in {"GUARD_CONFIG", "PYTHONPATH"}}
    done = subprocess.run(
        [python, "-P", "-c", STARTS], cwd=directory, env={**kept, **environment},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_holds_what_starts_need_ready(wheel, tmp_path):
    target, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(target)
    ready = sorted(p.name for p in (target / "guard" / "_prepared").iterdir())
    assert ready == ["policies.json", "program.bin", "regions.json"]
    starts_prepared(sys.executable, home, PYTHONPATH=str(target))


def test_a_wheel_without_what_was_prepared_works(wheel, tmp_path):
    target, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(target)
    shutil.rmtree(target / "guard" / "_prepared")
    works(sys.executable, home, PYTHONPATH=str(target))


def test_the_wheel_finds_its_data(wheel, tmp_path):
    """Unpacked before everything else on the path: the checkout is not what is imported."""
    target, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(target)
    where = works(sys.executable, home, PYTHONPATH=str(target))
    assert where.startswith(str(target))


def test_a_wheel_that_lost_a_file_says_so(wheel, tmp_path):
    target, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(target)
    next((target / "guard/_data/regions").rglob("adequacy*.yaml")).unlink()
    done = subprocess.run(
        [sys.executable, "-P", "-c",
         "import sys; from guard.cli.main import run; sys.exit(run(['region', 'list']))"],
        cwd=home, env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "differ from their index" in done.stderr


@pytest.mark.proof
def test_the_wheel_in_an_empty_environment(wheel, tmp_path):
    """A new virtual environment with the locked dependencies and the wheel, and nothing else."""
    venv, home = tmp_path / "venv", tmp_path / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, timeout=120)
    pip = [str(venv / "bin" / "pip"), "install", "-q"]
    lock = str(ROOT / "requirements" / "runtime.txt")
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True, timeout=900)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, timeout=120)
    where = works(str(venv / "bin" / "python"), home)
    assert where.startswith(str(venv.resolve()))
    starts_prepared(str(venv / "bin" / "python"), home)
    shown = subprocess.run(
        [str(venv / "bin" / "guard"), "--version"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "0.1.0" in shown.stdout
