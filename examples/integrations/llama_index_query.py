"""A query engine of LlamaIndex whose model abroad sees pseudonyms; nodes and answers are real.

pip install llama-index-core llama-index-llms-openai
python examples/integrations/llama_index_query.py
"""

from __future__ import annotations

from house import house
from llama_index.core import MockEmbedding, VectorStoreIndex
from llama_index.core.schema import TextNode
from llama_index.llms.openai import OpenAI

from guard.integrations.llama_index import guarded, postprocessor

with house() as (guard, url, received):
    nodes = [TextNode(text="Order 17 is of anna.schmidt@beispiel.de")]
    engine = VectorStoreIndex(nodes, embed_model=MockEmbedding(embed_dim=2)).as_query_engine(
        llm=guarded(OpenAI("gpt-4o-mini", api_base=url, api_key="key"), guard),
        node_postprocessors=[postprocessor(guard, "abroad")],
    )
    answer = engine.query("Whose is order 17?")
    print("the provider saw: ", *received)
    print("you got:          ", repr(str(answer)))
