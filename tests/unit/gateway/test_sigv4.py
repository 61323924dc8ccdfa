"""Signature Version 4 against the vectors that AWS publishes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.gateway.sigv4 import Credentials, Scope, request, sign

SUITE = json.loads((Path(__file__).parent / "sigv4_vectors.json").read_text("utf-8"))
AT = datetime.fromisoformat(SUITE["time"])
SCOPE = Scope(SUITE["region"], SUITE["service"])
FOLDED = {"get-header-value-multiline"}  # RFC 9110 section 5.5: a client does not fold lines
CASES = [case for case in SUITE["cases"] if case["name"] not in FOLDED]


def read(case):
    head, _, body = case["request"].partition("\n\n")
    first, *lines = head.rstrip("\n").split("\n")
    method, target = re.fullmatch(r"(\S+) (.*) HTTP/1.1", first).groups()
    headers = [tuple(line.split(":", 1)) for line in lines if line]
    if case["sign_body"]:
        digest = case["canonical"].rstrip("\n").rpartition("\n")[2]
        headers.append(("x-amz-content-sha256", digest))
    return method, f"https://example.amazonaws.com{target}", headers, body.encode()


def test_the_suite_is_whole():
    assert len(SUITE["cases"]) == 31


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_published_vector(case):
    method, url, headers, body = read(case)
    token = "" if case["omit_session_token"] else case["token"]
    keys = Credentials(SUITE["access_key"], SUITE["secret_key"], token)
    added = dict(sign(method, url, headers, body, credentials=keys, scope=SCOPE, at=AT))
    assert added["authorization"].endswith(f"Signature={case['signature']}")
    assert added.get("x-amz-security-token", "") == token


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_canonical_request_of_a_published_vector(case):
    method, url, headers, _ = read(case)
    headers.append(("X-Amz-Date", "20150830T123600Z"))
    if case["token"] and not case["omit_session_token"]:
        headers.append(("X-Amz-Security-Token", case["token"]))
    digest = case["canonical"].rstrip("\n").rpartition("\n")[2]
    made, signed = request(method, url, headers, digest)
    assert made == case["canonical"].rstrip("\n")
    assert signed == made.split("\n")[-2]


# Made once with botocore 1.44.5 (`SigV4Auth.add_auth` at the same time, key pair and headers).
BEDROCK = "https://bedrock-runtime.eu-central-1.amazonaws.com/model/"
BOTOCORE = [
    (
        "eu.anthropic.claude-sonnet-4-20250514-v1%3A0/invoke",
        b'{"a": "\xc3\xa9"}',
        "",
        "633073f037a24511f601bcd54ea35af053cb50381fdcb8aedfd9b9a2e31cb34d",
    ),
    (
        "anthropic.claude-v2/invoke-with-response-stream",
        b"",
        "session/token==",
        "4d9fb3fc87ed776a1b86e4558eed09b48d365d9f9854e8a7f9dd7e2cad6a55d9",
    ),
]


@pytest.mark.parametrize(("path", "body", "token", "signature"), BOTOCORE)
def test_what_botocore_signs(path, body, token, signature):
    keys = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    headers = [("content-type", "application/json"), ("accept", "application/json")]
    at = datetime(2026, 11, 22, 9, 5, 7, tzinfo=UTC)
    scope = Scope("eu-central-1", "bedrock")
    added = sign("POST", BEDROCK + path, headers, body, credentials=keys, scope=scope, at=at)
    assert dict(added)["authorization"].rpartition("=")[2] == signature


def test_another_body_host_path_or_second_is_another_signature():
    keys = Credentials("AKID", "secret")

    def made(url="https://h.example/a", body=b"x", second=1, secret="secret"):
        at = datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC)
        keys = Credentials("AKID", secret)
        return dict(sign("POST", url, [], body, credentials=keys, scope=SCOPE, at=at))[
            "authorization"
        ].rpartition("=")[2]

    several = {
        made(),
        made(body=b"y"),
        made(url="https://i.example/a"),
        made(url="https://h.example/b"),
        made(second=2),
        made(secret="other"),
    }
    assert len(several) == 6
    assert "secret" not in repr(keys)
    assert "AKID" not in repr(keys)


def test_a_default_port_is_not_signed_and_another_is():
    with_default = request("GET", "https://h.example:443/", [], "")[0]
    assert "host:h.example\n" in with_default
    assert "host:h.example:8443\n" in request("GET", "https://h.example:8443/", [], "")[0]
    with pytest.raises(ConfigError):
        request("GET", "/only/a/path", [], "")
