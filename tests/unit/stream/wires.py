"""Providers that say given texts as streamed events, and clients that put them together again.

Written from the providers' API references and knowing nothing of `guard.stream`. A lane is
``kind`` or ``kind:n``. A client notes, in order, everything that is not text (`marks`) and every
repeat of a lane's text (`repeats`); text after its lane's end is an error.
"""

import json
import re
from dataclasses import dataclass, field

Pieces = list  # of (lane, text)


@dataclass
class Heard:
    lanes: dict = field(default_factory=dict)
    marks: list = field(default_factory=list)
    repeats: list = field(default_factory=list)
    ended: set = field(default_factory=set)

    def add(self, lane, text):
        assert lane not in self.ended or not text, f"text after the end of {lane}"
        self.lanes[lane] = self.lanes.get(lane, "") + text

    def end(self, lane):
        self.ended.add(lane)
        self.marks.append(("end", lane))


def event(document, name=None, eol="\n", ascii_only=False):
    head = f"event: {name}{eol}" if name else ""
    data = json.dumps(document, ensure_ascii=ascii_only)
    return f"{head}data: {data}{eol}{eol}".encode()


def events(stream: bytes):
    """Event type and data of each event; comments as ``:``. Incomplete events are dropped."""
    text = stream.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    for block in re.findall(r"((?:[^\n]+\n)+)\n", text):
        name, data = None, []
        for line in block.split("\n")[:-1]:
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if key == "":
                yield ":", value
            elif key == "event":
                name = value
            elif key == "data":
                data.append(value)
        if data:
            yield name, "\n".join(data)


