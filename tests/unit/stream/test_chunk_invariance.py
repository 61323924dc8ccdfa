"""The public kit chunk-invariance over our filters, with the texts that break peers."""

import pytest

from guard.stream import Answer, Restorer, Screening
from guard.stream.screen import Screen
from guard.stream.tokens import Tokens
from tests.absent import absent
from tests.unit.stream.wires import WIRES

VALUES = {"EMAIL_7K2M9Q4T1ZXW": "zoe@example.org", "[EMAIL_0]": "a@b.c"}
TEXTS = [
    "a [ b mail [EMAIL_0] ok",
    "[[",
    "arr[i EMAIL_7K2M9Q4T1ZXW",
    "EMAIL_7K2M",
    "card 5555 5555",
]


@pytest.fixture
def invariant():
    try:
        from chunk_invariance import assert_chunk_invariant
    except ImportError:
        absent("chunk-invariance is not installed: its kit was not run")
    return assert_chunk_invariant


@pytest.mark.parametrize("text", TEXTS)
def test_texts(invariant, text):
    def streamed(chunks, one):
        yield from map(one.feed, chunks)
        yield one.close()

    screening = Screening(lambda c, p: [(0, 1, "X")] if "5" in p else [])
    whole = text.replace("EMAIL_7K2M9Q4T1ZXW", "zoe@example.org").replace("[EMAIL_0]", "a@b.c")
    assert invariant(lambda c: streamed(c, Restorer(VALUES)), lambda _: whole, text, splits=3)
    once = "".join(streamed([text], Screen(screening, Tokens(VALUES))))
    tokens = Tokens(VALUES)
    assert invariant(
        lambda c: streamed(c, Screen(screening, tokens)), lambda _: once, text, splits=3
    )


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
def test_bytes(invariant, wire):
    def streamed(chunks):
        answer = Answer.of(wire.name, VALUES)
        yield from map(answer.feed, chunks)
        yield answer.close()

    stream = wire.say([(wire.plain[0], text + "é😀 ") for text in TEXTS], eol="\r\n")
    assert invariant(streamed, lambda whole: b"".join(streamed([whole])), stream) == len(stream)
