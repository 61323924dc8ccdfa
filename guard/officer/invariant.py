"""The search for a case that should never be: the whole space, against the real Rego and tables.

A permit needs a ground in every law that applies and no barrier at all (``main.rego``). Each of
them is a formula over conditions (`guard.officer.clauses`), and each condition depends on few
dimensions of the space (`guard.officer.influence`). Values that no condition tells apart are taken
together (`guard.officer.conditions`), and the rest is walked with what was refuted remembered
(`guard.officer.walk`), so that thousands of questions decide about any number of cases.

Categories are tried alone, or in pairs where a statement has two conditions on them, each found
once, and no law is added to those named. For a permit that loses nothing as long as a further
finding or law never turns a refusal into a permit, a property of the policies with a test of its
own. For other effects the search says that it is not exhaustive.

All of it rests on the analysis of the rules' text. It is not believed blindly: cases drawn at
random, and cases drawn from those refuted, are decided in full by the interpreter and, for the
shipped rules, by the compiled engine, and compared with what the formulas say.
"""

from __future__ import annotations

from dataclasses import dataclass

from guard.officer.candidate import Candidate
from guard.officer.conditions import Asked
from guard.officer.statement import Statement
from guard.officer.walk import Counterexample, Progress, Walk, Walked

_UNPROVED = (
    "laws: those named and no others together with them",
    "categories: more kinds together than the statement needs",
)
"""For a permit these lose nothing: a further law or finding never turns a refusal into a permit."""
LIMIT = 200_000
"""Questions to the policy after which a search gives up."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a search.

    Args:
        statement: What must never happen.
        found: The counter-example, or None.
        cases: Cases that the search decided; all there are when nothing was found.
        space: Cases that there are.
        asked: Questions to the policy.
        checked: Cases that were also decided in full, by every engine.
        dimensions: The dimensions, for each set of laws.
        capped: What was not tried, in words; then nothing is known to hold.
    """

    statement: Statement
    found: Counterexample | None
    cases: int
    space: int
    asked: int
    checked: int
    dimensions: tuple[tuple[tuple[str, ...], tuple[Walked, ...]], ...]
    capped: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every case was decided and none is a counter-example."""
        return self.found is None and not self.capped


def search(
    statement: Statement,
    candidate: Candidate,
    *,
    limit: int = LIMIT,
    progress: Progress = lambda *_: None,
    asked: Asked | None = None,
) -> Finding:
    """Look for a case in which the policy gives the effect that must never come.

    Args:
        statement: What must never happen.
        candidate: The policy and its tables.
        limit: Questions to the policy after which the search gives up.
        progress: Told cases decided.
        asked: The policy in its engines, where it is there already.

    Raises:
        PolicyError: If the policy gives no answer, or a rule depends on more than its text says.
        ConfigError: If no destination or date of the tables is what the statement names.
    """
    asks = asked or Asked(candidate)
    laws = {r.instrument for r in candidate.policy_set.catalogue.rules.values()} - {"guard"}
    named = statement.of("tag")
    sets = [tuple(named.values)] if named else [(), *((law,) for law in sorted(laws))]
    dimensions, capped = [], [*_UNPROVED] if statement.effect != "permit" else []
    cases = space = questions = checked = 0
    found = None
    for tags in sets:
        walk = Walk(statement, tags, asks, limit=limit - questions, progress=progress)
        found = walk.run()
        cases, space = cases + walk.cases, space + walk.size
        questions, checked = questions + walk.asked, checked + walk.checked
        dimensions.append((tags, walk.listed()))
        capped += [text for text in walk.capped() if text not in capped]
        if found is not None:
            break
    return Finding(
        statement, found, cases, space, questions, checked, tuple(dimensions), tuple(capped)
    )


def words(candidate: Candidate) -> dict[str, frozenset[str]]:
    """What a statement may speak of: the words of the policy and its tables."""
    regions, rules = candidate.regions, candidate.policy_set.catalogue.rules
    classes = {name for row in regions.categories.values() for name in row.classes}
    return {
        "tag": frozenset(rule.instrument for rule in rules.values()) - {"guard"},
        "category": frozenset(regions.categories),
        "class": frozenset(classes),
        "use_case": frozenset({*regions.use_cases, "general", "unknown"}),
        "declared": frozenset(regions.declarations),
        "safeguards": frozenset(regions.safeguards),
        "facts": frozenset(regions.facts),
        "counts": frozenset(regions.counts),
        "location": frozenset({*regions.countries, *regions.sets, "unknown"}),
        "destination": frozenset(regions.destinations),
    }
