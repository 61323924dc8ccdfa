"""One contract, three stores: SQLite, Redis and PostgreSQL keep a vault alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from guard.errors import ObligationError
from guard.types import Tag
from guard.vault import Vault
from tests.integration import ledger_postgres, redis_server

START = datetime(2026, 11, 22, tzinfo=UTC)
KEY = bytes(range(32))
TAGS = [
    Tag(instrument=f"eu_gdpr{n}", trigger="finding", jurisdiction="DE", strength=n,
        evidence="contact.email")
    for n in range(40)
]  # fmt: skip


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


@pytest.fixture(scope="module", params=["sqlite", "redis", "postgres"])
def backend(request):
    """From a folder to the address of an empty store."""
    if request.param == "sqlite":
        yield lambda folder: folder / "vault.sqlite"
    elif request.param == "redis":
        with redis_server.server() as running:
            yield lambda _: running.database()
    else:
        with ledger_postgres.server() as running:
            yield lambda _: running.database()


@pytest.fixture
def where(backend, tmp_path):
    return backend(tmp_path)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(where, clock):
    """Opens the vault once more; closed in the end."""
    made = []

    def opened(key=KEY, **more):
        made.append(Vault(where, key, ttl=timedelta(days=30), clock=clock, **more))
        return made[-1]

    yield opened
    for vault in made:
        vault.close()


def put(vault, conversation, *values):
    with vault.conversation(conversation) as tokenise:
        return [tokenise("EMAIL", value) for value in values]


def test_tokens_are_stable_and_come_back_after_a_restart(opened):
    first = opened()
    tokens = put(first, "a", "anna@haus.de", "bob@haus.de", "\ud800 先生\0")
    first.close()
    again = opened()
    assert put(again, "a", "\ud800 先生\0", "bob@haus.de", "anna@haus.de") == tokens[::-1]
    assert again.restore(" ".join(tokens), "a") == "anna@haus.de bob@haus.de \ud800 先生\0"
    assert put(again, "b", "anna@haus.de")[0] not in tokens


def test_only_what_the_conversation_holds_is_restored(opened):
    vault = opened()
    (token,) = put(vault, "a", "anna@haus.de")
    put(vault, "b", "bob@haus.de")
    for text in (token, "EMAIL_0123456789AB", token.lower(), token[:-1]):
        assert vault.restore(text, "b") == text
        assert vault.live("b", [text]) == {}
    with vault.conversation("b") as tokens:
        assert tokens.spans(token) == ()
    with vault.conversation("a") as tokens:
        assert tokens.spans(f"x{token}.") == ((1, 1 + len(token)),)


def test_live_tells_the_tokens_that_occur(opened):
    vault = opened()
    tokens = put(vault, "a", "anna@haus.de", "bob@haus.de", "carl@haus.de")
    texts = [f"to {tokens[1]}{tokens[0]}", "nothing", f"{tokens[0]} EMAIL_0123456789AB"]
    assert vault.live("a", texts) == {tokens[0]: "anna@haus.de", tokens[1]: "bob@haus.de"}
    assert vault.live("a", []) == vault.live("unknown", texts) == {}


def test_a_turn_knows_what_is_live_before_it_is_written(opened):
    vault = opened(preserve=True)
    (old, _) = put(vault, "a", "anna@haus.de", "nobody@haus.de")
    with vault.conversation("a") as tokenise:
        new, plain = tokenise("EMAIL", "bob@haus.de"), tokenise("NAME", "Bob")
        tokenise("NAME", "Carl")
        texts = [f"{old}, {new}", "nothing", f"({plain}) NAME_0123456789AB"]
        live = tokenise.live(iter(texts))
        assert live == {old: "anna@haus.de", new: "bob@haus.de", plain: "Bob"}
    assert vault.live("a", texts) == live


def test_many_tokens_and_many_lookalikes(opened):
    vault = opened()
    values = [f"{n}@haus.de" for n in range(1300)]
    tokens = put(vault, "a", *values)
    text = " ".join((*tokens, *(f"EMAIL_{n:012}" for n in range(3000))))
    assert vault.live("a", [text]) == dict(zip(tokens, values, strict=True))
    assert vault.restore(text, "a").split()[:1300] == values


def test_a_failing_block_stores_nothing(opened):
    vault, handed = opened(), []

    def fail():
        with vault.conversation("a") as tokenise:
            handed.append(tokenise("EMAIL", "anna@haus.de"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert vault.restore(handed[0], "a") == handed[0]


def test_forgetting_is_final(opened):
    vault = opened()
    (token,) = put(vault, "a", "anna@haus.de")
    vault.forget("a")
    with pytest.raises(ObligationError, match="no such conversation"):
        vault.restore(token, "a")
    assert vault.live("a", [token]) == {}
    assert put(vault, "a", "anna@haus.de") != [token]
    assert vault.restore(token, "a") == token


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_a_conversation_forgotten_meanwhile_gives_no_tokens(opened, anew, known):
    vault, other = opened(), opened()
    if known:
        put(vault, "a", "anna@haus.de")

    def forgotten():
        with vault.conversation("a") as tokenise:
            tokenise.spans(tokenise("EMAIL", "anna@haus.de"))
            other.forget("a")
            if anew:
                put(other, "a", "bob@haus.de")

    with pytest.raises(ObligationError, match="forgotten meanwhile"):
        forgotten()
    left = vault._store.tokens(vault._seal.name("conversation", "a"))
    assert len(left) == (1 if anew else 0)
    if anew:
        (token,) = put(other, "a", "bob@haus.de")
        assert vault.restore(token, "a") == "bob@haus.de"


def test_conversations_expire_by_our_clock(opened, clock):
    vault = opened()
    (token,) = put(vault, "a", "anna@haus.de")
    clock.now += timedelta(days=29)
    assert vault.restore(token, "a") == "anna@haus.de"
    clock.now += timedelta(days=2)
    with pytest.raises(ObligationError, match="expired"):
        vault.restore(token, "a")
    assert vault.live("a", [token]) == {}
    (fresh,) = put(vault, "a", "anna@haus.de")
    assert fresh != token
    assert vault.restore(token, "a") == token


def test_use_puts_the_end_off(opened, clock):
    vault = opened()
    (token,) = put(vault, "a", "anna@haus.de")
    for _ in range(4):
        clock.now += timedelta(days=20)
        put(vault, "a")
    assert vault.restore(token, "a") == "anna@haus.de"


def test_purge_destroys_what_has_expired(opened, clock):
    vault = opened()
    put(vault, "old", "anna@haus.de")
    vault.sessions.meet("old", TAGS[:1])
    clock.now += timedelta(days=20)
    (token,) = put(vault, "new", "bob@haus.de")
    vault.sessions.meet("new", TAGS[:1])
    clock.now += timedelta(days=15)
    assert vault.purge() == 1
    assert vault.purge() == 0
    assert vault.restore(token, "new") == "bob@haus.de"
    assert vault.sessions.met("new") == {TAGS[0]}
    clock.now -= timedelta(days=35)
    assert vault.sessions.met("old") == frozenset()


def test_another_key_opens_nothing(opened):
    vault, other = opened(), opened(key=bytes(32))
    (token,) = put(vault, "a", "anna@haus.de")
    vault.sessions.meet("s", TAGS[:1])
    assert other.live("a", [token]) == {}
    assert other.sessions.met("s") == frozenset()
    with pytest.raises(ObligationError, match="no such conversation"):
        other.restore(token, "a")


def test_stand_ins_come_back_too(opened):
    vault = opened(preserve=True)
    values = {"EMAIL": "anna@haus.de", "IP": "10.1.2.3", "PHONE": "+49 30 123456", "NAME": "Anna"}
    with vault.conversation("a") as tokenise:
        made = {label: tokenise(label, value) for label, value in values.items()}
    text = " ".join(made.values())
    assert vault.restore(text, "a") == " ".join(values.values())
    assert vault.live("a", [text]) == {made[label]: values[label] for label in values}
    with opened().conversation("a") as tokenise:
        assert tokenise("IP", "10.1.2.3", preserve=True) == made["IP"]
        assert len(tokenise.spans(text)) == len(values)


@pytest.mark.parametrize("late", [False, True])
def test_two_who_choose_one_stand_in_are_not_both_believed(opened, monkeypatch, late):
    """Whoever comes second gets no token: it would turn back into the other's value."""
    from guard.vault import surrogates

    monkeypatch.setattr(surrogates, "made", lambda *_: "+999000000000001")
    first, second = opened(preserve=True), opened(preserve=True)

    def both():
        with first.conversation("a") as one, second.conversation("a") as two:
            one("PHONE", "+49 30 123456")
            two("PHONE", "+49 30 654321")
            if late:  # the other's row comes between our look and our writing
                monkeypatch.setattr(first._store, "values", lambda *_: {})

    with pytest.raises(ObligationError, match="two values"):
        both()
    monkeypatch.undo()
    monkeypatch.setattr(surrogates, "made", lambda *_: "+999000000000001")
    assert first.restore("+999000000000001", "a") == "+49 30 654321"
    with pytest.raises(ObligationError, match="no free token"), first.conversation("a") as one:
        one("PHONE", "+49 30 123456")


