"""Anthropic's Messages API: blocks, signatures, servers' results, answers."""

import pytest

from guard.dialects import named
from guard.errors import ObligationError
from tests.unit.dialects.places import BASE64, hidden, texts

MESSAGES = named("anthropic.messages")


def asked(**members):
    return MESSAGES.request({"model": "claude-sonnet-4-20250514", "messages": [], **members})


def block(**members):
    return MESSAGES.request({"messages": [{"role": "user", "content": [members]}]})


@pytest.mark.parametrize(
    ("members", "expected", "opaque", "state"),
    [
        ({"type": "text", "text": "Anna", "cache_control": {"type": "ephemeral", "ttl": "1h"}},
         {"/text": "Anna"}, set(), ()),
        ({"type": "text", "text": "x", "citations": [
            {"type": "char_location", "cited_text": "Anna", "document_title": "On Anna",
             "document_index": 0, "start_char_index": 0, "end_char_index": 4}]},
         {"/text": "x", "/citations/0/cited_text": "Anna",
           "/citations/0/document_title": "On Anna"},
         set(), ()),
        ({"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": BASE64}},
         {}, {("/source/data", "image")}, ()),
        ({"type": "image", "source": {"type": "url", "url": "https://a/Anna.png"}},
         {"/source/url": "https://a/Anna.png"}, {("/source/url", "remote_url")}, ()),
        ({"type": "image", "source": {"type": "file", "file_id": "file_a"}},
          {}, set(), ("file_id",)),
        ({"type": "document", "title": "Anna", "context": "of Anna", "citations": {"enabled": True},
          "source": {"type": "base64", "media_type": "application/pdf", "data": BASE64}},
         {"/title": "Anna", "/context": "of Anna"}, {("/source/data", "file")}, ()),
        ({"type": "document", "source": {"type": "text", "media_type": "text/plain",
          "data": "Anna"}},
         {"/source/data": "Anna"}, set(), ()),
        ({"type": "document", "source": {"type": "content", "content": [
            {"type": "text", "text": "Anna"}]}},
         {"/source/content/0/text": "Anna"}, set(), ()),
        ({"type": "tool_use", "id": "toolu_1", "name": "f", "input": {
            "to": "Anna", "Anna Schmidt": [4111111111111111, 5, True]}},
         {"/input/to": "Anna", "/input/~k1": "Anna Schmidt", "/input/~v1/0": "4111111111111111"},
         set(), ()),
        ({"type": "tool_result", "tool_use_id": "toolu_1", "content": '{"n":"Ann\\u0061"}',
          "is_error": False}, {"/content~j/n": "Anna"}, set(), ()),
        ({"type": "tool_result", "tool_use_id": "toolu_1", "content": [
            {"type": "text", "text": "Anna"},
            {"type": "image", "source": {"type": "base64", "media_type": "image/png",
              "data": BASE64}}]},
         {"/content/0/text": "Anna"}, {("/content/1/source/data", "image")}, ()),
        ({"type": "redacted_thinking", "data": BASE64}, {}, {("/data", "encrypted")}, ()),
        ({"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search",
          "input": {"query": "Anna"}}, {"/input/query": "Anna"}, set(), ()),
        ({"type": "web_search_tool_result", "tool_use_id": "s", "content": [
            {"type": "web_search_result", "title": "Anna", "url": "https://anna", "page_age": None,
             "encrypted_content": BASE64}]},
         {"/content/0/title": "Anna", "/content/0/url": "https://anna"},
         {("/content/0/encrypted_content", "encrypted")}, ()),
        ({"type": "web_search_tool_result", "tool_use_id": "s", "content": {
            "type": "web_search_tool_result_error", "error_code": "unavailable"}}, {}, set(), ()),
        ({"type": "web_fetch_tool_result", "tool_use_id": "s", "content": {
            "type": "web_fetch_result", "url": "https://anna", "content": {
                "type": "document", "source": {"type": "text", "data": "Anna"}}}},
         {"/content/url": "https://anna", "/content/content/source/data": "Anna"}, set(), ()),
        ({"type": "code_execution_tool_result", "tool_use_id": "s", "content": {
            "type": "code_execution_result", "stdout": "Anna", "stderr": "", "return_code": 0,
            "content": [{"type": "code_execution_output", "file_id": "file_a"}]}},
         {"/content/stdout": "Anna"}, set(), ("file_id",)),
        ({"type": "search_result", "source": "https://a", "title": "Anna", "content": [
            {"type": "text", "text": "of Anna"}], "citations": {"enabled": True}},
         {"/source": "https://a", "/title": "Anna", "/content/0/text": "of Anna"}, set(), ()),
        ({"type": "container_upload", "file_id": "file_a"}, {}, set(), ("file_id",)),
        ({"type": "mcp_tool_use", "id": "m", "name": "f", "server_name": "s",
          "input": {"to": "Anna"}}, {"/input/to": "Anna"}, set(), ()),
        ({"type": "mcp_tool_result", "tool_use_id": "m", "content": [
            {"type": "text", "text": "Anna"}]}, {"/content/0/text": "Anna"}, set(), ()),
        ({"type": "hologram", "of": "Anna"}, {"/type": "hologram", "/of": "Anna"},
         {("", "unknown_type")}, ()),
    ],
)  # fmt: skip
def test_blocks(members, expected, opaque, state):
    walked = block(**members)
    at = "/messages/0/content/0"
    assert texts(walked) == {at + place: text for place, text in expected.items()}
    assert hidden(walked) == {(at + place, kind) for place, kind in opaque}
    assert walked.state == state


