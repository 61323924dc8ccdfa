"""Replicate's predictions: a model's own input is text throughout."""

from guard.dialects import named
from tests.unit.dialects.places import PNG, hidden, texts

PREDICTIONS = named("replicate.predictions")


def test_a_prediction():
    walked = PREDICTIONS.request({
        "version": "meta/llama-3", "stream": True, "webhook": "https://hook.example/Anna",
        "input": {"prompt": "Anna", "image": PNG, "mask": "https://a/b.png", "seed": 12345678,
                  "extra": [{"Anna Schmidt": "x"}], "temperature": 0.5},
    })  # fmt: skip
    assert texts(walked) == {
        "/webhook": "https://hook.example/Anna", "/input/prompt": "Anna",
        "/input/mask": "https://a/b.png", "/input/seed": "12345678",
        "/input/extra/0/~k0": "Anna Schmidt", "/input/extra/0/~v0": "x",
    }  # fmt: skip
    assert hidden(walked) == {
        ("/webhook", "remote_url"), ("/input/image", "image"), ("/input/mask", "remote_url"),
    }  # fmt: skip
    assert (walked.model, walked.streamed) == ("meta/llama-3", True)


def test_words_around_a_text_are_its_context():
    walked = PREDICTIONS.request({"input": {"customerEmail": {"home": "a@b.de"}}})
    assert walked.segments[0].context == ("customer", "email", "home")


def test_an_answer():
    walked = PREDICTIONS.answer({
        "id": "abc", "model": "meta/llama-3", "version": "v1", "status": "succeeded",
        "input": {"prompt": "Anna"}, "output": ["An", "na"], "logs": "on Anna",
        "urls": {"get": "https://api.replicate.com/x"}, "metrics": {"predict_time": 0.5},
    })  # fmt: skip
    assert texts(walked)["/output/0"] == "An"
    assert not walked.opaque
