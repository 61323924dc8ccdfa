"""What the MCP proxy does with each message, on the real parts, and with sides that misbehave."""

import json
import re

import pytest

from guard.cli.main import run
from guard.doors.circumstances import Circumstances
from guard.errors import InputError, RecordError
from guard.gate.journal import Journal
from guard.integrations.mcp.crossing import Crossing
from guard.integrations.mcp.relay import Relay
from guard.log import Log
from tests.integrations.house import MAIL, make, place

TOKEN = re.compile(r"EMAIL_[A-Z0-9]+")
PICTURE = "data:image/png;base64," + "iVBORw0KGgo" * 9
LIST = {"id": 1, "method": "tools/list", "params": {"_meta": {"progressToken": "p"}}}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/relay"]) == 0
    file = directory / "guard.toml"
    file.write_text(file.read_text().replace("names = true ", "names = false "))
    return directory


@pytest.fixture(scope="module")
def guard(home):
    places = (
        place("https://abroad.example.com"),
        place("https://home.example.com", "at-home", "DE", role="self"),
    )
    with make(home, *places) as made:
        yield made


def records(home):
    return list(Log(home / "decisions", (home / "guard.pub").read_text()).entries())


class Session:
    """A relay between a client at home and a server abroad, and what was said of it."""

    def __init__(self, guard, server="abroad", client="at-home", **how):
        self.said = []
        crossing = Crossing(guard, Circumstances(**how))
        self.relay = Relay(crossing, {"server": server, "client": client}, say=self.said.append)

    def line(self, side, line):
        found = self.relay.passed(side, line)
        return [(one.to, json.loads(one.line)) for one in found]

    def says(self, side, **members):
        return self.line(side, json.dumps({"jsonrpc": "2.0", **members}).encode())

    def asks(self, identity, text="hello", **params):
        """The client calls a tool; what the server is given."""
        told = {"name": "f", "arguments": {"text": text}, **params}
        ((to, passed),) = self.says("client", id=identity, method="tools/call", params=told)
        assert to == "server"
        return passed

    def answers(self, number, text):
        """The server answers a call."""
        content = [{"type": "text", "text": text}]
        return self.says("server", id=number, result={"content": content})


@pytest.fixture
def session(guard):
    return Session(guard)


def test_ids_and_progress_tokens_do_not_leave(session):
    ((to, asked),) = session.says("client", **(LIST | {"id": MAIL}))
    assert (to, asked["id"], asked["params"]) == ("server", 1, {"_meta": {"progressToken": 1}})
    progress = {"progressToken": 1, "progress": 1}
    told = session.says("server", method="notifications/progress", params=progress)
    assert told[0][1]["params"]["progressToken"] == "p"
    ((to, answer),) = session.says("server", id=1, result={"tools": []})
    assert (to, answer) == ("client", {"jsonrpc": "2.0", "id": MAIL, "result": {"tools": []}})
    assert session.says("server", method="notifications/progress", params=progress) == []


@pytest.mark.parametrize("identity", [2, 0, -1, "1", 1.0, None, True, [1], {"a": 1}])
def test_an_answer_that_nobody_asks_goes_nowhere(session, identity):
    session.asks(7)
    before = len(session.said)
    assert session.says("server", id=identity, result={"content": []}) == []
    assert session.says("server", id=identity, error={"code": 1, "message": MAIL}) == []
    assert len(session.said) == before + 2
    assert MAIL not in str(session.said)
    assert session.answers(1, "yes")[0][1]["id"] == 7


def test_a_request_is_answered_once(session):
    session.asks(7)
    assert len(session.answers(1, "one")) == 1
    assert session.answers(1, "two") == []


def test_a_client_cannot_answer_itself(session):
    session.asks(7)
    assert session.says("client", id=1, result={"content": []}) == []
    assert len(session.answers(1, "one")) == 1


def test_an_id_that_waits_is_not_used_again(session):
    session.asks("a", "first")
    ((to, refused),) = session.says("client", id="a", method="tools/call", params={"name": "f"})
    assert (to, refused["id"], refused["error"]["code"]) == ("client", None, -32600)
    ((_, answer),) = session.answers(1, "of the first")
    assert answer["id"] == "a"
    assert session.asks("a", "again")["id"] == 2
    session.says("client", method="notifications/cancelled", params={"requestId": "a"})
    assert session.asks("a", "and again")["id"] == 3


def test_a_call_that_was_cancelled_has_no_answer(session):
    session.asks("a")
    ((to, told),) = session.says(
        "client", method="notifications/cancelled", params={"requestId": "a", "reason": MAIL}
    )
    assert (to, told["params"]["requestId"]) == ("server", 1)
    assert TOKEN.fullmatch(told["params"]["reason"])
    assert session.answers(1, "late") == []


