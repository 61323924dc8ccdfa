"""Replicate's own dialect, there and back: text only, and nothing dropped."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.errors import InputError
from guard.gateway.prediction import Chunks, completion, prediction
from guard.gateway.replicate import request
from guard.stream.sse import Frames

BASE = "https://api.replicate.com/v1"
MODEL = "meta/meta-llama-3-70b-instruct"


def user(text):
    return {"role": "user", "content": text}


def body(document, model=MODEL):
    return orjson.loads(request({"messages": [user("hi")], **document}, BASE, model).body)


@pytest.mark.parametrize(
    ("model", "url", "version"),
    [
        (MODEL, f"{BASE}/models/{MODEL}/predictions", None),
        ("deployments/acme/chat", f"{BASE}/deployments/acme/chat/predictions", None),
        ("a" * 64, f"{BASE}/predictions", "a" * 64),
        (f"o/n:{'b' * 64}", f"{BASE}/predictions", "b" * 64),
    ],
)
def test_each_kind_of_model_has_its_address(model, url, version):
    made = request({"messages": [user("hi")]}, BASE + "/", model)
    assert made.url == url
    assert orjson.loads(made.body).get("version") == version
    assert ("prefer", "wait=60") in made.headers
    assert "hi" not in repr(made)


@pytest.mark.parametrize("model", ["llama", "../x/y", "a/b/c", "a/b?x", "", "o/n:latest", "a/.."])
def test_another_form_of_model_is_refused(model):
    with pytest.raises(InputError):
        request({"messages": [user("hi")]}, BASE, model)


def test_a_streamed_request_asks_for_a_stream_and_does_not_wait():
    made = request({"messages": [user("hi")], "stream": True}, BASE, MODEL)
    assert orjson.loads(made.body)["stream"] is True
    assert "prefer" not in dict(made.headers)


def test_one_question_is_the_prompt_and_a_conversation_a_transcript():
    assert body({})["input"] == {"prompt": "hi"}
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    turns = [
        {"role": "system", "content": "Be brief."},
        {"role": "developer", "content": "Be kind."},
        user("Who?"),
        {"role": "assistant", "content": "Me."},
        user(parts),
    ]
    assert body({"messages": turns})["input"] == {
        "system_prompt": "Be brief.\n\nBe kind.",
        "prompt": "User: Who?\n\nAssistant: Me.\n\nUser: a\nb\n\nAssistant:",
    }


def test_parameters_keep_their_meaning():
    asked = {"max_completion_tokens": 9, "temperature": 0.5, "seed": 1, "n": 1, "stop": ["a", "b"],
             "top_p": None, "stream_options": {"include_usage": True}}  # fmt: skip
    assert body(asked)["input"] == {
        "prompt": "hi",
        "max_tokens": 9,
        "temperature": 0.5,
        "seed": 1,
        "stop_sequences": "a,b",
    }
    assert body({"stop": "x"})["input"]["stop_sequences"] == "x"


REFUSED = [
    {"tools": []},
    {"response_format": {"type": "json_object"}},
    {"n": 2},
    {"n": True},
    {"temperature": "hot"},
    {"temperature": True},
    {"stop": ["a,b"]},
    {"stop": 5},
    {"jane_doe_4711": 1},
    {"messages": []},
    {"messages": "hi"},
    {"messages": ["hi"]},
    {"messages": [{"role": "tool", "content": "x"}]},
    {"messages": [{"role": [], "content": "x"}]},
    {"messages": [{"role": "user", "content": None}]},
    {"messages": [{"role": "user", "content": []}]},
    {"messages": [{"role": "user", "content": "x", "name": "Jane"}]},
    {"messages": [user([{"type": "image_url", "image_url": {"url": "data:"}}])]},
    {"messages": [user([{"type": "text", "text": "x", "cache_control": {}}])]},
    {"messages": [user([{"type": "text", "text": 5}])]},
    {"messages": [{"role": "system", "content": "x"}]},
    {"messages": [user("x"), {"role": "assistant", "content": "y"}]},
]


@pytest.mark.parametrize("document", REFUSED, ids=lambda d: json.dumps(d)[:50])
def test_what_a_prediction_cannot_say_is_refused_and_never_dropped(document):
    with pytest.raises(InputError) as caught:
        body(document)
    assert "jane" not in str(caught.value).lower()


@given(st.lists(st.text(), min_size=1, max_size=5), st.text())
def test_every_text_arrives(texts, system):
    roles = ["user", "assistant"] * 3
    first = roles[(len(texts) + 1) % 2 :]
    turns = [{"role": r, "content": t} for r, t in zip(first, texts, strict=False)]
    given_ = body({"messages": [{"role": "system", "content": system}, *turns]})["input"]
    assert all(text in given_["prompt"] for text in texts)
    assert given_.get("system_prompt", "") == system


def said(**more):
    return orjson.dumps({"id": "abc123", "status": "succeeded", "output": ["Hel", "lo"], **more})


def test_a_prediction_is_a_chat_completion():
    found = prediction(said(metrics={"input_token_count": 3, "output_token_count": 2}), BASE)
    assert "Hello" not in repr(found)
    assert completion(found, "m", 1700000000) == {
        "id": "chatcmpl-abc123",
        "object": "chat.completion",
        "created": 1700000000,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Hello"},
                "finish_reason": "stop",
                "logprobs": None,
            }
        ],
        "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
    }


def test_what_was_not_counted_is_not_said():
    found = prediction(said(output="Hello", metrics={"predict_time": 0.1}), BASE)
    assert found.text == "Hello"
    assert "usage" not in completion(found, "m", 0)


@pytest.mark.parametrize(
    ("status", "kind"),
    [("starting", "pending"), ("processing", "pending"), ("failed", "failed"),
     ("canceled", "failed"), ("aborted", "failed"), ("new-word", "failed")],
)  # fmt: skip
def test_only_success_is_an_answer(status, kind):
    found = prediction(said(status=status, output=None, error="Jane Doe"), BASE)
    assert found.status == kind
    assert "Jane" not in repr(found)
    with pytest.raises(InputError):
        completion(found, "m", 0)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>", b"[]", b"null", b"{}", said(output={"a": 1}), said(output=[1]), said(id="a b"),
     said(id=5), said(status=5), said(urls={"get": 5}), said(urls=[1])],
)  # fmt: skip
def test_what_is_no_prediction_of_text_is_refused(answer):
    with pytest.raises(InputError):
        prediction(answer, BASE)


OWN = "https://api.replicate.com/v1/predictions/abc123"
STREAM = "https://stream.replicate.com/v1/files/abc"


def test_addresses_are_followed_to_replicate_only():
    found = prediction(said(urls={"get": OWN, "stream": STREAM}), BASE)
    assert (found.poll, found.stream) == (OWN, STREAM)
    local = "http://127.0.0.1:9/v1"
    assert prediction(said(urls={"get": local + "/p"}), local).poll == local + "/p"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://evil.example/p", BASE),
        ("http://stream.replicate.com/p", BASE),
        ("https://replicate.com.evil.example/p", BASE),
        ("https://evilreplicate.com/p", BASE),
        ("https://u@stream.replicate.com/p", BASE),
        ("https://stream.replicate.com:8443/p", BASE),
        ("https://169.254.169.254/latest", BASE),
        ("file:///etc/passwd", BASE),
        (STREAM, "http://127.0.0.1:9/v1"),
    ],
)
def test_an_answer_does_not_choose_whom_we_talk_to(url, base):
    with pytest.raises(InputError):
        prediction(said(urls={"stream": url}), base)


def events(raw):
    for frame in raw.decode().split("\n\n")[:-1]:
        text = frame.removeprefix("data: ")
        yield text if text == "[DONE]" else json.loads(text)


def test_a_stream_is_a_stream_of_chunks():
    made = Chunks("abc", "m", 7)
    raw = made.event("output", b"Hel") + made.event("output", "l\né".encode())
    assert not made.finished
    raw += made.event("done", b"{}")
    first, second, last, done = events(raw)
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": "Hel"}
    assert second["choices"][0]["delta"] == {"content": "l\né"}
    assert last["choices"] == [{"index": 0, "delta": {}, "finish_reason": "stop"}]
    assert done == "[DONE]"
    assert {one["id"] for one in (first, second, last)} == {"chatcmpl-abc"}
    assert made.finished
    assert made.event("output", b"more") == b""


@pytest.mark.parametrize(
    ("kind", "data"),
    [("error", b'{"detail": "Jane Doe"}'), ("done", b'{"reason": "canceled"}'), ("done", b""),
     ("done", b"[]")],
)  # fmt: skip
def test_a_failed_stream_never_looks_finished(kind, data):
    made = Chunks("abc", "m", 7)
    made.event("output", b"Hel")
    assert made.event(kind, data) == b""
    assert (made.finished, made.failed) == (False, True)
    assert made.event("done", b"{}") == b""
    assert not made.finished


def test_the_documented_stream_cut_anywhere_is_one_answer():
    raw = b"event: output\nid: 1:0\ndata: Once\n\nevent: output\nid: 2:0\ndata:  up\ndata: on\n\n"
    raw += b"event: done\nid: 3:0\ndata: {}\n\n"
    for cut in range(len(raw)):
        frames, made = Frames(), Chunks("abc", "m", 7)
        found = b"".join(
            made.event(frame.event, frame.data)
            for part in (raw[:cut], raw[cut:])
            for frame in frames.feed(part)
            if frame.data is not None
        )
        *chunks, done = events(found)
        texts = [one["choices"][0]["delta"].get("content", "") for one in chunks]
        assert ("".join(texts), done) == ("Once up\non", "[DONE]")


def test_other_events_are_nothing_and_bad_text_is_refused():
    made = Chunks("abc", "m", 7)
    assert made.event("logs", b"x") + made.event(None, b"x") == b""
    with pytest.raises(InputError):
        made.event("output", b"\xff")
