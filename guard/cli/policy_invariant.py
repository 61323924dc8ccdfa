"""`guard policy invariant`: what must never happen, searched for in the whole space of facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.policy import command as policy
from guard.cli.policy_options import load, policy_options
from guard.cli.policy_replay import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guard.officer.candidate import Candidate
    from guard.officer.invariant import Finding
    from guard.officer.walk import Counterexample, Walked

_LIMIT = 200_000
_LARGE = 10**12
_GRANTED = "further laws and further findings: they never turn a refusal into a permit"


@click.command(name="invariant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=_LIMIT,
    show_default=True,
    help="Questions to the policy for each statement, after which the search gives up.",
)
@render.json_option
@policy_options
def invariant(
    *,
    file: str,
    limit: int,
    policies: tuple[str, ...],
    tables: tuple[str, ...],
    key: str | None,
    keyid: str | None,
    scope: str,
    config_file: str | None,
    as_json: bool,
) -> int:
    """Search for a case in which what FILE says must never happen happens.

    FILE holds statements in YAML (docs/policy-lifecycle.md):

        name: sensitive data do not go to the United States under the PIPL
        never: {tag: cn_pipl, sensitive: true, destination.country: US}

    Exit code 0: every statement holds; 1: there is a counter-example; 3: none was found, and not
    every case was tried.
    """
    from guard.officer.conditions import Asked  # noqa: PLC0415
    from guard.officer.invariant import search, words  # noqa: PLC0415
    from guard.officer.statement import read  # noqa: PLC0415

    candidate = load(policies, tables, config_file=config_file, key=key, keyid=keyid, scope=scope)
    statements = read(Path(file), words(candidate), candidate.regions.takes)
    with progress() as tell:
        asked = Asked(candidate)
        found = [
            search(one, candidate, limit=limit, progress=tell, asked=asked) for one in statements
        ]
    if as_json:
        render.document(
            {
                "schema": "guard/invariant/1",
                "revision": candidate.policy_set.revision,
                "statements": [_plain(one) for one in found],
            }
        )
    else:
        for one in found:
            _show(one, candidate)
    return 1 if any(one.found for one in found) else 0 if all(one.holds for one in found) else 3


def _plain(finding: Finding) -> dict[str, Any]:
    found = finding.found
    return {
        "name": finding.statement.name,
        "row": finding.statement.row,
        "effect": finding.statement.effect,
        "outcome": "counterexample" if found else "holds" if finding.holds else "not exhausted",
        "cases": finding.cases,
        "space": finding.space,
        "asked": finding.asked,
        "checked": finding.checked,
        "capped": list(finding.capped),
        "enumerated": [
            {
                "laws": list(laws),
                "values": {one.name: one.values for one in walked},
                "kinds": {one.name: one.kinds for one in walked},
            }
            for laws, walked in finding.dimensions
        ],
        "counterexample": found
        and {
            "destination": found.destination,
            "effect": found.effect,
            "permits": list(found.permits),
            "barriers": list(found.barriers),
            "input": found.document,
        },
    }


def _show(finding: Finding, candidate: Candidate) -> None:
    statement = finding.statement
    render.heading(f"{statement.name} (row {statement.row})")
    if statement.because:
        render.field("because", statement.because)
    if finding.found is not None:
        render.line(f"  does not hold: {finding.found.effect} in this case", style="red")
        _example(finding.found, candidate)
        return
    if finding.holds:
        render.line(
            f"  holds: {_many(finding.cases)} cases decided, no counter-example", style="green"
        )
    else:
        render.line("  not exhausted: no counter-example, and not every case tried", style="yellow")
        for text in finding.capped:
            render.field("not tried", text)
    render.field("asked", f"{finding.asked:,} questions to the policy")
    render.field("checked", f"{finding.checked:,} cases in full, by every engine")
    for laws, walked in finding.dimensions:
        _enumerated(laws, walked)
    if finding.statement.effect == "permit":
        render.field("not enumerated", _GRANTED)


def _enumerated(laws: Sequence[str], walked: Sequence[Walked]) -> None:
    """What was varied, and in how many kinds of values; the rest is as the statement says."""
    varied = [one for one in walked if one.values > 1]
    said = [_dimension(one) for one in varied if ":" not in one.name]
    for start, words in (("declared:", "declarations"), ("safeguards:", "safeguards")):
        if number := sum(one.name.startswith(start) for one in varied):
            said.append(f"{number} {words}, each there or not")
    render.field("laws", " and ".join(laws) or "none")
    render.field("enumerated", ", ".join(said) or "nothing: one case")
    render.field("fixed", f"{len(walked) - len(varied)} further facts, as `never` says or always")


def _dimension(one: Walked) -> str:
    alike = f", of {one.kinds} kind{'s' if one.kinds > 1 else ''}" if one.kinds < one.values else ""
    return f"{one.name} ({one.values}{alike})"


def _many(number: int) -> str:
    return f"{number:,}" if number < _LARGE else f"{number:.1e}"


def _example(found: Counterexample, candidate: Candidate) -> None:
    import yaml  # noqa: PLC0415

    facts = {"destination": {"id": found.destination, **found.document["destination"]}}
    document = {**facts, "transfer": found.document["transfer"]}
    text = yaml.safe_dump(document, sort_keys=False, default_flow_style=None, width=74)
    for row in text.splitlines():
        render.line(f"    {row}")
    rules = candidate.policy_set.catalogue.rules
    for name in (*found.permits, *found.barriers):
        render.field(name, f"{rules[name].title} ({rules[name].citation})")


policy.add_command(invariant)
