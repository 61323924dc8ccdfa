"""The compiled engine: the shipped rules as a program, several times faster than interpreting them.

The compiler is younger than the interpreter and takes one kind of rule for another without a word
(``sets[key] contains element``, which the loader refuses). So it runs exactly the rules that come
with the package, for which goldens, generated transfers and an OPA server have shown that all three
agree; any other policy set is interpreted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import regorus

from guard import prepared
from guard.canonical import Json
from guard.errors import ConfigError, PolicyError
from guard.policy.bound import Bound
from guard.policy.definite import Unfit
from guard.policy.engine import DECISION
from guard.policy.failures import answered, guarded
from guard.policy.parsed import maker
from guard.policy.policy import MEMORY, Policy
from guard.policy.regorus import RegorusEngine

if TYPE_CHECKING:
    from guard.policy.bundle import PolicySet

PREPARED = "program.bin"
_KEPT = 4
_PROGRAMS: dict[str, _Program] = {}
"""What was compiled or read in this process, by a digest of what it was made from."""


@dataclass(frozen=True, slots=True)
class _Program:
    """A compiled policy set as bytes, and whether it was prepared."""

    binary: bytes
    prepared: bool


class CompiledEngine:
    """A policy set in the process, compiled for one entry point.

    Args:
        policy_set: Rego and tables.

    Attributes:
        prepared: Whether the program was prepared; then the interpreter has compiled the same rules
            with the same tables as well (`prepare`).

    Raises:
        ConfigError: If the policy does not compile.
        Unfit: If it is not the shipped one, or holds what the compiler gets wrong.
    """

    def __init__(self, policy_set: PolicySet) -> None:
        if not policy_set.definite:
            raise Unfit("these rules have not been rewritten for the compiler")
        self._data = json.dumps(policy_set.data())
        self._program = _program(policy_set, self._data)
        self.prepared = self._program.prepared
        self._bound: Bound[Any] = Bound()
        self._bound.get(self._machine)

    def evaluate(self, entrypoint: str, document: Mapping[str, Json]) -> Json:
        """The value of `entrypoint` for an input.

        Raises:
            PolicyError: If it is not the compiled entry point, evaluation fails, or the value is
                undefined.
        """
        if entrypoint != DECISION:
            raise PolicyError(f"{entrypoint[:80]!r} is not the compiled entry point")

        def ask() -> str:
            machine = self._bound.get(self._machine)
            machine.set_input_json(orjson.dumps(document).decode())
            answer: str = machine.execute()
            return answer

        forget = self._bound.forget
        return answered(ask, entrypoint, engine="compiled", forget=forget, read=orjson.loads)

    def close(self) -> None:
        """Let go of the machines, each in the thread that made it."""
        self._bound.close()

    def _machine(self) -> Any:
        return guarded(self._loaded, path="")

    def _loaded(self) -> Any:
        """A machine of this thread's own; the text is compiled once in a process."""
        program, partial = regorus.Program.deserialize_binary(self._program.binary)
        if partial:
            raise ConfigError("the compiled policy was not read back whole")
        machine = regorus.Rvm()
        machine.load_program(program)
        machine.set_data_json(self._data)
        return machine


def prepare(policy_set: PolicySet) -> None:
    """Compile the shipped policy set now, on both engines, so that no start has to.

    What was prepared for the same policy set stays.

    Raises:
        ConfigError: If one of the engines does not compile it.
        Unfit: If it holds what the compiler gets wrong.
    """
    if not policy_set.definite:
        raise Unfit("these rules have not been rewritten for the compiler")
    data = json.dumps(policy_set.data())
    key = _key(policy_set, data)
    if prepared.read(PREPARED, key) is None:
        RegorusEngine(policy_set).close()
        prepared.write(PREPARED, key, _compiled(policy_set, data))


def _program(policy_set: PolicySet, data: str) -> _Program:
    key = _key(policy_set, data)
    found = _PROGRAMS.get(key)
    if found is None:
        binary = prepared.read(PREPARED, key)
        if binary is not None and _readable(binary):
            found = _Program(binary, prepared=True)
        else:
            found = _Program(_compiled(policy_set, data), prepared=False)
        while len(_PROGRAMS) >= _KEPT:
            _PROGRAMS.pop(next(iter(_PROGRAMS)), None)
        _PROGRAMS[key] = found
    return found


def _key(policy_set: PolicySet, data: str) -> str:
    """A digest of all that a program is made from, the rules as people wrote them among it."""
    by = maker()
    texts = (policy_set.definite, policy_set.sources)
    parts = [part for one in texts for pair in sorted(one.items()) for part in pair]
    return prepared.digest(by, data, DECISION, *parts) if by else ""


def _compiled(policy_set: PolicySet, data: str) -> bytes:
    sources = sorted(policy_set.definite.items())
    made = guarded(lambda: regorus.Program.compile_from_modules(data, sources, [DECISION]), path="")
    binary: bytes = made.serialize_binary()
    return binary


def _readable(binary: bytes) -> bool:
    """Whether a program that was compiled elsewhere can be read on this machine."""
    try:
        return not regorus.Program.deserialize_binary(binary)[1]
    except (RuntimeError, ValueError, TypeError):
        return False


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
    if not policy_set.shipped:
        return Policy(policy_set, RegorusEngine(policy_set), memory=memory)
    try:
        compiled = CompiledEngine(policy_set)
    except Unfit:
        return Policy(policy_set, RegorusEngine(policy_set), memory=memory)
    # Who releases nothing asks no witness. A prepared program's witness is known to compile.
    witness = RegorusEngine(policy_set, at_once=not compiled.prepared)
    return Policy(policy_set, compiled, memory=memory, witness=witness)
