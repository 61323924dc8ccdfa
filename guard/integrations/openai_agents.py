"""OpenAI's Agents SDK: runs whose every model call is decided before it leaves.

    from guard.integrations.openai_agents import run_config
    result = await Runner.run(agent, "…", run_config=run_config(guard, AsyncOpenAI(), thread="42"))

The client is guarded, so items, tools and answers are real in the run, streamed or not, and only
calls are pseudonymised. `call_model_input_filter` alone could pseudonymise what is sent, but never
see the system's tools or restore what comes; here it only refuses agents that bring a model of
their own.
"""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError, Denied
from guard.integrations.frameworks import conversation, framework
from guard.integrations.kits import guarded_kit, is_guarded
from guard.integrations.question import released

if TYPE_CHECKING:
    from guard.gate.gate import Gate

_OURS = ("model_provider", "tracing_disabled")
_SENDS = ("OpenAIResponsesModel", "OpenAIChatCompletionsModel")
_SOCKET = "OpenAIResponsesWSModel"


def run_config(
    guard: Gate,
    client: Any,
    circumstances: Circumstances | None = None,
    *,
    thread: str = "",
    traced: bool = False,
    use_responses: bool | None = None,
    **options: Any,
) -> Any:
    """A `RunConfig` for `Runner`, which agents used as tools inherit.

    Args:
        guard: Who decides.
        client: `AsyncOpenAI`, guarded or not.
        circumstances: What holds for every request.
        thread: Names the run's conversation and session, for instance its session's id.
        traced: Traces may be exported. They go to OpenAI in the United States by default, around
            this door, and hold what tools got and gave; they are off unless this is set.
        use_responses: Whether models are asked by the Responses API; None for the SDK's default.
        options: Whatever else `RunConfig` takes.

    Raises:
        ConfigError: If the SDK is missing, or an option would undo this.
    """
    agents = framework("agents", "openai-agents")
    if taken := sorted(options.keys() & set(_OURS)):
        raise ConfigError(f"{taken[0]} is what this sets", remedy="leave it out")
    how = circumstances or Circumstances()
    if name := conversation(thread):
        how = replace(how, conversation=name, session=name)
    kit = client if is_guarded(client) else guarded_kit(client, guard, how)
    if not hasattr(kit, "responses") or not inspect.iscoroutinefunction(kit.post):
        raise ConfigError(f"{type(client).__name__} is no AsyncOpenAI", remedy="give one")
    # Over web sockets it would leave around the HTTP client.
    provider = agents.OpenAIProvider(
        openai_client=kit, use_responses=use_responses, use_responses_websocket=False
    )
    chosen = options.get("model")
    _refuse_foreign(chosen)
    options["call_model_input_filter"] = _only_guarded(
        options.get("call_model_input_filter"), overridden=chosen is not None
    )
    return agents.RunConfig(model_provider=provider, tracing_disabled=not traced, **options)


def _only_guarded(then: Any, *, overridden: bool) -> Any:
    """A filter of a call's input that changes nothing, and refuses a model that nobody guards."""

    async def only_guarded(call: Any) -> Any:
        if not overridden:
            _refuse_foreign(call.agent.model)
        if then is None:
            return call.model_data
        made = then(call)
        return await made if inspect.isawaitable(made) else made

    return only_guarded


def _refuse_foreign(model: Any) -> None:
    """Refuse a model that does not send by a guarded client.

    Raises:
        Denied: If it does not, or nobody knows by what it sends.
    """
    if model is None or isinstance(model, str):
        return
    kinds = {kind.__name__ for kind in type(model).__mro__}
    client = getattr(model, "_client", None)
    sends = bool(kinds & set(_SENDS)) and _SOCKET not in kinds
    if not sends or client is None or not is_guarded(client):
        raise Denied(
            f"an agent brings a model of its own, {type(model).__name__}, that nobody guards",
            remedy="name the model, or make it with a guarded client",
        )


def input_guardrail(
    guard: Gate, to: str, circumstances: Circumstances | None = None, *, name: str = "guard"
) -> Any:
    """An `InputGuardrail` that stops a run before a model or a tool is called.

    It is a decision of its own in the log. What it lets pass is decided again when it is sent.

    Args:
        guard: Who decides.
        to: The destination that the agent's model is.
        circumstances: What holds of every input.
        name: The guardrail's name.

    Raises:
        ConfigError: If the SDK is missing, or the destination is unknown.
    """
    agents = framework("agents", "openai-agents")
    guard.candidates(to)
    how = circumstances or Circumstances()

    async def decide(_context: Any, _agent: Any, given: Any) -> Any:
        sent = {"model": "", "input": given}
        asked = await asyncio.to_thread(released, guard, "openai.responses", sent, to, how)
        verdict = asked.verdict
        said = {"decision": verdict.decision.id, "effect": verdict.decision.effect,
                "rules": [reason.rule for reason in verdict.reasons]}  # fmt: skip
        return agents.GuardrailFunctionOutput(
            output_info=said, tripwire_triggered=not verdict.permitted
        )

    return agents.InputGuardrail(guardrail_function=decide, name=name, run_in_parallel=False)
