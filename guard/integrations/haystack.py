"""Haystack: generators and embedders whose every request is decided; components for all others.

    from guard.integrations.haystack import guarded
    pipeline.add_component("llm", guarded(OpenAIChatGenerator("gpt-5"), guard))

Messages and documents stay real in the pipeline; calls are pseudonymised and answers restored on
the wire. A generator that sends otherwise stands between two components, `prompt` and `answer`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError, Denied
from guard.integrations.frameworks import framework
from guard.integrations.kits import guarded_kit, is_guarded
from guard.integrations.question import Released, released
from guard.stream.events import Kind
from guard.stream.passage import Passages, once

if TYPE_CHECKING:
    from guard.gate.gate import Gate

C = TypeVar("C")
_SENDS = frozenset({"OpenAIChatGenerator", "OpenAITextEmbedder", "OpenAIDocumentEmbedder"})
_TELEMETRY = "HAYSTACK_TELEMETRY_ENABLED"
"""Haystack reports how it is used, unless this says no before it is imported."""


def guarded(component: C, guard: Gate, circumstances: Circumstances | None = None) -> C:
    """A generator or an embedder, the same object, whose every request is decided by `guard`.

    Args:
        component: `OpenAIChatGenerator`, `OpenAITextEmbedder`, `OpenAIDocumentEmbedder`, their kin.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If it is none of these, or guarded already.
    """
    made: Any = component
    kinds = {kind.__name__ for kind in type(made).__mro__}
    if not kinds & _SENDS:
        raise ConfigError(
            f"nobody knows by what {type(made).__name__} sends",
            remedy="put it between the components `prompt` and `answer`",
        )
    if "warm_up" in vars(made):
        raise ConfigError("this component is guarded already", remedy="guard it once")
    # A component that was closed makes its clients anew when it is warmed up.
    warm_up, warm_up_async = made.warm_up, made.warm_up_async

    def warm() -> None:
        warm_up()
        if not is_guarded(made.client):
            made.client = guarded_kit(made.client, guard, circumstances)

    async def warm_async() -> None:
        await warm_up_async()
        if not is_guarded(made.async_client):
            made.async_client = guarded_kit(made.async_client, guard, circumstances)

    made.warm_up, made.warm_up_async = warm, warm_async
    return component


def prompt(guard: Gate, to: str, circumstances: Circumstances | None = None) -> Any:
    """A component that gives out what a generator may be sent, or refuses.

    Its input is ``messages``; its outputs are ``messages`` for the generator, and ``released`` for
    the component `answer`. Tools that a generator is given itself are not seen.

    Args:
        guard: Who decides.
        to: The destination that the generator is.
        circumstances: What holds of every prompt.

    Raises:
        ConfigError: If Haystack is missing, or the destination is unknown.
    """
    guard.candidates(to)
    return _kinds()[0](guard, to, circumstances or Circumstances())


def answer(guard: Gate) -> Any:
    """A component that turns the pseudonyms of a generator's ``replies`` back.

    Its inputs are ``replies`` and ``released``, of `prompt`; personal data that are new are taken
    out.

    Args:
        guard: The guard of `prompt`.

    Raises:
        ConfigError: If Haystack is missing.
    """
    return _kinds()[1](guard)


@cache
def _kinds() -> tuple[Any, Any]:
    os.environ.setdefault(_TELEMETRY, "False")
    component = framework("haystack", "haystack-ai").component
    return component(GuardPrompt), component(GuardAnswer)


def _message() -> Any:
    return framework("haystack.dataclasses", "haystack-ai").ChatMessage


def _messages() -> Any:
    """The type of a list of messages, by which Haystack checks what is connected."""
    many: Any = list
    return many[_message()]


class GuardPrompt:
    """The body of the component `prompt`."""

    def __init__(self, guard: Gate, to: str, circumstances: Circumstances) -> None:
        component = framework("haystack", "haystack-ai").component
        component.set_input_types(self, messages=_messages())
        component.set_output_types(self, messages=_messages(), released=Released)
        self._guard, self._to, self._circumstances = guard, to, circumstances

    def run(self, **given: Any) -> dict[str, Any]:
        """Decide about messages.

        Raises:
            Refused: If they may not go.
        """
        kind, messages = _message(), given["messages"]
        turns = [one.to_openai_dict_format(require_tool_call_ids=False) for one in messages]
        if not turns:
            raise Denied("nothing was asked, so nothing is decided")
        document = {"model": "", "messages": turns}
        found = released(self._guard, "openai.chat", document, self._to, self._circumstances)
        pairs = zip(messages, turns, found.document["messages"], strict=True)
        sent = [
            one if before == after else kind.from_openai_dict_format(after)
            for one, before, after in pairs
        ]
        return {"messages": sent, "released": found}

    async def run_async(self, **given: Any) -> dict[str, Any]:
        """The same for an event loop."""
        return await asyncio.to_thread(self.run, **given)


class GuardAnswer:
    """The body of the component `answer`."""

    def __init__(self, guard: Gate) -> None:
        component = framework("haystack", "haystack-ai").component
        component.set_input_types(self, replies=_messages(), released=Released)
        component.set_output_types(self, replies=_messages())
        self._guard = guard

    def run(self, **given: Any) -> dict[str, Any]:
        """Restore replies."""
        passages = given["released"].passages(self._guard)
        return {"replies": _restored(given["replies"], passages)}


def _restored(replies: Sequence[Any], passages: Passages) -> list[Any]:
    kind = _message()
    restored = []
    for reply in replies:
        turn = reply.to_openai_dict_format(require_tool_call_ids=False)
        if isinstance(turn.get("content"), str):
            turn["content"] = once(passages.of(Kind.TEXT), turn["content"])
        for call in turn.get("tool_calls", ()):
            function = call["function"]
            function["arguments"] = once(passages.of(Kind.JSON), function["arguments"])
        # Log-probabilities repeat the text token by token, where nobody has screened it.
        meta = {name: value for name, value in reply.meta.items() if name != "logprobs"}
        made = kind.from_openai_dict_format(turn)
        restored.append(replace(made, _meta=meta))
    return restored
