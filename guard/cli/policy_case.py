"""`guard policy case`: cases of facts, judged each for its own instrument."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render

if TYPE_CHECKING:
    from guard.officer.case import Judgement
    from guard.policy import Catalogue


@click.command(name="case")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@render.json_option
@render.config_option
def case(files: tuple[str, ...], *, as_json: bool, config_file: str | None) -> int:
    """Judge cases of facts and compare with what is expected of them.

    FILES hold cases in YAML: facts in the words of the tables, the instrument, and what should come
    out. Exit code 1 when an answer is not among those expected.
    """
    from guard.cli.policy_session import open_policy  # noqa: PLC0415
    from guard.officer.case import judge, read  # noqa: PLC0415

    cases = [one for file in files for one in read(Path(file))]
    regions, policy = open_policy(config_file)
    with policy:
        judged = list(judge(cases, regions, policy))
        catalogue = policy.policy_set.catalogue
    if as_json:
        render.document([_plain(one, catalogue) for one in judged])
    else:
        _show(judged)
    return 0 if all(one.right for one in judged) else 1


def _plain(one: Judgement, catalogue: Catalogue) -> dict[str, Any]:
    rules = [catalogue.rules[name] for name in one.rules]
    return {
        "id": one.case.id,
        "expected": one.case.expected,
        "got": one.got,
        "reasons": [
            {"rule": r.id, "kind": r.kind, "cites": r.citation, "message": r.title} for r in rules
        ],
    }


def _show(judged: list[Judgement]) -> None:
    render.table(
        ["case", "expected", "got", "", "rules"],
        [
            [
                one.case.id,
                one.case.expected or "",
                one.got,
                "" if one.right else "differs",
                ", ".join(one.rules),
            ]
            for one in judged
        ],
    )
    tally = Counter("right" if one.right else "different" for one in judged)
    render.line(f"{len(judged)} cases: {tally['right']} as expected, {tally['different']} not")
