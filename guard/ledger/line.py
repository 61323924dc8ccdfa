"""Which counters a transfer concerns, what they hold of it, and what it would make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guard.ledger.errors import LedgerError
from guard.ledger.rule import Export, Rule, raised
from guard.ledger.session import Counter, Known, Session


@dataclass(frozen=True, slots=True)
class Line:
    """One counter that a transfer concerns.

    Args:
        name: The counter's name: a rule's id or a family.
        party: Its counterparty.
        rule: The rule, for a family any of its rules.
        day: The day of the transfer on the law's clock.
        adds: The pseudonyms that the transfer adds.
        takes: Whether the transfer adds at all.
    """

    name: str
    party: str
    rule: Rule
    day: int
    adds: tuple[bytes, ...] = field(repr=False)
    takes: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A line with what the ledger holds of it, and the number that the transfer would make."""

    line: Line
    counter: Counter | None
    known: Known = field(repr=False)
    after: int


def lines(rules: Sequence[Rule], export: Export) -> list[Line]:
    """The counters that a transfer concerns, in the order in which all transfers lock them."""
    found: dict[tuple[str, str], Line] = {}
    for rule in rules:
        if not rule.governs(export):
            continue
        takes, day, party = rule.takes(export), rule.window.day(export.at), rule.party(export)
        adds = rule.subjects(export) if takes and rule.row.counted != "days" else ()
        if takes and not adds and rule.row.counted != "days":
            raise LedgerError(
                "personal data of nobody cannot be counted", remedy="name at least one person"
            )
        found[rule.id, party] = Line(rule.id, party, rule, day, adds, takes)
        if rule.row.combined:
            both = found.get((rule.family, party))
            adds = tuple(sorted({*adds, *(both.adds if both else ())}))
            takes = takes or (both is not None and both.takes)
            found[rule.family, party] = Line(rule.family, party, rule, day, adds, takes)
    return [found[place] for place in sorted(found)]


def look(session: Session, line: Line, counter: Counter | None) -> Look:
    """What the transfer would make of a counter, None standing for one that is not there yet."""
    if counter is None:
        return Look(line, None, {}, len(line.adds))
    if line.rule.row.counted == "days":
        first = line.day if counter.first_day is None else counter.first_day
        return Look(line, counter, {}, max(0, line.day - first))
    complete(counter, line.rule, line.day)
    start = line.rule.window.start(line.day)
    known = session.known(counter.id, line.adds)
    inside = sum(last >= start for _, last in known.values())
    after = session.since(counter.id, start) + len(line.adds) - inside
    return Look(line, counter, known, after)


def reduced(looks: Iterable[Look]) -> dict[str, int]:
    """The counts as the policy reads them."""
    numbers: dict[str, int] = {}
    rules: dict[str, Rule] = {}
    for one in looks:
        numbers[one.line.name] = one.after
        rules[one.line.rule.id] = one.line.rule
    result: dict[str, int] = {}
    for name, number in raised(numbers, tuple(rules.values())).items():
        count = rules[name].row.count
        result[count] = max(result.get(count, 0), rules[name].reduced(number))
    return result


def complete(counter: Counter, rule: Rule, day: int) -> None:
    """Refuse a window of which a part was erased."""
    if rule.window.start(day) < counter.kept_from:
        raise LedgerError(
            f"{counter.name}: the window of that day has been pruned",
            remedy="only dates whose window is still kept can be counted",
        )
