"""A run of OpenAI's Agents SDK whose model abroad sees pseudonyms; tools and answers are real.

pip install openai-agents && python examples/integrations/openai_agent.py
"""

from __future__ import annotations

from agents import Agent, Runner, function_tool
from house import house
from openai import AsyncOpenAI

from guard.integrations.openai_agents import input_guardrail, run_config


@function_tool
def look_up(customer: str) -> str:
    """Look up a customer."""
    print("the tool got:     ", customer)
    return f"order 17 of {customer}"


with house() as (guard, url, received):
    agent = Agent(
        "Orders", model="any", tools=[look_up], input_guardrails=[input_guardrail(guard, "abroad")]
    )
    client = AsyncOpenAI(base_url=url, api_key="key")
    done = Runner.run_sync(
        agent,
        "Orders of anna.schmidt@beispiel.de?",
        run_config=run_config(guard, client, thread="42", use_responses=False),
    )
    for body in received:
        print("the provider saw: ", body)
    print("you got:          ", done.final_output)
