"""OpenAI chat completions: what is text, what is hidden, what is known and passes."""

import json

import pytest

from guard.dialects import named
from guard.errors import InputError, ObligationError
from tests.unit.dialects.places import BASE64, PNG, hidden, texts

CHAT = named("openai.chat")


def asked(**members):
    return CHAT.request({"model": "gpt-4o", "messages": [], **members})


def said(*messages):
    return CHAT.request({"messages": list(messages)})


@pytest.mark.parametrize(
    ("message", "expected", "opaque"),
    [
        ({"role": "user", "content": "Anna"}, {"/content": "Anna"}, set()),
        ({"role": "user", "content": None}, {}, set()),
        ({"role": "user", "content": ""}, {}, set()),
        ({"role": "user", "content": " \n"}, {}, set()),
        ({"role": "user", "name": "anna", "content": "x"}, {"/name": "anna",
          "/content": "x"}, set()),
        ({"role": "developer", "content": [{"type": "text", "text": "Anna"}]},
         {"/content/0/text": "Anna"}, set()),
        ({"role": "user", "content": [{"type": "image_url", "image_url": {"url": PNG}}]},
         {}, {("/content/0/image_url/url", "image")}),
        ({"role": "user", "content": [{"type": "image_url", "image_url":
          {"url": "https://x/a?u=Anna"}}]},
         {"/content/0/image_url/url": "https://x/a?u=Anna"},
         {("/content/0/image_url/url", "remote_url")}),
        ({"role": "user", "content": [{"type": "image_url", "image_url":
          {"url": "data:image/png;base64,Anna Schmidt"}}]},
         {"/content/0/image_url/url": "data:image/png;base64,Anna Schmidt"},
         {("/content/0/image_url/url", "remote_url")}),
        ({"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": BASE64,
          "format": "wav"}}]},
         {}, {("/content/0/input_audio/data", "audio")}),
        ({"role": "user", "content": [{"type": "file", "file": {"file_data": PNG,
          "filename": "Anna.png"}}]},
         {"/content/0/file/filename": "Anna.png"}, {("/content/0/file/file_data", "image")}),
        ({"role": "user", "content": [{"type": "file", "file": {"file_data": "Anna Schmidt"}}]},
         {"/content/0/file/file_data": "Anna Schmidt"}, {("/content/0/file/file_data", "file")}),
        ({"role": "user", "content": [{"type": "hologram", "data": "Anna"}]},
         {"/content/0/type": "hologram", "/content/0/data": "Anna"}, {("/content/0",
           "unknown_type")}),
        ({"role": "wizard", "content": "Anna"},
         {"/role": "wizard", "/content": "Anna"}, {("", "unknown_type")}),
        ({"role": "user", "content": {"text": "Anna"}},
         {"/content/text": "Anna"}, {("/content", "unknown_type")}),
        ({"role": "user", "content": "x", "aura": {"of": "Anna"}},
         {"/content": "x", "/aura/of": "Anna"}, {("/aura", "unknown_field")}),
        ({"role": "user", "content": "x", "Anna Schmidt": None},
         {"/content": "x", "/~k2": "Anna Schmidt"}, {("/~v2", "unknown_field")}),
        ({"role": "assistant", "content": None, "refusal": "No, Anna",
          "reasoning_content": "Anna asks", "reasoning": "so"},
         {"/refusal": "No, Anna", "/reasoning_content": "Anna asks", "/reasoning": "so"}, set()),
        ({"role": "assistant", "content": "x", "reasoning_details": [
            {"type": "reasoning.text", "text": "Anna", "signature": BASE64},
            {"type": "reasoning.encrypted", "data": BASE64}]},
         {"/content": "x", "/reasoning_details/0/text": "Anna"},
         {("/reasoning_details/0/signature", "encrypted"),
          ("/reasoning_details/1/data", "encrypted")}),
        ({"role": "assistant", "content": "x", "logprobs": {"content": [{"token": "Anna"}]}},
         {"/content": "x", "/logprobs/content/0/token": "Anna"}, {("/logprobs", "unknown_field")}),
        ({"role": "assistant", "content": None, "function_call": {"name": "f",
          "arguments": '{"to":"Anna"}'}},
         {"/function_call/arguments~j/to": "Anna"}, set()),
        ({"role": "tool", "tool_call_id": "call_1", "content": "Anna"},
          {"/content": "Anna"}, set()),
        ({"role": "tool", "tool_call_id": "call_1", "content": '[{"n":"J\\u00fcrgen"}]'},
         {"/content~j/0/n": "Jürgen"}, set()),
        ({"role": "tool", "tool_call_id": "call Anna", "content": "[Anna] {"},
         {"/tool_call_id": "call Anna", "/content": "[Anna] {"}, set()),
        ({"role": "function", "name": "f", "content": "Anna"}, {"/content": "Anna"}, set()),
    ],
)  # fmt: skip
def test_messages(message, expected, opaque):
    walked = said(message)
    assert texts(walked) == {f"/messages/0{place}": text for place, text in expected.items()}
    assert hidden(walked) == {(f"/messages/0{place}", kind) for place, kind in opaque}
    assert walked.state == ()
    assert walked.fixed == {place for place in texts(walked) if "reasoning_details" in place}


