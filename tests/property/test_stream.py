"""Laws of streamed answers: however they are cut, they say the same."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.doors.screening import is_prose
from guard.stream import Answer, Frames, Restorer, Screening, restored
from guard.stream.screen import Screen
from guard.stream.tokens import Tokens
from tests.unit.stream.wires import WIRES, events

VALUES = {
    "EMAIL_7K2M9Q4T1ZXW": 'Zoë "Z" O\\Neil\n',
    "EMAIL_7K2M9Q4T1ZXX": "b😀[",
    "PERSON_0123456789AB": "Анна ]] \t{",
    "x7k2m9q4@pseudonym.invalid": "zoe.quill@example.org",
    "+999 0123456789": "+49 171 1234567",
    "ABA": "1",
    "ABAB": "22",
    "BABC": "333",
    "9990123456": "\u2028",
}
FRAGMENTS = [
    *VALUES, "EMAIL_", "EMAIL_7K2M9Q4T1ZX", "EMAIL_7K2M9Q4T1ZXY", "EMAIL_000000000000", "E", "x7k2",
    "+999 ", "+999", "0123456789", "A", "B", "AB", "[", "[[", "]", "{", "é", "😀", " ", " and ",
    "\n", "card 5555 5555 5555 4444", "bob@example.net", " is a ", "\\", '"', "\u005f", "姓名。",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
DOCUMENTS = st.recursive(
    st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.floats(-9, 9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
PATTERN = re.compile("|".join(map(re.escape, sorted(VALUES, key=len, reverse=True))))


def replaced(text):
    """What a batch does: at each place the longest token, from left to right."""
    return PATTERN.sub(lambda match: VALUES[match[0]], text)


def detect(context, text):
    """E-mail addresses, card numbers, and what an account's name stands before."""
    found = re.finditer(r"[\w.]+@[\w.]+\w|\b\d{4}(?: ?\d{4}){3}\b", text)
    spans = [(m.start(), m.end(), "EMAIL" if "@" in m[0] else "CARD") for m in found]
    if context.endswith("ABC "):
        spans.append((0, 1, "X"))
    return spans


def cut(data, text):
    """`text`, or bytes, in parts that `data` chooses."""
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    bounds = [0, *sorted(places), len(text)]
    return [text[a:b] for a, b in zip(bounds, bounds[1:])]  # noqa: B905, RUF007 - pairs


def through(filter_, parts):
    return "".join([*map(filter_.feed, parts), filter_.close()])


def answered(answer, parts):
    return b"".join([*map(answer.feed, parts), answer.close()])


@given(TEXTS, st.data())
def test_restoring_in_parts_is_restoring_at_once(text, data):
    assert through(Restorer(VALUES), cut(data, text)) == replaced(text)


@given(TEXTS)
def test_whole_texts_are_restored_as_streamed_ones(text):
    assert restored({"/a": text}, VALUES).get("/a", text) == replaced(text)
    long = text + "-" * 2000 + text
    assert restored({"/a": long}, VALUES).get("/a", long) == replaced(long)


@given(TEXTS, st.data())
def test_long_parts_are_restored_as_short_ones(text, data):
    long = "ABA-" * 400 + text + "-" * 1100 + text
    assert through(Restorer(VALUES), cut(data, long)) == replaced(long)


def disguised(data, text):
    """JSON text with some of its plain characters escaped as well."""
    chosen = data.draw(st.sets(st.sampled_from("_EAB9xé@"), max_size=3))

    def unit(match):
        return f"\\u{ord(match[0]):04X}" if match[0] in chosen else match[0]

    def string(match):
        return '"' + re.sub(r"\\u....|\\.|.", unit, match[0][1:-1]) + '"'

    return re.sub(r'"(?:[^"\\]|\\.)*"', string, text)


def mapped(value):
    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, dict):
        return {replaced(name): mapped(item) for name, item in value.items()}
    return [mapped(item) for item in value] if isinstance(value, list) else value


