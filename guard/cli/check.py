"""`guard check`: one transfer."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.session import open_guard
from guard.errors import InputError

if TYPE_CHECKING:
    from guard.api import Guard
    from guard.gate.verdict import Verdict
    from guard.types import Option

_WORDS = {"none": "whole", "pseudonymise": "pseudonymised", "redact": "redacted"}
_MOST = 1_000_000
_INDENT = " " * 10
_SAID = {"barrier": "cured  ", "permit": "ground ", "obligation": "duty   ", "advice": "note   "}


@click.command(name="check", short_help="decide about one text")
@click.argument("text", required=False)
@click.option("--to", multiple=True, help="Destination; repeat for several, best first.")
@click.option("--purpose", default="inference", show_default=True, help=render.PURPOSE_HELP)
@click.option("--document", is_flag=True, help="TEXT is a JSON document, not a string.")
@click.option("--principal", default="", help="Who asks; logged as a keyed digest only.")
@click.option("--conversation", default="", help="Keeps pseudonyms the same over its turns.")
@click.option("--category", multiple=True, help="What TEXT holds whatever is found; repeat.")
@click.option("--subject", multiple=True, help="Id of a person TEXT is about; repeat.")
@click.option("--request-id", default="", help="The same for a retry; persons count once.")
@click.option("--fact", multiple=True, help="A fact of this request, name=value; repeat.")
@click.option("--explain", is_flag=True, help="Show facts, tags, rules and the whole plan.")
@click.option("--text", "only_text", is_flag=True, help="Print only what may be released.")
@click.option("--reveal", is_flag=True, help="On a terminal, show the matched text too.")
@render.json_option
@render.config_option
def command(text: str | None, only_text: bool, reveal: bool, **options: Any) -> int:
    """Decide whether TEXT (or, with -, standard input) may go, and write the decision down."""
    if text is None and sys.stdin.isatty():
        raise click.UsageError("no text; give one, or - for standard input")
    submitted = _read(text, document=options["document"])
    with open_guard(options["config_file"]) as guard:
        verdict = guard.check(
            submitted,
            to=options["to"] or None,
            purpose=options["purpose"],
            principal=options["principal"],
            conversation=options["conversation"],
            categories=options["category"],
            subjects=options["subject"],
            request_id=options["request_id"],
            facts=_facts(guard, options["fact"]),
        )
        if options["as_json"]:
            shown = only_text or verdict.decision.treatment != "none" or not verdict.findings
            render.document(verdict.to_json(text=shown))
        elif only_text:
            _release(verdict)
        else:
            _show(
                verdict,
                submitted,
                options["to"],
                explain=options["explain"],
                reveal=reveal,
                titles={
                    law: one.title for law, one in guard.policies.catalogue.instruments.items()
                },
            )
    return 0 if verdict.permitted else 1


def _read(text: str | None, *, document: bool) -> Any:
    if text is None or text == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError:
            raise InputError("not UTF-8", file="standard input", remedy="convert it") from None
        text = text.removesuffix("\n")
    if not text.strip():
        raise click.UsageError("the text is empty")
    if len(text) > _MOST:
        raise InputError(
            f"longer than {_MOST:,} characters", remedy="put it into a file and use `guard scan`"
        )
    if not document:
        return text
    try:
        return json.loads(text, object_pairs_hook=_members)
    except (ValueError, RecursionError):
        raise InputError(
            "not a JSON document", remedy="one object with distinct names, or leave --document out"
        ) from None


def _facts(guard: Guard, said: tuple[str, ...]) -> dict[str, Any]:
    """Facts as the command line spells them: ``true``, ``12``, ``word``, ``one,two``."""
    facts: dict[str, Any] = {}
    for one in said:
        name, equals, value = one.partition("=")
        if not equals or name in facts:
            raise click.BadParameter("name=value, each name once", param_hint="--fact")
        row = guard.regions.facts.get(name)
        facts[name] = _spelled(value, row.kinds if row else ())
    return facts


def _spelled(value: str, kinds: tuple[str, ...]) -> Any:
    if "bool" in kinds and value in {"true", "false"}:
        return value == "true"
    if "number" in kinds and re.fullmatch(r"-?[0-9]{1,16}", value):
        return int(value)
    if "words" in kinds and ("," in value or not {"word", "location"} & {*kinds}):
        return tuple(value.split(","))
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two members with one name only one would be looked at, so there are none."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


def _release(verdict: Verdict) -> None:
    released = verdict.payload
    render.line(released if isinstance(released, str) else json.dumps(released, ensure_ascii=False))


def _show(
    verdict: Verdict,
    submitted: Any,
    candidates: tuple[str, ...],
    *,
    explain: bool,
    reveal: bool,
    titles: Mapping[str, str],
) -> None:
    decision = verdict.decision
    how = "" if decision.effect != "permit" else f", {_WORDS[decision.treatment]}"
    observed = "" if decision.enforced else "  (observed, not enforced)"
    render.line(
        f"{decision.effect}: {decision.destination}{how}{observed}",
        style=render.EFFECT_STYLE[decision.effect],
    )
    if verdict.permitted and decision.treatment != "none" and decision.enforced:
        payload = verdict.payload
        if not isinstance(payload, str):
            payload = json.dumps(payload, ensure_ascii=False, indent=1)
        for text in payload.splitlines():
            render.line(f"  | {text}")
    for reason in decision.reasons:
        word = _SAID[reason.kind] if decision.effect == "permit" else "against"
        render.line(f"  {word} {reason.rule} [{reason.cites}]")
        render.line(f"          {reason.message}")
    if decision.remedies and not verdict.permitted:
        render.line(f"  would help: {', '.join(decision.remedies)}")
        _others(verdict, candidates)
        _alternatives(verdict)
    _advice(verdict, titles)
    if explain:
        _explain(verdict, submitted, reveal=reveal and sys.stdout.isatty())
    render.line(f"  decision {decision.id}, log {verdict.origin} #{verdict.index}")


def _advice(verdict: Verdict, titles: Mapping[str, str]) -> None:
    from guard.officer.explanation import UNVERIFIED, unverified  # noqa: PLC0415

    for advice in sorted(verdict.decision.advice, key=lambda one: one.rule == UNVERIFIED):
        render.line(f"  note    {advice.rule} [{advice.cites}]")
        message = advice.message
        if advice.rule == UNVERIFIED:
            message = unverified(verdict.advised(advice.rule), titles)
        render.line(textwrap.fill(message, 100, initial_indent=_INDENT, subsequent_indent=_INDENT))


def _others(verdict: Verdict, candidates: tuple[str, ...]) -> None:
    """Why the other destinations that were asked for were refused, each where it lacks least."""
    best: dict[str, Option] = {}
    for option in verdict.plan.options:
        before = best.get(option.destination)
        if before is None or len(option.evaluation.barriers) <= len(before.evaluation.barriers):
            best[option.destination] = option
    for name, option in best.items():
        if name in candidates and name != verdict.decision.destination:
            rules = ", ".join(b.rule for b in option.evaluation.barriers)
            render.line(f"  also {option.evaluation.effect}: {name} by {rules}")


def _alternatives(verdict: Verdict) -> None:
    lawful = [
        f"{o.destination} ({_WORDS[o.treatment]})"
        for o in verdict.plan.options
        if o.evaluation.effect == "permit"
    ]
    if lawful:
        render.line(f"  lawful instead: {', '.join(lawful)}")


def _explain(verdict: Verdict, submitted: Any, *, reveal: bool) -> None:
    columns = ["category", "pointer", "start", "end", "confidence", "detector"]
    rows = [
        [f.category, f.pointer or '""', str(f.start), str(f.end), f"{f.confidence:.2f}", f.detector]
        for f in verdict.findings
    ]
    if reveal and isinstance(submitted, str):
        columns.append("text")
        for row, f in zip(rows, verdict.findings, strict=True):
            row.append(submitted[f.start : f.end])
    render.table(columns, rows, title="Findings", right=("start", "end", "confidence"))
    render.table(
        ["instrument", "because of", "jurisdiction", "evidence", "strength"],
        [
            [t.instrument, t.trigger, t.jurisdiction, t.evidence, str(t.strength)]
            for t in verdict.tags
        ],
        title="Instruments that govern the text as it is",
        right=("strength",),
    )
    if verdict.counts:
        counted = [[name, f"{number:,}"] for name, number in sorted(verdict.counts.items())]
        render.table(["count", "reached"], counted, title="Counts", right=("reached",))
    if verdict.detection.skipped:
        render.line(f"  not looked at: {', '.join(verdict.detection.skipped)}")
    render.table(
        ["destination", "data", "effect", "rules"],
        [
            [
                o.destination,
                _WORDS[o.treatment],
                o.evaluation.effect,
                ", ".join(
                    x.rule
                    for x in (
                        o.evaluation.permits
                        if o.evaluation.effect == "permit"
                        else o.evaluation.barriers
                    )
                ),
            ]
            for o in verdict.plan.options
        ],
        title="Plan",
    )
