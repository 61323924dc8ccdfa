"""What comes back of what was kept: restored, screened, and what was sent is no news."""

from __future__ import annotations

import json

import pytest

from guard.cli.main import run
from guard.config import Config
from guard.errors import InputError
from guard.gate.gate import Gate
from guard.gateway.kept.tables import BATCH, CONTENTS, FILE
from guard.gateway.kept.treatment import Treatment, remembered
from guard.payload import Content
from guard.types import Segment

MAIL, NEW = "anna.schmidt@beispiel.de", "ben.vogel@example.net"
NAME = "tenant\0kept\0" + "ab" * 16


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/kept"]) == 0
    loaded = Config.load(directory / "guard.toml")
    detection = loaded.detection.model_copy(update={"names": False})
    with Gate(loaded.model_copy(update={"detection": detection})) as made:
        yield made


def result(text, custom_id="one", number="batch_req_1"):
    choice = {"index": 0, "message": {"role": "assistant", "content": text}}
    body = {"object": "chat.completion", "choices": [choice], "id": "c"}
    return {"id": number, "custom_id": custom_id, "response": {"status_code": 200, "body": body}}


def said(lines):
    return [one["response"]["body"]["choices"][0]["message"]["content"] for one in lines]


def on_lines(*documents):
    return b"\n".join(json.dumps(one).encode() for one in documents)


def test_tokens_are_turned_back_and_new_data_taken_out(gate):
    with gate.vault.conversation(NAME) as tokenise:
        token = tokenise("EMAIL", MAIL)
    treatment = Treatment(gate, NAME, "")
    raw = on_lines(result(f"To {token}", custom_id=token), result(f"To {NEW}"))
    lines = treatment.lines(raw, CONTENTS["results"])
    first, second = said(lines)
    assert first == f"To {MAIL}"
    assert lines[0]["custom_id"] == MAIL
    assert NEW not in second
    assert treatment.counts.restored == 1
    assert sum(treatment.counts.labelled.values()) == 1


def test_values_are_put_into_json_as_json(gate):
    value = 'Anna "Anni" Schmidt'
    with gate.vault.conversation(NAME) as tokenise:
        token = tokenise("NAME", value)
    lines = on_lines(result(json.dumps({"to": token})), result(f"{{ {token}"), result("[]"))
    first, second, third = said(Treatment(gate, NAME, "").lines(lines, CONTENTS["results"]))
    assert json.loads(first) == {"to": value}
    assert second == f"{{ {value}"
    assert third == "[]"


def test_tokens_of_another_conversation_stay(gate):
    with gate.vault.conversation(NAME + "x") as tokenise:
        token = tokenise("EMAIL", "someone@else.example")
    (line,) = Treatment(gate, NAME, "").lines(on_lines(result(token)), CONTENTS["results"])
    assert said([line]) == [token]


def test_what_was_sent_is_no_news(gate):
    segments = (Segment("/a", f"Write to {MAIL}"),)
    verdict = gate.decide(Content(segments, dict), to="self-hosted-eu", conversation=NAME)
    sent = remembered(gate, NAME, verdict, segments)
    assert sent.startswith("SENT_")
    assert MAIL not in sent
    treatment = Treatment(gate, NAME, sent)
    (kept, new) = said(treatment.lines(on_lines(result(MAIL), result(NEW)), CONTENTS["results"]))
    assert kept == MAIL
    assert NEW not in new
    assert MAIL in treatment.values


def test_errors_are_screened_like_answers(gate):
    wrong = {"message": f"not for {NEW}", "type": "invalid_request_error", "param": None}
    failed = {"id": "r", "custom_id": "1", "response": {"status_code": 400, "body": {
        "error": wrong}}, "error": {"code": "x", "message": f"nor for {NEW}"}}  # fmt: skip
    (line,) = Treatment(gate, NAME, "").lines(on_lines(failed), CONTENTS["results"])
    assert line["response"]["body"]["error"]["type"] == "invalid_request_error"
    assert NEW not in json.dumps(line)


def test_what_was_sent_is_shown_to_no_one_who_says_its_token(gate):
    segments = (Segment("/a", MAIL),)
    verdict = gate.decide(Content(segments, dict), to="self-hosted-eu", conversation=NAME)
    sent = remembered(gate, NAME, verdict, segments)
    (text,) = said(Treatment(gate, NAME, sent).lines(on_lines(result(sent)), CONTENTS["results"]))
    assert text == sent


def test_what_holds_nothing_is_not_remembered(gate):
    segments = (Segment("/a", "Good morning"),)
    verdict = gate.decide(Content(segments, dict), to="self-hosted-eu", conversation=NAME)
    assert remembered(gate, NAME, verdict, segments) == ""


def test_ids_are_no_new_data(gate):
    number = "batch_req_4111111111111111"
    (line,) = Treatment(gate, NAME, "").lines(
        on_lines(result("Hi", number=number)), CONTENTS["results"]
    )
    assert line["id"] == number
    described = {"id": "file-4111111111111111", "filename": "guard-4111111111111111.jsonl"}
    assert Treatment(gate, NAME, "").document(json.dumps(described).encode(), FILE) == described


def test_a_mark_is_taken_out_of_metadata(gate):
    described = {"id": "batch_1", "metadata": {"guard": "guard-x", "for": NEW}}
    found = Treatment(gate, NAME, "").document(json.dumps(described).encode(), BATCH)
    assert "guard" not in found["metadata"]
    assert NEW not in found["metadata"]["for"]
    described = {"id": "batch_1", "metadata": {"guard": "guard-x"}}
    found = Treatment(gate, NAME, "").document(json.dumps(described).encode(), BATCH)
    assert found["metadata"] is None


@pytest.mark.parametrize("raw", [b"no json", b'{"a": 1, "a": 2}', b"{}\n[", b"\xff"])
def test_what_cannot_be_read_is_not_handed_on(raw, gate):
    with pytest.raises(InputError):
        Treatment(gate, NAME, "").lines(raw, CONTENTS["results"])
