"""The Model Context Protocol: which of a message is text, and what nobody can scan."""

import pytest

from guard.dialects import mcp
from guard.errors import InputError
from tests.unit.dialects.places import BASE64, PNG, hidden, texts

ANNA = "Anna Schmidt"


def ask(method, **params):
    return mcp.asked(method, params)


@pytest.mark.parametrize(
    ("method", "params", "expected", "opaque"),
    [
        ("initialize", {"protocolVersion": "2025-11-25", "capabilities": {"roots": {}},
          "clientInfo": {"name": "host", "version": "1.2.3", "title": ANNA}},
         {"/clientInfo/title": ANNA}, set()),
        ("tools/call", {"name": "find", "arguments": {"customer": ANNA, ANNA: [13912345678, 5]}},
         {"/arguments/customer": ANNA, "/arguments/~k1": ANNA, "/arguments/~v1/0": "13912345678"},
         set()),
        ("tools/call", {"name": ANNA}, {"/name": ANNA}, set()),
        ("tools/call", {"name": "f", "arguments": {"picture": PNG}}, {},
         {("/arguments/picture", "image")}),
        ("tools/call", {"name": "f", "requestState": '{"of":"Ann\\u0061"}', "inputResponses": {
            "a": {"role": "assistant", "model": "m", "content": {"type": "text", "text": ANNA}},
            "b": {"action": "accept", "content": {"who": ANNA}},
            "c": {"roots": [{"uri": "file:///home/anna", "name": "anna"}]},
            "d": {"role": "user", "content": [{"type": "image", "data": BASE64,
                                               "mimeType": "image/png"}]},
            "e": {"new": ANNA}}},
         {"/requestState~j/of": "Anna", "/inputResponses/a/content/text": ANNA,
          "/inputResponses/b/content/who": ANNA,
          "/inputResponses/c/roots/0/uri": "file:///home/anna",
          "/inputResponses/c/roots/0/name": "anna", "/inputResponses/e/new": ANNA},
         {("/inputResponses/d/content/0/data", "image"),
          ("/inputResponses/e/new", "unknown_field")}),
        ("prompts/get", {"name": "p", "arguments": {"to": ANNA}}, {"/arguments/to": ANNA}, set()),
        ("resources/read", {"uri": "notes://anna"}, {"/uri": "notes://anna"}, set()),
        ("tools/list", {"cursor": "b3R0bw=="}, {"/cursor": "b3R0bw=="}, set()),
        ("completion/complete", {"ref": {"type": "ref/prompt", "name": "p"},
          "argument": {"name": "who", "value": "Ann"}, "context": {"arguments": {"of": ANNA}}},
         {"/argument/value": "Ann", "/context/arguments/of": ANNA}, set()),
        ("logging/setLevel", {"level": "info"}, {}, set()),
        ("subscriptions/listen", {"notifications": {"toolsListChanged": True,
          "resourceSubscriptions": ["notes://anna"]}},
         {"/notifications/resourceSubscriptions/0": "notes://anna"}, set()),
        ("tasks/get", {"taskId": "t-1"}, {}, set()),
        ("sampling/createMessage", {"maxTokens": 1000000000, "systemPrompt": "of Anna",
          "messages": [{"role": "user", "content": {"type": "text", "text": ANNA}},
                       {"role": "assistant", "content": [{"type": "tool_use", "id": "1",
                        "name": "f", "input": {"who": ANNA}}]},
                       {"role": "user", "content": [{"type": "tool_result", "toolUseId": "1",
                        "content": [{"type": "audio", "data": BASE64, "mimeType": "audio/wav"}]}]}],
          "modelPreferences": {"hints": [{"name": "claude"}], "costPriority": 0.5},
          "metadata": {"of": ANNA}, "stopSequences": [ANNA],
          "tools": [{"name": "f", "description": ANNA, "inputSchema": {"type": "object"}}]},
         {"/systemPrompt": "of Anna", "/messages/0/content/text": ANNA,
          "/messages/1/content/0/input/who": ANNA, "/metadata/of": ANNA,
          "/stopSequences/0": ANNA, "/tools/0/description": ANNA},
         {("/messages/2/content/0/content/0/data", "audio")}),
        ("elicitation/create", {"mode": "form", "message": ANNA, "requestedSchema": {
            "type": "object", "properties": {"who": {"type": "string", "title": ANNA}}}},
         {"/message": ANNA, "/requestedSchema/properties/who/title": ANNA}, set()),
        ("elicitation/create", {"mode": "url", "message": "log in", "url": "https://a.example/anna",
          "elicitationId": "e-1"},
         {"/message": "log in", "/url": "https://a.example/anna"}, set()),
        ("notifications/cancelled", {"requestId": 123456789, "reason": ANNA},
         {"/reason": ANNA}, set()),
        ("notifications/progress", {"progressToken": 1, "progress": 5e9, "message": ANNA},
         {"/message": ANNA}, set()),
        ("notifications/message", {"level": "info", "logger": "of Anna", "data": {"who": ANNA}},
         {"/logger": "of Anna", "/data/who": ANNA}, set()),
        ("notifications/resources/updated", {"uri": "notes://anna"}, {"/uri": "notes://anna"},
         set()),
        ("notifications/tasks/status", {"taskId": "t", "status": "failed", "statusMessage": ANNA},
         {"/statusMessage": ANNA}, set()),
        ("vendor/new", {"what": ANNA}, {"/what": ANNA}, {("/what", "unknown_field")}),
        ("ping", {"of": ANNA}, {"/of": ANNA}, {("/of", "unknown_field")}),
        ("ping", {"_meta": {
            "progressToken": 7, "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "h", "version": "1", "title": ANNA},
            "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
            "example.com/who": {"of": ANNA}}},
         {"/_meta/~v2/title": ANNA, "/_meta/~k4": "example.com/who", "/_meta/~v4/of": ANNA}, set()),
        ("ping", {"_meta": "Anna"}, {"/_meta": "Anna"}, {("/_meta", "unknown_type")}),
    ],
)  # fmt: skip
def test_what_is_asked(method, params, expected, opaque):
    walked = mcp.asked(method, params)
    assert texts(walked) == expected
    assert hidden(walked) == opaque


