"""What the MCP proxy reads: lines, messages, ids; and what of them it never repeats."""

import io

import pytest

from guard.config import Config
from guard.errors import ConfigError, InputError
from guard.integrations.mcp import message
from guard.integrations.mcp.calls import Calls
from guard.integrations.mcp.lines import lines
from guard.integrations.mcp.message import Scrap
from guard.integrations.mcp.pending import MOST, ROOM, Asked, Minted, Pending
from guard.integrations.mcp.settings import server_of
from guard.integrations.mcp.streamable import Streamable

ANNA = b"anna.schmidt@beispiel.de"


def read(*members, version='"2.0"'):
    return message.read(("{" + ",".join((f'"jsonrpc":{version}', *members)) + "}").encode())


@pytest.mark.parametrize(
    ("members", "kind", "identity", "body"),
    [
        (('"id":1', '"method":"ping"'), "request", 1, None),
        (('"id":"a"', '"method":"tools/call"', '"params":{"name":"f"}'), "request", "a",
         {"name": "f"}),
        (('"method":"notifications/initialized"',), "notification", None, None),
        (('"id":0', '"result":{}'), "result", 0, {}),
        (('"id":null', '"error":{"code":1}'), "error", None, {"code": 1}),
    ],
)  # fmt: skip
def test_messages_are_one_of_four(members, kind, identity, body):
    found = read(*members)
    assert (found.kind, found.id, found.body) == (kind, identity, body)


@pytest.mark.parametrize(
    "line",
    [
        b"", b"null", b"5", b'"x"', b"no json", b"\xff", b"[]",
        b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]',
        b'{"id":1,"method":"ping"}',
        b'{"jsonrpc":"1.0","id":1,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","more":1}',
        b'{"jsonrpc":"2.0","id":1,"result":{},"error":null}',
        b'{"jsonrpc":"2.0","id":1,"result":{},"method":"ping"}',
        b'{"jsonrpc":"2.0","id":null,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":true,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":[1],"method":"ping"}',
        b'{"jsonrpc":"2.0","id":123456789012345678901,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":"' + b"x" * 257 + b'","method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":[1]}}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":"'
        + b"x" * 257 + b'"}}}',
        b'{"jsonrpc":"2.0","id":null,"result":{}}',
        b'{"jsonrpc":"2.0","id":1,"result":null}',
        b'{"jsonrpc":"2.0","id":1,"result":[]}',
        b'{"jsonrpc":"2.0","id":1,"error":"x"}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":null}',
        b'{"jsonrpc":"2.0","id":1,"method":5}',
        b'{"jsonrpc":"2.0","id":1,"method":""}',
        b'{"jsonrpc":"2.0","id":1,"method":"' + ANNA + b'"}',
        b'{"jsonrpc":"2.0","id":1,"method":"call 13912345678"}',
        b'{"jsonrpc":"2.0","id":1,"result":' + b'{"a":' * 300 + b"1" + b"}" * 300 + b"}",
        b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}',
    ],
)  # fmt: skip
def test_all_else_is_no_message(line):
    with pytest.raises(InputError) as refused:
        message.read(line)
    assert ANNA.decode() not in str(refused.value)


def test_messages_do_not_show_themselves():
    found = message.read(b'{"jsonrpc":"2.0","id":"%b","result":{"a":"%b"}}' % (ANNA, ANNA))
    assert ANNA.decode() not in repr(found)
    assert ANNA.decode() not in repr(Asked(found.id, "ping", found.id))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"id":7,"id":8,"result":{}}', Scrap(8)),
        (b'{"id":"a","method":"x y"}', Scrap("a", asks=True)),
        (b'{"id":7,"result":{"a":"\xff"}}', Scrap(7)),
        (b'{"id":true,"method":"ping"}', Scrap(asks=True)),
        (b'{"id":null,"result":{}}', Scrap()),
        (b'[{"id":7}]', Scrap(anybodys=True)),
        (b' {"id":7', Scrap(anybodys=True)),
        (b"[" * 100_000, Scrap(anybodys=True)),
        (b'{"id":' + b"9" * 9999 + b"}", Scrap(anybodys=True)),
        (b"", Scrap(anybodys=True)),
        (b"listening on port 80", Scrap()),
        (b"5", Scrap()),
    ],
)
def test_what_can_be_told_of_lines_that_cannot_be_read(line, told):
    assert message.scrap(line) == told
    assert "7" not in repr(message.scrap(line))


def test_lines_are_cut_at_line_feeds_and_never_kept_beyond_the_limit():
    stream = io.BytesIO(b"one\n \r\n\ntwo\r\n" + b"x" * 200_000 + b"\nthree\n" + b"cut")
    found = list(lines(stream, 10))
    assert [one for one in found if isinstance(one, bytes)] == [b"one\n", b"two\r\n", b"three\n"]
    assert [type(one) for one in found].index(InputError) == 2
    assert len(found) == 4


