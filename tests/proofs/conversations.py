"""Conversations as applications have them, made from a number: the same number, the same words.

A conversation is a generator: it yields calls and is sent what came back, because the next turn
holds the answer to the last one.
"""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from tests.proofs.planted import MAKERS, Value, planted

FRAMES = {
    "en": ("Please write to {} before noon.", "My data: {}.", "What do you know about {}?"),
    "de": ("Bitte schreiben Sie an {} bis morgen.", "Meine Angaben: {}.", "Wer ist {}?"),
    "fr": ("Écrivez à {} avant midi, s’il vous plaît.", "Mes données : {}.", "Qui est {} ?"),
    "es": ("Escriba a {} mañana, por favor.", "Mis datos: {}.", "¿Qué sabe de {}?"),
    "zh": ("请在中午之前联系{}，谢谢。", "我的资料：{}。", "你知道{}吗？"),
    "mixed": ("Bitte 请 note {} — merci.", "データ: {} (см. выше).", "<p>Señor, {}</p>"),
}
PROSE = ("My colleague {} wrote to us yesterday.", "I met {} in the office last week.",
         "Our manager {} called me on Monday.")  # fmt: skip
"""Sentences in which the small English model knows a name for one."""
FILLERS = {
    "en": "Our meeting is in the big room, and everybody brings something to eat. ",
    "de": "Wir treffen uns im großen Saal, und jeder bringt etwas zu essen mit. ",
    "fr": "Nous nous retrouvons dans la grande salle avec des gâteaux. ",
    "es": "Nos vemos en la sala grande y cada uno trae algo de comer. ",
    "zh": "我们在大厅见面，每个人都带点吃的。",
    "mixed": "Großer Saal, grande salle, 大厅; everybody is welcome. ",
}
PATHS = {
    "openai.chat": "/v1/chat/completions",
    "openai.responses": "/v1/responses",
    "openai.completions": "/v1/completions",
    "openai.embeddings": "/v1/embeddings",
    "anthropic.messages": "/v1/messages",
    "gemini.generate": "/v1beta/models/gem-1:generateContent",
}
STREAMED = {"gemini.generate": "/v1beta/models/gem-1:streamGenerateContent?alt=sse"}
_WEIGHTS = {"openai.chat": 5, "openai.responses": 3, "openai.completions": 1,
            "openai.embeddings": 1, "anthropic.messages": 4, "gemini.generate": 2}  # fmt: skip
CLERKS = tuple(f"clerk-{number}" for number in range(9))
MANY = "many"
"""The model that several places serve."""
FAULTS = (
    "500", "429", "cut", "torn", "bare", "plain", "wrong", "packed", "odd", "late",
)  # fmt: skip
"""What a provider may do wrong: see `tests.proofs.provider`."""
_PICTURE = base64.b64encode(bytes(range(256)) * 2).decode()


