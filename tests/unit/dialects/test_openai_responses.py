"""OpenAI's Responses API: items of every type, state, tools, answers."""

import pytest

from guard.dialects import named
from guard.errors import ObligationError
from tests.unit.dialects.places import BASE64, PNG, hidden, texts

RESPONSES = named("openai.responses")
SEALED = "gAAAAAB" + BASE64.replace("+", "-")


def asked(**members):
    return RESPONSES.request({"model": "gpt-5", **members})


@pytest.mark.parametrize(
    ("item", "expected", "opaque", "state"),
    [
        ({"role": "user", "content": "Anna"}, {"/content": "Anna"}, set(), ()),
        ({"type": "message", "role": "user", "content": [
            {"type": "input_text", "text": "Anna"},
            {"type": "input_image", "image_url": PNG, "detail": "low"},
            {"type": "input_image", "file_id": "file-a"},
            {"type": "input_file", "file_url": "https://a/Anna.pdf", "filename": "Anna.pdf"},
            {"type": "input_audio", "input_audio": {"data": BASE64, "format": "mp3"}}]},
         {"/content/0/text": "Anna", "/content/3/file_url": "https://a/Anna.pdf",
          "/content/3/filename": "Anna.pdf"},
         {("/content/1/image_url", "image"), ("/content/3/file_url", "remote_url"),
          ("/content/4/input_audio/data", "audio")}, ("file_id",)),
        ({"type": "message", "id": "msg_1", "status": "completed", "role": "assistant", "content": [
            {"type": "output_text", "text": "Anna", "annotations": [], "logprobs": []},
            {"type": "refusal", "refusal": "no, Anna"}]},
         {"/content/0/text": "Anna", "/content/1/refusal": "no, Anna"}, set(), ()),
        ({"type": "message", "role": "assistant", "content": [
            {"type": "output_text", "text": "x", "logprobs": [{"token": "Anna", "bytes": [65]}]}]},
         {"/content/0/text": "x", "/content/0/logprobs/0/token": "Anna"},
         {("/content/0/logprobs", "unknown_field")}, ()),
        ({"type": "function_call", "call_id": "call_1", "name": "f", "arguments": '{"to":"Anna"}'},
         {"/arguments~j/to": "Anna"}, set(), ()),
        ({"type": "function_call_output", "call_id": "call_1", "output": '{"n":"Ann\\u0061"}'},
         {"/output~j/n": "Anna"}, set(), ()),
        ({"type": "function_call_output", "call_id": "call_1",
          "output": [{"type": "input_text", "text": "Anna"}]},
         {"/output/0/text": "Anna"}, set(), ()),
        ({"type": "custom_tool_call", "call_id": "c", "name": "f", "input": "Anna"},
         {"/input": "Anna"}, set(), ()),
        ({"type": "reasoning", "id": "rs_1", "encrypted_content": SEALED,
          "summary": [{"type": "summary_text", "text": "Anna"}],
          "content": [{"type": "reasoning_text", "text": "of Anna"}]},
         {"/summary/0/text": "Anna", "/content/0/text": "of Anna"},
         {("/encrypted_content", "encrypted")}, ()),
        ({"type": "compaction", "encrypted_content": SEALED}, {},
         {("/encrypted_content", "encrypted")}, ()),
        ({"type": "item_reference", "id": "msg_1"}, {}, set(), ("item_reference",)),
        ({"type": "computer_call", "call_id": "c", "action": {"type": "type", "text": "Anna"},
          "pending_safety_checks": [{"id": "s", "code": "c", "message": "of Anna"}]},
         {"/action/text": "Anna", "/pending_safety_checks/0/message": "of Anna"}, set(), ()),
        ({"type": "computer_call_output", "call_id": "c",
          "output": {"type": "computer_screenshot", "image_url": PNG}},
         {}, {("/output/image_url", "image")}, ()),
        ({"type": "file_search_call", "queries": ["Anna"], "results": [
            {"file_id": "file-a", "filename": "Anna.txt", "text": "on Anna", "score": 0.5,
             "attributes": {"of": "Anna"}}]},
         {"/queries/0": "Anna", "/results/0/filename": "Anna.txt", "/results/0/text": "on Anna",
          "/results/0/attributes/of": "Anna"}, set(), ("file_id",)),
        ({"type": "web_search_call", "status": "completed", "action": {
            "type": "search", "query": "Anna", "sources": [{"type": "url",
              "url": "https://anna"}]}},
         {"/action/query": "Anna", "/action/sources/0/url": "https://anna"}, set(), ()),
        ({"type": "code_interpreter_call", "code": "x = 'Anna'", "container_id": "cntr_a",
          "outputs": [{"type": "logs", "logs": "Anna"}, {"type": "image", "url": PNG}]},
         {"/code": "x = 'Anna'", "/outputs/0/logs": "Anna"}, {("/outputs/1/url", "image")},
         ("container",)),
        ({"type": "image_generation_call", "id": "ig_1", "result": BASE64,
          "revised_prompt": "Anna"},
         {"/revised_prompt": "Anna"}, {("/result", "image")}, ()),
        ({"type": "local_shell_call", "call_id": "c", "action": {
            "type": "exec", "command": ["ls", "Anna"], "env": {"WHO": "Anna"}, "user": "anna"}},
         {"/action/command/0": "ls", "/action/command/1": "Anna", "/action/env/WHO": "Anna",
          "/action/user": "anna"}, set(), ()),
        ({"type": "shell_call_output", "call_id": "c", "output": [
            {"stdout": "Anna", "stderr": "", "outcome": {"type": "exit", "exit_code": 0}}]},
         {"/output/0/stdout": "Anna"}, set(), ()),
        ({"type": "apply_patch_call", "call_id": "c", "operation": {
            "type": "update_file", "path": "anna.txt", "diff": "+Anna"}},
         {"/operation/path": "anna.txt", "/operation/diff": "+Anna"}, set(), ()),
        ({"type": "mcp_call", "id": "m", "server_label": "s", "name": "f",
          "arguments": '{"to":"Anna"}', "output": "Anna", "error": None},
         {"/arguments~j/to": "Anna", "/output": "Anna"}, set(), ()),
        ({"type": "mcp_list_tools", "server_label": "s", "tools": [
            {"name": "f", "description": "Anna", "input_schema": {"enum": ["Anna"]}}]},
         {"/tools/0/description": "Anna", "/tools/0/input_schema/enum/0": "Anna"}, set(), ()),
        ({"type": "mcp_approval_request", "id": "a", "server_label": "s", "name": "f",
          "arguments": "{"}, {"/arguments": "{"}, set(), ()),
        ({"type": "mcp_approval_response", "approval_request_id": "a", "approve": False,
          "reason": "Anna says no"}, {"/reason": "Anna says no"}, set(), ()),
        ({"type": "telepathy", "to": "Anna"}, {"/type": "telepathy", "/to": "Anna"},
         {("", "unknown_type")}, ()),
    ],
)  # fmt: skip
def test_items(item, expected, opaque, state):
    walked = asked(input=[item])
    assert texts(walked) == {f"/input/0{place}": text for place, text in expected.items()}
    assert hidden(walked) == {(f"/input/0{place}", kind) for place, kind in opaque}
    assert walked.state == state


