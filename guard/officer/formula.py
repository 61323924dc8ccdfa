"""What a policy says as a formula over conditions, judged while only some facts are settled.

The three values are those of Kleene (Introduction to Metamathematics, 1952, section 64): a formula
is true or false as soon as it is so whatever the open facts are. With the value comes the reason:
the dimensions whose settled facts suffice for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

Reason: TypeAlias = "frozenset[str]"
Truth: TypeAlias = "tuple[bool | None, Reason]"
"""True or false with the dimensions that it rests on, or None with those that are open."""
NOTHING: Reason = frozenset()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition that the policy itself is asked about.

    Args:
        id: Its number.
    """

    id: int


@dataclass(frozen=True, slots=True, eq=False)
class Every:
    """True when all parts are; true when there are none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """True when any part is; false when there are none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """True when its part is not."""

    part: Node


Node: TypeAlias = "Leaf | Every | Some | Not"


def leaves(nodes: Iterable[Node]) -> frozenset[int]:
    """The conditions that formulas consist of."""
    found: set[int] = set()
    seen: set[int] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, Leaf):
            found.add(node.id)
        elif id(node) not in seen:
            seen.add(id(node))
            todo.extend((node.part,) if isinstance(node, Not) else node.parts)
    return frozenset(found)


class Judge:
    """Judges formulas of one case; what two of them share is judged once.

    Args:
        leaf: What is known of a condition.
    """

    def __init__(self, leaf: Callable[[int], Truth]) -> None:
        self._leaf = leaf
        self._known: dict[int, Truth] = {}

    def __call__(self, node: Node) -> Truth:
        """The value of a formula and its reason."""
        if isinstance(node, Leaf):
            return self._leaf(node.id)
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._judged(node)
        return known

    def _judged(self, node: Every | Some | Not) -> Truth:
        if isinstance(node, Not):
            value, why = self(node.part)
            return (None if value is None else not value), why
        # One part that decides is enough; otherwise all have to be known.
        decides = isinstance(node, Some)
        best: Reason | None = None
        all_, open_ = NOTHING, NOTHING
        for part in node.parts:
            value, why = self(part)
            if value is decides:
                best = why if best is None or len(why) < len(best) else best
                if not best:
                    break
            elif value is None:
                open_ |= why
            else:
                all_ |= why
        if best is not None:
            return decides, best
        return (None, open_) if open_ else (not decides, all_)
