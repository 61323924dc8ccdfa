"""Files and batches through the gateway, with the real kits and a provider that keeps them."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time

import anthropic
import openai
import pytest

from guard.config import Config
from guard.detect.engine import Detector
from guard.errors import DetectionError, ObligationError, PolicyError, RecordError
from guard.log.writer import LogWriter
from guard.policy import Policy
from guard.vault import Vault
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.keeping_upstream import form, keeping_upstream
from tests.integration.recording_upstream import last

MAIL, PHONE = "anna.schmidt@beispiel.de", "+49 30 12345678"
TEXT = f"Write to {MAIL} now"
NEW = "ben.vogel@example.net"
STATES = ["purpose", "conversation", "session", "request-id", "categories"]


@pytest.fixture(scope="module")
def ups():
    with keeping_upstream() as fr, keeping_upstream() as us, keeping_upstream() as cn:
        yield {"fr": fr, "us": us, "cn": cn}


@pytest.fixture(autouse=True)
def _anew(ups):
    for up in ups.values():
        up.requests.clear()
        for kept in (up.files, up.batches, up.results):
            kept.clear()
        up.say, up.answer, up.cut, up.look, up.page = last, None, False, None, 3


def setting(directory, ups, *, unscanned=("provider_state",), log="decisions", **changes):
    """A gateway before providers in France, the United States and China."""
    places = (
        place("fr", ups["fr"].url, "FR", (), role="self"),
        place("us", ups["us"].url, "US"),
        place("cn", ups["cn"].url, "CN", ()),
    )
    models = {
        "fr": {"home": "h-1", "both": "b-fr"},
        "us": {"us": "m-1", "both": "b-us", "n": "n-1"},
        "cn": {"cn": "c-1", "both": "b-cn"},
    }
    upstreams = [
        reached(name, ups[name].url, path="/v1", dialects=["openai"], models=models[name])
        for name in ("cn", "us", "fr")
    ]
    upstreams += [
        {**reached(name, ups[name].url, dialects=["anthropic"], models={f"claude-{name}": "c-9"}),
         "name": f"{name}-anthropic"}
        for name in ("us", "cn", "fr")
    ]  # fmt: skip
    loaded = Config.load(directory / "guard.toml")
    return configured(
        directory, places, upstreams, log=log,
        gateway={"breaker": {"failures": 1000}},
        served={"body_bytes": 300_000},
        planner=loaded.planner.model_copy(update={"treatments": ("pseudonymise",)}),
        context=loaded.context.model_copy(update={"unscanned": unscanned}),
        **changes,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory, ups):
    config = setting(home(tmp_path_factory.mktemp("home") / "guard"), ups)
    more = {"per_minute": 100_000, "states": STATES}
    return config, {
        "shop": key(config, **more),
        "clerk": key(config, "clerk", **more),
        "rival": key(config, "rival", tenant="rival", **more),
        "narrow": key(config, "narrow", models=["n"], **more),
        "trainer": key(config, "trainer", purposes=["inference", "training"], **more),
        "judge": key(config, "judge", scopes=["evaluate"]),
    }


@pytest.fixture(scope="module")
def gw(made):
    with running(made[0]) as running_gateway:
        yield running_gateway


@pytest.fixture
def kit(gw, made):
    with contextlib.ExitStack() as stack:

        def of(name="shop", **how):
            made_kit = openai.OpenAI(
                api_key=made[1][name], base_url=f"{gw.url}/v1", max_retries=0, **how
            )
            return stack.enter_context(made_kit)

        yield of


@pytest.fixture
def claude(gw, made):
    with contextlib.ExitStack() as stack:

        def of(name="shop"):
            made_kit = anthropic.Anthropic(api_key=made[1][name], base_url=gw.url, max_retries=0)
            return stack.enter_context(made_kit)

        yield of


def line(text=TEXT, model="us", custom_id="one", url="/v1/chat/completions", **more):
    body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
    return {"custom_id": custom_id, "method": "POST", "url": url, "body": body}


def jsonl(*lines):
    return ("the file of Anna Schmidt.jsonl", "\n".join(map(json.dumps, lines)).encode())


def uploaded(kit, *lines, purpose="batch"):
    return kit.files.create(file=jsonl(*(lines or (line(),))), purpose=purpose)


def begun(kit, file, **more):
    return kit.batches.create(
        input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h", **more
    )


def test_a_batch_from_beginning_to_end(kit, ups, made):
    shop, us = kit(), ups["us"]
    file = uploaded(shop, line(custom_id="a-1"), line(f"Call {PHONE}", custom_id="a-2"))
    assert file.status == "processed"
    batch = begun(shop, file, metadata={"for": f"the list of {MAIL}"})
    assert batch.input_file_id == file.id
    assert batch.metadata == {"for": f"the list of {MAIL}"}
    assert batch.id.startswith("batch_")
    again = shop.batches.retrieve(batch.id)
    assert again == batch
    results = [json.loads(one) for one in shop.files.content(again.output_file_id).iter_lines()]
    said = {one["custom_id"]: one["response"]["body"]["choices"][0] for one in results}
    assert said["a-1"]["message"]["content"] == TEXT
    assert said["a-2"]["message"]["content"] == f"Call {PHONE}"
    asked = [json.loads(one) for one in shop.files.content(file.id).iter_lines()]
    assert asked[0]["body"]["messages"][0]["content"] == TEXT
    for planted in (MAIL, PHONE, "Anna", "Schmidt", made[1]["shop"], file.id, batch.id):
        assert planted.encode() not in us.received
    _, name, content = form(kind_of(us.requests[0]), us.requests[0][3])
    assert json.loads(content.splitlines()[0])["body"]["model"] == "m-1"
    assert name.endswith(".jsonl")
    assert not ups["cn"].requests
    assert not ups["fr"].requests


def kind_of(request):
    return {name.lower(): value for name, value in request[2].items()}["content-type"]


def whole_way(shop):
    """Everything that can be asked of files and batches."""
    file = uploaded(shop)
    batch = begun(shop, file)
    shop.batches.retrieve(batch.id)
    shop.batches.cancel(batch.id)
    shop.batches.list(limit=2)
    shop.files.list(limit=2)
    shop.files.retrieve(file.id)
    shop.files.content(batch.output_file_id)
    assert shop.files.delete(file.id).deleted
    return file, batch


def test_a_decision_precedes_whatever_leaves(kit, ups, made):
    seen = []
    before = len(logged(made[0]))

    def look():
        entry = logged(made[0])[-1]
        seen.append((entry.kind, entry.destination.id))

    ups["us"].look = look
    whole_way(kit())
    asked = sum(len(up.requests) for up in ups.values())
    assert len(ups["us"].requests) == len(seen) >= 9
    assert set(seen) == {("decision", "us")}
    ended = [entry.kind for entry in logged(made[0])[before:]]
    assert ended == ["decision", "answer"] * asked


def test_the_log_holds_what_was_done_and_no_value(kit, made):
    before = len(logged(made[0]))
    raw = kit().files.with_raw_response.create(file=jsonl(line()), purpose="batch")
    decision, answer = logged(made[0])[before:]
    assert raw.headers["x-guard-decision"] == decision.id
    assert raw.headers["x-guard-destination"] == "us"
    assert raw.headers["x-guard-treatment"] == "pseudonymise"
    assert raw.headers["cache-control"] == "no-store"
    written = repr((decision, answer))
    assert "provider_state" in written
    assert MAIL not in written
    assert "Schmidt" not in written


@pytest.mark.parametrize("model", ["both", "us", "home"])
def test_a_batch_stays_where_its_file_is(model, kit, ups):
    raw = kit().files.with_raw_response.create(file=jsonl(line(model=model)), purpose="batch")
    where = raw.headers["x-guard-destination"]
    assert where in {"us", "fr"}
    batch = begun(kit(), raw.parse())
    assert kit().files.content(batch.output_file_id).text.count(MAIL) == 1
    assert len(ups[where].requests) == 3
    assert not [up for name, up in ups.items() if name != where and up.requests]


def test_nothing_is_sent_twice(kit, ups):
    """Whoever sent it elsewhere because it failed would keep it twice."""
    ups["us"].answer = ups["fr"].answer = (500, {"error": {"message": "no"}})
    with pytest.raises(openai.InternalServerError) as failed:
        uploaded(kit(), line(model="both"))
    assert failed.value.status_code == 502
    assert sum(len(up.requests) for up in ups.values()) == 1


def test_what_may_not_go_sends_nothing(kit, claude, ups, made):
    before = len(logged(made[0]))
    with pytest.raises(openai.PermissionDeniedError) as denied:
        uploaded(kit(), line(model="cn"))
    with pytest.raises(anthropic.PermissionDeniedError):
        claude().messages.batches.create(requests=messages(TEXT, model="claude-cn"))
    assert denied.value.body["code"] == "denied"
    first, second = logged(made[0])[before:]
    assert first.id == denied.value.response.headers["x-guard-decision"]
    assert MAIL not in repr((first, second))
    assert not any(up.requests for up in ups.values())


@pytest.mark.parametrize("purpose", ["assistants", "vision", "user_data", "evals", "tomorrow"])
def test_what_nobody_can_read_is_refused(purpose, kit, ups, made):
    with pytest.raises(openai.PermissionDeniedError) as denied:
        uploaded(kit(), purpose=purpose)
    rules = {one["rule"] for one in denied.value.response.json()["reasons"]}
    assert "guard.content_not_scanned" in rules
    assert not any(up.requests for up in ups.values())


def test_the_operator_decides_about_state_and_files(tmp_path, ups, kit):
    """Without a word nothing is kept anywhere; with one, files go that nobody has read."""
    for unscanned, batch, picture in (
        ((), False, False),
        (("file",), False, False),
        (("provider_state",), True, False),
        (("provider_state", "file"), True, True),
    ):
        directory = home(tmp_path / "-".join(("g", *unscanned)))
        config = setting(directory, ups, unscanned=unscanned)
        secret = key(config)
        with (
            running(config) as gw,
            openai.OpenAI(api_key=secret, base_url=f"{gw.url}/v1", max_retries=0) as shop,
        ):
            for purpose, may in (("batch", batch), ("vision", picture)):
                for up in ups.values():
                    up.requests.clear()
                with (
                    contextlib.nullcontext() if may else pytest.raises(openai.PermissionDeniedError)
                ):
                    kept = uploaded(shop, line("Good morning"), purpose=purpose)
                assert any(up.requests for up in ups.values()) == may
                if purpose == "vision" and may:
                    assert shop.files.retrieve(kept.id).purpose == "vision"
                    with pytest.raises(openai.PermissionDeniedError):
                        shop.files.content(kept.id)


def test_examples_need_the_purpose_training(kit, ups, made):
    example = {"messages": [{"role": "user", "content": TEXT}]}
    with pytest.raises(openai.PermissionDeniedError):
        kit().files.create(file=jsonl(example), purpose="fine-tune")
    assert not any(up.requests for up in ups.values())
    file = kit("trainer").files.create(file=jsonl(example), purpose="fine-tune")
    decided = [e for e in logged(made[0]) if e.kind == "decision"][-1]
    assert "training" in repr(decided)
    assert file.purpose == "fine-tune"
    assert json.loads(kit("trainer").files.content(file.id).text) == example
    assert not ups["us"].requests
    assert not ups["cn"].requests


def test_what_is_anothers_is_not_there(kit, ups, made):
    file, rival = uploaded(kit()), kit("rival")
    batch = begun(kit(), file)
    asked = len(ups["us"].requests)
    tries = [
        lambda: rival.files.retrieve(file.id),
        lambda: rival.files.content(file.id),
        lambda: rival.files.content(batch.output_file_id),
        lambda: rival.files.delete(file.id),
        lambda: begun(rival, file),
        lambda: rival.batches.retrieve(batch.id),
        lambda: rival.batches.cancel(batch.id),
    ]
    for attempt in tries:
        with pytest.raises(openai.NotFoundError):
            attempt()
    assert len(ups["us"].requests) == asked
    assert list(rival.files.list()) == list(rival.batches.list()) == []
    clerk = kit("clerk")
    assert clerk.files.retrieve(file.id).id == file.id
    assert [one.id for one in clerk.batches.list()] == [batch.id]


def test_a_key_reaches_what_is_for_its_models(kit, ups):
    file, narrow = uploaded(kit()), kit("narrow")
    with pytest.raises(openai.PermissionDeniedError):
        narrow.files.content(file.id)
    assert not list(narrow.files.list())
    own = uploaded(narrow, line(model="n"))
    assert [one.id for one in narrow.files.list()] == [own.id]
    with pytest.raises(openai.PermissionDeniedError):
        uploaded(narrow)


def test_ids_that_nobody_gave_are_not_found(kit, gw, ups, made):
    file = uploaded(kit())
    batch = begun(kit(), file)
    (real,) = ups["us"].batches
    asked = len(ups["us"].requests)
    for name in (*ups["us"].files, real, file.id[:-4], file.id[:-1] + "~", batch.id, "x", "..",
                 batch.id.replace("batch_", "file-"), "file-", "{id}", "%2e%2e", file.id + "%00",
                 "file-x?limit=1"):  # fmt: skip
        for path in (f"/v1/files/{name}", f"/v1/files/{name}/content"):
            status, _, body = gw.ask(path, key=made[1]["shop"], method="GET")
            assert status == 404, path
            assert real.encode() not in body
    for name in (*ups["us"].files, file.id, real, "x"):
        assert gw.ask(f"/v1/batches/{name}", key=made[1]["shop"], method="GET")[0] == 404
    with pytest.raises(openai.NotFoundError):
        begun(
            kit(),
            kit().files.retrieve(file.id).model_copy(update={"id": next(iter(ups["us"].files))}),
        )
    assert len(ups["us"].requests) == asked + 1


MIXED = {
    "two models": [line(), line(model="both")],
    "two endpoints": [line(), line(url="/v1/responses")],
    "no model": [line(model=None)],
    "a file of the provider's": [line(messages=[{"role": "user", "content": [
        {"type": "file", "file": {"file_id": "file-67a1"}}]}])],
    "no list of messages": [{"custom_id": "1"}],
}  # fmt: skip


@pytest.mark.parametrize("lines", MIXED.values(), ids=MIXED)
def test_a_file_that_is_for_no_one_model_is_refused(lines, kit, ups, made):
    before = len(logged(made[0]))
    with pytest.raises(openai.BadRequestError):
        uploaded(kit(), *lines)
    assert not any(up.requests for up in ups.values())
    assert len(logged(made[0])) == before + 1


def test_a_model_that_nobody_serves_is_not_found(kit, ups):
    for model in ("nobody", "claude-us"):
        with pytest.raises(openai.NotFoundError):
            uploaded(kit(), line(model=model))
    assert not any(up.requests for up in ups.values())


def test_new_data_in_results_are_taken_out(kit, ups):
    ups["us"].say = lambda _: f"Ask {NEW}, not {MAIL}"
    batch = begun(kit(), uploaded(kit()))
    text = kit().files.content(batch.output_file_id).text
    assert NEW not in text
    ups["us"].say = last
    batch = begun(kit(), uploaded(kit(), line(custom_id=f"for {MAIL}")))
    (result,) = map(json.loads, kit().files.content(batch.output_file_id).text.splitlines())
    assert result["custom_id"] == f"for {MAIL}"
    assert MAIL.encode() not in ups["us"].received


def test_pseudonyms_of_one_file_are_not_those_of_another(kit, ups):
    for text in (TEXT, f"Also to {MAIL}"):
        uploaded(kit(), line(text))
    sent = [form(kind_of(one), one[3])[2] for one in ups["us"].requests]
    words = [set(json.loads(one)["body"]["messages"][0]["content"].split()) for one in sent]
    assert not {one for one in words[0] & words[1] if "_" in one}


FAILURES = [
    (400, openai.BadRequestError, 400), (404, openai.NotFoundError, 404),
    (409, openai.ConflictError, 409), (401, openai.InternalServerError, 502),
    (403, openai.InternalServerError, 502), (302, openai.InternalServerError, 502),
    (429, openai.RateLimitError, 429), (500, openai.InternalServerError, 502),
    (503, openai.InternalServerError, 503),
]  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES, ids=str)
def test_errors_of_a_provider(failure, kit, ups, made):
    status, error, told = failure
    file = uploaded(kit())
    ups["us"].answer = (status, {"error": {"message": f"about {NEW}", "type": "x", "code": "c"}})
    before = len(logged(made[0]))
    with pytest.raises(error) as failed:
        kit().files.retrieve(file.id)
    assert failed.value.status_code == told
    assert NEW not in failed.value.response.text
    assert [e.kind for e in logged(made[0])[before:]] == ["decision", "answer"]


@pytest.mark.parametrize(
    "document", [b"", b"<html>", b'{"id": "a/b"}', b'{"no": "id"}', b"[]", b'{"id":1,"id":2}']
)
def test_answers_that_are_none(document, kit, ups, claude):
    batch = begun(kit(), file := uploaded(kit()))
    mine = claude().messages.batches.create(requests=messages(TEXT))
    ups["us"].answer = (200, document)
    for ask in (
        lambda: kit().files.retrieve(file.id),
        lambda: uploaded(kit()),
        kit().files.list,
        lambda: kit().batches.retrieve(batch.id),
        lambda: begun(kit(), file),
        kit().batches.list,
    ):
        with pytest.raises(openai.InternalServerError) as failed:
            ask()
        assert failed.value.status_code == 502
    with pytest.raises(anthropic.InternalServerError):
        claude().messages.batches.retrieve(mine.id)


def test_an_answer_that_breaks_off(kit, ups, made):
    batch = begun(kit(), uploaded(kit()))
    ups["us"].cut = True
    with pytest.raises(openai.InternalServerError) as failed:
        kit().files.content(batch.output_file_id)
    assert failed.value.status_code == 502
    assert logged(made[0])[-1].outcome == "cut"


def broken(error):
    def method(*_, **__):
        raise error

    return method


PARTS = {
    "detection": (Detector, "detect", DetectionError("a detector failed")),
    "detection anyhow": (Detector, "detect", ZeroDivisionError(MAIL)),
    "policy": (Policy, "decide", PolicyError("no answer")),
    "vault": (Vault, "conversation", ObligationError("gone")),
    "log": (LogWriter, "append", RecordError("the disk is full")),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_fails_lets_nothing_leave(part, gw, kit, ups, monkeypatch):
    where, name, error = PARTS[part]
    monkeypatch.setattr(where, name, broken(error))
    with pytest.raises(openai.InternalServerError) as failed:
        uploaded(kit(), line(f"Write to {MAIL} of {part}"))
    assert failed.value.status_code == 503
    assert MAIL not in failed.value.response.text
    assert not any(up.requests for up in ups.values())
    monkeypatch.undo()
    assert gw.ask("/readyz", method="GET")[0] == 200  # a log that refused is opened anew
    assert uploaded(kit()).id


@pytest.mark.parametrize("error", [ObligationError("gone"), ZeroDivisionError(MAIL)])
def test_without_the_vault_nothing_is_handed_on(error, kit, ups, made, monkeypatch):
    batch = begun(kit(), uploaded(kit()))
    monkeypatch.setattr(Vault, "live", broken(error))
    with pytest.raises(openai.InternalServerError) as failed:
        kit().files.content(batch.output_file_id)
    assert failed.value.status_code == 502
    assert MAIL not in failed.value.response.text
    assert "EMAIL" not in failed.value.response.text
    assert logged(made[0])[-1].outcome == "unreadable"


def test_a_caller_who_goes_away(gw, ups, made):
    goes, went = threading.Event(), threading.Event()

    def look():
        goes.set()
        went.wait(20)

    ups["us"].look = look
    raw = b"".join((
        b'--xyz\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n',
        b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
        json.dumps(line()).encode(), b"\r\n--xyz--\r\n",
    ))  # fmt: skip
    head = (
        f"POST /v1/files HTTP/1.1\r\nhost: g\r\nauthorization: Bearer {made[1]['shop']}\r\n"
        f"content-type: multipart/form-data; boundary=xyz\r\ncontent-length: {len(raw)}\r\n\r\n"
    )
    try:
        with socket.create_connection(("127.0.0.1", gw.port), timeout=10) as sock:
            sock.sendall(head.encode() + raw)
            assert goes.wait(20)
        deadline = time.monotonic() + 20
        while "abandoned" not in repr(logged(made[0])[-1]):
            assert time.monotonic() < deadline
    finally:
        went.set()
    while not ups["us"].files:  # the provider has it all the same
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_list_is_what_the_tenant_handed_in(kit, ups):
    shop, rival = kit(), kit("rival")
    ups["us"].keep("batch", "operators.jsonl", b"{}")
    own, others = [], []
    for number in range(5):
        others.append(uploaded(rival, line(f"Hello {number}")).id)
        own.append(uploaded(shop, line(f"Hello {number}")).id)
    home_file = uploaded(shop, line(model="home")).id
    assert {one.id for one in shop.files.list()} == {*own, home_file}
    assert [one.id for one in rival.files.list()] == others[::-1]
    page = rival.files.list(limit=2)
    assert [one.id for one in page] == others[::-1]  # page by page
    assert len(page.data) == 2
    assert page.has_more
    assert not list(rival.files.list(after=others[0]))
    with pytest.raises(openai.NotFoundError):
        rival.files.list(after=own[0])
    assert [one.id for one in rival.files.list(purpose="batch", order="desc")] == others[::-1]


def test_a_server_that_keeps_nothing_has_no_list(kit, ups):
    file = uploaded(kit())
    ups["cn"].answer = (404, {"detail": "Not Found"})
    assert [one.id for one in kit().files.list()] == [file.id]
    assert not list(kit().files.list(after=file.id))
    ups["us"].answer = (404, {"detail": "Not Found"})
    with pytest.raises(openai.InternalServerError):
        kit().files.list(after=file.id)


def test_batches_are_listed_with_what_their_caller_said_of_them(kit, ups):
    shop = kit()
    batches = [begun(shop, uploaded(shop), metadata={"n": str(n), "for": MAIL}) for n in range(4)]
    listed = list(shop.batches.list(limit=1))
    assert [one.id for one in listed] == [one.id for one in batches[::-1]]
    assert [one.metadata["for"] for one in listed] == [MAIL] * 4
    assert listed[0].output_file_id == batches[-1].output_file_id


def test_a_list_that_is_too_long_says_so(kit, ups):
    file = uploaded(kit())
    for number in range(100):
        ups["us"].keep("batch", f"others-{number}.jsonl", b"{}")
    with pytest.raises(openai.InternalServerError):
        kit().files.list()
    ups["us"].page = 1000
    assert [one.id for one in kit().files.list()] == [file.id]


@pytest.mark.parametrize(
    "asked",
    [
        ("GET", "/v1/files?limit=0", {}, None, 400),
        ("GET", "/v1/files?limit=100000", {}, None, 400),
        ("GET", "/v1/files?limit=1&limit=2", {}, None, 400),
        ("GET", "/v1/files?user=anna", {}, None, 400),
        ("GET", "/v1/files?order=ANNA", {}, None, 400),
        ("GET", "/v1/files?after", {}, None, 400),
        ("GET", "/v1/batches?limit=101", {}, None, 400),
        ("GET", "/v1/batches", {"x-guard-conversation": "c"}, None, 400),
        ("GET", "/v1/batches", {"x-guard-unheard": "c"}, None, 400),
        ("GET", "/v1/batches", {}, b"{}", 400),
        ("PUT", "/v1/files", {}, None, 405),
        ("DELETE", "/v1/batches/x", {}, None, 405),
        ("GET", "/v1/files/x/y", {}, None, 404),
        ("GET", "/v1/files/", {}, None, 404),
        ("POST", "/v1/files", {"content-type": "application/json"}, b"{}", 415),
        ("POST", "/v1/files", {"content-type": "multipart/form-data"}, b"{}", 400),
        ("POST", "/v1/files", {"content-type": "multipart/form-data; boundary=x",
                               "content-encoding": "gzip"}, b"{}", 415),
        ("POST", "/v1/files", {"content-type": "multipart/form-data; boundary=x"},
         b"-" * 300_001, 413),
        ("POST", "/v1/batches", {}, b"[]", 400),
        ("POST", "/v1/batches", {}, b"{}", 400),
        ("POST", "/v1/batches", {"content-type": "text/plain"}, b"{}", 415),
        ("POST", "/v1/messages/batches", {}, b"{}", 400),
        ("POST", "/v1/messages/batches", {}, b'{"requests": []}', 400),
        ("POST", "/v1/messages/batches", {}, b'{"requests": {"params": {}}}', 400),
    ],
)  # fmt: skip
def test_other_requests_are_refused(asked, gw, ups, made):
    method, path, headers, body, status = asked
    said = gw.ask(path, body, key=made[1]["shop"], method=method, headers=headers)
    assert said[0] == status, said
    assert not any(up.requests for up in ups.values())


def test_a_batch_says_nothing_that_nobody_knows(kit, gw, ups, made):
    file = uploaded(kit())
    asked = len(ups["us"].requests)
    good = {
        "input_file_id": file.id, "endpoint": "/v1/chat/completions", "completion_window": "24h"
    }  # fmt: skip
    for changes in (
        {"endpoint": "/v1/files"}, {"completion_window": 24}, {"metadata": {"guard": "x"}},
        {"metadata": {"a": 1}}, {"metadata": []}, {"user": MAIL},
        {"metadata": {str(n): "x" for n in range(16)}},
    ):  # fmt: skip
        status, _, body = gw.ask("/v1/batches", {**good, **changes}, key=made[1]["shop"])
        assert status == 400, changes
        assert MAIL.encode() not in body
    assert len(ups["us"].requests) == asked


def test_keys_are_asked_for(gw, ups, made):
    for path in ("/v1/files", "/v1/batches", "/v1/files/x/content"):
        assert gw.ask(path, method="GET")[0] == 401
        assert gw.ask(path, method="GET", key=made[1]["judge"])[0] == 403
    assert not any(up.requests for up in ups.values())


def messages(*texts, model="claude-us"):
    return [
        {"custom_id": f"r-{n}", "params": {
            "model": model, "max_tokens": 9, "messages": [{"role": "user", "content": text}]}}
        for n, text in enumerate(texts)
    ]  # fmt: skip


def test_a_batch_of_messages_from_beginning_to_end(claude, ups, made):
    kit, us = claude(), ups["us"]
    before = len(logged(made[0]))
    batch = kit.messages.batches.create(requests=messages(TEXT, f"Call {PHONE}"))
    assert batch.id.startswith("msgbatch_")
    assert kit.messages.batches.retrieve(batch.id) == batch
    results = {one.custom_id: one.result for one in kit.messages.batches.results(batch.id)}
    assert results["r-0"].message.content[0].text == TEXT
    assert results["r-1"].message.content[0].text == f"Call {PHONE}"
    assert kit.messages.batches.cancel(batch.id).processing_status == "canceling"
    assert kit.messages.batches.delete(batch.id).id == batch.id
    with pytest.raises(anthropic.NotFoundError):
        kit.messages.batches.retrieve(batch.id)
    for planted in (MAIL, PHONE, made[1]["shop"], batch.id, "claude-us"):
        assert planted.encode() not in us.received
    assert b'"c-9"' in us.received
    assert all("anthropic-version" in map(str.lower, one[2]) for one in us.requests)
    kinds = [entry.kind for entry in logged(made[0])[before:]]
    assert kinds == ["decision", "answer"] * len(us.requests)


def test_what_went_whole_comes_back_whole(claude, ups):
    batch = claude().messages.batches.create(requests=messages(TEXT, model="claude-fr"))
    (result,) = claude().messages.batches.results(batch.id)
    assert result.result.message.content[0].text == TEXT
    ups["fr"].results = {name: raw.replace(MAIL.encode(), NEW.encode())
                         for name, raw in ups["fr"].results.items()}  # fmt: skip
    (result,) = claude().messages.batches.results(batch.id)
    assert NEW not in result.result.message.content[0].text


def test_a_batch_of_messages_is_its_tenants(claude, ups):
    batch = claude().messages.batches.create(requests=messages(TEXT))
    asked = len(ups["us"].requests)
    rival = claude("rival")
    for attempt in (rival.messages.batches.retrieve, rival.messages.batches.cancel,
                    rival.messages.batches.delete, rival.messages.batches.results):  # fmt: skip
        with pytest.raises(anthropic.NotFoundError):
            attempt(batch.id)
    with pytest.raises(anthropic.APIStatusError) as refused:
        rival.messages.batches.list()
    assert refused.value.status_code == 405
    assert len(ups["us"].requests) == asked


def test_messages_for_several_models_are_refused(claude, ups):
    for requests in (
        [*messages("Hi"), *messages("Ho", model="claude-cn")],
        [{"custom_id": "1", "params": {}}],
        messages([{"type": "document", "source": {"type": "file", "file_id": "file_1"}}]),
    ):
        with pytest.raises(anthropic.BadRequestError):
            claude().messages.batches.create(requests=requests)
    with pytest.raises(anthropic.PermissionDeniedError):
        claude("narrow").messages.batches.create(requests=messages("Hi"))
    assert not any(up.requests for up in ups.values())