class Chat:
    name = "openai.chat"
    plain = ("content:0", "content:1", "reasoning_content:0", "refusal:0")
    json = ("call:0", "call:1", "function_call:1")
    signed = ()
    repeated = ()

    def say(self, pieces, eol="\n", ascii_only=False):
        def chunk(choices, **more):
            top = {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "m",
            }
            return event({**top, "choices": choices, **more}, None, eol, ascii_only)

        def choice(index, delta, reason=None):
            return {"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}

        out = [f": hello{eol}{eol}".encode()]
        out += [chunk([choice(i, {"role": "assistant", "content": ""})]) for i in (0, 1)]
        begun = set()
        for lane, text in pieces:
            kind, _, n = lane.partition(":")
            delta = {kind: text}
            if kind == "call":
                call = {"index": int(n), "function": {"arguments": text}}
                if lane not in begun:
                    call = {**call, "id": f"call_{n}", "type": "function"}
                    call["function"] = {"name": "send", "arguments": text}
                delta = {"tool_calls": [call]}
            elif kind == "function_call":
                delta = {kind: {"arguments": text, **({} if lane in begun else {"name": "f"})}}
            begun.add(lane)
            out.append(chunk([choice(0 if kind == "call" else int(n), delta)]))
        out += [chunk([choice(i, {}, "stop")]) for i in (1, 0)]
        out.append(chunk([], usage={"total_tokens": 3}))
        out.append(f"data: [DONE]{eol}{eol}".encode())
        return b"".join(out)

    def hear(self, stream):
        heard = Heard()
        for name, data in events(stream):
            if name == ":" or data == "[DONE]":
                heard.marks.append((name, data))
                continue
            document = json.loads(data)
            if "usage" in document:
                heard.marks.append("usage")
            for choice in document["choices"]:
                self._delta(choice["index"], choice["delta"], heard)
                if choice["finish_reason"]:
                    for kind in ("content", "reasoning_content", "refusal", "function_call"):
                        heard.ended.add(f"{kind}:{choice['index']}")
                    heard.marks.append(("finish", choice["index"], choice["finish_reason"]))
        return heard

    def _delta(self, index, delta, heard):
        for kind, value in delta.items():
            if kind == "tool_calls":
                for call in value:
                    heard.add(f"call:{call['index']}", call["function"]["arguments"])
                    if "id" in call or "name" in call["function"]:
                        heard.marks.append(("call", call.get("id"), call["function"].get("name")))
            elif kind == "function_call":
                heard.add(f"{kind}:{index}", value["arguments"])
                heard.marks += [("name", value["name"])] if "name" in value else []
            elif kind == "role":
                heard.marks.append(("role", index))
            else:
                heard.add(f"{kind}:{index}", value)


class Completions:
    name = "openai.completions"
    plain = ("text:0", "text:1")
    json = signed = repeated = ()

    def say(self, pieces, eol="\n", ascii_only=False):
        def chunk(index, text, reason=None):
            choice = {"text": text, "index": index, "logprobs": None, "finish_reason": reason}
            document = {"id": "cmpl-1", "object": "text_completion", "choices": [choice]}
            return event(document, None, eol, ascii_only)

        out = [chunk(int(lane[-1]), text) for lane, text in pieces]
        out += [chunk(0, "", "stop"), chunk(1, "", "length"), f"data: [DONE]{eol}{eol}".encode()]
        return b"".join(out)

    def hear(self, stream):
        heard = Heard()
        for name, data in events(stream):
            if data == "[DONE]":
                heard.marks.append((name, data))
                continue
            for choice in json.loads(data)["choices"]:
                heard.add(f"text:{choice['index']}", choice["text"])
                if choice["finish_reason"]:
                    heard.end(f"text:{choice['index']}")
        return heard


MEMBER = {
    "output_text": "text",
    "refusal": "refusal",
    "reasoning_summary_text": "text",
    "custom_tool_call_input": "input",
    "code_interpreter_call_code": "code",
    "function_call_arguments": "arguments",
    "mcp_call_arguments": "arguments",
}
DELTA = {
    "text": ("text_delta", "text"),
    "thinking": ("thinking_delta", "thinking"),
    "input": ("input_json_delta", "partial_json"),
}


class Responses:
    name = "openai.responses"
    plain = ("output_text:0", "refusal:1", "reasoning_summary_text:2", "custom_tool_call_input:4",
             "code_interpreter_call_code:5")  # fmt: skip
    json = ("function_call_arguments:3", "mcp_call_arguments:6")
    signed = ()
    repeated = plain + json

    def say(self, pieces, eol="\n", ascii_only=False):
        out, number, texts = [], 0, {}

        def emit(kind, **members):
            nonlocal number
            document = {"type": kind, "sequence_number": number, **members}
            number += 1
            out.append(event(document, kind, eol, ascii_only))

        emit("response.created", response={"id": "resp_1", "object": "response", "output": []})
        last = {lane: i for i, (lane, _) in enumerate(pieces)}
        for i, (lane, text) in enumerate(pieces):
            kind, n = lane.split(":")
            place = self._place(kind, int(n))
            if lane not in texts:
                emit("response.output_item.added", output_index=int(n), item=self._item(kind, ""))
            texts[lane] = texts.get(lane, "") + text
            emit(f"response.{kind}.delta", **place, delta=text)
            if last[lane] == i:
                member = {MEMBER[kind]: texts[lane]}
                emit(f"response.{kind}.done", **place, **member)
                if kind in {"output_text", "refusal"}:
                    part = self._item(kind, texts[lane])["content"][0]
                    emit("response.content_part.done", **place, part=part)
                item = self._item(kind, texts[lane])
                emit("response.output_item.done", output_index=int(n), item=item)
        output = [self._item(lane.split(":")[0], text) for lane, text in texts.items()]
        emit("response.completed", response={"id": "resp_1", "output": output, "usage": {"t": 1}})
        return b"".join(out)

    def _place(self, kind, n):
        place = {"item_id": f"item_{n}", "output_index": n}
        if kind in {"output_text", "refusal"}:
            place["content_index"] = 0
        if kind == "reasoning_summary_text":
            place["summary_index"] = 0
        return place

    def _item(self, kind, text):
        match kind:
            case "output_text":
                part = {"type": kind, "text": text, "annotations": [], "logprobs": []}
                return {"type": "message", "id": "msg_1", "role": "assistant", "content": [part]}
            case "refusal":
                return {"type": "message", "id": "msg_2", "content": [{"type": kind, kind: text}]}
            case "reasoning_summary_text":
                return {"type": "reasoning", "summary": [{"type": "summary_text", "text": text}]}
            case _:
                kinds = {
                    "function_call_arguments": "function_call",
                    "mcp_call_arguments": "mcp_call",
                }
                item = {"type": kinds.get(kind, kind), "name": "send", "call_id": "call_1"}
                return {**item, MEMBER[kind]: text}

    def hear(self, stream):
        heard, number = Heard(), None
        for name, data in events(stream):
            document = json.loads(data)
            assert document["type"] == name
            assert number is None or document["sequence_number"] == number + 1
            number = document["sequence_number"]
            stem, _, suffix = name.removeprefix("response.").rpartition(".")
            lane = f"{stem}:{document.get('output_index')}"
            if suffix == "delta":
                heard.add(lane, document["delta"])
            elif stem in MEMBER:
                heard.repeats.append((lane, document[MEMBER[stem]]))
                heard.end(lane)
            else:
                heard.marks.append(name)
                self._repeats(document, heard)
        return heard

    def _repeats(self, document, heard):
        items = [document["item"]] if "item" in document else []
        items += document.get("response", {}).get("output", [])
        items += [{"content": [document["part"]]}] if "part" in document else []
        for item in items:
            for part in [item, *item.get("content", []), *item.get("summary", [])]:
                for member in ("text", "refusal", "arguments", "input", "code"):
                    if part.get(member):
                        heard.repeats.append((None, part[member]))


class Messages:
    name = "anthropic.messages"
    plain = ("text:0", "text:3")
    json = ("input:2",)
    signed = ("thinking:1",)
    repeated = ()

    def say(self, pieces, eol="\n", ascii_only=False):
        out = []

        def emit(kind, **members):
            out.append(event({"type": kind, **members}, kind, eol, ascii_only))

        emit("message_start", message={"id": "msg_1", "role": "assistant", "content": []})
        emit("ping")
        begun, last = set(), {lane: i for i, (lane, _) in enumerate(pieces)}
        for i, (lane, text) in enumerate(pieces):
            kind, n = lane.split(":")
            kinds = {"input": {"type": "tool_use", "id": "toolu_1", "name": "send", "input": {}}}
            if lane not in begun:
                block = kinds.get(kind, {"type": kind, kind: ""})
                emit("content_block_start", index=int(n), content_block=block)
                begun.add(lane)
            delta, member = DELTA[kind]
            emit("content_block_delta", index=int(n), delta={"type": delta, member: text})
            if last[lane] == i:
                if kind == "thinking":
                    signature = {"type": "signature_delta", "signature": "EqQBCgIYAhIM1gbcDa9GJwZA"}
                    emit("content_block_delta", index=int(n), delta=signature)
                emit("content_block_stop", index=int(n))
        emit("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None})
        emit("message_stop")
        return b"".join(out)

    def hear(self, stream):
        heard, kinds = Heard(), {}
        for name, data in events(stream):
            document = json.loads(data)
            assert document["type"] == name
            index = document.get("index")
            if name == "content_block_start":
                kind = document["content_block"]["type"]
                kinds[index] = f"{'input' if kind == 'tool_use' else kind}:{index}"
                heard.add(kinds[index], document["content_block"].get(kind, ""))
            elif name == "content_block_delta":
                delta = document["delta"]
                if delta["type"] == "signature_delta":
                    heard.marks.append(delta["signature"])
                else:
                    heard.add(kinds[index], delta[dict(DELTA.values())[delta["type"]]])
            elif name == "content_block_stop":
                heard.end(kinds[index])
            else:
                heard.marks.append((name, data))
        return heard


class Gemini:
    name = "gemini.generate"
    plain = ("text:0", "thought:0", "text:1")
    json = signed = repeated = ()

    def say(self, pieces, eol="\n", ascii_only=False):
        out = []
        for lane, text in pieces:
            kind, n = lane.split(":")
            part = {"text": text, **({"thought": True} if kind == "thought" else {})}
            content = {"parts": [part], "role": "model"}
            document = {"candidates": [{"content": content, "index": int(n)}], "responseId": "r1"}
            out.append(event(document, None, eol, ascii_only))
        for n in (0, 1):
            candidate = {"content": {"parts": [{"text": ""}]}, "finishReason": "STOP", "index": n}
            document = {"candidates": [candidate], "usageMetadata": {"totalTokenCount": 3}}
            out.append(event(document, None, eol, ascii_only))
        return b"".join(out)

    def hear(self, stream):
        heard = Heard()
        for _, data in events(stream):
            for candidate in json.loads(data)["candidates"]:
                for part in candidate["content"]["parts"]:
                    kind = "thought" if part.get("thought") else "text"
                    heard.add(f"{kind}:{candidate['index']}", part["text"])
                if "finishReason" in candidate:
                    heard.end(f"text:{candidate['index']}")
                    heard.ended.add(f"thought:{candidate['index']}")
        return heard


class Predictions:
    name = "replicate.predictions"
    plain = ("output:0",)
    json = signed = repeated = ()

    def say(self, pieces, eol="\n", ascii_only=False):
        out = []
        for i, (_, text) in enumerate(pieces):
            lines = "".join(f"data: {line}{eol}" for line in text.split("\n"))
            out.append(f"event: output{eol}id: 16:{i}{eol}{lines}{eol}".encode())
        out.append(f"event: done{eol}data: {{}}{eol}{eol}".encode())
        return b"".join(out)

    def hear(self, stream):
        heard = Heard()
        for name, data in events(stream):
            if name == "output":
                heard.add("output:0", data)
            else:
                heard.end("output:0")
        return heard


WIRES = (Chat(), Completions(), Responses(), Messages(), Gemini(), Predictions())