def test_thinking_is_scanned_and_never_rewritten():
    walked = block(type="thinking", thinking="Anna wants", signature=BASE64)
    at = "/messages/0/content/0"
    assert texts(walked) == {f"{at}/thinking": "Anna wants"}
    assert hidden(walked) == {(f"{at}/signature", "encrypted")}
    assert walked.fixed == {f"{at}/thinking"}
    assert walked.rebuilt({f"{at}/thinking": "Anna wants"}) is walked.document
    with pytest.raises(ObligationError):
        walked.rebuilt({f"{at}/thinking": "[PERSON_1] wants"})


@pytest.mark.parametrize(
    ("members", "expected", "opaque"),
    [
        ({"system": "for Anna"}, {"/system": "for Anna"}, set()),
        ({"system": [{"type": "text", "text": "for Anna"}]}, {"/system/0/text": "for Anna"}, set()),
        ({"metadata": {"user_id": "anna"}}, {"/metadata/user_id": "anna"}, set()),
        ({"stop_sequences": ["Anna"]}, {"/stop_sequences/0": "Anna"}, set()),
        ({"tools": [{"name": "f", "description": "Anna", "input_schema": {
            "type": "object", "properties": {"a": {"description": "of Anna"}}}}]},
         {"/tools/0/description": "Anna",
           "/tools/0/input_schema/properties/a/description": "of Anna"},
         set()),
        ({"tools": [{"type": "web_search_20250305", "name": "web_search", "max_uses": 5,
                     "allowed_domains": ["anna.example"],
                     "user_location": {"type": "approximate", "city": "Calw"}},
                    {"type": "bash_20250124", "name": "bash"},
                    {"type": "computer_20250124", "name": "computer", "display_width_px": 1,
                     "display_height_px": 1}]},
         {"/tools/0/allowed_domains/0": "anna.example",
           "/tools/0/user_location/city": "Calw"}, set()),
        *(({"tools": [{"type": odd, "name": "Anna"}]},
           {"/tools/0/type": odd, "/tools/0/name": "Anna"}, {("/tools/0", "unknown_type")})
          for odd in ("web_search_41111111", "web_search_5", "web_search_", "web_search_2025Anna")),
        ({"mcp_servers": [{"type": "url", "name": "s", "url": "https://mcp.example",
                           "authorization_token": "of Anna"}]},
         {"/mcp_servers/0/url": "https://mcp.example",
          "/mcp_servers/0/authorization_token": "of Anna"},
         {("/mcp_servers/0/url", "remote_url")}),
        ({"fallbacks": [{"model": "other"}]}, {"/fallbacks/0/model": "other"},
         {("/fallbacks", "unknown_field")}),
        ({"max_tokens": 9, "temperature": 1.0, "top_k": 5, "top_p": 0.5, "stream": True,
          "thinking": {"type": "enabled", "budget_tokens": 1024}, "tool_choice": {"type": "auto"},
          "service_tier": "auto", "inference_geo": "us", "anthropic_version": "bedrock-2023-05-31",
          "anthropic_beta": ["context-1m-2025-08-07"],
          "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": {}}}},
         {}, set()),
    ],
)  # fmt: skip
def test_requests(members, expected, opaque):
    walked = asked(**members)
    assert (texts(walked), hidden(walked)) == (expected, opaque)


