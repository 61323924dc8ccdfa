"""A virtual environment of its own for each framework, with the versions that it was locked to.

Frameworks pin what others pin otherwise (LiteLLM an old `openai`), so none of them is installed
beside the project. What guard itself needs is not installed again: a `.pth` file lets the
environment see the project's packages after its own, and the locks were resolved under the
project's (`-c requirements/runtime.txt`), so that what both hold has one version.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements" / "integrations"
_PLACE = Path(sys.prefix) / "integrations"


def made(name: str, locks: Path = LOCKS) -> Path:
    """The interpreter of the environment of a framework, made anew when its lock has changed."""
    lock = locks / f"{name}.txt"
    home = _PLACE / name
    digest = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp, python = home / "made", home / "bin" / "python"
    if stamp.is_file() and stamp.read_text() == digest:
        return python
    shutil.rmtree(home, ignore_errors=True)
    venv.create(home, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    # A lock names all there is; one made with `--no-deps` leaves out what is not needed.
    install = [*pip, "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "--no-deps", "-r", str(lock)], check=True, timeout=1500)
    shared = [sysconfig.get_path("purelib"), str(ROOT)]
    (own / "beside.pth").write_text("\n".join(shared) + "\n")
    stamp.write_text(digest)
    return python


def run(python: Path, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command of an environment: nothing of this process but where programs are found."""
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [str(python), *arguments],
        cwd=cwd,
        env=kept | quiet,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
