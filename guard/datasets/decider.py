"""What is decided about rows: once for all rows with the same facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from guard.gate.facts import Summary
from guard.gate.journal import new_id
from guard.gate.line import Words, decide
from guard.gate.planner import plan, refusal
from guard.ledger import Export, rules
from guard.ledger.subjects import DEVICES
from guard.types import Decision, Effect, Purpose, Transfer

if TYPE_CHECKING:
    from guard.gate.gate import Gate


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is decided about every row of one kind.

    Args:
        decision: The decision for the destinations that were asked for.
        matrix: For each destination the effect, and what must be done to the row first, or
            ``refused``.
        instruments: The instruments that govern the row as it is.
        counts: By threshold of law, how many persons or devices the row could add to it at most.
    """

    decision: Decision
    matrix: dict[str, tuple[Effect, str]]
    instruments: frozenset[str]
    counts: dict[str, int]


class Decider:
    """Decides each summary once: millions of rows, hundreds of distinct transfers.

    Nothing leaves, so nobody is counted, and the ledger is not asked: a sum over rows that were
    decided in any order would be of no use to a threshold. Laws with thresholds hear of no count
    and take the worst for granted; the report says how many persons the rows could add.
    """

    def __init__(
        self,
        gate: Gate,
        purpose: Purpose,
        candidates: tuple[str, ...],
        stated: tuple[str, ...],
        at: datetime,
    ) -> None:
        self._gate, self._purpose, self._candidates, self._at = gate, purpose, candidates, at
        self._stated = stated
        self._memo: dict[Summary, Verdicts] = {}
        own = gate.config.planner.destinations
        self.destinations = tuple(dict.fromkeys((*candidates, *own)))
        self._rules = rules(gate.regions)
        self._words = Words(
            id=new_id(at),
            revision=gate.policies.revision,
            enforced=gate.config.mode == "enforce",
            order=gate.config.planner.order,
            reasons=gate.reasons,
        )

    def __call__(self, summary: Summary) -> Verdicts:
        """The decision about rows with these facts, and what every destination would ask."""
        if summary not in self._memo:
            self._memo[summary] = self._decide(summary)
        return self._memo[summary]

    def _decide(self, summary: Summary) -> Verdicts:
        per = self._gate.facts(summary, self._purpose, self._at, self._stated)
        decision = decide(self._gate.conclude(per, self._candidates), self._words)
        matrix: dict[str, tuple[Effect, str]] = {}
        for name in self.destinations:
            alone = plan((name,), per.__getitem__, self._gate.evaluate, self._gate.preference())
            option = alone.chosen or refusal(alone, (name,))
            done = option.treatment if alone.chosen else "refused"
            matrix[name] = option.evaluation.effect, done
        whole = per["none"]
        instruments = frozenset(tag.instrument for tag in whole.tags)
        return Verdicts(decision, matrix, instruments, self._counts(whole, instruments))

    def _counts(self, whole: Transfer, instruments: frozenset[str]) -> dict[str, int]:
        """What a row could add to each threshold if it left whole, for wherever it could go.

        As in the ledger, every value of a direct identifier is a person, and a row without one is
        about one person.
        """
        export = Export(
            at=self._at,
            instruments=instruments,
            counterparty="",
            places=(),
            categories=frozenset(c.id for c in whole.categories),
            subjects=(),
        )
        persons = max(1, sum(c.at_most for c in whole.categories if c.direct))
        devices = sum(c.at_most for c in whole.categories if c.id in DEVICES)
        return {
            rule.id: persons + (devices if rule.row.counted == "devices" else 0)
            for rule in self._rules
            if rule.row.counted != "days" and rule.governs(export) and rule.takes(export)
        }
