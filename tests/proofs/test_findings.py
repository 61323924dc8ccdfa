"""What the proof found, each as one small case."""

from __future__ import annotations

import json

import pytest

from guard import Guard
from guard.doors.circumstances import Circumstances
from guard.doors.exchange import Exchange
from guard.doors.wire import Sent
from guard.errors import Refused
from guard.types import Segment
from tests.proofs.doors import PLACES, begun, configured

CARD = "4111 1111 1111 1111"
WIDE = "４１１１１１１１１１１１１１１１"
IBAN = "DE89 3704 0044 0532 0130 00"
CHAT = "/v1/chat/completions"
_JSON = (("content-type", "application/json"),)


@pytest.fixture(scope="module")
def g(tmp_path_factory):
    home = begun(tmp_path_factory.mktemp("findings") / "guard")
    urls = {name: f"https://{name}.example" for name in PLACES}
    with Guard(configured(home, urls, detection={"names": False})) as made:
        yield made


def asked(g, body, *, place="abroad", path=CHAT):
    exchange = Exchange(g, Circumstances(principal="shop"))
    sent = Sent("POST", f"https://{place}.example{path}", _JSON, json.dumps(body).encode())
    return exchange, json.loads(exchange.submit(sent).body)


def said(*turns, **more):
    roles = ("user", "assistant")
    turns = [{"role": roles[n % 2], "content": text} for n, text in enumerate(turns)]
    return {"model": "m", "messages": turns, **more}


def answered(exchange, text):
    message = {"role": "assistant", "content": text}
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "model": "m"}
    reply = exchange.reply(200, _JSON)
    document = json.loads(reply.feed(json.dumps(body).encode()) + reply.close())
    return document["choices"][0]["message"]["content"]


def test_a_verdict_does_not_show_the_first_message(g):
    """Its words name the conversation of a request that names none."""
    exchange, _ = asked(g, said(f"card {CARD}"))
    assert CARD not in repr(exchange.verdict)
    assert CARD not in json.dumps(exchange.verdict.to_json(text=True))


def test_the_first_message_names_the_conversation(g):
    """Of one principal; what it is called is the same in each process that has the vault's key."""
    one, two, other = (
        asked(g, said(*turns))[0].verdict.conversation
        for turns in ((f"card {CARD}",), (f"card {CARD}", "so?", "so."), (f"carta {CARD}",))
    )
    assert one == two != other


