"""What is remembered of texts: the answer, and neither the text nor anything that leads to it."""

import gc
import pickle
import sys
import types
from concurrent.futures import ThreadPoolExecutor

import pytest

from guard.detect import Detector
from guard.detect.memory import Memory, Scanned
from guard.detect.nlp import SpacyModels
from guard.detect.recognizer import GuardPatternRecognizer
from guard.detect.spans import Candidate
from guard.errors import DetectionError
from guard.obligations import Redactor, treat
from guard.types import Segment

FOUND = Candidate(0, 3, 0.9, "core/email")
NOTHING = Scanned((), ())
PLANTED = "planted.value@example.org"


def scanned(findings):
    return Scanned((FOUND,) * findings, ())


def known(memory, *keys, now=0.0):
    return [key for key in keys if key in memory.recall([key], now)]


@pytest.fixture
def fresh(catalogue):
    return Detector(catalogue, ner=False)


# ------------------------------------------------------------------ keys


def test_a_key_is_of_text_context_language_revision_and_process():
    memory = Memory("revision")
    keys = [
        memory.key(*given)
        for given in [
            ("ab", (), "en"),
            ("ab", (), ""),
            ("ab", (), "de"),
            ("ab", ("c",), "en"),
            ("abc", (), "en"),
            ("c", ("ab",), "en"),
            ("c", ("a", "b"), "en"),
            ("b", ("c", "a"), "en"),
            ("a", (), "ben"),
            ("", ("ab",), "en"),
            ("", (), "en"),
            ("\ud800", (), "en"),
        ]
    ]
    assert len(set(keys)) == len(keys)
    assert memory.key("ab", (), "en") == keys[0]
    assert Memory("revision").key("ab", (), "en") != keys[0], "another process has another key"


def test_two_revisions_have_nothing_in_common(monkeypatch):
    monkeypatch.setattr("secrets.token_bytes", bytes)
    assert Memory("a").key("x", (), "") != Memory("b").key("x", (), "")
    assert Memory("a").key("x", (), "") == Memory("a").key("x", (), "")


# ------------------------------------------------------------------ bounds


def test_the_one_that_was_not_asked_for_goes_first():
    memory = Memory("", most=3)
    for key in (b"1", b"2", b"3"):
        memory.keep(key, NOTHING, 0.0)
    memory.recall([b"1"], 0.0)
    memory.keep(b"4", NOTHING, 0.0)
    assert known(memory, b"1", b"2", b"3", b"4") == [b"1", b"3", b"4"]


def test_findings_count_as_much_as_texts():
    memory = Memory("", most=6)
    memory.keep(b"1", scanned(2), 0.0)
    memory.keep(b"2", scanned(2), 0.0)
    assert known(memory, b"1", b"2") == [b"1", b"2"]
    memory.keep(b"3", NOTHING, 0.0)
    assert known(memory, b"1", b"2", b"3") == [b"2", b"3"]
    memory.keep(b"4", scanned(6), 0.0)
    assert known(memory, b"2", b"3", b"4") == [b"2", b"3"], "what is too large is not kept"
    memory.keep(b"5", scanned(1), 0.0)
    assert known(memory, b"2", b"3", b"5") == [b"2", b"3", b"5"]
    memory.keep(b"6", scanned(1), 0.0)
    assert known(memory, b"2", b"3", b"5", b"6") == [b"3", b"5", b"6"]


def test_what_is_kept_twice_counts_once():
    memory = Memory("", most=4)
    for _ in range(10):
        memory.keep(b"1", scanned(2), 0.0)
    memory.keep(b"2", NOTHING, 0.0)
    assert known(memory, b"1", b"2") == [b"1", b"2"]


def test_what_nobody_asks_for_is_forgotten_in_time():
    memory = Memory("", idle_s=10.0)
    memory.keep(b"1", scanned(1), 0.0)
    memory.keep(b"2", scanned(1), 0.0)
    assert known(memory, b"1", now=9.0) == [b"1"]
    assert known(memory, b"1", b"2", now=11.0) == [b"1"]
    assert len(memory) == 1
    assert known(memory, b"1", now=30.0) == []
    assert (len(memory), memory._held) == (0, 0)


def test_several_threads_leave_it_whole():
    memory = Memory("", most=50)

    def work(seed):
        for i in range(2000):
            key = bytes([(i * seed) % 97])
            memory.recall([key], float(i))
            memory.keep(key, scanned(key[0] % 3), float(i))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(work, seed) for seed in (3, 5, 7, 11)]:
                done.result()
    finally:
        sys.setswitchinterval(interval)
    assert memory._held == sum(1 + len(s.candidates) for _, s in memory._scans.values()) <= 50


# ------------------------------------------------------------------ in the detector


def count_scans(monkeypatch):
    """The texts that patterns are shown."""
    from guard.detect.starts import Starts

    seen, real = [], Starts.of

    def of(self, text, names):
        seen.append(text)
        return real(self, text, names)

    monkeypatch.setattr(Starts, "of", of)
    return seen


def test_a_conversation_scans_only_what_is_new(fresh, monkeypatch):
    seen = count_scans(monkeypatch)
    turns = [f"turn {n}: write to user{n}@example.org" for n in range(10)]
    for n in range(10):
        segments = [Segment(f"/messages/{i}", text) for i, text in enumerate(turns[: n + 1])]
        run = fresh.detect(segments)
        assert [f.pointer for f in run.findings] == [s.pointer for s in segments]
    assert seen == turns


