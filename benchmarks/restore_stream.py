"""Restoring one streamed answer: microseconds an event, from bytes in to bytes out.

    python benchmarks/restore_stream.py [--rounds 30]

Each stream has 400 deltas of a few characters, one transport chunk an event, and an answer with
live tokens in it; parsing, restoring and writing are all counted. Minimum of the rounds.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable

VALUES = {f"EMAIL_7K2M9Q4T1Z{i:02}": f"person{i}@example.org" for i in range(10)}
PROSE = "The order of EMAIL_7K2M9Q4T1Z03 was sent on time, and EMAIL_7K2M9Q4T1Z04 has it now. "
WORDS = re.findall(r".{1,5}", PROSE * 30)[:400]


def chat(text: str) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "logprobs": None, "finish_reason": None}
    document = {"id": "chatcmpl-BxQ2", "object": "chat.completion.chunk", "created": 1760000000,
                "model": "gpt-5-mini-2025-08-07", "service_tier": "default",
                "system_fingerprint": None, "choices": [choice]}  # fmt: skip
    return b"data: " + json.dumps(document, separators=(",", ":")).encode() + b"\n\n"


def arguments(text: str) -> bytes:
    call = {"index": 0, "function": {"arguments": text}}
    choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}
    document = {"id": "chatcmpl-BxQ2", "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(document, separators=(",", ":")).encode() + b"\n\n"


def response(text: str) -> bytes:
    document = {"type": "response.output_text.delta", "sequence_number": 7, "item_id": "msg_68",
                "output_index": 0, "content_index": 0, "delta": text, "logprobs": [],
                "obfuscation": "a1b2c3"}  # fmt: skip
    data = json.dumps(document, separators=(",", ":")).encode()
    return b"event: response.output_text.delta\ndata: " + data + b"\n\n"


def message(text: str) -> bytes:
    delta = {"type": "text_delta", "text": text}
    document = {"type": "content_block_delta", "index": 0, "delta": delta}
    data = json.dumps(document, separators=(",", ":")).encode()
    return b"event: content_block_delta\ndata: " + data + b"\n\n"


def prediction(text: str) -> bytes:
    return f"event: output\nid: 1690212292:0\ndata: {text}\n\n".encode()


def fastest(run: Callable[[], None], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> int:
    from guard.stream import Answer, Screening

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    many = {f"PERSON_7K2M9Q4T{i:04}": "Zoë Quill" for i in range(1000)}
    odd = {f"{i:03x}k2m9q4@pseudonym.invalid": "zoe.quill@example.org" for i in range(50)}
    quiet = Screening(lambda *_: [])
    cases: list[tuple[str, str, Callable[[str], bytes], dict[str, str], Screening | None]] = [
        ("chat", "openai.chat", chat, VALUES, None),
        ("chat, 1,010 live tokens", "openai.chat", chat, {**VALUES, **many}, None),
        ("chat, 60 tokens of any shape", "openai.chat", chat, {**VALUES, **odd}, None),
        ("chat, tool arguments", "openai.chat", arguments, VALUES, None),
        ("responses", "openai.responses", response, VALUES, None),
        ("messages", "anthropic.messages", message, VALUES, None),
        ("predictions", "replicate.predictions", prediction, VALUES, None),
        ("chat, screened by nothing", "openai.chat", chat, VALUES, quiet),
        ("chat, nothing live", "openai.chat", chat, {}, None),
    ]
    for name, dialect, said, values, screening in cases:
        words = ['{"to":"', *WORDS[1:-1], '"}'] if said is arguments else WORDS
        events = [said(word) for word in words]
        whole = b"".join(events)

        def run(
            dialect: str = dialect,
            values: dict[str, str] = values,
            screening: Screening | None = screening,
            events: list[bytes] = events,
        ) -> None:
            answer = Answer.of(dialect, values, screening)
            for event in events:
                answer.feed(event)

        restored = Answer.of(dialect, values, screening).feed(whole)
        assert not values or b"person3@example.org" in restored.replace(b'"', b"") or screening
        print(f"{name:32} {fastest(run, rounds) / len(events) * 1e6:6.2f} us an event")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
