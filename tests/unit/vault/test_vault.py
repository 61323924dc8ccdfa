"""The vault: deterministic per conversation, reversible, forgettable, and silent about values."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard import data
from guard.errors import ConfigError, ObligationError
from guard.regions import Regions
from guard.types import Tag
from guard.vault import Vault, new_key

START = datetime(2026, 11, 22, tzinfo=UTC)
KEY = bytes(range(32))
CATEGORIES = Regions.load([data.root("regions")]).categories
TAG = Tag(instrument="cn_pipl", trigger="finding", jurisdiction="CN", strength=90,
          evidence="identity.name")  # fmt: skip
LABELS = sorted({row.placeholder for row in CATEGORIES.values()})


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


def vault(path=":memory:", key=KEY, clock=None, **more):
    return Vault(path, key, ttl=timedelta(days=30), clock=clock or Clock(), **more)


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
    assert v.restore(token.lower(), "a") == token.lower()
    assert v.restore(token[:-1], "a") == token[:-1]


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


@pytest.mark.parametrize("label", LABELS)
def test_every_label_comes_back(label):
    """Also those of two words: TAX_ID."""
    v = vault()
    with v.conversation("a") as tokenise:
        token = tokenise(label, "4711")
    assert v.restore(f"no. {token}.", "a") == "no. 4711."


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LABELS),
            st.one_of(st.text(min_size=1), st.from_regex("[A-Z_0-9]{1,20}", fullmatch=True)),
            st.sampled_from(["", "", "s", "X", "_", "0", "EMAIL_", "先生", "\ud800", "👩‍👩‍👧"]),
        )
    )
)
def test_tokens_come_back_whatever_they_touch(parts):
    v = vault()
    with v.conversation("a") as tokenise:
        sent = "".join(tokenise(label, value) + rest for label, value, rest in parts)
    assert v.restore(sent, "a") == "".join(value + rest for _, value, rest in parts)


def test_a_conversation_knows_its_own_tokens(tmp_path):
    v = vault(tmp_path / "v")
    first, second = put(v, "a", "anna@haus.de", "bob@haus.de")
    put(v, "b", "anna@haus.de")
    text = f"x{first} and {second}."
    with v.conversation("a") as tokens:
        found = tokens.spans(text)
        assert [text[start:end] for start, end in found] == [first, second]
        assert tokens.spans("EMAIL_0123456789AB") == ()
    with v.conversation("b") as tokens:
        assert tokens.spans(text) == ()


def test_a_turn_that_brings_nothing_new_writes_nothing(tmp_path):
    path, clock = tmp_path / "v", Clock()
    v = vault(path, clock=clock)
    first = put(v, "a", "anna@haus.de")
    clock.now += timedelta(hours=7)
    before = [file.read_bytes() for file in (path, tmp_path / "v-wal")]
    assert put(v, "a", "anna@haus.de") == first
    assert [file.read_bytes() for file in (path, tmp_path / "v-wal")] == before
    assert put(v, "a", "bob@haus.de") != first
    assert [file.read_bytes() for file in (path, tmp_path / "v-wal")] != before


def test_what_is_restored_is_not_searched_again():
    v = vault()
    (inner,) = put(v, "a", "anna@haus.de")
    (outer,) = put(v, "a", f"see {inner}")
    assert v.restore(outer, "a") == f"see {inner}"


def test_a_busy_vault_is_no_answer_and_no_waiting_for_ever(tmp_path):
    path = tmp_path / "v"
    v = vault(path, wait_s=0.05)
    (token,) = put(v, "a", "anna@haus.de")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for blocked in (
        lambda: put(v, "a", "bob@haus.de"),
        lambda: put(v, "new"),
        lambda: v.forget("a"),
        v.purge,
    ):
        with pytest.raises(ObligationError, match="the vault failed"):
            blocked()
    assert v.restore(token, "a") == "anna@haus.de"
    assert put(v, "a", "anna@haus.de") == [token]
    other.execute("ROLLBACK")
    other.close()
    assert put(v, "a", "bob@haus.de") != [token]


def test_no_thread_waits_for_ever_behind_others(tmp_path):
    path = tmp_path / "v"
    v = vault(path, wait_s=0.4)
    put(v, "a")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    said = []

    def work(n):
        with pytest.raises(ObligationError, match="the vault failed") as caught:
            put(v, f"c{n}")
        said.append(caught.value.message)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.execute("ROLLBACK")
    other.close()
    assert len(said) == 6
    assert any("other threads" in one for one in said)
    put(v, "a", "anna@haus.de")


def test_a_file_that_another_process_keeps_is_no_answer(tmp_path):
    path = tmp_path / "v"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE theirs (x)")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ObligationError, match="the vault failed"):
        vault(path, wait_s=0.05)
    other.close()


def test_what_is_forgotten_is_on_the_disk_no_more(tmp_path):
    path, clock = tmp_path / "v", Clock()
    v = vault(path, clock=clock)

    def sealed():
        with sqlite3.connect(path) as db:
            rows = db.execute("SELECT sealed_key FROM conversation").fetchall()
            rows += db.execute("SELECT sealed_tag FROM met").fetchall()
        db.close()
        return [row[0] for row in rows]

    def destroyed(after):
        before = sealed()
        assert before
        assert all(any(one in file.read_bytes() for file in tmp_path.iterdir()) for one in before)
        after()
        assert sealed() == []
        assert not any(one in file.read_bytes() for file in tmp_path.iterdir() for one in before)

    put(v, "a", "anna@haus.de")
    destroyed(lambda: v.forget("a"))
    v.sessions.meet("s", [TAG])
    destroyed(lambda: v.sessions.leave("s"))
    put(v, "a", "anna@haus.de")
    v.sessions.meet("s", [TAG])
    clock.now += timedelta(days=40)
    destroyed(v.purge)


def test_a_file_of_an_earlier_version_is_read_on(tmp_path):
    """The tables of 0.1.0 before there were sessions; its times without fractions of a second."""
    path = tmp_path / "v"
    v = vault(path)
    (token,) = put(v, "a", "anna@haus.de")
    v.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=DELETE")
        for change in (
            "DROP TABLE met",
            "DROP TABLE session",
            "DROP INDEX conversation_expires",
            "UPDATE conversation SET expires='2026-12-22T00:00:00+00:00'",
        ):
            db.execute(change)
    db.close()
    again = vault(path)
    assert again.restore(token, "a") == "anna@haus.de"
    assert put(again, "a", "anna@haus.de") == [token]
    assert again.sessions.meet("s", [TAG]) == {TAG}


_PUT = """
import sys
from datetime import UTC, datetime, timedelta
from guard.vault import Vault
v = Vault(sys.argv[1], bytes(range(32)), ttl=timedelta(days=30), clock=lambda: datetime.now(UTC))
for n in range(20):
    with v.conversation("shared") as tokenise:
        print(tokenise("EMAIL", f"{n}@haus.de"))