@dataclass(frozen=True, slots=True)
class Script:
    """How the provider answers.

    Args:
        fault: What goes wrong, ``""`` for nothing.
        tool: The answer is a call of a tool.
        structured: The text is JSON.
        piece: Characters of the text in one event.
        newline: What ends the lines of a stream.
        invented: Personal data that nobody told it.
        order: In which order it says what it says.
    """

    fault: str = ""
    tool: bool = False
    structured: bool = False
    piece: int = 5
    newline: str = "\n"
    invented: tuple[Value, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as an application makes it.

    Args:
        name: Of the call, unique in a run; a retry has another.
        conversation: Its conversation.
        dialect: What it speaks.
        place: The region that it goes to.
        target: Path and query.
        headers: Beside those of every call.
        body: The bytes.
        principal: Who asks.
        streamed: Whether a stream is asked for.
        last: The text of the last message, as the application wrote it.
        values: What is planted in the conversation so far.
        unscannable: It holds what nobody can scan, and so must be refused.
        chunks: Seed of how the answer's bytes are cut on their way.
        leave: Chunks after which the caller hangs up; 0 for never.
        script: How it is answered.
        named: What its conversation is called in a header, ``""`` for nothing.
    """

    name: str
    conversation: str
    dialect: str
    place: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    principal: str
    streamed: bool
    last: str = field(repr=False)
    values: tuple[Value, ...] = field(repr=False)
    unscannable: bool
    chunks: int
    leave: int
    script: Script = field(repr=False)
    named: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What both sides said in one turn.

    Args:
        user: The user's text.
        answer: What came back, ``""`` if nothing did.
        given: A tool's result, JSON.
    """

    user: str
    answer: str = ""
    given: dict[str, Any] | None = None


class Conversation:
    """A conversation.

    Args:
        seed: Of the run.
        number: Of the conversation.
        places: Regions to choose from.
        kinds: Kinds of values to plant; all if none is named.
        language: The language; any if none is named.
        dialects: Dialects to choose from; all if none is named.
        routed: Whether its model is the name of its place, or of all that may be asked; else "m".
            Then every other conversation is another tenant's, and named as the one before.
        glued: Whether what a provider wrote without spaces is kept for the next turn.
    """

    def __init__(
        self,
        seed: str,
        number: int,
        places: tuple[str, ...],
        kinds: tuple[str, ...] = (),
        language: str = "",
        *,
        dialects: tuple[str, ...] = tuple(_WEIGHTS),
        routed: bool = False,
        glued: bool = False,
    ) -> None:
        self.glued = glued
        self.name = f"{seed}-{number}"
        self.rng = rng = random.Random(self.name)
        self.language = language or rng.choice(tuple(FRAMES))
        self.dialect = rng.choices(dialects, [_WEIGHTS[one] for one in dialects])[0]
        self.place = rng.choice(places)
        self.model = rng.choice((self.place, MANY)) if routed else "m"
        self.principal = rng.choice(("", "shop", rng.choice(CLERKS)))
        self.named = f"c-{self.name}" if rng.random() < 0.4 else ""
        if routed:
            pair = f"c-{seed}-{number // 2}"
            self.principal = rng.choice((("", "shop"), CLERKS)[number % 2])
            self.named = pair if random.Random(pair).random() < 0.6 else ""
        self.kinds = kinds or tuple(MAKERS)
        # Answers are screened by patterns alone, which find no name.
        self.invents = tuple(kind for kind in self.kinds if kind in MAKERS)
        self.values = [self._planted() for _ in range(rng.randrange(1, 5))]
        if "name" in self.kinds:
            self.values = [self._planted("email"), self._planted("name"), *self.values]
        self.turns: list[Turn] = []
        self.tools = rng.random() < 0.3
        self.escapes = rng.choice(("none", "ascii", "all"))
        self.session = f"s-{rng.randrange(40)}" if rng.random() < 0.3 else ""
        self._calls = 0

    def _planted(self, kind: str = "") -> Value:
        return planted(self.rng, self.name, kind or self.rng.choice(self.kinds))

    def _value(self) -> str:
        """A value that is found wherever it stands."""
        return self.rng.choice([v.text for v in self.values if v.kind != "name"])

    def calls(self) -> Generator[Call, str, None]:
        """Yields calls; is sent the text that came back."""
        rng = self.rng
        for _ in range(rng.choices(range(1, 7), (6, 4, 3, 2, 1, 1))[0]):
            if self.turns and rng.random() < 0.3:
                self.values.append(self._planted())
            given = {"rows": [self._row()], "note": self._said()} if rng.random() < 0.25 else None
            self.turns.append(Turn(self._said(), given=given))
            call = self._call()
            answer = yield call
            if call.script.fault in {"500", "429"} or rng.random() < 0.1:
                calm = replace(call.script, fault="")
                answer = yield _again(call, self._next(), calm)
            self.turns[-1] = replace(self.turns[-1], answer=answer or "I see.")

    def _next(self) -> str:
        self._calls += 1
        return f"{self.name}-{self._calls}"

    def _said(self) -> str:
        rng = self.rng
        if "name" in self.kinds and rng.random() < 0.7:
            named = next(value.text for value in self.values if value.kind == "name")
            return rng.choice(PROSE).format(named)
        some = [self._value() for _ in range(rng.randrange(1, 4))]
        text = rng.choice(FRAMES[self.language]).format(" & ".join(dict.fromkeys(some)))
        if rng.random() < 0.2:
            text = f"<table><tr><td>{text}</td></tr></table>"
        if rng.random() < 0.3:
            text = FILLERS[self.language] * rng.randrange(1, 12) + text
        return text

    def _row(self) -> dict[str, Any]:
        value = self._value()
        inner = {"contact": value, "n": 3, "nested": json.dumps({"of": [value]})}
        return {"id": "r1", "who": value, "raw": json.dumps(inner)}

    def _call(self) -> Call:
        rng = self.rng
        streamed = self.dialect != "openai.embeddings" and rng.random() < 0.5
        unscannable = self.dialect in _OPAQUE and rng.random() < 0.04
        structured = self.dialect == "openai.chat" and rng.random() < 0.1
        body = getattr(self, f"_{self.dialect.replace('.', '_')}")(streamed=streamed)
        if unscannable:
            _OPAQUE[self.dialect](body)
        self._beside(body)
        if structured:
            body["response_format"] = {"type": "json_object"}
        target = STREAMED.get(self.dialect, "") if streamed else ""
        target = target or PATHS[self.dialect]
        beside = [value.text for value in self.values if value.kind in {"email", "phone"}]
        if beside and rng.random() < 0.03:  # see `test_findings` for other kinds
            target += f"{'&' if '?' in target else '?'}customer={quote(beside[0])}"
        name = self._next()
        return Call(
            name=name,
            conversation=self.name,
            dialect=self.dialect,
            place=self.place,
            target=target,
            headers=self._headers(name),
            body=_written(body, self.escapes),
            principal=self.principal,
            streamed=streamed,
            last=body["prompt"] if "prompt" in body else self._last(),
            values=tuple(self.values),
            unscannable=unscannable,
            chunks=rng.randrange(2**31),
            leave=rng.randrange(1, 9) if rng.random() < 0.04 else 0,
            script=self._script(structured=structured),
            named=self.named,
        )

    def _beside(self, body: dict[str, Any]) -> None:
        """What applications put beside the messages."""
        if self.rng.random() > 0.08:
            return
        value = self._value()
        if self.dialect == "anthropic.messages":
            body["metadata"] = {"user_id": value}
        elif self.dialect in {"openai.chat", "openai.responses"}:
            body |= {"user": value, "metadata": {"customer": value}}
        elif self.dialect == "gemini.generate":
            body["labels"] = {"customer": value}

    def _headers(self, name: str) -> tuple[tuple[str, str], ...]:
        found = [("content-type", "application/json"), ("authorization", "Bearer k"),
                 ("x-case", name), ("X-Guard-Request-Id", f"r-{self.name}-{len(self.turns)}"),
                 ("User-Agent", "proof/1.0")]  # fmt: skip
        if self.named:
            found.append(("X-Guard-Conversation", self.named))
        if self.session:
            found.append(("X-Guard-Session", self.session))
        if self.rng.random() < 0.2:
            found.append(("x-guard-purpose", "inference"))
        if self.rng.random() < 0.1:
            found.append(("X-Guard-Subjects", self.values[0].owner))
        plain = [v.text for v in self.values if v.kind in {"email", "phone"} and v.text.isascii()]
        if plain and self.rng.random() < 0.03:
            found.append(("X-Customer", plain[0]))
        return tuple(found)

    def _script(self, *, structured: bool) -> Script:
        rng = self.rng
        tool = (
            self.tools and self.dialect in {"openai.chat", "anthropic.messages"} and not structured
        )
        return Script(
            fault=rng.choice(FAULTS) if rng.random() < 0.15 else "",
            tool=tool and rng.random() < 0.5,
            structured=structured,
            piece=rng.choice((1, 2, 3, 5, 7, 13, 1000)),
            newline=rng.choice(("\n", "\n", "\r\n")),
            invented=tuple(
                planted(rng, f"!{self.name}", rng.choice(self.invents))
                for _ in range(rng.choice((0, 0, 1, 2)))
            ),
            order=rng.randrange(2**31),
        )

    def _last(self) -> str:
        return self.turns[-1].user

    # ---------------------------------------------------------------- dialects

    def _example(self) -> dict[str, Any]:
        """A schema that shows data in its words, examples and defaults."""
        value = self._value()
        return {
            "type": "object",
            "description": f"Someone such as {value}",
            "properties": {
                "to": {"type": "string", "description": "To whom", "examples": [value]},
                "n": {"type": "integer", "default": 1},
                "from": {"type": "string", "default": value, "enum": [value, "nobody"]},
            },
        }

    def _openai_chat(self, *, streamed: bool) -> dict[str, Any]:
        turns: list[dict[str, Any]] = [{"role": "system", "content": "Be brief."}]
        for number, turn in enumerate(self.turns):
            turns += self._tool_turns(number, turn)
            parts = [{"type": "text", "text": turn.user}]
            turns.append({"role": "user", "content": parts if number % 2 else turn.user})
            if turn.answer:
                turns.append({"role": "assistant", "content": turn.answer})
        body: dict[str, Any] = {"model": self.model, "messages": turns, "temperature": 0.2}
        if self.tools:
            function = {"name": "send", "description": "Sends", "parameters": self._example()}
            body["tools"] = [{"type": "function", "function": function}]
        if streamed:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body

    def _tool_turns(self, number: int, turn: Turn) -> list[dict[str, Any]]:
        if turn.given is None:
            return []
        call = {"name": "find", "arguments": json.dumps({"of": turn.given["rows"][0]["who"]})}
        return [
            {"role": "user", "content": "Look it up."},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": f"call_{number}", "type": "function", "function": call}],
            },
            {
                "role": "tool",
                "tool_call_id": f"call_{number}",
                "content": json.dumps(turn.given, ensure_ascii=number % 2 == 0),
            },
        ]

    def _openai_responses(self, *, streamed: bool) -> dict[str, Any]:
        items: list[dict[str, Any]] = []
        for number, turn in enumerate(self.turns):
            if turn.given is not None:
                given = json.dumps({"of": turn.given["rows"][0]["who"]})
                items += [
                    {
                        "type": "function_call",
                        "call_id": f"call_{number}",
                        "name": "find",
                        "arguments": given,
                    },
                    {
                        "type": "function_call_output",
                        "call_id": f"call_{number}",
                        "output": json.dumps(turn.given),
                    },
                ]
            text = [{"type": "input_text", "text": turn.user}]
            items.append({"role": "user", "content": text if number % 2 else turn.user})
            if turn.answer:
                items.append({"role": "assistant", "content": turn.answer})
        alone = len(items) == 1 and isinstance(items[0]["content"], str)
        body: dict[str, Any] = {
            "model": self.model,
            "input": items[0]["content"] if alone else items,
            "store": False,
            "instructions": f"You serve {self.values[0].text}.",
        }
        if self.tools:
            body["tools"] = [{"type": "function", "name": "send", "parameters": self._example()}]
        return body | ({"stream": True} if streamed else {})

    def _openai_completions(self, *, streamed: bool) -> dict[str, Any]:
        said = "\n".join(f"{turn.user}\n{turn.answer}" for turn in self.turns[:-1])
        prompt = f"{said}\n{self._last()}" if said else self._last()
        return {"model": self.model, "prompt": prompt} | ({"stream": True} if streamed else {})

    def _openai_embeddings(self, *, streamed: bool) -> dict[str, Any]:
        return {"model": self.model, "input": ["nothing", *(turn.user for turn in self.turns)]}

    def _anthropic_messages(self, *, streamed: bool) -> dict[str, Any]:
        turns: list[dict[str, Any]] = []
        for number, turn in enumerate(self.turns):
            if turn.given is not None:
                use = {"type": "tool_use", "id": f"toolu_{number}", "name": "find",
                       "input": turn.given["rows"][0]}  # fmt: skip
                result = {"type": "tool_result", "tool_use_id": f"toolu_{number}",
                          "content": json.dumps(turn.given)}  # fmt: skip
                turns += [
                    {"role": "user", "content": "Look it up."},
                    {"role": "assistant", "content": [use]},
                    {"role": "user", "content": [result]},
                ]
            block = [{"type": "text", "text": turn.user}]
            turns.append({"role": "user", "content": block if number % 2 else turn.user})
            if turn.answer:
                turns.append({"role": "assistant", "content": turn.answer})
        body: dict[str, Any] = {"model": self.model, "max_tokens": 99, "messages": turns,
                                "system": f"You serve {self.values[0].text}."}  # fmt: skip
        if self.tools:
            body["tools"] = [
                {"name": "send", "description": "Sends", "input_schema": self._example()}
            ]
        return body | ({"stream": True} if streamed else {})

    def _gemini_generate(self, *, streamed: bool) -> dict[str, Any]:
        turns: list[dict[str, Any]] = []
        for turn in self.turns:
            if turn.given is not None:
                call = {"name": "find", "args": turn.given["rows"][0]}
                back = {"name": "find", "response": turn.given}
                turns += [
                    {"role": "user", "parts": [{"text": "Look it up."}]},
                    {"role": "model", "parts": [{"functionCall": call}]},
                    {"role": "user", "parts": [{"functionResponse": back}]},
                ]
            turns.append({"role": "user", "parts": [{"text": turn.user}]})
            if turn.answer:
                turns.append({"role": "model", "parts": [{"text": turn.answer}]})
        served = {"parts": [{"text": f"You serve {self.values[0].text}."}]}
        body: dict[str, Any] = {"contents": turns, "systemInstruction": served}
        if self.tools:
            body["tools"] = [
                {"functionDeclarations": [{"name": "send", "parameters": self._example()}]}
            ]
        return body


