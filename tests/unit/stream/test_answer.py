"""What streamed answers say beside their texts, event by event."""

import json

import pytest

from guard.errors import ConfigError, DetectionError, InputError, ObligationError
from guard.stream import Answer, Screening
from tests.unit.stream.wires import Messages, event, events

TOKEN, VALUE = "EMAIL_7K2M9Q4T1ZXW", 'z"oe@example.org'
VALUES = {TOKEN: VALUE}
DONE = b"data: [DONE]\n\n"
QUIET = Screening(lambda context, pending: [])


def told(dialect, stream, values=VALUES, screening=None, **options):
    answer = Answer.of(dialect, values, screening, **options)
    return answer.feed(stream) + answer.close(), answer


def documents(stream):
    return [json.loads(data) for _, data in events(stream) if data[:1] == "{"]


def chunk(delta, reason=None, index=0, **more):
    choice = {"index": index, "delta": delta, "finish_reason": reason, **more}
    return event({"id": "c1", "choices": [choice]})


def test_what_holds_no_text_goes_out_as_it_came():
    for raw in (
        b": ping\n\n",
        b'data: {"choices": [], "usage": {"total_tokens": 3}}\n\n',
        b'data:  {"choices":[{"index":0,"delta":{"content":"no  token"}}]}\r\n\r\n',
        b"event: x\n\n",
        DONE,
    ):
        assert told("openai.chat", raw)[0] == raw


def test_held_text_goes_out_in_its_own_event_before_the_end():
    stream = chunk({"role": "assistant", "content": "Hi "}) + chunk({"content": "EMAIL_7K"})
    out, answer = told("openai.chat", stream + chunk({}, "length") + DONE)
    choices = [d["choices"][0] for d in documents(out)]
    assert [c["delta"].get("content") for c in choices] == ["Hi ", "", "EMAIL_7K", None]
    assert [c["finish_reason"] for c in choices] == [None, None, None, "length"]
    assert not answer.truncated


def test_held_text_joins_an_end_that_carries_text():
    out, _ = told("openai.chat", chunk({"content": "a EMAIL_"}, "stop"))
    assert [d["choices"][0]["delta"]["content"] for d in documents(out)] == ["a EMAIL_"]


def test_done_ends_what_no_reason_ended():
    out, answer = told("openai.chat", chunk({"content": "EMAIL_"}) + DONE)
    assert out.endswith(DONE)
    assert [d["choices"][0]["delta"]["content"] for d in documents(out)] == ["", "EMAIL_"]
    assert not answer.truncated


def test_a_cut_stream_says_so_and_keeps_what_it_held():
    out, answer = told("openai.chat", chunk({"content": f"to {TOKEN[:-1]}"}))
    assert documents(out)[0]["choices"][0]["delta"]["content"] == "to "
    assert answer.truncated
    out, answer = told("openai.chat", chunk({}, "stop") + b'data: {"choices": [{"ind')
    assert out == chunk({}, "stop")
    assert not answer.truncated


@pytest.mark.parametrize("rest", [b"data: [DONE]", b"data: [DONE]\n", b"data: [DONE]\r"])
def test_the_last_event_needs_no_blank_line(rest):
    out, answer = told("openai.chat", chunk({"content": "x"}) + rest)
    assert out.endswith(rest)
    assert not answer.truncated


def test_token_probabilities_are_taken_out():
    logprobs = {"content": [{"token": "EMAIL", "bytes": [69], "logprob": -0.1}]}
    out, _ = told("openai.chat", chunk({"content": "x"}, logprobs=logprobs, token_ids=[1]))
    (choice,) = documents(out)[0]["choices"]
    assert choice["logprobs"] is None
    assert choice["token_ids"] is None