def test_what_decides_and_what_is_held():
    walked = asked(inference_geo="eu", service_tier="auto", container={"id": "container_a"},
                   stream=True)  # fmt: skip
    assert walked.fields == {"inference_geo": "eu", "service_tier": "auto"}
    assert (walked.state, walked.model, walked.streamed, walked.segments) == (
        ("container",), "claude-sonnet-4-20250514", True, ()
    )  # fmt: skip


def test_a_model_in_the_history_does_not_decide():
    walked = asked(messages=[{"role": "assistant", "content": [
        {"type": "fallback", "to": {"model": "claude-other"}, "trigger":
          {"type": "x"}}]}])  # fmt: skip
    assert walked.model == "claude-sonnet-4-20250514"


def test_two_places_may_be_two_destinations():
    params = {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "Anna"}]}
    walked = named("anthropic.batches").request({"requests": [
        {"custom_id": "a", "params": {**params, "inference_geo": "eu"}},
        {"custom_id": "b", "params": {**params, "inference_geo": "us"}}]})  # fmt: skip
    assert hidden(walked) == {("/requests/1/params/inference_geo", "unknown_type")}
    assert texts(walked)["/requests/1/params/messages/0/content"] == "Anna"


def test_counting_tokens():
    dialect = named("anthropic.count_tokens")
    walked = dialect.request({"model": "m", "messages": [{"role": "user", "content": "Anna"}]})
    assert texts(walked) == {"/messages/0/content": "Anna"}
    assert not dialect.answer({"input_tokens": 12345678}).segments


def test_an_answer():
    cited = {"type": "char_location", "cited_text": "Anna", "document_index": 0,
             "start_char_index": 0, "end_char_index": 4}  # fmt: skip
    answer = {
        "id": "msg_a", "type": "message", "role": "assistant", "model": "claude-x",
        "content": [
            {"type": "thinking", "thinking": "on Anna", "signature": BASE64},
            {"type": "text", "text": "Anna", "citations": [cited]},
            {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"to": "Anna"}},
        ],
        "stop_reason": "stop_sequence", "stop_sequence": "Anna",
        "usage": {"input_tokens": 1, "output_tokens": 1, "inference_geo": "us",
                  "service_tier": "standard", "cache_creation": {"ephemeral_5m_input_tokens": 0}},
    }  # fmt: skip
    walked = MESSAGES.answer(answer)
    assert texts(walked) == {
        "/content/0/thinking": "on Anna", "/content/1/text": "Anna",
        "/content/1/citations/0/cited_text": "Anna", "/content/2/input/to": "Anna",
        "/stop_sequence": "Anna",
    }  # fmt: skip
    assert walked.fields == {"inference_geo": "us", "service_tier": "standard"}
    assert walked.fixed == {"/content/0/thinking"}
    done = walked.rebuilt({"/content/1/text": "Bob", "/content/1/citations/0/cited_text": "Bob"})
    assert done["content"][1] == {"type": "text", "text": "Bob", "citations": None}
    assert done["content"][0] is answer["content"][0]


def test_errors_are_answers():
    walked = MESSAGES.answer({"type": "error", "request_id": "req_a", "error": {
        "type": "invalid_request_error", "message": "no Anna"}})  # fmt: skip
    assert texts(walked) == {"/error/message": "no Anna"}
    assert not walked.opaque
