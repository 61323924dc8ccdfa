"""The embedded engine: regorus, bound to its thread, behind our errors.

An engine may only be touched by the thread that made it: another thread raises a
``PanicException``, which is a `BaseException` and would end the process. So every thread has its
own, compiled on first use (`guard.policy.bound`).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import regorus

from guard.canonical import Json
from guard.errors import PolicyError
from guard.policy.bound import Bound
from guard.policy.engine import DECISION
from guard.policy.failures import answered, guarded

if TYPE_CHECKING:
    from guard.policy.bundle import PolicySet

_ENTRYPOINT = re.compile(r"data(\.[a-z_][a-z0-9_]*)+")


def syntax_trees(sources: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The syntax tree of each file, as regorus parses it.

    Args:
        sources: Rego text by relative path.

    Raises:
        ConfigError: If a file does not parse; the message has file, row and column.
    """

    def trees() -> str:
        engine = regorus.Engine()
        for path, text in sources.items():
            _add(engine, path, text)
        rendered: str = engine.get_ast_as_json()
        return rendered

    found = json.loads(guarded(trees, path=""))
    return {tree["source"]["file"]: tree["ast"] for tree in found}


_KEPT = 4
_COMPILED = threading.local()


class RegorusEngine:
    """A policy set in the process.

    Args:
        policy_set: Rego and tables.
        at_once: Whether to compile now; False for a set that is known to compile and may never be
            asked anything.

    Raises:
        ConfigError: If the policy does not compile; the message has file, row and column.
    """

    def __init__(self, policy_set: PolicySet, *, at_once: bool = True) -> None:
        self._sources = dict(policy_set.sources)
        self._data = json.dumps(policy_set.data())
        self._bound: Bound[Any] = Bound()
        if at_once:
            self._bound.get(self._compile)

    def evaluate(self, entrypoint: str, document: Mapping[str, Json]) -> Json:
        """The value of `entrypoint` for an input.

        Raises:
            PolicyError: If evaluation fails or the value is undefined.
        """
        if not _ENTRYPOINT.fullmatch(entrypoint):
            raise PolicyError(f"{entrypoint[:80]!r} is not an entry point")

        def ask() -> str:
            engine = self._bound.get(self._compile)
            engine.set_input_json(json.dumps(document))
            answer: str = engine.eval_rule_as_json(entrypoint)
            return answer

        return answered(ask, entrypoint, engine="embedded", forget=self._bound.forget)

    def close(self) -> None:
        """Let go of the engines, each in the thread that made it."""
        self._bound.close()

    def _compile(self) -> Any:
        """An engine of this thread's own; a clone where the thread has compiled the same before."""
        key = hashlib.sha256(json.dumps([self._sources, self._data]).encode()).hexdigest()
        compiled: dict[str, Any] = _COMPILED.__dict__.setdefault("engines", {})
        if key not in compiled:
            made = guarded(self._made, path="")
            while len(compiled) >= _KEPT:
                compiled.pop(next(iter(compiled)))
            compiled[key] = made
        return compiled[key].clone()

    def _made(self) -> Any:
        engine = regorus.Engine()
        for path, text in self._sources.items():
            _add(engine, path, text)
        guarded(lambda: engine.add_data_json(self._data), path="data.json")
        # regorus looks at scopes and types only when it is first asked.
        guarded(lambda: engine.set_input_json("{}"), path="")
        guarded(lambda: engine.eval_rule_as_json(DECISION), path=DECISION)
        return engine


def _add(engine: Any, path: str, text: str) -> None:
    guarded(lambda: engine.add_policy(path, text), path=path)
