"""Uploads: what is read of a form, and what is refused."""

from __future__ import annotations

import json

import pytest

from guard.doors.multipart import boundary_of, parse
from guard.errors import InputError
from guard.gateway.asgi import Incoming, Unacceptable
from guard.gateway.kept.upload import addressed, form_only, only, read

KIND = "multipart/form-data; boundary=xyz"


def line(text="Hello", model="m", url="/v1/chat/completions", method="POST", **more):
    body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
    return {"custom_id": "1", "method": method, "url": url, "body": body}


def part(name, value, *more, filename=None):
    named = f'; filename="{filename}"' if filename is not None else ""
    head = f'Content-Disposition: form-data; name="{name}"{named}'
    return "\r\n".join(("--xyz", head, *more, "", value)) + "\r\n"


def form(*parts):
    return ("".join(parts) + "--xyz--\r\n").encode()


def batch(*lines, more=(), purpose="batch"):
    text = "\n".join(json.dumps(one) for one in lines)
    return form(part("purpose", purpose), *more, part("file", text, filename="Anna Schmidt.jsonl"))


def test_lines_are_read_and_written_under_another_name():
    given = read(KIND, batch(line("Hi"), line("Ho")))
    assert given.what == "input"
    assert given.asks() == ("m", "openai.chat")
    assert [one.text for one in given.walked.segments] == ["Hi", "Ho"]
    lines = [addressed(one, "m-1", {"region": "eu"}) for one in given.walked.document]
    kind, body = given.form(lines, "mark.jsonl")
    parts = {one.name: one for one in parse(body, boundary_of(kind))}
    assert parts.keys() == {"purpose", "file"}
    assert parts["purpose"].content == b"batch"
    assert (parts["file"].filename, parts["file"].kind) == ("mark.jsonl", "application/jsonl")
    sent = [json.loads(one) for one in parts["file"].content.splitlines()]
    assert [one["body"]["model"] for one in sent] == ["m-1", "m-1"]
    assert sent[0]["body"]["region"] == "eu"
    assert b"Anna" not in body


@pytest.mark.parametrize("purpose", ["assistants", "vision", "user_data", "evals", "whatever"])
def test_what_nobody_can_read_is_a_file(purpose):
    given = read(KIND, batch(line(), purpose=purpose))
    assert given.what == "file"
    assert [one.kind for one in given.walked.opaque] == ["file"]
    kind, body = given.form(None, "mark.jsonl")
    parts = {one.name: one for one in parse(body, boundary_of(kind))}
    assert parts["file"].content == json.dumps(line()).encode()
    assert parts["file"].kind == "application/octet-stream"


def test_examples_are_training():
    text = json.dumps({"messages": [{"role": "user", "content": "Hi"}]})
    given = read(KIND, form(part("purpose", "fine-tune"), part("file", text, filename="a")))
    assert given.what == "training"
    assert [one.text for one in given.walked.segments] == ["Hi"]


@pytest.mark.parametrize(
    "raw",
    [
        form(part("purpose", "batch")),
        form(part("file", "{}", filename="a")),
        form(part("purpose", "batch"), part("file", "{}")),
        form(*[part("purpose", "batch")] * 2, part("file", "{}", filename="a")),
        form(part("purpose", "batch"), *[part("file", "{}", filename="a")] * 2),
        form(part("purpose", "batch", filename="a"), part("file", "{}", filename="a")),
        batch(line(), more=[part("user", "Anna")]),
        batch(line(), purpose="Batch"),
        batch(line(), purpose="anna@beispiel.de"),
        batch(line(), more=[part("expires_after[anchor]", "created_at")]),
        batch(line(), more=[part("expires_after[seconds]", "10")]),
        form(
            part("purpose", "batch"),
            part("file", "{}", "Content-Transfer-Encoding: base64", filename="a"),
        ),
        form(part("purpose", "batch"), part("file", "{}", "Content-Encoding: gzip", filename="a")),
        form(part("purpose", "batch"), part("file", "{}", 'X-Name: "Anna"', filename="a")),
        form(part("purpose", "batch"), part("file", "no json", filename="a")),
        form(part("purpose", "batch"), part("file", "", filename="a")),
        form(part("purpose", "batch"), part("file", '{"a": 1, "a": 2}', filename="a")),
        form(part("purpose", "batch")) + b"--xyz\r\n",
        b"",
        batch(line()).replace(b"\r\n", b"\n"),
    ],
)
def test_other_forms_are_refused(raw):
    with pytest.raises(InputError):
        read(KIND, raw)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=xyz; charset=utf-16",
             "multipart/form-data; boundary=xyz; boundary=abc"]
)  # fmt: skip
def test_other_types_of_forms_are_refused(kind):
    with pytest.raises(InputError):
        read(kind, batch(line()))


def test_text_in_another_charset_is_no_json():
    raw = form(part("purpose", "batch"), part("file", "@", filename="a"))
    for charset in ("utf-16", "utf-32"):
        with pytest.raises(InputError):
            read(KIND, raw.replace(b"@", json.dumps(line()).encode(charset)))


@pytest.mark.parametrize(
    "lines",
    [
        [line(model="m"), line(model="n")],
        [line(), line(url="/v1/responses")],
        [line(model=None)],
        [line(model=7)],
        [line(model="")],
        [line(method="DELETE")],
        [line(url="/v1/files")],
        [line(url="https://example.org/v1/chat/completions")],
        [{**line(), "body": "text"}],
        [["m"]],
        [line(messages=[{"role": "user", "content": [
            {"type": "file", "file": {"file_id": "file-1"}}]}])],
    ],
)  # fmt: skip
def test_requests_that_are_for_no_one_model_are_refused(lines):
    with pytest.raises(InputError):
        read(KIND, batch(*lines)).asks()


def test_azures_addresses_have_no_version():
    assert read(KIND, batch(line(url="/chat/completions"))).asks() == ("m", "openai.chat")


@pytest.mark.parametrize("found", [[], [None], ["a", "b"], ["a", None], [["a"]], [""]])
def test_only_one_is_one(found):
    with pytest.raises(InputError):
        only(found, "model")


def incoming(*headers):
    scope = {"method": "POST", "path": "/v1/files", "headers": list(headers)}
    return Incoming(scope, None)


def test_a_form_is_said_once_and_not_packed():
    said = (b"content-type", KIND.encode())
    form_only(incoming(said))
    for headers in (
        (),
        (said, said),
        ((b"content-type", b"application/json"),),
        (said, (b"content-encoding", b"gzip")),
    ):
        with pytest.raises(Unacceptable) as refused:
            form_only(incoming(*headers))
        assert refused.value.status == 415