@pytest.mark.parametrize(("length", "kept"), [(9, True), (10, True), (11, False)])
def test_a_line_may_be_as_long_as_the_limit(length, kept):
    (found,) = lines(io.BytesIO(b"x" * length + b"\n"), 10)
    assert isinstance(found, bytes) is kept


def test_a_stream_without_a_line_end_is_no_message_and_is_not_kept():
    assert list(lines(io.BytesIO(b"x" * 9), 10)) == []
    (found,) = lines(Endless(50 * 2**20), 2**20)
    assert isinstance(found, InputError)


class Endless(io.BytesIO):
    """Bytes without an end of line; whoever asks for too many at once fails."""

    def __init__(self, left):
        super().__init__()
        self.left = left

    def readline(self, size=-1, /):
        assert 0 < size <= 2**20 + 1
        size = min(size, self.left)
        self.left -= size
        return b"x" * size


def test_requests_wait_under_numbers_of_ours():
    pending = Pending()
    one, other = pending.number(), pending.number()
    pending.put(one, Asked("1", "ping"))
    pending.put(other, Asked(1, "ping"))
    assert (pending.number_of("1"), pending.number_of(1)) == (one, other)
    assert pending.number_of(True) is None
    assert pending.number_of(1.0) is None
    assert pending.get(True) is None
    assert pending.pop(str(one)) is None
    assert pending.pop(one) == Asked("1", "ping")
    assert pending.pop(one) is None
    assert pending.number_of("1") is None
    assert pending.drain() == [Asked(1, "ping")]
    assert pending.drain() == []


def test_not_more_wait_than_can_be_remembered():
    pending = Pending()
    for n in range(MOST):
        pending.put(pending.number(), Asked(n, "ping"))
    with pytest.raises(InputError, match="too many"):
        pending.number()
    pending.pop(1)
    assert pending.number() == MOST + 1


def test_not_more_is_kept_of_what_a_server_minted_than_fits():
    minted = Minted()
    words = [minted.word("x" * (ROOM // 4)) for _ in range(6)]
    assert [minted.taken(word) is None for word in words] == [True, True] + [False] * 4
    assert minted.taken(minted.word("x" * (ROOM + 1))) is None
    assert minted.taken(minted.word("small")) == "small"


def test_what_a_server_minted_stays_here():
    minted = Minted()
    words = [minted.word(f"cursor of {n}") for n in range(MOST + 1)]
    assert "cursor" not in "".join(words)
    assert minted.taken(words[0]) is None
    assert minted.taken(words[-1]) == f"cursor of {MOST}"
    assert minted.taken(["guard-2"]) is None


@pytest.mark.parametrize(
    "url",
    [
        "", "crm", "ftp://127.0.0.1/mcp", "http://crm.example.com/mcp", "https:///mcp",
        "https://anna:secret@crm.example.com/mcp", "https://crm.example.com/mcp#a",
        "https://crm.example.com:99999/mcp", "http://127.0.0.1.example.com/mcp",
        "http://localhost.example.com/mcp", "https://crm.example.com/m c p",
        "https://crm.example.com/\u00fc", "https://crm.example.com/mcp\r\nx: y",
    ],
)  # fmt: skip
def test_urls_that_are_none_or_leave_without_tls_are_refused(url):
    with pytest.raises(ConfigError) as refused:
        Calls(url, {})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("token", ["secret\r\nx: y", "secret token", "s\u00e9cret", "\x7fsecret"])
def test_tokens_that_cannot_stand_in_a_header_are_refused(token):
    with pytest.raises(ConfigError) as refused:
        Streamable("https://crm.example.com/mcp", token=token, limit=9, say=print)
    assert "cret" not in str(refused.value)


CONTEXT = {"establishment": ["DE"]}
SERVER = {"command": ["crm"], "destination": "crm-us", "client_destination": "claude"}


@pytest.mark.parametrize(
    ("name", "told", "key"),
    [
        ("other", {}, "mcp.servers.other"),
        ("crm", {"worker": -1}, "worker"),
        ("crm", {"url": "https://a", "command": ["b"]}, "either command or url"),
        ("", {"destination": "a", "client_destination": "b"}, "either command or url"),
        ("", {"command": ["a"]}, "--to: missing"),
        ("", {**SERVER, "token_file": "t"}, "token_file"),
        ("", {**SERVER, "line_bytes": 5}, "line_bytes"),
        ("", {**SERVER, "new": "anna"}, "new: unknown key"),
    ],
)
def test_servers_that_are_described_wrongly_are_refused(name, told, key):
    config = Config(context=CONTEXT, mcp={"servers": {"crm": SERVER}})
    with pytest.raises(ConfigError, match=key) as refused:
        server_of(config, name, told)
    assert "anna" not in str(refused.value)


def test_what_is_told_stands_before_what_is_configured():
    config = Config(context=CONTEXT, mcp={"servers": {"crm": SERVER}})
    found = server_of(config, "crm", {"url": "https://crm.example.com/mcp", "principal": "shop"})
    assert (found.command, found.destination, found.principal) == ((), "crm-us", "shop")
    assert found.circumstances().principal == "shop"
