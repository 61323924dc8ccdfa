"""PostgreSQL counts as SQLite does, for several at once, and refuses when it cannot."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest

from guard.errors import ConfigError
from guard.ledger import (
    CountsChanged,
    Ledger,
    LedgerBusy,
    LedgerError,
    LedgerFull,
    SubjectKey,
    standings,
)
from tests.integration.ledger_postgres import Server, server
from tests.unit.ledger import world

LOW = world.rule("low", (3, 9), combined=True, per="counterparty", window="rolling_months:12",
                 categories=["health.condition"])  # fmt: skip
HIGH = world.rule("high", (5, 20), combined=True, per="counterparty", window="rolling_months:12")
RULES = (world.YEAR, world.SENSITIVE, world.ROLLING, world.DAYS, LOW, HIGH)


@pytest.fixture(scope="module")
def postgres():
    with server() as running:
        yield running


@pytest.fixture(autouse=True)
def closed():
    yield
    while world.OPENED:
        world.OPENED.pop().close()


def sequence(seed, length=80):
    """Transfers over two years, some late, some sensitive, some large."""
    chance, at = random.Random(seed), datetime(2024, 12, 20, tzinfo=UTC)
    for _ in range(length):
        at += timedelta(days=chance.choice([0, 0, 1, 9, 30]), minutes=chance.randrange(900))
        late = timedelta(days=chance.choice([0, 0, 0, 3, 200]))
        yield (
            at,
            world.export(
                *(chance.randrange(1500) for _ in range(chance.choice([1, 2, 4, 1100]))),
                at=at - late,
                counterparty=chance.choice(["acme", "other"]),
                categories=chance.choice([("identity.name",), ("health.condition",),
                                          ("identity.name", "health.condition")]),
            ),
        )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_both_stores_count_alike(postgres, tmp_path, seed):
    clock = world.Clock()
    stores = [
        world.begun(where, *RULES, clock=clock, exact=1400)
        for where in (tmp_path / "ledger.sqlite", postgres.database())
    ]
    for at, one in sequence(seed):
        clock.at = at
        first, second = (world.release(ledger, one) for ledger in stores)
        assert first == second
    first, second = (standings(ledger, clock.at) for ledger in stores)
    assert first == second
    assert any(s.reached for s in first)
    past = clock.at - timedelta(days=90)
    assert standings(stores[0], past) == standings(stores[1], past)
    assert stores[0].prune() == stores[1].prune() > 0
    assert standings(stores[0], clock.at) == standings(stores[1], clock.at)
    for ledger in stores:
        ledger.verify()


def test_many_at_once_never_pass_a_boundary_unseen(postgres):
    rule = world.rule("year", (40,))
    url = postgres.database()
    Ledger.create(url, world.KEY)
    ledgers = [world.again(url, rule) for _ in range(4)]
    released, failed = [], []

    def work(number, ledger):
        for person in range(number * 100, number * 100 + 25):
            try:
                while not offer(ledger, person):
                    pass
            except LedgerError as error:
                failed.append(error)

    def offer(ledger, person):
        one = world.export(person)
        counts = ledger.counts(one)
        if counts["year"]:
            return True  # the policy says no from 40 on
        try:
            ledger.reserve(one, counts)
        except CountsChanged:
            return False
        released.append(person)
        return True

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(ledgers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not failed
    assert len(released) == 39
    (standing,) = standings(ledgers[0], world.NOW)
    assert standing.number == 39


def test_counters_that_another_holds_are_refused_after_the_wait(postgres):
    import psycopg

    url = postgres.database()
    world.release(world.begun(url, world.YEAR), world.export(1))
    ledger = world.again(url, world.YEAR, wait_s=0.2)
    with psycopg.connect(url) as other:
        other.execute("SELECT * FROM guard_ledger.counter FOR UPDATE")
        with pytest.raises(LedgerBusy, match="held by another process"):
            ledger.reserve(world.export(2), {"year": 0})
    world.release(ledger, world.export(2))
    assert standings(ledger, world.NOW)[0].number == 2


def test_a_transfer_of_another_counterparty_does_not_wait(postgres):
    import psycopg

    url = postgres.database()
    ledger = world.begun(url, world.ROLLING, wait_s=0.2)
    world.release(ledger, world.export(1))
    world.release(ledger, world.export(1, counterparty="other"))
    with psycopg.connect(url) as busy:
        busy.execute("SELECT * FROM guard_ledger.counter WHERE party='other' FOR UPDATE")
        world.release(ledger, world.export(2))


def test_a_crash_of_the_server_loses_nothing_and_stops_everything(postgres: Server):
    ledger = world.begun(postgres.database(), world.YEAR, wait_s=2)
    world.release(ledger, world.export(*range(50)))
    postgres.stop()
    for _ in range(2):
        with pytest.raises(LedgerError, match="see that it runs"):
            ledger.reserve(world.export(99), {"year": 5})
    postgres.start()
    assert standings(ledger, world.NOW)[0].number == 50
    world.release(ledger, world.export(99))
    assert standings(ledger, world.NOW)[0].number == 51


def test_a_full_disk_is_refused(postgres):
    """The server says what it says of a full disk (SQLSTATE 53100, ERRCODE_DISK_FULL)."""
    import psycopg

    url = postgres.database()
    ledger = world.begun(url, world.YEAR)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(
            "CREATE FUNCTION guard_ledger.full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$"
        )
        db.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON guard_ledger.subject"
            " FOR EACH ROW EXECUTE FUNCTION guard_ledger.full_disk()"
        )
        with pytest.raises(LedgerFull, match="make room"):
            world.release(ledger, world.export(1))
        db.execute("DROP TRIGGER full_disk ON guard_ledger.subject")
    world.release(ledger, world.export(1))
    assert standings(ledger, world.NOW)[0].number == 1


def test_a_database_without_a_ledger_is_no_empty_one(postgres):
    url = postgres.database()
    with pytest.raises(ConfigError, match="every count would begin at zero"):
        world.again(url, world.YEAR)
    world.begun(url, world.YEAR)
    with pytest.raises(ConfigError, match="holds one already"):
        Ledger.create(url, world.KEY)
    with pytest.raises(ConfigError, match="another key"):
        Ledger.open(url, SubjectKey.generate(), [world.YEAR], clock=world.Clock())


def test_no_message_shows_the_password():
    url = "postgresql://guard:open-sesame@127.0.0.1:9/ledger"
    with pytest.raises(LedgerError) as caught:
        world.again(url, world.YEAR, wait_s=0.1)
    assert "sesame" not in str(caught.value)
    assert caught.value.__suppress_context__