@pytest.mark.parametrize("identity", [1, "b", None, {}, 1.0, True])
def test_cancelling_what_nobody_asked_goes_nowhere(session, identity):
    session.asks("a")
    cancelled = {"requestId": identity}
    assert session.says("client", method="notifications/cancelled", params=cancelled) == []
    assert session.says("server", method="notifications/cancelled", params=cancelled) == []
    assert len(session.answers(1, "yes")) == 1


LISTENS = {"method": "subscriptions/listen", "params": {"notifications": {}}}


def test_a_server_ends_what_a_client_listens_to_and_a_client_only_what_it_asked(session):
    session.says("client", id="l", **LISTENS)
    session.asks(1)
    cancelled = {"method": "notifications/cancelled", "params": {"requestId": 1}}
    ((to, told),) = session.says("client", **cancelled)
    assert (to, told["params"]["requestId"]) == ("server", 2)
    ((to, told),) = session.says("server", **cancelled)
    assert (to, told["params"]["requestId"]) == ("client", "l")


def test_progress_that_nobody_asked_for_goes_nowhere(session):
    session.asks(7)
    for number in (1, 2, "1", None, True):
        progress = {"progressToken": number, "progress": 1, "message": "hello"}
        assert session.says("server", method="notifications/progress", params=progress) == []


def test_an_answer_that_comes_while_the_session_ends_is_not_a_second_one(session):
    session.asks(7)
    crossed, gone = session.relay._crossing.crossed, []

    def meanwhile(*how, **more):
        gone.extend(session.relay.gone("the session has ended"))
        return crossed(*how, **more)

    session.relay._crossing.crossed = meanwhile
    assert session.answers(1, "late") == []
    assert [json.loads(one.line)["id"] for one in gone] == [7]


def test_what_carries_data_is_decided_even_if_nothing_is_found_in_it(home, guard):
    session = Session(guard, client="abroad")
    before = len(records(home))
    session.asks(1, arguments={"age": 43})
    assert len(records(home)) == before + 1
    session.says("server", id=1, result={"content": [], "structuredContent": {"age": 43}})
    assert len(records(home)) == before + 2
    session.says("client", **LIST)
    assert len(records(home)) == before + 2


def test_a_forbidden_use_stops_calls_without_a_text(guard):
    session = Session(guard, use_case="social_scoring")
    asked = {"name": "f", "arguments": {"age": 43}}
    ((to, refused),) = session.says("client", id=1, method="tools/call", params=asked)
    assert (to, refused["error"]["code"]) == ("client", -32010)
    ((to, _),) = session.says("client", **LIST)
    assert to == "server"


def test_a_refused_call_is_answered_and_not_sent(home, session):
    ((to, refused),) = session.says(
        "client", id=1, method="tools/call", params={"name": "f", "arguments": {"p": PICTURE}}
    )
    assert (to, refused["id"], refused["error"]["code"]) == ("client", 1, -32010)
    last = records(home)[-1]
    assert (last.id, last.effect) == (refused["error"]["data"]["decision"], "deny")
    assert session.relay.gone("") == []


@pytest.mark.parametrize(
    "members",
    [
        {"method": "notifications/message", "params": {"level": "info", "data": PICTURE}},
        {"method": "vendor/new", "params": {"what": MAIL}},
        {"method": "vendor/annaSchmidt", "params": {"what": MAIL}},
    ],
)
def test_a_refused_notification_goes_nowhere(session, members):
    assert session.says("server", **members) == []
    assert "annaSchmidt" not in str(session.said)
    assert MAIL not in str(session.said)
    assert len(session.said) == 1


def test_a_server_is_not_told_why(guard):
    session = Session(guard, client="abroad")
    params = {"maxTokens": 9, "messages": [
        {"role": "user", "content": {"type": "image", "data": "iVBO", "mimeType": "image/png"}}
    ]}  # fmt: skip
    asked = {"method": "sampling/createMessage", "params": params}
    ((to, refused),) = session.says("server", id="s", **asked)
    assert (to, refused["id"]) == ("server", "s")
    assert refused["error"] == {"code": -32010, "message": "guard: refused"}


def test_errors_are_texts(guard):
    session = Session(guard, server="at-home", client="abroad")
    session.asks(1)
    error = {"code": -1, "message": f"no {MAIL}", "data": {"of": MAIL}}
    ((to, told),) = session.says("server", id=1, error=error)
    assert (to, told["id"], told["error"]["code"]) == ("client", 1, -1)
    assert TOKEN.search(told["error"]["message"])
    assert MAIL not in str(told)


