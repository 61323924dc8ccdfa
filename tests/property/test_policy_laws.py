"""Laws that hold for every transfer: more data or less paper never helps, a named cure cures."""

from __future__ import annotations

import functools

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from guard.gate import facts as gate
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
    regions,
    tables,
    tag,
    transfer,
    treated,
)

# What an operator may have on file or declare that speaks against the transfer.
AGAINST_FILE = [
    *("additional_information_with_importer", "keys_with_importer"),
    *("measures_not_compensating", "tia_incomplete"),
]
AGAINST_WORD = [
    *("cn.ciio", "cn_dsl.core_data", "cn_dsl.foreign_authority_request", "cn_dsl.important_data"),
    *("eu_gdpr.data_subjects_informed", "eu_gdpr.names_pseudonymised"),
    *("id_pdp.public_scope", "in_dpdp.restricted_country", "kr_pipa.stop_order"),
    *("ru_152fz.transfer_prohibited", "tw_pdpa.restricted_transfer", "vn_pdpl.stop_order"),
]

# Laws under which these facts mean the same: the first only ever cure there, the second harm.
EUROPE = ["ch_fadp", "eu_ai_act", "eu_gdpr", "uk_gdpr"]
CURES = {
    "access_mode": "on_site",
    "anonymity_demonstrated": True,
    "conformity_evidence": True,
    "data_subject_incapable": True,
    "deployer_assessment_done": True,
    "essential_equivalence_demonstrated": True,
    "explicit_consent": True,
    "exporter_is_data_subject": True,
    "importer_dpf_listed": True,
    "informed_of_risks": True,
    "life_threatening": True,
    "medical_or_safety_purpose": True,
    "military_or_national_security_only": True,
    "necessity_shown": True,
    "occasional": True,
    "prior_treatment": "anonymised",
    "proceeding_formally_pending": True,
    "recipient_type": "employee",
    "same_legal_entity": True,
    "scientific_research_only": True,
}
HARMS = {
    "access_from_outside_eu": True,
    "anonymity_demonstrated": False,
    "automated_decision": True,
    "builds_face_recognition_db": True,
    "controller_instruction": False,
    "data_limited_to_relevant": False,
    "emotion_inference": True,
    "essential_equivalence_demonstrated": False,
    "exercise_of_public_powers": True,
    "exploits_vulnerability": True,
    "foreign_access_order_complied": True,
    "importer_dpf_listed": False,
    "importer_subject_to_problematic_law": True,
    "intra_group": True,
    "legal_basis": "None",
    "manipulates_behaviour": True,
    "model_retains_personal_data": True,
    "occasional": False,
    "parent_has_access": True,
    "privacy_notice_adequate": False,
    "realtime_identification_for_police": True,
    "recipient_means_of_reidentification": True,
    "same_legal_entity": False,
    "site_exclusion_signal": True,
    "systematic": True,
}

FOR_FILE = [one for one in SAFEGUARDS if one not in AGAINST_FILE]
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
@given(subject=transfers(), place=destinations())
def test_finding_what_was_declared_never_permits(subject, place):
    """The operator's word covers what it declares; a detector's finding takes that cover away."""
    found = tuple(one.model_copy(update={"found": True}) for one in subject.categories)
    said = policy().decide(with_facts(subject, categories=found), place)
    assert permitted(said) <= permitted(policy().decide(subject, place))


@fair
@given(subject=transfers(), place=destinations())
def test_less_treatment_never_permits(subject, place):
    bare = tuple(one.model_copy(update={"treatment": "none"}) for one in subject.categories)
    said = policy().decide(with_facts(subject, categories=bare, treatment="none"), place)
    assert permitted(said) <= permitted(policy().decide(subject, place))


@fair
@given(subject=transfers(least_tags=1), place=destinations(), worse=st.data())
def test_one_word_less_never_permits(subject, place, worse):
    """Declarations that speak for a transfer; Art. 4a is a purpose with conditions of its own."""
    assume("eu_ai_act.special_category_bias_art4a" not in subject.declared)
    words = [one for one in subject.declared if one not in AGAINST_WORD]
    assume(words)
    gone = worse.draw(st.sampled_from(words))
    less = with_facts(subject, declared=tuple(one for one in subject.declared if one != gone))
    assert permitted(policy().decide(less, place)) <= permitted(policy().decide(subject, place))


@fair
@given(
    subject=transfers(least_tags=1),
    place=destinations(),
    word=st.sampled_from(AGAINST_WORD),
    paper=st.sampled_from(AGAINST_FILE),
)
def test_what_speaks_against_a_transfer_never_permits(subject, place, word, paper):
    now = permitted(policy().decide(subject, place))
    said = with_facts(subject, declared=tuple(sorted({*subject.declared, word})))
    assert permitted(policy().decide(said, place)) <= now
    file = tuple(sorted({*place.safeguards, paper}))
    assert permitted(policy().decide(subject, place.model_copy(update={"safeguards": file}))) <= now


