"""What only the thread that made it may touch, and only that thread may let go of.

The classes of regorus are bound to their thread (PyO3's ``unsendable``): another one cannot use
them, and where it drops the last reference, the object is leaked and an error is printed. A
`threading.local` of an engine's own would drop them wherever the engine is closed or collected. So
each thread keeps what it made in one place that outlives all engines. It lets go of what nobody
needs any more when it next makes one, and of the rest when it ends.
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_NUMBERS = itertools.count()
_HERE = threading.local()


class Bound(Generic[T]):
    """One thing for each thread that asks for it.

    No frame that an exception leaves may hold it: the exception would take it to whoever looks at
    it, in whatever thread (see `guard.policy.failures`).

    Attributes:
        number: Its number among all; another one once it has been closed.
    """

    def __init__(self) -> None:
        self.number = next(_NUMBERS)

    def get(self, make: Callable[[], T]) -> T:
        """This thread's own.

        Args:
            make: Makes one, when this thread has none.
        """
        kept = _kept()
        found = kept.get(self.number)
        if found is None:
            for number in [n for n, (of, _) in kept.items() if not _needed(of(), n)]:
                del kept[number]
            found = kept[self.number] = (weakref.ref(self), make())
        thing: T = found[1]
        return thing

    def forget(self) -> None:
        """Let go of this thread's own; the next to ask in this thread gets another."""
        _kept().pop(self.number, None)

    def close(self) -> None:
        """Let go of all: of this thread's own now, each other thread of its own in its time."""
        self.forget()
        self.number = next(_NUMBERS)


def _needed(bound: Bound[Any] | None, number: int) -> bool:
    return bound is not None and bound.number == number


def _kept() -> dict[int, tuple[weakref.ref[Bound[Any]], Any]]:
    kept: dict[int, tuple[weakref.ref[Bound[Any]], Any]] = _HERE.__dict__.setdefault("kept", {})
    return kept
