"""Cases of facts, as regulators' worked examples state them, and what the policy says of each.

A case names one instrument and is judged for it alone. What it does not mention is in order: the
statements that tables mark `in_order` for the instrument are taken to be made, transfer mechanisms
never are. The answer is ``permit``, ``deny``, ``review`` or ``not_applicable``: the last where
every ground is an exemption, that is, the law attaches no condition to what is described.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from guard.errors import ConfigError
from guard.officer import words
from guard.regions.tables import load
from guard.types import Destination, Evaluation, Transfer

if TYPE_CHECKING:
    from guard.policy import Policy
    from guard.regions import Regions

Verdict = Literal["permit", "deny", "review", "not_applicable", "error"]
"""What is said of a case; ``error`` where its facts cannot be read, and nothing is said of it."""
VERDICTS: tuple[Verdict, ...] = ("permit", "deny", "review", "not_applicable")
_FIELDS = {
    "id",
    "kind",
    "instrument",
    "source",
    "verified",
    "facts",
    "expected",
    "concretised",
    "note",
}
_EXPECTED = {"effect", "also_accept", "mechanism_or_obligation", "reason", "official_outcome"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Args:
        id: Its name.
        instrument: The law it is judged for.
        facts: The facts in the words of the table `facts` and of `guard.officer.words`.
        expected: What should come out, or None for a question without an answer.
        accepted: Every answer that counts as right.
        title: The source in one line, for a page.
    """

    id: str
    instrument: str
    facts: Mapping[str, Any]
    expected: Verdict | None
    accepted: frozenset[Verdict]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the policy says of a case.

    Args:
        case: The case.
        got: The answer.
        evaluation: All that the rules said.
        rules: The rules that decided: grounds of a permit, barriers of a refusal.
        problem: Why there is no answer, with file and field.
        transfer: The facts of the transfer that the rules saw.
        destination: The facts of the destination that the rules saw.
    """

    case: Case
    got: Verdict
    evaluation: Evaluation | None
    rules: tuple[str, ...]
    problem: str = ""
    transfer: Transfer | None = None
    destination: Destination | None = None

    @property
    def right(self) -> bool:
        """Whether the answer is one of those expected; a question without one is never wrong."""
        if self.got == "error":
            return False
        return self.case.expected is None or self.got in self.case.accepted


def read(path: Path) -> list[Case]:
    """The cases of a file: one case, or a list of them.

    Raises:
        ConfigError: Naming the file, the case and the field that is wrong.
    """
    documents = load(path, str(path))
    rows = [row for one in documents for row in (one if isinstance(one, list) else [one])]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path}: no case of facts here", remedy="a case has `id` and `facts`")
    cases = [_case(row, f"{path}: case {row.get('id', number)}") for number, row in enumerate(rows)]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise ConfigError(f"{path}: case {case.id} stands there twice")
        seen.add(case.id)
    return cases


def _case(row: Mapping[str, Any], where: str) -> Case:
    _only(row, _FIELDS, where)
    name, instrument, facts = row.get("id"), row.get("instrument"), row.get("facts")
    if not isinstance(name, str) or not isinstance(instrument, str) or not isinstance(facts, dict):
        raise ConfigError(f"{where}: a case has `id`, `instrument` and `facts`")
    expected = row.get("expected", {})
    if not isinstance(expected, dict):
        raise ConfigError(f"{where}: `expected` is a mapping with `effect`")
    _only(expected, _EXPECTED, f"{where}: expected")
    effect = _verdict(expected.get("effect"), where) if expected else None
    also = expected.get("also_accept") or ()
    accepted = {_verdict(one, where) for one in also} | ({effect} if effect else set())
    source = row.get("source")
    title = (
        f"{source.get('document', '')}, {source.get('section', '')}"
        if isinstance(source, dict)
        else ""
    )
    return Case(name, instrument, facts, effect, frozenset(accepted), title)


def _only(row: Mapping[str, Any], known: set[str], where: str) -> None:
    for field in row:
        if field not in known:
            raise ConfigError(
                f"{where}: unknown field `{field}`", remedy=f"one of {', '.join(sorted(known))}"
            )


def _verdict(value: object, where: str) -> Verdict:
    for verdict in VERDICTS:
        if value == verdict:
            return verdict
    raise ConfigError(f"{where}: no such effect", remedy=f"one of {', '.join(VERDICTS)}")


def judge(cases: Sequence[Case], regions: Regions, policy: Policy) -> Iterator[Judgement]:
    """Judge each case for its own instrument.

    A case that names an instrument without a package, or a field or word that no table knows, is
    an error of that case; the others are judged all the same.

    Raises:
        PolicyError: The policy gives no answer.
    """
    spoken = {rule.instrument for rule in policy.policy_set.catalogue.rules.values()}
    for case in cases:
        try:
            if case.instrument not in spoken - {"guard"}:
                raise ConfigError(f"case {case.id}: no policy speaks for {case.instrument[:60]!r}")
            transfer, destination = words.translate(case.id, case.instrument, case.facts, regions)
        except ConfigError as error:
            yield Judgement(case, "error", None, (), problem=str(error))
            continue
        yield _judged(case, transfer, destination, policy)


def _judged(case: Case, transfer: Transfer, destination: Destination, policy: Policy) -> Judgement:
    if not transfer.tags:
        return Judgement(
            case, "not_applicable", None, (), transfer=transfer, destination=destination
        )
    said = policy.decide(transfer, destination)
    rules = policy.policy_set.catalogue.rules
    grounds = tuple(p.rule for p in said.permits)
    got: Verdict = "review" if said.effect == "review" else "deny"
    decisive = tuple(b.rule for b in said.barriers)
    if said.effect == "permit":
        exempt = all(rules[name].kind == "exemption" for name in grounds)
        got, decisive = "not_applicable" if exempt else "permit", grounds
    return Judgement(case, got, said, decisive, transfer=transfer, destination=destination)
