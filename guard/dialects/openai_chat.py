"""OpenAI chat completions, and what compatible endpoints add.

Source: https://platform.openai.com/docs/api-reference/chat. Parameters that others document for
their compatible endpoints are known as well: Mistral, Groq, Together, DashScope, DeepSeek, Z.AI,
xAI, Perplexity, vLLM, Ollama, Fireworks, Azure. Parameters by which an aggregator would choose
another destination (``models``, ``provider``) are not: they stay unknown.
"""

from __future__ import annotations

from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import (
    FREE,
    MODEL,
    NUMBER,
    STRANGE,
    STREAM,
    TEXT,
    WORD,
    Bytes,
    Decides,
    Repeats,
    State,
    each,
)
from guard.dialects.openai_parts import (
    CACHE,
    CONTENT,
    CUSTOM,
    FAILED,
    FUNCTION,
    FUNCTION_CALL,
    LOCATION,
    MARK,
    METADATA,
    MODERATED,
    MODERATION,
    REASONING_DETAILS,
    RESPONSE_FORMAT,
    RESULTS,
    TEXTS,
    TOOL_CALLS,
    USAGE,
)
from guard.dialects.shapes import Either, Entries, Items, Object, Shape, Variants

_NAMED = Object({"name": WORD})
_ANNOTATIONS = Items(
    Object(
        {
            "type": WORD,
            "url_citation": Object({
                **each(NUMBER, "start_index end_index"), **each(TEXT, "title url content"),
            }),
            "file": FREE, "file_citation": FREE,
        }
    )
)  # fmt: skip

_ANY_MESSAGE: dict[str, Shape] = {"content": CONTENT, "name": TEXT, **MARK}
_ASSISTANT: dict[str, Shape] = {
    **_ANY_MESSAGE,
    **each(TEXT, "refusal reasoning_content reasoning"),
    "tool_calls": TOOL_CALLS, "function_call": FUNCTION_CALL,
    "reasoning_details": REASONING_DETAILS,
    "annotations": Repeats("content", _ANNOTATIONS, empty=()),
    **each(NUMBER, "prefix partial index weight"),
    "parsed": FREE,
}  # fmt: skip
_SENT_AUDIO = Object(
    {"id": State("audio_id"), "data": Bytes("audio"), "transcript": TEXT, "expires_at": NUMBER}
)
_RESULT: dict[str, Shape] = {
    "content": RESULTS, **each(WORD, "name tool_call_id"), **MARK, "is_error": NUMBER,
}  # fmt: skip
MESSAGES = Items(
    Variants(
        "role",
        {
            **dict.fromkeys(("system", "developer", "user"), Object(_ANY_MESSAGE)),
            "assistant": Object({**_ASSISTANT, "audio": _SENT_AUDIO, "logprobs": STRANGE}),
            "tool": Object(_RESULT),
            "function": Object(_RESULT),
        },
    )
)

FUNCTION_TOOL = Object({"function": Object(FUNCTION), **FUNCTION, **MARK, "strict": NUMBER})
TOOLS = Items(
    Variants(
        "type",
        {
            "function": FUNCTION_TOOL,
            "custom": Object({"custom": Object(CUSTOM), **CUSTOM}),
        },
    )
)
_PICKED = Object(
    {"type": WORD, "name": WORD, **each(_NAMED, "function custom"), "server_label": WORD}
)
CHOICE = Either(
    string=WORD,
    members=Object(
        {
            "type": WORD, "name": WORD, **each(_NAMED, "function custom"), "mode": WORD,
            "tools": Items(_PICKED),
            "allowed_tools": Object({"mode": WORD, "tools": Items(_PICKED)}),
        }
    ),
)  # fmt: skip

