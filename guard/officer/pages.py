"""One page per instrument, generated: what its rules say in plain words, and what is left out.

The text is that of METADATA and the tables; nothing is written twice.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from guard.policy.catalogue import ALWAYS, FOREVER, Catalogue, Instrument, Rule

if TYPE_CHECKING:
    from guard.regions import Regions

_KINDS = {
    "permit": "What permits",
    "exemption": "What the law attaches no condition to",
    "barrier": "What stands in the way",
    "obligation": "What must be done",
    "advice": "Risks that do not forbid",
}
_WIDTH = 120
_NOTE = (
    "Generated from the rules by `make index`. The rules are supporting evidence for a decision, "
    "not legal advice; each names the confidence with which it was read and from where."
)


def render(catalogue: Catalogue, regions: Regions) -> dict[str, str]:
    """Markdown by file name: one page per instrument, and `README.md` that lists them.

    Args:
        catalogue: The rules and the instruments' introductions.
        regions: The tables, for the jurisdictions that make an instrument apply.
    """
    by: dict[str, list[Rule]] = {}
    for rule in catalogue.ordered():
        by.setdefault(rule.instrument, []).append(rule)
    pages = {
        f"{name}.md": _page(name, rules, catalogue.instruments.get(name), regions)
        for name, rules in by.items()
    }
    return {"README.md": _contents(by, catalogue.instruments, regions), **pages}


def _contents(
    by: Mapping[str, list[Rule]], introduced: Mapping[str, Instrument], regions: Regions
) -> str:
    lines = ["# The law in rules", "", *_wrapped(_NOTE), "", "| instrument | what | rules | from |"]
    lines.append("|---|---|---|---|")
    for name, rules in by.items():
        row = regions.instruments.get(name)
        title = introduced[name].title if name in introduced else row.title if row else "the tool"
        since = row.valid_from if row else ""
        lines.append(f"| [{name}]({name}.md) | {title} | {len(rules)} | {since} |")
    return "\n".join(lines) + "\n"


def _page(name: str, rules: list[Rule], intro: Instrument | None, regions: Regions) -> str:
    title = intro.title if intro else "What holds whatever the law"
    lines = [f"# {title}", ""]
    if intro:
        lines += [*_wrapped(intro.description), "", f"Source: {'; '.join(intro.cites)}.", ""]
    lines += [*_wrapped(_NOTE), ""]
    if triggers := _triggers(name, regions):
        lines += ["## When it applies", "", "| fact | where | cites | confidence |"]
        lines += ["|---|---|---|---|", *triggers, ""]
    for kind, heading in _KINDS.items():
        chosen = [rule for rule in rules if rule.kind == kind]
        if chosen:
            lines += [f"## {heading}", ""]
            lines += [line for rule in chosen for line in _rule(rule)]
    if intro and intro.omits:
        lines += ["## What is not covered", "", *(f"- {one}" for one in intro.omits), ""]
    return "\n".join(lines).rstrip() + "\n"


def _triggers(name: str, regions: Regions) -> list[str]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for place, row in regions.jurisdictions.items():
        for scope in row.scopes:
            if scope.instrument == name:
                what = ", ".join(t.replace("_", " ") for t in scope.triggers)
                if scope.declarations:
                    what += f" ({', '.join(scope.declarations)})"
                found.setdefault((what, scope.cites, scope.confidence), []).append(place)
    return [
        f"| {what} | {', '.join(sorted(set(places)))} | {cites} | {confidence} |"
        for (what, cites, confidence), places in found.items()
    ]


def _rule(rule: Rule) -> list[str]:
    since = "always" if rule.since == ALWAYS else f"since {rule.since}"
    until = "" if rule.until == FOREVER else f", until {rule.until}"
    words = (rule.citation, f"{since}{until}", f"confidence {rule.confidence}", rule.source)
    return [
        f"### {rule.title}",
        "",
        *_wrapped(rule.description),
        "",
        " · ".join((f"`{rule.id}`", *words)),
        "",
    ]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
