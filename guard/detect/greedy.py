"""spaCy's greedy entity decoder in lock-step: a batch of documents takes its n-th step together.

The weights and the transition system are the model's own (BILUO moves over a hidden layer of three
token features; Lample et al., NAACL 2016, section 3, for the scheme, and spaCy's
`TransitionBasedParser.v2` for the network). spaCy takes one small matrix product a token and a
document; this takes one a step, for hundreds of documents. Where a model is shaped otherwise, or
answers otherwise on the probe, spaCy's own step stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Span: TypeAlias = tuple[int, int, str]
"""Start, end and label."""
FEATURES = 3
"""The token itself, the first token of the open entity, the token before this one inside it."""
TOKENS = 8192
"""Tokens of one batch: 1.5 KB of intermediate features each."""
_BEGIN, _IN, _LAST, _UNIT, _OUT, _NEVER = range(6)
_MOVES = {"B": _BEGIN, "I": _IN, "L": _LAST, "U": _UNIT, "O": _OUT}


@dataclass(frozen=True, slots=True)
class _Moves:
    """The classes: what each does, to which label, and when it may be taken.

    `allowed` is indexed by open label (0: none), by whether this is the last token, by whether it
    is white space, and adds 0 or minus infinity to each class's score.
    """

    kind: Any
    label: Any
    labels: tuple[str, ...]
    allowed: Any


class GreedyEntities:
    """The entity step of one pipeline.

    Args:
        ner: spaCy's ``ner`` component.

    Raises:
        ValueError: If the model's shape is not the one that is understood.
    """

    def __init__(self, ner: Any) -> None:
        model = ner.model
        if not model.attrs.get("has_upper") or _features(model) != FEATURES:
            raise ValueError("the model's shape is another one")
        self._tok2vec = model.get_ref("tok2vec")
        self._lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._bias = self._lower.get_param("b")
        self._weights, self._scores = upper.get_param("W").T.copy(), upper.get_param("b")
        self._moves = _moves([ner.moves.get_class_name(i) for i in range(len(self._scores))])

    def __call__(self, docs: Sequence[Any]) -> list[list[Span]]:
        """Start, end (in characters) and label of the entities of each document."""
        found: list[list[Span]] = [[] for _ in docs]
        longest_first = sorted(range(len(docs)), key=lambda i: -len(docs[i]))
        for batch in _batches(longest_first, docs):
            spans = self._decode([docs[i] for i in batch])
            for index, tokens in zip(batch, spans, strict=True):
                doc = docs[index]
                found[index] = [
                    (doc[first].idx, doc[last].idx + len(doc[last]), label)
                    for first, last, label in tokens
                ]
        return found

    def _decode(self, docs: list[Any]) -> list[list[Span]]:
        """Token spans of documents in order of falling length."""
        lengths = np.array([len(doc) for doc in docs])
        bases = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        # Row 0 is what stands for "no such token"; a token's row is its number plus one.
        features = self._lower.predict(self._tok2vec.predict(docs))
        spaces = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(np.intp)
        taken = np.full(int(lengths.sum()), -1)
        opened: Any = np.zeros(len(docs), dtype=np.intp)
        label: Any = np.zeros(len(docs), dtype=np.intp)
        active = len(docs)
        for step in range(int(lengths[0])):
            while lengths[active - 1] <= step:
                active -= 1
            here = bases[:active] + step
            last = (lengths[:active] - step < 2).astype(np.intp)
            state, start = label[:active], opened[:active]
            scores = self._score(features, here, start)
            move = (scores + self._moves.allowed[state, last, spaces[here]]).argmax(axis=1)
            taken[here] = move
            kind = self._moves.kind[move]
            begins, ends = kind == _BEGIN, kind == _LAST
            opened[:active] = np.where(begins, here + 1, np.where(ends, 0, start))
            label[:active] = np.where(begins, self._moves.label[move] + 1, np.where(ends, 0, state))
        return [
            list(self._spans(taken[base : base + length]))
            for base, length in zip(bases, lengths, strict=True)
        ]

    def _score(self, features: Any, here: Any, start: Any) -> Any:
        before = np.where(start > 0, here, 0)
        hidden = features[here + 1, 0] + features[start, 1] + features[before, 2] + self._bias
        return hidden.max(axis=2) @ self._weights + self._scores

    def _spans(self, moves: Any) -> Iterator[Span]:
        first = 0
        for index in np.flatnonzero(np.isin(self._moves.kind[moves], (_BEGIN, _LAST, _UNIT))):
            move = moves[index]
            kind = self._moves.kind[move]
            if kind != _LAST:
                first = int(index)
            if kind != _BEGIN:
                yield first, int(index), self._moves.labels[self._moves.label[move]]


def _features(model: Any) -> int:
    lower = model.get_ref("lower")
    return int(lower.get_dim("nF")) if lower.has_dim("nF") else 0


def _batches(order: list[int], docs: Sequence[Any]) -> Iterator[list[int]]:
    batch: list[int] = []
    tokens = 0
    for index in order:
        if not len(docs[index]):
            continue
        if batch and tokens + len(docs[index]) > TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(index)
        tokens += len(docs[index])
    if batch:
        yield batch


def _moves(names: list[str]) -> _Moves:
    labels = tuple(sorted({name[2:] for name in names if name[2:]}))
    # "U-" without a label is spaCy's own and never a valid move.
    kind = np.array([_NEVER if name == "U-" else _MOVES[name[0]] for name in names])
    label = np.array([labels.index(name[2:]) if name[2:] else 0 for name in names])
    allowed: Any = np.full((len(labels) + 1, 2, 2, len(names)), -np.inf, dtype=np.float32)
    for last in (0, 1):
        for space in (0, 1):
            outside = kind == _OUT
            if not space:
                outside |= kind == _UNIT
                outside |= (kind == _BEGIN) & (not last)
            allowed[0, last, space, outside] = 0
            for index in range(len(labels)):
                inside = (kind == _LAST) | ((kind == _IN) & (not last))
                allowed[index + 1, last, space, inside & (label == index)] = 0
    return _Moves(kind, label, labels, allowed)
