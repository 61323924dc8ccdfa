"""What an application reads in an answer."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.proofs.conversations import Call
from tests.proofs.doors import Heard
from tests.proofs.provider import TOKEN


def heard(dialect: str, *, streamed: bool, data: bytes) -> tuple[str, list[Any]]:
    """What a caller reads in an answer: its text, and the arguments of tools.

    Raises:
        ValueError, KeyError, TypeError, IndexError: If it is none of the dialect.
    """
    if not streamed:
        return _read(dialect, json.loads(data))
    lines = (line for block in re.split(rb"\r?\n\r?\n", data) for line in block.splitlines())
    events = [
        json.loads(line[6:])
        for line in lines
        if line.startswith(b"data: ") and line != b"data: [DONE]"
    ]
    return _read_events(dialect, events)


def _read(dialect: str, body: Any) -> tuple[str, list[Any]]:
    match dialect:
        case "openai.chat":
            message = body["choices"][0]["message"]
            calls = [json.loads(c["function"]["arguments"]) for c in message.get("tool_calls", ())]
            return message["content"] or "", calls
        case "openai.responses":
            return body["output"][0]["content"][0]["text"], []
        case "anthropic.messages":
            block = body["content"][0]
            return block.get("text", ""), [block["input"]] if "input" in block else []
        case "openai.completions":
            return body["choices"][0]["text"], []
        case "openai.embeddings":
            return "", []
        case _:
            return body["candidates"][0]["content"]["parts"][0]["text"], []


def _read_events(dialect: str, events: list[Any]) -> tuple[str, list[Any]]:
    text, arguments = "", ""
    for event in events:
        match dialect:
            case "openai.chat":
                for choice in event["choices"]:
                    delta = choice["delta"]
                    text += delta.get("content") or ""
                    for one in delta.get("tool_calls") or ():
                        arguments += one["function"].get("arguments") or ""
            case "openai.completions":
                text += "".join(choice["text"] for choice in event["choices"])
            case "openai.responses":
                text += event.get("delta", "") if event["type"].endswith("text.delta") else ""
            case "anthropic.messages":
                delta = event.get("delta", {}) if event["type"] == "content_block_delta" else {}
                text += delta.get("text", "")
                arguments += delta.get("partial_json", "")
            case _:
                for candidate in event["candidates"]:
                    text += "".join(p.get("text", "") for p in candidate["content"]["parts"])
    return text, [json.loads(arguments)] if arguments else []


def aligned(last: str, mine: str) -> dict[str, str]:
    """What the stand-ins of a text stand for, by the text that it was made of; {} if unsure."""
    one, other = (_aligned(last, mine, some) for some in (".+?", ".+"))
    return one if one == other else {}


def _aligned(last: str, mine: str, some: str) -> dict[str, str]:
    groups: dict[str, str] = {}
    pattern = re.escape(TOKEN.split(last)[0])
    for token, after in zip(TOKEN.findall(last), TOKEN.split(last)[1:], strict=True):
        name = groups.get(token)
        groups.setdefault(token, f"t{len(groups)}")
        pattern += (f"(?P={name})" if name else f"(?P<{groups[token]}>{some})") + re.escape(after)
    made = re.fullmatch(pattern, mine, re.DOTALL)
    if made is None:  # other stand-ins stand there besides
        return {}
    return {token: made[name] for token, name in groups.items()}


def read(one: Heard) -> str:
    """What an application reads in an answer, whatever it says that it is: no events, but texts."""
    try:
        text, calls = heard(one.call.dialect, streamed=one.call.streamed, data=one.data)
    except (ValueError, KeyError, TypeError, IndexError):
        return ""
    return f"{text}\n{json.dumps(calls, ensure_ascii=False)}"


def spoken(call: Call, data: bytes) -> str:
    """The text of an answer, wherever the provider has put it."""
    text, calls = heard(call.dialect, streamed=call.streamed, data=data)
    if call.script.tool:
        return str(calls[0]["to"])
    return str(json.loads(text)["said"]) if call.script.structured else text
