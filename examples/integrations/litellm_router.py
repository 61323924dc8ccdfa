"""A router of LiteLLM that keeps to lawful deployments; the provider abroad sees pseudonyms.

pip install litellm && python examples/integrations/litellm_router.py
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from house import house

from guard.integrations.litellm import install

if TYPE_CHECKING:
    from guard import Guard


async def ask(guard: Guard, url: str) -> str:
    """Ask by a router of one deployment that is known, and one that is not."""
    install(guard)
    from litellm import Router  # noqa: PLC0415 - after `install`, which keeps it off the network

    known = {"model": "openai/any", "api_base": url, "api_key": "key"}
    unknown = {"model": "openai/any", "api_base": "https://models.example/v1", "api_key": "key"}
    router = Router(
        model_list=[{"model_name": "chat", "litellm_params": one} for one in (known, unknown)]
    )
    turns = [{"role": "user", "content": "Write to anna.schmidt@beispiel.de"}]
    answer = await router.acompletion("chat", turns)
    return str(answer.choices[0].message.content)


with house() as (guard, url, received):
    text = asyncio.run(ask(guard, url))
    print("the provider saw: ", *received)
    print("you got:          ", text)