@fair
@given(
    subject=transfers(),
    place=destinations(),
    laws=st.lists(st.sampled_from(EUROPE), min_size=1, max_size=2, unique=True),
    cures=st.lists(st.sampled_from(sorted(CURES)), max_size=5, unique=True),
    harms=st.lists(st.sampled_from(sorted(HARMS)), max_size=2, unique=True),
)
@example(transfer(), destination("US"), ["eu_gdpr"], ["importer_dpf_listed"], [])
@example(transfer(), destination("IN", role="self"), ["uk_gdpr"], ["same_legal_entity"], [])
@example(
    transfer(),
    destination("TH", role="controller"),
    ["eu_gdpr"],
    ["explicit_consent", "informed_of_risks"],
    ["systematic"],
)
def test_fewer_facts_that_cure_and_more_that_harm_never_permit(subject, place, laws, cures, harms):
    """Unstating what cures, or stating what harms, never turns a refusal into a permit."""
    facts = {"derogation_claimed": "49(1)(a)"} | {name: CURES[name] for name in cures}
    tagged = with_facts(subject, tags=tuple(tag(name) for name in laws), facts=facts)
    now = permitted(policy().decide(tagged, place))
    for name in cures:
        less = {one: value for one, value in facts.items() if one != name}
        assert permitted(policy().decide(with_facts(tagged, facts=less), place)) <= now, name
    for name in harms:
        worse = with_facts(tagged, facts={**facts, name: HARMS[name]})
        assert permitted(policy().decide(worse, place)) <= now, name


@fair
@given(subject=transfers(), place=destinations(), role=st.sampled_from(["processor", "unknown"]))
@example(transfer(facts={"principal_role": "data_subject"}), destination("IN"), "processor")
@example(transfer("uk_gdpr", facts={"same_legal_entity": True}), destination("IN"), "unknown")
def test_no_statement_about_the_parties_frees_a_vendor_abroad(subject, place, role):
    """What is stated holds for every destination, so a destination's own role and owner go before
    it: a processor of another company in a country without a ground receives nothing."""
    free = {"same_legal_entity": True, "recipient_type": "employee", "access_mode": "on_site"}
    free["exporter_is_data_subject"] = True
    roles = {"recipient_role": "controller", "principal_role": "data_subject"}
    vendor = place.model_copy(
        update={
            **dict.fromkeys(("storage", "processing", "access"), ("IN",)),
            **dict.fromkeys(("operator", "parent"), "IN"),
            "role": role,
            "safeguards": ("dpa_art28", "uk_dpa_art28"),
            "retention_days": -1,
        }
    )
    names = (category(direct=True).model_copy(update={"found": True}),)
    for law in ("ch_fadp", "eu_gdpr", "uk_gdpr"):
        facts = {"facts": {**free, **roles}, "tags": (tag(law),), "categories": names}
        said = policy().decide(with_facts(subject, time="2026-11-22", **facts), vendor)
        assert said.effect != "permit"


@fair
@given(subject=transfers(), place=destinations(), gone=st.sampled_from(FOR_FILE))
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
@given(subject=transfers(), place=destinations())
@example(transfer(categories=(category("identity.name", direct=True),)), destination("IN"))
@example(transfer(tags=(), categories=(category("data.core", personal=False),)), destination())
def test_the_gates_own_treatment_cures_what_a_barrier_says_it_cures(subject, place):
    """What was found, treated as the gate treats it, with what a barrier names."""
    kinds = tuple(
        one.model_copy(update={"found": True, "treatment": "none"})
        for one in subject.categories
        if one.id != gate.UNSCANNED
    )
    plain = with_facts(subject, categories=kinds, treatment="none")
    labels = gate.labels(regions().categories)
    for barrier in policy().decide(plain, place).barriers:
        for treatment in {"redact", "pseudonymise"} & set(barrier.remedies):
            after = gate.treated(plain, treatment, labels, ())
            if treatment == "redact":
                left = tuple(one for one in after.tags if one.trigger != "finding")
                after = after.model_copy(update={"tags": left})
            assert barrier.rule not in barriers(policy().decide(after, place)), barrier.rule


@fair
@given(subject=transfers(), place=destinations(), point=st.data())
def test_barrier_does_not_stand_where_it_says_it_would_not(subject, place, point):
    """`confine`: within these places the barrier is gone, so relocation is a cure."""
    for barrier in policy().decide(subject, place).barriers:
        if barrier.confine:
            word = point.draw(st.sampled_from(barrier.confine))
            home = dict.fromkeys(("storage", "processing", "access"), (word,))
            moved = place.model_copy(update={**home, "operator": word, "parent": word})
            assert barrier.rule not in barriers(policy().decide(subject, moved)), (word, barrier)


@fair
@given(subject=transfers(least_tags=2), place=destinations())
def test_a_conflict_is_one_that_no_paper_ends(subject, place):
    """One law keeps the data in its places and takes nothing instead, another wants them apart."""
    said = policy().decide(subject, place)
    papers = {"consent", "declare", "mechanism", "review"}
    bound = [one for one in said.barriers if one.confine]
    kept = [one for one in bound if not papers & set(one.remedies)]
    apart = any(
        one.instrument != other.instrument and not set(one.confine) & set(other.confine)
        for one in kept
        for other in bound
    )
    assert (said.effect == "conflict") == apart


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
