"""The gate on a real ledger: whoever's data leave is counted first, once, or they do not leave."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guard import Guard, PolicyError, Refused
from guard.cli.main import run
from guard.config import Config
from guard.gate.tally import Books
from guard.ledger import Ledger, LedgerBusy, LedgerError, LedgerFull, SubjectKey
from guard.ledger.rule import rules
from guard.ledger.sqlite import SqliteStore
from guard.log import Log
from guard.policy import Policy

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
KEY = SubjectKey(b"k" * 32)
LIMIT = 100_000  # CAC Order No. 16 Art. 5(1)(4): fewer than that
DONE = ("cn_pipl.impact_assessment", "cn_pipl.separate_consent", "cn_pipl.export_notice")
MAIL = "please write to anna.schmidt@beispiel.de"
fair = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "-e", "CN", "--name", "test.example/counted"]) == 0
    return directory


def configured(home, log="decisions", **changes):
    """A handler in China that has done its paperwork and treats nothing."""
    loaded = Config.load(home / "guard.toml")
    updates = {
        "planner": loaded.planner.model_copy(update={"treatments": ()}),
        "context": loaded.context.model_copy(update={"declarations": DONE}),
        "destination": ({"id": "at-home", "extends": "qwen-cn", "access": ["CN"]},),
        "log": loaded.log.model_copy(update={"directory": Path(log)}),
    }
    return loaded.model_copy(update=updates | changes)


@pytest.fixture(scope="module")
def gate(home):
    with Guard(configured(home), clock=lambda: AT) as g:
        yield g


@pytest.fixture(scope="module")
def observer(home):
    with Guard(configured(home, "observed", mode="observe"), clock=lambda: AT) as g:
        yield g


numbers = itertools.count()


@contextmanager
def ledger_of(gate, home, *, places=LIMIT):
    """A ledger of its own in which so many places are left below the boundary."""
    path = home / f"ledger-{next(numbers)}.sqlite"
    Ledger.create(path, KEY)
    ledger = Ledger.open(path, KEY, rules(gate.regions), clock=gate.clock, wait_s=0)
    if places < LIMIT:
        ledger.carry("cn_cbdf.ordinary", LIMIT - 1 - places, SUMMER)
    before = gate.books
    gate.__dict__["books"] = Books(ledger, KEY, gate.regions.categories)
    try:
        yield ledger
    finally:
        gate.__dict__["books"] = before
        ledger.close()


def persons(ledger):
    """The pseudonyms that count as ordinary persons, and how many places they and others take."""
    with ledger.store.reading() as session:
        counter = session.counter("cn_cbdf.ordinary", "")
        if counter is None:
            return 0
        return session.since(counter.id, 1)


def held(ledger, named):
    with ledger.store.reading() as session:
        counter = session.counter("cn_cbdf.ordinary", "")
        asked = [KEY.pseudonym("subject", one) for one in named]
        return counter is not None and len(session.known(counter.id, asked)) == len(asked)


def decisions(home, log="decisions"):
    found = Log(home / log, (home / "guard.pub").read_text()).entries()
    return [entry for entry in found if entry.kind == "decision"]


NAMES = st.sets(st.sampled_from([f"customer-{n}" for n in range(6)]), min_size=1, max_size=3)
REQUESTS = st.lists(
    st.tuples(NAMES, st.sampled_from(["openai-us", "at-home", "self-hosted-eu"])),
    min_size=1,
    max_size=6,
)


@fair
@given(requests=REQUESTS, places=st.integers(0, 5))
@example(requests=[({"customer-1"}, "openai-us"), ({"customer-2"}, "openai-us")], places=1)
def test_whoever_leaves_is_counted_before_it_is_recorded(gate, home, requests, places):
    """And the law changes exactly with the person who reaches its boundary."""
    abroad = set()
    with ledger_of(gate, home, places=places) as ledger, pytest.MonkeyPatch.context() as patch:
        real = gate.journal.decision

        def recorded(step, **how):
            if step.released is not None and step.decision.destination != "at-home":
                assert held(ledger, now), "recorded before it was counted"
            return real(step, **how)

        patch.setattr(gate.journal, "decision", recorded)
        for now, to in requests:
            verdict = gate.check(MAIL, to=to, purpose="storage", subjects=sorted(now))
            if to == "at-home":
                assert verdict.permitted, "what stays is not an export"
            else:
                below = len(abroad | now) <= places
                assert verdict.permitted is below, [r.rule for r in verdict.reasons]
                assert verdict.counts["persons_since_jan1"] == (0 if below else LIMIT)
                abroad |= now if below else set()
            assert persons(ledger) - (LIMIT - 1 - places) == len(abroad)


@fair
@given(
    st.lists(st.sampled_from(["r-1", "r-2", "r-3"]), min_size=1, max_size=5),
    st.booleans(),
)
def test_a_retry_counts_once(gate, home, ids, found):
    """Whether somebody was found or nobody; and one id for two contents is two requests."""
    text = "Laura Chen asks for rain" if found else "it will rain"
    with ledger_of(gate, home) as ledger:
        for name in ids:
            verdict = gate.check(
                text, to="openai-us", purpose="storage", request_id=name,
                categories=["contact.email"],
            )  # fmt: skip
            assert verdict.permitted
        assert persons(ledger) == len(set(ids))
        gate.check(
            text + " again", to="openai-us", purpose="storage", request_id=ids[0],
            categories=["contact.email"],
        )  # fmt: skip
        assert persons(ledger) == len(set(ids)) + 1


def test_without_an_id_every_request_is_another_person(gate, home):
    with ledger_of(gate, home) as ledger:
        for _ in range(3):
            gate.check("rain", to="openai-us", purpose="storage", categories=["contact.email"])
        assert persons(ledger) == 3


# ------------------------------------------------------------------ what fails does not leave


def busy(ledger, path, stack):
    other = SqliteStore(path, kid=None, wait_s=0)
    session = other.writing()
    session.__enter__()
    stack.append(lambda: (session.__exit__(None, None, None), other.close()))
    return LedgerBusy


def full(ledger, path, stack):
    pages = ledger.store._db.execute("PRAGMA page_count").fetchone()[0]
    ledger.store._db.execute(f"PRAGMA max_page_count={pages}")
    return LedgerFull


def gone(ledger, path, stack):
    ledger.close()
    return LedgerError


@pytest.mark.parametrize("fault", [busy, full, gone], ids=lambda f: f.__name__)
@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_what_cannot_be_counted_does_not_leave(gate, observer, home, fault, mode):
    one, log = (gate, "decisions") if mode == "enforce" else (observer, "observed")
    with ledger_of(one, home) as ledger:
        path = ledger.store._path
        many = [f"customer-{n}" for n in range(2000)]
        assert one.check(MAIL, to="openai-us", purpose="storage", subjects=["first"]).permitted
        before, stack = decisions(home, log), []
        expected = fault(ledger, path, stack)
        with pytest.raises(expected) as caught:
            one.check(MAIL, to="openai-us", purpose="storage", subjects=many)
        for undo in stack:
            undo()
    assert isinstance(caught.value, Refused)
    assert decisions(home, log) == before
    last = list(Log(home / log, (home / "guard.pub").read_text()).entries())[-1]
    assert (last.kind, last.stage) == ("error", "count")


def test_a_failing_ledger_does_not_stop_whom_it_does_not_concern(home):
    german = configured(home, "german")
    context = german.context.model_copy(update={"establishment": ("DE",), "origin": "DE"})
    with Guard(german.model_copy(update={"context": context}), clock=lambda: AT) as g:
        with ledger_of(g, home) as ledger:
            ledger.close()
            assert g.check(MAIL, to="self-hosted-eu", subjects=["a"]).permitted
        assert g.check(MAIL, to="self-hosted-eu").counts == {}


def test_who_observes_counts_what_leaves_though_it_was_refused(observer, home):
    with ledger_of(observer, home, places=0) as ledger:
        verdict = observer.check(MAIL, to="openai-us", purpose="storage", subjects=["a", "b"])
        assert verdict.decision.effect != "permit"
        assert verdict.text == MAIL
        assert held(ledger, ["a", "b"])


def test_the_witness_is_asked_about_the_counts_and_is_heard(gate, home, monkeypatch):
    """A second engine that does not agree about what was counted releases nothing."""
    asked = []

    def disagrees(self, transfer, destination):
        asked.append((transfer.treatment, destination.counts))
        raise PolicyError("the two engines do not agree")

    with ledger_of(gate, home) as ledger:
        monkeypatch.setattr(Policy, "confirm", disagrees)
        with pytest.raises(PolicyError):
            gate.check(MAIL, to="openai-us", purpose="storage", subjects=["a"])
        assert persons(ledger) == 0
    assert asked == [("none", {"persons_since_jan1": 0, "sensitive_since_jan1": 0})]


def test_who_is_refused_is_not_counted(gate, home):
    with ledger_of(gate, home, places=0) as ledger:
        before = persons(ledger)
        assert not gate.check(MAIL, to="openai-us", purpose="storage", subjects=["a"]).permitted
        assert persons(ledger) == before


def test_when_the_record_fails_the_persons_stay_counted(gate, home, monkeypatch):
    from guard import RecordError
    from guard.log import LogWriter

    def no_room(self, entry):
        raise RecordError("the disk is full")

    with ledger_of(gate, home) as ledger:
        gate.check("rain", to="at-home")
        monkeypatch.setattr(LogWriter, "append", no_room)
        with pytest.raises(RecordError):
            gate.check(MAIL, to="openai-us", purpose="storage", subjects=["a"])
        assert held(ledger, ["a"])
