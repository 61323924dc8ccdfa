"""The facts of a transfer: what is stated of data before and after a treatment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard import data, tagging
from guard.config import Context
from guard.gate import facts
from guard.regions import Regions
from guard.types import Detection, Evidence

TABLES = Regions.load([data.root("regions")])
LABELS = facts.labels(TABLES.categories)
DETECTION = Detection(complete=True, ner=True, languages=("en",), skipped=(), revision="0" * 64)
PERSON, COMPANY = "identity.national_number", "organisation.registration_number"
CN = Evidence("CN", 90)
NAMES = st.lists(st.sampled_from(sorted(TABLES.categories.keys() - {facts.UNSCANNED})), max_size=6)
HINTS = st.builds(Evidence, st.sampled_from(["CN", "DE", "US"]), st.integers(1, 100))


def stated(findings, *, skipped=(), declared=(), threshold=80):
    """Facts and evidence, as the gate puts them together."""
    detection = DETECTION.model_copy(update={"skipped": skipped})
    summary = facts.summarise(findings, detection)
    found = facts.categories(TABLES.categories, summary, declared)
    context = Context(establishment=("DE",), categories=declared)
    whole = facts.transfer(
        context, time="2026-11-22", purpose="inference", found=found,
        tags=tags(summary.evidence, threshold), detection=detection,
    )  # fmt: skip
    return whole, summary.evidence


def tags(evidence, threshold=80):
    return tagging.tag(
        TABLES.jurisdictions, time="2026-11-22", purpose="inference", establishment=("DE",),
        origin="DE", data_subjects=(), evidence=evidence, categories=(), declared=(),
        threshold=threshold,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "bound"),
    [(1, 1), (2, 10), (10, 10), (11, 100), (100, 100), (101, 1000), (10**15, 10**15)],
)
def test_bounds_are_powers_of_ten(count, bound):
    assert facts.bucket(count) == bound


@given(st.integers(1, 10**15))
def test_a_bound_is_never_below_the_count_and_never_ten_times_it(count):
    assert count <= facts.bucket(count) < 10 * count


def test_declared_categories_stand_and_are_never_treated():
    whole, _ = stated([(PERSON, ())], declared=("contact.email", PERSON))
    assert [c.id for c in whole.categories] == ["contact.email", PERSON]
    for treatment in ("pseudonymise", "redact"):
        after = facts.treated(whole, treatment, LABELS, ("contact.email", PERSON))
        assert {c.treatment for c in after.categories} == {"none"}
        assert after.treatment == treatment


def test_what_nobody_could_read_is_personal_and_beyond_treatment():
    whole, _ = stated([("contact.email", ())], skipped=("script:han",))
    after = facts.treated(whole, "redact", LABELS, ())
    assert {c.id: (c.personal, c.treatment) for c in after.categories} == {
        "contact.email": (True, "redact"),
        facts.UNSCANNED: (True, "none"),
    }


@pytest.mark.parametrize(
    ("findings", "treatment", "skipped", "left"),
    [
        ([(PERSON, (CN,))], "redact", (), []),
        ([(PERSON, (CN,))], "pseudonymise", (), [PERSON]),
        ([(PERSON, (CN,))], "redact", ("script:han",), [PERSON]),
        ([(PERSON, (CN,)), (COMPANY, (CN,))], "redact", (), [COMPANY]),
    ],
)
def test_evidence_goes_only_with_what_gave_it(findings, treatment, skipped, left):
    """A company's number is not redacted, so the law it points at is still pointed at."""
    whole, evidence = stated(findings, skipped=skipped)
    after = facts.treated(whole, treatment, LABELS, ())
    assert [category for category, _ in facts.remaining(evidence, after)] == left


@given(st.lists(st.tuples(NAMES.filter(bool).map(lambda n: n[0]), st.tuples(HINTS))), NAMES)
def test_a_treatment_adds_nothing_and_states_only_what_it_does(findings, declared):
    whole, evidence = stated(findings, declared=tuple(declared))
    assert facts.treated(whole, "none", LABELS, declared) == whole
    for treatment in ("pseudonymise", "redact"):
        after = facts.treated(whole, treatment, LABELS, declared)
        for before, now in zip(whole.categories, after.categories, strict=True):
            changes = now.id in LABELS and now.id not in declared
            assert now.treatment == (treatment if changes else "none")
            assert now.model_copy(update={"treatment": "none"}) == before
        left = facts.remaining(evidence, after)
        assert set(left) <= set(evidence)
        assert {t.instrument for t in tags(left)[0]} <= {t.instrument for t in tags(evidence)[0]}
        untouched = {c.id for c in after.categories if c.treatment == "none"}
        assert all((e in left) >= (e[0] in untouched) for e in evidence)


def test_secrets_and_everything_personal_have_a_label():
    for name, row in TABLES.categories.items():
        assert (name in LABELS) == bool(row.personal or row.direct or row.classes
                                        or name == "credential.secret")  # fmt: skip
