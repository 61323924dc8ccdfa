"""A pipeline of Haystack whose model abroad sees pseudonyms; messages and answers are real.

pip install haystack-ai && python examples/integrations/haystack_pipeline.py
"""

from __future__ import annotations

import os

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # before Haystack is imported

from haystack import Pipeline
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.utils import Secret
from house import house

from guard.integrations.haystack import guarded

with house() as (guard, url, received):
    llm = OpenAIChatGenerator(model="any", api_base_url=url, api_key=Secret.from_token("key"))
    pipeline = Pipeline()
    pipeline.add_component("llm", guarded(llm, guard))
    question = ChatMessage.from_user("Orders of anna.schmidt@beispiel.de?")
    done = pipeline.run({"llm": {"messages": [question]}})
    print("the provider saw: ", *received)
    print("you got:          ", done["llm"]["replies"][0].text)
