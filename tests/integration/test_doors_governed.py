"""Functions that send text, governed; and the public face of the doors."""

from __future__ import annotations

import asyncio
import functools
import subprocess
import sys
from pathlib import Path

import httpx2
import openai
import pytest

import guard
from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.errors import ConfigError, Denied, InputError, Refused, Undecided

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
NEW = "john.doe@example.org"
WHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/governed"]) == 0
    text = (directory / "guard.toml").read_text()
    (directory / "guard.toml").write_text(
        text
        + f"""
[[destination]]
id = "abroad"
title = "abroad"
kind = "model"
provider = "acme"
url = "{WHERE}"
role = "processor"
storage = ["US"]
processing = ["US"]
operator = "US"
parent = "US"
access = ["US"]
weights = "US"
retention_days = 0
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
training_use = "no"
source = "made for a test"
checked = "2026-11-22"
valid_from = "2020-01-01"
valid_until = "9999-12-31"
confidence = "high"
"""
    )
    return directory


@pytest.fixture(scope="module")
def g(home):
    loaded = Config.load(home / "guard.toml")
    own = loaded.log.model_copy(update={"directory": Path("governed")})
    with Guard(loaded.model_copy(update={"log": own})) as made:
        yield made


@pytest.fixture
def seen():
    return []


@pytest.fixture
def echo(g, seen):
    @g.governed("prompt", to="abroad")
    def ask(model, prompt="nothing", *, more=None):
        """Asks."""
        seen.append(prompt)
        return prompt if more is None else more

    return ask


def test_what_is_sent_is_decided_and_what_returns_restored(echo, seen):
    assert echo("m", TEXT) == TEXT
    assert echo("m", prompt=TEXT) == TEXT
    assert all(MAIL not in text and "EMAIL_" in text for text in seen)
    assert len(seen) == 2
    assert echo("m") == "nothing"
    assert (echo.__name__, echo.__doc__) == ("ask", "Asks.")


def test_json_is_sent_and_returned(echo, seen):
    document = {"turns": [{"text": TEXT}, MAIL], MAIL: 1}
    assert echo("m", document) == document
    assert MAIL not in repr(seen)


def test_new_personal_data_are_taken_out(echo):
    assert echo("m", "Hello", more=f"ask {NEW}") == "ask [EMAIL]"
    assert echo("m", "Hello", more={"a": [NEW], "n": 1.5}) == {"a": ["[EMAIL]"], "n": 1.5}
    assert echo("m", TEXT, more=f"ask {MAIL}") == f"ask {MAIL}"


def test_what_has_no_data_is_returned_as_it_is(echo):
    given = ("a", "b")
    assert echo("m", "Hello", more=given) is given


@pytest.mark.parametrize(
    "more",
    [object(), b"bytes", iter("a"), {1: 2}, float("nan")],
    ids=lambda one: type(one).__name__,
)
def test_results_that_nobody_can_read_are_not_returned(echo, more):
    with pytest.raises(Undecided):
        echo("m", "Hello", more=more)


def test_results_may_be_left_alone(g):
    thing = object()
    ask = g.governed("text", to="abroad", restore=False)(lambda text: thing)
    assert ask(TEXT) is thing


def test_what_cannot_be_scanned_is_not_sent(echo, seen):
    for sent in (object(), b"bytes", {1: 2}):
        with pytest.raises(InputError):
            echo("m", sent)
    assert not seen


def test_what_is_refused_is_not_called(g, seen):
    ask = g.governed("text", to="openai-us", categories=["health.condition"])(
        lambda text: seen.append(text)  # noqa: PLW0108 - a builtin has no parameter of that name
    )
    with pytest.raises(Denied) as denied:
        ask(TEXT)
    assert MAIL not in str(denied.value)
    assert not seen


