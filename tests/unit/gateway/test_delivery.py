"""How a broken stream says that it is broken."""

from __future__ import annotations

import json

import pytest

from guard.gateway.delivery import broken_off
from guard.stream.sse import Frames


@pytest.mark.parametrize(
    ("dialect", "event"),
    [
        ("openai.chat", None),
        ("openai.completions", None),
        ("openai.responses", "error"),
        ("anthropic.messages", "error"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"data: {}\n\n", b'data: {"half'])
def test_it_is_an_event_of_its_own_wherever_the_stream_broke(dialect, event, before):
    frames = [f for f in Frames().feed(before + broken_off(dialect, "it was cut off")) if f.data]
    last = frames[-1]
    assert last.event == event
    document = json.loads(last.data)
    assert "it was cut off" in json.dumps(document)
    assert document.get("type") == ("error" if event else None)
    assert document["error"]["message"] == "it was cut off"
    assert b"[DONE]" not in last.raw
