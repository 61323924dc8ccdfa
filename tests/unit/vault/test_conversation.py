"""How a conversation chooses stand-ins when many choose alike."""

from datetime import UTC, datetime, timedelta

import pytest

from guard.errors import ObligationError
from guard.vault import Vault, surrogates


@pytest.fixture
def vault(monkeypatch):
    """A vault in which all values have the same eight choices."""
    monkeypatch.setattr(surrogates, "made", lambda *given: number(given[-1]))
    return Vault(
        ":memory:",
        bytes(32),
        ttl=timedelta(days=30),
        clock=lambda: datetime(2026, 11, 22, tzinfo=UTC),
        preserve=True,
    )


def number(turn):
    return f"+99900000000000{turn}"


def test_values_that_choose_alike_get_different_stand_ins(vault):
    with vault.conversation("c") as tokenise:
        assert [tokenise("PHONE", f"+49 30 {n}0000") for n in "121"] == [
            number(turn) for turn in (0, 1, 0)
        ]
    with vault.conversation("c") as tokenise:
        assert [tokenise("PHONE", f"+49 30 {n}0000") for n in "3214"] == [
            number(turn) for turn in (2, 1, 0, 3)
        ]
    with vault.conversation("d") as tokenise:
        assert tokenise("PHONE", "+49 30 40000") == number(0)


def test_when_all_choices_are_taken_there_is_no_token(vault):
    with vault.conversation("c") as tokenise:
        for n in range(8):
            tokenise("PHONE", f"+49 30 {n}0000")
    with vault.conversation("c") as tokenise, pytest.raises(ObligationError, match="no free"):
        tokenise("PHONE", "+49 30 80000")
    assert vault.restore(number(7), "c") == "+49 30 70000"


def test_a_stand_in_is_not_its_own_value(vault):
    with vault.conversation("c") as tokenise:
        assert tokenise("PHONE", number(0)) == number(1)
        assert tokenise("PHONE", "+49 30 10000") == number(2)


def test_format_is_kept_where_it_is_asked_for_only(vault):
    vault._preserve = False
    with vault.conversation("c") as tokenise:
        assert tokenise("PHONE", "+49 30 10000").startswith("PHONE_")
        assert tokenise("PHONE", "+49 30 10000", preserve=True) == number(0)
        assert tokenise("NAME", "+49 30 10000", preserve=True).startswith("NAME_")