@pytest.mark.parametrize(
    ("arguments", "expected", "opaque"),
    [
        ("", {}, []),
        ("{}", {}, []),
        ('{"to":"Anna","n":5}', {"~j/to": "Anna"}, []),
        ('{"to":"Anna \\u0040 x"}', {"~j/to": "Anna @ x"}, []),
        ('{"Anna Schmidt":"x"}', {"~j/~k0": "Anna Schmidt", "~j/~v0": "x"}, []),
        ('{"card":4111111111111111,"n":123456}', {"~j/card": "4111111111111111"}, []),
        ('"Anna"', {"~j": "Anna"}, []),
        ('{"to":"Anna","to":"Bob"}', {"": '{"to":"Anna","to":"Bob"}'}, []),
        ('{"to":"Anna', {"": '{"to":"Anna'}, []),
        ('{"to":NaN}', {"": '{"to":NaN}'}, []),
        ('{"to":"\\u0041nna', {"": '{"to":"\\u0041nna'}, ["unknown_type"]),
        ("C:\\users", {"": "C:\\users"}, []),
        ("\ud800", {"": "\ud800"}, []),
        ({"to": "Anna"}, {"/to": "Anna"}, []),
    ],
)
def test_arguments_are_json_in_a_string(arguments, expected, opaque):
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": arguments}}
    walked = said({"role": "assistant", "content": None, "tool_calls": [call]})
    at = "/messages/0/tool_calls/0/function/arguments"
    assert texts(walked) == {at + place: text for place, text in expected.items()}
    assert [o.kind for o in walked.opaque] == opaque


def test_arguments_are_encoded_again_once():
    arguments = '{ "to": "Anna", "n": 1.0, "l": [null, true], "é": "x" }'
    call = {"function": {"name": "f", "arguments": arguments}}
    walked = said({"role": "assistant", "tool_calls": [call]})
    at = "/messages/0/tool_calls/0/function/arguments~j"
    same = walked.rebuilt({f"{at}/to": "Anna"})
    assert same["messages"][0]["tool_calls"][0]["function"]["arguments"] is arguments
    done = walked.rebuilt({f"{at}/to": 'A "quoted" \n one', f"{at}/~k3": "[K]"})
    inner = done["messages"][0]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(inner) == {
        "to": 'A "quoted" \n one', "n": 1.0, "l": [None, True], "[K]": "x"
    }  # fmt: skip
    assert call["function"]["arguments"] is arguments


PARAMETERS = {
    "type": "object",
    "title": "Anna",
    "properties": {
        "kind": {"type": ["string", "null"], "enum": ["Anna", "Bob"], "description": "of Anna"},
        "Anna Schmidt": {"const": "x", "default": "Bob", "examples": ["Eve"]},
    },
    "required": ["kind", "Anna Schmidt"],
    "additionalProperties": False,
    "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"pattern": "^Anna$"}]}},
    "x-owner": {"of": "Anna"},
}
SCHEMA_TEXTS = {
    "/title": "Anna",
    "/properties/kind/enum/0": "Anna",
    "/properties/kind/enum/1": "Bob",
    "/properties/kind/description": "of Anna",
    "/properties/~k1": "Anna Schmidt",
    "/properties/~v1/const": "x",
    "/properties/~v1/default": "Bob",
    "/properties/~v1/examples/0": "Eve",
    "/required/1": "Anna Schmidt",
    "/$defs/a/anyOf/0/$ref": "#/$defs/a",
    "/$defs/a/anyOf/1/pattern": "^Anna$",
    "/x-owner/of": "Anna",
}