@pytest.mark.parametrize(
    ("members", "expected", "opaque", "state"),
    [
        ({"input": "Anna", "instructions": "for Anna"},
         {"/input": "Anna", "/instructions": "for Anna"}, set(), ()),
        ({"previous_response_id": "resp_abc"}, {}, set(), ("previous_response_id",)),
        ({"conversation": "conv_a"}, {}, set(), ("conversation",)),
        ({"conversation": {"id": "conv_a"}}, {}, set(), ("conversation",)),
        ({"prompt": {"id": "pmpt_a", "version": "2", "variables": {"who": "Anna", "pic": {
            "type": "input_image", "file_id": "file-a"}}}},
         {"/prompt/variables/who": "Anna"}, set(), ("prompt", "file_id")),
        ({"metadata": {"who": "Anna"}, "user": "anna"},
         {"/metadata/who": "Anna", "/user": "anna"}, set(), ()),
        ({"text": {"format": {"type": "json_schema", "name": "a", "schema": {"title": "Anna"}}}},
         {"/text/format/schema/title": "Anna"}, set(), ()),
        ({"tools": [{"type": "function", "name": "f", "description": "Anna",
                     "parameters": {"const": "Anna"}, "strict": True}]},
         {"/tools/0/description": "Anna", "/tools/0/parameters/const": "Anna"}, set(), ()),
        ({"tools": [{"type": "file_search", "vector_store_ids": ["vs_a"],
                     "filters": {"type": "and", "filters": [
                         {"type": "eq", "key": "who", "value": "Anna"}]}}]},
         {"/tools/0/filters/filters/0/key": "who", "/tools/0/filters/filters/0/value": "Anna"},
         set(), ("vector_store_ids",)),
        ({"tools": [{"type": "mcp", "server_label": "s", "server_url": "https://mcp.example",
                     "authorization": "Bearer x", "headers": {"X-Who": "Anna"}}]},
         {"/tools/0/server_url": "https://mcp.example", "/tools/0/authorization": "Bearer x",
          "/tools/0/headers/X-Who": "Anna"}, {("/tools/0/server_url", "remote_url")}, ()),
        ({"tools": [{"type": "code_interpreter", "container": {"type": "auto",
          "file_ids": ["file-a"]}},
                    {"type": "code_interpreter", "container": "cntr_a"}]},
         {}, set(), ("file_id", "container")),
        ({"tools": [{"type": "web_search", "user_location": {"type": "approximate", "city": "Calw"},
                     "filters": {"allowed_domains": ["anna.example"]}}]},
         {"/tools/0/user_location/city": "Calw",
           "/tools/0/filters/allowed_domains/0": "anna.example"},
         set(), ()),
        ({"tools": [{"type": "image_generation", "input_image_mask": {"image_url": PNG}}]},
         {}, {("/tools/0/input_image_mask/image_url", "image")}, ()),
        ({"tool_choice": {"type": "allowed_tools", "mode": "auto",
                          "tools": [{"type": "function", "name": "f"}]},
          "background": True, "store": False, "include": ["reasoning.encrypted_content"],
          "reasoning": {"effort": "low"}, "truncation": "auto", "max_output_tokens": 9},
         {}, set(), ()),
    ],
)  # fmt: skip
def test_requests(members, expected, opaque, state):
    walked = asked(**members)
    assert (texts(walked), hidden(walked), walked.state) == (expected, opaque, state)
    assert walked.model == "gpt-5"


