"""Stand-ins that keep a format: of their kind by everybody's measure, nobody's, and found again."""

import ipaddress
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from guard.vault import surrogates

KEY = surrogates.key(bytes(32))
VALUES = {
    "EMAIL": "anna@haus.de",
    "URL": "https://haus.de/anna?x=1",
    "PHONE": "+49 30 1234567",
    "IP": "10.1.2.3",
    "IP6": "fe80::1",
    "CARD": "4111 1111 1111 1111",
    "IBAN": "DE89 3704 0044 0532 0130 00",
}
LABELS = sorted(VALUES)


def made(name, value=None, turn=0, key=KEY):
    label = name.rstrip("6")
    kind = surrogates.of(label, value or VALUES[name])
    assert kind is not None
    return surrogates.made(kind, key, label, value or VALUES[name], turn)


turns = st.integers(0, 10**6)


@given(turns)
def test_an_address_of_mail_is_in_a_domain_that_cannot_be(turn):
    assert re.fullmatch(r"[a-z2-7]{10}@[a-z2-7]{6}\.pseudonym\.invalid", made("EMAIL", turn=turn))


@given(turns)
def test_an_address_of_the_web_is_in_a_domain_that_cannot_be(turn):
    url = made("URL", turn=turn)
    assert re.fullmatch(r"https://[a-z2-7]{10}\.[a-z2-7]{6}\.pseudonym\.invalid/", url)


@given(turns)
def test_a_telephone_number_has_a_country_code_that_is_nobodys(turn):
    number = made("PHONE", turn=turn)
    assert re.fullmatch(r"\+[1-9][0-9]{1,14}", number)  # E.164
    assert 999 not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    assert number.startswith("+999")


@given(turns)
def test_addresses_of_the_internet_are_reserved_ones(turn):
    four, six = (ipaddress.ip_address(made(name, turn=turn)) for name in ("IP", "IP6"))
    assert four.is_reserved
    assert four != ipaddress.ip_address("255.255.255.255")
    assert six in ipaddress.ip_network("2001:db8::/32")
    assert str(six) == made("IP6", turn=turn)


@given(turns)
def test_a_card_has_a_right_last_digit_and_no_issuer(turn):
    card = made("CARD", turn=turn)
    assert len(card) == 16
    assert card.startswith("9999")
    assert luhn.is_valid(card)


@given(turns)
def test_an_iban_has_right_check_digits_and_no_country(turn):
    iban = made("IBAN", turn=turn)
    assert re.fullmatch(r"XX[0-9]{20}", iban)
    assert 2 <= int(iban[2:4]) <= 98
    assert mod_97_10.is_valid(iban[4:] + iban[:4])


@pytest.mark.parametrize("name", LABELS)
def test_a_stand_in_depends_on_key_value_and_turn_and_on_nothing_else(name):
    first = made(name)
    assert made(name) == first
    assert made(name, turn=1) != first
    assert made(name, key=surrogates.key(bytes(31) + b"1")) != first
    other = {"IP": "10.1.2.4", "IP6": "fe80::2"}.get(name, VALUES[name].replace("1", "2") + "7")
    assert made(name, other) != first


@pytest.mark.parametrize("name", LABELS)
@given(turn=turns, before=st.text(), after=st.text())
def test_a_stand_in_is_found_whatever_it_touches(name, turn, before, after):
    stand_in = made(name, turn=turn)
    place = (len(before), len(before) + len(stand_in))
    assert place in set(surrogates.spans(before + stand_in + after))


def test_all_of_a_kind_have_one_length():
    """Else one could begin another, and a text in pieces would be turned back too early."""
    for name in LABELS:
        assert len({len(made(name, turn=turn)) for turn in range(500)}) == 1


def test_none_holds_another():
    for name in LABELS:
        text = made(name)
        assert set(surrogates.spans(text)) == {(0, len(text))}


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("NAME", "anna@haus.de"),
        ("DATE", "2026-11-22"),
        ("BIRTH_DATE", "22.11.1999"),
        ("MAC", "00:00:5e:00:53:01"),
        ("EMAIL", "anna"),
        ("EMAIL", "anna@haus.de and bob"),
        ("PHONE", "ext."),
        ("PHONE", "+49"),
        ("IP", "10.1.2"),
        ("IP", "10.1.2.3/24"),
        ("URL", "haus.de"),
        ("CARD", "1111"),
        ("IBAN", "DE"),
    ],
)
def test_what_has_no_format_to_keep_gets_the_plain_token(label, value):
    assert surrogates.of(label, value) is None


@pytest.mark.parametrize(
    "text",
    [
        "anna@haus.de", "abcdefghi@abcdef.pseudonym.invalid", "ABCDEFGHIJ@abcdef.pseudonym.invalid",
        "@abcdef.pseudonym.invalid", "+99912345678901", "+998123456789012", "255.100.100.100",
        "239.100.100.100", "240.99.100.100", "240.100.256.100", "2001:db8::1",
        "2001:db7:1111:1111:1111:1111:1111:1111", "999912345678901", "XX1234", "https://haus.de/",
        "https://abcdefghij.abcdef.pseudonym.invalid", "+999" + "١" * 12,
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_not_looked_up(text):
    assert list(surrogates.spans(text)) == []
