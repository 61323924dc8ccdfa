"""Amazon's framing: treated like any stream of events, whatever the chunks, and framed truly."""

import base64
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.doors.eventstream import EventStream
from guard.errors import InputError
from guard.stream import Answer, Screening

TOKEN = "EMAIL_FD5YBQRQ8TFD"
MAIL = "anna@beispiel.de"
OTTO = "otto@beispiel.de"
SCREENING = Screening(
    lambda _, text: [
        (at, at + len(OTTO), "EMAIL") for at in range(len(text)) if text[at:].startswith(OTTO)
    ]
)


def header(name, value):
    return bytes([len(name)]) + name + b"\x07" + struct.pack(">H", len(value)) + value


HEADERS = header(b":event-type", b"chunk") + header(b":message-type", b"event")


def framed(payload, headers=HEADERS):
    total = 16 + len(headers) + len(payload)
    head = struct.pack(">II", total, len(headers))
    body = head + struct.pack(">I", zlib.crc32(head)) + headers + payload
    return body + struct.pack(">I", zlib.crc32(body))


def chunk(event):
    text = base64.b64encode(json.dumps(event).encode()).decode()
    return framed(json.dumps({"bytes": text, "p": "abc"}).encode())


def events(data):
    found = []
    while data:
        total, size, checksum = struct.unpack_from(">III", data)
        assert zlib.crc32(data[:8]) == checksum
        assert zlib.crc32(data[: total - 4]) == struct.unpack_from(">I", data, total - 4)[0]
        assert data[12 : 12 + size] == HEADERS
        payload = json.loads(data[12 + size : total - 4])
        found.append(json.loads(base64.b64decode(payload["bytes"])))
        data = data[total:]
    return found


def delta(text):
    return {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": text},
    }


MESSAGE = {
    "id": "m", "type": "message", "role": "assistant", "model": "m", "content": [],
    "stop_reason": None, "usage": {"input_tokens": 1, "output_tokens": 1},
}  # fmt: skip
START = {"type": "message_start", "message": MESSAGE}
STREAM = [
    START,
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    *map(delta, ("To ", TOKEN[:5], TOKEN[5:], " and EM")),
    {"type": "content_block_stop", "index": 0},
    {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 1}},
]
DATA = b"".join(map(chunk, STREAM))


def through(data, cuts, values=None, screening=None):
    stream = EventStream(Answer.of("anthropic.messages", values or {TOKEN: MAIL}, screening))
    cuts = sorted({min(cut, len(data)) for cut in cuts})
    parts = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return b"".join([*map(stream.feed, parts), stream.close()]), stream


@given(st.lists(st.integers(0, len(DATA))))
def test_chunks_make_no_difference(cuts):
    out, stream = through(DATA, cuts)
    assert out == through(DATA, [])[0]
    assert not stream.truncated


def test_what_is_said_is_restored():
    out, _ = through(DATA, range(len(DATA)))
    said = events(out)
    texts = [e["delta"]["text"] for e in said if e["type"] == "content_block_delta"]
    assert "".join(texts) == f"To {MAIL} and EM"
    assert [said[0], said[-1]] == [STREAM[0], STREAM[-1]]


def test_what_needs_no_change_passes_as_it_is():
    assert through(DATA, [], {"PHONE_FD5YBQRQ8TFD": "1"})[0].startswith(chunk(START))


def test_a_stream_that_is_cut_is_known():
    assert through(DATA[: len(DATA) // 2], [])[1].truncated
    assert through(DATA[:-20], [])[1].truncated


@pytest.mark.parametrize(
    "data",
    [
        DATA[:4] + b"\xff" + DATA[5:],
        DATA[:30] + b"\xff" + DATA[31:],
        framed(b"{}"),
        framed(b'{"bytes": "!"}'),
        framed(b'{"bytes": 1}'),
        framed(json.dumps({"bytes": base64.b64encode(b"{").decode()}).encode()),
        struct.pack(">III", 2**31, 0, zlib.crc32(struct.pack(">II", 2**31, 0))) + b"0000",
        struct.pack(">III", 8, 0, zlib.crc32(struct.pack(">II", 8, 0))) + b"0000",
    ],
)
def test_what_is_framed_wrongly_is_refused(data):
    with pytest.raises(InputError):
        through(data, [])


SAID = header(b":exception-type", b"throttlingException") + header(b":message-type", b"exception")


def test_errors_pass():
    for payload in (b'{"message": "slow down"}', b""):
        error = framed(payload, SAID)
        assert through(error, [])[0] == error


def test_errors_are_restored_and_screened_too():
    error = framed(json.dumps({"message": f"{TOKEN} or {OTTO}"}).encode(), SAID)
    assert through(error, [])[0] == framed(
        json.dumps({"message": f"{MAIL} or {OTTO}"}, separators=(",", ":")).encode(), SAID
    )
    assert OTTO.encode() not in through(error, [], screening=SCREENING)[0]


@pytest.mark.parametrize(
    "message",
    [
        framed(b"", header(b":message-type", b"error") + header(b":error-message", OTTO.encode())),
        framed(json.dumps({"bytes": "e30=", "p": OTTO}).encode()),
        framed(json.dumps({"bytes": "e30=", "q": "abc"}).encode()),
        framed(b"no JSON", SAID),
    ],
)
def test_what_nobody_treats_is_refused(message):
    with pytest.raises(InputError):
        through(message, [], screening=SCREENING)
