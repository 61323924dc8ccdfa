"""Gemini's own API, in both spellings."""

import pytest

from guard.dialects import named
from tests.unit.dialects.places import BASE64, hidden, texts

GEMINI = named("gemini.generate")


@pytest.mark.parametrize(
    ("part", "expected", "opaque"),
    [
        ({"text": "Anna"}, {"/text": "Anna"}, set()),
        ({"inlineData": {"mimeType": "image/png", "data": BASE64}}, {},
         {("/inlineData/data", "file")}),
        ({"inline_data": {"mime_type": "image/png", "data": BASE64}}, {},
         {("/inline_data/data", "file")}),
        ({"fileData": {"mimeType": "a/b", "fileUri": "gs://b/Anna.pdf"}},
         {"/fileData/fileUri": "gs://b/Anna.pdf"}, {("/fileData/fileUri", "remote_url")}),
        ({"functionCall": {"name": "f", "args": {"to": "Anna"}}, "thoughtSignature": BASE64},
         {"/functionCall/args/to": "Anna"}, {("/thoughtSignature", "encrypted")}),
        ({"functionResponse": {"name": "f", "response": {"n": "Anna"}}},
         {"/functionResponse/response/n": "Anna"}, set()),
        ({"executableCode": {"language": "PYTHON", "code": "Anna"}},
         {"/executableCode/code": "Anna"}, set()),
        ({"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "Anna"}},
         {"/codeExecutionResult/output": "Anna"}, set()),
        ({"hologram": "Anna"}, {"/hologram": "Anna"}, {("/hologram", "unknown_field")}),
    ],
)  # fmt: skip
def test_parts(part, expected, opaque):
    walked = GEMINI.request({"contents": [{"role": "user", "parts": [part]}]})
    at = "/contents/0/parts/0"
    assert texts(walked) == {at + place: text for place, text in expected.items()}
    assert hidden(walked) == {(at + place, kind) for place, kind in opaque}


@pytest.mark.parametrize("name", ["systemInstruction", "system_instruction"])
def test_requests(name):
    walked = GEMINI.request({
        "contents": {"parts": {"text": "Anna"}}, name: {"parts": [{"text": "for Bob"}]},
        "tools": [{"functionDeclarations": [
            {"name": "f", "description": "Eve", "parameters": {"enum": ["Kim"]}}]},
            {"googleSearch": {}}],
        "generationConfig": {"temperature": 0.5, "stopSequences": ["Max"],
                             "thinkingConfig": {"thinkingBudget": 1}},
        "safetySettings": [{"category": "C", "threshold": "T"}],
          "cachedContent": "cachedContents/a",
        "labels": {"who": "Ida"},
    })  # fmt: skip
    assert texts(walked) == {
        "/contents/parts/text": "Anna", f"/{name}/parts/0/text": "for Bob",
        "/tools/0/functionDeclarations/0/description": "Eve",
        "/tools/0/functionDeclarations/0/parameters/enum/0": "Kim",
        "/generationConfig/stopSequences/0": "Max", "/labels/who": "Ida",
    }  # fmt: skip
    assert (walked.opaque, walked.state) == ((), ("cached_content",))


def test_answers():
    answer = {
        "candidates": [{"content": {"role": "model", "parts": [{"text": "Anna"}]}, "index": 0,
                        "finishReason": "STOP", "logprobsResult": {"chosenCandidates": [1]},
                        "citationMetadata": {"citationSources": [{"uri": "https://a"}]}}],
        "usageMetadata": {"promptTokenCount": 5}, "modelVersion": "gemini-2.5-pro",
    }  # fmt: skip
    walked = GEMINI.answer(answer)
    at = "/candidates/0"
    assert texts(walked)[f"{at}/content/parts/0/text"] == "Anna"
    assert walked.model == "gemini-2.5-pro"
    done = walked.rebuilt({f"{at}/content/parts/0/text": "Bob"})["candidates"][0]
    assert (done["logprobsResult"], done["citationMetadata"]) == (None, None)
    assert GEMINI.answer([answer]).segments[0].pointer == f"/0{at}/content/parts/0/text"


def test_embeddings_and_counts():
    content = {"parts": [{"text": "Anna"}]}
    walked = named("gemini.embed").request({"requests": [{"model": "m", "content": content}]})
    assert texts(walked) == {"/requests/0/content/parts/0/text": "Anna"}
    assert not named("gemini.embed").answer({"embedding": {"values": [0.5]}}).opaque
    walked = named("gemini.count_tokens").request({"contents": [content]})
    assert texts(walked) == {"/contents/0/parts/0/text": "Anna"}
