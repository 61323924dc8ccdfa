"""What the loader refuses, and that it names the file and the reason."""

import pytest
import yaml

from guard.detect import DetectorCatalogue
from guard.errors import ConfigError

GOOD = {
    "id": "own/badge",
    "title": {"en": "Badge"},
    "category": "identity.national_number",
    "sources": ["House rule 7"],
    "patterns": [{"regex": "(?<![0-9A-Za-z])B-[0-9]{6}(?![0-9A-Za-z])", "confidence": 0.8}],
    "match": [
        {"text": "工号B-123456，有效", "value": "B-123456"},
        {"text": "B-654321", "value": "B-654321"},
    ],
    "no_match": ["B-12", "C-123456"],
}


def write(directory, **changes):
    spec = {key: value for key, value in (GOOD | changes).items() if value is not None}
    path = directory / f"{spec['id'].rsplit('/', 1)[-1]}.yaml"
    path.write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
    return directory


def test_a_good_detector_loads(tmp_path):
    catalogue = DetectorCatalogue.load([write(tmp_path)])
    assert list(catalogue.detectors) == ["own/badge"]
    assert len(catalogue.revision) == 64


def pattern(regex):
    return [{"regex": regex, "confidence": 0.8}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"check": "no.such"}, "unknown check"),
        ({"category": "Identity"}, "category"),
        ({"match": GOOD["match"][:1]}, "match"),
        ({"no_match": ["one"]}, "no_match"),
        ({"match": [GOOD["match"][1]] * 2}, "Han"),
        ({"match": [{"text": "工号B-1", "value": "B-2"}, GOOD["match"][0]]}, "exactly once"),
        ({"patterns": pattern("(a+)+b")}, "unbounded"),
        ({"patterns": pattern("([0-9]{1,9}){2,9}x")}, "without a delimiter"),
        ({"patterns": pattern("[0-9")}, "not a valid regular expression"),
        ({"patterns": pattern("(?:a?)")}, "match nothing"),
        ({"patterns": None}, "needs some"),
        ({"engine": "ner"}, "patterns belong"),
        ({"labels": ["PERSON"]}, "labels belong"),
        ({"ignore": ["dob"]}, "ignore belong"),
        ({"context_required": True}, "no context words"),
        ({"title": {"de": "Ausweis"}}, "English"),
        ({"sources": []}, "sources"),
        ({"colour": "red"}, "colour"),
        ({"evidence": {"jurisdiction": "de", "weight": 10}}, "jurisdiction"),
        ({"evidence": {"jurisdiction": "DE", "weight": 101}}, "weight"),
        ({"replaces": "core/email"}, "does not exist"),
    ],
)
def test_refusals(tmp_path, changes, said):
    with pytest.raises(ConfigError, match=said) as refused:
        DetectorCatalogue.load([write(tmp_path, **changes)])
    assert "badge.yaml" in str(refused.value)


def test_the_same_id_in_two_directories(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    write(first)
    write(second)
    with pytest.raises(ConfigError, match="twice"):
        DetectorCatalogue.load([first, second])
    write(second, replaces="own/badge", title={"en": "New badge"})
    loaded = DetectorCatalogue.load([first, second])
    assert loaded.detectors["own/badge"].title["en"] == "New badge"
    assert loaded.revision != DetectorCatalogue.load([first]).revision


@pytest.mark.parametrize("text", ["id: [", "\x00", "- a list"])
def test_what_is_no_detector_file(tmp_path, text):
    (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"broken\.yaml"):
        DetectorCatalogue.load([tmp_path])


def test_a_file_must_bear_the_name_of_its_id(tmp_path):
    write(tmp_path).joinpath("badge.yaml").rename(tmp_path / "other.yaml")
    with pytest.raises(ConfigError, match="differ"):
        DetectorCatalogue.load([tmp_path])


def test_empty_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="no detectors"):
        DetectorCatalogue.load([tmp_path])
    with pytest.raises(ConfigError, match="no detector directory"):
        DetectorCatalogue.load([tmp_path / "none"])
