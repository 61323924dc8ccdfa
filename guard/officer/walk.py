"""One walk through the space of a statement, as much of it at a time as one answer settles.

What must not come out is a permit: every law has a ground, and no barrier stands
(``main.rego``). That is a formula over conditions (`guard.officer.clauses`). Dimensions are settled
one by one, those first that the most constrained open part of the formula depends on. As soon as
the formula is false every case beyond is refused, whatever else holds. The dimensions that its
being false rests on are the reason: where a dimension is not among them its other values need not
be tried, and the same settled values never have to be refuted again (conflict-directed backjumping,
P. Prosser, Computational Intelligence 9(3), 1993; nogood learning, R. Dechter, Artificial
Intelligence 41(3), 1990).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from guard.errors import PolicyError
from guard.officer.concern import said_by, strange
from guard.officer.conditions import MEANT, Asked, Conditions, Exhausted, Kind
from guard.officer.dependence import ANSWERS
from guard.officer.formula import NOTHING, Every, Judge, Node, Not, Reason, Some, leaves
from guard.officer.influence import Reach
from guard.officer.space import Space
from guard.officer.statement import Statement

_OFTEN = 200
_LEAST_STEPS = 1_000
_QUESTIONS_A_STEP = 10
_CHECKS = 40
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A case that should never be, and how it came about.

    Args:
        document: The facts, as the policy got them.
        destination: The destination's name.
        effect: What the policy says.
        permits: The grounds.
        barriers: What stands in the way, for an effect other than permit.
    """

    document: dict[str, Any]
    destination: str
    effect: str
    permits: tuple[str, ...]
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """A dimension as it was walked.

    Args:
        name: Its name.
        values: How many values it has.
        kinds: How many of them rules tell apart.
    """

    name: str
    values: int
    kinds: int


class _Found(Exception):  # noqa: N818 - the search ends, and has found what it looked for
    """Every condition that matters is settled, and the formula is true."""