"""


def test_processes_share_a_conversation(tmp_path):
    path = tmp_path / "v"
    workers = [
        subprocess.Popen([sys.executable, "-c", _PUT, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [worker.communicate()[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert said[0] == said[1] == said[2]
    now = Vault(path, KEY, ttl=timedelta(days=30), clock=lambda: datetime.now(UTC))
    assert now.restore(" ".join(said[0]), "shared") == " ".join(f"{n}@haus.de" for n in range(20))


@pytest.mark.parametrize("anew", [False, True])
def test_a_conversation_forgotten_meanwhile_gives_no_tokens(tmp_path, anew):
    """Otherwise they would be sealed under a key that nobody has any more."""
    path = tmp_path / "v"
    v, other = vault(path), vault(path)

    def forgotten():
        with v.conversation("a") as tokenise:
            tokenise("EMAIL", "anna@haus.de")
            other.forget("a")
            if anew:
                put(other, "a", "bob@haus.de")

    with pytest.raises(ObligationError):
        forgotten()


def test_purge_destroys_what_has_expired():
    clock = Clock()
    v = vault(clock=clock)
    put(v, "old", "anna@haus.de")
    clock.now += timedelta(days=20)
    (token,) = put(v, "new", "bob@haus.de")
    clock.now += timedelta(days=15)
    assert v.purge() == 1
    assert v.restore(token, "new") == "bob@haus.de"
