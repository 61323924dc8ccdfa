"""Whole answers: a token is turned back wherever it stands, as the name of a member too."""

import json

import pytest

from guard.dialects import named
from guard.dialects.plain import PLAIN
from guard.doors.reply import Reply, Restoring
from guard.errors import GuardError, Undecided

WITH_DIGITS, LETTERS, ONLY = "EMAIL_FD5YBQRQ8TFD", "EMAIL_FDVYBQRQXTFD", "EMAIL_AAAAAAAAAAAA"
VALUES = {WITH_DIGITS: "anna@b.de", LETTERS: "bob@b.de", ONLY: "eve@b.de"}
JSON = (("content-type", "application/json"),)


def answered(dialect, document):
    reply = Reply(Restoring(dialect, VALUES, None), JSON, lambda *_: None)
    return json.loads(reply.feed(json.dumps(document).encode()) + reply.close())


def anthropic(value):
    used = {"type": "tool_use", "id": "toolu_1", "name": "send", "input": value}
    return {"type": "message", "role": "assistant", "content": [used]}


def gemini(value):
    parts = [{"functionCall": {"name": "send", "args": value}}]
    return {"candidates": [{"content": {"role": "model", "parts": parts}}]}


@pytest.mark.parametrize(
    ("dialect", "within"),
    [
        (named("anthropic.messages"), anthropic),
        (named("gemini.generate"), gemini),
        (PLAIN, lambda value: {"result": value}),
        (PLAIN, lambda value: [value]),
    ],
)
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dict.fromkeys(VALUES, 1), dict.fromkeys(VALUES.values(), 1)),
        ({"to": {LETTERS: [{ONLY: ONLY}]}}, {"to": {"bob@b.de": [{"eve@b.de": "eve@b.de"}]}}),
        ({f"of_{LETTERS}": LETTERS, "x": 1}, {"of_bob@b.de": "bob@b.de", "x": 1}),
        ({"plain": "x", "text": LETTERS}, {"plain": "x", "text": "bob@b.de"}),
    ],
)
def test_names_are_restored(dialect, within, value, expected):
    assert answered(dialect, within(value)) == within(expected)


def test_two_members_that_would_get_one_name_are_no_answer():
    with pytest.raises(GuardError):
        answered(PLAIN, {LETTERS: 1, "bob@b.de": 2})


def streamed(pieces):
    for piece in pieces:
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
        yield b"data: " + json.dumps({"model": "m", "choices": [choice]}).encode() + b"\n\n"
    end = {"index": 0, "delta": {}, "finish_reason": "stop"}
    yield b"data: " + json.dumps({"model": "m", "choices": [end]}).encode() + b"\n\n"
    yield b"data: [DONE]\n\n"


def heard(data):
    """What a kit reads: it asks nobody what the answer calls itself."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    events = [line[6:] for line in lines if line.startswith(b"data: {")]
    deltas = [json.loads(event)["choices"][0]["delta"] for event in events]
    return "".join(delta.get("content", "") for delta in deltas)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/xml"])
@pytest.mark.parametrize("before", [b"", b"\n\n", b"\xef\xbb\xbf", b": hello\n\n", b"id: 1\n"])
@pytest.mark.parametrize("size", [1, 4, 7, 10_000])
def test_events_that_call_themselves_a_text_are_events(kind, before, size):
    data = before + b"".join(streamed(["to ", *(LETTERS[n : n + 5] for n in range(0, 18, 5)), "."]))
    made = Reply(
        Restoring(named("openai.chat"), VALUES, None), (("content-type", kind),), lambda *_: None
    )
    parts = [made.feed(data[n : n + size]) for n in range(0, len(data), size)]
    assert heard(b"".join([*parts, made.close()])) == "to bob@b.de."
    assert made.counts.restored == 1
    assert made.outcome == "whole"


def test_events_that_call_themselves_a_text_are_cut_like_events():
    data = b"".join(streamed(["to ", LETTERS]))
    said = (("content-type", "text/plain"),)
    made = Reply(Restoring(named("openai.chat"), VALUES, None), said, lambda *_: None)
    made.feed(data[: data.index(b"data: [DONE]") - 120])
    made.close()
    assert made.outcome == "cut"


def test_json_that_calls_itself_markup_is_counted():
    how = Restoring(named("openai.chat"), VALUES, None)
    made = Reply(how, (("content-type", "text/html"),), lambda *_: None)
    message = {"role": "assistant", "content": LETTERS}
    raw = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
    assert b"bob@b.de" in made.feed(raw) + made.close()
    assert made.counts.restored == 1


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("openai.chat", "d"),
        ("openai.chat", " re"),
        ("openai.chat", "date: today"),
        ("openai.chat", "to"),
        ("openai.embeddings", "data: x"),
        ("", "data: x"),
    ],
)
@pytest.mark.parametrize("size", [1, 100])
def test_a_text_stays_a_text(dialect, text, size):
    data = f"{text} {LETTERS}".encode()
    how = Restoring(named(dialect) if dialect else PLAIN, VALUES, None)
    made = Reply(how, (("content-type", "text/plain"),), lambda *_: None)
    parts = [made.feed(data[n : n + size]) for n in range(0, len(data), size)]
    assert b"".join([*parts, made.close()]).decode() == f"{text} bob@b.de"


@pytest.mark.parametrize("text", ["", " ", "d", "ret"])
def test_a_text_that_ends_before_it_is_clear_what_it_is_comes_whole(text):
    how = Restoring(named("openai.chat"), VALUES, None)
    made = Reply(how, (("content-type", "text/plain"),), lambda *_: None)
    assert made.feed(text.encode()) + made.close() == text.encode()


@pytest.mark.parametrize("kind", ["image/png", "audio/mpeg", "application/octet-stream"])
def test_no_model_answers_with_a_file(kind):
    """Kits read what calls itself a picture as the JSON that it is."""
    how = Restoring(named("openai.chat"), VALUES, None)
    with pytest.raises(Undecided):
        Reply(how, (("content-type", kind),), lambda *_: None)
    made = Reply(Restoring(PLAIN, VALUES, None), (("content-type", kind),), lambda *_: None)
    assert made.feed(LETTERS.encode()) + made.close() == LETTERS.encode()