@given(DOCUMENTS, st.booleans(), st.data())
def test_json_text_stays_json_and_says_the_values(document, ascii_only, data):
    text = disguised(data, json.dumps(document, ensure_ascii=ascii_only))
    out = through(Restorer(VALUES, escape=True), cut(data, text))
    assert out == through(Restorer(VALUES, escape=True), [text])
    numbers = re.compile(r'"?\b9990123456\b"?')  # an all-digit token outside a string is quoted
    if not numbers.search(re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)):
        assert json.loads(out) == mapped(json.loads(text))
    else:
        json.loads(out)


@given(TEXTS, st.data())
def test_text_that_should_be_json_and_is_not_is_cut_safe_too(text, data):
    out = through(Restorer(VALUES, escape=True), cut(data, text))
    assert out == through(Restorer(VALUES, escape=True), [text])


@given(st.lists(TEXTS, max_size=30).map("".join), st.data())
def test_screening_does_not_depend_on_the_parts(text, data):
    tokens = Tokens(VALUES)
    screening = Screening(detect, ["4444 is mine", "bob@example.net"])
    once = through(Screen(screening, tokens), [text])
    assert through(Screen(screening, tokens), cut(data, text)) == once
    assert through(Screen(screening, tokens), text) == once


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.data())
def test_screening_takes_nothing_but_what_is_found(fragments, data):
    text = " ".join(fragments).replace("5555", "5 555").replace("bob@", "bob(")
    tokens = Tokens(VALUES)
    quiet = Screening(lambda _, pending: [])
    assert through(Screen(quiet, tokens), cut(data, text)) == text


FRAMES = st.lists(
    st.sampled_from(
        [b"data: a\xc3\xa9", b"data:b", b"data", b"event: x", b": c", b"id: 1", b"retry: 5", b"",
         b"", b"\xf0\x9f\x98\x80", b"data: [DONE]"]
    ),
    max_size=20,
)  # fmt: skip


@given(FRAMES, st.data())
def test_frames_do_not_depend_on_the_cuts(lines, data):
    ends = data.draw(st.lists(st.sampled_from([b"\n", b"\r\n", b"\r"]), min_size=20, max_size=20))
    stream = b"".join(line + end for line, end in zip(lines, ends, strict=False))
    said = []
    for parts in ([stream], cut(data, stream), [stream[i : i + 1] for i in range(len(stream))]):
        frames = Frames()
        found = [frame for part in parts for frame in frames.feed(part)]
        rest = frames.close()
        assert b"".join(f.raw for f in found) + (rest.raw if rest else b"") == stream
        fields = [(f.event, f.data, f.id, f.retry, f.comment) for f in found]
        said.append([one for one in fields if any(x is not None for x in one)])
    assert said[0] == said[1] == said[2]


def spoken(data, wire, *, json_lanes=True):
    """Texts by lane, and the same in pieces of one interleaved order."""
    texts = {}
    for lane in data.draw(st.sets(st.sampled_from([*wire.plain, *wire.signed]), min_size=1)):
        texts[lane] = data.draw(TEXTS)
    if wire.json and json_lanes:
        for lane in data.draw(st.sets(st.sampled_from(wire.json))):
            texts[lane] = disguised(data, json.dumps(data.draw(DOCUMENTS)))
    queues = {lane: cut(data, text) for lane, text in texts.items()}
    pieces = []
    while queues:
        lane = data.draw(st.sampled_from(sorted(queues)))
        pieces.append((lane, queues[lane].pop(0)))
        if not queues[lane]:
            del queues[lane]
    return texts, pieces


SCREENINGS = {"restored": None, "screened": Screening(detect, ["bob@example.net", "zoe"])}


@pytest.mark.parametrize("screening", SCREENINGS.values(), ids=SCREENINGS)
@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
@settings(max_examples=25)
@given(data=st.data())
def test_an_answer_does_not_depend_on_how_it_came(wire, screening, data):
    texts, pieces = spoken(data, wire)
    eol = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    stream = wire.say(pieces, eol, data.draw(st.booleans()))
    one = Answer.of(wire.name, VALUES, screening)
    out = answered(one, [stream])
    assert not one.truncated
    for parts in (cut(data, stream), [stream[i : i + 1] for i in range(len(stream))]):
        assert answered(Answer.of(wire.name, VALUES, screening), parts) == out

    heard, came = wire.hear(out), wire.hear(stream)
    whole = wire.hear(
        answered(Answer.of(wire.name, VALUES, screening), [wire.say([*texts.items()])])
    )
    assert {k: v for k, v in heard.lanes.items() if v} == {
        k: v for k, v in whole.lanes.items() if v
    }
    assert heard.marks == came.marks
    said = {*heard.lanes.values()}
    assert all(text in said for _, text in heard.repeats)
    assert all(heard.lanes[lane] == text for lane, text in heard.repeats if lane)
    if screening is None:
        check(wire, texts, heard.lanes)