def test_what_is_sealed_and_no_base64_is_scanned_and_fixed():
    walked = asked(input=[{"type": "reasoning", "summary": [], "encrypted_content": "Anna S."}])
    assert texts(walked) == {"/input/0/encrypted_content": "Anna S."}
    assert hidden(walked) == {("/input/0/encrypted_content", "encrypted")}
    with pytest.raises(ObligationError):
        walked.rebuilt({"/input/0/encrypted_content": "[PERSON_1]"})


def test_an_answer():
    cited = {"type": "url_citation", "title": "On Anna", "url": "https://a", "start_index": 0,
             "end_index": 4}  # fmt: skip
    part = {"type": "output_text", "text": "Anna", "annotations": [cited],
            "logprobs": [{"token": "Anna", "bytes": [65], "logprob": -1}]}  # fmt: skip
    answer = {
        "id": "resp_a", "object": "response", "created_at": 1763000000, "status": "completed",
        "model": "gpt-5", "error": None, "incomplete_details": None, "instructions": "for Anna",
        "output": [{"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
                    "content": [part]}],
        "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2,
                  "input_tokens_details": {"cached_tokens": 0}},
        "service_tier": "default", "metadata": {}, "tools": [], "text": {"format":
          {"type": "text"}},
    }  # fmt: skip
    walked = RESPONSES.answer(answer)
    at = "/output/0/content/0"
    assert texts(walked) == {
        "/instructions": "for Anna", f"{at}/text": "Anna",
        f"{at}/annotations/0/title": "On Anna", f"{at}/annotations/0/url": "https://a",
    }  # fmt: skip
    assert not walked.opaque
    changed = walked.rebuilt({f"{at}/text": "Bob"})["output"][0]["content"][0]
    assert changed == {"type": "output_text", "text": "Bob", "annotations": [], "logprobs": []}
