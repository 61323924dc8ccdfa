"""Credentials: re-read when they change, never shown, never the client's."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from guard.errors import ConfigError, Refused
from guard.gateway.auth import Outgoing, auth, forwarded
from guard.gateway.credentials import AwsFile, NoCredential, SecretFile
from guard.gateway.settings import AuthSection

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
SENT = Outgoing("POST", "https://h.example/v1/x", (("Accept", "a/b"),), b"{}")
SECRET = "s3cret-Value-" + "x" * 20


def write(path, text, at=None):
    path.write_text(text, "utf-8")
    if at is not None:
        os.utime(path, ns=(at, at))
    return path


def made(tmp_path, **section):
    return auth(AuthSection(**section), tmp_path.joinpath)


@pytest.mark.parametrize(
    ("style", "key", "header"),
    [
        ("bearer", "key_file", ("authorization", f"Bearer {SECRET}")),
        ("x-api-key", "key_file", ("x-api-key", SECRET)),
        ("api-key", "key_file", ("api-key", SECRET)),
        ("entra", "token_file", ("authorization", f"Bearer {SECRET}")),
        ("google", "token_file", ("authorization", f"Bearer {SECRET}")),
    ],
)
def test_each_style_is_one_header(tmp_path, style, key, header):
    write(tmp_path / "k", SECRET + "\n")
    one = made(tmp_path, **{"style": style, key: "k"})
    assert one.headers(SENT, AT) == (header,)
    assert one.wanted(AT) is None


def test_none_is_no_header(tmp_path):
    assert made(tmp_path).headers(SENT, AT) == ()


def test_a_file_is_read_again_when_another_process_has_replaced_it(tmp_path):
    file = write(tmp_path / "k", "first", at=10**18)
    one = made(tmp_path, style="bearer", key_file="k")
    assert one.headers(SENT, AT)[0][1] == "Bearer first"
    write(file, "other", at=10**18 + 10**9)
    assert one.headers(SENT, AT)[0][1] == "Bearer other"
    new = write(tmp_path / "n", "third", at=10**18 + 10**9)
    new.replace(file)  # same size, same time, another inode
    assert one.headers(SENT, AT)[0][1] == "Bearer third"
    file.unlink()
    with pytest.raises(NoCredential):
        one.headers(SENT, AT)


def test_an_unchanged_file_is_not_read_again(tmp_path, monkeypatch):
    file = SecretFile(write(tmp_path / "k", "first"))
    assert file.read() == "first"
    monkeypatch.setattr("guard.gateway.credentials._text", lambda _: pytest.fail("read again"))
    assert file.read() == "first"


@pytest.mark.parametrize(
    "text", ["", "\n", f"{SECRET}\r\nx-evil: 1", f"{SECRET} b", "ключ", "a\0b"]
)
def test_what_is_no_single_word_is_no_key(tmp_path, text):
    write(tmp_path / "k", text)
    with pytest.raises(ConfigError) as caught:
        made(tmp_path, style="bearer", key_file="k")
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value.__context__)


def test_a_file_that_is_not_there_or_too_long_is_an_error_at_load(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        made(tmp_path, style="bearer", key_file="k")
    write(tmp_path / "k", "a" * 20_000)
    with pytest.raises(ConfigError, match="too long"):
        made(tmp_path, style="bearer", key_file="k")
    (tmp_path / "b").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="as ASCII"):
        made(tmp_path, style="bearer", key_file="b")
    assert issubclass(NoCredential, Refused)


ENTRA = {
    "style": "entra",
    "token_url": "https://login.example/t/oauth2/v2.0/token",
    "client_id": "app",
    "client_secret_file": "k",
}


def answer(token="tok-1", lasts=3600):
    return json.dumps({"token_type": "Bearer", "expires_in": lasts, "access_token": token}).encode()


def test_the_client_credentials_flow_and_its_cache(tmp_path):
    write(tmp_path / "k", SECRET)
    one = made(tmp_path, **ENTRA)
    with pytest.raises(NoCredential):
        one.headers(SENT, AT)
    asked = one.wanted(AT)
    assert (asked.method, asked.url) == ("POST", ENTRA["token_url"])
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["app"],
        "client_secret": [SECRET],
        "scope": ["https://cognitiveservices.azure.com/.default"],
    }
    assert SECRET not in repr(asked)
    one.obtained(200, answer(), AT)
    assert one.headers(SENT, AT) == (("authorization", "Bearer tok-1"),)
    assert one.wanted(AT + timedelta(seconds=3299)) is None
    early = AT + timedelta(seconds=3301)
    assert one.wanted(early) is not None
    assert one.wanted(early) is None, "one asks, the others go on with what there is"
    assert one.headers(SENT, early)
    assert one.wanted(early + timedelta(seconds=31)) is not None, "whoever asked never answered"
    one.obtained(200, answer("tok-2"), early)
    assert one.headers(SENT, early) == (("authorization", "Bearer tok-2"),)
    late = early + timedelta(seconds=3571)
    with pytest.raises(NoCredential):
        one.headers(SENT, late)
    assert one.wanted(late) is not None
    assert one.wanted(late) is not None, "without a usable token nobody waits for another"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (0, b""),
        (400, answer()),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, answer(token="")),
        (200, answer(token="a\r\nb: c")),
        (200, answer(token=5)),
        (200, answer(lasts="soon")),
        (200, answer(lasts="nan")),
        (200, answer(lasts=-1)),
        (200, answer(lasts=20)),
        (200, b"[" * 100_000),
    ],
)
def test_an_answer_without_a_token_is_none_and_leaves_the_old_one(tmp_path, status, body):
    write(tmp_path / "k", SECRET)
    one = made(tmp_path, **ENTRA)
    with pytest.raises(NoCredential) as caught:
        one.obtained(status, body, AT)
    assert "tok-1" not in str(caught.value)
    one.obtained(200, answer("good"), AT)
    with pytest.raises(NoCredential):
        one.obtained(status, body, AT)
    assert one.headers(SENT, AT)[0][1] == "Bearer good"


def test_a_token_is_never_kept_for_ever(tmp_path):
    write(tmp_path / "k", SECRET)
    one = made(tmp_path, **ENTRA)
    one.obtained(200, answer(lasts=10**12), AT)
    with pytest.raises(NoCredential):
        one.headers(SENT, AT + timedelta(days=1))


def test_googles_metadata_server_is_told_nothing(tmp_path):
    url = (
        "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
    )
    asked = made(tmp_path, style="google", token_url=url).wanted(AT)
    assert (asked.method, asked.url, asked.body) == ("GET", url, b"")
    assert asked.headers == (("metadata-flavor", "Google"),)


AWS = """[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = {secret}

[temporary]
aws_access_key_id=AKIDTEMP
aws_secret_access_key={secret}
aws_session_token=tok/en==
"""


def test_aws_credentials_are_read_by_profile_and_sign(tmp_path):
    write(tmp_path / "c", AWS.format(secret=SECRET))
    how = {"style": "sigv4", "credentials_file": "c", "region": "eu-central-1"}
    added = dict(made(tmp_path, **how).headers(SENT, AT))
    assert "Credential=AKIDDEFAULT/20261122/eu-central-1/bedrock/" in added["authorization"]
    assert "SignedHeaders=accept;host;x-amz-date," in added["authorization"]
    assert "x-amz-security-token" not in added
    added = dict(made(tmp_path, **how, profile="temporary").headers(SENT, AT))
    assert added["x-amz-security-token"] == "tok/en=="
    assert not any(SECRET in value for value in added.values())


@pytest.mark.parametrize(
    "text",
    ["", "[default]\n", "[default]\naws_access_key_id=A\n", f"{SECRET}\n", "[default]\n" * 2],
)
def test_a_file_without_the_pair_is_an_error_that_shows_nothing(tmp_path, text):
    write(tmp_path / "c", text)
    with pytest.raises(ConfigError) as caught:
        made(tmp_path, style="sigv4", credentials_file="c", region="x")
    assert SECRET not in str(caught.value)


def test_no_secret_is_in_a_repr(tmp_path):
    write(tmp_path / "k", SECRET)
    write(tmp_path / "c", AWS.format(secret=SECRET))
    sections = [
        {"style": "bearer", "key_file": "k"},
        {"style": "sigv4", "credentials_file": "c", "region": "x"},
        ENTRA,
    ]
    file, pair = SecretFile(tmp_path / "k"), AwsFile(tmp_path / "c", "default")
    pair.read()
    for section in sections:
        one = made(tmp_path, **section)
        one.wanted(AT)
        assert SECRET not in repr(one) + repr(vars(one))
    assert SECRET not in repr(file) + repr(pair) + repr(pair.read())
    assert file.read() == SECRET
    assert SECRET not in repr(file)


FOREIGN = [
    ("Authorization", f"Bearer {SECRET}"),
    ("X-Api-Key", SECRET),
    ("api-key", SECRET),
    ("x-goog-api-key", SECRET),
    ("Ocp-Apim-Subscription-Key", SECRET),
    ("x-amz-security-token", SECRET),
    ("Cookie", SECRET),
    ("Proxy-Authorization", SECRET),
    ("OpenAI-Organization", "org-1"),
    ("X-Forwarded-For", "192.0.2.1"),
    ("User-Agent", "Jane Doe's laptop"),
    ("X-Note", "Jane Doe"),
    ("Host", "evil.example"),
    ("anthropic-beta", "Jane Doe"),
    ("anthropic-beta", "call-4915112345678"),
    ("anthropic-beta", "a" * 700),
    ("anthropic-version", "latest"),
    ("content-type", "application/json\r\nx: y"),
    ("accept", f"text/plain; note={SECRET}é"),
]


@pytest.mark.parametrize("header", FOREIGN, ids=lambda h: h[0])
def test_what_a_client_sends_stays_here(header):
    assert forwarded([header]) == ()


def test_versions_and_media_types_go_on():
    known = (
        ("anthropic-version", "2023-06-01"),
        ("anthropic-beta", "prompt-caching-2024-07-31,files-api-2025-04-14"),
        ("content-type", "application/json"),
        ("accept", "text/event-stream"),
        ("openai-beta", "assistants=v2"),
    )
    assert forwarded([(name.title(), value) for name, value in known]) == known