@pytest.mark.parametrize(
    ("members", "at"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f", "parameters": PARAMETERS}}]},
         "/tools/0/function/parameters"),
        ({"functions": [{"name": "f", "parameters": PARAMETERS}]}, "/functions/0/parameters"),
        ({"response_format": {"type": "json_schema",
                              "json_schema": {"name": "a", "schema": PARAMETERS}}},
         "/response_format/json_schema/schema"),
    ],
)  # fmt: skip
def test_schemas(members, at):
    walked = asked(**members)
    assert texts(walked) == {at + place: text for place, text in SCHEMA_TEXTS.items()}
    assert not walked.opaque


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"user": "anna"}, {"/user": "anna"}),
        ({"safety_identifier": "anna"}, {"/safety_identifier": "anna"}),
        ({"prompt_cache_key": "anna"}, {"/prompt_cache_key": "anna"}),
        ({"metadata": {"who": "Anna", "a@b.de": "1"}},
         {"/metadata/who": "Anna", "/metadata/~k1": "a@b.de", "/metadata/~v1": "1"}),
        ({"metadata": {"a": "https://x/Anna", "b": 41111111.0, "c": 0.5, "d": 1e300}},
         {"/metadata/a": "https://x/Anna", "/metadata/b": "41111111"}),
        ({"stop": "Anna"}, {"/stop": "Anna"}),
        ({"stop": ["Anna", "Bob"]}, {"/stop/0": "Anna", "/stop/1": "Bob"}),
        ({"prediction": {"type": "content", "content": "Anna"}}, {"/prediction/content": "Anna"}),
        ({"prediction": {"type": "content", "content": [{"type": "text", "text": "Anna"}]}},
         {"/prediction/content/0/text": "Anna"}),
        ({"tools": [{"type": "custom", "custom": {
            "name": "f", "description": "Anna",
            "format": {"type": "grammar", "grammar": {"syntax": "lark",
              "definition": "a: Anna"}}}}]},
         {"/tools/0/custom/description": "Anna",
          "/tools/0/custom/format/grammar/definition": "a: Anna"}),
        ({"tools": [{"type": "function", "function": {"name": "for Anna"}}]},
         {"/tools/0/function/name": "for Anna"}),
        ({"tool_choice": {"type": "function", "function": {"name": "for Anna"}}},
         {"/tool_choice/function/name": "for Anna"}),
        ({"web_search_options": {"user_location": {"type": "approximate",
                                                   "approximate": {"city": "Calw"}}}},
         {"/web_search_options/user_location/approximate/city": "Calw"}),
        ({"guided_choice": ["Anna"], "chat_template": "{{ Anna }}"},
         {"/guided_choice/0": "Anna", "/chat_template": "{{ Anna }}"}),
        ({"search_domain_filter": ["anna.example"]}, {"/search_domain_filter/0": "anna.example"}),
        ({"reasoning_effort": "as Anna likes"}, {"/reasoning_effort": "as Anna likes"}),
        ({"temperature": "Anna S."}, {"/temperature": "Anna S."}),
        ({"user": 4111111111111111}, {"/user": "4111111111111111"}),
    ],
)  # fmt: skip
def test_texts_of_a_request(members, expected):
    walked = asked(**members)
    assert texts(walked) == expected
    assert not walked.opaque


KNOWN = {
    "temperature": 0.2, "top_p": 1, "n": 1, "seed": 12345678901, "max_tokens": None,
    "max_completion_tokens": 10_000_000, "logit_bias": {"50256": -100}, "logprobs": True,
    "top_logprobs": 5, "parallel_tool_calls": False, "store": True, "stream": True,
    "stream_options": {"include_usage": True}, "modalities": ["text", "audio"],
    "audio": {"voice": "alloy", "format": "wav"}, "tool_choice": "auto", "function_call": "none",
    "reasoning_effort": "low", "verbosity": "high", "response_format": {"type": "json_object"},
    "top_k": 40, "min_p": 0.1, "repetition_penalty": 1.1, "safe_prompt": True, "random_seed": 7,
    "enable_thinking": True, "thinking": {"type": "enabled", "budget_tokens": 9},
    "stop_token_ids": [1, 2], "keep_alive": "5m", "include_reasoning": False,
    "reasoning_format": "parsed", "prompt_cache_retention": "24h",
}  # fmt: skip


def test_known_parameters_pass():
    walked = asked(**KNOWN)
    assert (walked.segments, walked.opaque, walked.state) == ((), (), ())
    assert (walked.model, walked.streamed) == ("gpt-4o", True)
    assert not asked(stream=False).streamed


def test_what_decides_the_destination():
    walked = asked(service_tier="flex", region="eu-west-1", inference_geo="eu")
    assert walked.fields == {"service_tier": "flex", "region": "eu-west-1", "inference_geo": "eu"}
    assert (walked.segments, walked.opaque) == ((), ())
    odd = CHAT.request({"model": "Anna's model", "messages": [], "region": "near Anna"})
    assert odd.fixed == {"/model", "/region"} == texts(odd).keys()
    with pytest.raises(ObligationError):
        odd.rebuilt({"/model": "[PERSON_1]'s model"})


