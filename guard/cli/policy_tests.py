"""`guard policy test`: the rules' own tests, on every engine that is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.policy_session import load_policies

if TYPE_CHECKING:
    from guard.policy.testing import EngineResult

WANTED = 95.0
"""Percent of the policies' lines that their tests must run."""


@click.command(name="test")
@click.option("--instrument", help="Only the tests of one instrument.")
@click.option("--coverage", is_flag=True, help="Show what share of each file's lines is tested.")
@render.json_option
@render.config_option
def test(instrument: str | None, *, coverage: bool, as_json: bool, config_file: str | None) -> int:
    """Run the rules' own tests on the embedded engine, and on OPA where it is installed.

    With --coverage the exit code is 1 as well when fewer than 95 % of the policies' lines were run,
    or when there is no OPA to count them.
    """
    from guard.policy.testing import run  # noqa: PLC0415

    results = run(load_policies(config_file)[1], instrument=instrument)
    failed = any(one.failed for one in results)
    measured = [one.coverage for one in results if one.coverage is not None]
    short = coverage and instrument is None and (not measured or min(measured) < WANTED)
    if as_json:
        engines = [_plain(one) for one in results]
        render.document({"schema": "guard/policy-test/1", "engines": engines})
    else:
        for one in results:
            _show(one, coverage=coverage)
        if coverage and not measured:
            render.warn("guard: coverage is counted by OPA, which is not installed here")
    return 1 if failed or short else 0


def _plain(one: EngineResult) -> dict[str, Any]:
    return {
        "engine": one.engine,
        "passed": one.passed,
        "failed": list(one.failed),
        "coverage": one.coverage,
        "files": dict(one.by_file),
    }


def _show(one: EngineResult, *, coverage: bool) -> None:
    covered = "" if one.coverage is None else f", {one.coverage}% of lines covered"
    render.line(f"{one.engine}: {one.passed} passed, {len(one.failed)} failed{covered}")
    for name in one.failed:
        render.line(f"  failed: {name}")
    if coverage and one.by_file:
        render.table(["file", "% run"], one.by_file.items(), right=["% run"])
