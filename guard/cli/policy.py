"""`guard policy`: rules as an officer reads them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.policy_case import case
from guard.cli.policy_session import load_policies
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.policy import PolicySet, Rule


def _policies(config_file: str | None) -> PolicySet:
    return load_policies(config_file)[1]


@click.group(name="policy", short_help="rules as an officer reads them; test them")
def command() -> None:
    """The rules: what each says, what it cites, since when, and whether its tests pass."""


command.add_command(case)


@command.command(name="list")
@click.option("--instrument", help="Only the rules of one instrument.")
@render.json_option
@render.config_option
def list_(instrument: str | None, *, as_json: bool, config_file: str | None) -> None:
    """List the rules with their citations."""
    policies = _policies(config_file)
    rules = [r for r in _rules(policies) if instrument in {None, r.instrument}]
    if not rules:
        known = ", ".join(sorted({r.instrument for r in _rules(policies)}))
        raise ConfigError(f"no instrument {instrument!r}", remedy=f"one of {known}")
    if as_json:
        render.document(
            {
                "schema": "guard/rules/1",
                "revision": policies.revision,
                "rules": [_plain(r) for r in rules],
            }
        )
        return
    render.table(
        ["rule", "kind", "cites", "since"],
        [[r.id, r.kind, "; ".join(r.cites), r.since] for r in rules],
    )


@command.command(name="show")
@click.argument("name")
@click.option("--rego", is_flag=True, help="Show the Rego as well.")
@render.json_option
@render.config_option
def show(name: str, *, rego: bool, as_json: bool, config_file: str | None) -> None:
    """Show a rule, or every rule of an instrument, in plain words."""
    policies = _policies(config_file)
    rules = [r for r in _rules(policies) if name in {r.id, r.instrument}]
    if not rules:
        raise ConfigError(f"no rule or instrument {name!r}", remedy="see `guard policy list`")
    if as_json:
        render.document({"schema": "guard/rules/1", "rules": [_plain(r) for r in rules]})
        return
    for rule in rules:
        render.heading(f"{rule.id}  ({rule.kind})")
        render.line(f"  {rule.title}")
        for paragraph in rule.description.splitlines():
            render.line(textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="  "))
        until = "" if rule.until.startswith("9999") else f" until {rule.until}"
        render.line(f"  cites      {'; '.join(rule.cites)}")
        render.line(f"  applies    since {rule.since}{until}")
        render.line(f"  confidence {rule.confidence}")
        render.line(f"  source     {rule.source}")
        render.line(f"  file       policies/{rule.file}:{rule.row}")
        if rego:
            render.line()
            render.line(textwrap.indent(policies.sources[rule.file].rstrip(), "  | "))


@command.command(name="test")
@render.json_option
@render.config_option
def test(*, as_json: bool, config_file: str | None) -> int:
    """Run the rules' own tests on the embedded engine, and on OPA where it is installed."""
    from guard.policy.testing import run  # noqa: PLC0415

    results = run(_policies(config_file))
    failed = sum(len(r.failed) for r in results)
    if as_json:
        render.document(
            {
                "schema": "guard/policy-test/1",
                "engines": [
                    {
                        "engine": r.engine,
                        "passed": r.passed,
                        "failed": list(r.failed),
                        "coverage": r.coverage,
                    }
                    for r in results
                ],
            }
        )
        return 1 if failed else 0
    for result in results:
        covered = "" if result.coverage is None else f", {result.coverage}% of lines covered"
        render.line(
            f"{result.engine}: {result.passed} passed, {len(result.failed)} failed{covered}"
        )
        for name in result.failed:
            render.line(f"  failed: {name}")
    return 1 if failed else 0


def _rules(policies: PolicySet) -> list[Rule]:
    return sorted(policies.catalogue.rules.values(), key=lambda r: (r.instrument, r.id))


def _plain(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json")
