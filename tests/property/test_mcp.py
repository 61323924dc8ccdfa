"""The MCP relay under messages of any shape: what one side says never reaches the other."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.cli.main import run
from guard.dialects.mcp import METHODS
from guard.integrations.mcp import message
from guard.integrations.mcp.crossing import Crossing
from guard.integrations.mcp.relay import Relay
from tests.integrations.house import make, place

OF_CLIENT, OF_SERVER = "otto.muster@beispiel.de", "anna.schmidt@beispiel.de"
NAMES = """
name title description text type content role uri data blob mimeType message messages params method
arguments structuredContent tools inputSchema properties enum icons src annotations _meta cursor
progressToken nextCursor requestState inputResponses inputRequests resource resources contents
prompts roots action task taskId status statusMessage capabilities clientInfo serverInfo reason
instructions level logger requestId completion values systemPrompt
"""
KINDS = "text image audio resource resource_link tool_use tool_result user object string"


def bodies(planted):
    """Objects of the protocol's members in any order, some of which say what must not leave."""
    says = st.sampled_from([planted, f"write to {planted} now", json.dumps({"a": planted})])
    leaves = st.one_of(
        says,
        st.sampled_from(KINDS.split()),
        st.integers(-9, 9),
        st.booleans(),
        st.none(),
        st.just(""),
    )
    names = st.one_of(st.sampled_from(NAMES.split()), st.just(planted))
    inner = st.recursive(
        leaves,
        lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(names, one, max_size=4)),
        max_leaves=12,
    )
    return st.dictionaries(names, inner, max_size=4)


METHOD = st.sampled_from([*sorted(METHODS), "vendor/new"])
ANY = st.tuples(METHOD, bodies(OF_CLIENT), bodies(OF_SERVER), st.booleans())
CALLS = st.tuples(
    st.just("tools/call"),
    bodies(OF_CLIENT).map(lambda one: {"name": "f", "arguments": one}),
    bodies(OF_SERVER).map(lambda one: {"content": [], "structuredContent": one}),
    st.booleans(),
)
TURNS = st.lists(st.one_of(ANY, CALLS), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def guard(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/property"]) == 0
    file = directory / "guard.toml"
    file.write_text(file.read_text().replace("names = true ", "names = false "))
    with make(directory, place("https://abroad.example.com")) as made:
        yield made


def line(**members):
    return json.dumps({"jsonrpc": "2.0", **members}).encode()


@settings(max_examples=80)
@given(turns=TURNS)
def test_nothing_crosses_as_it_is(guard, turns):
    words, passed = [], []
    relay = Relay(
        Crossing(guard),
        {"server": "abroad", "client": "abroad"},
        say=words.append,
    )
    for n, (method, asked, answered, fails) in enumerate(turns):
        passed += relay.passed("client", line(method=method, params=asked))
        passed += relay.passed("server", line(method=method, params=answered))
        passed += relay.passed("server", line(id=n, method=method, params=answered))
        there = relay.passed("client", line(id=n, method=method, params=asked))
        passed += there
        for one in there:
            if one.to == "server" and one.number is not None:
                key = "error" if fails else "result"
                answers = relay.passed("server", line(id=one.number, **{key: answered}))
                assert [json.loads(back.line)["id"] for back in answers] == [n]
                passed += answers
    assert relay.gone("") == []
    for one in passed:
        assert message.read(one.line)
        planted = OF_CLIENT if one.to == "server" else OF_SERVER
        assert planted.encode() not in one.line
    assert OF_CLIENT not in str(words)
    assert OF_SERVER not in str(words)
