"""What the ledger says of one request, and what a gate counts before it releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from guard.gate.line import Counted
from guard.gate.tally import Books
from guard.ledger import FutureDated, LedgerBusy
from guard.ledger.sqlite import SqliteStore
from guard.types import Tag
from tests.unit.gate.test_line import PLACE
from tests.unit.gate.test_planner import facts
from tests.unit.ledger import world

MAIL = world.rule("year", (3, 5), categories=["contact.email"])
LAW = Tag(
    instrument="law", trigger="declared", jurisdiction="DE", strength=100, evidence="declared"
)
OTHER = LAW.model_copy(update={"instrument": "other"})


@dataclass
class Row:
    personal: bool = True
    direct: bool = True
    classes: tuple[str, ...] = ()
    placeholder: str = "X"


CATEGORIES = {"contact.email": Row(), "health.condition": Row(direct=False)}


@pytest.fixture
def books(tmp_path):
    ledger = world.begun(tmp_path / "ledger.sqlite", MAIL)
    made = Books(ledger, world.KEY, CATEGORIES)
    yield made
    made.close()


def under(treatment="none", tags=(LAW,)):
    return facts(treatment).model_copy(update={"tags": tags})


def asked(books, *values, request="r-1", named=(), at=world.NOW):
    pairs = [("contact.email", value) for value in values]
    return books.tally(at=at, request=request, named=named, found=lambda: pairs)


def year(books):
    """How many persons the ledger holds."""
    with books.ledger.store.reading() as session:
        counter = session.counter("year", "")
        return session.since(counter.id, 0) if counter else 0


def test_the_destination_is_decided_on_with_what_would_be_after(books):
    seen = asked(books, "a@x.de", "b@x.de", "c@x.de").counted(under(), PLACE)
    assert seen.destination.counts == {"year": 3}
    assert seen.counts == {"year": 3}
    assert seen.destination.model_copy(update={"counts": {}}) == PLACE
    assert year(books) == 0, "looking counts nobody"


def test_reserved_is_counted_and_the_same_again_counts_once(books):
    seen = asked(books, "a@x.de", "b@x.de").counted(under(), PLACE)
    assert books.reserve(seen)
    assert year(books) == 2
    again = asked(books, "A@X.de ", request="r-2").counted(under(), PLACE)
    assert books.reserve(again)
    assert year(books) == 2


@pytest.mark.parametrize(("second", "number"), [("r-1", 1), ("r-2", 2)])
def test_without_anybody_found_a_request_is_one_person_and_its_retry_the_same(
    books, second, number
):
    for request in ("r-1", second):
        assert books.reserve(asked(books, request=request).counted(under(), PLACE))
    assert year(books) == number


def test_who_is_named_is_counted_instead_of_what_is_found(books):
    for request in ("r-1", "r-2"):
        tally = asked(books, "a@x.de", "b@x.de", request=request, named=("customer-1",))
        assert books.reserve(tally.counted(under(), PLACE))
    assert year(books) == 1


def test_where_no_threshold_looks_nobody_is_made_a_pseudonym(books):
    def found():
        raise AssertionError("looked at what was found")

    tally = books.tally(at=world.NOW, request="r", named=(), found=found)
    seen = tally.counted(under(tags=(OTHER,)), PLACE)
    assert seen == Counted(PLACE)
    assert seen.destination is PLACE
    books.ledger.store.close()
    assert books.reserve(seen), "the ledger is not asked either"


def test_what_is_redacted_does_not_count(books):
    seen = asked(books, "a@x.de").counted(under("redact"), PLACE)
    assert books.reserve(seen)
    assert year(books) == 0


@pytest.mark.parametrize(("stated", "merged"), [({"year": 9}, 9), ({"year": 1}, 3), ({}, 3)])
def test_the_higher_of_stated_and_counted_holds(books, stated, merged):
    place = PLACE.model_copy(update={"counts": {**stated, "persons": 7}})
    seen = asked(books, "a@x.de", "b@x.de", "c@x.de").counted(under(), place)
    assert seen.destination.counts == {"year": merged, "persons": 7}
    assert books.reserve(seen), "what an operator states is not what the ledger compares"


def test_when_others_passed_a_boundary_nothing_is_counted(books):
    seen = asked(books, "a@x.de").counted(under(), PLACE)
    assert seen.counts == {"year": 0}
    others = asked(books, "b@x.de", "c@x.de", request="r-2").counted(under(), PLACE)
    assert books.reserve(others)
    assert books.reserve(seen) is False
    assert year(books) == 2
    assert books.reserve(asked(books, "a@x.de").counted(under(), PLACE))
    assert year(books) == 3


def test_what_cannot_be_counted_is_raised(books, tmp_path):
    seen = asked(books, "a@x.de").counted(under(), PLACE)
    books.ledger.store.close()
    books.ledger.store = SqliteStore(tmp_path / "ledger.sqlite", kid=world.KEY.kid, wait_s=0)
    other = SqliteStore(tmp_path / "ledger.sqlite", kid=world.KEY.kid, wait_s=0)
    with other.writing(), pytest.raises(LedgerBusy):
        books.reserve(seen)
    other.close()
    late = asked(books, "a@x.de", at=world.NOW + timedelta(seconds=1))
    with pytest.raises(FutureDated):
        late.counted(under(), PLACE)


def test_nothing_shows_who_it_is_about(books):
    tally = asked(books, "anna@x.de", named=("customer-1",))
    seen = tally.counted(under(), PLACE)
    shown = repr(tally) + repr(seen) + repr(books) + repr(seen.export)
    assert "anna" not in shown
    assert "customer-1" not in shown
    assert all(one.hex() not in shown and repr(one) not in shown for one in seen.export.subjects)
