"""What a caller states is checked as what the configuration states."""

from __future__ import annotations

import pytest

from guard import data
from guard.errors import ConfigError, InputError
from guard.gate.request import facts_of, subjects_of
from guard.regions import Regions


@pytest.fixture(scope="module")
def regions():
    return Regions.load([data.verified("regions")])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("no_such_fact", True),
        ("ciio", "yes please"),
        ("ciio", 1),
        ("ciio", 1.0),
        ("ciio", None),
        ("ciio", {"a": 1}),
        ("data_subject_nationality", ["XQ"]),
        ("ciio", "anna.schmidt@beispiel.de"),
        (7, True),
    ],
)
def test_a_fact_that_no_table_knows_is_refused_without_its_value(regions, name, value):
    with pytest.raises(ConfigError) as caught:
        facts_of(regions, {name: value}, "the request")
    assert str(caught.value).startswith("the request: ")
    assert "anna" not in str(caught.value)
    assert "XQ" not in str(caught.value)


def test_facts_come_back_as_the_policy_reads_them(regions):
    words = next(n for n, r in regions.facts.items() if r.kinds == ("words",) and r.values)
    some = list(regions.facts[words].values[:2])
    said = facts_of(regions, {"ciio": False, words: some}, "the request")
    assert said == {"ciio": False, words: tuple(some)}


@pytest.mark.parametrize(
    ("named", "request_id"), [([""], ""), (["a", " \t"], ""), ([7], ""), ([None], ""), ([], " ")]
)
def test_a_blank_id_could_be_two_persons(named, request_id):
    with pytest.raises(InputError):
        subjects_of(named, request_id)


def test_one_id_is_one_person_and_not_its_letters():
    assert subjects_of("customer-1", "") == ("customer-1",)
    assert subjects_of(["a", "b"], "r") == ("a", "b")