@pytest.mark.parametrize("name", ["models", "provider", "data_sources", "plugins", "route"])
def test_what_could_lead_elsewhere_is_unknown(name):
    walked = asked(**{name: ["elsewhere"]})
    assert hidden(walked) == {(f"/{name}", "unknown_field")}
    assert texts(walked) == {f"/{name}/0": "elsewhere"}


def test_state_at_the_provider():
    walked = said(
        {"role": "user", "content": [{"type": "file", "file": {"file_id": "file-abc"}}]},
        {"role": "assistant", "audio": {"id": "audio_abc"}},
    )
    assert walked.state == ("file_id", "audio_id")
    assert not walked.segments


@pytest.mark.parametrize(
    "body", [None, [], "", "x", 5, {}, {"messages": None}, {"model": "x"}, [{}]]
)
def test_what_is_no_chat_is_refused(body):
    with pytest.raises(InputError) as caught:
        CHAT.request(body)
    assert "x" not in str(caught.value).split()


def test_what_is_not_json_is_refused():
    with pytest.raises(InputError, match="bytes"):
        said({"role": "user", "content": b"Anna"})
    deep = {}
    for _ in range(3000):
        deep = {"a": deep}
    with pytest.raises(InputError, match="deep"):
        asked(metadata=deep)


LOGPROBS = {"content": [{"token": "An", "bytes": [65, 110], "logprob": -1, "top_logprobs": []}]}
CITED = {"type": "url_citation",
         "url_citation": {"start_index": 0, "end_index": 4, "title": "On Anna",
           "url": "https://a"}}  # fmt: skip
ANSWER = {
    "id": "chatcmpl-abc", "object": "chat.completion", "created": 1763000000, "model": "gpt-4o",
    "choices": [{
        "index": 0, "finish_reason": "stop", "logprobs": LOGPROBS,
        "message": {"role": "assistant", "content": "Anna", "refusal": None, "annotations": [CITED],
                    "audio": {"id": "audio_1", "data": BASE64, "transcript": "Anna says",
                              "expires_at": 1763000000},
                    "tool_calls": [{"id": "c", "type": "function",
                                    "function": {"name": "f", "arguments": '{"to":"Anna"}'}}]},
    }],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2,
              "prompt_tokens_details": {"cached_tokens": 0}},
    "service_tier": "default", "system_fingerprint": "fp_abc",
}  # fmt: skip


def test_an_answer():
    walked = CHAT.answer(ANSWER)
    message = "/choices/0/message"
    assert texts(walked) == {
        f"{message}/content": "Anna",
        f"{message}/annotations/0/url_citation/title": "On Anna",
        f"{message}/annotations/0/url_citation/url": "https://a",
        f"{message}/audio/transcript": "Anna says",
        f"{message}/tool_calls/0/function/arguments~j/to": "Anna",
    }
    assert hidden(walked) == {(f"{message}/audio/data", "audio")}
    assert walked.fields == {"service_tier": "default"}


def test_copies_go_when_their_text_changes():
    walked = CHAT.answer(ANSWER)
    at = "/choices/0/message"
    assert {(c.pointer, c.of, c.empty) for c in walked.copies} == {
        ("/choices/0/logprobs", at, None),
        (f"{at}/annotations", f"{at}/content", ()),
    }
    choice = walked.rebuilt({f"{at}/content": "Bob"})["choices"][0]
    assert choice["logprobs"] is None
    assert choice["message"]["annotations"] == []
    assert choice["message"]["content"] == "Bob"
    choice = walked.rebuilt({f"{at}/annotations/0/url_citation/title": "On Bob"})["choices"][0]
    assert choice["message"]["annotations"][0]["url_citation"]["title"] == "On Bob"
    choice = walked.rebuilt({}, copies=False)["choices"][0]
    assert (choice["logprobs"], choice["message"]["annotations"]) == (None, [])
    assert ANSWER["choices"][0]["logprobs"] is LOGPROBS


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"error": {"message": "no Anna", "type": "t", "param": "messages", "code": None}},
         {"/error/message": "no Anna", "/error/param": "messages"}),
        ({"error": "no Anna"}, {"/error": "no Anna"}),
        ({"message": "no Anna", "code": 400}, {"/message": "no Anna"}),
        ({"detail": [{"loc": ["body"], "input": "Anna"}]},
         {"/detail/0/loc/0": "body", "/detail/0/input": "Anna"}),
        (None, {}),
        ("down, Anna", {"": "down, Anna"}),
    ],
)  # fmt: skip
def test_errors_are_answers(body, expected):
    assert texts(CHAT.answer(body)) == expected