@pytest.mark.parametrize(
    ("method", "result", "expected", "opaque"),
    [
        ("initialize", {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
          "serverInfo": {"name": "crm", "version": "1", "websiteUrl": "https://a.example/anna"},
          "instructions": ANNA},
         {"/instructions": ANNA, "/serverInfo/websiteUrl": "https://a.example/anna"}, set()),
        ("server/discover", {"supportedVersions": ["2026-07-28"], "capabilities": {},
          "ttlMs": 3600000, "cacheScope": "public", "resultType": "complete"}, {}, set()),
        ("tools/list", {"tools": [{"name": "find", "title": ANNA, "description": "of Anna",
          "icons": [{"src": PNG}], "inputSchema": {"type": "object", "properties": {
              "who": {"type": "string", "enum": [ANNA]}}},
          "annotations": {"title": ANNA, "readOnlyHint": True},
          "execution": {"taskSupport": "optional"}}], "nextCursor": "page two"},
         {"/tools/0/title": ANNA, "/tools/0/description": "of Anna",
          "/tools/0/inputSchema/properties/who/enum/0": ANNA,
          "/tools/0/annotations/title": ANNA, "/nextCursor": "page two"}, set()),
        ("tools/call", {"content": [
            {"type": "text", "text": ANNA, "annotations": {
                "audience": ["user"], "priority": 1, "lastModified": "2025-01-12T15:00:58Z"}},
            {"type": "text", "text": '{"who": "Ann\\u0061"}'},
            {"type": "image", "data": BASE64, "mimeType": "image/png"},
            {"type": "audio", "data": BASE64, "mimeType": "audio/wav"},
            {"type": "resource", "resource": {"uri": "notes://anna", "text": "of Anna"}},
            {"type": "resource", "resource": {"uri": "b", "blob": BASE64}},
            {"type": "resource_link", "uri": "notes://otto", "name": "otto"},
            {"type": "hologram", "data": "of Otto"}],
          "structuredContent": {"who": ANNA, "n": [13912345678]}, "isError": False},
         {"/content/0/text": ANNA, "/content/1/text~j/who": "Anna",
          "/content/4/resource/uri": "notes://anna", "/content/4/resource/text": "of Anna",
          "/content/5/resource/uri": "b", "/content/6/uri": "notes://otto",
          "/content/7/type": "hologram", "/content/7/data": "of Otto",
          "/structuredContent/who": ANNA, "/structuredContent/n/0": "13912345678"},
         {("/content/2/data", "image"), ("/content/3/data", "audio"),
          ("/content/5/resource/blob", "file"), ("/content/7", "unknown_type")}),
        ("tools/call", {"resultType": "input_required", "requestState": "of Anna",
          "inputRequests": {"a": {"method": "elicitation/create", "params": {"message": ANNA}},
                            "b": {"method": "vendor/new", "params": {"of": ANNA}},
                            "c": {"method": "roots/list"}}},
         {"/inputRequests/a/params/message": ANNA, "/inputRequests/b/method": "vendor/new",
          "/inputRequests/b/params/of": ANNA, "/requestState": "of Anna"},
         {("/inputRequests/b", "unknown_type")}),
        ("tools/call", {"task": {"taskId": "t", "status": "working", "statusMessage": ANNA,
          "createdAt": "2025-11-25T10:30:00Z", "ttl": 60000000}},
         {"/task/statusMessage": ANNA}, set()),
        ("tasks/result", {"content": [{"type": "text", "text": ANNA}]},
         {"/content/0/text": ANNA}, set()),
        ("tasks/result", {"role": "assistant", "content": {"type": "text", "text": ANNA}},
         {"/content/text": ANNA}, set()),
        ("prompts/get", {"description": ANNA, "messages": [
            {"role": "user", "content": {"type": "text", "text": "of Anna"}}]},
         {"/description": ANNA, "/messages/0/content/text": "of Anna"}, set()),
        ("resources/list", {"resources": [{"uri": "notes://anna", "name": "anna schmidt",
          "mimeType": "text/plain", "size": 123456789}]},
         {"/resources/0/uri": "notes://anna", "/resources/0/name": "anna schmidt"}, set()),
        ("resources/templates/list", {"resourceTemplates": [{"uriTemplate": "notes://{who}",
          "name": "notes"}]}, {"/resourceTemplates/0/uriTemplate": "notes://{who}"}, set()),
        ("resources/read", {"contents": [{"uri": "a", "text": ANNA}, {"uri": PNG, "blob": "x"}]},
         {"/contents/0/uri": "a", "/contents/0/text": ANNA, "/contents/1/blob": "x"},
         {("/contents/1/uri", "image"), ("/contents/1/blob", "file")}),
        ("completion/complete", {"completion": {"values": [ANNA], "total": 1, "hasMore": False}},
         {"/completion/values/0": ANNA}, set()),
        ("sampling/createMessage", {"role": "assistant", "model": "claude", "stopReason": "endTurn",
          "content": {"type": "text", "text": ANNA}}, {"/content/text": ANNA}, set()),
        ("elicitation/create", {"action": "accept", "content": {"who": ANNA}},
         {"/content/who": ANNA}, set()),
        ("roots/list", {"roots": [{"uri": "file:///home/anna"}]},
         {"/roots/0/uri": "file:///home/anna"}, set()),
        ("vendor/new", {"what": ANNA}, {"/what": ANNA}, {("/what", "unknown_field")}),
    ],
)  # fmt: skip
def test_what_is_answered(method, result, expected, opaque):
    walked = mcp.answered(method, result)
    assert texts(walked) == expected
    assert hidden(walked) == opaque


