"""Frameworks, governed: each module imports its framework when it is used, never before.

langchain      middleware for agents; models and embeddings whose every request is decided
openai_agents  runs whose models are guarded; a guardrail that refuses before a model is asked
litellm        a guardrail and a deployment filter for its proxy and router
llama_index    a node postprocessor; models and embeddings whose every request is decided
haystack       a component before a prompt leaves, and one after the answer came
"""
