"""LiteLLM: a router whose deployments are lawful, and whose requests are decided on the wire.

    from guard.integrations.litellm import install
    install(guard)                                  # before a Router is made
    answer = await Router(model_list=[…]).acompletion("chat", messages)

LiteLLM gives its OpenAI clients the HTTP sessions that are set here, so what they send is decided
by the address it goes to, and answers, streamed or not, are restored before LiteLLM reads them. A
hook that rewrites messages could not do that: LiteLLM shows a stream's chunks to none but the
proxy's hooks, and forwards a chunk as it is when a hook fails. What would leave by other clients
of LiteLLM is refused by the hook that it calls before each deployment.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError, Denied, GuardError, Undecided
from guard.integrations.frameworks import framework
from guard.integrations.kits import guarded_http, is_guarded
from guard.integrations.question import released

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.types import Destination

_PROVIDER = "openai"
"""The one provider, own addresses included, that LiteLLM asks by the sessions set here."""
_CALLS = frozenset({"completion", "acompletion", "embedding", "aembedding", "embeddings"})
_OTHER_WAY = "EXPERIMENTAL_OPENAI_BASE_LLM_HTTP_HANDLER"
_DEFAULT = "https://api.openai.com/v1"


def install(guard: Gate, circumstances: Circumstances | None = None) -> Any:
    """Guard the HTTP sessions of LiteLLM, and add the hooks to its callbacks.

    Args:
        guard: Who decides.
        circumstances: What holds for every request.

    Returns:
        The hooks, a `CustomLogger`. For the proxy, name them in ``litellm_settings.callbacks``.

    Raises:
        ConfigError: If LiteLLM is missing, or it has sessions already: they would be used beside.
    """
    # On import LiteLLM fetches prices from the network, unless this says that it has them.
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    litellm = framework("litellm", "litellm")
    if litellm.client_session is not None or litellm.aclient_session is not None:
        raise ConfigError(
            "LiteLLM has sessions already", remedy="call install once, and set no session yourself"
        )
    httpx = framework("httpx", "httpx")
    litellm.client_session = guarded_http(httpx.Client(follow_redirects=True), guard, circumstances)
    litellm.aclient_session = guarded_http(
        httpx.AsyncClient(follow_redirects=True), guard, circumstances
    )
    litellm.in_memory_llm_clients_cache.flush_cache()  # clients that were made before
    hooks = _kind()(guard, circumstances or Circumstances())
    litellm.callbacks.append(hooks)
    return hooks


@cache
def _kind() -> type[Any]:
    logger = framework("litellm.integrations.custom_logger", "litellm")
    return type("GuardHooks", (_Hooks, logger.CustomLogger), {})


class _Hooks:
    """The body of the hooks; LiteLLM's base is added where it is there.

    It is no `CustomGuardrail`: a request may turn guardrails off by its metadata.
    """

    def __init__(self, guard: Gate, circumstances: Circumstances) -> None:
        super().__init__()
        self._guard, self._circumstances = guard, circumstances

    async def async_pre_call_hook(
        self, user_api_key_dict: Any, cache: Any, data: dict[str, Any], call_type: str
    ) -> dict[str, Any]:
        """In the proxy: refuse what goes to a provider by another way.

        Raises:
            Denied: For such a call: pass-through, speech, web sockets, files.
        """
        del user_api_key_dict, cache
        _one_of_ours(call_type)
        return data

    async def async_filter_deployments(
        self,
        model: str,
        healthy_deployments: Sequence[dict[str, Any]],
        messages: Sequence[Any] | None,
        request_kwargs: Mapping[str, Any] | None = None,
        parent_otel_span: Any = None,
    ) -> list[dict[str, Any]]:
        """Leave the deployments to which the request may go. It is a decision of its own.

        Raises:
            Refused: If there is none.
        """
        del parent_otel_span
        dialect, document = _document(model, messages, request_kwargs or {})
        places = [self._place(one) for one in healthy_deployments]
        known = {place.id: place for place in places if place is not None}
        if not known:
            raise Undecided(
                "no deployment leads to a destination that is known",
                remedy="give deployments of openai/… an api_base that your tables list",
            )
        pairs = list(zip(healthy_deployments, places, strict=True))
        if not document:  # the router does not show its filters what it will send: the wire decides
            return [one for one, place in pairs if place is not None]
        found = await asyncio.to_thread(
            released, self._guard, dialect, document, list(known.values()), self._circumstances
        )
        _ = found.document  # raises if no place may have it
        lawful = {
            option.destination
            for option in found.verdict.plan.options
            if option.evaluation.effect == "permit"
        } or {found.verdict.decision.destination}
        return [one for one, place in pairs if place is not None and place.id in lawful]

    def _place(self, deployment: Mapping[str, Any]) -> Destination | None:
        """Where a deployment would send, None if nobody knows: the wire decides again."""
        params = deployment.get("litellm_params", {})
        model, provider = _model_of(params)
        if provider != _PROVIDER:
            return None
        address = str(params.get("api_base") or params.get("base_url") or _DEFAULT)
        try:
            url = address.rstrip("/") + "/chat/completions"
            resolution = self._guard.resolver.resolve(url, model=model, headers={}, fields={})
        except GuardError:
            return None
        return resolution.destination

    async def async_pre_call_deployment_hook(
        self, kwargs: dict[str, Any], call_type: Any
    ) -> dict[str, Any]:
        """Before each attempt: refuse what LiteLLM would send by another client of its own.

        Raises:
            Denied: If nothing here could decide about it.
        """
        _one_of_ours(getattr(call_type, "value", ""))
        called = {"model": getattr(kwargs.get("litellm_logging_obj"), "model", ""), **kwargs}
        _, provider = _model_of(called)
        client = kwargs.get("client")
        if provider != _PROVIDER:
            raise Denied(
                f"LiteLLM sends to {provider[:32] or 'this provider'} by a client nobody guards",
                remedy="put openai/ and an api_base in front of it, or `guard serve`",
            )
        if client is not None and not is_guarded(client):
            raise Denied("the call brings a client nobody guards", remedy="install guard first")
        if os.environ.get(_OTHER_WAY, "").lower() in {"1", "true"}:
            raise Denied(f"{_OTHER_WAY} sends by a client nobody guards", remedy="unset it")
        if kwargs.get("messages"):  # fields of its own in its messages are none of the provider's
            return {**kwargs, "messages": _turns(kwargs["messages"])}
        return kwargs


def _document(
    model: str, messages: Sequence[Any] | None, asked: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The dialect and the document of a request, as far as a filter is shown it."""
    if messages is not None:
        tools = {"tools": asked["tools"]} if asked.get("tools") else {}
        return "openai.chat", {"model": model, "messages": _turns(messages), **tools}
    if asked.get("input") is not None:
        return "openai.embeddings", {"model": model, "input": asked["input"]}
    return "", {}