def test_no_answer_is_a_no(g, echo, seen, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(MAIL)

    monkeypatch.setattr(g.detector, "detect", broken)
    with pytest.raises(Refused) as refused:
        echo("m", TEXT)
    assert MAIL not in str(refused.value)
    assert not seen


def test_coroutines(g, seen):
    @g.governed(to="abroad")
    async def ask(prompt):
        seen.append(prompt)
        return prompt

    class Object:
        async def __call__(self, prompt):
            seen.append(prompt)
            return prompt

    async def asked():
        made = g.governed(to="abroad")(functools.partial(Object().__call__))
        return (
            await ask(TEXT),
            await made(TEXT),
            await g.governed(to="abroad")(Object().__call__)(TEXT),
        )

    assert asyncio.run(asked()) == (TEXT, TEXT, TEXT)
    assert MAIL not in repr(seen)
    assert len(seen) == 3


def test_a_coroutine_in_disguise_is_not_begun(g, seen):
    async def later(prompt):
        seen.append(prompt)

    with pytest.raises(Undecided):
        g.governed("prompt", to="abroad")(lambda prompt: later(prompt + ""))(TEXT)
    assert not seen


def test_methods(g, seen):
    class Client:
        @g.governed(to="abroad")
        def ask(self, prompt):
            seen.append(prompt)
            return prompt

        @staticmethod
        @g.governed(to="abroad")
        def say(prompt):
            return prompt

    assert Client().ask(TEXT) == TEXT
    assert Client.say(TEXT) == TEXT
    assert MAIL not in repr(seen)


def test_all_arguments_of_a_call(g, seen):
    @g.governed("texts", "named", to="abroad")
    def ask(*texts, **named):
        seen.append((texts, named))
        return [*texts, named]

    assert ask(TEXT, MAIL, a=MAIL) == [TEXT, MAIL, {"a": MAIL}]
    assert MAIL not in repr(seen)


def generator(prompt):
    yield prompt


async def agenerator(prompt):
    yield prompt


class Kind:
    def __init__(self, prompt):
        """Not a function."""

    @property
    def text(self):
        """Neither."""


@pytest.mark.parametrize(
    "function",
    [generator, agenerator, Kind, vars(Kind)["text"], staticmethod(len), lambda: 1, 7],
    ids=lambda f: getattr(f, "__name__", type(f).__name__),
)
def test_what_cannot_be_governed_says_so(g, function):
    with pytest.raises(ConfigError):
        g.governed(to="abroad")(function)


def test_names_are_checked_where_they_are_written(g):
    for wrong in (("nothing",), (1,)):
        with pytest.raises(ConfigError):
            g.governed(*wrong, to="abroad")(lambda prompt: prompt)
    with pytest.raises(ConfigError):
        g.governed("prompt", to="abroad", pricipal="me")


def test_a_client_and_a_transport_by_their_short_names(g):
    sent = []

    class Wire(httpx2.BaseTransport):
        def handle_request(self, request):
            sent.append((request.read(), dict(request.headers)))
            return httpx2.Response(
                200,
                json={"object": "list", "data": [{"index": 0, "embedding": [1.0]}], "model": "m"},
            )

    plain = httpx2.Client(transport=Wire())
    client = g.wrap(openai.OpenAI(api_key="k", base_url=f"{WHERE}/v1", http_client=plain))
    client.embeddings.create(model="m", input=TEXT)
    http = httpx2.Client(transport=g.transport(Wire(), principal="shop"))
    http.post(f"{WHERE}/v1/embeddings", json={"model": "m", "input": TEXT})
    guard.wrap(plain, g).post(f"{WHERE}/v1/embeddings", json={"model": "m", "input": TEXT})
    assert len(sent) == 3
    assert MAIL not in repr(sent)
    with pytest.raises(ConfigError):
        g.wrap(plain, pricipal="me")


def test_without_a_guard_it_is_the_configured_one(home, tmp_path):
    """In a process of its own: the default is made once, and its log has one writer."""
    code = f"""
import guard, httpx2
sent = []
class Wire(httpx2.BaseTransport):
    def handle_request(self, request):
        sent.append(request.read())
        return httpx2.Response(200, json={{"object": "list", "data": [], "model": "m"}})
client = guard.wrap(httpx2.Client(transport=Wire()))
client.post("{WHERE}/v1/embeddings", json={{"model": "m", "input": "{TEXT}"}})
@guard.governed("text", to="abroad")
def ask(text):
    sent.append(text)
    return text
@guard.governed
def bare(text):
    return text
assert ask("{TEXT}") == "{TEXT}"
try:
    bare("{TEXT}")
except guard.ConfigError:
    pass  # no destinations are configured
assert len(sent) == 2 and "{MAIL}" not in repr(sent), sent
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_without_a_configuration_nothing_is_guarded(tmp_path):
    code = "import guard, httpx2\nguard.wrap(httpx2.Client())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=120, env={"PATH": "/usr/bin"},
    )  # fmt: skip
    assert "ConfigError" in done.stderr
