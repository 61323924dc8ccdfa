"""Never fewer pseudonyms than persons, and never a value in the clear."""

from __future__ import annotations

import pytest

from guard.errors import ConfigError, InputError
from guard.ledger import SubjectKey, devices, subjects
from guard.ledger.subjects import PSEUDONYM_BYTES

KEY = SubjectKey(b"k" * 32)
DIRECT = frozenset({"identity.name", "contact.email", "identity.national_number"})


def of(request="r1", **how):
    return subjects(KEY, request=request, direct=DIRECT, **how)


def test_who_is_named_is_who_counts():
    found = [("contact.email", "a@example.org"), ("contact.email", "b@example.org")]
    assert of(named=["7", "8", "7"], found=found) == of("another", named=["8", "7"])
    assert len(of(named=["7", "8"])) == 2


@pytest.mark.parametrize(
    "spelling", ["Ann@Example.org", " ann@example.org ", "ann@example.org", "ａｎｎ@example.org"]
)
def test_spelling_does_not_make_a_person(spelling):
    assert of(found=[("contact.email", spelling)]) == of(
        found=[("contact.email", "ann@example.org")]
    )


def test_every_distinct_value_is_a_person():
    found = [("contact.email", "a@example.org"), ("identity.national_number", "12"),
             ("contact.email", "b@example.org"), ("contact.email", "A@example.org")]  # fmt: skip
    assert len(of(found=found)) == 3


def test_the_same_number_of_two_kinds_is_two_persons():
    kinds = [("contact.email", "12"), ("identity.national_number", "12")]
    assert len(of(found=kinds)) == 2


def test_a_person_is_the_same_in_every_request():
    found = [("contact.email", "a@example.org")]
    assert of("r1", found=found) == of("r2", found=found)


def test_a_name_is_another_person_in_every_request_and_the_same_in_a_retry():
    found = [("identity.name", "Wei Zhang")]
    assert of("r1", found=found) == of("r1", found=found)
    assert of("r1", found=found) != of("r2", found=found)


@pytest.mark.parametrize("found", [[], [("health.condition", "asthma")]])
def test_nobody_found_is_somebody(found):
    assert len(of("r1", found=found)) == 1
    assert of("r1", found=found) == of("r1", found=found)
    assert of("r1", found=found) != of("r2", found=found)


@pytest.mark.parametrize("how", [{"request": " "}, {"request": ""}, {"named": ["7", " "]}])
def test_a_blank_id_is_refused(how):
    with pytest.raises(InputError, match="blank"):
        of(**how)


def test_devices_are_told_apart_by_their_identifiers():
    found = [
        *(("network.device_id", value) for value in ("A1", "a1")),
        ("network.mac_address", "a1"),
        ("network.ip_address", "192.0.2.1"),
    ]
    assert len(devices(KEY, found)) == 2


def test_a_pseudonym_needs_the_key():
    one, other = SubjectKey.generate(), SubjectKey.generate()
    assert one.pseudonym("subject", "7") != other.pseudonym("subject", "7")
    assert len(one.pseudonym("subject", "7")) == PSEUDONYM_BYTES
    assert one.kid != other.kid


def test_neither_key_nor_value_shows(tmp_path):
    key = SubjectKey.generate()
    assert key.secret.hex() not in repr(key)
    assert "b'" not in repr(key)
    assert key.kid not in key.secret.hex()


def test_a_key_is_written_once_and_read_back(tmp_path):
    path = tmp_path / "ledger.key"
    key = SubjectKey.generate()
    key.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert SubjectKey.load(path) == key
    with pytest.raises(ConfigError, match="there is a key already"):
        SubjectKey.generate().save(path)
    with pytest.raises(ConfigError, match="cannot be written"):
        key.save(tmp_path / "nowhere" / "ledger.key")


def test_a_key_that_is_none_is_refused(tmp_path):
    path = tmp_path / "ledger.key"
    with pytest.raises(ConfigError, match="cannot be read"):
        SubjectKey.load(path)
    path.write_text("no key\n")
    with pytest.raises(ConfigError, match="not a ledger key"):
        SubjectKey.load(path)
    path.write_text("00" * 32)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="readable by others"):
        SubjectKey.load(path)
    with pytest.raises(ConfigError, match="32 bytes"):
        SubjectKey(b"short")
