"""Laws that hold for every transfer: more data or less paper never helps, a named cure cures."""

from __future__ import annotations

import functools

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from guard.policy import Policy, PolicySet
from guard.policy.compiled import CompiledEngine
from guard.types import Transfer
from tests.unit.policy.generated import (
    INSTRUMENTS,
    SAFEGUARDS,
    categories,
    destinations,
    tags,
    transfers,
)
from tests.unit.policy.world import (
    POLICIES,
    barriers,
    category,
    destination,
    policies,
    tables,
    tag,
    transfer,
    treated,
)

ORDER = {"permit": 1, "review": 0, "conflict": 0, "deny": 0}
fair = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def policy() -> Policy:
    return Policy(policies(), CompiledEngine(policies()))


@functools.cache
def without_adequacy() -> Policy:
    bare = tables()
    bare["adequacy"] = {name: {} for name in bare["adequacy"]}
    loaded = PolicySet.load([POLICIES], bare)
    return Policy(loaded, CompiledEngine(loaded))


@functools.cache
def all_revoked() -> Policy:
    bare = tables()
    for of_one in bare["adequacy"].values():
        for rows in of_one.values():
            for row in rows:
                row["revoked"] = True
    loaded = PolicySet.load([POLICIES], bare)
    return Policy(loaded, CompiledEngine(loaded))


def permitted(said):
    return ORDER[said.effect]


def with_facts(subject, **facts):
    return Transfer.model_validate({**subject.model_dump(by_alias=True), **facts})


@fair
@given(subject=transfers(), place=destinations(), more=categories())
def test_one_more_category_never_permits(subject, place, more):
    wider = with_facts(subject, categories=(*subject.categories, more))
    assert permitted(policy().decide(wider, place)) <= permitted(policy().decide(subject, place))


@fair
@given(subject=transfers(least_tags=1), place=destinations(), more=tags)
@example(transfer("eu_gdpr"), destination(), tag("cn_pipl"))
def test_one_more_law_never_permits(subject, place, more):
    """From the first law on: without any, personal data stay (`guard.no_instrument`), and what an
    operator requires is no law (`operator.no_law`)."""
    assume(any(one.instrument != "operator" for one in subject.tags))
    wider = with_facts(subject, tags=(*subject.tags, more))
    before, after = policy().decide(subject, place), policy().decide(wider, place)
    assert permitted(after) <= permitted(before)
    assert barriers(before) <= barriers(after) | {"guard.no_ground"}


@fair
@given(subject=transfers(), place=destinations(), gone=st.sampled_from(SAFEGUARDS))
@example(transfer(), destination("US", safeguards=("dpa_art28", "dpf_listed")), "dpf_listed")
def test_one_safeguard_less_never_permits(subject, place, gone):
    less = place.model_copy(update={"safeguards": tuple(s for s in place.safeguards if s != gone)})
    assert permitted(policy().decide(subject, less)) <= permitted(policy().decide(subject, place))


@fair
@given(subject=transfers(), place=destinations())
@example(transfer(), destination("BR"))
def test_without_adequacy_decisions_never_permits(subject, place):
    now = policy().decide(subject, place)
    for poorer in (without_adequacy(), all_revoked()):
        assert permitted(poorer.decide(subject, place)) <= permitted(now)


@fair
@given(
    subject=transfers(),
    place=destinations(),
    where=st.sampled_from(["storage", "processing", "access"]),
    more=st.sampled_from(["IN", "unknown", "GLOBAL", "CN", "US"]),
)
def test_one_more_place_never_permits(subject, place, where, more):
    wider = place.model_copy(update={where: (*getattr(place, where), more)})
    assert permitted(policy().decide(subject, wider)) <= permitted(policy().decide(subject, place))


@fair
@given(subject=transfers(), place=destinations())
def test_what_was_not_scanned_never_permits(subject, place):
    partial = subject.detection.model_copy(update={"complete": False})
    said = policy().decide(with_facts(subject, detection=partial), place)
    assert said.effect == "deny" or "guard.detection_incomplete" in barriers(said)
    assert said.effect != "permit"


