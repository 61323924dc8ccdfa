"""What stands beside a body, and what addresses without a dialect are for."""

import pytest

from guard.dialects import named
from guard.doors import envelope, retention
from guard.doors.inbound import guards
from guard.doors.routes import route
from guard.doors.wire import Sent
from guard.errors import InputError

ARN = "arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.anthropic.m"


def texts(url, *, words=False, headers=()):
    sent = Sent("POST", url, tuple(headers), b"")
    return [s.text for s in envelope.of(sent, words=words, headers=bool(headers))]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://h/v1/chat/completions", []),
        ("https://h/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", []),
        ("https://h/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke", []),
        (f"https://h/model/{ARN}/invoke", []),
        ("https://h/v1/x?note=a%40b.de", ["a@b.de"]),
        ("https://h/v1/x?note=two+words&a%40b.de=1", ["two words", "a@b.de"]),
        ("https://h/v1/users/a%40b.de/x", ["a@b.de"]),
        ("https://h/v1/users/491711234567/x", ["491711234567"]),
        ("https://h/v1/x?phone=491711234567", ["491711234567"]),
    ],
)  # fmt: skip
def test_texts_of_addresses(url, found):
    assert texts(url) == found


def test_in_front_of_an_application_words_are_texts():
    assert texts("/people/anna?q=x", words=True) == ["people", "anna", "x"]


@pytest.mark.parametrize("url", ["/a?q=%ff", "/%ff", "/a?" + "&".join("a=1" for _ in range(1001))])
def test_addresses_that_cannot_be_read(url):
    with pytest.raises(InputError):
        texts(url)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (("Authorization", "Bearer a.b c"), False),
        (("User-Agent", "Some Thing/1.0 (x@y.de)"), False),
        (("anthropic-beta", "one-2025-01-01, two-2025-01-02"), False),
        (("X-Guard-Subjects", "a@b.de"), False),
        (("X-Team", "shop"), False),
        (("X-Note", "a@b.de"), True),
        (("X-Note", "call 491711234567"), True),
    ],
)
def test_texts_of_headers(header, found):
    assert bool(texts("https://h/v1", headers=[header])) is found


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("GET", "/v1/models", "listing"),
        ("GET", "/openai/v1/models/gpt-4o", "listing"),
        ("GET", "/v1/models/meta-llama/Llama-3.3-70B", "listing"),
        ("GET", "/v1/models/a@b.de", ""),
        ("GET", "/v1/models/491711234567", ""),
        ("POST", "/v1/models", ""),
        ("DELETE", "/v1/models/m", ""),
        ("POST", "/v1/files", "upload"),
        ("GET", "/v1/files", "state"),
        ("GET", "/v1/files/file-1/content", "state"),
        ("GET", "/v1/responses/resp_1", "state"),
        ("POST", "/v1/responses/resp_1/cancel", "state"),
        ("POST", "/v1/batches", "state"),
        ("GET", "/v1/messages/batches/b/results", "state"),
        ("PUT", "/v1/files/file-1", ""),
        ("GET", "/v1/files/../models", ""),
        ("GET", "/v1/files/a%2Fb", ""),
        ("GET", "/v1/chat/completions", ""),
    ],
)
def test_routes(method, path, what):
    assert route(method, path) == what


@pytest.mark.parametrize(
    ("paths", "path", "guarded"),
    [
        (None, "/x", True),
        (("/v1",), None, True),
        (("/v1",), "/v1", True),
        (("/v1/",), "/v1/chat", True),
        (("/v1",), "/v10", False),
        (("/v1",), "//v1/chat", True),
        (("/v1",), "/V1/chat", True),
        (("/v1",), "/x/../v1/chat", True),
        (("/v1",), "/./v1", True),
        (("/",), "/x", True),
        ((), "/x", False),
    ],
)
def test_which_paths_are_guarded(paths, path, guarded):
    assert guards(paths, path) is guarded


@pytest.mark.parametrize(
    ("dialect", "path", "body", "store"),
    [
        ("openai.responses", "/v1/responses", {"input": "a"}, False),
        ("openai.responses", "/openai/v1/responses/", {"input": "a", "store": None}, False),
        ("openai.responses", "/v1/responses", {"input": "a", "store": True}, True),
        ("openai.responses", "/v1/responses", {"input": "a", "background": True}, "unset"),
        ("openai.responses", "/v1/responses/input_tokens", {"input": "a"}, "unset"),
        ("openai.chat", "/v1/chat/completions", {"messages": []}, "unset"),
    ],
)
def test_storing(dialect, path, body, store):
    before = dict(body)
    after = retention.unstored(named(dialect), path, body)
    assert after.get("store", "unset") == store
    assert body == before
    assert retention.asks_to_be_stored(body) is bool(body.get("store") or body.get("background"))
