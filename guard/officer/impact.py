"""The impact of a policy on recorded decisions: by rule, article, principal and destination."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from guard.log.schema import BatchRecord
from guard.officer.again import LOST, UNKNOWN, Outcome
from guard.officer.reading import Window
from guard.policy import Catalogue

_SHOWN = 50
UNKNOWN_RULE = "not in this policy"


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that comes out differently.

    Args:
        before: As recorded.
        after: As decided now.
        principals: How often it was recorded, by who asked (``<kid>:<keyed digest>``).
        first: Index of the first entry that records it, for `guard log show`.
    """

    before: Outcome
    after: Outcome
    principals: dict[str, int]
    first: int

    @property
    def count(self) -> int:
        """How many recorded decisions it stands for."""
        return sum(self.principals.values())

    @property
    def known(self) -> bool:
        """Whether the record tells what the decision would be, or that it would be another."""
        return self.after.effect != UNKNOWN

    @property
    def kind(self) -> str:
        """``permit→deny``, or what differs while the effect is the same.

        ``permit→permit elsewhere`` is another destination or another treatment; a refusal that
        names another option as the one that lacks least is ``deny, other option``.
        """
        one, two = self.before, self.after
        if one.effect != two.effect:
            return f"{one.effect}→{two.effect}"
        if (one.destination, one.treatment) != (two.destination, two.treatment):
            permit = one.effect == "permit"
            return "permit→permit elsewhere" if permit else f"{one.effect}, other option"
        return "other reasons" if one.rules != two.rules else "other duties"

    @property
    def rank(self) -> int:
        """Where its kind is told: effects, ways, the rest, and last what is not known."""
        one, two = self.before, self.after
        if not self.known:
            return 3
        if one.effect != two.effect:
            return 0
        return 1 if (one.destination, one.treatment) != (two.destination, two.treatment) else 2

    def rules(self) -> Iterator[tuple[str, str]]:
        """Each rule that makes the difference, and whether it speaks now or did before."""
        one, two = self.before, self.after
        if not self.known:
            return
        before = (*one.rules, *one.advice, *(rule for _, rule, _ in one.obligations))
        after = (*two.rules, *two.advice, *(rule for _, rule, _ in two.obligations))
        if one.effect != two.effect or one.rules != two.rules:
            before, after = one.rules, two.rules
        for rule in dict.fromkeys((*after, *before)):
            if (rule in before) != (rule in after):
                yield rule, "now" if rule in after else "before"


@dataclass(frozen=True, slots=True)
class Unreplayed:
    """A file of a data set: its record holds sums, not the facts of each row.

    Args:
        id: The record's id.
        rows: Rows it stands for.
        gone: Rows by rule that decided then and that this policy does not have.
    """

    id: str
    rows: int
    gone: dict[str, int]

    @classmethod
    def of(cls, batch: BatchRecord, catalogue: Catalogue) -> Unreplayed:
        """What is known of a record that another policy decided."""
        gone = {rule: n for rule, n in batch.rules.items() if rule not in catalogue.rules}
        return cls(batch.id, batch.rows, gone)


