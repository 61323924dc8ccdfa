"""Cohere's own API."""

from guard.dialects import named
from tests.unit.dialects.places import PNG, hidden, texts


def test_chat():
    walked = named("cohere.chat").request({
        "model": "command-a", "stream": True, "k": 5, "safety_mode": "STRICT",
        "messages": [
            {"role": "system", "content": "for Anna"},
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": PNG}},
                                         {"type": "document",
                                          "document": {"data": {"of": "Eve"}}}]},
            {"role": "assistant", "tool_plan": "ask Bob", "tool_calls": [
                {"id": "a", "type": "function",
                 "function": {"name": "f", "arguments": '{"a":"Kim"}'}}]},
        ],
        "documents": ["Max", {"id": "d", "data": {"t": "Ida"}}], "stop_sequences": ["Tom"],
    })  # fmt: skip
    assert texts(walked) == {
        "/messages/0/content": "for Anna", "/messages/1/content/1/document/data/of": "Eve",
        "/messages/2/tool_plan": "ask Bob",
        "/messages/2/tool_calls/0/function/arguments~j/a": "Kim",
        "/documents/0": "Max", "/documents/1/data/t": "Ida", "/stop_sequences/0": "Tom",
    }  # fmt: skip
    assert hidden(walked) == {("/messages/1/content/0/image_url/url", "image")}
    assert (walked.model, walked.streamed) == ("command-a", True)


def test_an_answer_loses_its_citations_with_its_text():
    cited = {"start": 0, "end": 4, "text": "Anna", "sources": [{"type": "document", "id": "d"}]}
    walked = named("cohere.chat").answer({
        "id": "c", "finish_reason": "COMPLETE", "logprobs": [{"text": "Anna"}],
        "message": {"role": "assistant", "content": [{"type": "text", "text": "Anna"}],
                    "citations": [cited]},
    })  # fmt: skip
    done = walked.rebuilt({"/message/content/0/text": "Bob"})
    assert done["logprobs"] is None
    assert done["message"]["citations"] == []


def test_embeddings_and_reranking():
    walked = named("cohere.embed").request({"texts": ["Anna"], "images": [PNG]})
    assert (texts(walked), hidden(walked)) == ({"/texts/0": "Anna"}, {("/images/0", "image")})
    walked = named("cohere.rerank").request({"query": "Anna", "documents": ["Bob", {"t": "Eve"}]})
    assert set(texts(walked).values()) == {"Anna", "Bob", "Eve"}
    answer = {"id": "r", "results": [{"index": 0, "relevance_score": 0.5}]}
    assert not named("cohere.rerank").answer(answer).opaque
    assert not named("cohere.embed").answer({"embeddings": {"float": [[0.5]]}}).opaque