def check(wire, texts, lanes):
    for lane, text in texts.items():
        if lane in wire.signed:
            assert lanes.get(lane, "") == text
        elif lane in wire.json:
            said = json.loads(lanes[lane])
            if "9990123456" not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', text):
                assert said == mapped(json.loads(text))
        else:
            expected = replaced(text)
            assert lanes.get(lane, "") == expected


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
@settings(max_examples=25)
@given(data=st.data())
def test_a_stream_that_is_cut_releases_no_part_of_what_it_held(wire, data):
    texts, pieces = spoken(data, wire, json_lanes=False)
    stream = wire.say(pieces)
    end = data.draw(st.integers(0, len(stream) - 1))
    answer = Answer.of(wire.name, VALUES)
    out = answered(answer, cut(data, stream[:end]))
    assert answer.truncated or complete(wire, stream[:end])
    for lane, text in wire.hear(out + b"\n\n").lanes.items():
        full = text if lane in wire.signed else replaced(texts.get(lane, ""))
        assert lane in wire.signed or full.startswith(text)


def complete(wire, stream):
    """Whether the client has been told the end: what ends an answer is there, if only just."""
    for name, data in events(stream + b"\n\n"):
        if name in {"message_stop", "done"} or data == "[DONE]":
            return True
        if '"response.completed"' in data[:40] and data.endswith("}"):
            return wire.name == "openai.responses" and stream.rstrip().endswith(b"}")
    reasons = len(re.findall(rb'"finish(?:_r|R)eason": ?"', stream))
    return reasons >= 1


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
@settings(max_examples=25)
@given(data=st.data())
def test_without_tokens_and_screening_bytes_pass_untouched(wire, data):
    _, pieces = spoken(data, wire)
    stream = wire.say(pieces) + b"data: {not json\n\ndata: \xff"
    answer = Answer.of(wire.name, {})
    parts = cut(data, stream)
    assert [answer.feed(part) for part in parts] == parts
    assert answer.close() == b""


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
@settings(max_examples=25)
@given(data=st.data())
def test_look_alikes_pass_unchanged(wire, data):
    _, pieces = spoken(data, wire)
    stream = wire.say([(lane, text) for lane, text in pieces if lane not in wire.json])
    unlike = Answer.of(wire.name, {"~never~": "never"})
    assert answered(unlike, cut(data, stream)) == stream
    alike = Answer.of(wire.name, {"PHONE_ZZZZZZZZZZZZ": "never", "EMAIL_ZZZZZZZZZZZZ": "never"})
    assert wire.hear(answered(alike, cut(data, stream))).lanes == wire.hear(stream).lanes


WORDS = st.lists(
    st.sampled_from(
        [
            "and ", "the ", "of. ", "ended. ", "Then ", "Anna ", "von ", "at ", "at, ", "dot\n",
            "été, ", "straße ", "x\xaa ", "12 ", "a@b ", "is-it ", "whatsoever ", "ok", " ", "  ",
            "\u3001", "\ue000 ", "supercalifragilistic ", "card 5555 5555 5555 4444 ",
            "so!? ", ". ",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(WORDS, st.data())
def test_plain_words_are_passed_over_as_if_each_had_been_asked_about(text, data):
    parts = cut(data, text)

    def run(*, plain):
        asked = []

        def find(context, pending):
            asked.append((context, pending))
            return detect(context, pending)

        screen = Screen(Screening(find, plain=plain), Tokens({}))
        return [*map(screen.feed, parts), screen.close()], asked

    (slow, each), (fast, some) = run(plain=False), run(plain=True)
    assert fast == slow
    left = iter(each)
    assert all(one in left for one in some), "something else was asked"
    assert all(is_prose(pending) for _, pending in each if (_, pending) not in some)
