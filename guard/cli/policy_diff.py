"""`guard policy diff` and `guard policy lint`."""

from __future__ import annotations

import shutil
from dataclasses import asdict

import click

from guard.cli import render
from guard.cli.policy_options import load


@click.command(name="diff")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
@click.option("--verification-key", "key", help="PEM of who signed the bundles.")
@click.option("--verification-key-id", "keyid", help="What the bundles call their key.")
@click.option("--scope", default="", help="The scope that the bundles were signed for.")
@render.json_option
@render.config_option
def diff(
    before: str,
    after: str,
    *,
    key: str | None,
    keyid: str | None,
    scope: str,
    as_json: bool,
    config_file: str | None,
) -> int:
    """Say which rules differ between two policies: directories, or signed bundles.

    A directory with guard/main.rego is a whole policy, any other stands beside the shipped one.
    Exit code 1 when they differ. What the change does to recorded decisions: `guard policy replay`.
    """
    from guard.officer.difference import compare  # noqa: PLC0415

    one, other = (
        load([path], config_file=config_file, key=key, keyid=keyid, scope=scope).policy_set
        for path in (before, after)
    )
    changes = compare(one, other)
    if as_json:
        render.document(
            {
                "schema": "guard/policy-diff/1",
                "before": one.revision,
                "after": other.revision,
                "changes": [asdict(change) for change in changes],
            }
        )
        return 1 if changes else 0
    rules = {**one.catalogue.rules, **other.catalogue.rules}
    render.table(
        ["what", "name", "how", "in", "cites"],
        [
            [c.what, c.name, c.how, ", ".join(c.fields), rules[c.name].citation]
            if c.what == "rule"
            else [c.what, c.name, c.how, "", ""]
            for c in changes
        ],
    )
    render.line(f"{len(changes)} differences; revision {one.revision[:12]} → {other.revision[:12]}")
    return 1 if changes else 0


@click.command(name="lint")
@render.json_option
@render.config_option
def lint(*, as_json: bool, config_file: str | None) -> int:
    """Look for what an officer would not sign: rules without test, laws without introduction.

    That the policies load at all is checked first: citations, dates, references, the portable
    subset. `opa check --strict` is run where OPA is installed.
    """
    from guard.cli.policy_session import load_policies  # noqa: PLC0415
    from guard.officer import lint as linter  # noqa: PLC0415

    _, policies = load_policies(config_file)
    problems = [*linter.lint(policies), *linter.opa(policies)]
    absent = [] if shutil.which("opa") else ["opa"]
    if as_json:
        render.document(
            {
                "schema": "guard/policy-lint/1",
                "revision": policies.revision,
                "rules": len(policies.catalogue.rules),
                "problems": [asdict(problem) for problem in problems],
                "not_run": absent,
            }
        )
        return 1 if problems else 0
    for problem in problems:
        render.line(f"{problem.where}: {problem.what}")
    if not policies.tests:
        render.warn("the tests are not here: an installed package leaves them out")
    for tool in absent:
        render.warn(f"{tool} is not installed here, so what it would say is not known")
    render.line(f"{len(policies.catalogue.rules)} rules, {len(problems)} problems")
    return 1 if problems else 0
