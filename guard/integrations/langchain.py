"""LangChain: agents whose state stays real, and whose calls are decided before they leave.

    from guard.integrations.langchain import middleware
    agent = create_agent(model, tools, middleware=[..., middleware(guard)])

The model of a call is replaced by a copy whose HTTP clients are guarded, so all that the model
sends is decided by the address it really goes to, and all that comes back is restored on the wire:
messages, streamed chunks, tool calls and structured output are real wherever LangChain shows them.

Middleware that stands after this one may exchange the model, and some has a model of its own:
put this one last, and give every other model through `guarded`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError, Refused
from guard.integrations.frameworks import conversation, framework, thread_headers
from guard.integrations.kits import guarded_kit, is_guarded
from guard.payload import copied, rebuild, segments

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict

M = TypeVar("M")
_KITS = {
    "BaseChatOpenAI": ("root_client", "root_async_client"),
    "ChatAnthropic": ("_client", "_async_client"),
}
"""Classes of models, and where they keep the kits that send (langchain-openai 1.x, -anthropic)."""
_RESOURCES = {
    "BaseChatOpenAI": ("client", "async_client"),
    "OpenAIEmbeddings": ("client", "async_client"),
}
"""Classes, and where they keep resources of a kit, which lead to it by `_client`."""
_KEPT = 32
"""Guarded copies of models that a middleware keeps."""


def guarded(model: M, guard: Gate, circumstances: Circumstances | None = None) -> M:
    """A copy of a model or of embeddings whose every request is decided by `guard`.

    Args:
        model: `ChatOpenAI` and its kin, `ChatAnthropic`, `OpenAIEmbeddings`.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If it is none of these: nobody knows by what it sends.
    """
    kinds = {kind.__name__ for kind in type(model).__mro__}
    copy_of: Any = getattr(model, "model_copy", None)
    changes: dict[str, Any] = {}
    for kind in kinds & _KITS.keys():
        for name in _KITS[kind]:
            changes[name] = _kit(getattr(model, name), guard, circumstances)
    for kind in kinds & _RESOURCES.keys():
        for name in _RESOURCES[kind]:
            changes[name] = _resource(getattr(model, name), guard, circumstances)
    if copy_of is None or not any(changes.values()):
        raise ConfigError(
            f"nobody knows by what {type(model).__name__} sends",
            remedy="point it at `guard serve`, or use ChatOpenAI or ChatAnthropic",
        )
    made: M = copy_of(update=changes)
    return made


def _is_guarded(model: Any) -> bool:
    """Whether all that a model sends is decided already."""
    kinds = {kind.__name__ for kind in type(model).__mro__}
    kits = [getattr(model, name) for kind in kinds & _KITS.keys() for name in _KITS[kind]]
    found = [kit for kit in kits if kit is not None]
    return bool(found) and all(map(is_guarded, found))


def _refusal(error: BaseException | None) -> Refused | None:
    """The refusal that LangChain has put its own error around."""
    while error is not None and not isinstance(error, Refused):
        error = error.__cause__
    return error


def _kit(kit: Any, guard: Gate, circumstances: Circumstances | None) -> Any:
    """What is not there stays away: a model whose key comes from a coroutine has no sync client."""
    return None if kit is None else guarded_kit(kit, guard, circumstances)


def _resource(resource: Any, guard: Gate, circumstances: Circumstances | None) -> Any:
    if resource is None:
        return None
    return type(resource)(_kit(resource._client, guard, circumstances))  # noqa: SLF001


def middleware(
    guard: Gate,
    circumstances: Circumstances | None = None,
    *,
    sinks: Mapping[str, str] | None = None,
    traced: bool = False,
) -> Any:
    """Middleware for `create_agent`. Put it last, so that none after it exchanges the model.

    The thread of a run (``configurable.thread_id``) names its conversation and its session.

    Args:
        guard: Who decides.
        circumstances: What holds for every request.
        sinks: Destination by name of a tool that sends its arguments elsewhere. They are decided as
            a transfer to there. Tools that are not named run here and get real arguments.
        traced: LangSmith may trace: it receives the agent's state, which is real, around this
            middleware. Where it is on and this is not set, nothing is sent.

    Raises:
        ConfigError: If LangChain is missing, or a destination is unknown.
    """
    for destination in (sinks or {}).values():
        guard.candidates(destination)
    return _kind()(guard, circumstances or Circumstances(), dict(sinks or {}), traced=traced)


@cache
def _kind() -> type[Any]:
    types = framework("langchain.agents.middleware", "langchain")
    return type("GuardMiddleware", (_Middleware, types.AgentMiddleware), {})


class _Middleware:
    """The body of the middleware; LangChain's base is added where it is there."""

    def __init__(
        self, guard: Gate, circumstances: Circumstances, sinks: dict[str, str], *, traced: bool
    ) -> None:
        super().__init__()
        self._guard, self._circumstances = guard, circumstances
        self._sinks, self._traced = sinks, traced
        self._copies: OrderedDict[int, tuple[Any, Any]] = OrderedDict()

    def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Call the model by guarded clients.

        Raises:
            Refused: If what is sent may not leave; an error of the model's kit as well.
        """
        try:
            return handler(self._governed(request))
        except Exception as error:
            if (refused := _refusal(error)) is None:
                raise
            raise refused from None

    async def awrap_model_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """The same for an event loop."""
        try:
            return await handler(self._governed(request))
        except Exception as error:
            if (refused := _refusal(error)) is None:
                raise
            raise refused from None

    def wrap_tool_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Call a tool here with real arguments, one that sends with what may be sent.

        Raises:
            Refused: If they may not be sent.
        """
        how = self._sent(request)
        if how is None:
            return handler(request)
        verdict = self._guard.check(request.tool_call["args"], **how)
        return self._restored(handler(_with(request, verdict)), verdict)

    async def awrap_tool_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """The same for an event loop."""
        how = self._sent(request)
        if how is None:
            return await handler(request)
        verdict = await self._guard.acheck(request.tool_call["args"], **how)
        result = await handler(_with(request, verdict))
        return await asyncio.to_thread(self._restored, result, verdict)

    def _governed(self, request: Any) -> Any:
        if not self._traced and framework("langsmith.utils", "langsmith").tracing_is_enabled():
            raise ConfigError(
                "LangSmith traces this run, and would receive what the model may not",
                remedy="turn tracing off, or say traced=True if your traces may hold it",
            )
        settings = dict(request.model_settings)
        said = thread_headers(_thread())
        settings["extra_headers"] = {**(settings.get("extra_headers") or {}), **said}
        return request.override(model=self._copy(request.model), model_settings=settings)

    def _copy(self, model: Any) -> Any:
        """The guarded copy of a model, made once."""
        if _is_guarded(model):
            return model
        kept = self._copies.get(id(model))
        if kept is None or kept[0] is not model:
            kept = (model, guarded(model, self._guard, self._circumstances))
            self._copies[id(model)] = kept
            if len(self._copies) > _KEPT:
                self._copies.popitem(last=False)
        return kept[1]

    def _sent(self, request: Any) -> dict[str, Any] | None:
        """How `Gate.check` is asked about a tool's arguments; None if they stay here."""
        sink = self._sinks.get(request.tool_call["name"])
        if sink is None:
            return None
        how = self._circumstances
        return {
            "to": sink,
            "purpose": how.purpose,
            "principal": how.principal,
            "conversation": conversation(_thread()) or how.conversation,
            "language": how.language,
            "categories": how.categories,
            "subjects": how.subjects,
            "facts": how.facts,
        }

    def _restored(self, result: Any, verdict: Verdict) -> Any:
        """A tool's message with pseudonyms turned back; a command holds what the tool chose."""
        if not verdict.conversation or not hasattr(result, "content"):
            return result
        content = copied(result.content)
        texts = {
            s.pointer: self._guard.restore(s.text, verdict.conversation) for s in segments(content)
        }
        return result.model_copy(update={"content": rebuild(content, texts)})


def _with(request: Any, verdict: Verdict) -> Any:
    return request.override(tool_call={**request.tool_call, "args": verdict.payload})


def _thread() -> str:
    """The id of the run's thread, ``""`` for none."""
    said = framework("langgraph.config", "langgraph").get_config().get("configurable", {})
    return str(said.get("thread_id") or "")
