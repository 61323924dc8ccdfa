"""What a session met: sealed, bound to its session, sticky; and nobody is everybody."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from guard.errors import InputError, ObligationError
from guard.types import Tag
from guard.vault import Vault

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TAG = Tag(instrument="cn_pipl", trigger="finding", jurisdiction="CN", strength=90,
          evidence="identity.name")  # fmt: skip


@pytest.fixture
def path(tmp_path):
    return tmp_path / "v"


@pytest.fixture
def now():
    """The time, as a list that a test may change."""
    return [NOW]


@pytest.fixture
def vault(path, now):
    made = Vault(path, bytes(range(32)), ttl=timedelta(days=30), clock=lambda: now[0])
    yield made
    made.close()


def test_the_file_shows_neither_session_nor_law(path, vault):
    vault.sessions.meet("customer-4711", [TAG])
    vault.close()
    stored = path.read_bytes()
    for secret in (b"customer", b"cn_pipl", b"CN", b"identity."):
        assert secret not in stored


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_a_blank_session_is_nobodys(vault, name):
    """All who name none would share one."""
    for step in (
        lambda: vault.sessions.meet(name, [TAG]),
        lambda: vault.sessions.met(name),
        lambda: vault.sessions.leave(name),
    ):
        with pytest.raises(InputError, match="blank"):
            step()


def test_a_session_and_a_conversation_of_one_name_are_two(vault):
    vault.sessions.meet("a", [TAG])
    with vault.conversation("a") as tokenise:
        token = tokenise("EMAIL", "anna@haus.de")
    vault.forget("a")
    assert vault.sessions.met("a") == {TAG}
    with vault.conversation("a") as tokenise:
        token = tokenise("EMAIL", "anna@haus.de")
    vault.sessions.leave("a")
    assert vault.restore(token, "a") == "anna@haus.de"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE met SET sealed_tag=substr(sealed_tag, 2)",
        "UPDATE met SET sealed_tag=x'00'",
        "UPDATE met SET tag=substr(tag, 2)",
        "INSERT INTO met SELECT id, tag, sealed_tag FROM met JOIN session ON id<>session",
    ],
)
def test_what_was_changed_in_the_store_is_no_answer(path, vault, change):
    vault.sessions.meet("s", [TAG])
    vault.sessions.meet("t", [TAG.model_copy(update={"strength": 1})])
    with sqlite3.connect(path) as db:
        db.execute(change)
    db.close()
    for step in (lambda s: vault.sessions.meet(s, [TAG]), vault.sessions.met):
        with pytest.raises(ObligationError, match="does not open"):
            step("s")


def test_equal_tags_are_kept_once(path, vault):
    for _ in range(3):
        vault.sessions.meet("s", [TAG, TAG.model_copy()])
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT COUNT(*) FROM met").fetchone() == (1,)
    db.close()


def test_meeting_what_was_met_writes_nothing(path, vault, now):
    vault.sessions.meet("s", [TAG])
    now[0] += timedelta(hours=7)
    log = path.with_name(f"{path.name}-wal")
    before = (path.read_bytes(), log.read_bytes())
    assert vault.sessions.meet("s", [TAG]) == {TAG}
    assert (path.read_bytes(), log.read_bytes()) == before
    now[0] += timedelta(days=30)
    assert vault.sessions.met("s") == {TAG}  # thirty days after its last use, not its first
    now[0] -= timedelta(days=30)
    vault.sessions.meet("s", [TAG.model_copy(update={"strength": 1})])
    assert (path.read_bytes(), log.read_bytes()) != before
