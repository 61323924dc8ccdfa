"""`guard policy`: rules as an officer reads them."""

from __future__ import annotations

import textwrap
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.policy_case import case, explain
from guard.cli.policy_diff import diff, lint
from guard.cli.policy_session import load_policies
from guard.cli.policy_tests import test
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.policy import PolicySet, Rule


def _policies(config_file: str | None) -> PolicySet:
    return load_policies(config_file)[1]


@click.group(name="policy", short_help="rules as an officer reads them; test them")
def command() -> None:
    """The rules: what each says, what it cites, since when, and whether its tests pass."""


for one in (case, diff, explain, lint, test):
    command.add_command(one)


def _as_of(function: Any) -> Any:
    return click.option(
        "--as-of",
        metavar="DATE",
        help="The law on that day (YYYY-MM-DD). Default: today.",
    )(function)


def _day(as_of: str | None) -> str:
    try:
        day = date.fromisoformat(as_of) if as_of else datetime.now(UTC).date()
    except ValueError:
        raise ConfigError("no such day", remedy="write --as-of YYYY-MM-DD") from None
    return day.isoformat()


@command.command(name="list")
@click.option("--instrument", help="Only the rules of one instrument.")
@_as_of
@render.json_option
@render.config_option
def list_(
    instrument: str | None, *, as_of: str | None, as_json: bool, config_file: str | None
) -> None:
    """List the rules in force with their citations, and those that start within 90 days."""
    policies = _policies(config_file)
    day = _day(as_of)
    _known(policies, instrument)
    in_force = [r for r in policies.catalogue.in_force(day) if instrument in {None, r.instrument}]
    coming = [r for r in policies.catalogue.starting(day) if instrument in {None, r.instrument}]
    if as_json:
        render.document(
            {
                "schema": "guard/rules/1",
                "revision": policies.revision,
                "as_of": day,
                "rules": [_plain(r) for r in in_force],
                "starting": [_plain(r) for r in coming],
            }
        )
        return
    render.table(
        ["rule", "kind", "cites", "since"],
        [[r.id, r.kind, "; ".join(r.cites), _since(r)] for r in in_force],
    )
    _announce(coming, day)


@command.command(name="show")
@click.argument("name", required=False)
@_as_of
@click.option("--rego", is_flag=True, help="Show the Rego as well.")
@render.json_option
@render.config_option
def show(
    name: str | None, *, as_of: str | None, rego: bool, as_json: bool, config_file: str | None
) -> None:
    """Show a rule, every rule of an instrument, or all of them, in plain words.

    With --as-of only the rules in force that day, and what starts within 90 days of it.
    """
    policies = _policies(config_file)
    rules = [r for r in policies.catalogue.ordered() if name in {None, r.id, r.instrument}]
    if not rules:
        raise ConfigError(f"no rule or instrument {name!r}", remedy="see `guard policy list`")
    day = _day(as_of)
    chosen = [r for r in rules if not as_of or r.since <= day < r.until]
    coming = [r for r in policies.catalogue.starting(day) if r in rules]
    if as_json:
        render.document(
            {
                "schema": "guard/rules/1",
                "as_of": day,
                "rules": [_plain(r) for r in chosen],
                "starting": [_plain(r) for r in coming],
            }
        )
        return
    introduced = policies.catalogue.instruments.get(name or "")
    if introduced:
        render.heading(introduced.title)
        render.field("what", introduced.description)
        render.field("source", "; ".join(introduced.cites))
        for one in introduced.omits:
            render.field("not covered", one)
    for rule in chosen:
        _rule(rule)
        if rego:
            render.line()
            render.line(textwrap.indent(policies.sources[rule.file].rstrip(), "  | "))
    _announce(coming, day)


def _rule(rule: Rule) -> None:
    from guard.policy.catalogue import FOREVER  # noqa: PLC0415

    render.heading(f"{rule.id}  ({rule.kind})")
    render.line(f"  {rule.title}")
    for paragraph in rule.description.splitlines():
        render.line(textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="  "))
    until = "" if rule.until == FOREVER else f" until {rule.until}"
    render.line(f"  cites      {'; '.join(rule.cites)}")
    render.line(f"  applies    {_since(rule)}{until}")
    render.line(f"  confidence {rule.confidence}")
    render.line(f"  source     {rule.source}")
    render.line(f"  file       policies/{rule.file}:{rule.row}")


def _since(rule: Rule) -> str:
    from guard.policy.catalogue import ALWAYS  # noqa: PLC0415

    return "always" if rule.since == ALWAYS else f"since {rule.since}"


def _announce(coming: list[Rule], day: str) -> None:
    """What will apply soon: an officer hears of it before it does."""
    if coming:
        render.heading(f"Starts within 90 days of {day}")
        for rule in coming:
            render.field(f"{rule.since} {rule.id}", f"{rule.title} ({'; '.join(rule.cites)})")


def _known(policies: PolicySet, instrument: str | None) -> None:
    known = sorted({r.instrument for r in policies.catalogue.rules.values()})
    if instrument is not None and instrument not in known:
        raise ConfigError(f"no instrument {instrument[:60]!r}", remedy=f"one of {', '.join(known)}")


def _plain(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json")
