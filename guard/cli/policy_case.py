"""`guard policy case`: cases of facts, judged each for its own instrument."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render

if TYPE_CHECKING:
    from guard.officer.case import Judgement
    from guard.policy import Catalogue


_STYLE = {**render.EFFECT_STYLE, "not_applicable": "green", "error": "red"}


@click.command(name="case")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@render.json_option
@render.config_option
def case(files: tuple[str, ...], *, as_json: bool, config_file: str | None) -> int:
    """Judge cases of facts and compare with what is expected of them.

    FILES hold cases in YAML: facts in the words of the tables, the instrument, and what should come
    out. Exit code 1 when an answer is not among those expected, 2 when facts cannot be read.
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
    for one in judged:
        if one.problem:
            render.warn(f"guard: {one.problem}")
    if any(one.problem for one in judged):
        return 2
    return 0 if all(one.right for one in judged) else 1


@click.command(name="explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@render.json_option
@render.config_option
def explain(file: str, *, as_json: bool, config_file: str | None) -> int:
    """Explain one or more cases of facts, each on a page to read, question and sign.

    FILE holds facts in YAML, as for `guard policy case`; what should come out may be left away.
    """
    from guard.cli.policy_session import open_policy  # noqa: PLC0415
    from guard.officer import explanation  # noqa: PLC0415
    from guard.officer.case import judge, read  # noqa: PLC0415

    cases = read(Path(file))
    regions, policy = open_policy(config_file)
    with policy:
        judged = list(judge(cases, regions, policy))
    pages = [
        {
            "id": one.case.id,
            "instrument": one.case.instrument,
            "answer": one.got,
            "facts": dict(explanation.facts(one)),
            "reasoning": [asdict(point) for point in explanation.points(one, policy.policy_set)],
            "problem": one.problem,
            "revision": policy.revision,
        }
        for one in judged
    ]
    if as_json:
        render.document({"schema": "guard/explanation/1", "pages": pages})
    else:
        for one, page in zip(judged, pages, strict=True):
            _page(one, page)
    return 2 if any(one.problem for one in judged) else 0


def _page(one: Judgement, page: dict[str, Any]) -> None:
    from guard.officer.explanation import SAID  # noqa: PLC0415

    render.heading(f"{page['id']}: {page['instrument']}")
    if one.case.title:
        render.field("after", one.case.title)
    render.line(f"  {SAID[one.got]}", style=_STYLE.get(one.got, ""))
    if one.problem:
        render.field("problem", one.problem)
    elif not page["reasoning"]:
        render.field("because", _without_rules(one)[0]["message"])
    render.heading("Facts")
    for name, value in page["facts"].items():
        if value:
            render.field(name, value)
    _reasoning(page["reasoning"])
    render.heading("Signature")
    render.field("policy revision", page["revision"])
    render.line("  Supporting evidence, not legal advice. Date, name: ______________________")


def _reasoning(points: list[dict[str, Any]]) -> None:
    """Each rule that spoke; once at the end, which of them nobody checked."""
    from guard.officer.explanation import UNVERIFIED  # noqa: PLC0415

    render.heading("Reasoning")
    spoke = [point for point in points if point["rule"] != UNVERIFIED]
    for number, point in enumerate(spoke, start=1):
        render.line(f"  {number}. {point['title']}  [{point['heading']}]")
        for label in ("words", "cites", "confidence", "source"):
            render.field("  " + ("says" if label == "words" else label), point[label])
        if point["remedies"]:
            render.field("  cured by", ", ".join(point["remedies"]))
        render.field("  rule", point["rule"])
    unsure = [str(number) for number, point in enumerate(spoke, start=1) if point["unverified"]]
    for point in points:
        if point["rule"] == UNVERIFIED:
            render.heading("Not checked")
            render.field(f"points {', '.join(unsure)}" if unsure else "the ground", point["words"])


def _plain(one: Judgement, catalogue: Catalogue) -> dict[str, Any]:
    rules = [catalogue.rules[name] for name in one.rules]
    return {
        "id": one.case.id,
        "expected": one.case.expected,
        "got": one.got,
        "reasons": [
            {"rule": r.id, "kind": r.kind, "cites": r.citation, "message": r.title} for r in rules
        ]
        or _without_rules(one),
    }


def _without_rules(one: Judgement) -> list[dict[str, Any]]:
    """Why there is an answer to which no rule spoke."""
    message = (
        one.problem or "neither establishment, origin nor data subjects bring it under the law"
    )
    return [{"rule": None, "kind": None, "cites": "", "message": message}]


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
