"""Servers of a vault, slow, gone, full or nosy: no answer is a no, and they learn nothing."""

from __future__ import annotations

import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from guard.errors import ConfigError, ObligationError
from guard.types import Tag
from guard.vault import Vault
from tests.integration import ledger_postgres, redis_server

KEY = bytes(range(32))
TAG = Tag(instrument="cn_pipl", trigger="finding", jurisdiction="CN", strength=90,
          evidence="identity.name")  # fmt: skip


@pytest.fixture(scope="module")
def postgres():
    with ledger_postgres.server() as running:
        yield running


@pytest.fixture(scope="module")
def redis():
    with redis_server.server() as running:
        yield running


@pytest.fixture
def opened():
    made = []

    def opened(where, **more):
        now = lambda: datetime.now(UTC)  # noqa: E731
        made.append(Vault(where, KEY, ttl=timedelta(days=30), clock=now, **more))
        return made[-1]

    yield opened
    for vault in made:
        vault.close()


def put(vault, conversation, *values):
    with vault.conversation(conversation) as tokenise:
        return [tokenise("EMAIL", value) for value in values]


def everything(vault, token):
    """Each thing that a vault does."""
    return (
        lambda: put(vault, "customer-4711", "bob@haus.de"),
        lambda: vault.restore(token, "customer-4711"),
        lambda: vault.live("customer-4711", [token]),
        lambda: vault.forget("customer-4711"),
        vault.purge,
        lambda: vault.sessions.meet("session-0815", [TAG]),
        lambda: vault.sessions.met("session-0815"),
        lambda: vault.sessions.leave("session-0815"),
    )


def refused(vault, token):
    for step in everything(vault, token):
        with pytest.raises(ObligationError, match="the vault failed") as caught:
            step()
        said = repr(caught.value) + str(caught.value)
        assert caught.value.remedy
        assert not any(word in said for word in ("haus", "4711", "0815", "EMAIL", "sesame"))
        assert caught.value.__suppress_context__


def fill(vault):
    (token,) = put(vault, "customer-4711", "anna@haus.de")
    with vault.conversation("customer-4711") as tokenise:
        tokenise("PHONE", "+49 30 123456", preserve=True)
    vault.sessions.meet("session-0815", [TAG])
    return token


SECRETS = (b"anna", b"haus.de", b"customer", b"session-", b"cn_pipl", b"identity.", b"30 123")


def test_whoever_reads_redis_learns_nothing(redis, opened):
    url = redis.database()
    fill(opened(url))
    with redis.client(url) as client:
        keys = list(client.scan_iter())
        held = [(key, *part) for key in keys for part in client.hgetall(key).items()]
        assert all(client.ttl(key) > 29 * 86400 for key in keys)
    assert len({key for key, *_ in held}) == 2
    shown = b"\n".join(part for row in held for part in row)
    journal = b"".join(file.read_bytes() for file in redis.directory.rglob("*") if file.is_file())
    for secret in SECRETS:
        assert secret not in shown
        assert secret not in journal


def test_whoever_reads_the_database_learns_nothing(postgres, opened):
    import psycopg

    url = postgres.database()
    fill(opened(url))
    with psycopg.connect(url) as db:
        shown = b"\n".join(
            bytes(part) if isinstance(part, bytes) else str(part).encode()
            for table in ("conversation", "pseudonym", "session", "met")
            for row in db.execute(f"SELECT * FROM guard_vault.{table}".encode())
            for part in row
        )
    for secret in SECRETS:
        assert secret not in shown


def test_a_redis_that_is_gone_is_a_no_and_keeps_what_it_said(opened):
    with redis_server.server() as running:
        vault = opened(running.database(), wait_s=2)
        token = fill(vault)
        running.stop()
        refused(vault, token)
        with pytest.raises(ObligationError, match="the vault failed"):
            opened(running.database(), wait_s=2)
        running.start()
        assert vault.restore(token, "customer-4711") == "anna@haus.de"
        assert vault.sessions.met("session-0815") == {TAG}


def test_a_postgres_that_is_gone_is_a_no_and_keeps_what_it_said(opened):
    with ledger_postgres.server() as running:
        url = running.database()
        vault = opened(url, wait_s=2)
        token = fill(vault)
        running.stop()
        refused(vault, token)
        with pytest.raises(ObligationError, match="the vault failed"):
            opened(url, wait_s=2)
        running.start()
        assert vault.restore(token, "customer-4711") == "anna@haus.de"
        assert vault.sessions.met("session-0815") == {TAG}


def test_a_redis_that_has_gone_silent_is_not_waited_for(opened):
    with redis_server.server() as running:
        vault = opened(running.database(), wait_s=0.2)
        token = fill(vault)
        running.send(signal.SIGSTOP)
        refused(vault, token)
        running.send(signal.SIGCONT)
        assert vault.restore(token, "customer-4711") == "anna@haus.de"