@fair
@given(subject=transfers(), place=destinations())
@example(transfer(categories=(category(direct=True),)), destination())
@example(transfer("cn_pipl"), destination("SG"))
@example(transfer(tags=()), destination())
@example(transfer(tags=(tag("zz_law", "finding"),)), destination())
def test_named_treatment_cures_its_barrier(subject, place):
    assume(subject.treatment == "none")
    for barrier in policy().decide(subject, place).barriers:
        for treatment in {"redact", "pseudonymise"} & set(barrier.remedies):
            after = policy().decide(treated(subject, treatment), place)
            assert barrier.rule not in barriers(after), (barrier.rule, treatment)


@fair
@given(subject=transfers(), place=destinations(), word=st.sampled_from(["FR", "CN"]))
@example(transfer(), destination("IN"), "FR")
@example(transfer("cn_pipl"), destination("SG"), "CN")
def test_barrier_does_not_stand_where_it_says_it_would_not(subject, place, word):
    """`confine`: within these places the barrier is gone, so relocation is a cure."""
    home = {"storage": (word,), "processing": (word,), "access": (word,), "role": place.role}
    moved = place.model_copy(update=home)
    after = barriers(policy().decide(subject, moved))
    for barrier in policy().decide(subject, place).barriers:
        if word in barrier.confine:
            assert barrier.rule not in after


@fair
@given(subject=transfers(), place=destinations())
def test_memory_changes_nothing(subject, place):
    fresh = Policy(policies(), policy()._engine, memory=0)
    first = policy().decide(subject, place)
    assert policy().decide(subject, place) is first
    assert fresh.decide(subject, place) == first


@fair
@given(subject=transfers(), place=destinations())
def test_every_answer_is_well_founded(subject, place):
    said = policy().decide(subject, place)
    assert set(said.applicable) == {item.instrument for item in subject.tags}
    assert set(said.unknown) == set(said.applicable) - set(INSTRUMENTS)
    if said.effect == "permit":
        assert subject.detection.complete
        assert not said.barriers
    else:
        assert said.barriers
    if said.effect == "review":
        assert all("review" in barrier.remedies for barrier in said.barriers)
    if subject.treatment != "none":
        assert subject.treatment in {item.do for item in said.obligations}


@fair
@given(subject=transfers(), place=destinations())
def test_order_of_facts_does_not_matter(subject, place):
    backwards = with_facts(
        subject,
        categories=subject.categories[::-1],
        tags=subject.tags[::-1],
        declared=subject.declared[::-1],
    )
    turned = place.model_copy(
        update={
            "storage": place.storage[::-1],
            "processing": place.processing[::-1],
            "safeguards": place.safeguards[::-1],
        }
    )
    assert policy().decide(backwards, turned) == policy().decide(subject, place)


@fair
@given(subject=transfers(), place=destinations(), other=destinations(), unlike=transfers())
def test_facts_that_no_rule_looks_at_change_nothing(subject, place, other, unlike):
    """What `Policy` leaves out of its key: the answer without memory is the same."""
    reads = policies().reads
    unread = {"destination": set(type(place).model_fields) - reads["destination"]}
    unread["transfer"] = set(type(subject).model_fields) - reads["transfer"] - {"schema_"}
    moved = place.model_copy(update={name: getattr(other, name) for name in unread["destination"]})
    changed = subject.model_copy(
        update={name: getattr(unlike, name) for name in unread["transfer"]}
    )
    fresh = Policy(policies(), CompiledEngine(policies()), memory=0)
    assert fresh.decide(changed, moved) == fresh.decide(subject, place)


def test_a_field_that_is_handed_on_whole_is_read_whole():
    from guard.policy import schema
    from guard.policy.bundle import read_modules

    source = "package guard.x\n\n"
    some = read_modules({"a.rego": source + 'p if input.destination.role == "self"\n'})
    assert schema.reads(some) == {"transfer": frozenset(), "destination": frozenset({"role"})}
    whole = read_modules({"a.rego": source + "f(d) := d.role\n\np if f(input.destination)\n"})
    assert "parent" in schema.reads(whole)["destination"]
    every = read_modules({"a.rego": source + "f(d) := d\n\np if f(input)\n"})
    assert {"time", "tags"} <= schema.reads(every)["transfer"]