def test_what_a_store_was_given_it_keeps_as_it_is(opened):
    """The contract below the vault: `guard.vault.store.Store`."""
    store, name, later = opened()._store, b"n" * 32, START + timedelta(days=1)
    assert store.put(name, b"key", {"A": b"1"}) == (None, {})
    assert store.begin(name, b"key", START, later) == b"key"
    assert store.begin(name, b"new", START, later) == b"key"
    assert store.put(name, b"key", {"A": b"1"}) == (b"key", {})
    assert store.put(name, b"key", {"A": b"2", "B": b"3"}) == (b"key", {"A": b"1"})
    assert store.put(name, b"new", {"C": b"4"}) == (b"key", {})
    assert store.tokens(name) == {"A", "B"}
    assert store.values(name, ["A", "B", "C"]) == {"A": b"1", "B": b"3"}
    store.forget(name)
    assert store.key(name) is None
    assert store.tokens(name) == set()
    assert store.begin(name, b"new", START, later) == b"new"
    after = later + timedelta(seconds=1)
    assert store.begin(name, b"newer", after, after + timedelta(days=1)) == b"newer"
    store.meet(name, {b"i": b"1"}, START, later)
    store.meet(name, {b"i": b"2", b"j": b"3"}, START, START)
    met = store.met(name)
    assert met is not None
    assert (met.rows, met.expires) == ({b"i": b"1", b"j": b"3"}, later)
    store.leave(name)
    assert store.met(name) is None
    store.meet(name, {}, START, later)
    met = store.met(name)
    assert met is not None
    assert (met.rows, met.expires) == ({}, later)


