"""``guard policy test``: the policies' own tests, on the embedded engine and, if present, OPA."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guard.errors import ConfigError, PolicyError
from guard.policy.regorus import RegorusEngine, syntax_trees
from guard.policy.syntax import Module, module

if TYPE_CHECKING:
    from guard.policy.bundle import PolicySet

_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class FileResult:
    """What the tests of one file said on one engine.

    Args:
        engine: ``regorus`` or ``opa``.
        file: The ``_test.rego`` file.
        passed: How many held.
        failed: Names of those that did not, with what went wrong.
    """

    engine: str
    file: str
    passed: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestReport:
    """What the tests of a policy set said.

    Args:
        files: One row per file and engine.
        coverage: Percent of lines that OPA's run covered, per file; empty without OPA.
    """

    __test__ = False

    files: tuple[FileResult, ...]
    coverage: Mapping[str, float]

    @property
    def ok(self) -> bool:
        """Whether every test held on every engine."""
        return not any(row.failed for row in self.files)


def run_tests(policy_set: PolicySet, *, opa: str | None = None) -> TestReport:
    """Run every ``test_`` rule.

    Args:
        policy_set: The policies with their tests.
        opa: Path of an OPA binary; without it OPA is looked for on ``PATH``.

    Raises:
        ConfigError: If there are no tests, as in an installed wheel, or they do not compile.
    """
    if not policy_set.tests:
        raise ConfigError(
            "there are no policy tests here; an installed package leaves them out",
            remedy="run this in a checkout, or point at a directory with _test.rego files",
        )
    trees = syntax_trees(policy_set.tests)
    modules = [module(name, trees[name], policy_set.tests[name]) for name in sorted(trees)]
    binary = opa or shutil.which("opa")
    files = _embedded(policy_set, modules)
    coverage: dict[str, float] = {}
    if binary:
        more, coverage = _server(policy_set, binary)
        files.extend(more)
    if not any(row.passed or row.failed for row in files):
        raise ConfigError("the test files hold no rule test_…", remedy="name tests test_…")
    return TestReport(tuple(files), coverage)


def _embedded(policy_set: PolicySet, modules: list[Module]) -> list[FileResult]:
    with_tests = replace(policy_set, sources={**policy_set.sources, **policy_set.tests})
    engine = RegorusEngine(with_tests)
    results = []
    for tests in modules:
        names = list(dict.fromkeys(h.name for h in tests.heads if h.name.startswith("test_")))
        if not names:
            continue
        failed = []
        for name in names:
            problem = _problem(engine, f"data.{tests.package}.{name}")
            if problem:
                failed.append(f"{name}: {problem}")
        results.append(FileResult("regorus", tests.file, len(names) - len(failed), tuple(failed)))
    engine.close()
    return results


def _problem(engine: RegorusEngine, rule: str) -> str:
    try:
        return "" if engine.evaluate(rule, {}) is True else "not true"
    except PolicyError as error:
        return "undefined" if "is undefined" in error.message else error.message


def _server(policy_set: PolicySet, binary: str) -> tuple[list[FileResult], dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="guard-policy-") as folder:
        root = policy_set.write_bundle(Path(folder), tests=True)
        rows = _run(binary, ["test", "--bundle", "--format", "json", str(root)])
        report = _run(binary, ["test", "--bundle", "--coverage", "--format", "json", str(root)])
    passed: dict[str, int] = {}
    failed: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else []:
        file = _relative(row["location"]["file"], root)
        failed.setdefault(file, [])
        passed.setdefault(file, 0)
        if row.get("fail") or row.get("error"):
            failed[file].append(f"{row['name']}: not true")
        else:
            passed[file] += 1
    results = [
        FileResult("opa", file, passed[file], tuple(failed[file])) for file in sorted(passed)
    ]
    files = report.get("files", {}) if isinstance(report, dict) else {}
    coverage = {
        _relative(file, root): float(entry.get("coverage", 0.0)) for file, entry in files.items()
    }
    return results, {file: coverage[file] for file in sorted(coverage)}


def _relative(file: str, root: Path) -> str:
    return file.replace("\\", "/").split(root.name + "/", 1)[-1].lstrip("/")


def _run(binary: str, arguments: list[str]) -> Any:
    try:
        done = subprocess.run(  # noqa: S603 - the binary is the operator's own, no shell
            [binary, *arguments], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"{binary} cannot be run: {type(error).__name__}") from None
    try:
        return json.loads(done.stdout)
    except ValueError:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ConfigError(
            f"{binary} test failed: {said[0][:200] if said else 'no output'}"
        ) from None
