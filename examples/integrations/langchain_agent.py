"""A LangChain agent whose model abroad sees pseudonyms, and whose tools and answers are real.

pip install langchain langchain-openai && python examples/integrations/langchain_agent.py
"""

from __future__ import annotations

from house import house
from langchain.agents import create_agent
from langchain.tools import tool
from langchain_openai import ChatOpenAI

from guard.integrations.langchain import middleware


@tool
def look_up(customer: str) -> str:
    """Look up a customer."""
    print("the tool got:     ", customer)
    return f"order 17 of {customer}"


with house() as (guard, url, received):
    agent = create_agent(
        ChatOpenAI(model="any", base_url=url, api_key="key"),
        [look_up],
        middleware=[middleware(guard)],
    )
    state = agent.invoke({"messages": [("user", "Orders of anna.schmidt@beispiel.de?")]})
    for body in received:
        print("the provider saw: ", body)
    print("you got:          ", state["messages"][-1].text)