@dataclass(frozen=True, slots=True)
class Group:
    """Decisions of one kind of change, by what they have in common."""

    kind: str
    count: int
    rules: dict[tuple[str, str], int]
    articles: dict[str, int]
    principals: dict[str, int]
    destinations: dict[str, int]
    treatments: dict[str, int]
    first: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What a policy would change in a log.

    Args:
        origin: The log's name.
        entries: Entries of the log, all verified.
        root: Its signed root.
        revision: The policy's digest.
        window: Which decisions were asked about.
        limited: Whether a limit ended the replay before the log did.
        decisions: Recorded decisions that were asked again.
        distinct: How many of them differ in facts or answer.
        errors: Records of requests that nobody decided; there is nothing to decide again.
        changes: Those that come out differently, and those of which that is not known.
        unreplayed: Files of data sets that another policy decided.
        batches: Files of data sets in all.
    """

    origin: str
    entries: int
    root: str
    revision: str
    window: Window
    limited: bool
    decisions: int
    distinct: int
    errors: int
    catalogue: Catalogue = field(repr=False)
    changes: tuple[Change, ...]
    unreplayed: tuple[Unreplayed, ...]
    batches: int

    @property
    def changed(self) -> int:
        """Recorded decisions that come out differently."""
        return sum(change.count for change in self.changes if change.known)

    @property
    def unknown(self) -> int:
        """Recorded decisions of which the log does not hold enough to tell."""
        return sum(change.count for change in self.changes if not change.known)

    @property
    def lost(self) -> int:
        """Permits that end, where the log does not hold whether the data may go another way."""
        return sum(change.count for change in self.changes if change.after.effect == LOST)

    @property
    def exit_code(self) -> int:
        """0: nothing changes; 1: something does; 3: not everything could be asked again."""
        if self.changed:
            return 1
        return 3 if self.unreplayed or self.unknown else 0

    def groups(self) -> list[Group]:
        """The changes by kind: those of the effect first, the most frequent first."""
        kinds: dict[str, list[Change]] = {}
        for change in self.changes:
            kinds.setdefault(change.kind, []).append(change)
        found = {kind: self._group(kind, changes) for kind, changes in kinds.items()}
        rank = {kind: changes[0].rank for kind, changes in kinds.items()}
        return sorted(found.values(), key=lambda g: (rank[g.kind], -g.count, g.kind))

    def _group(self, kind: str, changes: Iterable[Change]) -> Group:
        rules: Counter[tuple[str, str]] = Counter()
        articles: Counter[str] = Counter()
        principals: Counter[str] = Counter()
        destinations: Counter[str] = Counter()
        treatments: Counter[str] = Counter()
        total, first = 0, -1
        for change in changes:
            total, first = total + change.count, change.first if first < 0 else first
            spoke = dict(change.rules())
            rules.update(dict.fromkeys(spoke.items(), change.count))
            cites = {cite for rule in spoke for cite in self.cites(rule)}
            articles.update(dict.fromkeys(cites, change.count))
            principals.update(change.principals)
            one, two = change.before, change.after
            destinations[_way(one.destination, two.destination)] += change.count
            treatments[_way(one.treatment, two.treatment)] += change.count
        return Group(
            kind,
            total,
            dict(rules.most_common()),
            dict(articles.most_common()),
            dict(principals.most_common()),
            dict(destinations.most_common()),
            dict(treatments.most_common()),
            first,
        )

    def cites(self, rule: str) -> tuple[str, ...]:
        """The clauses that a rule of this policy cites."""
        known = self.catalogue.rules.get(rule)
        return known.cites if known else (UNKNOWN_RULE,)

    def to_json(self) -> dict[str, Any]:
        """The document ``guard/replay/1``."""
        return {
            "schema": "guard/replay/1",
            "log": {"origin": self.origin, "entries": self.entries, "root": self.root},
            "revision": self.revision,
            "since": self.window.since or None,
            "until": self.window.until or None,
            "limited": self.limited,
            "decisions": self.decisions,
            "distinct": self.distinct,
            "errors": self.errors,
            "changed": self.changed,
            "unknown": self.unknown,
            "changes": [_plain(group, self) for group in self.groups()],
            "batches": {
                "files": self.batches,
                "unreplayed": len(self.unreplayed),
                "rows": sum(batch.rows for batch in self.unreplayed),
                "rules_gone": dict(sum((Counter(b.gone) for b in self.unreplayed), Counter())),
            },
        }


def _way(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _plain(group: Group, impact: Impact) -> dict[str, Any]:
    return {
        "change": group.kind,
        "count": group.count,
        "first": group.first,
        "rules": [
            {"rule": rule, "speaks": when, "cites": list(impact.cites(rule)), "count": count}
            for (rule, when), count in group.rules.items()
        ],
        "articles": [{"cites": name, "count": n} for name, n in group.articles.items()],
        "destinations": [{"destination": d, "count": n} for d, n in group.destinations.items()],
        "treatments": [{"treatment": t, "count": n} for t, n in group.treatments.items()],
        "principals": [
            {"actor": actor, "count": count}
            for actor, count in list(group.principals.items())[:_SHOWN]
        ],
        "principals_in_all": len(group.principals),
    }
