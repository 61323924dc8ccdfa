"""Whole answers: a token is turned back wherever it stands, as the name of a member too."""

import json

import pytest

from guard.dialects import named
from guard.dialects.plain import PLAIN
from guard.doors import prose
from guard.doors.reply import Reply, Restoring
from guard.errors import GuardError, Undecided
from guard.stream import Screening

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


@pytest.mark.parametrize("kind", [None, "", "application/json", "application/x-ndjson"])
@pytest.mark.parametrize("before", [b"", b"\r\n", b"\xef\xbb\xbf", b": hello\n\n"])
@pytest.mark.parametrize("size", [1, 5, 10_000])
def test_events_that_do_not_call_themselves_a_stream_are_events(kind, before, size):
    """They come at once, since nobody knew, but as what kits read them as."""
    data = before + b"".join(streamed(["to ", *(LETTERS[n : n + 5] for n in range(0, 18, 5)), "."]))
    said = () if kind is None else (("content-type", kind),)
    made = Reply(Restoring(named("openai.chat"), VALUES, None), said, lambda *_: None)
    parts = [made.feed(data[n : n + size]) for n in range(0, len(data), size)]
    assert not any(parts)
    assert heard(made.close()) == "to bob@b.de."
    assert made.counts.restored == 1
    assert made.outcome == "whole"


@pytest.mark.parametrize("kind", ["", "application/json"])
def test_events_that_do_not_call_themselves_a_stream_are_whole_or_no_answer(kind):
    """Who gets them at once could not tell that they were cut off."""
    data = b"".join(streamed(["to ", LETTERS]))
    said = (("content-type", kind),)
    made = Reply(Restoring(named("openai.chat"), VALUES, None), said, lambda *_: None)
    made.feed(data[: data.index(b"data: [DONE]") - 120])
    with pytest.raises(Undecided):
        made.close()
    assert made.outcome == "unreadable"


@pytest.mark.parametrize("dialect", [named("openai.embeddings"), PLAIN])
def test_events_that_nobody_knows_are_no_json(dialect):
    made = Reply(Restoring(dialect, VALUES, None), JSON, lambda *_: None)
    made.feed(b"data: x\n\n")
    with pytest.raises(Undecided):
        made.close()


@pytest.mark.parametrize("kind", [None, "", "application/json", "text/plain"])
def test_json_is_json_whatever_it_calls_itself(kind):
    message = {"role": "assistant", "content": f"data: {LETTERS}"}
    raw = json.dumps({"choices": [{"index": 0, "message": message}]}, indent=1).encode()
    said = () if kind is None else (("content-type", kind),)
    made = Reply(Restoring(named("openai.chat"), VALUES, None), said, lambda *_: None)
    out = b"".join(made.feed(raw[n : n + 3]) for n in range(0, len(raw), 3)) + made.close()
    assert json.loads(out)["choices"][0]["message"]["content"] == "data: bob@b.de"


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


def pieces(made, data, size):
    return [made.feed(data[n : n + size]) for n in range(0, len(data), size)]


def finding(*values):
    """Screening that finds these."""

    def detect(before, pending):
        text = before + pending
        return [
            (text.index(v) - len(before), text.index(v) + len(v) - len(before), "IBAN")
            for v in values
            if v in text
        ]

    return Screening(detect, (), plain=True)


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/xml"])
@pytest.mark.parametrize("around", ["{}", "\n {} \n", "\ufeff{}", "{0}\n{0}\r\n"])
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_document_that_calls_itself_a_text_is_a_document(kind, around, size):
    """JSON within its strings, too, where values and stand-ins are escaped twice."""
    values = {LETTERS: 'say "bob"', ONLY: "<eve>"}
    news = "DE16\xa04626\xa08699"
    arguments = json.dumps({"to": f"{LETTERS} {ONLY}", "news": news})
    call = {"id": "c", "type": "function", "function": {"name": "send", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    raw = json.dumps({"choices": [{"index": 0, "message": message}]})
    how = Restoring(named("openai.chat"), values, finding(news))
    made = Reply(how, (("content-type", kind),), lambda *_: None)
    data = around.format(raw).encode()
    out = b"".join([*pieces(made, data, size), made.close()]).decode().strip("\ufeff \r\n")
    for line in out.splitlines():
        called = json.loads(line)["choices"][0]["message"]["tool_calls"][0]
        found = json.loads(called["function"]["arguments"])
        assert found == {"to": 'say "bob" <eve>', "news": "[IBAN]"}
    assert made.counts.restored == 2 * len(out.splitlines())
    assert made.outcome == "whole"


@pytest.mark.parametrize(
    "text",
    ["[INFO] to {}", "[to]({})", "{{name}} {}", "[[{}", '["{}", ', '{{"a": {}', "[1] {}", "["],
)
@pytest.mark.parametrize("size", [1, 100])
@pytest.mark.parametrize("dialect", [named("openai.chat"), PLAIN])
def test_a_text_that_begins_like_a_document_is_a_text(text, size, dialect):
    made = Reply(
        Restoring(dialect, VALUES, None), (("content-type", "text/plain"),), lambda *_: None
    )
    parts = pieces(made, text.format(LETTERS).encode(), size)
    assert b"".join([*parts, made.close()]).decode() == text.format("bob@b.de")
    assert made.outcome == "whole"


def test_a_text_that_is_no_document_goes_out_as_it_comes():
    made = Reply(Restoring(PLAIN, VALUES, None), (("content-type", "text/plain"),), lambda *_: None)
    assert made.feed(b"[INFO] begun.\n") == b"[INFO] begun.\n"


@pytest.mark.parametrize("document", ['{"a": 1, "a": 2}', "[" * 100_000 + "]" * 100_000])
def test_a_document_that_is_no_answer_is_none_under_any_name(document):
    for kind in ("application/json", "text/plain"):
        how = Restoring(named("openai.chat"), VALUES, None)
        made = Reply(how, (("content-type", kind),), lambda *_: None)
        with pytest.raises(GuardError):
            pieces(made, document.encode(), 100), made.close()
        assert made.outcome == "unreadable"


def test_a_document_is_not_held_without_end(monkeypatch):
    monkeypatch.setattr(prose, "WHOLE", 100)
    made = Reply(Restoring(PLAIN, VALUES, None), (("content-type", "text/plain"),), lambda *_: None)
    with pytest.raises(GuardError):
        pieces(made, b'["' + b"a" * 200, 10)


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
