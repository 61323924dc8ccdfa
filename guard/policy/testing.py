"""``guard policy test``: the policies' own tests, on the embedded engine and, if present, OPA."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """What the tests of one file said.

    Args:
        file: The ``_test.rego`` file, relative to the bundle's root.
        passed: How many held.
        failed: Names of those that did not, with what went wrong.
    """

    file: str
    passed: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What the tests of a policy set said on one engine.

    Args:
        engine: ``regorus`` or ``opa``.
        files: One row per file.
        coverage: Percent of the policies' lines that the tests ran, None where it is not measured.
        by_file: The same for each file of policy.
    """

    engine: str
    files: tuple[FileResult, ...]
    coverage: float | None
    by_file: Mapping[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        """How many tests held."""
        return sum(row.passed for row in self.files)

    @property
    def failed(self) -> tuple[str, ...]:
        """``file: test: what went wrong`` for each that did not hold."""
        return tuple(f"{row.file}: {name}" for row in self.files for name in row.failed)


def run(
    policy_set: PolicySet, *, opa: str | None = None, instrument: str | None = None
) -> list[EngineResult]:
    """Run every ``test_`` rule on the embedded engine, and on OPA where there is one.

    Args:
        policy_set: The policies with their tests.
        opa: Path of an OPA binary; without it OPA is looked for on ``PATH``.
        instrument: Only the tests that stand beside this instrument's rules.

    Raises:
        ConfigError: If there are no tests, as in an installed wheel, or they do not compile.
    """
    if not policy_set.tests:
        raise ConfigError(
            "there are no policy tests here; an installed package leaves them out",
            remedy="run this in a checkout, or point at a directory with _test.rego files",
        )
    if instrument is not None:
        beside = f"guard/instruments/{instrument}/"
        kept = {k: v for k, v in policy_set.tests.items() if k.startswith(beside)}
        shared = {k: v for k, v in policy_set.tests.items() if "/fixture/" in k}
        if not kept:
            raise ConfigError(f"{instrument}: no tests stand beside this instrument's rules")
        policy_set = replace(policy_set, tests={**shared, **kept})
    trees = syntax_trees(policy_set.tests)
    modules = [module(name, trees[name], policy_set.tests[name]) for name in sorted(trees)]
    results = [_embedded(policy_set, modules)]
    binary = opa or shutil.which("opa")
    if binary:
        results.append(_server(policy_set, binary))
    for result in results:
        if not result.passed and not result.failed:
            raise ConfigError(f"{result.engine} found no rule test_…", remedy="name tests test_…")
    return results


def _embedded(policy_set: PolicySet, modules: list[Module]) -> EngineResult:
    with_tests = replace(policy_set, sources={**policy_set.sources, **policy_set.tests})
    engine = RegorusEngine(with_tests)
    rows = []
    for tests in modules:
        names = list(dict.fromkeys(h.name for h in tests.heads if h.name.startswith("test_")))
        problems = {name: _problem(engine, f"data.{tests.package}.{name}") for name in names}
        failed = tuple(f"{name}: {problem}" for name, problem in problems.items() if problem)
        if names:
            rows.append(FileResult(tests.file, len(names) - len(failed), failed))
    engine.close()
    return EngineResult("regorus", tuple(rows), None)


def _problem(engine: RegorusEngine, rule: str) -> str:
    try:
        return "" if engine.evaluate(rule, {}) is True else "not true"
    except PolicyError as error:
        return "undefined" if "is undefined" in error.message else error.message


def _server(policy_set: PolicySet, binary: str) -> EngineResult:
    with tempfile.TemporaryDirectory(prefix="guard-policy-") as folder:
        root = policy_set.write_bundle(Path(folder), tests=True)
        rows = _opa(binary, ["test", "--bundle", "--format", "json", str(root)])
        report = _opa(binary, ["test", "--bundle", "--coverage", "--format", "json", str(root)])
    passed: dict[str, int] = {}
    failed: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else []:
        file = str(row["location"]["file"]).split(f"{root.name}/", 1)[-1]
        good = not row.get("fail") and not row.get("error")
        passed[file] = passed.get(file, 0) + good
        failed.setdefault(file, []).extend([] if good else [f"{row['name']}: not true"])
    files = tuple(FileResult(file, passed[file], tuple(failed[file])) for file in sorted(passed))
    return EngineResult("opa", files, _coverage(report), _by_file(report, root.name))


def _coverage(report: Any) -> float | None:
    """Percent of lines covered in the policies, the tests themselves not counted."""
    files = report.get("files", {}) if isinstance(report, dict) else {}
    rows = [entry for file, entry in files.items() if not file.endswith("_test.rego")]
    covered = sum(entry.get("covered_lines", 0) for entry in rows)
    total = covered + sum(entry.get("not_covered_lines", 0) for entry in rows)
    return round(100 * covered / total, 1) if total else None


def _by_file(report: Any, root: str) -> dict[str, float]:
    files = report.get("files", {}) if isinstance(report, dict) else {}
    found: dict[str, float] = {}
    for file, entry in sorted(files.items()):
        lines = entry.get("covered_lines", 0) + entry.get("not_covered_lines", 0)
        if lines and not file.endswith("_test.rego"):
            name = file.split(f"{root}/", 1)[-1].lstrip("/")
            found[name] = round(100 * entry.get("covered_lines", 0) / lines, 1)
    return found


def _opa(binary: str, arguments: list[str]) -> Any:
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