def _again(call: Call, name: str, script: Script) -> Call:
    """The same request once more, as a client repeats it."""
    headers = tuple((n, name if n == "x-case" else v) for n, v in call.headers)
    return replace(call, name=name, headers=headers, script=script)


def _picture(body: dict[str, Any]) -> None:
    url = {"url": f"data:image/png;base64,{_PICTURE}"}
    body["messages"][-1]["content"] = [{"type": "image_url", "image_url": url}]


def _file(body: dict[str, Any]) -> None:
    part = {"type": "input_file", "file_data": f"data:application/pdf;base64,{_PICTURE}"}
    body["input"] = [{"role": "user", "content": [part]}]


def _document(body: dict[str, Any]) -> None:
    source = {"type": "base64", "media_type": "application/pdf", "data": _PICTURE}
    body["messages"][-1]["content"] = [{"type": "document", "source": source}]


def _sound(body: dict[str, Any]) -> None:
    data = {"mimeType": "audio/wav", "data": _PICTURE}
    body["contents"][-1]["parts"] = [{"inlineData": data}]


def _ids(body: dict[str, Any]) -> None:
    body["prompt"] = [1, 2, 3]


_OPAQUE = {"openai.chat": _picture, "openai.responses": _file, "anthropic.messages": _document,
           "gemini.generate": _sound, "openai.completions": _ids}  # fmt: skip
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r"(\\u[0-9a-fA-F]{4}|\\.)|([0-9@A-Za-z])")


def _written(body: dict[str, Any], escapes: str) -> bytes:
    """A body as JSON; with ``all``, its strings are nothing but escapes."""
    if escapes != "all":
        return json.dumps(body, ensure_ascii=escapes == "ascii").encode()
    return _STRING.sub(lambda m: _hidden(m[0]), json.dumps(body)).encode()


def _hidden(string: str) -> str:
    return _ESCAPED.sub(lambda m: m[1] or f"\\u{ord(m[2]):04x}", string)
