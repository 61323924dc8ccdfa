"""The shipped detectors: every example through the real engine, and what each of them must have."""

from pathlib import Path

import pytest
import yaml

from guard.data import root
from guard.types import Segment

VECTORS = Path(__file__).parents[2] / "vectors" / "national_ids.tsv"
PROMISED = "de fr es it nl pl pt be at se dk fi ie gb ch us ca br in cn hk tw kr jp sg au za ae tr"


def rows():
    for line in VECTORS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            detector, value, valid, _ = line.split("\t")
            yield pytest.param(detector, value, valid == "true", id=f"{detector}-{value}-{valid}")


def test_every_example_holds_in_the_real_engine(detector):
    assert detector.selftest() == []


def test_there_are_detectors_for_each_promised_country(catalogue):
    assert len(catalogue.detectors) >= 80
    areas = {spec.split("/")[0] for spec in catalogue.detectors}
    assert set(PROMISED.split()) <= areas


def test_categories_are_those_of_the_regions_table(catalogue):
    table = yaml.safe_load((root("regions") / "categories.yaml").read_text(encoding="utf-8"))
    known = {row["id"] for row in table["rows"]}
    assert {spec.category for spec in catalogue.detectors.values()} <= known


def test_every_detector_has_an_example_beside_a_han_character(catalogue):
    assert all(any(e.beside_han for e in s.match) for s in catalogue.detectors.values())


def test_no_evidence_outweighs_a_declaration(catalogue):
    weights = [s.evidence.weight for s in catalogue.detectors.values() if s.evidence]
    assert weights
    assert max(weights) <= 90


@pytest.mark.parametrize(("name", "value", "valid"), list(rows()))
@pytest.mark.parametrize("sentence", ["The {word} is {value} here.", "{word}号码{value}，已核实"])
def test_identifiers_of_the_peers_tables(patterns_only, name, value, valid, sentence):
    words = patterns_only.catalogue.detectors[name].words
    word = max(sorted(words), key=len) if words else "number"
    text = sentence.format(word=word, value=value)
    found = [f for f in patterns_only.detect([Segment("", text)]).findings if f.detector == name]
    assert (value in [text[f.start : f.end] for f in found]) is valid


@pytest.mark.parametrize(
    ("text", "value", "jurisdiction"),
    [
        ("Fax +49 30 901820", "+49 30 901820", "DE"),
        ("0044 20 7946 0958 at night", "0044 20 7946 0958", "GB"),
        ("手机13812345678。", "13812345678", "CN"),
        ("call (212) 555-0187 now", "(212) 555-0187", None),
        ("tél. 01 42 68 53 00", "01 42 68 53 00", None),
        ("電話：０３－３５８１－００１１です", "０３－３５８１－００１１", None),
        ("+1 650 253 0000 ext. 12", "+1 650 253 0000 ext. 12", "US"),
    ],
)
def test_telephone_numbers_have_exact_bounds(patterns_only, text, value, jurisdiction):
    (found,) = patterns_only.detect([Segment("", text)]).findings
    assert (found.category, text[found.start : found.end]) == ("contact.phone", value)
    assert [(e.jurisdiction, e.weight) for e in found.evidence] == (
        [(jurisdiction, 40)] if jurisdiction else []
    )


@pytest.mark.parametrize(
    "text",
    ["2023-01-15 12:30", "v 1.2.3.4.5.6.7", "12,345,678.90", "p = 0.762848570174394", "x" * 9],
)
def test_what_is_no_telephone_number(patterns_only, text):
    found = patterns_only.detect([Segment("", text)]).findings
    assert "contact.phone" not in {f.category for f in found}


def test_iban_country_is_evidence(patterns_only):
    (found,) = patterns_only.detect([Segment("", "DE89 3704 0044 0532 0130 00")]).findings
    assert [(e.jurisdiction, e.weight) for e in found.evidence] == [("DE", 50)]


def test_mail_country_is_weak_evidence(patterns_only):
    first, second = patterns_only.detect([Segment("", "a@beispiel.de b@example.com")]).findings
    assert [(e.jurisdiction, e.weight) for e in first.evidence] == [("DE", 20)]
    assert second.evidence == ()