def test_annotations_go_once_the_text_is_not_the_models():
    note = {"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 3}}
    for text, kept in (("plain", [note]), (f"to {TOKEN}", [])):
        stream = chunk({"content": text}) + chunk({"annotations": [note]})
        assert documents(told("openai.chat", stream)[0])[1]["choices"][0]["delta"] == {
            "annotations": kept
        }


def test_unknown_members_are_read():
    more = {"reasoning_details": [{"type": "reasoning.text", "text": TOKEN[:9], "index": 0}]}
    rest = {"reasoning_details": [{"type": "reasoning.text", "text": TOKEN[9:], "index": 0}]}
    out, _ = told("openai.chat", chunk(more) + chunk(rest) + event({"error": {"message": TOKEN}}))
    first, second, error = documents(out)
    said = [d["choices"][0]["delta"]["reasoning_details"][0]["text"] for d in (first, second)]
    assert said == ["", VALUE]
    assert error["error"]["message"] == VALUE


def test_a_call_that_is_flushed_does_not_begin_again():
    function = {"name": "send", "arguments": '{"to": "EMAIL_'}
    call = {"index": 0, "id": "call_1", "type": "function", "function": function}
    out, _ = told("openai.chat", chunk({"tool_calls": [call]}) + chunk({}, "length"))
    flushed = documents(out)[1]["choices"][0]["delta"]["tool_calls"]
    assert flushed == [{"index": 0, "function": {"arguments": "EMAIL_"}}]


def test_structured_answers_stay_json():
    text = json.dumps({"to": TOKEN})
    out, _ = told("openai.chat", chunk({"content": text}), structured=True)
    assert json.loads(documents(out)[0]["choices"][0]["delta"]["content"]) == {"to": VALUE}
    out, _ = told("openai.chat", chunk({"content": text}))
    assert documents(out)[0]["choices"][0]["delta"]["content"] == text.replace(TOKEN, VALUE)


def test_wide_numbers_survive():
    wide = 12345678901234567890123456789
    out, _ = told("openai.chat", event({"choices": [{"delta": {"content": TOKEN}}], "n": wide}))
    assert documents(out) == [{"choices": [{"delta": {"content": VALUE}}], "n": wide}]


def test_lone_surrogates_survive():
    stream = event({"choices": [{"delta": {"content": f"\ud83d {TOKEN}"}}]}, ascii_only=True)
    (document,) = documents(told("openai.chat", stream)[0])
    assert document == {"choices": [{"delta": {"content": f"\ud83d {VALUE}"}}]}


def test_lanes_of_one_event_are_flushed_apart():
    stream = chunk({"content": "EMAIL_", "refusal": "EMAIL_7K"}) + chunk({}, "stop")
    deltas = [d["choices"][0]["delta"] for d in documents(told("openai.chat", stream)[0])]
    assert deltas[1:3] == [
        {"content": "EMAIL_", "refusal": ""},
        {"content": "", "refusal": "EMAIL_7K"},
    ]


def numbered(*documents_):
    return b"".join(
        event({"sequence_number": n, **one}, one["type"]) for n, one in enumerate(documents_)
    )


@pytest.mark.parametrize("late", [False, True])
def test_responses_count_on_and_leave_out_offsets(late):
    place = {"output_index": 0, "content_index": 0}
    delta = {"type": "response.output_text.delta", **place, "delta": f"to {TOKEN} EMAIL_"}
    note = {"type": "response.output_text.annotation.added", **place, "annotation": {"start": 1}}
    done = {"type": "response.output_text.done", **place, "text": f"to {TOKEN} EMAIL_"}
    last = {"type": "response.completed", "response": {}}
    middle = (done, note) if late else (note, done)
    out, answer = told("openai.responses", numbered(delta, *middle, last))
    assert [name.removeprefix("response.") for name, _ in events(out)] == [
        "output_text.delta", "output_text.delta", "output_text.done", "completed",
    ]  # fmt: skip
    said = documents(out)
    assert [one["sequence_number"] for one in said] == [0, 1, 2, 3]
    assert said[2]["text"] == f"to {VALUE} EMAIL_" == said[0]["delta"] + said[1]["delta"]
    assert not answer.truncated


def test_a_response_that_echoes_the_request_is_restored_and_not_screened():
    everything = Screening(lambda context, pending: [(0, len(pending), "ALL")])
    response = {"id": "resp_1", "instructions": f"for {TOKEN}", "output": []}
    document = {"type": "response.created", "sequence_number": 0, "response": response}
    out, _ = told("openai.responses", event(document), screening=everything)
    assert documents(out)[0]["response"]["instructions"] == f"for {VALUE}"


def test_thinking_keeps_its_tokens_and_its_signature():
    said = Messages().say([("thinking:1", TOKEN), ("text:0", TOKEN)])
    lanes = Messages().hear(told("anthropic.messages", said)[0]).lanes
    assert lanes == {"thinking:1": TOKEN, "text:0": VALUE}


def test_a_blocks_text_may_begin_with_the_block():
    block = {"type": "text", "text": TOKEN[:8]}
    start = {"type": "content_block_start", "index": 0, "content_block": block}
    stop = {"type": "content_block_stop", "index": 0}
    rest = {"type": "text_delta", "text": TOKEN[8:]}
    delta = {"type": "content_block_delta", "index": 0, "delta": rest}
    out, _ = told("anthropic.messages", event(start) + event(delta) + event(stop))
    assert documents(out)[1]["delta"]["text"] == VALUE
    out, _ = told("anthropic.messages", event(start) + event(stop))
    assert documents(out)[1]["delta"] == {"type": "text_delta", "text": TOKEN[:8]}


def test_gemini_function_calls_are_restored_in_place():
    part = {"functionCall": {"name": "send", "args": {"to": [TOKEN], TOKEN: 1}}}
    citations = {"citationSources": [{"startIndex": 0, "endIndex": 9}]}
    candidate = {"content": {"parts": [{"text": TOKEN}, part]}, "citationMetadata": citations}
    out, _ = told("gemini.generate", event({"candidates": [candidate]}))
    (said,) = documents(out)[0]["candidates"]
    assert said["content"]["parts"][1]["functionCall"]["args"] == {"to": [VALUE], VALUE: 1}
    assert "citationMetadata" not in said


def test_predictions_write_a_value_of_several_lines():
    stream = f"event: output\nid: 1:0\ndata: to {TOKEN}\n\n".encode()
    out, _ = told("replicate.predictions", stream, {TOKEN: "a\r\n b"})
    assert out == b"event: output\nid: 1:0\ndata: to a\ndata:  b\n\n"


@pytest.mark.parametrize("data", ["{not json", "[1]", '{"choices": 1}', '{"choices": ["x"]}'])
def test_what_cannot_be_read_passes_the_restorer_but_not_the_screen(data):
    stream = f"data: {data}\n\n".encode()
    assert told("openai.chat", stream)[0] == stream
    with pytest.raises(InputError):
        told("openai.chat", stream, {}, QUIET)


def nested(name, depth):
    value = '{"a":' * depth + "1" + "}" * depth
    part = f'{{"functionCall": {{"name": "f", "{name}": {value}}}}}'
    return f'data: {{"candidates": [{{"content": {{"parts": [{part}]}}}}]}}\n\n'.encode()


def test_depth_is_walked_or_refused():
    arguments = nested("args", 150)
    assert told("gemini.generate", arguments, {}, QUIET)[0] == arguments
    with pytest.raises(InputError):
        told("gemini.generate", nested("other", 150), {}, QUIET)
    for depth in range(900, 1030, 10):  # where the interpreter's own limit lies depends on it
        try:
            out = told("gemini.generate", nested("args", depth), {}, QUIET)[0]
        except InputError:
            continue
        assert out == nested("args", depth)


def test_failures_end_the_answer():
    with pytest.raises(ConfigError):
        Answer.of("openai.embeddings", VALUES)
    with pytest.raises(ObligationError):
        Answer.of("openai.chat", {"": "x"})
    with pytest.raises(InputError):
        told("openai.chat", b"data: " + b"x" * 100, limit=99)
    outside = Screening(lambda context, pending: [(0, len(pending) + 1, "X")])
    with pytest.raises(DetectionError):
        told("openai.chat", chunk({"content": "a"}, "stop"), {}, outside)


def test_nothing_shows_what_it_holds():
    answer = Answer.of("openai.chat", VALUES, Screening(lambda c, p: [], [VALUE]))
    answer.feed(chunk({"content": f"secret {TOKEN[:5]}"}))
    for shown in (repr(answer), repr(answer._lanes), str(vars(answer))):
        assert "secret" not in shown
        assert VALUE not in shown


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        (b": 411111", False),
        (b":ping 411111", False),
        (b"id: 411111", False),
        (b"event: of.411111", False),
        (b"event: 411111", False),
        (b'd"\xff{ata: {"of": "411111"}', False),
        (b"datum: x", False),
        (b"411111", False),
        (b": ping", True),
        (b":", True),
        (b"id: e-4110", True),
        (b"id: 1", True),
        (b"event: x.y_z", True),
        (b"event: Say", True),
        (b"retry: 250", True),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_lines_beside_the_data_tell_nothing_new(line, stays, end, bom):
    def detect(before, pending):
        at = (before + pending).find("411111")
        return [] if at < 0 else [(at - len(before), at - len(before) + 6, "CARD")]

    data = b"data: " + json.dumps({"choices": []}).encode()
    for raw in (line + end + data + end + end, data + end + line + end + end, line + end + end):
        out, _ = told("openai.chat", bom + raw, screening=Screening(detect, plain=True))
        assert (line in out) is stays
        assert (data in out) is (data in raw)
        assert b"411111" not in out
        assert told("openai.chat", bom + raw)[0] == bom + raw
        if stays:
            assert out == bom + raw or (bom and out == raw)
