"""`Policy`: a transfer and a destination in, one strictly parsed evaluation out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import ValidationError

from guard.canonical import Json
from guard.errors import PolicyError
from guard.policy.bundle import PolicySet
from guard.policy.engine import DECISION, RegoEngine
from guard.types import Destination, Evaluation, Transfer

MEMORY = 65_536
"""Evaluations that are remembered. A transfer holds no text, so most traffic repeats."""


class Policy:
    """The policy decision point.

    Args:
        policy_set: Rego, tables and catalogue.
        engine: An engine that holds the same policy set.
        memory: How many evaluations to remember; 0 remembers none.
        witness: A second engine with the same policy set, which has to agree before anything is
            released on an answer (`confirm`); None where the first needs no witness.
    """

    def __init__(
        self,
        policy_set: PolicySet,
        engine: RegoEngine,
        *,
        memory: int = MEMORY,
        witness: RegoEngine | None = None,
    ) -> None:
        self.policy_set = policy_set
        self._engine = engine
        self._witness = witness
        self._confirmed: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._memory = memory
        self._keys = _Keys(policy_set.reads)
        self._memo: OrderedDict[tuple[str, str], Evaluation] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def revision(self) -> str:
        """Digest of Rego and tables."""
        return self.policy_set.revision

    def decide(self, transfer: Transfer, destination: Destination) -> Evaluation:
        """What the policy says of one transfer to one destination under one treatment.

        The same facts are asked once per revision. Facts that no rule looks at are left out of the
        key: sixty regions of five providers are as many questions as they are places.

        Raises:
            PolicyError: If the answer is undefined, malformed, unreachable or late.
        """
        if not self._memory:
            return self._ask(question(transfer, destination))
        key = (self._keys.of(transfer), self._keys.of(destination))
        with self._lock:
            known = self._memo.get(key)
            if known is not None:
                self._memo.move_to_end(key)
                return known
        answer = self._ask(question(transfer, destination))
        with self._lock:
            self._memo[key] = answer
            while len(self._memo) > self._memory:
                self._memo.popitem(last=False)
        return answer

    def confirm(self, transfer: Transfer, destination: Destination) -> None:
        """Have the witness say the same: nothing is released on the word of one young engine.

        The same facts are confirmed once per revision.

        Raises:
            PolicyError: If the engines do not agree, or one of them gives no answer.
        """
        if self._witness is None:
            return
        key = (self._keys.of(transfer), self._keys.of(destination))
        with self._lock:
            if key in self._confirmed:
                return
        said = self.decide(transfer, destination)
        witnessed = self._read(self._witness.evaluate(DECISION, question(transfer, destination)))
        if said != witnessed:
            raise PolicyError("the two engines do not agree on this transfer, so nobody answers")
        with self._lock:
            self._confirmed[key] = None
            while len(self._confirmed) > max(self._memory, 1):
                self._confirmed.popitem(last=False)

    def close(self) -> None:
        """Close the engines."""
        self._engine.close()
        if self._witness is not None:
            self._witness.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, document: Mapping[str, Json]) -> Evaluation:
        return self._read(self._engine.evaluate(DECISION, document))

    def _read(self, answer: Json) -> Evaluation:
        """Parse an answer and refuse one that contradicts itself or names unknown rules."""
        try:
            evaluation = Evaluation.model_validate(answer)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(str(step) for step in first["loc"]) or "decision"
            raise PolicyError(f"malformed policy answer: {field}: {first['msg']}") from None
        problem = _contradiction(evaluation)
        if problem:
            raise PolicyError(f"malformed policy answer: {problem}")
        rules = self.policy_set.catalogue.rules
        for kind, rule in _named(evaluation):
            known = rules.get(rule)
            if known is None or known.entry != kind:
                raise PolicyError(f"malformed policy answer: no {kind} {rule} is known")
        return evaluation


class _Keys:
    """The facts that rules look at as text, worked out once per object.

    Facts are frozen, so an object that was seen has the key that it had. Fields are serialised in
    the order of their declaration: equal facts have equal keys and different ones do not.
    """

    _SEEN = 1024

    def __init__(self, reads: Mapping[str, frozenset[str]]) -> None:
        self._include = {name: set(fields) or None for name, fields in reads.items()}
        self._include.setdefault("transfer", None)
        self._include.setdefault("destination", None)
        self._seen: dict[int, tuple[Transfer | Destination, str]] = {}

    def of(self, facts: Transfer | Destination) -> str:
        """The key of a transfer or a destination."""
        seen = self._seen.get(id(facts))
        if seen is not None and seen[0] is facts:
            return seen[1]
        name = "transfer" if isinstance(facts, Transfer) else "destination"
        key = facts.model_dump_json(by_alias=True, include=self._include[name])
        if len(self._seen) >= self._SEEN:
            self._seen.clear()
        self._seen[id(facts)] = (facts, key)
        return key


def question(transfer: Transfer, destination: Destination) -> dict[str, Any]:
    """The input document of the entry point."""
    return {
        "transfer": transfer.model_dump(mode="json", by_alias=True),
        "destination": destination.facts(),
    }


def _named(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Each rule of an answer with the kind of entry it made."""
    yield from (("permit", entry.rule) for entry in evaluation.permits)
    yield from (("barrier", entry.rule) for entry in evaluation.barriers)
    yield from (("obligation", entry.rule) for entry in evaluation.obligations)
    yield from (("advice", entry.rule) for entry in evaluation.advice)


def _contradiction(evaluation: Evaluation) -> str:
    """Why an evaluation cannot be what a sound policy says, or ``""``."""
    if evaluation.effect == "permit":
        if evaluation.barriers or evaluation.missing or evaluation.unknown:
            return "a permit with something in its way"
        if not evaluation.permits:
            return "a permit without a ground"
        grounds = {permit.instrument for permit in evaluation.permits}
        if not set(evaluation.applicable) <= grounds:
            return "a permit without a ground in each law that applies"
    elif not evaluation.barriers:
        return "a refusal without a reason"
    return ""