def test_the_proof_of_a_treatment_scans_only_what_was_rewritten(fresh, monkeypatch):
    seen = count_scans(monkeypatch)
    segments = [Segment("/0", "nothing here"), Segment("/1", f"to {PLANTED}"), Segment("/2", "")]
    found = fresh.detect(segments).findings
    labels = {"contact.email": "EMAIL"}
    done = treat(
        segments, found, labels=labels, tokenise=Redactor(), detect=fresh.detect
    ).segments  # fmt: skip
    assert [s.text for s in done] == ["nothing here", "to [EMAIL_1]", ""]
    assert seen == ["nothing here", f"to {PLANTED}", "", "to [EMAIL_1]"]


def test_names_are_not_looked_for_again(catalogue, monkeypatch):
    whole = Detector(catalogue)
    read, real = [], SpacyModels.entities

    def entities(self, texts, language):
        read.extend(texts)
        return real(self, texts, language)

    monkeypatch.setattr(SpacyModels, "entities", entities)
    first, second = "John Smith wrote.", "Maria Garcia replied."
    once = whole.detect([Segment("/0", first)])
    again = whole.detect([Segment("/0", first), Segment("/1", second)])
    assert read == [first, second]
    assert again.findings[: len(once.findings)] == once.findings != ()
    assert len(again.findings) > len(once.findings)


def test_a_context_and_a_language_are_part_of_the_question(catalogue):
    whole = Detector(catalogue)
    number = "536904399"
    assert whole.detect([Segment("", number)]).findings == ()
    assert len(whole.detect([Segment("", number, ("customerSSN",))]).findings) == 1
    name = "John Smith wrote to us."
    assert len(whole.detect([Segment("", name)]).findings) == 1
    assert whole.detect([Segment("", name)], language="de").findings == ()
    assert len(whole.detect([Segment("", name)]).findings) == 1


def test_what_was_not_covered_is_said_each_time(catalogue):
    short = Detector(catalogue, ner=False, max_chars=30)
    payload = [
        Segment("/0", f"{PLANTED} 客户李军" + "x" * 40),
        Segment("/1", "李"),
        Segment("/2", "军"),
    ]
    first, second = short.detect(payload), short.detect(payload)
    assert first == second
    assert first.detection.skipped == ("ner", "script:han", "too_long")
    halves = [Segment("/a", "李 writes"), Segment("/b", "军 writes")]
    assert short.detect(halves[:1]).detection.skipped == ("ner",)
    assert short.detect(halves[1:]).detection.skipped == ("ner",)
    assert short.detect(halves).detection.skipped == ("ner", "script:han")


def test_a_failure_is_not_remembered(fresh, monkeypatch):
    def explode(*_, **__):
        raise RuntimeError(PLANTED)

    with monkeypatch.context() as broken:
        broken.setattr(GuardPatternRecognizer, "analyze", explode)
        with pytest.raises(DetectionError):
            fresh.detect([Segment("", PLANTED)])
    assert len(fresh._memory) == 0
    assert len(fresh.detect([Segment("", PLANTED)]).findings) == 1


def test_what_was_late_is_not_remembered(fresh, monkeypatch):
    with monkeypatch.context() as slow:
        clock = iter([0.0, 1e9])
        slow.setattr("time.monotonic", lambda: next(clock))
        run = fresh.detect([Segment("", PLANTED)])
    assert run.detection.skipped == ("ner", "timeout")
    run = fresh.detect([Segment("", PLANTED)])
    assert (len(run.findings), run.detection.skipped) == (1, ("ner",))


def test_the_canary_is_not_answered_from_memory(fresh, catalogue, monkeypatch):
    examples = [Segment("", e.text) for s in catalogue.detectors.values() for e in s.match]
    fresh.detect(examples)
    monkeypatch.setattr(GuardPatternRecognizer, "analyze", lambda *_, **__: [])
    with pytest.raises(DetectionError, match="finds nothing"):
        fresh.canary()


def test_rows_of_a_data_set_are_not_remembered(fresh):
    fresh.detect_batch([[Segment("", PLANTED)]])
    assert len(fresh._memory) == 0


# ------------------------------------------------------------------ no text


def reachable(root):
    """Every object that can be reached from `root`, without code and the modules' own."""
    code = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.CodeType)
    seen, queue = {}, [root]
    while queue:
        one = queue.pop()
        if id(one) in seen or isinstance(one, code):
            continue
        seen[id(one)] = one
        queue += gc.get_referents(one)
    return list(seen.values())


@pytest.mark.parametrize("ner", [False, True])
def test_no_text_is_kept_anywhere_in_the_detector(catalogue, detector, ner):
    fresh = Detector(catalogue, ner=False) if not ner else detector
    values = ["zweiundvierzig@planted.example.de", "+49 30 7390524", "4012 8888 8888 1881"]
    text = "Ask Quirin Planthausen: " + " or ".join(values) + "."
    assert len(fresh.detect([Segment("/planted", text, ("plantedColumn",))]).findings) >= 3
    assert len(fresh._memory) >= 1
    needles = [*values, *(v.replace(" ", "") for v in values), "Planthausen", "zweiundvierzig",
               "7390524", "plantedColumn", "/planted"]  # fmt: skip
    # A model keeps words of its own accord (spaCy's string store), as a dictionary of all texts.
    held = reachable(fresh._memory) + reachable(fresh._starts) if ner else reachable(fresh)
    strings = [repr(one) for one in held if isinstance(one, (str, bytes, bytearray))]
    strings += [repr(fresh), repr(fresh._memory), *(repr(s) for s in fresh._memory._scans.values())]
    assert len(held) > 10
    for needle in needles:
        assert not [s for s in strings if needle in s], "a text was kept"


def test_nothing_of_it_can_be_written_down_by_mistake(fresh):
    fresh.detect([Segment("", PLANTED)])
    with pytest.raises(TypeError):
        pickle.dumps(fresh._memory)