def _turns(messages: Sequence[Any]) -> list[dict[str, Any]]:
    """Messages as plain JSON, without the field in which LiteLLM keeps what is its own."""
    plain = (
        one if isinstance(one, dict) else one.model_dump(exclude_none=True) for one in messages
    )
    return [
        {name: value for name, value in one.items() if name != "provider_specific_fields"}
        for one in plain
    ]


def _one_of_ours(call_type: str) -> None:
    if call_type not in _CALLS:
        raise Denied(
            f"LiteLLM sends calls of type {call_type[:32] or 'unknown'} by a client nobody guards",
            remedy="ask for completions or embeddings, or use `guard serve`",
        )


def _model_of(params: Mapping[str, Any]) -> tuple[str, str]:
    """The model and the provider that LiteLLM makes of a call's parameters."""
    litellm = framework("litellm", "litellm")
    try:
        model, provider, *_ = litellm.get_llm_provider(
            model=str(params.get("model", "")),
            custom_llm_provider=params.get("custom_llm_provider"),
            api_base=params.get("api_base") or params.get("base_url"),
        )
    except Exception as error:  # noqa: BLE001 - its message holds the model's name, ours does not
        raise Undecided(f"LiteLLM knows no provider for it ({type(error).__name__})") from None
    return str(model), str(provider)
