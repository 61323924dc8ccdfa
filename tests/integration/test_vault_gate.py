"""A gate whose vault is a Redis, and one whose stand-ins keep their format, on the real parts."""

import ipaddress
import json
from datetime import UTC, datetime

import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from tests.integration import redis_server

MAIL, HOST = "anna.schmidt@beispiel.de", "192.168.17.23"
CONTRACT = """
[[destination]]
id = "us"
extends = "openai-us"
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
"""


@pytest.fixture
def home(tmp_path):
    directory = tmp_path / "guard"
    assert run(["init", str(directory), "--name", "test.example/vault"]) == 0
    return directory


def opened(home, old, new):
    """A guard whose configuration says `new` where the template says `old`."""
    file = home / "guard.toml"
    said = file.read_text() + CONTRACT
    assert said.count(old) == 1
    file.write_text(said.replace(old, new))
    return Guard(Config.load(file), clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))


def test_a_tool_gets_an_address_for_an_address(home):
    with opened(home, 'format = "token"', 'format = "preserve"') as guard:
        payload = {"mail": f"{MAIL}", "arguments": json.dumps({"host": HOST, "to": [MAIL]})}
        sent = guard.check(payload, to="us", purpose="inference", conversation="c").payload
        arguments = json.loads(sent["arguments"])
        assert arguments["to"] == [sent["mail"]]
        assert sent["mail"].endswith(".pseudonym.invalid")
        assert ipaddress.ip_address(arguments["host"]).is_reserved
        again = guard.check(
            {**sent, "more": f"{sent['mail']} or {MAIL}"}, to="us", purpose="inference",
            conversation="c",
        ).payload  # fmt: skip
        assert again == {**sent, "more": f"{sent['mail']} or {sent['mail']}"}
        assert guard.restore(json.dumps(again), "c").count(MAIL) == 4
        live = guard.vault.live("c", again.values())
        assert sorted(live.values()) == sorted([MAIL, HOST])


def test_a_vault_in_redis(home):
    with redis_server.server() as running:
        (home / "vault.url").write_text(running.database())
        with opened(home, 'path = "vault.sqlite"', 'url_file = "vault.url"') as guard:
            sent = guard.check(f"mail {MAIL}", to="us", purpose="inference", conversation="c").text
            assert MAIL not in sent
            assert guard.restore(sent, "c") == f"mail {MAIL}"
        assert not (home / "vault.sqlite").exists()
        assert run(["doctor", "--config", str(home / "guard.toml")]) == 0