def test_errors_are_text():
    walked = mcp.failed({"code": -32603, "message": ANNA, "data": {"of": "Anna"}})
    assert texts(walked) == {"/message": ANNA, "/data/of": "Anna"}
    assert not hidden(walked)


def test_icons_are_dropped_and_all_else_can_be_put_together_again():
    listed = {"tools": [{"name": "f", "icons": [{"src": PNG}], "_meta": {"a/b": ANNA}}]}
    walked = mcp.answered("tools/list", listed)
    assert not walked.opaque
    rebuilt = walked.rebuilt({"/tools/0/_meta/~v0": "X"}, copies=False)
    assert rebuilt == {"tools": [{"name": "f", "icons": [], "_meta": {"a/b": "X"}}]}


@pytest.mark.parametrize("body", [None, [], {}, "x", 5])
def test_what_is_no_object_is_refused(body):
    for walk in (lambda one: mcp.asked("ping", one), lambda one: mcp.answered("ping", one)):
        with pytest.raises(InputError):
            walk(body)
    with pytest.raises(InputError):
        mcp.failed(body)


def test_every_method_is_known_in_both_directions():
    assert {"tools/call", "sampling/createMessage", "notifications/message"} <= mcp.METHODS
    for method in mcp.METHODS:
        assert not mcp.asked(method, {"_meta": {}}).opaque
