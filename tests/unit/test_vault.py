"""The vault: deterministic per conversation, reversible, forgettable, and silent about values."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.errors import ConfigError, ObligationError
from guard.vault import Vault, new_key

START = datetime(2026, 11, 22, tzinfo=UTC)
KEY = bytes(range(32))


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


def vault(path=":memory:", key=KEY, clock=None):
    return Vault(path, key, ttl=timedelta(days=30), clock=clock or Clock())


def put(v, conversation, *values):
    with v.conversation(conversation) as tokenise:
        return [tokenise("EMAIL", value) for value in values]


def test_tokens_are_stable_over_turns_and_different_between_conversations():
    v = vault()
    first = put(v, "a", "anna@haus.de", "bob@haus.de")
    assert put(v, "a", "bob@haus.de", "anna@haus.de") == first[::-1]
    assert first[0] != first[1]
    assert put(v, "b", "anna@haus.de")[0] != first[0]


def test_round_trip_survives_a_restart(tmp_path):
    path = tmp_path / "v"
    v = vault(path)
    (token,) = put(v, "c", "anna@haus.de")
    v.close()
    assert vault(path).restore(f"to {token}, again {token}.", "c") == (
        "to anna@haus.de, again anna@haus.de."
    )


@given(st.lists(st.text(min_size=1), min_size=1, unique=True))
def test_pseudonyms_are_a_bijection(values):
    v = vault()
    tokens = put(v, "c", *values)
    assert len(set(tokens)) == len(values)
    assert v.restore(" ".join(tokens), "c") == " ".join(values)


def test_lookalikes_and_other_conversations_tokens_stay():
    v = vault()
    (token,) = put(v, "a", "anna@haus.de")
    put(v, "b", "bob@haus.de")
    assert v.restore(token, "b") == token
    assert v.restore("EMAIL_0123456789AB", "a") == "EMAIL_0123456789AB"
    assert v.restore(f"x{token}", "a") == f"x{token}"


def test_forgetting_a_conversation_is_final():
    v = vault()
    (token,) = put(v, "a", "anna@haus.de")
    v.forget("a")
    with pytest.raises(ObligationError, match="no such conversation"):
        v.restore(token, "a")
    assert put(v, "a", "anna@haus.de") != [token]


def test_conversations_expire():
    clock = Clock()
    v = vault(clock=clock)
    (token,) = put(v, "a", "anna@haus.de")
    clock.now += timedelta(days=29)
    assert v.restore(token, "a") == "anna@haus.de"
    clock.now += timedelta(days=2)
    with pytest.raises(ObligationError):
        v.restore(token, "a")


def test_the_file_holds_no_value_and_no_conversation_name(tmp_path):
    path = tmp_path / "v"
    v = vault(path)
    put(v, "customer-4711", "anna@haus.de")
    v.close()
    stored = path.read_bytes()
    assert b"anna" not in stored
    assert b"4711" not in stored


def test_another_key_opens_nothing(tmp_path):
    path = tmp_path / "v"
    v = vault(path)
    put(v, "a", "anna@haus.de")
    other = vault(path, key=bytes(32))
    with pytest.raises(ObligationError):
        other.restore("EMAIL_0123456789AB", "a")


def test_a_failing_block_stores_nothing():
    v = vault()

    def fail():
        with v.conversation("a") as tokenise:
            raise RuntimeError(tokenise("EMAIL", "anna@haus.de"))

    with pytest.raises(RuntimeError) as caught:
        fail()
    token = str(caught.value)
    assert v.restore(token, "a") == token


def test_key_files(tmp_path):
    key, path = tmp_path / "k", tmp_path / "v"

    def opened():
        return Vault.open(path, key, ttl=timedelta(1), clock=Clock())

    with pytest.raises(ConfigError, match="guard init"):
        opened()
    new_key(key)
    assert key.stat().st_mode & 0o777 == 0o600
    opened().close()
    with pytest.raises(ConfigError, match="exists"):
        new_key(key)
    key.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        opened()
    key.chmod(0o600)
    key.write_text("PRIVATE+KEY+x+0+0\n")
    with pytest.raises(ConfigError, match="not a vault key"):
        opened()


def test_a_file_that_is_no_vault_is_refused(tmp_path):
    path = tmp_path / "v"
    path.write_bytes(b"not a database at all, but long enough to be read as a header" * 20)
    with pytest.raises(ConfigError, match="not a vault"):
        vault(path)


def test_a_failing_database_is_an_obligation_error(tmp_path):
    path = tmp_path / "v"
    v = vault(path)
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE pseudonym")
    with pytest.raises(ObligationError, match="vault failed"):
        put(v, "a", "anna@haus.de")
