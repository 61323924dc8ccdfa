"""The conditions of a policy within the space of a statement: asked, remembered, and compared.

Two values of a dimension that no condition tells apart, whatever the rest of the case is, are of
one kind, and one of them stands for all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guard.errors import PolicyError
from guard.officer.candidate import Candidate
from guard.officer.clauses import Clauses
from guard.officer.dependence import Needs, needs_of
from guard.officer.formula import Leaf, Truth
from guard.officer.influence import Influence, Reach
from guard.officer.space import Dimension, Space
from guard.policy.compiled import CompiledEngine
from guard.policy.definite import Unfit
from guard.policy.engine import DECISION, RegoEngine
from guard.policy.regorus import RegorusEngine

_MOST = 3_000
"""Cases of one condition after which its dimensions are taken value by value."""
MEANT = Leaf(-1)
"""The condition that the case is one of which the statement speaks."""


class Exhausted(Exception):  # noqa: N818 - it ends a walk and never leaves it
    """The limit of questions is reached."""


class Asked:
    """The policy, in the engines that answer about it.

    Args:
        candidate: The policy and its tables.
    """

    def __init__(self, candidate: Candidate) -> None:
        policies = candidate.policy_set
        self.candidate = candidate
        self.tables: Mapping[str, Any] = policies.data()["tables"]
        self.influence = Influence(policies)
        self.clauses = Clauses(policies)
        spoken = {r.id for r in policies.catalogue.rules.values() if r.entry in _ENTRIES}
        self.formulas = {rule: self.clauses.emitted(rule) for rule in sorted(spoken)}
        self._interpreter = RegorusEngine(policies)
        self._compiled = _compiled(candidate)
        self.engine = "compiled" if self._compiled else "interpreted"

    def engine_of(self, numbers: Collection[int]) -> RegoEngine:
        """An engine for conditions and what they refer to; the fewer rules, the faster it is."""
        policies = self.candidate.policy_set
        called = {package for n in numbers for package, _ in self.reach(n).calls}
        own = {self.clauses.conditions[n].package for n in numbers}
        files = self.clauses.files({"guard", *called, *own})
        sources = {name: text for name, text in policies.sources.items() if name in files}
        more = self.clauses.sources(numbers)
        return RegorusEngine(replace(policies, sources={**sources, **more}))

    def decision(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """What the policy decides, by the faster engine.

        Raises:
            PolicyError: If it gives no answer.
        """
        return _object((self._compiled or self._interpreter).evaluate(DECISION, document))

    def confirmed(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """What the policy decides; the interpreter has to agree.

        Raises:
            PolicyError: If it gives no answer, or the engines do not agree.
        """
        said = _object(self._interpreter.evaluate(DECISION, document))
        if self._compiled and self.decision(document) != said:
            raise PolicyError("the two engines do not agree on a case; nothing was proved")
        return said

    def reach(self, condition: int) -> Reach:
        """What a condition refers to."""
        one = self.clauses.conditions[condition]
        return self.influence.reach(one.package, one.file, one.text)


_ENTRIES = frozenset({"permit", "barrier"})


def _compiled(candidate: Candidate) -> RegoEngine | None:
    """The shipped rules are compiled, as they are when they decide."""
    if not candidate.policy_set.shipped:
        return None
    try:
        return CompiledEngine(candidate.policy_set)
    except Unfit:
        return None


def _object(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise PolicyError("malformed policy answer")
    return answer


@dataclass(frozen=True, slots=True)
class Kind:
    """Values of a dimension that no condition tells apart.

    Args:
        value: The one that stands for them.
        like: How many they are.
    """

    value: Any
    like: int


class Conditions:
    """The conditions that matter in a space.

    Args:
        space: The space.
        numbers: The conditions.
        asked: The policy.
        question: Called before each question that is not yet answered.
    """

    def __init__(
        self,
        space: Space,
        numbers: Collection[int],
        asked: Asked,
        question: Callable[[], None],
    ) -> None:
        self._space, self._question = space, question
        self._engine, self._clauses = asked.engine_of(numbers), asked.clauses
        dims = space.dimensions
        self.needs = {n: needs_of(asked.reach(n), dims, asked.tables) for n in sorted(numbers)}
        self.needs[MEANT.id] = Needs(("categories", "treatment"), ())
        self._known: dict[tuple[int, Any], bool] = {}
        self.needed = frozenset(name for one in self.needs.values() for name in one.needs)

    def holds(self, number: int, case: Mapping[str, Any]) -> bool:
        """Whether a condition holds in a case in which all that it needs is settled."""
        key = number, self.needs[number].key(case)
        known = self._known.get(key)
        if known is None:
            if number == MEANT.id:
                known = self._space.speaks_of(case["categories"], case["treatment"])
            else:
                self._question()
                path = self._clauses.entrypoint(number)
                known = self._engine.evaluate(path, self._space.document(case)) is True
            self._known[key] = known
        return known

    def judged(self, number: int, case: Mapping[str, Any]) -> Truth:
        """Whether a condition holds, as far as it is settled, and what it depends on."""
        needs = self.needs[number].needs
        open_ = [name for name in needs if name not in case]
        if open_:
            return None, frozenset(open_)
        return self.holds(number, case), frozenset(needs)

    def kinds(self) -> dict[str, tuple[Kind, ...]]:
        """The kinds of values of each dimension that any condition looks at."""
        dims = self._space.dimensions
        found = {n: tuple(Kind(v, 1) for v in dims[n].values) for n in sorted(self.needed)}
        for name in sorted(found, key=lambda n: (self._cost(n, found), n)):
            found[name] = self._merged(dims[name], found)
        return found

    def _cost(self, name: str, found: Mapping[str, Collection[Any]]) -> int:
        return sum(
            math.prod(len(found[n]) for n in one.needs)
            for one in self.needs.values()
            if name in one.needs
        )

    def _merged(self, dim: Dimension, found: Mapping[str, tuple[Kind, ...]]) -> tuple[Kind, ...]:
        """Kinds by what each condition says of them in every case of the other dimensions.

        The others may have been merged before: what stands for a kind there is told apart from
        nothing of its kind by any value here.
        """
        about = {n: one for n, one in self.needs.items() if dim.name in one.needs}
        if any(math.prod(len(found[n]) for n in one.needs) > _MOST for one in about.values()):
            return found[dim.name]  # to compare its values would cost more than to walk them
        marks: dict[Any, list[Any]] = {}
        for value in dim.values:
            marks.setdefault(tuple(self._mark(dim.name, value, about, found)), []).append(value)
        return tuple(Kind(values[0], len(values)) for values in marks.values())

    def _mark(
        self,
        name: str,
        value: Any,
        about: Mapping[int, Needs],
        found: Mapping[str, tuple[Kind, ...]],
    ) -> Iterator[bool]:
        for number, one in about.items():
            others = [n for n in one.needs if n != name]
            for rest in itertools.product(*(found[n] for n in others)):
                case = {n: kind.value for n, kind in zip(others, rest, strict=True)}
                yield self.holds(number, {**case, name: value})
