"""Who is let in, by a file that holds no key."""

from __future__ import annotations

from datetime import date

import pytest

from guard.errors import ConfigError, Undecided
from guard.gateway.keys import Keys, digested, new, presented

TODAY = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.toml"


def test_a_new_key_is_found_and_stands_nowhere(file):
    secret = new(file, "shop", tenant="retail")
    key = Keys(file).find(secret, TODAY)
    assert (key.id, key.tenant, key.principal) == ("shop", "retail", "retail/shop")
    assert secret not in file.read_text() + repr(key)
    assert key.sha256 not in repr(key)
    assert file.stat().st_mode & 0o777 == 0o600


def test_keys_differ_and_are_long(file):
    found = {new(file, f"k{n}") for n in range(20)}
    assert len(found) == 20
    assert {len(one) for one in found} == {46}


@pytest.mark.parametrize("said", ["", "gk_", "x" * 5000, "\ud800"])
def test_what_is_no_key_is_none(said, file):
    new(file, "shop")
    assert Keys(file).find(said, TODAY) is None


def test_a_key_has_a_last_day(file):
    secret = new(file, "shop")
    with file.open("a") as table:
        table.write("until = 2026-11-21\n")
    assert Keys(file).find(secret, TODAY) is None
    assert Keys(file).find(secret, date(2026, 11, 21)) is not None


def test_the_digest_in_the_file_is_no_key(file):
    secret = new(file, "shop")
    assert Keys(file).find(digested(secret), TODAY) is None


def test_a_change_of_the_file_counts_at_once(file):
    secret = new(file, "shop")
    keys = Keys(file)
    other = new(file, "other")
    assert keys.find(other, TODAY).id == "other"
    file.write_text("nonsense")
    with pytest.raises(Undecided):
        keys.find(secret, TODAY)
    file.unlink()
    with pytest.raises(Undecided):
        keys.find(secret, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "key = []",
        "[[key]]\nid = 'a'",
        "[[key]]\nid = 'a'\nsha256 = 'zz'",
        f"[[key]]\nid = 'A b'\nsha256 = '{'0' * 64}'",
        f"[[key]]\nid = 'a'\nsha256 = '{'0' * 64}'\nadmin = true",
        f"[[key]]\nid = 'a'\nsha256 = '{'0' * 64}'\n" * 2,
        f"[[key]]\nid = 'a'\nsha256 = '{'0' * 64}'\npurposes = []",
        f"[[key]]\nid = 'a'\nsha256 = '{'0' * 64}'\n[server]\n",
        "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_file_that_is_wrong_lets_nobody_in(text, file):
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(ConfigError) as wrong:
        Keys(file)
    assert "0" * 64 not in str(wrong.value)


def test_a_file_that_others_may_write_lets_nobody_in(file):
    new(file, "shop")
    file.chmod(0o620)
    with pytest.raises(ConfigError):
        Keys(file)


def test_a_name_is_given_once(file):
    new(file, "shop")
    with pytest.raises(ConfigError):
        new(file, "shop")
    with pytest.raises(ConfigError):
        new(file, "Shop Floor")


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ({}, ""),
        ({"authorization": ["Bearer a"]}, "a"),
        ({"authorization": ["bearer  a "]}, "a"),
        ({"authorization": ["Basic a"]}, ""),
        ({"authorization": ["Basic a"], "x-api-key": ["a"]}, ""),
        ({"x-api-key": ["a"]}, "a"),
        ({"api-key": ["a"], "x-api-key": ["a"]}, "a"),
        ({"api-key": ["a"], "x-api-key": ["b"]}, ""),
        ({"authorization": ["Bearer a", "Bearer b"]}, ""),
    ],
)
def test_one_key_is_presented_or_none(headers, key):
    assert presented(headers) == key


def test_names_are_the_tenants_own(file):
    first, second = new(file, "b", tenant="one"), new(file, "c", tenant="two")
    keys = Keys(file)
    one, two = keys.find(first, TODAY), keys.find(second, TODAY)
    assert one.own("x") != two.own("x")
    assert one.own("") == ""
