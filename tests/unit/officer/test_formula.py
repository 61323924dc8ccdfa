"""A formula is judged early only when nothing that is open could change it, and says why."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from guard.officer.formula import Every, Judge, Leaf, Not, Some, leaves

NAMES = ("a", "b", "c", "d")
NEEDS = (("a",), ("b",), ("a", "c"), ("d",), ("b", "d"))
"""The dimensions of each condition; a condition holds when an odd number of them is true."""

FORMULAS = st.recursive(
    st.sampled_from([Leaf(n) for n in range(len(NEEDS))]),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Some(tuple(parts))),
    ),
    max_leaves=12,
)
CASES = st.dictionaries(st.sampled_from(NAMES), st.booleans())


def judge(case):
    def known(number):
        needs = NEEDS[number]
        missing = frozenset(needs) - case.keys()
        if missing:
            return None, missing
        return sum(case[name] for name in needs) % 2 == 1, frozenset(needs)

    return Judge(known)


def plain(node, case):
    """The formula with every fact settled, the obvious way."""
    match node:
        case Leaf(number):
            return sum(case[name] for name in NEEDS[number]) % 2 == 1
        case Not(part):
            return not plain(part, case)
        case Every(parts):
            return all(plain(part, case) for part in parts)
        case Some(parts):
            return any(plain(part, case) for part in parts)


def completions(case):
    for values in itertools.product((False, True), repeat=len(NAMES)):
        yield dict(zip(NAMES, values, strict=True)) | case


@given(FORMULAS, CASES)
def test_a_value_stands_whatever_is_open(formula, case):
    value, why = judge(case)(formula)
    if value is None:
        assert why
        assert not why & case.keys()
        return
    assert why <= case.keys()
    assert {plain(formula, whole) for whole in completions(case)} == {value}
    # The reason alone suffices: this is what lets a search leave a dimension out.
    reason = {name: case[name] for name in why}
    assert {plain(formula, whole) for whole in completions(reason)} == {value}


@given(FORMULAS, st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans())))
def test_everything_settled_is_decided(formula, case):
    assert judge(case)(formula)[0] is plain(formula, case)


def test_the_conditions_of_a_formula():
    assert leaves([Every((Leaf(1), Not(Some((Leaf(2), Leaf(4))))))]) == {1, 2, 4}
