"""One walk through the space of a statement: as much of it at a time as one answer settles."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guard.errors import PolicyError
from guard.officer.candidate import Candidate
from guard.officer.dependence import ANSWERS, Needs, needs_of
from guard.officer.influence import Influence, Reach
from guard.officer.space import Dimension, Space
from guard.officer.statement import Statement
from guard.policy.engine import DECISION, RegoEngine

_OFTEN = 1000
_STEPS_A_QUESTION = 200
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
class Asked:
    """Whom a walk asks.

    Args:
        candidate: The policy and its tables.
        influence: What its rules depend on.
        engine: The policy in an engine.
        progress: Told cases decided.
    """

    candidate: Candidate
    influence: Influence
    engine: RegoEngine
    progress: Progress


class Exhausted(Exception):  # noqa: N818 - it ends a walk and never leaves it
    """The limit of questions is reached."""


@dataclass(frozen=True, slots=True)
class _Level:
    """What is known once a dimension is settled.

    Args:
        walls: Barriers of which everything is known now and was not before.
        laws: Laws of whose grounds that holds.
        meant: Whether the statement's own conditions on categories can be judged now.
        open: What of the settled facts rules that are still open depend on.
        grounds: For each law with open grounds: those of which everything is known.
        dead: Open ends beyond which nothing was found.
    """

    walls: list[Needs]
    laws: list[str]
    meant: bool
    open: Needs
    grounds: list[list[Needs]]
    dead: set[tuple[Any, ...]] = field(default_factory=set)


class Walk:
    """One walk through the space of a statement under one set of laws.

    Args:
        statement: What must never happen.
        tags: The laws that apply.
        asked: The policy.
        limit: Questions to the policy after which the walk ends.
    """

    def __init__(
        self, statement: Statement, tags: tuple[str, ...], asked: Asked, *, limit: int
    ) -> None:
        self._asked_of, self._limit, self._statement = asked, limit, statement
        grounds, walls = _said_by(tags, asked.influence)
        spoken = {*walls, *(rule for ids in grounds.values() for rule in ids)}
        reach = {rule: asked.influence.of(rule) for rule in spoken}
        rules = asked.candidate.policy_set.catalogue.rules
        self._strange = _strange(reach, rules)
        # What depends on the laws' own answers (silence, unknown laws) is asked at the end only.
        direct = {rule: one for rule, one in reach.items() if not one.calls & ANSWERS}
        whole = Reach()
        for one in direct.values():
            whole.add(one)
        self._space = Space(statement, tags, whole, asked.candidate)
        dims = self._space.dimensions
        self._walls = [needs_of(r, reach[r], dims) for r in sorted(walls & direct.keys())]
        self._grounds = {
            law: [needs_of(r, reach[r], dims) for r in sorted(ids)] for law, ids in grounds.items()
        }
        self._order = self._ordered()
        self.size = math.prod(len(d.values) for d in self._order)
        self._levels = [self._level(depth) for depth in range(len(self._order))]
        self._memo: dict[tuple[str, Any], bool] = {}
        self.cases = self.asked = self._steps = 0
        self._ended = ""

    def listed(self) -> tuple[tuple[str, int], ...]:
        """Name and number of values of each dimension that was walked."""
        return tuple((d.name, len(d.values)) for d in self._order)

    def capped(self) -> list[str]:
        """What was not tried, in words."""
        found = [f"{d.name}: {d.capped}" for d in self._order if d.capped]
        return [*found, *self._strange, *([self._ended] if self._ended else [])]

    def run(self) -> Counterexample | None:
        """Walk until a counter-example or the end."""
        try:
            self._doubt()
            walk = self._permits(0, {}) if self._statement.effect == "permit" else self._all()
            return next(walk, None)
        except Exhausted:
            self._ended = f"the limit of {self._limit:,} questions, or of steps, was reached"
            return None

    def _ordered(self) -> list[Dimension]:
        """Dimensions in the order in which they settle most rules soonest."""
        dims = self._space.dimensions
        always = {"destination", "time", "treatment", "categories"}
        needed = set().union(*(r.needs for r in self._rules()), always)
        said = {one.key for one in self._statement.never}
        needed |= {name for name in dims if name in said}
        order: list[str] = []
        waiting = [*(r.needs for r in self._walls), frozenset({"treatment", "categories"})]
        while waiting:
            best = min(waiting, key=lambda n: math.prod(len(dims[d].values) for d in n - {*order}))
            order += sorted(best - {*order}, key=lambda d: len(dims[d].values))
            waiting = [n for n in waiting if not n <= {*order}]
        order += sorted(needed - {*order}, key=lambda d: len(dims[d].values))
        return [dims[name] for name in order]

    def _level(self, depth: int) -> _Level:
        """What becomes settled when the dimension at that depth is, and what stays open."""
        before = {d.name for d in self._order[:depth]}
        settled = {d.name for d in self._order[: depth + 1]}
        both = {"treatment", "categories"}
        later = [r for r in self._rules() if not r.needs <= settled]
        names = {n for r in later for n in r.needs} | (both if not both <= settled else set())
        fields = {f for r in later for f in r.fields}
        done = {law: all(r.needs <= settled for r in rs) for law, rs in self._grounds.items()}
        return _Level(
            walls=[r for r in self._walls if r.needs <= settled and not r.needs <= before],
            laws=[
                law
                for law, rules in self._grounds.items()
                if done[law] and not (depth and all(r.needs <= before for r in rules))
            ],
            meant=both <= settled and not both <= before,
            open=Needs("", frozenset(names & settled), tuple(sorted(fields))),
            grounds=[
                [r for r in rules if r.needs <= settled]
                for law, rules in self._grounds.items()
                if not done[law]
            ],
        )

    def _rules(self) -> list[Needs]:
        return [*self._walls, *(r for rules in self._grounds.values() for r in rules)]

    def _permits(self, depth: int, case: dict[str, Any]) -> Iterator[Counterexample]:
        if depth == len(self._order):
            self.cases += 1
            yield self._permitted(case)
            return
        here, level = self._order[depth], self._levels[depth]
        beyond = math.prod(len(d.values) for d in self._order[depth + 1 :])
        for value in here.values:
            case[here.name] = value
            self._step()
            if self._shut(case, level):
                self.cases += beyond
                continue
            rest = self._rest(case, level)
            if rest in level.dead:
                self.cases += beyond
                continue
            yield from self._permits(depth + 1, case)
            level.dead.add(rest)  # only reached when nothing was found beyond
        del case[here.name]

    def _step(self) -> None:
        self._steps += 1
        if self._steps % _OFTEN == 0:
            self._asked_of.progress("searching", self.cases, self.size)
        if self._steps > self._limit * _STEPS_A_QUESTION:
            raise Exhausted

    def _shut(self, case: dict[str, Any], level: _Level) -> bool:
        """Whether every case that begins so is refused, or is none that the statement means."""
        if level.meant and not self._space.speaks_of(case["categories"], case["treatment"]):
            return True
        if any(self._speaks(rule, case) for rule in level.walls):
            return True
        return any(not any(self._speaks(r, case) for r in self._grounds[law]) for law in level.laws)

    def _rest(self, case: dict[str, Any], level: _Level) -> tuple[Any, ...]:
        """Equal where all that is still open comes out alike: what is settled and still matters."""
        return (
            *(level.open.key(case)),
            *(any(self._speaks(r, case) for r in rules) for rules in level.grounds),
        )

    def _speaks(self, rule: Needs, case: Mapping[str, Any]) -> bool:
        """Whether the rule speaks in this case, all of whose relevant facts are settled."""
        key = rule.id, rule.key(case)
        known = self._memo.get(key)
        if known is not None:
            return known
        full = {**{d.name: d.values[0] for d in self._order}, **case}
        spoke = self._ask(full)
        for other in self._rules():
            self._memo[other.id, other.key(full)] = other.id in spoke
        return self._memo[key]

    def _ask(self, case: Mapping[str, Any]) -> frozenset[str]:
        answer = self._answer(case)
        return frozenset(e["rule"] for part in ("permits", "barriers") for e in answer[part])

    def _answer(self, case: Mapping[str, Any]) -> dict[str, Any]:
        if self.asked >= self._limit:
            raise Exhausted
        self.asked += 1
        answer = self._asked_of.engine.evaluate(DECISION, self._space.document(case))
        if not isinstance(answer, dict):
            raise PolicyError("malformed policy answer")
        return answer

    def _permitted(self, case: Mapping[str, Any]) -> Counterexample:
        """The case in full; no barrier stands and every law gives a ground, so it is a permit."""
        answer = self._answer(case)
        if answer["effect"] != "permit":
            raise PolicyError(
                "a case is refused for a reason that its rules do not give",
                remedy="report this as a bug; nothing was proved",
            )
        return self._example(case, answer)

    def _example(self, case: Mapping[str, Any], answer: Mapping[str, Any]) -> Counterexample:
        return Counterexample(
            document=self._space.document(case),
            destination=case["destination"].id,
            effect=answer["effect"],
            permits=tuple(e["rule"] for e in answer["permits"]),
            barriers=tuple(e["rule"] for e in answer["barriers"]),
        )

    def _all(self) -> Iterator[Counterexample]:
        """Every case in full: for effects that no single rule decides."""
        counter = [0] * len(self._order)
        for number in range(self.size):
            rest = number
            for place, one in enumerate(self._order):
                rest, counter[place] = divmod(rest, len(one.values))
            case = {d.name: d.values[counter[n]] for n, d in enumerate(self._order)}
            self.cases += 1
            if not self._space.speaks_of(case["categories"], case["treatment"]):
                continue
            answer = self._answer(case)
            if answer["effect"] == self._statement.effect:
                yield self._example(case, answer)
            self._step()

    def _doubt(self) -> None:
        """Hold the analysis against cases drawn at random: each rule, all else at rest."""
        chance = random.Random(20_261_122)  # noqa: S311 - the same cases every time
        rules = self._rules()
        for _ in range(_CHECKS if rules else 0):
            case = {d.name: chance.choice(d.values) for d in self._order}
            spoke = self._ask(case)
            for rule in rules:
                bare = {name: case[name] for name in rule.needs}
                if self._speaks(rule, bare) != (rule.id in spoke):
                    raise PolicyError(
                        f"{rule.id} depends on more than its text says",
                        remedy="report this as a bug; nothing was proved",
                    )


def _said_by(
    tags: tuple[str, ...], influence: Influence
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The grounds of each law, and all barriers, the tool's own among them."""
    packages = {law: f"guard.instruments.{law}" for law in tags}
    grounds = {law: influence.exports(package, "permits") for law, package in packages.items()}
    walls = influence.exports("guard", "own_barriers")
    for package in packages.values():
        walls |= influence.exports(package, "barriers")
    return grounds or {"guard": influence.exports("guard", "own_permits")}, walls


def _strange(reach: Mapping[str, Reach], rules: Mapping[str, Any]) -> list[str]:
    """Rules that look at what no dimension varies; then the space is not the whole one."""
    found = []
    for rule, one in sorted(reach.items()):
        if rules[rule].instrument == "guard" or one.calls & ANSWERS:
            continue
        for path in sorted(one.inputs):
            name = path.removeprefix("transfer.")
            if name.startswith(("tags", "hints")) or (
                name.startswith("detection.") and name != "detection.complete"
            ):
                found.append(f"{path}: {rule} looks at it, and it was not varied")
    return found