def test_cursors_stay_here_and_come_back_as_they_were(session):
    session.says("client", **LIST)
    cursor = f'{{"after":"{MAIL}"}}'
    ((_, page),) = session.says("server", id=1, result={"tools": [], "nextCursor": cursor})
    word = page["result"]["nextCursor"]
    assert MAIL not in word
    ((_, again),) = session.says("client", id=2, method="tools/list", params={"cursor": word})
    assert again["params"] == {"cursor": cursor}
    ((_, other),) = session.says("client", id=3, method="tools/list", params={"cursor": MAIL})
    assert TOKEN.fullmatch(other["params"]["cursor"])


UNREADABLE = [
    b"\xff", b"{}", b"[]", b'{"jsonrpc":"2.0","id":2,"id":2,"method":"ping"}',
    b'[{"jsonrpc":"2.0","id":3,"method":"ping"}]',
    b'{"jsonrpc":"2.0","id":4,"result":' + b'{"a":' * 300 + b"1" + b"}" * 301,
]  # fmt: skip


@pytest.mark.parametrize("line", UNREADABLE)
def test_a_client_is_told_of_what_cannot_be_read(home, session, line):
    session.asks(3)
    before = len(records(home))
    ((to, told),) = session.line("client", line)
    assert (to, told["error"]["code"]) == ("client", -32700)
    assert told["id"] == (2 if b'"id":2' in line else None)
    assert len(records(home)) == before + 1
    assert len(session.answers(1, "yes")) == 1


def test_an_error_about_what_cannot_be_read_is_not_taken_for_another_requests_answer(session):
    session.asks(2)
    told = session.line("client", b'{"jsonrpc":"2.0","id":2,"id":2,"method":"ping"}')
    assert told[0][1]["id"] is None
    assert len(session.answers(1, "yes")) == 1


def test_nobody_waits_for_an_answer_that_cannot_be_read(session):
    for identity in (5, 6, 7):
        session.asks(identity)
    ((to, told),) = session.line("server", b'{"jsonrpc":"2.0","id":2,"result":{},"result":{}}')
    assert (to, told["id"], told["error"]["code"]) == ("client", 6, -32012)
    assert session.line("server", b"listening on port 80") == []
    assert session.line("server", b'{"jsonrpc":"2.0","id":99,"result":{"a":"\xff"}}') == []
    assert session.line("server", b'{"jsonrpc":"2.0","id":1,"method":"x y"}') == []
    assert len(session.answers(1, "yes")) == 1
    told = session.line("server", b'{"jsonrpc":"2.0","id":3,"result":{"a":"cut')
    assert [one["id"] for _, one in told] == [7]
    assert session.line("server", b'{"cut') == []


def test_all_are_told_when_an_answer_was_too_long_to_keep(session):
    for identity in (5, 6):
        session.asks(identity)
    found = session.relay.unread("server", InputError("a line is longer than 9 bytes"))
    assert [json.loads(one.line)["id"] for one in found] == [5, 6]
    assert [one.to for one in found] == ["client", "client"]
    assert session.answers(1, "late") == []


def test_a_server_is_told_when_its_clients_answer_cannot_be_read(session):
    asked = {"method": "elicitation/create", "params": {"message": "who?"}}
    session.says("server", id="s", **asked)
    found = session.line("client", b'{"jsonrpc":"2.0","id":1,"result":{},"result":{}}')
    assert [(to, one["id"]) for to, one in found] == [("client", None), ("server", "s")]


def test_a_pseudonym_of_another_session_is_a_word(guard):
    one, other = Session(guard), Session(guard)
    token = one.asks(1, MAIL)["params"]["arguments"]["text"]
    assert TOKEN.fullmatch(token)
    assert one.answers(1, token)[0][1]["result"]["content"][0]["text"] == MAIL
    other.asks(1)
    assert other.answers(1, token)[0][1]["result"]["content"][0]["text"] != MAIL


def test_without_a_record_nothing_goes(session, monkeypatch):
    session.asks(1)

    def full(*_, **__):
        raise RecordError("the disk is full")

    monkeypatch.setattr(Journal, "decision", full)
    told = {"name": "f", "arguments": {"text": "hello"}}
    ((to, refused),) = session.says("client", id=2, method="tools/call", params=told)
    assert (to, refused["id"], refused["error"]["code"]) == ("client", 2, -32011)
    ((to, refused),) = session.answers(1, "hello")
    assert (to, refused["id"], refused["error"]["code"]) == ("client", 1, -32011)
    message = {"level": "info", "data": "hello"}
    assert session.says("server", method="notifications/message", params=message) == []
