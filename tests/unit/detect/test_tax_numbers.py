"""Tax, VAT and company numbers: exact bounds, check digits, context, no part of a longer one."""

import pytest

from guard.types import Segment

VAT, TAX, COMPANY, PERSON = (
    "organisation.vat_number",
    "organisation.tax_number",
    "organisation.registration_number",
    "identity.tax_number",
)
KNOWN = [
    ("at/vat_number", VAT, "UID-Nr.", "ATU 57194903", "ATU 57194904", 60),
    ("at/tax_number", PERSON, "Abgabenkontonummer", "46-376/5321", "46-376/5322", 90),
    ("tr/tax_number", TAX, "vergi kimlik no", "0010441520", "0010441521", 60),
    ("ie/vat_number", VAT, "VAT", "IE 6433435OA", "IE 6433435PA", 60),
    ("gb/vat_number", VAT, "VAT reg", "980 7806 84", "980 7806 85", 60),
    ("se/organisation_number", COMPANY, "Org.nr", "556703-7485", "556703-7486", 60),
    ("se/vat_number", VAT, "Moms", "SE556703748501", "SE556703748601", 60),
    ("dk/company_number", COMPANY, "CVR-nr.", "24 25 67 90", "24 25 67 91", 60),
    ("fi/business_id", COMPANY, "Y-tunnus", "2077474-0", "2077474-1", 60),
    ("pl/registration_number", COMPANY, "REGON", "015615046", "015615047", 60),
    ("ch/vat_number", VAT, "MWST-Nr.", "CHE-105.969.179 MWST", "CHE-105.969.178 MWST", 60),
    # No check digit is published for the next two: the bad one breaks the layout.
    ("ae/tax_registration_number", TAX, "TRN", "100234567800003", "110234567800003", 60),
    ("de/tax_number", PERSON, "Steuernummer", "201/123/12340", "201/123/1234", 60),
]
IN_CONTEXT_ONLY = [
    ("at/vat_number", "U57194903"),
    ("at/tax_number", "46-376/5321"),
    ("tr/tax_number", "0010441520"),
    ("gb/vat_number", "980780684"),
    ("se/organisation_number", "556703-7485"),
    ("dk/company_number", "24256790"),
    ("pl/registration_number", "015615046"),
    ("ae/tax_registration_number", "100234567800003"),
    ("de/tax_number", "20112312340"),
]


def values(detector, name, text):
    found = detector.detect([Segment("", text)]).findings
    return [text[f.start : f.end] for f in found if f.detector == name]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known[0])
def test_a_valid_number_has_its_category_bounds_and_evidence(patterns_only, known):
    name, category, word, good, bad, weight = known
    text = f"Invoice. {word} {good}, thank you"
    (found,) = [f for f in patterns_only.detect([Segment("", text)]).findings if f.detector == name]
    assert (found.category, text[found.start : found.end]) == (category, good)
    assert [(e.jurisdiction, e.weight) for e in found.evidence] == [
        (name.split("/")[0].upper(), weight)
    ]
    assert values(patterns_only, name, f"Invoice. {word} {bad}, thank you") == []


@pytest.mark.parametrize(("name", "word", "good"), [(k[0], k[2], k[3]) for k in KNOWN])
@pytest.mark.parametrize("around", ["1{}", "{}1", "9-{}", "{}-9", "{}x", "9.{}"])
def test_a_number_is_not_cut_out_of_a_longer_one(patterns_only, name, word, good, around):
    assert good not in values(patterns_only, name, f"{word}: {around.format(good)} .")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("at/tax_number", "Steuernummer 7 12 035/4980"),
        ("dk/company_number", "CVR 99 24 25 67 90"),
        ("dk/company_number", "CVR 24 25 67 90 11"),
        ("gb/vat_number", "VAT 1 980 7806 84"),
        ("de/tax_number", "Steuernummer 181/815/08155/7"),
    ],
)
def test_spaced_and_slashed_groups_do_not_begin_or_end_inside_others(patterns_only, name, text):
    assert values(patterns_only, name, text) == []


@pytest.mark.parametrize(("name", "value"), IN_CONTEXT_ONLY)
def test_a_bare_number_needs_a_word_in_its_context(patterns_only, name, value):
    word = min(sorted(patterns_only.catalogue.detectors[name].words), key=len)
    assert values(patterns_only, name, f"{word} {value} .") == [value]
    assert values(patterns_only, name, f"item {value} .") == []


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("dk/company_number", "CVR 24256790 2100 København", "24256790"),
        ("gb/vat_number", "GB 980 7806 84 001", "GB 980 7806 84 001"),
        ("pl/registration_number", "REGON 12345678512347", "12345678512347"),
        ("gb/vat_number", "XI980780684", "XI980780684"),
    ],
)
def test_what_may_follow_and_what_belongs_to_it(patterns_only, name, text, value):
    assert values(patterns_only, name, text) == [value]


def test_a_swedish_personal_number_is_no_organisation_number(patterns_only):
    text = "Organisationsnummer 811228-9874"
    assert values(patterns_only, "se/organisation_number", text) == []


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("tr/tax_number", "Vergi Kimlik Numarası", "0010441520"),
        ("tr/tax_number", "VERGİ KİMLİK NUMARASI", "0010441520"),
        ("ae/tax_registration_number", "رقم التسجيل الضريبي", "100234567800003"),
    ],
)
def test_context_words_count_in_their_own_letters(patterns_only, name, word, value):
    assert values(patterns_only, name, f"{word}: {value}") == [value]