def test_a_postgres_that_has_gone_silent_is_not_waited_for(postgres, opened):
    import psycopg

    url = postgres.database()
    vault = opened(url, wait_s=0.2)
    token = fill(vault)
    with psycopg.connect(url) as other:
        (mine,) = other.execute("SELECT pg_backend_pid()").fetchone()
        (pid,) = other.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname=current_database() AND pid<>%s", (mine,)
        ).fetchone()
    subprocess.run(["kill", "-STOP", str(pid)], check=True)
    try:
        with pytest.raises(ObligationError, match="the vault failed"):
            vault.restore(token, "customer-4711")
    finally:
        subprocess.run(["kill", "-CONT", str(pid)], check=True)
    assert vault.restore(token, "customer-4711") == "anna@haus.de"


def test_rows_that_another_holds_are_refused_after_the_wait(postgres, opened):
    import psycopg

    url = postgres.database()
    vault = opened(url, wait_s=0.2)
    token = fill(vault)
    with psycopg.connect(url) as other:
        other.execute("SELECT * FROM guard_vault.conversation FOR UPDATE")
        with pytest.raises(ObligationError, match="the vault failed"):
            put(vault, "customer-4711", "bob@haus.de")
        with pytest.raises(ObligationError, match="the vault failed"):
            vault.forget("customer-4711")
        assert vault.purge() == 0
        assert vault.restore(token, "customer-4711") == "anna@haus.de"


def test_who_forgets_waits_for_who_writes(postgres, opened):
    """Else the values of one conversation would be kept in the next one of its name."""
    import psycopg

    url = postgres.database()
    writer, other = opened(url), opened(url)
    put(writer, "a")
    name = writer._seal.name("conversation", "a")
    with psycopg.connect(url, autocommit=True) as db, ThreadPoolExecutor() as pool:
        db.execute(
            "CREATE FUNCTION guard_vault.slow() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$"
        )
        db.execute(
            "CREATE TRIGGER slow BEFORE INSERT ON guard_vault.pseudonym"
            " FOR EACH ROW EXECUTE FUNCTION guard_vault.slow()"
        )
        written = pool.submit(put, writer, "a", "anna@haus.de")
        while not db.execute(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event='PgSleep'"
        ).fetchone():
            assert not written.done()
        other.forget("a")
        put(other, "a")
        written.result()
    assert other._store.tokens(name) == set()


def test_a_redis_that_throws_data_away_is_refused(opened):
    with redis_server.server("--maxmemory", "50mb") as running:
        opened(running.database())
        for policy in ("allkeys-lru", "volatile-ttl"):
            with running.client() as client:
                client.config_set("maxmemory-policy", policy)
            with pytest.raises(ConfigError, match="noeviction"):
                opened(running.database())


def test_a_full_redis_is_a_no(opened):
    with redis_server.server() as running:
        vault = opened(running.database())
        token = fill(vault)
        with running.client() as client:
            client.config_set("maxmemory", "1mb")
        for step in (
            lambda: put(vault, "customer-4711", "bob@haus.de"),
            lambda: put(vault, "new", "bob@haus.de"),
            lambda: vault.sessions.meet("new", [TAG]),
        ):
            with pytest.raises(ObligationError, match="the vault failed"):
                step()
        assert vault.restore(token, "customer-4711") == "anna@haus.de"


def test_a_redis_that_lets_us_not_in_is_refused_without_the_password(opened):
    with redis_server.server() as running:
        with running.client() as client:
            client.config_set("requirepass", "open-sesame")
        running.url = lambda n: f"redis://:open-sesame@127.0.0.1:{running.port}/{n}"
        opened(running.database()).close()
        with pytest.raises(ObligationError) as caught:
            opened(running.database().replace("open-", "close-"))
        assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["postgresql://guard:open-sesame@127.0.0.1:9/v", "redis://:open-sesame@127.0.0.1:9/0"]
)
def test_no_message_shows_the_password(opened, url):
    with pytest.raises(ObligationError) as caught:
        opened(url, wait_s=0.2)
    assert "sesame" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_socket_of_redis_will_do(redis, opened):
    vault = opened(f"unix://{redis.directory}/socket?db=77")
    assert vault.restore(fill(vault), "customer-4711") == "anna@haus.de"


def test_a_malformed_url_is_no_store(opened):
    with redis_server.server(), pytest.raises(ConfigError, match="not a URL"):
        opened("redis://127.0.0.1:port/0?socket_timeout=never")


def test_whoever_may_make_no_tables_uses_those_that_are_there(postgres, opened):
    url = postgres.database()
    opened(url)
    name = url.rsplit("/", 1)[1]
    postgres.run("CREATE ROLE clerk LOGIN")
    postgres.run("GRANT USAGE ON SCHEMA guard_vault TO clerk", name)
    postgres.run(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA guard_vault TO clerk", name
    )
    clerk = opened(url.replace("guard@", "clerk@"))
    assert clerk.restore(fill(clerk), "customer-4711") == "anna@haus.de"
    with pytest.raises(ObligationError, match="the vault failed"):
        opened(postgres.database().replace("guard@", "clerk@"))