@pytest.mark.parametrize("value", [WIDE, "jürgen.müller@beispiel.de"])
def test_escapes_in_json_within_a_text_hide_nothing(g, value):
    """Applications put records into messages and results as JSON, whose escapes hide letters."""
    record = json.dumps({"contact": value, "nested": json.dumps({"of": [value]})})
    result = {"role": "tool", "tool_call_id": "c1", "content": json.dumps({"raw": record})}
    call = {"name": "find", "arguments": json.dumps({"raw": record})}
    turns = [
        {"role": "user", "content": record},
        {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": call}]},
        result,
        {"role": "user", "content": [{"type": "text", "text": record}]},
    ]
    _, sent = asked(g, {"model": "m", "messages": turns})
    hidden = json.dumps(value)[1:-1].replace("\\", "")
    assert hidden not in json.dumps(sent).replace("\\", "")
    inner = json.loads(json.loads(sent["messages"][2]["content"])["raw"])
    assert inner["contact"] == json.loads(inner["nested"])["of"][0] != value


def test_a_structured_answer_is_read_as_json(g):
    """Whole as streamed: escapes hide no new data, and what comes back is still JSON."""
    key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----"
    body = said(f"sign with {key}\nfor anna@beispiel.de", response_format={"type": "json_object"})
    exchange, sent = asked(g, body)
    token = sent["messages"][0]["content"].split()[2]
    made = answered(exchange, json.dumps({"with": token, "of": WIDE}))
    assert json.loads(made) == {"with": key, "of": "[CARD]"}


def test_a_value_that_a_model_has_glued_stays_here(g):
    """Turned back and sent again in the next turn, it is part of a longer word."""
    first = f"IBAN {IBAN}"
    exchange, sent = asked(g, said(first))
    token = sent["messages"][0]["content"].split()[1]
    answer = answered(exchange, f"It is {token}xyz.")
    assert answer == f"It is {IBAN}xyz."
    _, sent = asked(g, said(first, answer, "Thanks"))
    assert IBAN not in json.dumps(sent)


@pytest.mark.parametrize("mark", [":", "："])
def test_an_address_after_a_colon_is_found(g, mark):
    text = f"我的资料{mark}2001:db8:85a3::8a2e:370:7334"
    assert g.detector.detect([Segment("", text)]).findings


@pytest.mark.xfail(strict=True, reason="detectors read characters, not what mark-up makes of them")
@pytest.mark.parametrize("text", ["4111 1111<b> 1111 1111</b>", "4111\u200b1111\u200b11111111"])
def test_a_number_that_markup_divides_is_found(g, text):
    assert g.detector.detect([Segment("", text)]).findings


@pytest.mark.xfail(strict=True, reason="only a text that is JSON as a whole is read as such")
def test_escapes_in_prose_hide_nothing(g):
    _, sent = asked(g, said(f"Here you are: {json.dumps({'of': WIDE})}"))
    assert "uff14" not in json.dumps(sent).replace("\\", "")


def test_json_that_says_it_is_text_hides_nothing(g):
    exchange, _ = asked(g, said("Hello"))
    reply = exchange.reply(200, (("content-type", "text/html"),))
    answer = {"choices": [{"index": 0, "message": {"role": "assistant", "content": WIDE}}]}
    out = reply.feed(json.dumps(answer).encode()) + reply.close()
    assert WIDE not in json.loads(out)["choices"][0]["message"]["content"]


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/json", ""])
def test_arguments_hide_nothing_whatever_an_answer_calls_itself(g, kind):
    """Escapes of escapes: the arguments of a tool are JSON within JSON."""
    call = {"name": "send", "arguments": json.dumps({"of": IBAN.replace(" ", "\xa0")})}
    message = {"role": "assistant", "tool_calls": [{"id": "c", "function": call}]}
    exchange, _ = asked(g, said("Hello"))
    reply = exchange.reply(200, (("content-type", kind),))
    out = reply.feed(json.dumps({"choices": [{"index": 0, "message": message}]}).encode())
    document = json.loads(out + reply.close())
    called = document["choices"][0]["message"]["tool_calls"][0]["function"]
    assert json.loads(called["arguments"]) == {"of": "[IBAN]"}


@pytest.mark.parametrize("line", [f": {IBAN}", f"id: {IBAN}", f'd"\xff{{ata: {IBAN}'])
def test_lines_of_a_stream_beside_its_data_hide_nothing(g, line):
    """No kit shows them, but the bytes come here."""
    exchange, _ = asked(g, said("Hello", stream=True))
    reply = exchange.reply(200, (("content-type", "text/event-stream"),))
    out = reply.feed(f"{line}\ndata: {{}}\n\ndata: [DONE]\n\n".encode("latin-1")) + reply.close()
    assert out == b"data: {}\n\ndata: [DONE]\n\n"


def test_two_who_begin_alike_do_not_get_each_others_values(g):
    """A provider repeats a stand-in of another's conversation, and it is fed back."""
    _, sent = asked(g, said("Hello", "Yes?", f"my IBAN is {IBAN}"))
    token = sent["messages"][2]["content"].split()[-1]
    assert token.startswith("IBAN_")
    exchange, sent = asked(g, said("Hello", f"Others: {token}", "mail anna@beispiel.de"))
    assert token in sent["messages"][1]["content"]
    assert answered(exchange, f"Others: {token}") == f"Others: {token}"


def test_a_request_does_not_show_its_query():
    assert "anna" not in repr(Sent("POST", f"https://own.example{CHAT}?of=anna@x.de", (), b""))


@pytest.mark.parametrize("value", ["AKIAIOSFODNN7EXAMPLE", "RCCMNL83S18D969H"])
def test_a_query_holds_no_value_that_is_spelled_like_a_word(g, value):
    body = json.dumps(said("mail anna@beispiel.de")).encode()
    sent = Sent("POST", f"https://cn.example{CHAT}?customer={value}", _JSON, body)
    with pytest.raises(Refused):
        Exchange(g, Circumstances()).submit(sent)