class Walk:
    """One walk through the space of a statement under one set of laws.

    Args:
        statement: What must never happen.
        tags: The laws that apply.
        asked: The policy.
        limit: Questions to the policy after which the walk ends.
        progress: Told cases decided.
    """

    def __init__(
        self,
        statement: Statement,
        tags: tuple[str, ...],
        asked: Asked,
        *,
        limit: int,
        progress: Progress = lambda *_: None,
    ) -> None:
        self._asked_of, self._limit, self._statement = asked, limit, statement
        self._progress = progress
        self.cases = self.asked = self._steps = self.checked = 0
        self._ended = ""
        grounds, walls = said_by(tags, asked.influence)
        # What depends on the laws' own answers (a law that is silent) follows from the rest.
        self._rules = {
            rule: asked.formulas[rule]
            for rule in sorted({*walls, *(rule for ids in grounds.values() for rule in ids)})
            if not asked.influence.of(rule).calls & ANSWERS
        }
        numbers = leaves(self._rules.values())
        whole = Reach()
        for number in numbers:
            whole.add(asked.reach(number))
        self.space = Space(statement, tags, whole, asked.candidate)
        self._conditions = Conditions(self.space, numbers, asked, self._question)
        self._strange = strange(self._conditions, tags, asked)
        parts: list[Node] = [
            MEANT,
            *(Not(self._rules[rule]) for rule in sorted(walls & self._rules.keys())),
            *(
                Some(tuple(self._rules[rule] for rule in sorted(ids) if rule in self._rules))
                for ids in grounds.values()
            ),
        ]
        self._formula = Every(tuple(parts))
        dims, said = self.space.dimensions, {one.key for one in statement.never}
        shown = self._conditions.needed | {"destination"} | (said & dims.keys())
        self.order = [dims[name] for name in dims if name in shown]
        self.size = math.prod(len(d.values) for d in self.order)
        self._kinds: dict[str, tuple[Kind, ...]] = {}
        self._case: dict[str, Any] = {}
        self._at: dict[str, int] = {}
        self._dead: dict[tuple[str, ...], set[tuple[int, ...]]] = {}
        self._refused: list[dict[str, Any]] = []
        self._chance = random.Random(20_261_122)  # noqa: S311 - the same cases every time

    def listed(self) -> tuple[Walked, ...]:
        """Each dimension that was walked."""
        return tuple(
            Walked(d.name, len(d.values), len(self._kinds.get(d.name, d.values)))
            for d in self.order
        )

    def capped(self) -> list[str]:
        """What was not tried, in words."""
        found = [f"{d.name}: {d.capped}" for d in self.order if d.capped]
        if len(self.space.tags) > 1 and len(self._kinds.get("trigger", ())) > 1:
            found.append("trigger: the same for all laws")
        return [*found, *self._strange, *([self._ended] if self._ended else [])]

    def run(self) -> Counterexample | None:
        """Walk until a counter-example or the end."""
        try:
            self._doubt()
            if self._statement.effect != "permit":
                return next(self._all(), None)
            return self._permit()
        except Exhausted:
            self._ended = f"the limit of {self._limit:,} questions, or of steps, was reached"
            return None

    def _permit(self) -> Counterexample | None:
        """Refute that any case is a permit, or find one."""
        self._kinds = self._conditions.kinds()
        for name, kinds in self._kinds.items():
            if len(kinds) == 1:
                self._case[name] = kinds[0].value
        try:
            self._refute(self.size)
        except _Found:
            case = {d.name: d.values[0] for d in self.order} | self._case
            return self._example(case, "permit")
        for case in self._refused:
            self._example(case, "")
        return None

    def _refute(self, weight: int) -> Reason:
        """Why no case with what is settled is a permit.

        Args:
            weight: How many cases that are.

        Raises:
            _Found: One is.
        """
        self._step()
        judge = Judge(partial(self._conditions.judged, case=self._case))
        known = self._remembered()
        value, why = (False, known) if known is not None else judge(self._formula)
        if value is True:
            raise _Found
        if value is None:
            return self._remember(self._branch(self._next(judge), weight))
        self.cases += weight
        self._keep()
        return self._remember(why & self._at.keys())

    def _branch(self, name: str, weight: int) -> Reason:
        """Settle a dimension each way; where it is no reason, one way stands for all."""
        reasons, rest = NOTHING, weight
        each = weight // len(self.space.dimensions[name].values)
        for index, kind in enumerate(self._kinds[name]):
            self._case[name], self._at[name] = kind.value, index
            why = self._refute(each * kind.like)
            rest -= each * kind.like
            if name not in why:
                self.cases += rest
                reasons = why
                break
            reasons |= why
        del self._case[name], self._at[name]
        return reasons - {name}

    def _next(self, judge: Judge) -> str:
        """The dimension to settle next: one of the open part that has the fewest cases."""
        open_ = [why for value, why in map(judge, self._formula.parts) if value is None]
        near = [{name for name in why if name not in self._case} for why in open_]
        best = min(near, key=lambda names: (math.prod(map(self._many, names)), sorted(names)))
        return min(best, key=lambda name: (self._many(name), name))

    def _many(self, name: str) -> int:
        return len(self._kinds[name])

    def _remembered(self) -> Reason | None:
        """What was refuted before and holds here too."""
        at = self._at
        for names, dead in self._dead.items():
            if all(name in at for name in names) and tuple(at[name] for name in names) in dead:
                return frozenset(names)
        return None

    def _remember(self, why: Reason) -> Reason:
        names = tuple(sorted(why))
        self._dead.setdefault(names, set()).add(tuple(self._at[name] for name in names))
        return why

    def _keep(self) -> None:
        """Keep some refused cases, all of them equally likely, to hold against the policy."""
        place = self._chance.randrange(self._steps)
        if len(self._refused) < _CHECKS or place < _CHECKS:
            case = {d.name: self._chance.choice(d.values) for d in self.order} | self._case
            if len(self._refused) < _CHECKS:
                self._refused.append(case)
            else:
                self._refused[place] = case

    def _step(self) -> None:
        self._steps += 1
        if self._steps % _OFTEN == 0:
            self._progress("searching", self.cases, self.size)
        if self._steps > max(_LEAST_STEPS, self._limit // _QUESTIONS_A_STEP):
            raise Exhausted

    def _question(self) -> None:
        if self.asked >= self._limit:
            raise Exhausted
        self.asked += 1

    def _example(self, case: Mapping[str, Any], effect: str) -> Counterexample:
        """The case, asked of the policy in full, of every engine.

        Args:
            case: The case.
            effect: What the policy must say; ``""``: anything but a permit, unless the statement
                does not speak of the case.

        Raises:
            PolicyError: If it says anything else.
        """
        document = self.space.document(case)
        answer = self._asked_of.confirmed(document)
        self.checked += 1
        meant = self.space.speaks_of(case["categories"], case["treatment"])
        wrong = answer["effect"] != effect if effect else meant and answer["effect"] == "permit"
        if wrong:
            raise PolicyError(
                "a case is decided for a reason that its rules do not give",
                remedy="report this as a bug; nothing was proved",
            )
        return Counterexample(
            document=document,
            destination=case["destination"].id,
            effect=answer["effect"],
            permits=tuple(e["rule"] for e in answer["permits"]),
            barriers=tuple(e["rule"] for e in answer["barriers"]),
        )

    def _all(self) -> Iterator[Counterexample]:
        """Every case in full: for effects that no single rule decides."""
        counter = [0] * len(self.order)
        for number in range(self.size):
            rest = number
            for place, one in enumerate(self.order):
                rest, counter[place] = divmod(rest, len(one.values))
            case = {d.name: d.values[counter[n]] for n, d in enumerate(self.order)}
            self.cases += 1
            if number % _OFTEN == 0:
                self._progress("searching", self.cases, self.size)
            if number > self._limit * _QUESTIONS_A_STEP:
                raise Exhausted
            if not self.space.speaks_of(case["categories"], case["treatment"]):
                continue
            self._question()
            answer = self._asked_of.decision(self.space.document(case))
            if answer["effect"] == self._statement.effect:
                yield self._example(case, self._statement.effect)

    def _doubt(self) -> None:
        """Hold the formulas against cases drawn at random: each rule, in every engine."""
        for _ in range(_CHECKS if self._rules else 0):
            case = {d.name: self._chance.choice(d.values) for d in self.order}
            answer = self._asked_of.confirmed(self.space.document(case))
            self.checked += 1
            spoke = {e["rule"] for part in ("permits", "barriers") for e in answer[part]}
            judge = Judge(partial(self._conditions.judged, case=case))
            for rule, formula in self._rules.items():
                if judge(formula)[0] is not (rule in spoke):
                    raise PolicyError(
                        f"{rule} depends on more than its text says",
                        remedy="report this as a bug; nothing was proved",
                    )
