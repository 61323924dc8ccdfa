"""What is a technical word and what may be somebody."""

import pytest

from guard.dialects.media import is_bytes, kind_of
from guard.dialects.words import context, is_model, is_name, is_word

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
)


@pytest.mark.parametrize(
    "text",
    ["user", "web_search_20250305", "call_abc123", "default-2024-11-15", "text/plain", "v1.2+b",
     "web_search_preview_2025_03_11", "_x", "a" * 64, "gpt-4o-mini-2024-07-18"],
)  # fmt: skip
def test_words(text):
    assert is_word(text)


@pytest.mark.parametrize(
    "text",
    ["", "two words", "a@b.de", "Jürgen", "李军", "x1234567", "x555-123-4567", "5551234567",
     "DE89370400440532013000", "x19850412", "x20240230x20241399", "x192.168.100.200", "a\nb",
     "user\n", "a" * 65, "a1" * 70, "x\u0000", "x12345678", "٣"],
)  # fmt: skip
def test_what_is_none(text):
    assert not is_word(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpt-4o", True),
        ("claude-opus-4-5-20251101", True),
        ("us.anthropic.claude-3-5-sonnet-20241022-v2:0", True),
        ("claude-sonnet-4@20250514", True),
        ("@cf/meta/llama-3-8b-instruct", True),
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", True),
        ("anna@beispiel.de", False),
        ("my model", False),
        ("ep-20241210123456-abcde", False),
        ("arn:aws:bedrock:eu-west-1:123456789012:x", False),
    ],
)
def test_models(text, expected):
    assert is_model(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("customerEmail", True), ("$ref", True), ("50256", True), ("a.b-c", True),
        ("1234567", False), ("anna@beispiel.de", False), ("Anna Schmidt", False), ("", False),
        ("a/b", False), ("~k0", False), ("né", False),
        ("EMAIL_FDVYBQRQXTFD", False), ("of_EMAIL_FDVYBQRQXTFD_x", False),  # tokens: see the vault
        ("EMAIL_FDVYBQRQXTF", True), ("MAX_OUTPUT_TOKENS", True), ("email_fdvybqrqxtfd", True),
    ],
)  # fmt: skip
def test_names(text, expected):
    assert is_name(text) is expected


def test_names_are_context_in_words():
    assert context(("customerEmail", "home_ADDRESS")) == ("customer", "email", "home", "address")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"data:image/png;base64,{PIXEL}", "image"),
        (f"data:audio/wav;codecs=pcm;base64,{PIXEL}", "audio"),
        (f"data:video/mp4;base64,{PIXEL}", "video"),
        (f"data:application/pdf;name=a.pdf;base64,{PIXEL}", "file"),
        (f"data:text/plain;base64,{PIXEL}", "file"),
        ("data:image/png;base64,QW5uYQ==", ""),  # so short that it may be words
        ("data:text/plain,Anna%20Schmidt", ""),
        (f"data:image/png;base64,{PIXEL} and Anna Schmidt", ""),
        (f"data:image/png;base64,{PIXEL}Ä", ""),
        ("data:;base64,QUJD", ""),
        ("https://x.example/a.png", ""),
    ],
)
def test_data_urls(url, kind):
    assert kind_of(url) == kind


def test_base64_is_told_from_words():
    assert is_bytes(PIXEL)
    assert is_bytes(PIXEL.replace("+", "-").replace("/", "_"))
    assert is_bytes(PIXEL + "\r\n" + PIXEL)
    assert not is_bytes(PIXEL[:63])
    assert not is_bytes("Anna Schmidt, Hauptstraße 5, 10115 Berlin, anna@beispiel.de " * 3)
    assert not is_bytes("\ud800" * 100)
    assert not is_bytes("")
