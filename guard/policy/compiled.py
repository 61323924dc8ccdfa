"""The compiled engine: the shipped rules as a program, several times faster than interpreting them.

The compiler is younger than the interpreter and takes one kind of rule for another without a word
(``sets[key] contains element``, which the loader refuses). So it runs exactly the rules that come
with the package, for which goldens, generated transfers and an OPA server have shown that all three
agree; any other policy set is interpreted.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import regorus

from guard.canonical import Json
from guard.errors import ConfigError, PolicyError
from guard.policy.definite import Unfit
from guard.policy.engine import DECISION
from guard.policy.policy import MEMORY, Policy
from guard.policy.regorus import (
    UNDEFINED,
    RegorusEngine,
    cut,
    guarded,
    panicked,
)

if TYPE_CHECKING:
    from guard.policy.bundle import PolicySet

_KEPT = 4
_PROGRAMS: dict[str, bytes] = {}


class CompiledEngine:
    """A policy set in the process, compiled for one entry point.

    Args:
        policy_set: Rego and tables.

    Raises:
        ConfigError: If the policy does not compile.
        Unfit: If it is not the shipped one, or holds what the compiler gets wrong.
    """

    def __init__(self, policy_set: PolicySet) -> None:
        if not policy_set.definite:
            raise Unfit("these rules have not been rewritten for the compiler")
        self._sources = sorted(policy_set.definite.items())
        self._data = json.dumps(policy_set.data())
        self._local = threading.local()
        self._machine()

    def evaluate(self, entrypoint: str, document: Mapping[str, Json]) -> Json:
        """The value of `entrypoint` for an input.

        Raises:
            PolicyError: If it is not the compiled entry point, evaluation fails, or the value is
                undefined.
        """
        if entrypoint != DECISION:
            raise PolicyError(f"{entrypoint[:80]!r} is not the compiled entry point")
        machine = self._machine()
        try:
            machine.set_input_json(json.dumps(document))
            answer = machine.execute()
        except (RuntimeError, ValueError, TypeError) as error:
            raise PolicyError(f"{entrypoint}: {cut(error)}") from None
        except BaseException as error:
            if not panicked(error):
                raise
            self._local.__dict__.clear()  # a machine that panicked is not asked again
            raise PolicyError(f"{entrypoint}: the compiled engine panicked") from None
        if answer.strip() == UNDEFINED:
            raise PolicyError(f"{entrypoint} is undefined")
        value: Json = json.loads(answer)
        return value

    def close(self) -> None:
        """Let go of this thread's machine; other threads' machines go with their threads."""
        self._local.__dict__.clear()

    def _machine(self) -> Any:
        machine = getattr(self._local, "machine", None)
        if machine is None:
            machine = guarded(self._compile, path="")
            self._local.machine = machine
        return machine

    def _compile(self) -> Any:
        """A machine of this thread's own; the text is compiled once in a process."""
        key = hashlib.sha256(json.dumps([self._sources, self._data]).encode()).hexdigest()
        binary = _PROGRAMS.get(key)
        if binary is None:
            made = regorus.Program.compile_from_modules(self._data, self._sources, [DECISION])
            binary = made.serialize_binary()
            while len(_PROGRAMS) >= _KEPT:
                _PROGRAMS.pop(next(iter(_PROGRAMS)), None)
            _PROGRAMS[key] = binary
        program, partial = regorus.Program.deserialize_binary(binary)
        if partial:
            raise ConfigError("the compiled policy was not read back whole")
        machine = regorus.Rvm()
        machine.load_program(program)
        machine.set_data_json(self._data)
        return machine


def embedded(policy_set: PolicySet, *, memory: int = MEMORY) -> Policy:
    """The policy decision point in this process.

    The shipped rules are compiled, with the interpreter as the witness of every release; any other
    policy set is interpreted.

    Args:
        policy_set: Rego and tables.
        memory: How many evaluations to remember.

    Raises:
        ConfigError: If the policy does not compile.
    """
    interpreter = RegorusEngine(policy_set)
    if not policy_set.shipped:
        return Policy(policy_set, interpreter, memory=memory)
    try:
        compiled = CompiledEngine(policy_set)
    except Unfit:
        return Policy(policy_set, interpreter, memory=memory)
    return Policy(policy_set, compiled, memory=memory, witness=interpreter)
