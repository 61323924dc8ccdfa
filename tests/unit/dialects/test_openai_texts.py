"""Legacy completions, embeddings, moderations, and the lines of files."""

import pytest

from guard.dialects import named
from guard.errors import InputError
from tests.unit.dialects.places import BASE64, PNG, hidden, texts


@pytest.mark.parametrize(
    ("name", "field"), [("openai.completions", "prompt"), ("openai.embeddings", "input")]
)
@pytest.mark.parametrize(
    ("value", "expected", "opaque"),
    [
        ("Anna", {"": "Anna"}, set()),
        (["Anna", "", "Bob"], {"/0": "Anna", "/2": "Bob"}, set()),
        ([], {}, set()),
        ([1, 2, 3], {}, {("", "token_ids")}),
        ([[1, 2], [3]], {}, {("", "token_ids")}),
        ([[1], "Anna"], {"/1": "Anna"}, {("", "token_ids")}),
        (["Anna", 5], {"/0": "Anna"}, {("", "token_ids")}),
        ([{"text": "Anna"}], {"/0/text": "Anna"}, {("", "token_ids")}),
        ([1, [4111111111111111]], {"/1/0": "4111111111111111"}, {("", "token_ids")}),
        ({"text": "Anna"}, {"/text": "Anna"}, {("", "unknown_type")}),
    ],
)
def test_texts_or_token_ids(name, field, value, expected, opaque):
    walked = named(name).request({"model": "m", field: value})
    assert texts(walked) == {f"/{field}{place}": text for place, text in expected.items()}
    assert hidden(walked) == {(f"/{field}{place}", kind) for place, kind in opaque}


@pytest.mark.parametrize("name", ["openai.completions", "openai.embeddings", "openai.moderations"])
def test_what_lacks_its_text_is_refused(name):
    with pytest.raises(InputError):
        named(name).request({"model": "m"})


def test_completions():
    walked = named("openai.completions").request(
        {"model": "m", "prompt": "x", "suffix": "Anna", "stop": ["Bob"], "user": "eve",
         "echo": True, "best_of": 2, "logprobs": 3, "stream": True, "logit_bias": {"5": 1}}
    )  # fmt: skip
    assert texts(walked) == {"/prompt": "x", "/suffix": "Anna", "/stop/0": "Bob", "/user": "eve"}
    assert walked.streamed
    assert not walked.opaque
    logprobs = {"tokens": ["An", "na"], "token_logprobs": [-1], "text_offset": [0, 2],
                "top_logprobs": [{"An": -1}]}  # fmt: skip
    answer = named("openai.completions").answer(
        {"object": "text_completion", "choices": [{"text": "Anna", "index": 0,
                                                   "logprobs": logprobs}]}
    )  # fmt: skip
    assert texts(answer) == {"/choices/0/text": "Anna"}
    assert answer.rebuilt({"/choices/0/text": "Bob"})["choices"][0] == {
        "text": "Bob", "index": 0, "logprobs": None
    }  # fmt: skip


@pytest.mark.parametrize("vector", [[0.5, -1.25], BASE64])
def test_vectors_pass(vector):
    walked = named("openai.embeddings").answer(
        {"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0,
                                                   "embedding": vector}],
         "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    )  # fmt: skip
    assert (walked.segments, walked.opaque) == ((), ())


def test_moderations():
    dialect = named("openai.moderations")
    walked = dialect.request({"input": [
        {"type": "text", "text": "Anna"}, {"type": "image_url", "image_url": {"url": PNG}}, "Bob",
    ]})  # fmt: skip
    assert texts(walked) == {"/input/0/text": "Anna", "/input/2": "Bob"}
    assert hidden(walked) == {("/input/1/image_url/url", "image")}
    answer = {"id": "modr-1", "model": "omni", "results": [
        {"flagged": True, "categories": {"hate/threatening": True, "self-harm": False},
         "category_scores": {"violence": 0.5}, "category_applied_input_types": {"hate": ["text"]}},
    ]}  # fmt: skip
    assert not dialect.answer(answer).opaque


LINES = [
    {"custom_id": "Anna S.", "method": "POST", "url": "/v1/chat/completions",
     "body": {"model": "m", "messages": [{"role": "user", "content": "Anna"}]}},
    {"custom_id": "r2", "method": "POST", "url": "/v1/embeddings",
     "body": {"model": "m", "input": ["Bob"]}},
    {"custom_id": "r3", "method": "POST", "url": "/v1/responses",
     "body": {"model": "m", "input": "Eve", "previous_response_id": "resp_a"}},
    {"custom_id": "r4", "method": "POST", "url": "/v1/images", "body": {"prompt": "Kim"}},
]  # fmt: skip


def test_the_lines_of_a_batch():
    walked = named("openai.batch_file").request(LINES)
    assert texts(walked) == {
        "/0/custom_id": "Anna S.", "/0/body/messages/0/content": "Anna", "/1/body/input/0": "Bob",
        "/2/body/input": "Eve", "/3/custom_id": "r4", "/3/method": "POST", "/3/url": "/v1/images",
        "/3/body/prompt": "Kim",
    }  # fmt: skip
    assert hidden(walked) == {("/3", "unknown_type")}
    assert walked.state == ("previous_response_id",)
    assert walked.model == "m"
    one = named("openai.batch_file").request(LINES[0])
    assert texts(one) == {"/custom_id": "Anna S.", "/body/messages/0/content": "Anna"}


def test_two_models_may_be_two_destinations():
    lines = [LINES[0], {**LINES[1], "body": {"model": "other", "input": "Bob"}}]
    walked = named("openai.batch_file").request(lines)
    assert hidden(walked) == {("/1/body/model", "unknown_type")}


def test_results_of_a_batch():
    body = {"object": "chat.completion", "choices": [{"message": {"content": "Anna"}}]}
    line = {"id": "b", "custom_id": "r1", "response": {"status_code": 200, "body": body}}
    walked = named("openai.batch_file").answer([line, {"error": {"message": "no Bob"}}])
    assert texts(walked) == {
        "/0/response/body/choices/0/message/content": "Anna", "/1/error/message": "no Bob",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"messages": [{"role": "assistant", "content": "Anna", "weight": 1}]},
         {"/messages/0/content": "Anna"}),
        ({"prompt": "Anna", "completion": "Bob"}, {"/prompt": "Anna", "/completion": "Bob"}),
        ({"input": {"messages": [{"role": "user", "content": "Anna"}]},
          "preferred_output": [{"role": "assistant", "content": "Bob"}]},
         {"/input/messages/0/content": "Anna", "/preferred_output/0/content": "Bob"}),
        ({"messages": [], "reference_answer": "Anna"}, {"/reference_answer": "Anna"}),
    ],
)  # fmt: skip
def test_lines_of_training(line, expected):
    walked = named("openai.training_file").request([line])
    assert texts(walked) == {f"/0{place}": text for place, text in expected.items()}
    assert not walked.opaque
