"""Where a text holds tokens: in order, without overlap, and quickly however many look like one."""

import pytest

from guard.vault.tokens import among, any_in, candidates, places

TOKEN, PHONE, CARD = "EMAIL_0123456789AB", "+999999999999999", "9999999999999999"


def found(text, *held):
    return [text[start:end] for start, end, _ in places(text, set(held))]


@pytest.mark.parametrize(
    ("text", "held", "there"),
    [
        ("", [TOKEN], []),
        (TOKEN, [], []),
        (f"a {TOKEN}{TOKEN}.", [TOKEN], [TOKEN, TOKEN]),
        (f"{TOKEN}{PHONE}", [PHONE, TOKEN], [TOKEN, PHONE]),
        (f"{PHONE}9", [PHONE, CARD], [PHONE]),
        (f"{PHONE}9", [CARD], [CARD]),
        (f"X_{TOKEN}", [TOKEN, f"X_{TOKEN}"], [f"X_{TOKEN}"]),
        (f"X_{TOKEN}", [TOKEN], [TOKEN]),
    ],
)
def test_tokens_are_found_in_order_and_without_overlap(text, held, there):
    assert found(text, *held) == there


def test_a_few_lookalikes_are_listed_and_many_are_not():
    text = f"{TOKEN} and {PHONE}"
    listed = candidates([text], 10)
    assert listed is not None
    assert {TOKEN, PHONE} <= listed
    assert candidates([text] * 3, 10) is None
    assert candidates(["nothing"] * 3, 0) == set()
    assert any_in(text)
    assert not any_in("nothing_here @all")


def test_of_many_lookalikes_only_the_conversations_own_are_looked_at():
    text = " ".join((TOKEN, *(f"EMAIL_{n:012}" for n in range(1000)), PHONE, "NAME_0123456789AB"))
    own = {TOKEN, PHONE, CARD, "EMAIL_ZZZZZZZZZZZZ"}
    assert among([text], own) == {TOKEN, PHONE}