_NUMBERS = """
    frequency_penalty presence_penalty temperature top_p n seed logprobs top_logprobs max_tokens
    max_completion_tokens parallel_tool_calls
    top_k min_p top_a repetition_penalty length_penalty use_beam_search ignore_eos min_tokens
    include_stop_str_in_output skip_special_tokens spaces_between_special_tokens
    truncate_prompt_tokens prompt_logprobs add_generation_prompt continue_final_message
    add_special_tokens priority best_of echo return_token_ids return_tokens_as_token_ids
    safe_prompt random_seed include_reasoning disable_tool_validation
    enable_thinking thinking_budget preserve_thinking enable_search incremental_output
    enable_code_interpreter vl_high_resolution_images tool_stream do_sample clear_thinking
    deferred return_images return_related_questions disable_search enable_search_classifier
    prompt_truncate_len mirostat_target mirostat_lr max_input_tokens disable_reasoning think
    typical_p num_ctx num_predict repeat_penalty repeat_last_n keep_alive n_predict cache_prompt
"""
_WORDS = """
    prompt_cache_retention reasoning_effort verbosity request_id prompt_mode reasoning_format
    result_format context_length_exceeded_behavior safety_model search_mode citation_options
    guided_decoding_backend search_recency_filter keep_alive
"""
_TEXTS = """
    user safety_identifier user_id guided_regex guided_grammar chat_template
    search_after_date_filter search_before_date_filter last_updated_after_filter
    last_updated_before_filter
"""
_LISTS = """
    search_domain_filter image_domain_filter exclude_domains include_domains guided_choice
    bad_words search_language_filter
"""
_OBJECTS = """
    chat_template_kwargs mm_processor_kwargs documents options search_options search_parameters
    translation_options search_settings asr_options user_security_context
"""
EXTRAS: dict[str, Shape] = {
    **each(NUMBER, _NUMBERS), **each(WORD, _WORDS), **each(TEXT, _TEXTS), **each(TEXTS, _LISTS),
    **each(FREE, _OBJECTS), "guided_json": Either(string=TEXT, members=SCHEMA),
    "structured_outputs": FREE,
    **each(Items(NUMBER), "stop_token_ids allowed_token_ids"),
    "thinking": Object({"type": WORD, **each(NUMBER, "budget_tokens clear_thinking keep")}),
    "reasoning": Object({
        "effort": WORD, "summary": WORD, **each(NUMBER, "max_tokens exclude enabled"),
    }),
    "usage": Object({"include": NUMBER}),
}  # fmt: skip

REQUEST = Object(
    {
        **EXTRAS,
        "model": MODEL, "messages": MESSAGES, "stream": STREAM,
        "stream_options": Object(
            each(NUMBER, "include_usage include_obfuscation continuous_usage_stats")
        ),
        "tools": TOOLS, "tool_choice": CHOICE, "functions": Items(Object(FUNCTION)),
        "function_call": Either(string=WORD, members=_NAMED),
        "response_format": RESPONSE_FORMAT,
        "prediction": Object({"type": WORD, "content": CONTENT}),
        "metadata": METADATA, **CACHE, "store": NUMBER, "stop": TEXTS,
        "logit_bias": Entries(NUMBER), "modalities": Items(WORD), "moderation": MODERATION,
        "audio": Object({
            "format": WORD, "voice": Either(string=WORD, members=Object(each(WORD, "id"))),
        }),
        "web_search_options": Object({
            "search_context_size": WORD, "user_location": LOCATION,
            **each(WORD, "search_type"), "image_results_enhanced_relevance": NUMBER,
        }),
        "service_tier": Decides("service_tier"), "region": Decides("region"),
        "inference_geo": Decides("inference_geo"),
    }
)  # fmt: skip

_ANSWERED = Object(
    {
        **_ASSISTANT, "role": WORD,
        "audio": Object({
            "id": WORD, "data": Bytes("audio"), "transcript": TEXT, "expires_at": NUMBER,
            "format": WORD,
        }),
        "images": Items(Object({"type": WORD, "index": NUMBER, "image_url": FREE})),
        "executed_tools": FREE, "citations": FREE,
    }
)  # fmt: skip
_CHOICES = Items(
    Object(
        {
            "index": NUMBER, **each(WORD, "finish_reason native_finish_reason"),
            "message": _ANSWERED,
            "logprobs": Repeats("message"), "stop_reason": Either(string=TEXT, other=NUMBER),
            **each(FREE, "content_filter_results error"), "seed": NUMBER,
            "token_ids": Repeats("message"), "routed_experts": NUMBER,
        }
    )
)  # fmt: skip
ANSWER_FIELDS: dict[str, Shape] = {
    **FAILED,
    **each(WORD, "id system_fingerprint status_code provider"),
    "created": NUMBER, "model": MODEL, "usage": USAGE,
    "service_tier": Decides("service_tier"), "region": Decides("region"),
    "x_groq": Object({"id": WORD, "seed": NUMBER, "usage": USAGE}),
    **each(FREE, "prompt_filter_results citations search_results images related_questions"
                 " warnings time_info usage_breakdown"),
}  # fmt: skip
ANSWER = Object(
    {
        **ANSWER_FIELDS, "choices": _CHOICES, "metadata": METADATA, "moderation": MODERATED,
        "prompt_logprobs": Repeats("choices"), "prompt_token_ids": Repeats("choices"),
        "prompt": TEXTS,
    }
)  # fmt: skip