def test_sessions_are_sticky_until_they_expire(opened, clock):
    sessions, others = opened().sessions, opened().sessions
    assert sessions.met("s") == sessions.meet("s", []) == frozenset()
    assert sessions.meet("s", TAGS[:2]) == set(TAGS[:2])
    assert others.meet("s", TAGS[1:3]) == set(TAGS[:3])
    assert sessions.met("s") == set(TAGS[:3])
    assert sessions.met("t") == frozenset()
    for _ in range(3):
        clock.now += timedelta(days=20)
        sessions.meet("s", [])
    assert sessions.met("s") == set(TAGS[:3])
    clock.now += timedelta(days=30)
    assert sessions.met("s") == set(TAGS[:3])
    clock.now += timedelta(days=1)
    assert sessions.met("s") == frozenset()
    assert sessions.meet("s", TAGS[5:6]) == sessions.met("s") == {TAGS[5]}
    sessions.leave("s")
    assert others.met("s") == frozenset()


def test_threads_that_meet_at_once_lose_nothing(opened):
    vaults = [opened() for _ in range(4)]
    failed = []

    def work(number):
        try:
            for tag in TAGS[number::8]:
                vaults[number % 4].sessions.meet("s", [tag])
                put(vaults[number % 4], "c", f"{tag.strength}@haus.de", "all@haus.de")
        except ObligationError as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert vaults[0].sessions.met("s") == set(TAGS)
    tokens = put(vaults[0], "c", *(f"{n}@haus.de" for n in range(40)))
    assert vaults[1].restore(" ".join(tokens), "c") == " ".join(f"{n}@haus.de" for n in range(40))


_WORK = """
import sys
from datetime import UTC, datetime, timedelta
from guard.types import Tag
from guard.vault import Vault
where, number = sys.argv[1], int(sys.argv[2])
v = Vault(where, bytes(range(32)), ttl=timedelta(days=30), clock=lambda: datetime.now(UTC))
for n in range(12):
    with v.conversation("shared") as tokenise:
        print(tokenise("EMAIL", f"{n}@haus.de"))
    v.sessions.meet("s", [Tag(instrument=f"i{n * 3 + number}", trigger="finding",
        jurisdiction="DE", strength=9, evidence="contact.email")])
"""


def test_processes_share_conversations_and_sessions(where, opened, clock):
    clock.now = datetime.now(UTC)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", _WORK, str(where), str(n)], stdout=subprocess.PIPE, text=True
        )
        for n in range(3)
    ]
    said = [worker.communicate()[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert said[0] == said[1] == said[2]
    vault = opened()
    assert vault.restore(" ".join(said[0]), "shared") == " ".join(f"{n}@haus.de" for n in range(12))
    assert {tag.instrument for tag in vault.sessions.met("s")} == {f"i{n}" for n in range(36)}
